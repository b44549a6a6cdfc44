import { isPlain, isWriting } from "./keys.js";

/** Let `/` reach the search, Escape close open menus, and errors be read first. */
export function startFocus() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && isPlain(event) && !isWriting(event.target)) {
      const search = document.querySelector("[data-search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
    }
    if (event.key === "Escape") closeMenus(null);
  });
  document.addEventListener("click", (event) => closeMenus(event.target));
  const wrong = document.querySelectorAll("main [data-focus]");
  if (wrong.length === 1) wrong[0].focus();
}

function closeMenus(clicked) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!(clicked instanceof Node) || !menu.contains(clicked)) menu.open = false;
  }
}
