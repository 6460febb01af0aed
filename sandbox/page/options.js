// Options: where the choices of a select come from, and how a chosen one is written and read.
import { plain } from "./mrkdwn.js";

const wordOf = (text) => plain(text?.text ?? "").join("");
export const fromOption = (option, group) => ({
  value: option.value,
  label: wordOf(option.text),
  note: option.description ? wordOf(option.description) : null,
  group,
});

const flatten = (options, groups) => [
  ...(options ?? []).map((option) => fromOption(option)),
  ...(groups ?? []).flatMap((group) => group.options.map((option) => fromOption(option, wordOf(group.label)))),
];

const matching = (all, typed) =>
  all.filter((option) => `${option.label} ${option.note ?? ""}`.toLowerCase().includes(typed.trim().toLowerCase()));

const SOURCES = {
  static: (element) => (typed) => matching(flatten(element.options, element.option_groups), typed),
  external: (element, block, surface) => async (typed) => {
    if (typed.length < (element.min_query_length ?? 3)) return [];
    const { options, groups } = await surface.options(block, element, typed);
    return flatten(options, groups);
  },
  users: (element, block, surface) => (typed) => matching(people(surface.app), typed),
  conversations: (element, block, surface) => (typed) => matching(conversations(surface.app, element.filter), typed),
  channels: (element, block, surface) => (typed) => matching(channels(surface.app), typed),
};

export const sourceOf = (element) => element.type.replace(/^multi_/, "").replace(/_select$/, "");
export const finder = (element, block, surface) => SOURCES[sourceOf(element)](element, block, surface);

function people(app) {
  return app
    .people()
    .filter((person) => person.kind !== "deactivated")
    .map((person) => ({ value: person.id, label: person.real_name, note: person.title }));
}

function channels(app) {
  return app
    .seen()
    .filter((one) => one.kind === "channel" && !one.archived)
    .map((one) => ({ value: one.id, label: `#${one.name}` }));
}

const KINDS = { channel: "public", private: "private", im: "im", app: "im", mpim: "mpim" };

function conversations(app, filter) {
  const wanted = filter?.include;
  return app
    .seen()
    .filter(
      (one) =>
        !one.archived &&
        (!wanted || wanted.includes(KINDS[one.kind])) &&
        !(filter?.exclude_bot_users && one.kind === "app"),
    )
    .map((one) => ({
      value: one.id,
      label: one.kind === "channel" || one.kind === "private" ? `#${one.name}` : app.nameOf(one),
    }));
}

/** The chosen options of a select as it was first drawn or as the server keeps it. */
export function chosenIn(kept, element, surface) {
  const source = sourceOf(element);
  if (source === "static" || source === "external") return optionsIn(kept, element);
  const noun = { users: "user", conversations: "conversation", channels: "channel" }[source];
  const ids = kept
    ? (kept[`selected_${noun}s`] ?? [kept[`selected_${noun}`]])
    : (element[`initial_${noun}s`] ?? [element[`initial_${noun}`] ?? here(element, surface)]);
  return ids.filter(Boolean).map((id) => ({ value: id, label: surface.app.labelOf(id) }));
}

function optionsIn(kept, element) {
  const found = kept
    ? (kept.selected_options ?? [kept.selected_option])
    : (element.initial_options ?? [element.initial_option]);
  return found.filter(Boolean).map((option) => fromOption(option));
}

function here(element, surface) {
  return element.default_to_current_conversation ? surface.app.here : null;
}
