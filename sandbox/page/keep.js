// Keep: redraw a list by key, leaving what did not change alone, so focus, typing and scrolling survive.

/** items: [{key, sign, make}]. A node is made again only when its sign differs from the last one drawn. */
export function keep(container, items) {
  const before = container.kept ?? new Map();
  const after = new Map();
  const focus = focusIn(container);
  let at = container.firstChild;
  for (const { key, sign, make } of items) {
    const old = before.get(key);
    const node = old && old.sign === sign ? old.node : make(old?.node);
    after.set(key, { sign, node });
    if (node === at) at = at.nextSibling;
    else container.insertBefore(node, at);
  }
  const wanted = new Set([...after.values()].map((entry) => entry.node));
  for (const child of [...container.childNodes]) if (!wanted.has(child)) child.remove();
  container.kept = after;
  restore(container, focus);
  return container;
}

function focusIn(container) {
  const active = document.activeElement;
  if (!active || !container.contains(active)) return null;
  return { node: active, name: active.dataset.focus, start: active.selectionStart, end: active.selectionEnd };
}

function restore(container, focus) {
  if (!focus || document.activeElement === focus.node) return;
  const target = focus.node.isConnected ? focus.node : named(container, focus.name);
  if (!target) return;
  target.focus({ preventScroll: true });
  if (Number.isInteger(focus.start) && target.setSelectionRange) select(target, focus);
}

export function named(container, name) {
  return name ? container.querySelector(`[data-focus="${CSS.escape(name)}"]`) : null;
}

function select(target, { start, end }) {
  try {
    target.setSelectionRange(start, end);
  } catch {
    // Number, e-mail and date inputs have no caret to put back.
  }
}
