import { useTranslation } from "react-i18next";
import { PlayerTools } from "../../media/time/PlayerTools";
import { Toolbar, ToolButton } from "../../media/Tools";
import type { actions } from "./actions";
import type { At } from "./track";
import type { useFilm } from "./useFilm";

interface FilmToolsProps {
  run: ReturnType<typeof useFilm>;
  act: ReturnType<typeof actions>;
  /** The last frame. */
  last: number;
  /** Where the selected track is. */
  now: At | undefined;
  readOnly: boolean;
}

/** Play, step, and what the selected track does at this frame. */
export function FilmTools({ run, act, last, now, readOnly }: FilmToolsProps) {
  const { t } = useTranslation("media");
  return (
    <Toolbar label={t("player")}>
      <PlayerTools playing={run.playing} speed={run.speed} onToggle={run.toggle} onSpeed={run.setRate} />
      <ToolButton command="previous_frame" onClick={() => act.step(-1)} />
      <ToolButton command="next_frame" onClick={() => act.step(1)} />
      <output aria-live="off" className="min-w-28 text-sm tabular-nums">
        {t("frame_of", { frame: run.frame, last })}
      </output>
      {!readOnly && <ToolButton command="key" pressed={now?.key ?? false} disabled={!now} onClick={act.key} />}
      {!readOnly && <ToolButton command="out" pressed={now?.out ?? false} disabled={!now} onClick={act.out} />}
    </Toolbar>
  );
}
