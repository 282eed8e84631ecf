import { MediaFault, type PlainFault } from "./fault";

/** What a worker answers: a result or a fault. */
export type Answer<T> = { result: T } | { fault: PlainFault };

/** Asks a worker of its own one question, and ends it with the answer or when nobody waits. */
export function ask<Q, T>(worker: Worker, question: Q, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const end = (act: () => void) => {
      worker.terminate();
      act();
    };
    signal.addEventListener("abort", () => end(() => reject(new MediaFault("broken"))), { once: true });
    worker.onerror = (event) => end(() => reject(new MediaFault("broken", { why: event.message || "worker" })));
    worker.onmessage = ({ data }: MessageEvent<Answer<T>>) =>
      end(() => ("result" in data ? resolve(data.result) : reject(new MediaFault(data.fault.trouble, data.fault.values))));
    worker.postMessage(question);
  });
}
