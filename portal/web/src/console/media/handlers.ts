import type { Handlers } from "../keys/dispatch";
import type { Regions } from "./useRegions";

/** What the commands of a list of regions do. */
export function regionHandlers<R extends { label: string }>(regions: Regions<R>, labels: readonly { id: string }[], copy?: (r: R) => R): Handlers {
  const { selected } = regions;
  return {
    ...Object.fromEntries(labels.map(({ id }, i) => [`label.${i}`, () => regions.setLabel(id)])),
    "media.unselect": () => regions.select(undefined),
    "media.delete": selected && (() => regions.remove(selected)),
    "media.duplicate": selected && copy && (() => regions.duplicate(selected, copy(selected))),
    "media.hide": selected && (() => regions.toggleHidden(selected)),
    "media.hide_all": () => regions.toggleHidden(),
    "media.lock": selected && (() => regions.toggleLocked(selected)),
    "media.next_region": () => regions.step(1),
    "media.previous_region": () => regions.step(-1),
  };
}
