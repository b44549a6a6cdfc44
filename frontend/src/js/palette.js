import { isPlain } from "./keys.js";
import { words } from "./words.js";

/** Write a word without its marks, so that "ket luan" finds "Kết luận". */
export function folded(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d");
}

/** Offer, under Ctrl K, every place the rail and the page lead to. */
export function startPalette() {
  const palette = document.getElementById("palette");
  if (!palette) return;
  const input = palette.querySelector("input");
  const list = palette.querySelector("ul");
  let current = 0;

  const open = () => {
    input.value = "";
    fill();
    palette.showModal();
    input.focus();
  };

  const places = () => {
    const links = document.querySelectorAll("#rail a.rail__link, main .tabs-line a, .heading__actions a.btn, .menu__panel a");
    const found = [...links].map((link) => ({ url: link.href, label: (link.querySelector(".rail__label") ?? link).textContent.trim() }));
    return found.filter((place, index) => found.findIndex((other) => other.label === place.label) === index);
  };

  const fill = () => {
    const wanted = folded(input.value.trim());
    const matching = places().filter((place) => folded(place.label).includes(wanted));
    const search = palette.dataset.searchUrl;
    if (wanted && search) matching.push({ label: words("Tìm “{text}”").replace("{text}", () => input.value.trim()), url: `${search}?q=${encodeURIComponent(input.value.trim())}` });
    list.replaceChildren(...matching.map(option));
    choose(0);
  };

  const option = ({ label, url }, index) => {
    const item = document.createElement("li");
    item.id = `palette-option-${index}`;
    item.className = "palette__option";
    item.setAttribute("role", "option");
    item.dataset.url = url;
    item.textContent = label;
    item.addEventListener("click", () => location.assign(url));
    return item;
  };

  const choose = (index) => {
    const options = [...list.children];
    current = options.length ? (index + options.length) % options.length : 0;
    options.forEach((item, at) => item.setAttribute("aria-selected", String(at === current)));
    options[current]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[current]?.id ?? "");
  };

  input.addEventListener("input", fill);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(current + step);
    }
    if (event.key === "Enter" && list.children[current]) location.assign(list.children[current].dataset.url);
  });
  palette.addEventListener("click", (event) => {
    if (event.target === palette) palette.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !isPlain(event)) {
      event.preventDefault();
      open();
    }
  });
  for (const button of document.querySelectorAll("[data-palette-open]")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
}
