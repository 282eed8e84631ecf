import { isAsset, mediaFor } from "../../media/asset";
import { LoadedMedia, NoMedia } from "../../media/LoadedMedia";
import type { Picture } from "../../media/picture";
import { boxShape } from "../../media/shapes/box";
import { keypointShape } from "../../media/shapes/keypoint";
import { polygonShape } from "../../media/shapes/polygon";
import { usePicture } from "../../media/usePicture";
import type { Asset, Box, Keypoint, Mask, Polygon } from "@/records/form";
import type { PluginProps } from "../../plugin";
import { MaskEditor } from "./MaskEditor";
import { ShapeEditor } from "./ShapeEditor";

type ImageProps = PluginProps<"box" | "polygon" | "keypoint" | "mask">;

/** Regions of one kind on a picture. */
export function ImagePlugin(props: ImageProps) {
  const media = mediaFor(props.control, props.item);
  if (media?.kind !== "image" || !isAsset(media.asset)) return <NoMedia onBroken={props.onBroken} />;
  return <Loaded key={media.asset.cid} {...props} asset={media.asset} />;
}

function Loaded({ asset, ...props }: ImageProps & { asset: Asset }) {
  const state = usePicture(asset);
  return (
    <LoadedMedia state={state} onBroken={props.onBroken}>
      {(picture) => <EditorOf {...props} picture={picture} name={asset.name} />}
    </LoadedMedia>
  );
}

/** What an editor of one kind of region is given. */
export type EditorProps<R> = Omit<ImageProps, "value" | "onChange" | "prelabel"> & {
  value: R[] | undefined;
  onChange: (value: R[] | undefined, gesture?: string) => void;
  prelabel?: { model: string; value: R[] };
  picture: Picture;
  name: string | undefined;
};

function EditorOf(props: ImageProps & { picture: Picture; name: string | undefined }) {
  switch (props.control.type) {
    case "box": return <ShapeEditor {...(props as EditorProps<Box>)} shape={boxShape} />;
    case "polygon": return <ShapeEditor {...(props as EditorProps<Polygon>)} shape={polygonShape} />;
    case "keypoint": return <ShapeEditor {...(props as EditorProps<Keypoint>)} shape={keypointShape} />;
    case "mask": return <MaskEditor {...(props as EditorProps<Mask>)} />;
  }
}
