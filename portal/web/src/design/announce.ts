import { createStore } from "./store";

/** What the live regions say: to those who have paused, and at once. */
export const said = { polite: createStore(""), assertive: createStore("") };

/** Says a text to screen readers: when they have paused, or at once. A repeated text is said again. */
export function announce(text: string, atOnce?: boolean) {
  const region = atOnce ? said.assertive : said.polite;
  region.set((before) => (before === text ? `${text}\u00a0` : text));
}
