import { setClock } from "@/design/clock";
import { Fault, type ErrorKind } from "./error";

/** The values of a question; undefined and "" are left out, several of one name are joined by commas. */
export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

/** A piece of a list and where the next begins; "" at the end. */
export interface PageOf<T> {
  items: T[];
  next: string;
}

export function withQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = value === undefined ? "" : String(value);
    if (text !== "") params.set(name, text);
  }
  return params.size ? `${path}?${params}` : path;
}

/** Asks the gateway for JSON. */
export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const response = await send(withQuery(path, query), { signal });
  return (await response.json()) as T;
}

/** Gives the gateway JSON, or bytes, and returns its answer. */
export async function post<T>(path: string, body: object | Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<T> {
  const raw = body instanceof Uint8Array;
  const response = await send(path, {
    method: "POST",
    headers: { "Content-Type": raw ? "application/octet-stream" : "application/json" },
    body: raw ? body : JSON.stringify(body),
    signal,
  });
  return (await response.json()) as T;
}

/** Does a request to the gateway; a failed one throws a Fault of the kind that the gateway tells. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new Fault("offline", "The node did not answer.", { cause });
  }
  const date = response.headers.get("Date");
  if (date) setClock(Date.parse(date));
  if (!response.ok) throw await failed(response);
  return response;
}

const kinds: Record<number, ErrorKind> = { 400: "invalid", 403: "forbidden", 404: "not found", 413: "limit", 429: "limit", 502: "offline", 503: "offline", 504: "offline" };

async function failed(response: Response): Promise<Fault> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === "object" && body && "kind" in body && "error" in body) {
    return new Fault(body.kind as ErrorKind, String(body.error));
  }
  return new Fault(kinds[response.status] ?? "internal", `${response.status} ${response.statusText}`.trim());
}
