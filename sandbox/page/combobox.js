// Combobox: a searchable select, for one or for several, over options that may come from far away.
import { h, button, uid, fill } from "./dom.js";
import { icon } from "./icons.js";
import { float, placeBy } from "./layers.js";

/**
 * find(typed) gives [{value, label, note?, group?}] or a promise of it. `chosen` is a list of such options.
 * onChange gets the list of chosen options each time the person changes it.
 */
export class Combobox {
  constructor({
    find,
    chosen = [],
    several = false,
    most = Infinity,
    clearable = true,
    placeholder,
    onChange,
    props = {},
    wait = 0,
    hint,
  }) {
    Object.assign(this, {
      find,
      chosen,
      several,
      most,
      clearable,
      onChange,
      wait,
      hint,
      placeholder: placeholder || "Choose",
      options: [],
      active: -1,
      asked: 0,
    });
    this.listId = uid("list");
    this.input = h("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": this.listId,
      ...props,
      on: {
        input: () => this.typed(),
        keydown: (event) => this.key(event),
        click: () => this.open(""),
        blur: () => this.close(),
      },
    });
    this.chips = h("span", { class: "chips" });
    this.clear = button(icon("close", 12), {
      class: "icon clear",
      "aria-label": "Clear",
      title: "Clear",
      on: {
        click: () => {
          this.choose([]);
          this.input.focus();
        },
      },
    });
    this.node = h(
      "div",
      { class: "combo", on: { mousedown: (event) => this.poke(event) } },
      this.chips,
      this.input,
      this.clear,
      h("span", { class: "combo-mark" }, icon("down", 12)),
    );
    this.list = h("div", {
      role: "listbox",
      id: this.listId,
      class: "menu options",
      "aria-label": "Options",
      "aria-multiselectable": several ? "true" : null,
      on: { mousedown: (event) => event.preventDefault() },
    });
    this.show();
  }

  get value() {
    return this.chosen.map((option) => option.value);
  }

  set(chosen) {
    this.chosen = chosen;
    this.show();
  }

  show() {
    const one = !this.several && this.chosen[0];
    if (document.activeElement !== this.input || !this.isOpen) this.input.value = one ? one.label : "";
    this.input.placeholder = this.chosen.length ? "" : this.placeholder;
    fill(this.chips, this.several ? this.chosen.map((option) => this.chip(option)) : []);
    this.clear.hidden = !this.clearable || !this.chosen.length;
  }

  chip(option) {
    const drop = () => {
      this.choose(this.chosen.filter((other) => other.value !== option.value));
      this.input.focus();
    };
    return h(
      "span",
      { class: "chip" },
      option.label,
      button(icon("close", 10), { class: "icon", "aria-label": `Remove ${option.label}`, on: { click: drop } }),
    );
  }

  poke(event) {
    if (event.target.closest("button") || event.target === this.input) return;
    event.preventDefault();
    this.input.focus();
    this.open("");
  }

  get isOpen() {
    return this.list.isConnected;
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(this.input.value), this.wait);
  }

  async open(typed) {
    if (!this.isOpen && !this.several) this.input.select();
    const turn = ++this.asked;
    if (!this.isOpen) this.attach();
    if (this.wait) this.say("Searching…");
    const found = await Promise.resolve(this.find(typed)).catch((error) => {
      if (turn === this.asked) this.say(error.message);
      return null;
    });
    if (turn !== this.asked || !found || !this.isOpen) return;
    this.options = found;
    this.active = found.findIndex((option) => this.value.includes(option.value));
    if (this.active < 0 && typed) this.active = 0;
    this.drawOptions();
  }

  attach() {
    float(this.list);
    this.input.setAttribute("aria-expanded", "true");
    this.follow = () => placeBy(this.list, this.node, { width: 160 });
    window.addEventListener("scroll", this.follow, true);
    window.addEventListener("resize", this.follow);
  }

  say(text) {
    fill(this.list, h("div", { class: "menu-head" }, text));
    this.follow?.();
  }

  drawOptions() {
    if (!this.options.length) return this.say(this.hint?.(this.input.value) ?? "Nothing found");
    let group;
    const rows = this.options.flatMap((option, at) => {
      const head =
        option.group && option.group !== group
          ? h("div", { class: "menu-head", role: "presentation" }, option.group)
          : null;
      group = option.group;
      return [head, this.row(option, at)];
    });
    fill(this.list, rows);
    this.follow();
    this.mark();
  }

  row(option, at) {
    const picked = this.value.includes(option.value);
    return h(
      "div",
      {
        role: "option",
        id: `${this.listId}-${at}`,
        "aria-selected": String(picked),
        testid: `option-${option.value}`,
        on: { click: () => this.take(at) },
      },
      h("span", { class: "tick-box", "aria-hidden": "true" }, picked && icon("check", 12)),
      h(
        "span",
        { class: "menu-text" },
        h("span", null, option.label),
        option.note && h("span", { class: "note" }, option.note),
      ),
    );
  }

  mark() {
    this.list
      .querySelectorAll("[role=option]")
      .forEach((node, at) => node.classList.toggle("active", at === this.active));
    const id = this.active >= 0 ? `${this.listId}-${this.active}` : "";
    if (id) this.input.setAttribute("aria-activedescendant", id);
    else this.input.removeAttribute("aria-activedescendant");
    document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!this.isOpen) return this.open("");
      const many = this.options.length;
      this.active = many ? (this.active + step + many) % many : -1;
      return this.mark();
    }
    if (event.key === "Enter") {
      if (this.isOpen) {
        event.preventDefault();
        if (this.active >= 0) this.take(this.active);
      }
      return;
    }
    if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
    if (event.key === "Backspace" && this.several && !this.input.value && this.chosen.length)
      this.choose(this.chosen.slice(0, -1));
  }

  take(at) {
    const option = this.options[at];
    if (!this.several) {
      this.close();
      return this.choose([option]);
    }
    this.input.value = "";
    const has = this.value.includes(option.value);
    if (!has && this.chosen.length >= this.most) return this.say(`You can choose at most ${this.most}.`);
    this.choose(has ? this.chosen.filter((other) => other.value !== option.value) : [...this.chosen, option]);
    this.open("");
  }

  choose(chosen) {
    this.chosen = chosen;
    this.show();
    this.onChange?.(chosen);
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.list.remove();
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    window.removeEventListener("scroll", this.follow, true);
    window.removeEventListener("resize", this.follow);
    this.show();
    if (!this.several || document.activeElement !== this.input)
      this.input.value = this.several ? "" : (this.chosen[0]?.label ?? "");
  }
}
