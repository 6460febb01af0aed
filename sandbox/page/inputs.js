// Inputs: one maker for each thing a person can fill in; each gives {node, target}: what to show, what has the focus.
import { h, uid } from "./dom.js";
import { Combobox } from "./combobox.js";
import { chosenIn, finder, sourceOf } from "./options.js";
import { instantOf, localText } from "./dates.js";
import { plain, textNodes } from "./mrkdwn.js";

/** names: {labelledby?, label?, describedby?, required?} */
export function input(element, block, surface, names) {
  return (INPUTS[element.type] ?? unknown)(element, block, surface, names);
}

function common(element, block, surface, names) {
  return {
    id: names.id,
    testid: `action-${element.action_id}`,
    "data-focus": `${surface.key(block, element)}`,
    "aria-labelledby": names.labelledby,
    "aria-label":
      names.labelledby || names.id
        ? null
        : names.label || plain(element.placeholder?.text ?? "").join("") || element.action_id,
    "aria-describedby": names.describedby,
    "aria-required": names.required ? "true" : null,
    placeholder: plain(element.placeholder?.text ?? "").join("") || null,
  };
}

/** What to show first: what was typed here, else what the server kept, else what the block starts with. */
function first(element, block, surface, field, initial) {
  const draft = surface.draft(block, element);
  if (draft) return draft.shown ?? draft.value;
  const kept = surface.kept(block, element);
  return kept && field in kept ? kept[field] : element[initial];
}

// --- typed

function typed(type) {
  return (element, block, surface, names) => {
    const long = element.multiline || element.type === "rich_text_input";
    const kind = long
      ? { rows: 4 }
      : {
          type,
          inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : null,
        };
    const slot = element.type === "rich_text_input" ? "rich_text_value" : "value";
    const target = h(long ? "textarea" : "input", {
      class: "text",
      ...kind,
      ...common(element, block, surface, names),
      value: wordsOf(first(element, block, surface, slot, "initial_value")),
    });
    listenToTyping(target, element, block, surface);
    const left = element.max_length && counter(target, element.max_length);
    return { target, node: left ? h("div", { class: "counted" }, target, left) : target };
  };
}

/** The words of a rich text value; a plain one is its own words. */
function wordsOf(value) {
  if (!value || typeof value === "string") return value ?? "";
  return value.text ?? (value.elements ?? []).map(wordsOf).join(value.type === "rich_text" ? "\n" : "");
}

function listenToTyping(target, element, block, surface) {
  const fires = block.dispatch_action
    ? (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"])
    : [];
  let timer;
  const send = () => surface.choose(block, element, target.value || null);
  target.addEventListener("input", () => {
    surface.note(block, element, target.value || null);
    clearTimeout(timer);
    if (fires.includes("on_character_entered")) timer = setTimeout(send, 400);
  });
  target.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || !fires.includes("on_enter_pressed")) return;
    event.preventDefault();
    send();
  });
}

function counter(target, most) {
  const node = h("span", { class: "counter", "aria-hidden": "true" });
  const count = () => {
    node.textContent = String(most - target.value.length);
    node.classList.toggle("over", target.value.length > most);
  };
  target.addEventListener("input", count);
  count();
  return node;
}

// --- picked from a list

function select(element, block, surface, names) {
  const several = element.type.startsWith("multi_");
  const far = sourceOf(element) === "external";
  const draft = surface.draft(block, element);
  const least = element.min_query_length ?? 3;
  const { placeholder, ...props } = common(element, block, surface, names);
  let before = draft?.shown ?? chosenIn(surface.kept(block, element), element, surface);
  const box = new Combobox({
    several,
    placeholder,
    props,
    chosen: before,
    most: element.max_selected_items ?? Infinity,
    wait: far ? 250 : 0,
    clearable: surface.clearable,
    find: finder(element, block, surface),
    hint: (text) =>
      far && text.length < least ? `Type ${least === 1 ? "a letter" : `${least} letters`} to search` : "Nothing found",
    onChange: async (chosen) => {
      const values = chosen.map((option) => option.value);
      if (await surface.choose(block, element, several ? values : (values[0] ?? null), chosen)) before = chosen;
      else box.set(before);
    },
  });
  return { node: box.node, target: box.input };
}

// --- days and times

function clockInput(type, field, initial) {
  return (element, block, surface, names) => {
    const target = h("input", {
      type,
      class: "text narrow",
      ...common(element, block, surface, names),
      value: first(element, block, surface, field, initial) ?? "",
    });
    target.addEventListener("change", () => surface.choose(block, element, target.value || null));
    return { node: target, target };
  };
}

function moment(element, block, surface, names) {
  const zone = surface.reader.zone;
  const seconds = first(element, block, surface, "selected_date_time", "initial_date_time");
  const target = h("input", {
    type: "datetime-local",
    class: "text narrow",
    ...common(element, block, surface, names),
    value: seconds ? localText(Number(seconds), zone) : "",
  });
  target.addEventListener("change", () =>
    surface.choose(block, element, target.value ? String(instantOf(target.value, zone)) : null),
  );
  return { target, node: h("div", null, target, h("div", { class: "hint" }, `In your time, ${zone}`)) };
}

// --- ticked

function ticks(type) {
  return (element, block, surface, names) => {
    const draft = surface.draft(block, element);
    const kept = surface.kept(block, element);
    const found = kept
      ? (kept.selected_options ?? [kept.selected_option])
      : (element.initial_options ?? [element.initial_option]);
    const on = new Set(draft ? [draft.value].flat() : found.filter(Boolean).map((option) => option.value));
    const group = uid("tick");
    const rows = (element.options ?? []).map((option) =>
      tick(type, group, option, on.has(option.value), element, block, surface),
    );
    const shared = common(element, block, surface, names);
    const node = h(
      "div",
      {
        ...shared,
        placeholder: null,
        "data-focus": null,
        id: null,
        role: type === "radio" ? "radiogroup" : "group",
        class: "ticks",
        "aria-label": names.labelledby ? null : names.label || "Choices",
      },
      rows,
    );
    node.addEventListener("change", () => tell(node, type, element, block, surface));
    return { node, target: node.querySelector("input:checked") ?? node.querySelector("input") };
  };
}

function tick(type, group, option, checked, element, block, surface) {
  const [id, note] = [uid("opt"), uid("opt")];
  const box = h("input", {
    type,
    name: group,
    id,
    value: option.value,
    checked,
    "data-focus": `${surface.key(block, element)}/${option.value}`,
    "aria-describedby": option.description ? note : null,
  });
  const words = h("label", { for: id }, textNodes(option.text, surface.reader));
  return h(
    "div",
    { class: "tick-row", testid: `option-${option.value}` },
    box,
    h(
      "div",
      null,
      words,
      option.description && h("div", { class: "note", id: note }, textNodes(option.description, surface.reader)),
    ),
  );
}

async function tell(node, type, element, block, surface) {
  const values = [...node.querySelectorAll("input:checked")].map((box) => box.value);
  const before = surface.draft(block, element)?.value ?? null;
  if (await surface.choose(block, element, type === "radio" ? (values[0] ?? null) : values)) return;
  node.querySelectorAll("input").forEach((box) => {
    box.checked = [before].flat().includes(box.value);
  });
}

// --- files and anything else

function unknown(element) {
  const node = h("p", { class: "hint" }, `This workspace does not draw ${element.type} yet.`);
  return { node, target: node };
}

const INPUTS = {
  plain_text_input: typed("text"),
  rich_text_input: typed("text"),
  number_input: typed("text"), // A number field of the browser would swallow "abc" and leave nothing to complain about.
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  datepicker: clockInput("date", "selected_date", "initial_date"),
  timepicker: clockInput("time", "selected_time", "initial_time"),
  datetimepicker: moment,
  checkboxes: ticks("checkbox"),
  radio_buttons: ticks("radio"),
};
for (const source of ["static", "external", "users", "conversations", "channels"])
  Object.assign(INPUTS, { [`${source}_select`]: select, [`multi_${source}_select`]: select });
