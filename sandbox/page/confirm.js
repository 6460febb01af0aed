// Confirm: the small "are you sure" a block asks for before it acts.
import { h, button, uid } from "./dom.js";
import { raise } from "./layers.js";
import { textNodes } from "./mrkdwn.js";

/** Resolves to true or false; without a confirm object it is true at once. */
export function confirmed(ask, reader) {
  if (!ask) return Promise.resolve(true);
  return new Promise((resolve) => show(ask, reader, resolve));
}

function show(ask, reader, resolve) {
  const [title, text] = [uid("ask"), uid("ask")];
  const answer = (yes) => {
    lower();
    resolve(yes);
  };
  const no = button(ask.deny?.text ?? "Cancel", {
    class: "btn",
    testid: "confirm-deny",
    on: { click: () => answer(false) },
  });
  const yes = button(ask.confirm?.text ?? "Yes", {
    class: `btn ${ask.style ?? "primary"}`,
    testid: "confirm-ok",
    on: { click: () => answer(true) },
  });
  const box = h(
    "div",
    {
      class: "dialog small",
      role: "alertdialog",
      "aria-modal": "true",
      "aria-labelledby": title,
      "aria-describedby": text,
      testid: "confirm",
    },
    h("h2", { id: title }, ask.title?.text ?? "Are you sure?"),
    h("div", { id: text, class: "confirm-text" }, textNodes(ask.text, reader)),
    h("div", { class: "dialog-foot" }, no, yes),
  );
  const lower = raise(h("div", { class: "backdrop" }, box), { onEscape: () => answer(false) });
  no.focus();
}
