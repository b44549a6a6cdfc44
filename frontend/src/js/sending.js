// Long enough for any answer of a page; short enough that a form answered by a download can be used again.
const QUIET_MS = 10_000;

/** Press a sent form's button once: a second press must not act twice. */
export function startSending() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter;
    // After the browser has read the pressed button's name and value.
    setTimeout(() => {
      if (!(button instanceof HTMLButtonElement)) return;
      button.classList.add("btn--pressed");
      button.setAttribute("aria-busy", "true");
      button.disabled = true;
    });
    setTimeout(() => release(form), QUIET_MS);
  });
  // A page brought back from the history must be usable again.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
}

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll(".btn--pressed")) {
    button.disabled = false;
    button.classList.remove("btn--pressed");
    button.removeAttribute("aria-busy");
  }
}
