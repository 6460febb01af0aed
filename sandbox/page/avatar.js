// Avatars: initials on a colour, since nobody here has a photograph.
import { h } from "./dom.js";

export function avatar(person, size = "") {
  const node = h(
    "span",
    { class: `avatar ${size}`, "aria-hidden": "true" },
    person?.initials ?? initials(person?.real_name ?? "?"),
  );
  node.style.backgroundColor = shade(person?.color, person?.id ?? "");
  return node;
}

const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? "")
    .join("")
    .toUpperCase();

/** The person's own colour, darkened until white initials can be read on it. */
function shade(color, id) {
  const hex = /^#?[0-9a-f]{6}$/i.test(color ?? "") ? color.replace("#", "") : "";
  if (hex) return `color-mix(in oklab, #${hex} 62%, #10181a)`;
  const turn = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  return `hsl(${turn} 42% 34%)`;
}
