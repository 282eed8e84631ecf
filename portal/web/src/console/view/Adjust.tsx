import { useTranslation } from "react-i18next";

/** How a picture is shown: factors, 1 is as it is. */
export interface Look {
  zoom: number;
  brightness: number;
  contrast: number;
}

export const usual: Look = { zoom: 1, brightness: 1, contrast: 1 };

const ranges = { zoom: [1, 8, 0.25], brightness: [0.3, 3, 0.1], contrast: [0.3, 3, 0.1] } as const;

/** Sliders for zoom, brightness and contrast; media plug-ins show those that they name. */
export function Adjust({ look, onChange, only = ["zoom", "brightness", "contrast"] }: {
  look: Look;
  onChange: (look: Look) => void;
  only?: readonly (keyof Look)[];
}) {
  const { t } = useTranslation("console");
  return only.map((name) => {
    const [min, max, step] = ranges[name];
    return (
      <label key={name} className="flex min-h-6 items-center gap-2 text-sm text-muted pointer-coarse:min-h-11">
        {t(`adjust.${name}`)}
        <input
          type="range"
          {...{ min, max, step }}
          value={look[name]}
          onChange={(e) => onChange({ ...look, [name]: Number(e.target.value) })}
          className="w-24 accent-accent"
        />
      </label>
    );
  });
}
