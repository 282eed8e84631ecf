import type { Plugin } from "../../plugin";
import { NumberField } from "./NumberField";

export const plugin: Plugin<"number"> = { types: ["number"], Component: NumberField, commands: () => [], phone: true };
