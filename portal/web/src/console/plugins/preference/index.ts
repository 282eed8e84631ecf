import type { Plugin } from "../../plugin";
import { Preference, sides } from "./Preference";

export const plugin: Plugin<"preference"> = {
  types: ["preference"],
  Component: Preference,
  commands: () => sides.map((side) => ({ id: `prefer.${side.value}`, label: `console:preference.${side.value}`, keys: [side.key] })),
  phone: true,
};
