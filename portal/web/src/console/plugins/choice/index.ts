import { labelCommands } from "../../keys/commands";
import type { Plugin } from "../../plugin";
import { Choice } from "./Choice";

export const plugin: Plugin<"choice" | "choices" | "path"> = {
  types: ["choice", "choices", "path"],
  Component: Choice,
  commands: (control) => labelCommands(control),
  phone: true,
};
