import { isAbout } from "../../media/asset";
import { listenCommands } from "../../media/commands";
import type { Plugin } from "../../plugin";
import { TextField } from "./TextField";

export const plugin: Plugin<"text"> = { types: ["text"], Component: TextField, commands: (control, item) => (isAbout(control, item, "audio") ? listenCommands : []), phone: true };
