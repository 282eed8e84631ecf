import { MediaFault } from "../../media/fault";
import { checkCount, gather, type Cloud } from "./points";

/** Bytes of a point: x, y, z, brightness, as floats. */
const step = 16;

/** Reads a KITTI .bin file, which has no head: only its length can be checked. */
export function parseKitti(file: Uint8Array): Cloud {
  if (file.length % step !== 0) throw new MediaFault("broken", { why: `KITTI: ${String(file.length)} bytes are no multiple of ${String(step)}` });
  const count = file.length / step;
  checkCount(count, count);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const read = (offset: number) => (i: number) => view.getFloat32(i * step + offset, true);
  return gather(count, [read(0), read(4), read(8)], read(12));
}
