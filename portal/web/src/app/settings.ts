import { createStore } from "@/design";

/** How the portal looks, as this browser remembers it. */
export interface Settings {
  theme: "system" | "light" | "dark";
  density: "comfortable" | "compact";
}

const key = "alaya.settings";
const first: Settings = { theme: "system", density: "comfortable" };

function stored(): Settings {
  try {
    return { ...first, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Settings>) };
  } catch {
    return first; // somebody else wrote there
  }
}

export const settings = createStore(stored());

function apply({ theme, density }: Settings) {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
  dataset.density = density;
}

/** Puts the settings in force, now and whenever they change. */
export function startSettings() {
  apply(settings.get());
  settings.subscribe(() => {
    localStorage.setItem(key, JSON.stringify(settings.get()));
    apply(settings.get());
  });
}
