// Completion: what the composer offers while somebody types /commands, @people, #channels and :emoji:.
import { h, uid } from "./dom.js";
import { avatar } from "./avatar.js";
import { search } from "./emoji.js";
import { icon } from "./icons.js";
import { float, placeBy } from "./layers.js";

const has = (text, typed) => text.toLowerCase().includes(typed.toLowerCase());

const KINDS = [
  {
    pattern: /^\/([\w-]*)$/,
    find: (app, typed) =>
      (app.person(app.me)?.kind === "single_guest" ? [] : app.commands())
        .filter((one) => has(one.command, typed))
        .sort((a, b) => !a.command.startsWith(`/${typed}`) - !b.command.startsWith(`/${typed}`))
        .map((one) => ({
          insert: one.command,
          label: one.command,
          note: [one.usage_hint, one.description].filter(Boolean).join(" · "),
          lead: icon("bolt", 14),
        })),
  },
  { pattern: /(?:^|\s)@([\p{L}\p{N}._ -]{0,30})$/u, find: (app, typed) => mentions(app, typed) },
  {
    pattern: /(?:^|\s)#([\p{L}\p{N}_-]*)$/u,
    find: (app, typed) =>
      app
        .seen()
        .filter((one) => ["channel", "private"].includes(one.kind) && has(one.name, typed))
        .map((one) => ({ insert: `#${one.name}`, label: `#${one.name}` })),
  },
  {
    pattern: /(?:^|\s):([a-z0-9_+-]{2,})$/,
    find: (app, typed) =>
      search(typed, 6).map(([name, sign]) => ({
        insert: `:${name}:`,
        label: `:${name}:`,
        lead: h("span", { class: "emoji" }, sign),
      })),
  },
];

function mentions(app, typed) {
  const people = app
    .people()
    .filter((one) => one.kind !== "deactivated" && (has(one.real_name, typed) || has(one.handle ?? "", typed)));
  const shouts = ["here", "channel", "everyone"]
    .filter((word) => typed && word.startsWith(typed))
    .map((word) => ({ insert: `@${word}`, label: `@${word}`, note: "Tells everybody" }));
  return [
    ...people.map((one) => ({
      insert: `@${one.real_name}`,
      label: one.real_name,
      note: one.title,
      lead: avatar(one, "mini"),
    })),
    ...shouts,
  ];
}

export class Completion {
  constructor(app, area) {
    Object.assign(this, { app, area, found: [], at: 0, id: uid("complete") });
    this.list = h("div", {
      id: this.id,
      role: "listbox",
      class: "menu options",
      "aria-label": "Suggestions",
      testid: "completion",
      on: { mousedown: (event) => event.preventDefault() },
    });
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.id);
    area.addEventListener("input", () => this.look());
    area.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return this.list.isConnected;
  }

  look() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    const kind = KINDS.find(({ pattern }) => pattern.test(before));
    const typed = kind && kind.pattern.exec(before)[1];
    this.found = kind ? kind.find(this.app, typed).slice(0, 12) : [];
    if (!this.found.length) return this.close();
    this.from = before.length - typed.length - 1;
    this.at = 0;
    this.draw();
  }

  draw() {
    if (!this.isOpen) float(this.list);
    this.list.replaceChildren(...this.found.map((one, at) => this.row(one, at)));
    placeBy(this.list, this.area, { width: 280 });
    this.mark();
  }

  row(one, at) {
    return h(
      "div",
      {
        role: "option",
        id: `${this.id}-${at}`,
        "aria-selected": String(at === this.at),
        on: { click: () => this.take(at) },
      },
      one.lead,
      h("span", { class: "menu-text" }, h("span", null, one.label), one.note && h("span", { class: "note" }, one.note)),
    );
  }

  mark() {
    [...this.list.children].forEach((node, at) => {
      node.classList.toggle("active", at === this.at);
      node.setAttribute("aria-selected", String(at === this.at));
    });
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
  }

  /** True when the key was for the list of suggestions. */
  key(event) {
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.mark();
      return true;
    }
    if (event.key === "Escape") {
      this.close();
      return true;
    }
    const whole = this.area.value.slice(this.from, this.area.selectionStart) === this.found[this.at].insert;
    if (event.key === "Tab" || (event.key === "Enter" && !whole)) {
      this.take(this.at);
      return true;
    }
    return false;
  }

  take(at) {
    const { area } = this;
    area.setRangeText(`${this.found[at].insert} `, this.from, area.selectionStart, "end");
    this.close();
    area.dispatchEvent(new Event("input"));
    area.focus();
  }

  close() {
    this.list.remove();
    this.area.removeAttribute("aria-activedescendant");
  }
}
