// Elements: the only place that makes DOM nodes, always from text, never from markup.

const SVG = "http://www.w3.org/2000/svg";
let numbers = 0;

export function uid(prefix = "n") {
  numbers += 1;
  return `${prefix}-${numbers}`;
}

/** h("button", {class: "x", testid: "go", on: {click}}, "Go", child, [more]) */
export function h(tag, props, ...children) {
  return dress(document.createElement(tag), props, children);
}

export function svg(tag, props, ...children) {
  return dress(document.createElementNS(SVG, tag), props, children);
}

function dress(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  node.append(...children.flat(Infinity).filter(isShown));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") return listen(node, value);
  if (name === "testid") return node.setAttribute("data-testid", value);
  if (name === "value" || name === "checked" || name === "selected") {
    node[name] = value;
    return;
  }
  node.setAttribute(name, value === true ? "" : String(value));
}

function listen(node, listeners) {
  for (const [event, run] of Object.entries(listeners)) if (run) node.addEventListener(event, run);
}

function isShown(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}

export function button(label, props, ...children) {
  return h("button", { type: "button", ...props }, label, ...children);
}

/** A button that shows only an icon: the label is its accessible name and its tooltip. */
export function iconButton(icon, label, props) {
  return h(
    "button",
    { type: "button", title: label, "aria-label": label, ...props, class: `icon ${props?.class ?? ""}` },
    icon,
  );
}

export function hidden(text) {
  return h("span", { class: "sr" }, text);
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(isShown));
  return node;
}
