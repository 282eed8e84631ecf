import { useSyncExternalStore } from "react";

let offset = 0;

/** Tells how far the gateway's clock is ahead of this machine's: deadlines go by the gateway's. */
export function setClock(serverNow: number) {
  const ahead = serverNow - Date.now();
  offset = Math.abs(ahead) > 2000 ? ahead : 0; // a header tells seconds only
}

/** The time by the gateway's clock, in Unix milliseconds. */
export const now = () => Date.now() + offset;

const listeners = new Set<() => void>();
let timer: number | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= window.setInterval(() => listeners.forEach((tell) => tell()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time, renewed every second or more rarely; step in milliseconds. */
export function useNow(step = 1000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(now() / step) * step);
}
