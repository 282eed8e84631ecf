import type { Asset, Camera, Control, Frames, Item, Series } from "@/records/form";
import { own } from "@/records/own";

/** What an item shows a control, told by its mime or its shape. */
export type Media =
  | { kind: "image" | "audio" | "video"; asset: Asset }
  | { kind: "frames"; frames: Frames }
  | { kind: "series"; series: Series | Asset }
  | { kind: "cloud"; cloud: Asset; cameras: Camera[] };

type Fields = Record<string, unknown>;

const isObject = (v: unknown): v is Fields => typeof v === "object" && v !== null && !Array.isArray(v);
const isNumbers = (v: unknown, length: number): v is number[] =>
  Array.isArray(v) && v.length === length && v.every((n) => Number.isFinite(n));

export function isAsset(v: unknown): v is Asset {
  return isObject(v) && typeof v.cid === "string" && typeof v.mime === "string";
}

function isSeries(v: unknown): v is Series {
  return isObject(v) && Array.isArray(v.time) && isObject(v.channels);
}

function isCamera(v: unknown): v is Camera {
  return isObject(v) && isAsset(v.image) && isNumbers(v.intrinsics, 9) && isNumbers(v.extrinsics, 16);
}

const clouds = ["application/x-pcd", "application/x-kitti-bin", "application/x-ply", "model/ply"];
const tables = ["text/csv", "application/json"];

function isCloudAsset(a: Asset): boolean {
  return clouds.includes(a.mime) || /\.(pcd|ply|bin)$/i.test(a.name ?? "");
}

function mediaOfAsset(asset: Asset): Media | undefined {
  const [kind] = asset.mime.split("/");
  if (kind === "image" || kind === "audio" || kind === "video") return { kind, asset };
  if (isCloudAsset(asset)) return { kind: "cloud", cloud: asset, cameras: [] };
  if (tables.includes(asset.mime)) return { kind: "series", series: asset };
  return undefined;
}

const camerasOf = (v: unknown) => (Array.isArray(v) ? v.filter(isCamera) : []);

/** The media in one value of an item's data. */
export function mediaOf(v: unknown): Media | undefined {
  if (isAsset(v)) return mediaOfAsset(v);
  if (isSeries(v)) return { kind: "series", series: v };
  if (!isObject(v)) return undefined;
  if (Array.isArray(v.frames) && v.frames.length > 0 && v.frames.every(isAsset))
    return { kind: "frames", frames: { frames: v.frames, fps: Number(v.fps) > 0 ? Number(v.fps) : defaultFps } };
  if (isAsset(v.cloud))
    return { kind: "cloud", cloud: v.cloud, cameras: camerasOf(v.cameras) };
  return undefined;
}

/** The media a control is about: its target, or the first there is. A cloud has the cameras beside it. */
export function mediaFor(control: Pick<Control, "target" | "type">, item: Item): Media | undefined {
  const data = item.data ?? {};
  const media = control.target
    ? mediaOf(own(data, control.target))
    : (mediaOf(data) ?? Object.values(data).map(mediaOf).find((m) => m !== undefined) ?? contentOf(control, item));
  const alone = media?.kind === "cloud" && media.cameras.length === 0;
  return alone ? { ...media, cameras: camerasOf(data.cameras) } : media;
}

const mimes: Partial<Record<Control["type"], string>> = {
  box: "image/*", polygon: "image/*", keypoint: "image/*", mask: "image/*",
  interval: "audio/*", track: "video/*", cuboid: "application/x-pcd",
};

/** An item that is nothing but a blob shows what the control is for. */
function contentOf(control: Pick<Control, "type">, item: Item): Media | undefined {
  const mime = mimes[control.type];
  return item.content && mime ? mediaOf({ cid: item.content, mime }) : undefined;
}

/** Whether a control of this item is about one of these kinds of media. */
export function isAbout(control: Control, item: Item, ...kinds: Media["kind"][]): boolean {
  const media = mediaFor(control, item);
  return media !== undefined && kinds.includes(media.kind);
}

/** Frames a second where nobody says: all contributors must count alike. */
export const defaultFps = 25;

/** Where a blob is read; it takes ranges. */
export const blobUrl = (asset: Asset): string => `/blob/${encodeURIComponent(asset.cid)}`;
