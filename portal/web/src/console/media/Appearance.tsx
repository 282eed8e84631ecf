import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Adjust, usual, type Look as Light } from "../view/Adjust";

/** How regions and what is under them are shown. */
export interface Appearance { opacity: number; outline: boolean; filter: string | undefined }

export interface AppearanceState extends Appearance {
  setOpacity: (opacity: number) => void;
  toggleOutline: () => void;
  light: Light;
  setLight: (light: Light) => void;
}

export function useAppearance(): AppearanceState {
  const [opacity, setOpacity] = useState(0.2);
  const [outline, setOutline] = useState(false);
  const [light, setLight] = useState(usual);
  const plain = light.brightness === 1 && light.contrast === 1;
  return {
    opacity: outline ? 0 : opacity,
    outline,
    filter: plain ? undefined : `brightness(${light.brightness}) contrast(${light.contrast})`,
    setOpacity,
    toggleOutline: () => setOutline((on) => !on),
    light,
    setLight,
  };
}

/** Sliders for the filling of regions, brightness and contrast. */
export function AppearanceTools({ look }: { look: AppearanceState }) {
  const { t } = useTranslation("media");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <label className="flex min-h-6 items-center gap-2 text-sm text-muted pointer-coarse:min-h-11">
        {t("opacity")}
        <input
          type="range"
          min={0}
          max={0.9}
          step={0.05}
          value={look.opacity}
          onChange={(e) => look.setOpacity(Number(e.target.value))}
          disabled={look.outline}
          className="w-24 accent-accent"
        />
      </label>
      <Adjust look={look.light} onChange={look.setLight} only={["brightness", "contrast"]} />
    </div>
  );
}
