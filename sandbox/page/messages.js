// Messages: the list of a conversation or a thread, grouped by author and day.
import { h } from "./dom.js";
import { dividerText, dayText } from "./dates.js";
import { keep } from "./keep.js";
import { Message } from "./message.js";

const GROUP_SECONDS = 300;
const NEAR_END = 120;

export class Messages extends Message {
  constructor(app, { inThread = false } = {}) {
    super(app, inThread);
    this.node = h("div", {
      class: "messages",
      role: "log",
      "aria-live": "polite",
      "aria-relevant": "additions",
      "aria-label": inThread ? "Thread" : "Messages",
      tabindex: "-1",
      on: {
        keydown: (event) => this.walk(event),
        focusin: (event) => this.current(event.target.closest("article")),
        scroll: () => {
          this.atEnd = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END;
        },
      },
    });
    this.atEnd = true;
    this.node.addEventListener("load", () => this.stay(), true); // pictures come late and push the end away
    new ResizeObserver(() => this.stay()).observe(this.node);
  }

  draw(channel, messages) {
    const moved = this.channel !== channel;
    this.atEnd ||= moved;
    this.channel = channel;
    this.node.setAttribute("aria-busy", String(moved));
    keep(this.node, this.items(messages));
    this.node.setAttribute("aria-busy", "false");
    this.stay();
    if (!this.node.querySelector("article[tabindex='0']"))
      this.current(this.node.querySelector("article:last-of-type"), false);
  }

  /** Stays at the end, where somebody who has not scrolled away wants to be. */
  stay() {
    if (this.atEnd) this.node.scrollTop = this.node.scrollHeight;
  }

  clear() {
    this.channel = null;
    keep(this.node, []);
  }

  items(messages) {
    const { reader } = this;
    const items = [];
    let last = null;
    for (const message of messages) {
      const day = dayText(Number(message.ts), reader.zone);
      if (!last || day !== dayText(Number(last.ts), reader.zone)) {
        items.push(this.divider(day, message, reader));
        last = null;
      }
      items.push(this.item(message, this.follows(message, last), reader));
      last = message;
    }
    return items.length ? items : [{ key: "empty", sign: this.channel, make: () => this.empty() }];
  }

  divider(day, message, reader) {
    const text = dividerText(Number(message.ts), reader);
    return {
      key: `day ${day}`,
      sign: text,
      make: () => h("div", { class: "day", role: "separator" }, h("span", null, text)),
    };
  }

  follows(message, last) {
    return (
      last &&
      !message.subtype &&
      !last.subtype &&
      !message.ephemeral &&
      !last.ephemeral &&
      authorOf(message) === authorOf(last) &&
      message.ts - last.ts < GROUP_SECONDS
    );
  }

  item(message, grouped, reader) {
    const text = JSON.stringify(message);
    const minute = text.includes("{ago}") ? Math.floor(reader.now / 60) : "";
    const stamp = `${grouped}|${this.channel}|${this.app.stamp()}|${minute}`;
    return {
      key: `${message.ts}${message.ephemeral ? "e" : ""}`,
      sign: text + stamp,
      make: (old) => this.make(message, grouped, old),
    };
  }

  empty() {
    return h(
      "div",
      { class: "empty" },
      h("p", null, this.inThread ? "No replies yet." : "Nothing has been said here yet."),
      h("p", { class: "note" }, "What you write below is the beginning."),
    );
  }

  // --- arrows walk through the messages; only the current one lets Tab into its toolbar

  walk(event) {
    const article = event.target;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !article.matches("article")) return;
    event.preventDefault();
    const all = [...this.node.querySelectorAll("article")];
    all[all.indexOf(article) + step]?.focus();
  }

  current(article, move = true) {
    if (!article) return;
    for (const other of this.node.querySelectorAll("article[tabindex='0']")) if (other !== article) other.tabIndex = -1;
    article.tabIndex = 0;
    if (move) this.node.dataset.walked = "yes";
  }
}

const authorOf = (message) => `${message.user ?? ""}${message.bot_id ?? ""}${message.username ?? ""}`;
