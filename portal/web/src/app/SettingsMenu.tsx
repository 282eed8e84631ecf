import { useTranslation } from "react-i18next";
import { IconButton, Menu, MenuChoice, MenuLine, useStore } from "@/design";
import { languages, setLanguage, type Language } from "@/i18n";
import { settings, type Settings } from "./settings";

const themes: Settings["theme"][] = ["system", "light", "dark"];
const densities: Settings["density"][] = ["comfortable", "compact"];

/** Language, theme and density. */
export function SettingsMenu() {
  const { t, i18n } = useTranslation("app");
  const { theme, density } = useStore(settings);
  const change = (part: Partial<Settings>) => settings.set((before) => ({ ...before, ...part }));
  return (
    <Menu trigger={<IconButton icon="settings" label={t("settings")} />}>
      <MenuChoice
        label={t("language")}
        value={i18n.language as Language}
        options={Object.entries(languages).map(([value, name]) => ({
          value: value as Language,
          label: <span lang={value}>{name}</span>,
        }))}
        onChange={(language) => void setLanguage(language)}
      />
      <MenuLine />
      <MenuChoice
        label={t("theme")}
        value={theme}
        options={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
        onChange={(theme) => change({ theme })}
      />
      <MenuLine />
      <MenuChoice
        label={t("density")}
        value={density}
        options={densities.map((value) => ({ value, label: t(`densities.${value}`) }))}
        onChange={(density) => change({ density })}
      />
    </Menu>
  );
}
