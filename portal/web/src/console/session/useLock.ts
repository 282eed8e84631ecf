import { useEffect, useState } from "react";

export type Held = "asking" | "here" | "elsewhere";

/** How long to ask before it is taken that another tab has it. */
const patience = 300;

/**
 * Holds a name while mounted, in one tab of the browser at a time; the next
 * gets it when the first is closed.
 */
export function useLock(name: string): Held {
  const [held, setHeld] = useState<Held>("asking");
  useEffect(() => {
    const stop = new AbortController();
    let release: () => void = () => undefined;
    const wait = window.setTimeout(() => setHeld("elsewhere"), patience);
    const hold = () =>
      new Promise<void>((done) => {
        window.clearTimeout(wait);
        release = done;
        if (stop.signal.aborted) done();
        else setHeld("here");
      });
    // Without locks, as on a plain http address, there is nothing to ask.
    if (navigator.locks) navigator.locks.request(`alaya ${name}`, { signal: stop.signal }, hold).catch(() => undefined);
    else void hold();
    return () => {
      window.clearTimeout(wait);
      stop.abort();
      release();
      setHeld("asking");
    };
  }, [name]);
  return held;
}
