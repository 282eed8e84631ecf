import { bytesOf } from "../../media/fetch";
import { serve } from "../../media/serve";
import { parseCloud } from "./parse";
import type { Cloud } from "./points";

serve<string, Cloud>(async (url) => {
  const cloud = parseCloud(await bytesOf(url));
  return { result: cloud, hand: [cloud.positions.buffer, cloud.intensity.buffer, cloud.tiles.buffer] };
});
