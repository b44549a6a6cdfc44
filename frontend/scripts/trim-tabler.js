// Keep of Tabler only what this product endorses, so that the bundle does not depend on who used which class last.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PurgeCSS } from "purgecss";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const elements =
  "html body h1 h2 h3 h4 h5 h6 p a b strong em small mark kbd code pre q blockquote ul ol li dl dt dd hr img svg table caption thead tbody tfoot tr th td " +
  "form fieldset legend label input textarea select option optgroup button progress output details summary dialog figure figcaption address abbr cite del ins " +
  "sub sup main nav aside header footer section article time template file checkbox radio number search hidden multiple submit reset";
const grid = ["row", "col", "col-auto", ...["", "sm-", "md-", "lg-"].flatMap((size) => [3, 4, 6, 8, 9, 12].map((n) => `col-${size}${n}`))];
const forms = ["form-control", "form-select", "form-check-input", "input-group", "input-group-text"];
const words = ["visually-hidden", "visually-hidden-focusable", "text-end", "text-center", "text-nowrap", "d-none", "d-flex", "d-print-none", "w-100"];
const kept = [...elements.split(" "), ...grid, ...forms, ...words];

const css = readFileSync(here("../node_modules/@tabler/core/dist/css/tabler.css"), "utf8");
const [result] = await new PurgeCSS().purge({
  content: [{ raw: kept.join(" "), extension: "txt" }],
  css: [{ raw: css }],
  defaultExtractor: (text) => text.split(/\s+/),
  variables: true,
  keyframes: true,
  fontFace: true,
});
mkdirSync(here("../build"), { recursive: true });
writeFileSync(here("../build/tabler.css"), result.css);
