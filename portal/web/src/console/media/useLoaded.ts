import { useCallback, useEffect, useState } from "react";
import { faultOf, type MediaFault } from "./fault";

export interface LoadedState<T> {
  data: T | undefined;
  fault: MediaFault | undefined;
  retry: () => void;
}

/** Loads media once per key; a fault is kept, and a load that nobody waits for is stopped. */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): LoadedState<T> {
  const [state, setState] = useState<{ key: string; data?: T; fault?: MediaFault }>({ key: "" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    load(stop.signal).then(
      (data) => !stop.signal.aborted && setState({ key, data }),
      (error: unknown) => !stop.signal.aborted && setState({ key, fault: faultOf(error) }),
    );
    return () => stop.abort();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for what load needs
  }, [key, attempt]);
  const retry = useCallback(() => {
    setState({ key: "" });
    setAttempt((n) => n + 1);
  }, []);
  const current = state.key === key ? state : undefined;
  return { data: current?.data, fault: current?.fault, retry };
}
