import type { Track } from "@/records/form";
import { boxShape } from "../../media/shapes/box";
import type { NumberField, Shape } from "../../media/shapes/shape";
import { at, placed } from "./track";

const none = { label: "", x: 0, y: 0, w: 1, h: 1 };

/** The tools of boxes on tracks at one frame: every change there is a keyframe. */
export function trackShape(frame: number): Shape<Track> {
  const boxOf = (track: Track) => at(track, frame)?.box ?? { ...none, label: track.label };
  const change = (track: Track, act: (box: ReturnType<typeof boxOf>) => ReturnType<typeof boxOf> | undefined) => {
    const box = act(boxOf(track));
    return box ? placed(track, frame, box) : track;
  };
  const field = (f: NumberField<ReturnType<typeof boxOf>>): NumberField<Track> => ({
    ...f,
    get: (track) => f.get(boxOf(track)),
    set: (track, v) => change(track, (box) => f.set(box, v)),
  });
  return {
    outline: (track) => boxShape.outline(boxOf(track)),
    handles: (track) => boxShape.handles(boxOf(track)).filter((h) => h.kind !== "turn"),
    drag: (track, handle, to) => change(track, (box) => boxShape.drag(box, handle, to)),
    move: (track, by) => change(track, (box) => boxShape.move(box, by)),
    grow: (track, by) => change(track, (box) => boxShape.grow?.(box, by)),
    draw: (label, points) => {
      const box = boxShape.draw(label, points);
      return box && { label, frames: [{ f: frame, x: box.x, y: box.y, w: box.w, h: box.h }] };
    },
    points: 2,
    fields: boxShape.fields.filter((f) => f.name !== "rot").map(field),
  };
}
