import { expect, it, vi } from "vitest";
import { withQuery } from "./client";
import { follow, messages } from "./stream";

function body(...chunks: string[]) {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
}

async function all(stream: ReadableStream<Uint8Array>) {
  const read = [];
  for await (const message of messages(stream)) read.push(message);
  return read;
}

it("reads messages that arrive in pieces, comments and heartbeats among them", async () => {
  const stream = body(": welcome\n\nid: 7-0\nev", "ent: market.posted\ndata: {\"a\":", "1}\n\nid: 8\n\nid: 9-0\ndata: cut off");
  expect(await all(stream)).toEqual([
    { id: "", data: "" },
    { id: "7-0", data: '{"a":1}' },
    { id: "8", data: "" },
  ]);
});

it("shares one connection and goes on after the last event", async () => {
  const event = { height: 7, index: 0, time: 1, stage: "market", action: "posted" };
  const asked: (string | null)[] = [];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    asked.push(new Headers(init.headers).get("Last-Event-ID"));
    if (asked.length > 1) return new Promise(() => undefined);
    return Promise.resolve(new Response(body(`id: 7-0\ndata: ${JSON.stringify(event)}\n\n`)));
  });
  const [first, second] = [vi.fn(), vi.fn()];
  const stops = [follow(first), follow(second)];
  await vi.waitFor(() => expect(asked).toEqual([null, "7-0"]), { timeout: 3000 });
  expect(first).toHaveBeenCalledExactlyOnceWith(event);
  expect(second).toHaveBeenCalledExactlyOnceWith(event);
  stops.forEach((stop) => stop());
  vi.unstubAllGlobals();
});

it("leaves out of a question what is not given", () => {
  expect(withQuery("/a", { q: "x y", limit: 0, none: undefined, empty: "", list: ["b", "c"] })).toBe("/a?q=x+y&limit=0&list=b%2Cc");
});
