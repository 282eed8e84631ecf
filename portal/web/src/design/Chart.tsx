import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "./State";
import { useFormat } from "./useFormat";

export interface ChartProps {
  /** What it shows, in a sentence. */
  title: string;
  /** Unix milliseconds, or plain numbers when time is false; growing. */
  x: readonly number[];
  /** One line each; null leaves a gap. Keep the same array between draws. */
  series: readonly { label: string; values: readonly (number | null)[] }[];
  time?: boolean;
  format?: (value: number) => string;
  height?: number;
}

const Plot = lazy(() => import("./Plot").then((m) => ({ default: m.Plot })));

/** Lines over time, and the same as a table for whoever cannot see them. */
export function Chart(props: ChartProps) {
  const { t } = useTranslation("design");
  const { locale, moment, number } = useFormat();
  const { title, x, series, time = true, format = number } = props;
  return (
    <figure className="rounded-xl border border-line bg-raised p-3">
      <figcaption className="mb-2 font-medium">{title}</figcaption>
      <Suspense fallback={<Loading lines={6} />}>
        <Plot {...props} locale={locale} />
      </Suspense>
      <details className="mt-2 text-sm">
        <summary className="cursor-pointer text-muted">{t("asTable")}</summary>
        <div className="mt-2 max-h-64 overflow-auto" tabIndex={0} role="region" aria-label={title}>
          <table className="w-full">
            <thead>
              <tr>
                <th scope="col" className="text-start">{time ? t("time") : ""}</th>
                {series.map((s) => (
                  <th key={s.label} scope="col" className="text-end">{s.label}</th>
                ))}
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {x.map((at, i) => (
                <tr key={at}>
                  <th scope="row" className="text-start font-normal">{time ? moment(at) : format(at)}</th>
                  {series.map((s) => (
                    <td key={s.label} className="text-end">{typeof s.values[i] === "number" ? format(s.values[i]) : "–"}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
