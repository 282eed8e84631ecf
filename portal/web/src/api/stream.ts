import type { ChainEvent } from "./events";

/** Told of an event, or of undefined: events may have been missed, so everything may have changed. */
type Listener = (event: ChainEvent | undefined) => void;

const listeners = new Set<Listener>();
let connection: AbortController | undefined;
const longest = 20_000;

/** Listens to all events over the one connection that this page has; returns how to stop. */
export function follow(listener: Listener): () => void {
  listeners.add(listener);
  if (!connection) {
    connection = new AbortController();
    void run(connection.signal);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    connection?.abort();
    connection = undefined;
  };
}

function tell(event: ChainEvent | undefined) {
  listeners.forEach((listener) => listener(event));
}

/** Connects anew, later each time it fails, and goes on after the last event it saw. */
async function run(signal: AbortSignal) {
  let last = "";
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const response = await fetch("/events", { signal, headers: last ? { "Last-Event-ID": last } : {} });
      if (!response.ok || !response.body) throw new Error(response.statusText);
      if (failures > 0 && !last) tell(undefined);
      failures = 0;
      for await (const message of messages(response.body)) {
        last = message.id || last;
        if (message.data) tell(JSON.parse(message.data) as ChainEvent);
      }
    } catch {
      if (failures > 1) last = ""; // the node may have dropped that block
    }
    await wait(Math.min(longest, 500 * 2 ** failures), signal);
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}

interface Message {
  id: string;
  data: string;
}

const longestMessage = 1 << 22;

/** The messages of a text/event-stream body. An EventSource would need every type by name beforehand. */
export async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = parts.pop() ?? "";
      if (rest.length > longestMessage) throw new Error("a message without end");
      for (const part of parts) yield message(part);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function message(text: string): Message {
  const read: Message = { id: "", data: "" };
  for (const line of text.split("\n")) {
    const [, name, value = ""] = /^(id|data): ?(.*)$/.exec(line) ?? [];
    if (name === "id") read.id = value;
    if (name === "data") read.data += (read.data && "\n") + value;
  }
  return read;
}
