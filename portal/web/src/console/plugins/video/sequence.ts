import type { Frames } from "@/records/form";
import { blobUrl } from "../../media/asset";
import { MediaFault } from "../../media/fault";
import { bytesOf } from "../../media/fetch";
import { maxPixels } from "../../media/picture";
import { pictureSize } from "../../media/sniff";
import { maxFrames, type Film } from "./film";

/** Decoded frames that are kept: those around the one shown. */
const kept = 24;
/** Frames fetched before they are asked for. */
const ahead = 8;

async function decode(url: string): Promise<ImageBitmap> {
  const bytes = await bytesOf(url);
  const size = pictureSize(bytes);
  if (size && size.w * size.h > maxPixels / 4) throw new MediaFault("huge", { value: size.w * size.h, bound: maxPixels / 4 });
  return createImageBitmap(new Blob([bytes])).catch(() => {
    throw new MediaFault(size ? "broken" : "type");
  });
}

/** Frames on their way or there, the last ones asked for. */
class Store {
  readonly ready = new Map<number, ImageBitmap>();
  private readonly wanted = new Map<number, Promise<void>>();

  constructor(private readonly frames: Frames["frames"], private readonly came: (frame: number) => void) {}

  want(frame: number): Promise<void> {
    const known = this.wanted.get(frame);
    const asset = this.frames[frame];
    if (known || !asset) return known ?? Promise.resolve();
    const load = decode(blobUrl(asset)).then((bitmap) => {
      this.ready.set(frame, bitmap);
      this.came(frame);
    });
    this.wanted.set(frame, load);
    return load;
  }

  /** Gives back what is far from a frame. */
  trim(frame: number) {
    for (const [f, bitmap] of this.ready) {
      if (Math.abs(f - frame) <= kept / 2) continue;
      bitmap.close();
      this.ready.delete(f);
      this.wanted.delete(f);
    }
  }

  close() {
    for (const bitmap of this.ready.values()) bitmap.close();
    this.ready.clear();
  }
}

/** Opens single pictures as a film. The size of the first is that of all. */
export async function openSequence({ frames, fps }: Frames): Promise<Film> {
  if (frames.length > maxFrames) throw new MediaFault("huge", { value: frames.length, bound: maxFrames });
  let tell: (frame: number, playing: boolean) => void = () => undefined;
  let now = 0;
  let timer = 0;
  const store = new Store(frames, (frame) => {
    if (frame === now) tell(now, timer !== 0);
  });
  await store.want(0);
  const first = store.ready.get(0);
  if (!first) throw new MediaFault("broken");
  const size = { w: first.width, h: first.height };
  const show = (frame: number) => {
    now = frame;
    store.trim(frame);
    for (let f = frame; f <= frame + ahead; f++) store.want(f).catch(() => undefined);
    tell(frame, timer !== 0);
  };
  const pause = () => {
    window.clearInterval(timer);
    timer = 0;
    tell(now, false);
  };
  return {
    size, fps, show, pause,
    length: frames.length,
    picture: () => store.ready.get(now),
    play: (speed) => {
      window.clearInterval(timer);
      timer = window.setInterval(() => {
        if (now >= frames.length - 1) pause();
        else if (store.ready.has(now + 1)) show(now + 1);
      }, 1000 / fps / speed);
    },
    listen: (told) => void (tell = told),
    close: () => {
      pause();
      store.close();
    },
  };
}
