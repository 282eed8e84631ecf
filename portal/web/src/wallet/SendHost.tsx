import { lazy, Suspense } from "react";
import { useStore } from "@/design";
import { asks } from "./send";

const SendDialog = lazy(() => import("./SendDialog").then((m) => ({ default: m.SendDialog })));

/** Shows what waits to be signed: once in the frame of all pages. */
export function SendHost() {
  const [ask] = useStore(asks);
  if (!ask) return null;
  return (
    <Suspense>
      <SendDialog ask={ask} key={ask.id} />
    </Suspense>
  );
}
