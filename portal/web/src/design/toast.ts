import type { ReactNode } from "react";
import { announce } from "./announce";
import type { Tone } from "./Card";
import { createStore } from "./store";

export interface Toast {
  tone?: Tone;
  title: string;
  text?: string;
  /** A link or button. */
  action?: ReactNode;
}

export const toasts = createStore<(Toast & { id: number })[]>([]);

let last = 0;
const most = 4;

/** Shows a passing message at the edge of the window and says it aloud. */
export function toast(message: Toast): number {
  const id = ++last;
  toasts.set((before) => [...before, { ...message, id }].slice(-most));
  announce([message.title, message.text].filter(Boolean).join(". "), message.tone === "bad");
  return id;
}

/** Takes a message away. */
export function dismiss(id: number) {
  toasts.set((before) => before.filter((message) => message.id !== id));
}
