import type { ReactNode } from "react";

/** Figures side by side; its children are Stats. */
export function Stats({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-3">{children}</dl>;
}

/** One figure with its name, and a word on where it comes from. */
export function Stat({ label, value, hint }: { label: ReactNode; value: ReactNode; hint?: ReactNode }) {
  return (
    <div className="min-w-0 rounded-xl border border-line bg-raised px-4 py-3">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-xl font-semibold tabular-nums [&_*]:whitespace-normal">{value}</dd>
      {hint && <dd className="text-sm text-muted">{hint}</dd>}
    </div>
  );
}

/** Names and values in two columns; its children are each a Fact. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-1 gap-x-6 gap-y-2 sm:grid-cols-[minmax(8rem,auto)_1fr]">{children}</dl>;
}

/** One name with its value, within Facts. */
export function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 sm:contents">
      <dt className="shrink-0 text-muted max-sm:max-w-1/2">{label}</dt>
      <dd className="min-w-0 max-sm:text-end">{children}</dd>
    </div>
  );
}

interface MeterProps {
  /** What is measured. */
  label: string;
  /** From 0 to max. */
  value: number;
  max?: number;
  /** The value in words, if a share does not say it. */
  text?: string;
  /** What must be reached: a mark on the bar. */
  threshold?: number;
  /** Where the true value lies, as an interval: full up to low, faint up to high. */
  low?: number;
  high?: number;
}

const share = (part: number, max: number) => `${Math.min(100, Math.max(0, (100 * part) / max))}%`;

/** A bar that is as full as value is of max. */
export function Meter({ label, value, max = 1_000_000, text, threshold, low, high }: MeterProps) {
  const tone = threshold === undefined || (low ?? value) >= threshold ? "bg-accent" : "bg-warn";
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={text}
      className="relative h-2.5 rounded-full bg-sunken ring-1 ring-line"
    >
      <div className={`absolute inset-y-0 start-0 rounded-full opacity-35 ${tone}`} style={{ width: share(high ?? value, max) }} />
      <div className={`absolute inset-y-0 start-0 rounded-full ${tone}`} style={{ width: share(low ?? value, max) }} />
      {threshold !== undefined && (
        <div className="absolute -inset-y-1 w-0.5 bg-ink" style={{ insetInlineStart: share(threshold, max) }} />
      )}
    </div>
  );
}
