import htmx from "htmx.org";
import { announce } from "./announce.js";
import { isPlain, isWriting } from "./keys.js";
import { words } from "./words.js";

const wide = matchMedia("(min-width: 80rem)");
const OPENED = "mo";

/** On wide screens, open a row of a list beside the list; elsewhere a row opens its page. */
export function startPreview() {
  const table = document.querySelector("table[data-preview]");
  if (!table) return;
  const beside = new Beside(table);
  table.addEventListener("click", (event) => onClick(beside, event));
  document.addEventListener("keydown", (event) => onKey(beside, event));
  if (wide.matches) beside.openAsAsked();
}

function onClick(beside, event) {
  const row = event.target.closest("tr[data-url]");
  const link = event.target.closest("a, button, input, summary, label, .table__box");
  const isMain = link?.classList.contains("table__main");
  if (!row || (link && !isMain) || event.ctrlKey || event.metaKey || event.shiftKey || getSelection()?.toString()) return;
  if (!wide.matches) {
    if (!link) location.assign(row.dataset.url);
    return;
  }
  event.preventDefault();
  beside.open(row);
}

function onKey(beside, event) {
  if (!beside.isOpen || !isPlain(event) || event.shiftKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    beside.close();
  } else if (!isWriting(event.target) && !beside.pane.contains(event.target)) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    beside.move(step);
  }
}

/** The record beside the list: which row it belongs to, how it comes and goes, and the address that shows it again. */
class Beside {
  constructor(table) {
    this.table = table;
    this.pane = table.closest(".table-frame").parentElement.querySelector(".preview");
    this.coming = null;
  }

  get isOpen() {
    return !this.pane.hidden;
  }

  get rows() {
    return [...this.table.querySelectorAll("tr[data-url]")];
  }

  get selected() {
    return this.table.querySelector(".row--selected");
  }

  openAsAsked() {
    const code = new URLSearchParams(location.search).get(OPENED);
    if (!code) return;
    const row = this.rows.find((one) => one.dataset.key === code);
    if (row) this.open(row);
    else if (this.pane.dataset.url) this.show(this.pane.dataset.url);
  }

  open(row) {
    this.select(row);
    remember(row.dataset.key);
    return this.show(row.dataset.url, row.dataset.key);
  }

  move(step) {
    const rows = this.rows;
    const at = rows.indexOf(this.selected);
    const row = rows[at < 0 ? 0 : at + step];
    if (!row) return;
    row.scrollIntoView({ block: "nearest" });
    row.querySelector(".table__main")?.focus({ preventScroll: true });
    this.open(row);
  }

  close() {
    const row = this.selected;
    this.coming?.abort();
    this.pane.hidden = true;
    this.pane.replaceChildren();
    this.pane.parentElement.classList.remove("with-preview");
    this.select(null);
    remember("");
    row?.querySelector(".table__main")?.focus();
  }

  select(row) {
    for (const other of this.table.querySelectorAll(".row--selected")) {
      other.classList.remove("row--selected");
      other.removeAttribute("aria-current");
    }
    row?.classList.add("row--selected");
    row?.setAttribute("aria-current", "true");
  }

  async show(url, name = "") {
    this.coming?.abort();
    const coming = (this.coming = new AbortController());
    this.pane.hidden = false;
    this.pane.setAttribute("aria-busy", "true");
    this.pane.parentElement.classList.add("with-preview");
    try {
      const answer = await fetch(url, { headers: { "X-Preview": "1" }, credentials: "same-origin", signal: coming.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.fill(new DOMParser().parseFromString(await answer.text(), "text/html"), url);
      if (name) announce(`${words("Đang xem")} ${name}`);
    } catch {
      if (!coming.signal.aborted) location.assign(url);
    }
  }

  fill(page, url) {
    const record = page.querySelector("#record") ?? page.querySelector("main");
    const bar = document.createElement("p");
    bar.className = "preview__bar";
    bar.innerHTML =
      `<a class="btn btn--quiet">${words("Mở thành trang")}</a><button class="btn btn--quiet" type="button" aria-keyshortcuts="Escape">${words("Đóng")}</button>`;
    bar.firstElementChild.href = url;
    bar.lastElementChild.addEventListener("click", () => this.close());
    // Neither the identifier nor the first heading of a page may stand here twice.
    record?.removeAttribute("id");
    for (const title of record?.querySelectorAll("h1") ?? []) {
      const smaller = document.createElement("h2");
      smaller.className = title.className;
      smaller.append(...title.childNodes);
      title.replaceWith(smaller);
    }
    this.pane.replaceChildren(bar, ...(record ? [document.adoptNode(record)] : []));
    this.pane.scrollTop = 0;
    this.pane.removeAttribute("aria-busy");
    htmx.process(this.pane);
  }
}

/** Keep in the address which record is open, so that the page can be passed on as it stands. */
function remember(key) {
  const here = new URL(location.href);
  if (key) here.searchParams.set(OPENED, key);
  else here.searchParams.delete(OPENED);
  history.replaceState(history.state, "", here);
}
