import { useTranslation } from "react-i18next";
import { Icon, Keys, Select, useFormat } from "@/design";
import { useKeyOf } from "../../keys/Keys";
import { speeds } from "./usePlayer";

interface PlayerToolsProps {
  playing: boolean;
  speed: number;
  onToggle: () => void;
  onSpeed: (speed: number) => void;
}

/** Play, pause and speed. */
export function PlayerTools({ playing, speed, onToggle, onSpeed }: PlayerToolsProps) {
  const { t } = useTranslation("media");
  const { number } = useFormat();
  const keys = useKeyOf()("media.play");
  return (
    <>
      <button
        type="button"
        onClick={onToggle}
        className="inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-lg border border-transparent bg-accent px-2.5 text-sm font-medium text-accent-ink pointer-coarse:min-h-11"
      >
        <Icon name={playing ? "pause" : "play"} />
        {t(playing ? "tool.pause" : "tool.play")}
        {keys && <Keys of={keys} />}
      </button>
      <Select aria-label={t("speed")} value={speed} onChange={(e) => onSpeed(Number(e.target.value))} className="w-auto! min-h-8! pointer-coarse:min-h-11! px-2! text-sm">
        {speeds.map((s) => (
          <option key={s} value={s}>
            {`${number(s)} ×`}
          </option>
        ))}
      </Select>
    </>
  );
}
