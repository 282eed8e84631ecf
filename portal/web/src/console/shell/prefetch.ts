import { useEffect } from "react";
import { blobUrl, isAsset, mediaOf } from "../media/asset";
import type { Asset, Item } from "@/records/form";

/** What is fetched ahead is bounded: larger media come when they are shown. */
const most = 32 << 20;
const ahead = 2;

/** The blobs that an item shows. */
export function assetsOf(item: Item): Asset[] {
  return Object.values(item.data ?? {}).flatMap((value) => {
    if (isAsset(value)) return [value];
    const media = mediaOf(value);
    if (media?.kind === "frames") return media.frames.frames.slice(0, 1);
    if (media?.kind === "cloud") return [media.cloud];
    return [];
  });
}

function warm(asset: Asset) {
  if ((asset.size ?? 0) > most) return;
  if (asset.mime.startsWith("image/")) {
    const image = new Image();
    image.src = blobUrl(asset);
    image.decode().catch(() => undefined); // the item itself says when it cannot be shown
  } else {
    fetch(blobUrl(asset), { priority: "low" }).then((r) => r.blob(), () => undefined).catch(() => undefined);
  }
}

/** Fetches and decodes the media of the items that come next. */
export function usePrefetch(items: Item[], index: number) {
  useEffect(() => {
    const next = items.slice(index + 1, index + 1 + ahead);
    const timer = window.setTimeout(() => next.flatMap(assetsOf).forEach(warm), 100);
    return () => window.clearTimeout(timer);
  }, [items, index]);
}
