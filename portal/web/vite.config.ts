import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { firstLoad } from "./size.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const protobuf = here("./node_modules/@bufbuild/protobuf/dist/esm");
const gateway = process.env.ALAYA_GATEWAY ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), tailwindcss(), firstLoad()],
  resolve: {
    alias: [
      { find: /^@\//, replacement: here("./src/") },
      { find: /^@gen\//, replacement: here("../../gen/ts/") },
      // Generated code lies outside this folder and has no node_modules of its own.
      { find: /^@bufbuild\/protobuf$/, replacement: `${protobuf}/index.js` },
      { find: /^@bufbuild\/protobuf\/(.*)$/, replacement: `${protobuf}/$1/index.js` },
    ],
  },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the page's policy lets no data: script or font through
    modulePreload: { polyfill: false },
    target: "es2023",
    chunkSizeWarningLimit: 600, // kB; what draws clouds of points comes when one is opened
  },
  server: {
    host: "127.0.0.1",
    fs: { allow: [here("."), here("../../gen/ts"), here("../../core/answer/testdata")] },
    proxy: Object.fromEntries(
      ["/api", "/alaya", "/cosmos", "/tx", "/events", "/blob"].map((path) => [path, gateway]),
    ),
  },
  test: { environment: "jsdom", restoreMocks: true },
});
