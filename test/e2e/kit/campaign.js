// A request for a form, by the requester of a node: from the files on his desk to what is delivered to him.
import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const terms = {
  redundancy: { min: 1, max: 1, step: 1 },
  clause: { metric: "accuracy", threshold: "50%", confidence: "90%", min_evidence: 1 },
  price_cap: "0.5aly", budget: "10aly", bids_until: "30m", deliver_by: "2h", licence: "CC-BY-4.0",
  windows: { accept: "10m", lease: "30m", commit: "30m", reveal: "10m", gold: "10m", review: "1s", contest: "1m" },
};

/** Posts a request of one page that one person answers. Data that name one of the files become that file. */
export async function post(node, { title, guidelines = "", controls, items, files = {} }) {
  const desk = await mkdtemp(join(node.home ?? tmpdir(), "alaya-desk-"));
  await mkdir(join(desk, "files"));
  for (const [name, content] of Object.entries(files)) await writeFile(join(desk, "files", name), content);
  const lines = Object.entries(items).map(([id, data]) => JSON.stringify({ id, data }));
  await writeFile(join(desk, "items.jsonl"), lines.join("\n") + "\n");
  await writeFile(join(desk, "guidelines.md"), guidelines);
  const draft = { title, guidelines: "guidelines.md", tags: ["test/forms"], question: "What is there?", form: { controls }, items: "items.jsonl", assets: "files", page: lines.length, ...terms };
  await writeFile(join(desk, "draft.yaml"), JSON.stringify(draft)); // JSON is YAML
  const id = await node.run("request", "post", join(desk, "draft.yaml"), "--from", "requester", "--quiet");
  return { id: id.trim(), desk };
}

/** Awards every bid. */
export const award = (node, { id }) => node.run("engagement", "award", id, "--all", "--from", "requester");

/** Goes without further answers to the items that were skipped: ends the second round, in which they are asked again. */
export async function goWithout(node, { id }) {
  const second = async () => (await node.get(`/api/v1/requests/${id}/rounds`)).items.some((r) => r.number === 2 && r.state === "committing");
  await node.until(second, "a second round for what was skipped");
  await node.run("work", "close", id, "--from", "requester");
}

/**
 * Waits for the dataset, pulls it and has it verified. Returns its records by
 * item, as they are written, and the lines that were handed in.
 */
export async function delivered(node, { id, desk }) {
  await node.run("request", "wait", id, "--for", "closed");
  const dataset = await node.run("dataset", "list", "--request", id, "--quiet");
  const folder = join(desk, "delivery");
  await node.run("dataset", "pull", dataset.trim(), folder);
  await node.run("dataset", "verify", folder);
  const records = lines(await readFile(join(folder, "records.jsonl"), "utf8"));
  const blobs = await Promise.all((await readdir(join(folder, "blobs"))).map((name) => readFile(join(folder, "blobs", name), "utf8")));
  const sheets = blobs.filter((text) => text.startsWith('{"request":'));
  return { records: new Map(records.map((r) => [r.item, r])), answers: new Map(sheets.flatMap(lines).filter((l) => l.item).map((l) => [l.item, l])) };
}

const lines = (text) => text.trimEnd().split("\n").map((line) => JSON.parse(line));
