/** The kinds of answer that a form can ask for. */
export type ControlType =
  | "choice" | "choices" | "path" | "rating" | "number" | "text" | "span"
  | "box" | "polygon" | "keypoint" | "mask" | "interval" | "track" | "cuboid"
  | "preference" | "ranking";

/** A class that a choice, a region or a span may have. */
export interface Label {
  id: string;
  name?: string;
  /** "#rrggbb"; never the only sign of a class. */
  color?: string;
  hotkey?: string;
  parent?: string;
}

/** One question of a form. */
export interface Control {
  name: string;
  type: ControlType;
  /** The key of the item's data it is about; absent: the whole item. */
  target?: string;
  title?: string;
  hint?: string;
  labels?: Label[];
  required?: boolean;
  min?: number;
  max?: number;
  step?: number;
  /** A number is kept as an integer times ten to the power of -decimals. */
  decimals?: number;
  relations?: string[];
  options?: string[];
  unit?: string;
  max_length?: number;
}

/** What a contributor is asked about an item, in the order on the screen. */
export interface Form {
  controls: Control[];
}

/** What is asked: either one of the labels, or a form. */
export interface Spec {
  question: string;
  guidelines?: string;
  labels?: string[];
  form?: Form;
  /** Of a form: the mean similarity, in ppm, from which two values count as the same. */
  match?: number;
  examples?: { item: unknown; label?: string; value?: FormValue; why?: string }[];
}

export interface Span { turn?: number; start: number; end: number; label: string }
export interface Relation { from: number; to: number; label: string }
export interface Spans { spans: Span[]; relations?: Relation[] }
export interface Box { label: string; x: number; y: number; w: number; h: number; rot?: number }
export interface Polygon { label: string; points: [number, number][] }
export interface Keypoint { label: string; x: number; y: number }
/** COCO run lengths: column by column, the first run counts zeros. */
export interface Mask { label: string; size: [number, number]; counts: number[] }
export interface Interval { label: string; start: number; end: number; text?: string }
export interface Keyframe { f: number; x: number; y: number; w: number; h: number; out?: true }
export interface Track { label: string; frames: Keyframe[] }
export interface Cuboid { label: string; x: number; y: number; z: number; l: number; w: number; h: number; yaw: number }

/** The value of each type of control. All numbers are integers. */
export interface Values {
  choice: string;
  choices: string[];
  path: string[];
  rating: number;
  number: number;
  text: string;
  span: Spans;
  box: Box[];
  polygon: Polygon[];
  keypoint: Keypoint[];
  mask: Mask[];
  interval: Interval[];
  track: Track[];
  cuboid: Cuboid[];
  preference: "left" | "right" | "tie";
  ranking: string[];
}

export type Value = Values[ControlType];

/** The answer to a form; a control that was not answered is absent. */
export type FormValue = Record<string, Value>;

/** A blob that an item shows. */
export interface Asset {
  cid: string;
  mime: string;
  name?: string;
  size?: number;
  width?: number;
  height?: number;
  duration_us?: number;
  /** Of a video: frames a second; absent: 25. */
  fps?: number;
  points?: number;
}

export interface Turn { speaker: string; text: string }
export interface Series { time: number[]; channels: Record<string, number[]>; unit?: string }
export interface Camera { image: Asset; intrinsics: number[]; extrinsics: number[] }
/** A moving picture as single pictures, for when there is no video. */
export interface Frames { frames: Asset[]; fps: number }

/** What a machine guessed before: shown as such until taken over. */
export interface Prelabels { model: string; score_ppm?: number; value: FormValue }

/** One thing asked about: a line of the manifest. */
export interface Item {
  id: string;
  content?: string;
  data?: Record<string, unknown> & { prelabels?: Prelabels };
}
