import type { Interval } from "@/records/form";
import { between, dragged, hit, type Part } from "./interval";
import { rulerHeight } from "./paint";
import type { TimeTool } from "./pointer";
import type { TimeView } from "./timeview";

/** What intervals are marked on, as it is now. */
export interface Sheet {
  view: TimeView;
  intervals: readonly Interval[];
  selected: Interval | undefined;
  label: string;
  readOnly: boolean;
  nudge: number;
  isLocked: (r: Interval) => boolean;
  add: (r: Interval) => void;
  update: (old: Interval, now: Interval, gesture?: string) => void;
  select: (r: Interval | undefined) => void;
  seek: (time: number) => void;
}

type Gesture =
  | { kind: "part"; old: Interval; part: Part; from: number }
  | { kind: "new"; from: number }
  | { kind: "scrub" };

/** The tool that marks, moves and selects intervals, and scrubs on the ruler. */
export class Marking implements TimeTool {
  /** An interval while it is dragged, in the place of the old one; old is absent for a new one. */
  edited: { old: Interval | undefined; now: Interval } | undefined;
  /** Where one was begun by a key. */
  mark: number | undefined;
  private gesture: Gesture | undefined;
  private reach = 0;

  constructor(private sheet: Sheet) {}

  /** Goes on with the sheet as it is now. */
  use(sheet: Sheet) {
    this.sheet = sheet;
  }

  press(time: number, reach: number, y: number): boolean {
    const { readOnly, isLocked, seek, intervals, selected } = this.sheet;
    this.reach = reach;
    if (y < rulerHeight) {
      this.gesture = { kind: "scrub" };
      seek(time);
      return true;
    }
    const held = hit(intervals, time, reach, selected);
    const editable = held && held.interval === selected && !readOnly && !isLocked(held.interval);
    if (editable) this.gesture = { kind: "part", old: held.interval, part: held.part, from: time };
    else this.gesture = { kind: "new", from: time };
    return true;
  }

  drag(time: number) {
    const { gesture } = this;
    const { view, label, readOnly } = this.sheet;
    if (gesture?.kind === "scrub") return this.sheet.seek(time);
    if (!gesture || (readOnly && gesture.kind === "new")) return;
    if (!this.edited && Math.abs(time - gesture.from) < this.reach * 0.6) return;
    this.edited =
      gesture.kind === "part"
        ? { old: gesture.old, now: dragged(gesture.old, gesture.part, time - gesture.from, view.all) }
        : { old: undefined, now: between(label, gesture.from, time, view.all) };
    view.repaint();
  }

  release(time: number) {
    const { gesture, edited } = this;
    const { add, update, select, seek, intervals, selected } = this.sheet;
    this.cancel();
    if (edited?.old) update(edited.old, edited.now);
    else if (edited) add(edited.now);
    else if (gesture && gesture.kind !== "scrub") {
      const held = hit(intervals, time, this.reach, selected);
      select(held?.interval);
      seek(time);
    }
  }

  cancel() {
    this.gesture = undefined;
    this.edited = undefined;
    this.sheet.view.repaint();
  }

  hover(time: number, reach: number, y: number): string {
    if (y < rulerHeight) return "ew-resize";
    const { selected, readOnly, intervals } = this.sheet;
    const held = hit(intervals, time, reach, selected);
    if (!held) return readOnly ? "default" : "crosshair";
    if (held.interval !== selected || readOnly) return "pointer";
    return held.part === "whole" ? "move" : "ew-resize";
  }

  arrow(way: 1 | -1, { far, end }: { far: boolean; end: boolean }) {
    const { selected, readOnly, isLocked, nudge, view, seek, update } = this.sheet;
    const by = way * nudge * (far ? 10 : 1);
    if (selected && !readOnly && !isLocked(selected)) update(selected, dragged(selected, end ? "end" : "whole", by, view.all), "nudge");
    else seek(view.playhead + way * view.reach(far ? 60 : 8));
  }

  /** Begins an interval at the playhead. */
  begin() {
    this.mark = this.sheet.view.playhead;
    this.sheet.view.repaint();
  }

  /** Ends the interval that was begun, at the playhead. */
  end() {
    const { view, label, readOnly, add } = this.sheet;
    if (this.mark !== undefined && !readOnly) add(between(label, this.mark, view.playhead, view.all));
    this.mark = undefined;
    view.repaint();
  }
}
