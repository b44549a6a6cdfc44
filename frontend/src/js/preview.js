import htmx from "htmx.org";

const wide = matchMedia("(min-width: 90rem)");

/** On wide screens, open a row of a list beside the list; elsewhere a row opens its page. */
export function startPreview() {
  for (const table of document.querySelectorAll("table[data-preview]")) {
    table.addEventListener("click", (event) => onClick(table, event));
  }
}

function onClick(table, event) {
  const row = event.target.closest("tr[data-url]");
  const link = event.target.closest("a, button, input, summary, label");
  const isMain = link?.classList.contains("table__main");
  if (!row || (link && !isMain) || event.ctrlKey || event.metaKey || event.shiftKey || getSelection()?.toString()) return;
  if (!wide.matches) {
    if (!link) location.assign(row.dataset.url);
    return;
  }
  event.preventDefault();
  open(table, row);
}

async function open(table, row) {
  const pane = table.closest(".table-frame").parentElement.querySelector(".preview");
  pane.hidden = false;
  pane.setAttribute("aria-busy", "true");
  pane.parentElement.classList.add("with-preview");
  for (const other of table.querySelectorAll(".row--selected")) {
    other.classList.remove("row--selected");
    other.removeAttribute("aria-current");
  }
  row.classList.add("row--selected");
  row.setAttribute("aria-current", "true");
  try {
    const answer = await fetch(row.dataset.url, { headers: { "X-Preview": "1" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    show(pane, new DOMParser().parseFromString(await answer.text(), "text/html"), row.dataset.url);
  } catch {
    location.assign(row.dataset.url);
  }
}

function show(pane, page, url) {
  const record = page.querySelector("#record") ?? page.querySelector("main");
  const whole = document.createElement("p");
  whole.innerHTML = '<a class="btn btn--quiet">Mở thành trang</a>';
  whole.firstElementChild.href = url;
  // Neither the identifier nor the first heading of a page may stand here twice.
  record?.removeAttribute("id");
  for (const title of record?.querySelectorAll("h1") ?? []) {
    const smaller = document.createElement("h2");
    smaller.className = title.className;
    smaller.append(...title.childNodes);
    title.replaceWith(smaller);
  }
  pane.replaceChildren(whole, ...(record ? [document.adoptNode(record)] : []));
  pane.removeAttribute("aria-busy");
  htmx.process(pane);
}
