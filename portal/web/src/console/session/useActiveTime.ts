import { useEffect, useEffectEvent, useRef } from "react";

/** Who has done nothing for this long is taken to be away. */
const idle = 60_000;
const tick = 5_000;

/** Counts the time that an item was in view while somebody was there; told every few seconds and when the item changes. */
export function useActiveTime(item: string, add: (item: string, ms: number) => void) {
  const since = useRef(0);
  const last = useRef(0);
  const tell = useEffectEvent((of: string) => {
    const now = performance.now();
    const until = Math.min(now, last.current + idle);
    const spent = Math.round(until - since.current);
    since.current = now;
    if (spent > 0) add(of, spent);
  });
  useEffect(() => {
    since.current = last.current = performance.now();
    const act = () => {
      const now = performance.now();
      if (now - last.current > idle) since.current = now;
      last.current = now;
    };
    const events = ["pointerdown", "pointermove", "keydown", "wheel"] as const;
    const flush = () => {
      if (document.hidden) tell(item);
      else since.current = last.current = performance.now();
    };
    events.forEach((e) => window.addEventListener(e, act, { passive: true }));
    document.addEventListener("visibilitychange", flush);
    const timer = window.setInterval(() => document.hidden || tell(item), tick);
    return () => {
      if (!document.hidden) tell(item);
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", flush);
      events.forEach((e) => window.removeEventListener(e, act));
    };
  }, [item]);
}
