import { lazy, Suspense } from "react";
import { Loading } from "./State";

const Cleaned = lazy(() => import("./Markdown").then((m) => ({ default: m.Markdown })));

/** A stranger's Markdown, cleaned; the code that does it comes when it is first needed. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<Loading />}>
      <Cleaned text={text} />
    </Suspense>
  );
}
