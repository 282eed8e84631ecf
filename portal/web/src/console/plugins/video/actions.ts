import type { Track } from "@/records/form";
import { speeds } from "../../media/time/usePlayer";
import type { Regions } from "../../media/useRegions";
import { neighbour, toggledKey, toggledOut } from "./track";
import type { useFilm } from "./useFilm";

/** What can be done at a frame with the film and with the selected track. */
export function actions(run: ReturnType<typeof useFilm>, regions: Regions<Track>) {
  const { selected } = regions;
  const { frame } = run;
  const jump = (way: 1 | -1) => {
    const to = selected && neighbour(selected, frame, way);
    if (to !== undefined) run.seek(to);
  };
  const key = () => {
    const now = selected && toggledKey(selected, frame);
    if (selected && now) regions.update(selected, now);
    else if (selected) regions.remove(selected);
  };
  const out = () => {
    if (selected) regions.update(selected, toggledOut(selected, frame));
  };
  const shift = (by: number) => run.setRate(speeds[Math.min(Math.max(speeds.indexOf(run.speed) + by, 0), speeds.length - 1)] ?? 1);
  return { step: (by: number) => run.seek(frame + by), jump, key, out, shift };
}

/** What the commands of a film do. */
export function filmHandlers(run: ReturnType<typeof useFilm>, act: ReturnType<typeof actions>, readOnly: boolean) {
  return {
    "media.play": run.toggle,
    "media.slower": () => act.shift(-1),
    "media.faster": () => act.shift(1),
    "media.previous_frame": () => act.step(-1),
    "media.next_frame": () => act.step(1),
    "media.previous_key": () => act.jump(-1),
    "media.next_key": () => act.jump(1),
    "media.key": readOnly ? undefined : act.key,
    "media.out": readOnly ? undefined : act.out,
  };
}
