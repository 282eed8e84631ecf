import { useEffect } from "react";
import type { Asset, Camera } from "@/records/form";
import { mediaFor } from "../../media/asset";
import { LoadedMedia, NoMedia } from "../../media/LoadedMedia";
import { useLoaded } from "../../media/useLoaded";
import type { PluginProps } from "../../plugin";
import { CloudEditor } from "./CloudEditor";
import { loadCloud } from "./load";

type Props = PluginProps<"cuboid">;

/** Cuboids in a cloud of points. */
export function CloudPlugin(props: Props) {
  const media = mediaFor(props.control, props.item);
  if (media?.kind !== "cloud") return <NoMedia onBroken={props.onBroken} />;
  return <Loaded key={media.cloud.cid} {...props} asset={media.cloud} cameras={media.cameras} />;
}

function Loaded({ asset, cameras, ...props }: Props & { asset: Asset; cameras: Camera[] }) {
  const state = useLoaded(asset.cid, (signal) => loadCloud(asset, signal));
  const { data } = state;
  useEffect(() => (data ? () => data.scene.dispose() : undefined), [data]);
  return (
    <LoadedMedia state={state} onBroken={props.onBroken}>
      {(shown) => <CloudEditor {...props} {...shown} cameras={cameras} />}
    </LoadedMedia>
  );
}
