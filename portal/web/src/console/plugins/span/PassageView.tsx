import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useMemo, useRef } from "react";
import { announce } from "@/design";
import type { Control, Span } from "@/records/form";
import { colorOf, nameOf } from "../../view/color";
import { cut, type Laid, lay, type Segment } from "./lanes";
import { type Passage, type Stretch, wordAt, words } from "./passage";
import { pointed, selected } from "./pick";
import type { SpanTools } from "./useSpans";
import { type Walk, walk, walked } from "./walk";

interface PassageProps {
  control: Control;
  passage: Passage;
  spans: Span[];
  /** Spans of a model, drawn dashed. */
  guesses: Span[];
  tools: SpanTools;
  labelledBy?: string;
}

/** A text with its spans. Drag, tap word by word, or walk with arrow keys to mark out a stretch. */
export function PassageView({ control, passage, spans, guesses, tools, labelledBy }: PassageProps) {
  const ref = useRef<HTMLDivElement>(null);
  const laid = useMemo(() => lay(passage, spans), [passage, spans]);
  const guessed = useMemo(() => lay(passage, guesses), [passage, guesses]);
  const { pending } = tools.marking;
  const mine = pending && pending.turn === passage.turn ? pending : undefined;
  const segments = cut(passage.text, [...laid, ...guessed], [mine]);
  const keys = useWordKeys(ref, passage, mine, tools, laid);
  usePicking(ref, passage, mine, tools, laid);
  const levels = Math.max(0, ...laid.map((s) => s.lane + 1));
  return (
    <div
      ref={ref}
      tabIndex={0}
      role="group"
      aria-labelledby={labelledBy}
      data-passage
      data-turn={passage.turn}
      dir="auto"
      onKeyDown={keys}
      style={{ lineHeight: `${2 + levels * 0.4}` }}
      className="max-w-prose cursor-text touch-manipulation rounded-lg whitespace-pre-wrap -outline-offset-2 text-start text-lg select-text"
    >
      {segments.map((segment) => (
        <Part key={segment.start} control={control} text={passage.text} segment={segment} mine={mine} owned={laid} tools={tools} />
      ))}
    </div>
  );
}

interface PartProps {
  control: Control;
  text: string;
  segment: Segment;
  mine?: Stretch;
  /** The contributor's own spans; others are a model's. */
  owned: Laid[];
  tools: SpanTools;
}

function Part({ control, text, segment, mine, tools, owned }: PartProps) {
  const { start, end, covered } = segment;
  const real = covered.filter((s) => owned.includes(s));
  const guess = covered.find((s) => !owned.includes(s));
  const { chosen, relating } = tools.marking;
  const marked = mine && mine.start <= start && mine.end >= end;
  const picked = real.some((s) => s.index === chosen || s.index === relating);
  const lines = real.map((s) => `linear-gradient(${colorOf(control, s.label)} 0 0)`).join(", ");
  const places = real.map((s) => `0 calc(100% - ${s.lane * 0.4}em)`).join(", ");
  const look = marked ? "bg-accent-soft outline-2 outline-dashed outline-accent" : picked ? "bg-accent-soft" : "";
  return (
    <>
      <span
        data-at={start}
        className={`${look} ${guess ? "underline decoration-info decoration-dashed decoration-2 underline-offset-4" : ""}`}
        style={{
          backgroundImage: lines || undefined,
          backgroundSize: "100% 0.22em",
          backgroundPosition: places || undefined,
          backgroundRepeat: "no-repeat",
          paddingBlockEnd: real.length > 0 ? "0.35em" : undefined,
        }}
      >
        {text.slice(start, end)}
      </span>
      {covered
        .filter((s) => s.end === end)
        .map((s) => (
          <sup
            key={`${s.index} ${s.label} ${owned.includes(s)}`}
            aria-hidden="true"
            className={`mx-0.5 rounded px-1 text-[0.65rem] font-medium select-none ${owned.includes(s) ? "bg-sunken text-ink" : "border border-dashed border-info text-info"}`}
          >
            {nameOf(control, s.label)}
          </sup>
        ))}
    </>
  );
}

/** Walks from word to word with arrow keys; with shift the stretch grows; enter chooses the span there. */
function useWordKeys(ref: RefObject<HTMLDivElement | null>, passage: Passage, mine: Stretch | undefined, tools: SpanTools, laid: Laid[]) {
  const before = useRef<Walk>(undefined);
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const all = words(passage.text);
    if (event.key === "Enter" && mine) {
      const here = laid.find((s) => s.start < mine.end && mine.start < s.end);
      if (!here) return;
      event.preventDefault();
      return tools.choose(here.index);
    }
    const rtl = ref.current !== null && getComputedStyle(ref.current).direction === "rtl";
    const next = walk(mine && before.current, event.key, { shift: event.shiftKey, rtl, count: all.length });
    const stretch = next && walked(all, next);
    if (!stretch) return;
    event.preventDefault();
    before.current = next;
    tools.mark({ turn: passage.turn, ...stretch });
    announce(passage.text.slice(stretch.start, stretch.end));
  };
}

/** Takes what a drag selected; a tap takes a word, a second one all up to it, or chooses the span there. */
function usePicking(ref: RefObject<HTMLDivElement | null>, passage: Passage, mine: Stretch | undefined, tools: SpanTools, laid: Laid[]) {
  const tap = (at: number) => {
    const here = laid.filter((s) => s.start <= at && at < s.end).at(-1);
    if (here && (!mine || tools.marking.relating !== undefined)) return tools.choose(here.index);
    const all = words(passage.text);
    const word = all[wordAt(all, at)];
    if (!word) return;
    const grows = mine && (at < mine.start || at >= mine.end);
    const start = grows ? Math.min(mine.start, word.start) : word.start;
    const end = grows ? Math.max(mine.end, word.end) : word.end;
    tools.mark({ turn: passage.turn, start, end });
  };
  const pick = useEffectEvent((event: PointerEvent) => {
    const root = ref.current;
    if (!root) return;
    const selection = window.getSelection();
    const dragged = selected(root, selection);
    if (dragged) {
      selection?.removeAllRanges();
      return tools.take(dragged);
    }
    const inside = event.target instanceof Node && root.contains(event.target);
    const place = inside ? pointed(root, event.clientX, event.clientY) : undefined;
    if (place) tap(place.at);
  });
  useEffect(() => {
    const listen = (event: PointerEvent) => pick(event);
    document.addEventListener("pointerup", listen);
    return () => document.removeEventListener("pointerup", listen);
  }, []);
}
