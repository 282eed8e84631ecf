import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { StagePainter, type Painter } from "./painter";
import { StagePointer, type Tool } from "./pointer";
import { toScreen, type Point, type Size } from "./view";
import type { Viewport } from "./viewport";

interface StageProps {
  viewport: Viewport;
  size: Size;
  /** Paints what is shown; another function means another picture. */
  base: Painter;
  /** Paints what is drawn on it. */
  over: Painter;
  tool: Tool;
  /** Its name for screen readers. */
  label: string;
  /** Brightness and contrast of the picture. */
  filter?: string;
  className?: string;
}

const stepScreen = 12;
const ways: Record<string, Point | undefined> = {
  ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 },
};

/**
 * A picture to zoom, move and draw on, by mouse, pen, touch and keys: arrows
 * move a crosshair, or what is selected; Enter sets a point where it is.
 */
export function Stage({ viewport, size, base, over, tool, label, filter, className = "" }: StageProps) {
  const { t } = useTranslation("media");
  const hint = useId();
  const frame = useRef<HTMLDivElement>(null);
  const lower = useRef<HTMLCanvasElement>(null);
  const upper = useRef<HTMLCanvasElement>(null);
  const painter = useRef<StagePainter>(undefined);
  const latest = useRef(tool);
  const [cross, setCross] = useState<Point>();

  useEffect(() => {
    latest.current = tool;
  });

  useEffect(() => {
    if (!frame.current || !lower.current || !upper.current) return undefined;
    const paint = new StagePainter(viewport, lower.current, upper.current);
    const pointer = new StagePointer(frame.current, viewport, () => latest.current);
    painter.current = paint;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) viewport.resize({ w: entry.contentRect.width, h: entry.contentRect.height });
    });
    watch.observe(frame.current);
    return () => {
      watch.disconnect();
      pointer.stop();
      paint.stop();
    };
  }, [viewport]);

  useEffect(() => viewport.show({ w: size.w, h: size.h }), [viewport, size.w, size.h]);
  useEffect(() => painter.current?.useBase(base), [base]);
  useEffect(() => painter.current?.useOver(over, cross), [over, cross]);

  const onKeyDown = (event: KeyboardEvent) => {
    const way = ways[event.key];
    if (event.target !== event.currentTarget) return;
    if (way && latest.current.nudge(way, { far: event.shiftKey, grow: event.ctrlKey || event.altKey })) event.preventDefault();
    else if (way) setCross(moved(viewport, size, cross, way, event.shiftKey ? 1 : stepScreen));
    else if ((event.key === "Enter" || event.key === " ") && !event.ctrlKey && cross) latest.current.tap({ at: cross, reach: 8 / viewport.view.scale });
    else if (event.key === "Backspace") latest.current.back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={frame}
      dir="ltr"
      role="application"
      aria-label={label}
      aria-describedby={hint}
      tabIndex={0}
      data-stage=""
      onKeyDown={onKeyDown}
      onBlur={() => setCross(undefined)}
      className={`relative touch-none select-none overflow-hidden rounded-lg border border-line bg-sunken ${className}`}
    >
      <canvas ref={lower} aria-hidden="true" className="absolute inset-0 size-full" style={{ filter }} />
      <canvas ref={upper} aria-hidden="true" className="absolute inset-0 size-full" />
      <span id={hint} className="sr-only">
        {t("stage.keys")}
      </span>
    </div>
  );
}

/** The crosshair a step on; it begins in the middle and takes the view along. */
function moved(viewport: Viewport, size: Size, cross: Point | undefined, way: Point, step: number): Point {
  const { view, screen } = viewport;
  const from = cross ?? { x: (screen.w / 2 - view.x) / view.scale, y: (screen.h / 2 - view.y) / view.scale };
  const reach = step / view.scale;
  const to = {
    x: Math.min(Math.max(from.x + way.x * reach, 0), size.w),
    y: Math.min(Math.max(from.y + way.y * reach, 0), size.h),
  };
  const at = toScreen(view, to);
  if (at.x < 0 || at.x > screen.w || at.y < 0 || at.y > screen.h) viewport.pan((-way.x * screen.w) / 4, (-way.y * screen.h) / 4);
  return to;
}
