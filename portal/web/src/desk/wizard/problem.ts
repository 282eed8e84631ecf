import type { TFunction } from "i18next";
import { clashingHotkeys } from "./hotkeys";
import { checkForm } from "@/records/check";
import { Refusal } from "@/records/refusal";
import { itemsOf, type Draft } from "./draft";

/** What keeps contributors from being asked this, in words; undefined: nothing. */
export function problemOf(draft: Draft, t: TFunction<["wizard", "console"]>): string | undefined {
  if (draft.question.trim() === "") return t("problem.question");
  if (draft.kind === "labels") {
    if (draft.labels.length < 2) return t("problem.labels");
    const twice = draft.labels.find((l, i) => draft.labels.indexOf(l) < i);
    return twice && t("problem.twice", { label: twice });
  }
  if (draft.form.controls.length === 0) return t("problem.controls");
  const clash = draft.form.controls.map(clashingHotkeys).find((keys) => keys.length > 0);
  if (clash) return t("problem.hotkey", { key: clash[0] });
  try {
    checkForm(draft.form);
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? t(`console:refusal.${error.reason}`, error.values) : String(error);
  }
}

/** The first step that is not finished, from 0; the number of steps when all are. */
export function firstOpen(draft: Draft, t: TFunction<["wizard", "console"]>): number {
  const done = [itemsOf(draft).length > 0, problemOf(draft, t) === undefined, true, true, draft.title.trim() !== "" && BigInt(draft.offer.budget) > 0n];
  const open = done.indexOf(false);
  return open < 0 ? done.length : open;
}
