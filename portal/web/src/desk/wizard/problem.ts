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

/** What each step but the last still needs, in words; undefined: nothing. */
export function gapsOf(draft: Draft, t: TFunction<["wizard", "console"]>): (string | undefined)[] {
  const items = itemsOf(draft).length > 0 ? undefined : t("gap.items");
  const title = draft.title.trim() === "" ? t("gap.title") : undefined;
  const budget = BigInt(draft.offer.budget) > 0n ? undefined : t("gap.budget");
  return [items, problemOf(draft, t), undefined, undefined, title ?? budget];
}
