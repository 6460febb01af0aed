// Menus: a list of things to do that hangs from a button, driven by arrows, Enter and Esc.
import { h, button } from "./dom.js";
import { float, placeBy } from "./layers.js";

/** items: [{label, note?, aside?, href?, run, testid?, danger?, current?, lead?}] or {heading}. */
export function openMenu(anchor, items, label) {
  const menu = h(
    "div",
    { role: "menu", class: "menu", "aria-label": label, on: { keydown: (event) => steer(event, menu, close) } },
    items.map((item) => entry(item, close)),
  );
  const away = (event) => {
    if (!menu.contains(event.target) && !anchor.contains(event.target)) close(false);
  };
  function close(giveBack = true) {
    document.removeEventListener("pointerdown", away, true);
    window.removeEventListener("resize", close);
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    anchor.openMenu = null;
    if (giveBack && anchor.isConnected) anchor.focus({ preventScroll: true });
  }
  anchor.openMenu?.();
  anchor.openMenu = close;
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", away, true);
  window.addEventListener("resize", close);
  float(menu);
  placeBy(menu, anchor, { width: 200 });
  (menu.querySelector("[aria-current]") ?? stops(menu)[0])?.focus({ preventScroll: true });
}

export function menuButton(content, props, items, label) {
  const open = () => (anchor.openMenu ? anchor.openMenu() : openMenu(anchor, items(), label));
  const anchor = button(content, { "aria-haspopup": "menu", "aria-expanded": "false", ...props, on: { click: open } });
  return anchor;
}

function entry(item, close) {
  if (item.heading) return h("div", { class: "menu-head", role: "presentation" }, item.heading);
  const run = () => {
    close();
    item.run?.();
  };
  const inside = [
    item.lead,
    h(
      "span",
      { class: "menu-text" },
      h("span", null, item.label),
      item.note && h("span", { class: "note" }, item.note),
    ),
    item.aside && h("span", { class: "menu-aside" }, item.aside),
  ];
  const props = {
    role: "menuitem",
    tabindex: "-1",
    class: item.danger ? "danger" : null,
    testid: item.testid,
    "aria-current": item.current ? "true" : null,
    on: { click: run },
  };
  return item.href
    ? h("a", { ...props, href: item.href, target: "_blank", rel: "noopener noreferrer" }, inside)
    : button(inside, props);
}

const stops = (menu) => [...menu.querySelectorAll("[role=menuitem]")];

function steer(event, menu, close) {
  const all = stops(menu);
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  }
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
  if (event.key.length === 1 && event.key !== " ")
    all.find((node) => node.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
}
