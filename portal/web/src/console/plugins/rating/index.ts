import { labelCommands } from "../../keys/commands";
import type { Plugin } from "../../plugin";
import { grades, Rating } from "./Rating";

export const plugin: Plugin<"rating"> = {
  types: ["rating"],
  Component: Rating,
  commands: (control) => labelCommands(control, grades(control)),
  phone: true,
};
