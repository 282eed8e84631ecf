import { QueryClient } from "@tanstack/react-query";
import { Fault } from "./error";

/** What asking again does not mend. */
const lasting = new Set(["invalid", "not found", "forbidden"]);

/** The cache of what the gateway said. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && !(error instanceof Fault && lasting.has(error.kind)),
    },
  },
});
