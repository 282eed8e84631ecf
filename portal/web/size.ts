import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const limit = 250_000;

/** What the marketplace loads first, besides the entry: its page and its texts in one language. */
const firstPage = /\/src\/(market\/BrowsePage\.tsx|i18n\/locales\/en\/(app|design|market|wallet|home|desk|models|explorer|console)\.json)$/;

interface Chunk {
  type: string;
  code?: string;
  isEntry?: boolean;
  facadeModuleId?: string | null;
  imports?: string[];
}

/** Fails the build when the marketplace's first load is more than 250 kB of script, gzip. */
export function firstLoad(): Plugin {
  return {
    name: "first-load",
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = bundle as unknown as Record<string, Chunk>;
      const wanted = Object.entries(chunks).filter(
        ([, c]) => c.type === "chunk" && (c.isEntry === true || firstPage.test(c.facadeModuleId ?? "")),
      );
      const loaded = new Set<string>();
      const load = (name: string) => {
        if (loaded.has(name)) return;
        loaded.add(name);
        chunks[name]?.imports?.forEach(load);
      };
      wanted.forEach(([name]) => load(name));
      const size = [...loaded].reduce((sum, name) => sum + gzipSync(chunks[name]?.code ?? "").length, 0);
      const text = `first load of the marketplace: ${Math.round(size / 1000)} kB of script, gzip, in ${loaded.size} files; at most ${limit / 1000} kB`;
      if (size > limit) this.error(text);
      this.info(text);
    },
  };
}
