import type { Control } from "@/records/form";

const palette = ["var(--info)", "var(--bad)", "var(--good)", "var(--warn)", "var(--accent)", "var(--muted)"];

/** The colour of a class: its own, else one of the palette. Its name always stands beside it. */
export function colorOf(control: Control, label: string): string {
  const i = control.labels?.findIndex((l) => l.id === label) ?? -1;
  return control.labels?.[i]?.color ?? palette[Math.max(0, i) % palette.length] ?? "currentColor";
}

/** The name of a class, for people. */
export function nameOf(control: Control, label: string): string {
  return control.labels?.find((l) => l.id === label)?.name ?? label;
}
