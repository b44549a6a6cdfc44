// Take from the font packages the weights and subsets the pages use, woff2 only.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const subsets = /-(vietnamese|latin-ext|latin)-\d/;
const rank = (face) => ["latin-ext", "latin", "vietnamese"].indexOf(face.match(subsets)[1]);
const wanted = { "be-vietnam-pro": ["400", "500", "600", "700"], tinos: ["400", "400-italic", "700"] };

const faces = Object.entries(wanted).flatMap(([family, weights]) =>
  weights.flatMap((weight) => {
    const css = readFileSync(here(`../node_modules/@fontsource/${family}/${weight}.css`), "utf8");
    return css
      .match(/@font-face\s*{[^}]*}/g)
      .filter((face) => subsets.test(face))
      // The last face wins where ranges overlap: đ, ơ, ư must come from the small Vietnamese file.
      .sort((one, other) => rank(one) - rank(other))
      .map((face) =>
        face.replace(/,\s*url\([^)]*\.woff\)\s*format\([^)]*\)/, "").replaceAll("./files/", `../node_modules/@fontsource/${family}/files/`),
      );
  }),
);
mkdirSync(here("../build"), { recursive: true });
writeFileSync(here("../build/fonts.css"), `${faces.join("\n")}\n`);
