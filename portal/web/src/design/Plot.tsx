import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { ChartProps } from "./Chart";

const strokes = ["--accent", "--info", "--warn", "--bad", "--good", "--muted"];
/** Lines are told apart by their dashes as well as by their colours. */
const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [1, 5]];

/** The drawing of a Chart, in a chunk of its own. */
export function Plot({ x, series, time = true, format, height = 220, locale }: ChartProps & { locale: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const plot = new uPlot(options(element, { series, time, format, height, locale }), [x.map((v) => (time ? v / 1000 : v)), ...series.map((s) => [...s.values])], element);
    const fit = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    fit.observe(element);
    return () => {
      fit.disconnect();
      plot.destroy();
    };
  }, [x, series, time, format, height, locale]);
  return <div ref={host} dir="ltr" />;
}

type Wanted = Required<Pick<ChartProps, "series" | "time" | "height">> & Pick<ChartProps, "format"> & { locale: string };

function options(element: HTMLElement, { series, time, format, height, locale }: Wanted): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => drawable(style.getPropertyValue(name));
  const write = format ?? ((v: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(v));
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line") } };
  return {
    width: element.clientWidth,
    height,
    scales: { x: { time } },
    axes: [axis, { ...axis, size: 64, values: (_, ticks) => ticks.map(write) }],
    cursor: { drag: { x: true, y: false } },
    series: [
      {},
      ...series.map((s, i) => ({
        label: s.label,
        stroke: colour(strokes[i % strokes.length] ?? "--accent"),
        dash: dashes[i % dashes.length],
        width: 2,
        value: (_: uPlot, v: number | null) => (v === null ? "–" : write(v)),
      })),
    ],
  };
}

/** A canvas knows no light-dark(): the side that is in force. */
function drawable(value: string): string {
  const match = /light-dark\(([^,]+),([^)]+)\)/.exec(value);
  if (!match) return value;
  const chosen = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  return (chosen === "dark" ? match[2] : match[1])?.trim() ?? value;
}
