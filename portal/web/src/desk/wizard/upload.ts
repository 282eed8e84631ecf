import { post, send } from "@/api/client";
import { Fault } from "@/api/error";
import { openShelf } from "@/api/shelf";
import type { Kept } from "./draft";

/** A file on its way to the node; kept with its bytes, so that a reload goes on where it stopped. */
export interface Upload {
  draft: string;
  file: File;
  /** At the node, once begun. */
  id?: string;
}

const shelf = openShelf<Upload>("alaya.uploads");
const piece = 4 << 20;
const base = "/api/v1/uploads";

type Finished = Partial<Kept> & { items?: Kept[] };

async function begin(file: File): Promise<string> {
  return (await post<{ id: string }>(base, { name: file.name.slice(-200), size: file.size, mime: file.type || undefined })).id;
}

/** Where the node stands; undefined when it has forgotten the upload. */
async function offsetOf(id: string): Promise<number | undefined> {
  try {
    const response = await send(`${base}/${id}`, { method: "HEAD" });
    return Number(response.headers.get("Upload-Offset"));
  } catch (error) {
    if (error instanceof Fault && error.kind === "not found") return undefined;
    throw error;
  }
}

/** Sends a file piece by piece; asked again, it goes on where it stopped. */
export async function sendFile(name: string, upload: Upload, onProgress: (share: number) => void, signal: AbortSignal): Promise<Kept[]> {
  const { file } = upload;
  let { id } = (await shelf.get(name)) ?? upload;
  let at = id === undefined ? undefined : await offsetOf(id);
  if (id === undefined || at === undefined) {
    id = await begin(file);
    at = 0;
    await shelf.put(name, { ...upload, id });
  }
  while (at < file.size) {
    const body = file.slice(at, at + piece);
    const response = await send(`${base}/${id}`, { method: "PATCH", headers: { "Upload-Offset": String(at), "Content-Type": "application/offset+octet-stream" }, body, signal });
    at = Number(response.headers.get("Upload-Offset") ?? at + body.size);
    onProgress(at / file.size);
  }
  const { items, ...kept } = await post<Finished>(`${base}/${id}/finish`, {}, signal);
  return items ?? [kept as Kept];
}

export const keepUpload = (name: string, upload: Upload) => shelf.put(name, upload);
export const dropUpload = (name: string) => shelf.delete(name);

/** Uploads of a draft that were not finished. */
export async function uploadsOf(draft: string): Promise<[string, Upload][]> {
  const names = (await shelf.names()).filter((name) => name.startsWith(`${draft}/`));
  const found = await Promise.all(names.map(async (name) => [name, await shelf.get(name)] as const));
  return found.flatMap(([name, upload]) => (upload ? [[name, upload] as [string, Upload]] : []));
}
