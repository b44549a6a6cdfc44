// Put the icons that Python knows (khcn/ui/icons.json) into one sprite beside the built styles.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const names = JSON.parse(readFileSync(here("../../src/khcn/ui/icons.json"), "utf8"));

const symbols = names.map((name) => {
  const svg = readFileSync(here(`../node_modules/@tabler/icons/icons/outline/${name}.svg`), "utf8");
  const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const shapes = inner.replace(/<path stroke="none"[^>]*\/>/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
});

const folder = here("../../src/khcn/ui/static/ui/dist");
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
