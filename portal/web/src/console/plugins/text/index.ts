import type { Plugin } from "../../plugin";
import { TextField } from "./TextField";

export const plugin: Plugin<"text"> = { types: ["text"], Component: TextField, commands: () => [], phone: true };
