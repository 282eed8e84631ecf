import { isAsset, mediaFor } from "../../media/asset";
import { LoadedMedia, NoMedia } from "../../media/LoadedMedia";
import { usePicture } from "../../media/usePicture";
import type { Asset } from "@/records/form";
import type { ImageProps } from "./layer";
import { PictureEditor } from "./PictureEditor";

/** Regions on a picture, of one control or of several that take turns. */
export function ImagePlugin(props: ImageProps) {
  const media = mediaFor(props.control, props.item);
  if (media?.kind !== "image" || !isAsset(media.asset)) return <NoMedia onBroken={props.onBroken} />;
  return <Loaded key={media.asset.cid} {...props} asset={media.asset} />;
}

function Loaded({ asset, ...props }: ImageProps & { asset: Asset }) {
  const state = usePicture(asset);
  return (
    <LoadedMedia state={state} onBroken={props.onBroken}>
      {(picture) => <PictureEditor controls={props.among ?? [props]} chosen={props.control.name} picture={picture} name={asset.name} />}
    </LoadedMedia>
  );
}
