/** The bounds of values, the same as in core/answer and core/work. */
export const bounds = {
  /** Bytes of a form's value. */
  value: 256 << 10,
  /** Bytes of a text. */
  text: 64 << 10,
  regions: 1_000,
  /** Of a polygon; keyframes of a track. */
  points: 10_000,
  runs: 200_000,
  pixels: 1 << 26,
  place: 1 << 30,
  time: Number.MAX_SAFE_INTEGER,
  /** 10^-6 rad. */
  angle: 3_141_593,
  labels: 1_000,
  /** Bytes of a label's id, a relation, an option, a target, a unit. */
  word: 64,
  title: 1_000,
  hint: 10_000,
  rating: 100,
  decimals: 6,
  options: 20,
  controls: 16,
  /** Bytes of the blob of a submission. */
  submission: 4 << 20,
  /** Bytes of a note. */
  note: 1_000,
} as const;
