import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Asset } from "@/records/form";
import { useCommands } from "../../keys/Keys";
import { blobUrl } from "../../media/asset";
import { LoadedMedia } from "../../media/LoadedMedia";
import { TimeZoom } from "../../media/time/IntervalEditor";
import { ruler, upright } from "../../media/time/paint";
import type { PaintTime } from "../../media/time/painter";
import { PlayerTools } from "../../media/time/PlayerTools";
import type { TimeTool } from "../../media/time/pointer";
import { TimeStage } from "../../media/time/TimeStage";
import { TimeView } from "../../media/time/timeview";
import { microseconds } from "../../media/time/unit";
import { usePlayer } from "../../media/time/usePlayer";
import { Toolbar } from "../../media/Tools";
import { useLoaded } from "../../media/useLoaded";
import { loadPeaks } from "./loadPeaks";
import { wavePainter } from "./paintWave";
import type { Peaks } from "./peaks";

const height = 110;
const least = 50_000;

/** A recording to listen to, as when it is written down: waveform, speed, jumps. */
export function Listen({ asset, name }: { asset: Asset; name: string }) {
  const state = useLoaded(asset.cid, (signal) => loadPeaks(blobUrl(asset), signal));
  return <LoadedMedia state={state}>{(peaks) => <Player asset={asset} name={name} peaks={peaks} />}</LoadedMedia>;
}

const over: PaintTime = (ctx, view, tall, ink) => {
  ruler(ctx, view, tall, { ink, unit: microseconds });
  upright(ctx, view.toX(view.playhead), tall, { color: ink.bad });
};

function Player({ asset, name, peaks }: { asset: Asset; name: string; peaks: Peaks }) {
  const { t } = useTranslation("media");
  const [element, setElement] = useState<HTMLAudioElement | null>(null);
  const [view] = useState(() => new TimeView({ from: 0, to: Math.round(peaks.seconds * 1e6) }, least));
  const base = useMemo(() => wavePainter(peaks), [peaks]);
  const { playing, speed, seek, toggle, setRate, handlers } = usePlayer(element, view);
  useCommands(true, handlers);
  return (
    <div className="flex flex-col gap-2">
      <audio ref={setElement} src={blobUrl(asset)} preload="metadata" />
      <TimeStage view={view} base={base} over={over} tool={scrubbing(seek, view)} label={t("timeline.audio", { name })} height={height} />
      <Toolbar label={t("player")}>
        <PlayerTools playing={playing} speed={speed} onToggle={toggle} onSpeed={setRate} />
        <TimeZoom view={view} />
      </Toolbar>
    </div>
  );
}

/** A pointer or an arrow moves the playhead. */
function scrubbing(seek: (time: number) => void, view: TimeView): TimeTool {
  const idle = () => undefined;
  return {
    press: (time) => {
      seek(time);
      return true;
    },
    drag: seek,
    release: idle,
    cancel: idle,
    hover: () => "pointer",
    arrow: (way, { far }) => seek(view.playhead + way * view.reach(far ? 60 : 8)),
  };
}
