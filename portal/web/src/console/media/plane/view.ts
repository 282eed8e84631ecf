/**
 * How a picture lies on the screen. Picture coordinates are pixels of the
 * picture, screen coordinates CSS pixels from the corner of the stage.
 */
export interface Point { x: number; y: number }
export interface Size { w: number; h: number }

/** screen = picture × scale + (x, y). */
export interface View { scale: number; x: number; y: number }

/** The closest that a pixel is shown, in CSS pixels. */
export const maxScale = 64;
/** CSS pixels of the picture that always stay on the screen. */
const kept = 48;

export const toScreen = (v: View, p: Point): Point => ({ x: p.x * v.scale + v.x, y: p.y * v.scale + v.y });
export const toPicture = (v: View, p: Point): Point => ({ x: (p.x - v.x) / v.scale, y: (p.y - v.y) / v.scale });

/** The view that shows the whole picture in the middle. */
export function fit(picture: Size, screen: Size): View {
  const scale = Math.min(screen.w / picture.w, screen.h / picture.h, maxScale) || 1;
  return { scale, x: (screen.w - picture.w * scale) / 2, y: (screen.h - picture.h * scale) / 2 };
}

/** The view that shows a part of the picture with a margin around it. */
export function frame(from: Point, part: Size, screen: Size): View {
  const scale = Math.min((screen.w * 0.6) / Math.max(part.w, 1), (screen.h * 0.6) / Math.max(part.h, 1), maxScale);
  return {
    scale,
    x: screen.w / 2 - (from.x + part.w / 2) * scale,
    y: screen.h / 2 - (from.y + part.h / 2) * scale,
  };
}

/** Zooms and keeps what is under the screen point at its place. */
export function zoomAt(v: View, factor: number, at: Point, least: number): View {
  const scale = Math.min(Math.max(v.scale * factor, least), maxScale);
  const real = scale / v.scale;
  return { scale, x: at.x - (at.x - v.x) * real, y: at.y - (at.y - v.y) * real };
}

export const pan = (v: View, dx: number, dy: number): View => ({ scale: v.scale, x: v.x + dx, y: v.y + dy });

/** Keeps some of the picture on the screen. */
export function hold(v: View, picture: Size, screen: Size): View {
  const within = (n: number, length: number, room: number) =>
    Math.min(Math.max(n, Math.min(kept, room / 2) - length), room - Math.min(kept, room / 2));
  return {
    scale: v.scale,
    x: within(v.x, picture.w * v.scale, screen.w),
    y: within(v.y, picture.h * v.scale, screen.h),
  };
}
