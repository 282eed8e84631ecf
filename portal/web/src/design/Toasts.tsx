import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { said } from "./announce";
import { IconButton } from "./Button";
import type { Tone } from "./Card";
import { Icon, type IconName } from "./Icon";
import { useStore } from "./store";
import { dismiss, toasts, type Toast } from "./toast";

const stay = 7000;
const icons: Partial<Record<Tone, IconName>> = { good: "check", warn: "alert", bad: "alert" };
const marks: Partial<Record<Tone, string>> = { good: "text-good", warn: "text-warn", bad: "text-bad" };

/** The live regions and the passing messages: once in the frame of all pages, above what is sticky at the foot of some. */
export function Toasts() {
  const { t } = useTranslation("design");
  const polite = useStore(said.polite);
  const assertive = useStore(said.assertive);
  const shown = useStore(toasts);
  return (
    <>
      <div aria-live="polite" className="sr-only">
        {polite}
      </div>
      <div aria-live="assertive" className="sr-only">
        {assertive}
      </div>
      <ol aria-label={t("messages")} className="pointer-events-none fixed inset-x-3 bottom-32 z-60 flex flex-col items-end gap-2 md:bottom-20">
        {shown.map((message) => (
          <Message key={message.id} {...message} />
        ))}
      </ol>
    </>
  );
}

/** One message; it stays while it is pointed at or holds the focus, and a bad one until it is closed. */
function Message({ id, tone = "info", title, text, action }: Toast & { id: number }) {
  const { t } = useTranslation("design");
  const [held, setHeld] = useState(false);
  const lasts = tone === "bad" || held;
  useEffect(() => {
    if (lasts) return undefined;
    const timer = window.setTimeout(() => dismiss(id), stay);
    return () => window.clearTimeout(timer);
  }, [id, lasts]);
  return (
    <li
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex w-full max-w-sm items-start gap-3 rounded-xl border border-line-strong bg-raised p-3 shadow-lg"
    >
      <Icon name={icons[tone] ?? "info"} className={`mt-0.5 ${marks[tone] ?? "text-info"}`} />
      <div className="min-w-0 grow">
        <p className="font-medium">{title}</p>
        {text && (
          <p dir="auto" className="text-sm text-muted">
            {text}
          </p>
        )}
        {action}
      </div>
      <IconButton icon="close" label={t("close")} className="size-6 min-h-0!" onClick={() => dismiss(id)} />
    </li>
  );
}
