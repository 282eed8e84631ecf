import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Asset } from "@/records/form";
import { blobUrl, mediaFor } from "../../media/asset";
import { LoadedMedia, NoMedia } from "../../media/LoadedMedia";
import { IntervalEditor } from "../../media/time/IntervalEditor";
import { PlayerTools } from "../../media/time/PlayerTools";
import { TimeView } from "../../media/time/timeview";
import { microseconds } from "../../media/time/unit";
import { usePlayer } from "../../media/time/usePlayer";
import { useLoaded } from "../../media/useLoaded";
import type { PluginProps } from "../../plugin";
import { loadPeaks } from "./loadPeaks";
import { wavePainter } from "./paintWave";
import type { Peaks } from "./peaks";

type Props = PluginProps<"interval">;

const height = 220;
/** The shortest time on the screen, in µs. */
const least = 50_000;

/** Intervals on a waveform. */
export function AudioPlugin(props: Props) {
  const media = mediaFor(props.control, props.item);
  if (media?.kind !== "audio") return <NoMedia onBroken={props.onBroken} />;
  return <Loaded key={media.asset.cid} {...props} asset={media.asset} />;
}

function Loaded({ asset, ...props }: Props & { asset: Asset }) {
  const state = useLoaded(asset.cid, (signal) => loadPeaks(blobUrl(asset), signal));
  return (
    <LoadedMedia state={state} onBroken={props.onBroken}>
      {(peaks) => <Recording {...props} asset={asset} peaks={peaks} />}
    </LoadedMedia>
  );
}

function Recording({ asset, peaks, ...props }: Props & { asset: Asset; peaks: Peaks }) {
  const { t } = useTranslation("media");
  const [element, setElement] = useState<HTMLAudioElement | null>(null);
  const [view] = useState(() => new TimeView({ from: 0, to: Math.round(peaks.seconds * 1e6) }, least));
  const base = useMemo(() => wavePainter(peaks), [peaks]);
  const player = usePlayer(element, view);
  return (
    <>
      <audio ref={setElement} src={blobUrl(asset)} preload="metadata" />
      <IntervalEditor
        {...props}
        view={view}
        unit={microseconds}
        base={base}
        height={height}
        spoken
        label={t("timeline.audio", { name: asset.name ?? props.control.title ?? props.control.name })}
        onSeek={player.seek}
        handlers={player.handlers}
        player={<PlayerTools playing={player.playing} speed={player.speed} onToggle={player.toggle} onSpeed={player.setRate} />}
      />
    </>
  );
}
