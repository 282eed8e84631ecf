import type { ComponentProps, ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

/** A raised surface; as="li" and the like where it is part of a list. */
export function Card({ as: Tag = "div", className = "", ...rest }: ComponentProps<"div"> & { as?: "div" | "li" | "article" | "section" }) {
  return <Tag {...(rest as object)} className={`rounded-xl border border-line bg-raised p-4 ${className}`} />;
}

export type Tone = "plain" | "accent" | "good" | "warn" | "bad" | "info";

const tones: Record<Tone, string> = {
  plain: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
};

/** A short word about a thing; its tone is never the only sign of its meaning. */
export function Badge({ tone = "plain", icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-[0.8125rem] font-medium ${tones[tone]}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

const icons: Partial<Record<Tone, IconName>> = { good: "check", warn: "alert", bad: "alert", info: "info", accent: "info" };

/** A sentence or two that must not be overlooked. */
export function Note({ tone = "info", title, children }: { tone?: Tone; title?: ReactNode; children?: ReactNode }) {
  return (
    <div className={`flex gap-3 rounded-lg p-3 ${tones[tone]}`}>
      <Icon name={icons[tone] ?? "info"} className="mt-0.5" />
      <div className="min-w-0 text-ink">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  );
}
