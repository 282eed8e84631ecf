// The true answers to what the sample world asks.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** By item, the value of each control of the form; a label is the value of the one that a plain choice has. */
export async function truth(node) {
  const book = await readFile(join(process.env.ALAYA_HOME ?? node.home, "sample.json"), "utf8");
  const { stdout } = await promisify(execFile)("go", ["run", "./internal/world/truth", JSON.parse(book).seed], { cwd: root });
  return new Map(JSON.parse(stdout).map(({ item, label, value = { label } }) => [item, value]));
}
