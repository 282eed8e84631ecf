import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox, useFormat } from "@/design";
import type { Asset, Series } from "@/records/form";
import { ask } from "../../media/ask";
import { blobUrl, isAsset, mediaFor } from "../../media/asset";
import { LoadedMedia, NoMedia } from "../../media/LoadedMedia";
import { IntervalEditor } from "../../media/time/IntervalEditor";
import { rulerHeight } from "../../media/time/paint";
import { TimeView } from "../../media/time/timeview";
import { unitOf } from "../../media/time/unit";
import { useLoaded } from "../../media/useLoaded";
import type { PluginProps } from "../../plugin";
import { axisWidth, channelHeight, Curves } from "./Curves";
import { checked } from "./table";

type Props = PluginProps<"interval">;

/** Intervals on curves. */
export function SeriesPlugin(props: Props) {
  const media = mediaFor(props.control, props.item);
  if (media?.kind !== "series") return <NoMedia onBroken={props.onBroken} />;
  return <Loaded key={isAsset(media.series) ? media.series.cid : props.item.id} {...props} source={media.series} />;
}

async function load(source: Series | Asset, signal: AbortSignal): Promise<Series> {
  if (!isAsset(source)) return checked(source);
  const worker = new Worker(new URL("./series.worker.ts", import.meta.url), { type: "module" });
  return ask(worker, { url: new URL(blobUrl(source), location.href).href, mime: source.mime }, signal);
}

function Loaded({ source, ...props }: Props & { source: Series | Asset }) {
  const state = useLoaded(isAsset(source) ? source.cid : props.item.id, (signal) => load(source, signal));
  return (
    <LoadedMedia state={state} onBroken={props.onBroken}>
      {(series) => <Measurements {...props} series={series} />}
    </LoadedMedia>
  );
}

/** Channels that are shown at first. */
const shownFirst = 4;

function Measurements({ series, ...props }: Props & { series: Series }) {
  const { t } = useTranslation("media");
  const { locale } = useFormat();
  const names = Object.keys(series.channels);
  const [shown, setShown] = useState<ReadonlySet<string>>(() => new Set(names.slice(0, shownFirst)));
  const [view] = useState(() => new TimeView({ from: series.time[0] ?? 0, to: series.time.at(-1) ?? 1 }, leastOf(series)));
  const unit = useMemo(() => unitOf(props.control.unit ?? series.unit, view.all.to - view.all.from, locale), [props.control.unit, series.unit, view, locale]);
  const channels = useMemo(() => Object.keys(series.channels).filter((name) => shown.has(name)), [series, shown]);
  const toggle = (name: string, on: boolean) => setShown((set) => new Set(on ? [...set, name] : [...set].filter((n) => n !== name)));
  return (
    <>
      {names.length > 1 && (
        <fieldset className="mb-2 flex flex-wrap gap-x-4">
          <legend className="sr-only">{t("channels")}</legend>
          {names.map((name) => (
            <Checkbox key={name} label={<span dir="auto">{name}</span>} checked={shown.has(name)} onChange={(on) => toggle(name, on)} />
          ))}
        </fieldset>
      )}
      <IntervalEditor
        {...props}
        view={view}
        unit={unit}
        height={rulerHeight + Math.max(channels.length, 1) * channelHeight}
        inset={axisWidth}
        spoken={false}
        label={t("timeline.series", { name: props.control.title ?? props.control.name })}
      >
        <Curves series={series} channels={channels} view={view} locale={locale} />
      </IntervalEditor>
    </>
  );
}

/** About ten measurements are the least to be shown. */
const leastOf = ({ time }: Series) => Math.max(1, (((time.at(-1) ?? 1) - (time[0] ?? 0)) / time.length) * 10);
