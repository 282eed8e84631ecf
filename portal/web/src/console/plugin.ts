import type { ComponentType } from "react";
import type { Control, ControlType, Item, Values } from "@/records/form";

/** A command of the console that a key may be bound to. */
export interface Command {
  /** Unique: "box.delete". A contributor's own key map names it. */
  id: string;
  /** Key of its text, with the namespace. */
  label: string;
  /** What the text is filled with, as in { name: "Cat" }. */
  values?: Record<string, string>;
  /** The key by default, as in "ctrl+enter", "shift+n", "delete", "1"; more than one: the first is shown. */
  keys: string[];
  /** Works while a text field has the focus; single letters never may. */
  inText?: boolean;
  /** Of the console's own: gives way to a control's command on the same key. */
  yields?: boolean;
}

/** What a plug-in is given. It keeps no answer of its own. */
export interface PluginProps<T extends ControlType = ControlType> {
  control: Control & { type: T };
  item: Item;
  /** Undefined: not answered. Canonical: see records/. */
  value: Values[T] | undefined;
  /**
   * Every call is one step for undo: call it when a gesture ends. Calls of the
   * same gesture that follow each other within a second are one step: typing.
   */
  onChange: (value: Values[T] | undefined, gesture?: string) => void;
  /** Shown as a guess until taken over. */
  prelabel?: { model: string; scorePpm?: number; value: Values[T] };
  /** Only one control listens to single keys at a time. */
  active: boolean;
  /** Makes it that one. */
  onActivate: () => void;
  readOnly: boolean;
  /** Offers to skip the item because its media cannot be shown. */
  onBroken?: () => void;
  /** All controls on the same surface, this one, which is in hand, among them. Absent: it is alone. */
  among?: readonly PluginProps<T>[];
}

/** How one or more types of control are answered. */
export interface Plugin<T extends ControlType = ControlType> {
  types: readonly T[];
  /** Of the plug-ins for a type, the one that shows what the control is about; absent: always. */
  serves?: (control: Control, item: Item) => boolean;
  /** What a control is drawn on: those on the same are shown as one, of which one at a time is in hand. */
  surface?: (control: Control, item: Item) => string | undefined;
  /** In a chunk of its own. */
  Component: ComponentType<PluginProps<T>>;
  /** The commands of such a control, for the key map and its check for clashes. */
  commands: (control: Control, item: Item) => Command[];
  /** False: the job card says that it takes a larger screen. */
  phone: boolean;
}
