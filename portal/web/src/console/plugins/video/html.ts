import { MediaFault } from "../../media/fault";
import { frameAt, maxFrames, timeOf, type Film } from "./film";

/** Opens a video for stepping through its frames. */
export async function openVideo(url: string, fps: number, signal: AbortSignal): Promise<Film> {
  const video = document.createElement("video");
  Object.assign(video, { src: url, muted: true, playsInline: true, preload: "auto" });
  try {
    await once(video, "loadeddata", signal);
    const seconds = await durationOf(video, signal);
    const length = Math.max(1, Math.round(seconds * fps));
    if (!video.videoWidth) throw new MediaFault("broken");
    if (length > maxFrames) throw new MediaFault("huge", { value: length, bound: maxFrames });
    return film(video, fps, length);
  } catch (error) {
    video.removeAttribute("src");
    throw error;
  }
}

function once(video: HTMLVideoElement, name: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new MediaFault(video.error?.code === MediaError.MEDIA_ERR_NETWORK ? "network" : "broken"));
    video.addEventListener(name, () => resolve(), { once: true, signal });
    video.addEventListener("error", fail, { once: true, signal });
    signal.addEventListener("abort", fail, { once: true });
  });
}

/** Files from a recorder do not say how long they are until one has looked at their end. */
async function durationOf(video: HTMLVideoElement, signal: AbortSignal): Promise<number> {
  if (Number.isFinite(video.duration)) return video.duration;
  video.currentTime = 1e7;
  await once(video, "seeked", signal);
  const end = Number.isFinite(video.duration) ? video.duration : video.currentTime;
  video.currentTime = 0;
  await once(video, "seeked", signal);
  return end;
}

function film(video: HTMLVideoElement, fps: number, length: number): Film {
  let tell: (frame: number, playing: boolean) => void = () => undefined;
  let asked = 0;
  const last = length - 1;
  const shown = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
    // Stopped, the frame asked for counts: the file's own times may be uneven.
    tell(video.paused ? asked : Math.min(frameAt(mediaTime, fps), last), !video.paused);
    video.requestVideoFrameCallback(shown);
  };
  video.requestVideoFrameCallback(shown);
  const stopped = () => {
    asked = Math.min(frameAt(video.currentTime, fps), last);
    tell(asked, false);
  };
  video.addEventListener("pause", stopped);
  video.addEventListener("seeked", () => tell(video.paused ? asked : frameAt(video.currentTime, fps), !video.paused));
  return {
    size: { w: video.videoWidth, h: video.videoHeight },
    fps,
    length,
    picture: () => (video.readyState >= 2 ? video : undefined),
    show: (frame) => {
      asked = frame;
      video.currentTime = Math.min(timeOf(frame, fps), Number.isFinite(video.duration) ? video.duration : Infinity);
      tell(frame, !video.paused);
    },
    play: (speed) => {
      video.playbackRate = speed;
      void video.play().catch(stopped);
    },
    pause: () => video.pause(),
    listen: (told) => void (tell = told),
    close: () => {
      video.pause();
      video.removeAttribute("src");
      video.load();
    },
  };
}
