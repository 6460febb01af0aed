// Toasts: a sentence that says what went wrong or what was done, and goes by itself.
import { h, iconButton } from "./dom.js";
import { icon } from "./icons.js";

const STAYS_MS = 9000;

export function toast(sentence, kind = "problem") {
  const place = document.getElementById("toasts");
  if ([...place.children].some((node) => node.dataset.text === sentence)) return;
  const node = h(
    "div",
    { class: `toast ${kind}`, testid: "toast", "data-text": sentence },
    h("span", null, sentence),
    iconButton(icon("close", 12), "Dismiss", { on: { click: () => node.remove() } }),
  );
  place.append(node);
  setTimeout(() => node.remove(), STAYS_MS);
}
