import { isPlain, isWriting } from "./keys.js";

/** Bind a paper's spans to what was taken from them, and the keys to what one may do. */
export function startReview(pane) {
  const items = [...pane.querySelectorAll("[data-extraction]")];
  let current = -1;

  const spans = (id) => pane.querySelectorAll(`[data-span="${CSS.escape(id)}"]`);
  const item = (id) => items.find((each) => each.dataset.extraction === id);

  const light = (id, on) => {
    for (const span of spans(id)) span.classList.toggle("is-lit", on);
    item(id)?.classList.toggle("is-lit", on);
  };

  const go = (index) => {
    if (!items.length) return;
    if (items[current]) {
      items[current].classList.remove("is-current");
      light(items[current].dataset.extraction, false);
    }
    current = (index + items.length) % items.length;
    const chosen = items[current];
    chosen.classList.add("is-current");
    chosen.focus({ preventScroll: true });
    chosen.scrollIntoView({ block: "nearest" });
    light(chosen.dataset.extraction, true);
    spans(chosen.dataset.extraction)[0]?.scrollIntoView({ block: "center" });
  };

  for (const element of pane.querySelectorAll("[data-span], [data-extraction]")) {
    const id = element.dataset.span ?? element.dataset.extraction;
    element.addEventListener("pointerenter", () => light(id, true));
    element.addEventListener("pointerleave", () => light(id, items[current]?.dataset.extraction === id));
  }
  pane.addEventListener("click", (event) => {
    const span = event.target.closest("[data-span]");
    if (!span) return;
    event.preventDefault();
    go(items.indexOf(item(span.dataset.span)));
  });

  const acts = { a: "accept", e: "edit", x: "reject" };
  document.addEventListener("keydown", (event) => {
    if (!isPlain(event) || isWriting(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "n") go(current + 1);
    if (event.key === "p") go(current < 0 ? items.length - 1 : current - 1);
    if (acts[event.key]) items[current]?.querySelector(`[data-act="${acts[event.key]}"]`)?.click();
  });
}
