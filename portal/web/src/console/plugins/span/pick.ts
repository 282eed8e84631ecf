import type { Stretch } from "./passage";

/** Where a point of the page's text lies: which turn, how many UTF-16 units in. */
function placeOf(root: Element, node: Node, offset: number): { turn?: number; at: number } | undefined {
  const part = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-at]");
  if (part && root.contains(part)) {
    const inside = node === part ? (offset > 0 ? (part.textContent ?? "").length : 0) : offset;
    return { turn: turnOf(part), at: Number(part.dataset.at) + inside };
  }
  const passage = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-passage]");
  if (!passage || !root.contains(passage)) return undefined;
  const before = Array.from(passage.querySelectorAll<HTMLElement>("[data-at]")).filter((p) => isBefore(p, node, offset));
  const last = before.at(-1);
  return { turn: turnOf(passage), at: last ? Number(last.dataset.at) + (last.textContent ?? "").length : 0 };
}

function isBefore(part: HTMLElement, node: Node, offset: number): boolean {
  const range = document.createRange();
  range.setStart(node, offset);
  return range.comparePoint(part, 0) < 0;
}

function turnOf(element: Element): number | undefined {
  const turn = element.closest<HTMLElement>("[data-turn]")?.dataset.turn;
  return turn === undefined ? undefined : Number(turn);
}

/** What is selected in the page, as a stretch; undefined when nothing is, or it leaves this text. */
export function selected(root: Element, selection: Selection | null): Stretch | undefined {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  const from = placeOf(root, range.startContainer, range.startOffset);
  const to = placeOf(root, range.endContainer, range.endOffset);
  if (!from || !to || from.turn !== to.turn || from.at >= to.at) return undefined;
  return { turn: from.turn, start: from.at, end: to.at };
}

/** The place in the text that was clicked or tapped. */
export function pointed(root: Element, x: number, y: number): { turn?: number; at: number } | undefined {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (caret) return placeOf(root, caret.offsetNode, caret.offset);
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? placeOf(root, range.startContainer, range.startOffset) : undefined;
}
