// Layers: what lies above the page. Each holds the keyboard inside it and gives the focus back when it goes.
import { named } from "./keep.js";

const REACHABLE =
  "a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), summary, [tabindex='0']";
const stack = [];

const root = () => document.getElementById("layers");
const isSeen = (node) => node.getClientRects().length > 0;
export const reachable = (node) =>
  [...node.querySelectorAll(REACHABLE)].filter((found) => isSeen(found) && found.tabIndex >= 0);

/** Puts a layer on top; returns the function that takes it away again. */
export function raise(node, { onEscape }) {
  const from = document.activeElement;
  const layer = { node, onEscape, from, name: from?.dataset?.focus };
  node.addEventListener("keydown", (event) => hold(event, layer));
  stack.push(layer);
  root().append(node);
  shield();
  return () => lower(layer);
}

function lower(layer) {
  const at = stack.indexOf(layer);
  if (at < 0) return;
  const held = layer.node.contains(document.activeElement) || document.activeElement === document.body;
  stack.splice(at, 1);
  layer.node.remove();
  shield();
  if (held) giveBack(layer);
}

function giveBack({ from, name }) {
  const place = from?.isConnected && from !== document.body ? from : named(document, name);
  (place ?? document.querySelector("[data-testid=composer]") ?? document.getElementById("main"))?.focus({
    preventScroll: true,
  });
}

/** Everything beneath the topmost layer is out of reach for keyboard, pointer and screen reader. */
function shield() {
  document.getElementById("page").inert = stack.length > 0;
  stack.forEach((layer, at) => {
    layer.node.inert = at < stack.length - 1;
  });
}

function hold(event, layer) {
  if (event.key === "Escape" && !event.defaultPrevented) {
    event.preventDefault();
    event.stopPropagation();
    layer.onEscape();
  }
  if (event.key === "Tab") turn(event, reachable(layer.node));
}

function turn(event, stops) {
  if (!stops.length) return event.preventDefault();
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge && stops.includes(document.activeElement)) return;
  if (stops.includes(document.activeElement) || !document.activeElement.closest("[role=menu], [role=listbox]")) {
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  }
}

/** Places a floating list beside its anchor, inside the window, above it when there is no room below. */
export function placeBy(node, anchor, { width } = {}) {
  const box = anchor.getBoundingClientRect();
  if (width) node.style.minWidth = `${Math.max(width, box.width)}px`;
  node.style.maxHeight = "";
  const below = innerHeight - box.bottom - 12;
  const above = box.top - 12;
  const up = below < Math.min(node.offsetHeight, 220) && above > below;
  node.style.maxHeight = `${Math.max(120, Math.min(460, up ? above : below))}px`;
  node.style.left = `${Math.max(8, Math.min(box.left, innerWidth - node.offsetWidth - 8))}px`;
  node.style.top = up ? `${box.top - node.offsetHeight - 4}px` : `${box.bottom + 4}px`;
}

export function float(node) {
  root().append(node);
}
