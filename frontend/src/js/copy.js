import { announce } from "./announce.js";
import { words } from "./words.js";

/** Add a button that copies a link or a code. */
export function startCopying() {
  if (!navigator.clipboard) return;
  for (const source of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--quiet only-screen";
    button.textContent = words("Sao chép");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.dataset.copy || source.href || source.textContent.trim());
      button.textContent = words("Đã sao chép");
      announce(words("Đã sao chép"));
      setTimeout(() => {
        button.textContent = words("Sao chép");
      }, 2000);
    });
    source.after(button);
  }
}
