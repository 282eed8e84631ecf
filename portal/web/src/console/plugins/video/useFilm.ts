import { useEffect, useState } from "react";
import type { Viewport } from "../../media/plane/viewport";
import { TimeView } from "../../media/time/timeview";
import type { Film } from "./film";

/** The frame that a film shows, and what moves it. */
export function useFilm(film: Film, viewport: Viewport) {
  const [frame, setFrame] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const [view] = useState(() => new TimeView({ from: 0, to: film.length }, Math.min(20, film.length)));

  useEffect(() => {
    film.listen((now, runs) => {
      setFrame(now);
      setPlaying(runs);
      view.seek(now + 0.5);
      viewport.repaintBase();
    });
  }, [film, view, viewport]);
  useEffect(() => () => film.close(), [film]);

  const seek = (to: number) => film.show(Math.min(Math.max(Math.floor(to), 0), film.length - 1));
  const setRate = (rate: number) => {
    setSpeed(rate);
    if (playing) film.play(rate);
  };
  return { frame, playing, speed, view, seek, setRate, toggle: () => (playing ? film.pause() : film.play(speed)) };
}
