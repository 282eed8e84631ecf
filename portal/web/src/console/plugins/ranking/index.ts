import { labelCommands } from "../../keys/commands";
import type { Command, Plugin } from "../../plugin";
import { Ranking } from "./Ranking";

const commands: Command[] = ["up", "down", "keep"].map((id, i) => ({
  id: `rank.${id}`,
  label: `console:command.rank.${id}`,
  keys: [["alt+arrowup", "alt+arrowdown", "alt+k"][i] as string],
}));

export const plugin: Plugin<"ranking"> = {
  types: ["ranking"],
  Component: Ranking,
  commands: (control) => [...labelCommands(control, control.options ?? []), ...commands],
  phone: true,
};
