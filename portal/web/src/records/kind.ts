import type { Box, Control, ControlType, Interval, Keyframe, Relation, Span, Spans, Values } from "./form";
import { checkChoices, checkNumber, checkPath, checkPreference, checkRanking, checkText, offers } from "./plain";
import { within } from "./refusal";
import {
  checkBox, checkCuboid, checkInterval, checkKeypoint, checkMask, checkPolygon, checkRegions, checkTrack, sortRegions,
} from "./region";
import { checkSpans, sortSpans } from "./span";
import { compareText } from "./spell";
import { flag, integer, list, object, optional, pair, sparse, text } from "./tidy";

/** What a type means: the one order of its parts, its bounds, its own order. */
export interface Kind<V> {
  /** Members that a control of this type must, or may, have besides those of all. */
  must: readonly (keyof Control)[];
  may: readonly (keyof Control)[];
  /** Rebuilds a value with its members in order; refuses another type. */
  tidy: (value: unknown) => V;
  /** Refuses a tidy value that breaks a bound. */
  check: (control: Control, value: V) => void;
  /** Sorts what is a set. */
  sort: (value: V) => V;
}

const labels = ["labels"] as const;
const same = <V>(value: V) => value;

function regions<R extends { label: string }>(
  tidy: (value: unknown) => R,
  check: (region: R) => void,
  may: readonly (keyof Control)[] = [],
): Kind<R[]> {
  return { must: labels, may, tidy: list(tidy), check: (c, v) => checkRegions(c, v, check), sort: sortRegions };
}

const relation = object<Relation>({ from: integer, to: integer, label: text });
const span = object<Span>({ turn: optional(integer), start: integer, end: integer, label: text });
const frame = object<Keyframe>({ f: integer, x: integer, y: integer, w: integer, h: integer, out: flag });

const relations = (value: unknown) => {
  const all = value === undefined ? [] : list(relation)(value);
  return all.length > 0 ? all : undefined;
};

export const kinds: { [T in ControlType]: Kind<Values[T]> } = {
  choice: { must: labels, may: [], tidy: text, check: offers, sort: same },
  choices: {
    must: labels, may: [], tidy: list(text), check: checkChoices,
    sort: (v) => [...new Set(v)].sort(compareText),
  },
  path: { must: labels, may: [], tidy: list(text), check: checkPath, sort: same },
  rating: { must: ["max"], may: [], tidy: integer, check: (c, v) => within("rating", v, 1, c.max ?? 1), sort: same },
  number: {
    must: [], may: ["min", "max", "step", "decimals", "unit"], tidy: integer, check: checkNumber, sort: same,
  },
  text: { must: [], may: ["max_length"], tidy: text, check: (c, v) => checkText(v, c.max_length), sort: same },
  span: {
    must: labels, may: ["relations"], check: checkSpans, sort: sortSpans,
    tidy: object<Spans>({ spans: list(span), relations }),
  },
  box: regions(object<Box>({ label: text, x: integer, y: integer, w: integer, h: integer, rot: sparse(integer) }), checkBox),
  polygon: regions(object({ label: text, points: list(pair) }), checkPolygon),
  keypoint: regions(object({ label: text, x: integer, y: integer }), checkKeypoint),
  mask: regions(object({ label: text, size: pair, counts: list(integer) }), checkMask),
  interval: regions(object<Interval>({ label: text, start: integer, end: integer, text: sparse(text) }), checkInterval, ["unit"]),
  track: regions(object({ label: text, frames: list(frame) }), checkTrack),
  cuboid: regions(
    object({ label: text, x: integer, y: integer, z: integer, l: integer, w: integer, h: integer, yaw: integer }),
    checkCuboid,
  ),
  preference: {
    must: ["options"], may: [], tidy: (v) => text(v) as Values["preference"],
    check: (_, v) => checkPreference(v), sort: same,
  },
  ranking: { must: ["options"], may: [], tidy: list(text), check: checkRanking, sort: same },
};

/** All types of controls. */
export const controlTypes = Object.keys(kinds) as ControlType[];
