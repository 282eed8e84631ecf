import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Series } from "@/records/form";
import { rulerHeight } from "../../media/time/paint";
import { inkOf } from "../../media/time/painter";
import type { TimeView } from "../../media/time/timeview";

/** CSS pixels of the axis of values, at the start of every channel. */
export const axisWidth = 64;
export const channelHeight = 120;

/** Each channel keeps a line for its name. */
const nameHeight = 16;

interface CurvesProps { series: Series; channels: readonly string[]; view: TimeView; locale: string }

/** The curves of channels one below the other, on the window of a view. */
export function Curves({ series, channels, view, locale }: CurvesProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const plots = channels.map((name) => new uPlot(options(element, { view, locale }), [series.time, series.channels[name] ?? []], element.querySelector<HTMLElement>(`[data-channel="${CSS.escape(name)}"]`) ?? element));
    let frame = 0;
    const follow = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        for (const plot of plots) plot.setScale("x", { min: view.window.from, max: view.window.to });
      });
    };
    const leave = view.onMove(follow);
    const fit = new ResizeObserver(() => plots.forEach((plot) => plot.setSize({ width: element.clientWidth, height: channelHeight - nameHeight })));
    fit.observe(element);
    follow();
    return () => {
      leave();
      cancelAnimationFrame(frame);
      fit.disconnect();
      plots.forEach((plot) => plot.destroy());
    };
  }, [series, channels, view, locale]);
  return (
    <div ref={host} style={{ paddingTop: rulerHeight }}>
      {channels.map((name) => (
        <div key={name} data-channel={name} style={{ height: channelHeight }} className="border-b border-line">
          <p className="truncate pe-2 text-end text-xs font-medium" style={{ height: nameHeight }}>
            <bdi>{name}</bdi>
          </p>
        </div>
      ))}
    </div>
  );
}

function options(element: HTMLElement, { view, locale }: Pick<CurvesProps, "view" | "locale">): uPlot.Options {
  const ink = inkOf(element);
  const write = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  return {
    width: element.clientWidth,
    height: channelHeight - nameHeight,
    padding: [4, 0, 4, 0],
    scales: { x: { time: false, min: view.window.from, max: view.window.to, auto: false } },
    legend: { show: false },
    cursor: { show: false },
    axes: [
      { show: false },
      { size: axisWidth, stroke: ink.muted, grid: { stroke: ink.line, width: 1 }, ticks: { stroke: ink.line }, values: (_, ticks) => ticks.map((n) => write.format(n)) },
    ],
    series: [{}, { stroke: ink.accent, width: 1, points: { show: false } }],
  };
}
