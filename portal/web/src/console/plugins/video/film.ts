import type { Size } from "../../media/plane/view";

/**
 * Moving pictures, one frame at a time. Frames are counted from 0 at a fixed
 * rate, so that all contributors mean the same one by a number.
 */
export interface Film {
  size: Size;
  fps: number;
  /** How many frames there are. */
  length: number;
  /** What is to be painted; undefined: not yet there. */
  picture: () => CanvasImageSource | undefined;
  /** Shows a frame as soon as it is there. */
  show: (frame: number) => void;
  /** Plays from the frame shown; each frame is told as it comes. */
  play: (speed: number) => void;
  pause: () => void;
  /** Told of every frame that came to be shown, and of the end of playing. */
  listen: (told: (frame: number, playing: boolean) => void) => void;
  close: () => void;
}

/** Frames that one film may have. */
export const maxFrames = 1_000_000;

/** The frame on the screen at a time in seconds; a hair early still counts. */
export const frameAt = (seconds: number, fps: number): number => Math.floor(seconds * fps + 0.001);

/** A time in seconds that lies safely within a frame. */
export const timeOf = (frame: number, fps: number): number => (frame + 0.5) / fps;
