import { forget, read, write } from "./store.js";
import { words } from "./words.js";

const UNKEPT = new Set(["password", "file", "hidden", "submit"]);
const SENT = "khcn.draft.sent";

/** Keep in this browser what is typed into a form until it is sent, and offer it back. */
export function startDrafts() {
  const forms = [...document.querySelectorAll("form[data-draft]")];
  settle(forms);
  forms.forEach(keep);
  // Editors that open in place come after the page.
  document.addEventListener("htmx:load", (event) => {
    if (event.target === document.body) return;
    event.target.querySelectorAll("form[data-draft]").forEach(keep);
  });
}

function keyOf(form) {
  return `khcn.draft.${form.dataset.draft}`;
}

// A sent draft is dropped only once a working page shows that it was accepted: signing in again or an error page proves nothing.
function settle(forms) {
  const sent = read(SENT);
  if (!sent || document.body.classList.contains("narrow")) return;
  const isBack = forms.some((form) => keyOf(form) === sent);
  if (!isBack || document.querySelector(".messages .notice--success")) forget(sent);
  forget(SENT);
}

function keep(form) {
  const key = keyOf(form);
  const before = snapshot(form);
  const kept = read(key);
  if (kept && kept !== before) offer(form, key, kept);
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => write(key, snapshot(form)), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    write(key, snapshot(form));
    write(SENT, key);
  });
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && !UNKEPT.has(field.type));
}

function snapshot(form) {
  const values = fields(form).map((field) => {
    const isBox = field.type === "checkbox" || field.type === "radio";
    return [field.name, isBox ? field.value : null, isBox ? field.checked : field.value];
  });
  return JSON.stringify(values);
}

function offer(form, key, kept) {
  const notice = document.createElement("div");
  notice.className = "draft";
  notice.setAttribute("role", "status");
  notice.innerHTML =
    `<span>${words("Có bản đang viết dở trên máy này.")}</span><button type="button" class="btn btn--secondary">${words("Lấy lại")}</button><button type="button" class="btn btn--quiet">${words("Bỏ")}</button>`;
  const [restore, drop] = notice.querySelectorAll("button");
  restore.addEventListener("click", () => {
    fill(form, kept);
    notice.remove();
  });
  drop.addEventListener("click", () => {
    forget(key);
    notice.remove();
  });
  form.before(notice);
}

function fill(form, kept) {
  for (const [name, option, value] of JSON.parse(kept)) {
    const field = fields(form).find((each) => each.name === name && (option === null || each.value === option));
    if (!field) continue;
    if (option === null) field.value = value;
    else field.checked = value;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}
