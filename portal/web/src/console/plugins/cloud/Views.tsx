import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Camera, Cuboid } from "@/records/form";
import { Viewport } from "../../media/plane/viewport";
import type { Drawing, Mode } from "../../media/shapes/drawing";
import type { Regions } from "../../media/useRegions";
import { Flat } from "./Flat";
import { Free } from "./Free";
import { Lens } from "./Lens";
import type { Shown } from "./load";
import type { Solids } from "./paintSolids";
import type { Colouring } from "./scene";
import { solid } from "./solid";
import { sidePlan, type Plan } from "./views";

type ViewsProps = Shown & {
  cameras: Camera[];
  regions: Regions<Cuboid>;
  solids: Solids;
  top: Plan;
  topViewport: Viewport;
  /** The tools of all views: what one drags the others show. */
  drawings: Set<Drawing<Cuboid>>;
  mode: Mode;
  readOnly: boolean;
  add: (c: Cuboid) => void;
  colouring: Colouring;
  size: number;
};

const everywhere: [number, number] = [-10_000, 10_000];

/** The linked views: from above, in space, from the side, from behind, and the cameras. */
export function Views({ cloud, scene, cameras, regions, solids, top, topViewport, drawings, mode, readOnly, add, colouring, size }: ViewsProps) {
  const { t } = useTranslation("media");
  const [sides] = useState(() => ({ along: new Viewport(), across: new Viewport(), free: new Viewport() }));
  const { selected } = regions;
  const plans = useMemo(() => ({ along: sidePlan(cloud, "along", selected), across: sidePlan(cloud, "across", selected) }), [cloud, selected]);
  const depths = useMemo(() => ({ along: slab(plans.along, selected), across: slab(plans.across, selected) }), [plans, selected]);

  const repaint = useCallback(() => [topViewport, ...Object.values(sides)].forEach((v) => v.repaint()), [topViewport, sides]);
  const onDrawing = useCallback(
    (drawing: Drawing<Cuboid>) => {
      drawings.add(drawing);
      return () => void drawings.delete(drawing);
    },
    [drawings],
  );
  useEffect(() => {
    scene.colour(colouring);
    scene.pointSize(size);
    [topViewport, ...Object.values(sides)].forEach((v) => v.repaintBase());
  }, [scene, colouring, size, topViewport, sides]);

  const shared = { scene, colouring, regions, solids, readOnly, repaint, onDrawing };
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-1 gap-2 @2xl:grid-cols-2">
        <View title={t("stage.top")}>
          <Flat {...shared} plan={top} depth={everywhere} viewport={topViewport} mode={mode} add={add} label={t("stage.top")} className={tall} />
        </View>
        <View title={t("stage.free")}>
          <Free cloud={cloud} scene={scene} signal={sides.free} solids={solids} onSelect={regions.select} label={t("stage.free")} className={tall} />
        </View>
        {(["along", "across"] as const).map((way) => (
          <View key={way} title={t(way === "along" ? "stage.side" : "stage.front")}>
            <Flat {...shared} plan={plans[way]} depth={depths[way]} viewport={sides[way]} mode="select" label={t(way === "along" ? "stage.side" : "stage.front")} className={low} />
          </View>
        ))}
      </div>
      {cameras.length > 0 && (
        <div className="grid grid-cols-1 gap-2 @xl:grid-cols-2 @4xl:grid-cols-3">
          {cameras.map((camera, i) => (
            <View key={camera.image.cid} title={t("stage.camera", { n: i + 1 })}>
              <Lens camera={camera} signal={sides.free} solids={solids} onSelect={regions.select} label={t("stage.camera", { n: i + 1 })} />
            </View>
          ))}
        </div>
      )}
    </div>
  );
}

const tall = "h-[min(46dvh,30rem)] min-h-56";
const low = "h-[min(26dvh,16rem)] min-h-40";

function View({ title, children }: { title: string; children: ReactNode }) {
  return (
    <figure className="min-w-0">
      <figcaption className="truncate text-xs text-muted">{title}</figcaption>
      {children}
    </figure>
  );
}

/** The depths of a view that hold the selected cuboid, with some air. */
function slab({ right, up }: Plan, selected: Cuboid | undefined): [number, number] {
  if (!selected) return everywhere;
  const { centre, half } = solid(selected);
  const back = [right[1] * up[2] - right[2] * up[1], right[2] * up[0] - right[0] * up[2], right[0] * up[1] - right[1] * up[0]];
  const middle = back.reduce((sum, b, i) => sum + b * (centre[i] ?? 0), 0);
  const reach = Math.max(...half) + 1;
  return [middle - reach, middle + reach];
}
