// Icons: small line drawings, so that no icon font or outside picture is needed.
import { svg } from "./dom.js";

const PATHS = {
  hash: "M6 2 4.5 14M11.5 2 10 14M2 5.5h12.5M1.5 10.5H14",
  lock: "M4 7V5a4 4 0 0 1 8 0v2M3 7h10v7H3z",
  home: "M2 8l6-6 6 6M4 7v7h8V7",
  chat: "M2 3h12v8H7l-3 3v-3H2z",
  reply: "M2 3h12v8H7l-3 3v-3H2zM5 6h6M5 8h4",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  smile: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.5 9.5c.6.9 1.5 1.3 2.5 1.3s1.9-.4 2.5-1.3M6 6.5h.01M10 6.5h.01",
  bolt: "M9 1 3 9h4l-1 6 6-8H8z",
  clip: "M13 7.2 7.8 12.4a3.2 3.2 0 0 1-4.6-4.6l5.6-5.5a2.1 2.1 0 0 1 3 3L6.4 10.7a1 1 0 0 1-1.5-1.5l4.8-4.7",
  send: "M2 8 14 2l-4 12-3-5z",
  close: "M3 3l10 10M13 3 3 13",
  menu: "M2 4h12M2 8h12M2 12h12",
  down: "M4 6l4 4 4-4",
  back: "M10 3 5 8l5 5",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1M8 14v1M1 8h1M14 8h1M3 3l.7.7M12.3 12.3l.7.7M13 3l-.7.7M3.7 12.3 3 13",
  moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3l2 2",
  check: "M3 8.5 6.5 12 13 4.5",
  eye: "M1 8s2.5-4.5 7-4.5S15 8 15 8s-2.5 4.5-7 4.5S1 8 1 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
};

export function icon(name, size = 16) {
  const path = svg("path", {
    d: PATHS[name],
    fill: "none",
    stroke: "currentColor",
    "stroke-width": name === "more" ? 2.2 : 1.5,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
  return svg("svg", { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true", class: "glyph" }, path);
}
