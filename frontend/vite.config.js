import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("./src"),
  base: "./",
  publicDir: false,
  css: { transformer: "lightningcss", lightningcss: { targets: { chrome: 109 << 16, firefox: 115 << 16, safari: (15 << 16) | (6 << 8) } } },
  build: {
    outDir: here("../src/khcn/ui/static/ui/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: false,
    // Fonts stay files: a data: font would need a wider content security policy.
    assetsInlineLimit: 0,
    cssMinify: "lightningcss",
    target: ["chrome109", "firefox115", "safari15.6"],
    // htmx carries an eval that its own setting (allowEval: false) and our policy both close.
    rolldownOptions: { checks: { eval: false }, input: { app: here("./src/app.js"), public: here("./src/public.js"), review: here("./src/review.js") } },
  },
});
