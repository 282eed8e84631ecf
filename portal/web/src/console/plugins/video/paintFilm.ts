import type { Painter } from "../../media/plane/painter";
import type { Film } from "./film";

/** A painter of the frame that a film shows. */
export function filmPainter(film: Film): Painter {
  return (ctx, view) => {
    const picture = film.picture();
    if (picture) ctx.drawImage(picture, view.x, view.y, film.size.w * view.scale, film.size.h * view.scale);
  };
}
