import { labelCommands } from "../../keys/commands";
import type { Command, Plugin } from "../../plugin";
import { Spans } from "./Spans";

const commands: Command[] = [
  { id: "span.delete", label: "console:command.span.delete", keys: ["delete", "backspace"] },
  { id: "span.unselect", label: "console:command.span.unselect", keys: ["escape", "u"] },
  { id: "span.whole", label: "console:command.span.whole", keys: ["w"] },
];
const relate: Command = { id: "span.relate", label: "console:command.span.relate", keys: ["alt+r"] };

export const plugin: Plugin<"span"> = {
  types: ["span"],
  Component: Spans,
  commands: (control) => [...labelCommands(control), ...commands, ...(control.relations ? [relate] : [])],
  phone: true,
};
