import type { RouteObject } from "react-router";
import type { IconName } from "@/design";

/** A link in the main navigation. */
export interface NavItem {
  to: string;
  /** Key of its text, with the namespace: "market:nav.browse". */
  label: string;
  /** Place from the start; areas leave gaps of ten. Phones show the first four in the bar below. */
  order: number;
  icon?: IconName;
}

/**
 * One part of the portal: a folder under src/ whose routes.tsx exports one as
 * `area`. Its pages are lazy, so each area is a chunk of its own.
 */
export interface Area {
  nav: NavItem[];
  routes: RouteObject[];
}

const found = import.meta.glob<{ area: Area }>("../*/routes.tsx", { eager: true });

/** All areas there are. */
export const areas: Area[] = Object.values(found).map((module) => module.area);
