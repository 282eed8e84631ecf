import type { Dataset } from "@/api/dataset";

const clean = (text: string) => text.replace(/[{}]/g, "").replaceAll("`", "'").replaceAll("\n", " ");

/** How to cite a version, in BibTeX. */
export function citation(d: Dataset, chain: string): string {
  const year = new Date(d.published_at).getUTCFullYear();
  const fields = [
    `title={${clean(d.title)}}`,
    `author={${d.owner}}`,
    `year={${year}}`,
    `version={${d.semver}}`,
    `howpublished={Alaya, chain ${chain}, records root ${d.records_root}}`,
  ];
  return `@misc{alaya-${d.id}-${d.version},\n  ${fields.join(",\n  ")}\n}`;
}
