import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { announce } from "./announce";
import { IconButton } from "./Button";
import { useNow } from "./clock";
import { clock, short } from "./format";
import { useFormat } from "./useFormat";

/** An amount given in ualy, shown in ALY. */
export function Amount({ ualy, digits }: { ualy: string; digits?: number }) {
  const { aly } = useFormat();
  return (
    <bdi className="whitespace-nowrap tabular-nums" title={digits === undefined ? undefined : aly(ualy)}>
      {aly(ualy, digits)}
    </bdi>
  );
}

/** A share given in parts per million, shown in percent. */
export function Ppm({ value, digits }: { value: number; digits?: number }) {
  const { share } = useFormat();
  return <span className="tabular-nums">{share(value, digits)}</span>;
}

/** How often moments are told anew, in ms. */
const step = 10_000;

/** A moment: how long ago or ahead, with the calendar's words as a tip; or the other way round. */
export function Time({ at, absolute }: { at: number; absolute?: boolean }) {
  const { relative, moment } = useFormat();
  const now = useNow(step);
  // The clock stands still for a step: what has just been is not in the future.
  const soon = relative(at, Math.abs(at - now) < step ? at : now);
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute ? soon : moment(at)} className="whitespace-nowrap">
      {absolute ? moment(at) : soon}
    </time>
  );
}

interface CountdownProps {
  until: number;
  /** The length of the whole, from which 20 % left warns. */
  of?: number;
  /** Called once when nothing is left. */
  onEnd?: () => void;
}

/** A clock that runs down. At 20 % and at 60 seconds left it warns, aloud as well. */
export function Countdown({ until, of, onEnd }: CountdownProps) {
  const { t } = useTranslation("design");
  const { duration } = useFormat();
  const left = Math.max(0, until - useNow());
  const fifth = of ? of / 5 : 0;
  const level = left === 0 ? 3 : left <= 60_000 ? 2 : left <= fifth ? 1 : 0;
  const before = useRef(level);
  useEffect(() => {
    if (before.current === level) return;
    before.current = level;
    if (level === 3) onEnd?.();
    announce(level === 3 ? t("ended") : t("left", { time: duration(left) }), level > 1);
  }, [level, left, onEnd, t, duration]);
  const tone = level > 1 ? "font-semibold text-bad" : level ? "font-semibold text-warn" : "";
  return (
    <span role="timer" dir="ltr" className={`tabular-nums ${tone}`}>
      {clock(left)}
    </span>
  );
}

/** Puts a text on the clipboard. */
export function Copy({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation("design");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => announce(t("copied")),
      () => announce(t("copyFailed"), true),
    );
  return (
    <IconButton icon="copy" label={label ?? t("copy")} className="size-6 min-h-0! border-0 text-sm" onClick={() => void copy()} />
  );
}

/** Somebody's address: its ends, the whole as a tip, a way to copy it. */
export function Address({ of, name, to }: { of: string; name?: string; to?: string }) {
  const { t } = useTranslation("design");
  const text = name || short(of);
  return (
    <span className="inline-flex items-center gap-1 align-bottom">
      {to ? (
        <Link to={to} title={of} className={name ? "" : "font-mono text-[0.9em]"}>
          <bdi>{text}</bdi>
        </Link>
      ) : (
        <bdi title={of} className={name ? "" : "font-mono text-[0.9em]"}>
          {text}
        </bdi>
      )}
      <Copy text={of} label={t("copyAddress")} />
    </span>
  );
}

/** A content id: its ends and a way to copy it, linked to the blob. */
export function Cid({ of, plain }: { of: string; plain?: boolean }) {
  const ends = short(of, 8, 6);
  return (
    <span className="inline-flex items-center gap-1 align-bottom">
      {plain ? (
        <bdi title={of} className="font-mono text-[0.9em]">
          {ends}
        </bdi>
      ) : (
        <a href={`/blob/${of}`} title={of} className="font-mono text-[0.9em]">
          <bdi>{ends}</bdi>
        </a>
      )}
      <Copy text={of} />
    </span>
  );
}
