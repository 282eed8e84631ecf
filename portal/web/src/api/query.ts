import { QueryClient } from "@tanstack/react-query";

/** The cache of what the gateway said. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, retry: 1, refetchOnWindowFocus: false } },
});
