import { ask } from "../../media/ask";
import { MediaFault } from "../../media/fault";
import { bytesOf } from "../../media/fetch";
import type { Peaks } from "./peaks";

/** What the worker makes peaks of: a file, or samples that the browser decoded. */
export type PeakQuestion = { url: string } | { samples: Float32Array<ArrayBuffer>; rate: number };

/** Samples a second at which files other than WAV are decoded: enough for peaks, little to hold. */
const decodedRate = 8000;

/** Seconds that one recording may have. */
const longest = 6 * 3600;

const make = (question: PeakQuestion, signal: AbortSignal) =>
  ask<PeakQuestion, Peaks | undefined>(new Worker(new URL("./peaks.worker.ts", import.meta.url), { type: "module" }), question, signal);

/** The peaks of a recording: of WAV read piece by piece in a worker, else decoded by the browser first. */
export async function loadPeaks(url: string, signal: AbortSignal): Promise<Peaks> {
  const whole = new URL(url, location.href).href;
  const peaks = (await make({ url: whole }, signal)) ?? (await make(await decode(whole, signal), signal));
  if (!peaks) throw new MediaFault("broken");
  if (peaks.seconds > longest) throw new MediaFault("huge", { value: peaks.seconds, bound: longest });
  return peaks;
}

async function decode(url: string, signal: AbortSignal): Promise<PeakQuestion> {
  const bytes = await bytesOf(url, signal);
  if (/^\s*[<{]/.test(new TextDecoder("latin1").decode(bytes.subarray(0, 64)))) throw new MediaFault("type");
  const context = new OfflineAudioContext(1, 1, decodedRate);
  const sound = await context.decodeAudioData(bytes.buffer).catch(() => {
    throw new MediaFault("broken");
  });
  return { samples: sound.getChannelData(0), rate: sound.sampleRate };
}
