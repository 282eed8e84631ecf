import { MediaFault } from "../../media/fault";
import { parseKitti } from "./kitti";
import { parsePcd } from "./pcd";
import { parsePly } from "./ply";
import type { Cloud } from "./points";

/** Reads a cloud by what its first bytes are; only KITTI files have no mark. */
export function parseCloud(file: Uint8Array): Cloud {
  const start = new TextDecoder("latin1").decode(file.subarray(0, 4096));
  if (/^ply\s/.test(start)) return parsePly(file);
  if (/^(#[^\n]*\n|\s)*(VERSION|FIELDS)\s/i.test(start)) return parsePcd(file);
  if (/^\s*(<|\{|%PDF|PK)|^\x89PNG|^\xff\xd8/.test(start)) throw new MediaFault("type");
  return parseKitti(file);
}
