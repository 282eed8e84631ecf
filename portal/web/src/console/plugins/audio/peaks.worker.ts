import { chunks, open } from "../../media/fetch";
import { serve } from "../../media/serve";
import type { PeakQuestion } from "./loadPeaks";
import { peaksOf, type Peaks } from "./peaks";
import { wavPeaks } from "./wav";

serve<PeakQuestion, Peaks | undefined>(async (question) => {
  const peaks = "url" in question ? await wavPeaks(chunks(await open(question.url))) : peaksOf(question.samples, question.rate);
  return { result: peaks, hand: peaks ? [peaks.pairs.buffer as ArrayBuffer] : [] };
});
