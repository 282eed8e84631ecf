import type { Asset } from "@/records/form";
import { ask } from "../../media/ask";
import { blobUrl } from "../../media/asset";
import type { Cloud } from "./points";
import { Scene } from "./scene";

/** A cloud and what draws it. */
export interface Shown { cloud: Cloud; scene: Scene }

/** Reads a cloud in a worker and readies it for drawing. */
export async function loadCloud(asset: Asset, signal: AbortSignal): Promise<Shown> {
  const worker = new Worker(new URL("./cloud.worker.ts", import.meta.url), { type: "module" });
  const cloud = await ask<string, Cloud>(worker, new URL(blobUrl(asset), location.href).href, signal);
  return { cloud, scene: new Scene(cloud) };
}
