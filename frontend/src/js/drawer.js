import { announce } from "./announce.js";
import { words } from "./words.js";

/** Open what stands behind a figure beside the page; htmx fetches it, the link itself is the way without scripts. */
export function startDrawer() {
  const drawer = document.getElementById("drawer");
  const body = document.getElementById("drawer-body");
  if (!drawer || !body) return;
  const full = drawer.querySelector("[data-drawer-full]");

  document.addEventListener("htmx:configRequest", (event) => {
    const link = event.target;
    if (!(link instanceof Element) || !link.matches("[data-drawer]")) return;
    body.innerHTML = `<p class="missing">${words("Đang mở…")}</p>`;
    full.href = link.getAttribute("href");
    if (!drawer.open) drawer.showModal();
    announce(words("Đang mở chi tiết"));
  });
  body.addEventListener("htmx:afterSwap", () => {
    if (!body.firstElementChild) location.assign(full.href);
    body.focus();
  });
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, (event) => {
      if (event.detail.target === body) {
        body.innerHTML = `<p class="missing">${words("Chưa mở được các bản ghi. Dùng “Mở thành trang” ở trên, hoặc thử lại sau ít phút.")}</p>`;
      }
    });
  }
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close();
  });
}
