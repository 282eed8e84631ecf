import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton, Meter } from "@/design";
import type { Standing } from "../state/entry";
import { useKeyOf } from "../keys/Keys";
import type { Bench } from "./useBench";

const marks: Record<Standing, string> = {
  open: "border-line-strong",
  started: "border-dashed border-warn",
  answered: "border-transparent bg-accent text-accent-ink",
  skipped: "border-transparent bg-warn-soft text-warn line-through",
};

/** What stands above the work: where one is, what can be taken back, and what the console adds. */
export function TopBar({ bench, children }: { bench: Bench; children?: ReactNode }) {
  const { t } = useTranslation("console");
  const count = bench.standings.length;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="font-medium tabular-nums">{t("progress.item", { at: bench.index + 1, count })}</p>
        <div className="min-w-24 grow">
          <Meter label={t("progress.label")} value={bench.done} max={count} text={t("progress.done", { done: bench.done, count })} />
        </div>
        {children}
      </div>
      <Strip bench={bench} />
    </div>
  );
}

/** All items of the page in a line: where each stands, a way to go there. */
function Strip({ bench }: { bench: Bench }) {
  const { t } = useTranslation("console");
  if (bench.standings.length < 2) return null;
  return (
    <nav aria-label={t("progress.items")} className="overflow-x-auto p-0.5 max-sm:hidden">
      <ol className="flex gap-1">
        {bench.standings.map((standing, i) => (
          <li key={i}>
            <button
              type="button"
              aria-current={i === bench.index ? "step" : undefined}
              aria-label={t("progress.go", { at: i + 1, standing: t(`standing.${standing}`) })}
              onClick={() => bench.go(i)}
              className={`flex h-6 min-w-6 cursor-pointer items-center justify-center rounded border px-1 text-xs tabular-nums ${marks[standing]} ${
                i === bench.index ? "outline-2 outline-offset-1 outline-ink" : ""
              }`}
            >
              {i + 1}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface ActionProps {
  bench: Bench;
  readOnly: boolean;
  last: boolean;
  onSkip: () => void;
  onFlag: () => void;
  onComplete: () => void;
}

/** What can be done with the item: at the foot of the window, in reach of a thumb. */
export function ActionBar({ bench, readOnly, last, onSkip, onFlag, onComplete }: ActionProps) {
  const { t } = useTranslation("console");
  const keyOf = useKeyOf();
  const { entry, index, standings } = bench;
  const complete = bench.done === standings.length;
  return (
    <div className="sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center gap-1 border-t border-line bg-raised px-4 py-2 max-md:bottom-14 sm:gap-2">
      <IconButton icon="previous" label={`${t("command.previous")} (${keyOf("previous") ?? ""})`} disabled={index === 0} onClick={() => bench.go(index - 1)} />
      <IconButton icon="next" label={`${t("command.next")} (${keyOf("next") ?? ""})`} disabled={index === standings.length - 1} onClick={() => bench.go(index + 1)} />
      <Button look={entry.skip ? "secondary" : "quiet"} keys={keyOf("skip")} disabled={readOnly} onClick={onSkip}>
        {t(entry.skip ? "skip.undo" : "skip.short")}
      </Button>
      <Button look="quiet" icon="flag" keys={keyOf("flag")} disabled={readOnly} onClick={onFlag}>
        <span className="max-sm:sr-only">{t("flag.short")}</span>
        {entry.flags && entry.flags.length > 0 && <span className="tabular-nums">{entry.flags.length}</span>}
      </Button>
      <span className="grow" />
      <Button look="primary" disabled={readOnly} keys={keyOf("submit")} onClick={complete ? onComplete : bench.next}>
        {t(complete || last ? "submit.page" : "submit.next")}
      </Button>
    </div>
  );
}
