import { MediaFault } from "./fault";

/** Bytes that one blob may have to be read whole. */
export const maxBytes = 512 << 20;

/** Opens a blob, refusing what is absent or too large. Works in workers too. */
export async function open(url: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal: signal ?? null }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new MediaFault("network");
  });
  if (response.status === 404) throw new MediaFault("missing");
  if (!response.ok) throw new MediaFault("network", { status: response.status });
  const length = Number(response.headers.get("content-length") ?? 0);
  if (length > maxBytes) throw new MediaFault("huge", { value: length, bound: maxBytes });
  return response;
}

/** Reads a blob chunk by chunk, whatever length it said it has. */
export async function* chunks(response: Response): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  const reader = response.body.getReader();
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new MediaFault("network");
    });
    if (done) return;
    total += value.length;
    if (total > maxBytes) {
      await reader.cancel();
      throw new MediaFault("huge", { value: total, bound: maxBytes });
    }
    yield value;
  }
}

/** Reads a blob whole. */
export async function bytesOf(url: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of chunks(await open(url, signal))) {
    parts.push(part);
    total += part.length;
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
