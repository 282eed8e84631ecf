import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { TimePainter, type PaintTime } from "./painter";
import { TimePointer, type TimeTool } from "./pointer";
import type { TimeView } from "./timeview";

interface TimeStageProps {
  view: TimeView;
  /** Paints what is heard or measured, where it is not a child. */
  base?: PaintTime;
  over: PaintTime;
  tool: TimeTool;
  label: string;
  height: number;
  /** CSS pixels at the start that are not time: the axes of children. */
  inset?: number;
  children?: ReactNode;
}

/** A recording along time, to zoom, scrub and mark, by mouse, touch and keys. Time runs to the right in every language. */
export function TimeStage({ view, base, over, tool, label, height, inset = 0, children }: TimeStageProps) {
  const { t } = useTranslation("media");
  const hint = useId();
  const frame = useRef<HTMLDivElement>(null);
  const lower = useRef<HTMLCanvasElement>(null);
  const upper = useRef<HTMLCanvasElement>(null);
  const painter = useRef<TimePainter>(undefined);
  const latest = useRef(tool);
  useEffect(() => {
    latest.current = tool;
  });

  useEffect(() => {
    if (!frame.current || !lower.current || !upper.current) return undefined;
    const paint = new TimePainter(view, lower.current, upper.current);
    const pointer = new TimePointer(frame.current, view, () => latest.current);
    painter.current = paint;
    const watch = new ResizeObserver(([entry]) => {
      view.width = Math.max(1, entry?.contentRect.width ?? 1);
      view.show(view.window);
    });
    watch.observe(frame.current);
    return () => {
      watch.disconnect();
      pointer.stop();
      paint.stop();
    };
  }, [view]);

  useEffect(() => painter.current?.use(base, over), [base, over]);

  const onKeyDown = (event: KeyboardEvent) => {
    const way = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (way === 0 || event.ctrlKey) return;
    latest.current.arrow(way, { far: event.shiftKey, end: event.altKey });
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div dir="ltr" className="relative overflow-hidden rounded-lg border border-line bg-raised" style={{ height }}>
      {children}
      <div
        ref={frame}
        role="application"
        aria-label={label}
        aria-describedby={hint}
        tabIndex={0}
        data-stage=""
        onKeyDown={onKeyDown}
        className="absolute inset-y-0 right-0 touch-none select-none -outline-offset-2!"
        style={{ left: inset }}
      >
        <canvas ref={lower} aria-hidden="true" className="absolute inset-0 size-full" />
        <canvas ref={upper} aria-hidden="true" className="absolute inset-0 size-full" />
      </div>
      <span id={hint} className="sr-only">
        {t("timeline.keys")}
      </span>
    </div>
  );
}
