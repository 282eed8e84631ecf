import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { follow } from "./stream";

/** One thing that happened on the chain. */
export interface ChainEvent {
  height: number;
  time: number;
  index: number;
  tx?: string;
  stage: string;
  action: string;
  attributes?: Record<string, string>;
}

/** Which events: those that fit everything given. */
export interface EventFilter {
  stages?: readonly string[];
  /** A request, or several. */
  request?: string | readonly string[];
  party?: string;
}

function fits(event: ChainEvent, { stages, request, party }: EventFilter): boolean {
  const named = event.attributes ?? {};
  return (
    (!stages || stages.includes(event.stage)) &&
    (request === undefined || [request].flat().includes(named["request"] ?? "")) &&
    (!party || Object.values(named).includes(party))
  );
}

/** Events of one block come together: what they change is asked for once. */
const pause = 400;

interface Follower {
  /** Queries that are out of date once an event fits; none are when absent. */
  invalidate?: readonly QueryKey[];
  onEvent?: (event: ChainEvent) => void;
}

/** Follows what happens on the chain. All followers share one connection. */
export function useEvents(filter: EventFilter, { invalidate = [], onEvent }: Follower) {
  const client = useQueryClient();
  const tell = useEffectEvent((event: ChainEvent) => {
    onEvent?.(event);
  });
  const renew = useEffectEvent(() => {
    for (const queryKey of invalidate) void client.invalidateQueries({ queryKey });
  });
  const asked = JSON.stringify(filter);
  useEffect(() => {
    const wanted = JSON.parse(asked) as EventFilter;
    let timer: number | undefined;
    const stop = follow((event) => {
      if (event && !fits(event, wanted)) return;
      if (event) tell(event);
      timer ??= window.setTimeout(() => {
        timer = undefined;
        renew();
      }, pause);
    });
    return stop; // what is out of date already is still asked for
  }, [asked]);
}
