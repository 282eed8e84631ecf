import { useEffect, useState } from "react";
import type { Handlers } from "../../keys/dispatch";
import type { TimeView } from "./timeview";

/** Speeds at which a recording plays. */
export const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3];

const jump = 2_000_000;

/** A media element that plays what a view shows, and takes its playhead along. */
export function usePlayer(element: HTMLMediaElement | null, view: TimeView) {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);

  useEffect(() => {
    if (!element) return undefined;
    let frame = 0;
    const follow = () => {
      view.seek(element.currentTime * 1e6);
      if (!element.paused) frame = requestAnimationFrame(follow);
    };
    const change = () => {
      setPlaying(!element.paused);
      cancelAnimationFrame(frame);
      follow();
    };
    const events = ["play", "pause", "ended", "seeked"];
    events.forEach((name) => element.addEventListener(name, change));
    return () => {
      cancelAnimationFrame(frame);
      events.forEach((name) => element.removeEventListener(name, change));
    };
  }, [element, view]);

  const seek = (time: number) => {
    view.seek(time);
    if (element) Object.assign(element, { currentTime: view.playhead / 1e6 });
  };
  const toggle = () => {
    if (!element) return;
    if (element.paused) void element.play().catch(() => setPlaying(false));
    else element.pause();
  };
  const setRate = (rate: number) => {
    setSpeed(rate);
    if (element) Object.assign(element, { playbackRate: rate });
  };
  const shift = (by: number) => setRate(speeds[Math.min(Math.max(speeds.indexOf(speed) + by, 0), speeds.length - 1)] ?? 1);
  const handlers: Handlers = {
    "media.play": toggle,
    "media.slower": () => shift(-1),
    "media.faster": () => shift(1),
    "media.back": () => seek(view.playhead - jump),
    "media.ahead": () => seek(view.playhead + jump),
  };
  return { playing, speed, seek, toggle, setRate, handlers };
}
