// Runs before the first paint, so that a chosen theme never flashes; a file of its own because inline scripts are forbidden.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("khcn.theme");
  } catch {
    // Storage may be closed by policy: the page then follows the system.
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  document.documentElement.classList.add("has-js");
})();
