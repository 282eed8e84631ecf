import { useTranslation } from "react-i18next";
import { Select } from "@/design";
import { colourings, type Colouring } from "./scene";

interface ColoursProps {
  value: Colouring;
  onChange: (value: Colouring) => void;
  size: number;
  onSize: (size: number) => void;
  /** Whether the cloud says how bright points are. */
  bright: boolean;
}

/** What colours say, and how large points are. */
export function Colours({ value, onChange, size, onSize, bright }: ColoursProps) {
  const { t } = useTranslation("media");
  return (
    <>
      <Select aria-label={t("colouring")} value={value} onChange={(e) => onChange(e.target.value as Colouring)} className="w-auto! min-h-8! pointer-coarse:min-h-11! px-2! text-sm">
        {colourings.map((c) => (
          <option key={c} value={c} disabled={c === "intensity" && !bright}>
            {t(`colourings.${c}`)}
          </option>
        ))}
      </Select>
      <label className="flex min-h-6 items-center gap-2 text-sm text-muted pointer-coarse:min-h-11">
        {t("point_size")}
        <input type="range" min={1} max={6} step={1} value={size} onChange={(e) => onSize(Number(e.target.value))} className="w-16 accent-accent" />
      </label>
    </>
  );
}
