import { useEffect, useMemo, useState } from "react";
import type { Camera, Cuboid } from "@/records/form";
import { LoadedMedia } from "../../media/LoadedMedia";
import { picturePainter, type Picture } from "../../media/picture";
import type { Tool } from "../../media/plane/pointer";
import { Stage } from "../../media/plane/Stage";
import { Viewport } from "../../media/plane/viewport";
import { usePicture } from "../../media/usePicture";
import { projected } from "./camera";
import { lensPainter, solidAt, type Solids } from "./paintSolids";

interface LensProps {
  camera: Camera;
  signal: Viewport;
  solids: Solids;
  onSelect: (c: Cuboid | undefined) => void;
  label: string;
}

/** The picture of a camera with the cuboids in it; a click selects one. */
export function Lens({ camera, ...props }: LensProps) {
  const state = usePicture(camera.image);
  return <LoadedMedia state={state}>{(picture) => <Shown {...props} camera={camera} picture={picture} />}</LoadedMedia>;
}

function Shown({ camera, picture, signal, solids, onSelect, label }: LensProps & { picture: Picture }) {
  const [viewport] = useState(() => new Viewport());
  useEffect(() => signal.onRepaint(() => viewport.repaint()), [signal, viewport]);
  const base = useMemo(() => picturePainter(picture), [picture]);
  const over = useMemo(() => lensPainter(solids, camera), [solids, camera]);
  const tool: Tool = useMemo(() => {
    const pick = ({ at }: { at: { x: number; y: number } }) => onSelect(solidAt(solids.cuboids, at, (c) => projected(camera, c)));
    const idle = () => undefined;
    const press: Tool["press"] = (touch) => {
      pick(touch);
      return false;
    };
    return { press, drag: idle, release: idle, cancel: idle, hover: () => "pointer", tap: pick, double: idle, nudge: () => false, back: idle };
  }, [solids, camera, onSelect]);
  return <Stage viewport={viewport} size={picture.size} base={base} over={over} tool={tool} label={label} className="aspect-video" />;
}
