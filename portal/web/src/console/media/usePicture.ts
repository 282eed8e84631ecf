import { useEffect } from "react";
import type { Asset } from "@/records/form";
import { blobUrl } from "./asset";
import { closePicture, loadPicture, type Picture } from "./picture";
import { useLoaded, type LoadedState } from "./useLoaded";

/** A picture of an asset; its memory is given back when it is no longer shown. */
export function usePicture(asset: Asset): LoadedState<Picture> {
  const state = useLoaded(asset.cid, (signal) => loadPicture(blobUrl(asset), signal));
  const { data } = state;
  useEffect(() => (data ? () => closePicture(data) : undefined), [data]);
  return state;
}
