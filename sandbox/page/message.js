// A message: who said it, when, what, the reactions and replies under it, and what can be done with it.
import { h, button, iconButton } from "./dom.js";
import { avatar } from "./avatar.js";
import { drawBlocks } from "./blocks.js";
import { shortDay, timeText } from "./dates.js";
import { fileCards } from "./files.js";
import { emoji, QUICK, search } from "./emoji.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { emojiNode, mrkdwn, textNodes } from "./mrkdwn.js";
import { Surface } from "./surface.js";
import { post } from "./api.js";

/** Draws single messages; the list that owns them sets `channel`. */
export class Message {
  constructor(app, inThread) {
    Object.assign(this, { app, inThread, channel: null, surfaces: new Map() });
  }

  get reader() {
    return this.app.reader();
  }

  make(message, grouped, old) {
    if (/^(channel|group)_(join|leave|topic|purpose|name|archive)/.test(message.subtype ?? ""))
      return this.notice(message);
    const who = this.app.author(message);
    const node = h(
      "article",
      {
        class: `message ${grouped ? "grouped" : ""} ${message.ephemeral ? "ephemeral" : ""}`,
        testid: "message",
        "data-ts": message.ts,
        "data-focus": `message ${message.ts}`,
        tabindex: old?.tabIndex === 0 ? "0" : "-1",
        "aria-label": `${who.real_name}, ${shortDay(message.ts, this.reader.zone)} ${this.time(message)}`,
      },
      grouped ? h("span", { class: "gutter" }, this.stampNode(message)) : avatar(who),
      this.body(message, who, grouped),
      this.toolbar(message),
    );
    return node;
  }

  body(message, who, grouped) {
    return h(
      "div",
      { class: "message-body" },
      message.ephemeral && h("div", { class: "only-you" }, icon("eye", 13), "Only visible to you"),
      grouped
        ? null
        : h(
            "div",
            { class: "message-head" },
            h("strong", null, who.real_name),
            who.bot && h("span", { class: "badge" }, "APP"),
            this.stampNode(message),
          ),
      message.subtype === "thread_broadcast" && !this.inThread && h("div", { class: "note" }, "replied to a thread"),
      this.content(message),
      message.edited && h("span", { class: "note", testid: "edited" }, " (edited)"),
      this.reactions(message),
      this.inThread ? null : this.replies(message),
    );
  }

  time(message) {
    return timeText(Number(message.ts), this.reader.zone, this.reader.hour24);
  }

  stampNode(message) {
    return h(
      "time",
      {
        class: "stamp",
        datetime: new Date(message.ts * 1000).toISOString(),
        title: `${shortDay(message.ts, this.reader.zone)}, ${this.time(message)} (${this.reader.zone})`,
      },
      this.time(message),
    );
  }

  notice(message) {
    return h(
      "article",
      { class: "message notice", testid: "message", "data-ts": message.ts, tabindex: "-1" },
      h("span", { class: "gutter" }, this.stampNode(message)),
      h("div", { class: "message-body note" }, mrkdwn(message.text ?? "", this.reader)),
    );
  }

  content(message) {
    const surface = this.surface(message);
    const box = h("div", { class: "message-content" });
    if (message.blocks?.length && !isTyped(message)) drawBlocks(box, message.blocks, surface);
    else box.append(...textNodes(message.text ?? "", this.reader));
    if (message.files?.length) box.append(fileCards(this.app, message.files));
    box.append(...(message.attachments ?? []).map((one) => this.attachment(one, surface)));
    return box;
  }

  attachment(one, surface) {
    const box = h(
      "div",
      { class: "attachment" },
      textNodes(one.blocks ? "" : (one.text ?? one.fallback ?? ""), this.reader),
    );
    return one.blocks ? drawBlocks(box, one.blocks, surface) : box;
  }

  surface(message) {
    const key = `${this.channel}/${message.ts}`;
    if (!this.surfaces.has(key))
      this.surfaces.set(key, new Surface(this.app, { channel: this.channel, ts: message.ts }));
    const surface = this.surfaces.get(key);
    surface.values = message.state?.values ?? {};
    return surface;
  }

  // --- reactions and replies

  reactions(message) {
    if (!message.reactions?.length) return null;
    return h(
      "div",
      { class: "reactions" },
      message.reactions.map((one) => this.reaction(message, one)),
    );
  }

  reaction(message, { name, users = [], count = users.length }) {
    const mine = users.includes(this.app.me);
    const names = users.map((id) => this.app.labelOf(id)).join(", ");
    return button([emoji(name) ? emojiNode(name, emoji(name)) : `:${name}:`, ` ${count}`], {
      class: "reaction",
      "aria-pressed": String(mine),
      title: names,
      testid: `reaction-${name}`,
      "data-focus": `react ${message.ts} ${name}`,
      "aria-label": `${name.replaceAll("_", " ")}, ${count}. ${names}`,
      on: { click: () => this.react(message, name) },
    });
  }

  react(message, name) {
    return this.app.act(() => post("react", { as: this.app.me, channel: this.channel, ts: message.ts, name }));
  }

  replies(message) {
    if (!message.reply_count) return null;
    const faces = (message.reply_users ?? []).slice(0, 3).map((id) => avatar(this.app.person(id), "mini"));
    return button([faces, h("span", null, message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`)], {
      class: "replies",
      testid: "replies",
      on: { click: () => this.app.openThread(message.ts) },
    });
  }

  // --- what can be done with a message

  toolbar(message) {
    if (message.ephemeral) return null;
    const bar = h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" });
    bar.append(
      iconButton(icon("smile"), "Add a reaction", {
        testid: "add-reaction",
        on: { click: (event) => this.pick(event.currentTarget, message) },
      }),
    );
    if (!this.inThread)
      bar.append(
        iconButton(icon("reply"), "Reply in thread", {
          testid: "reply-in-thread",
          on: { click: () => this.app.openThread(message.thread_ts ?? message.ts) },
        }),
      );
    bar.append(
      iconButton(icon("more"), "More actions", {
        testid: "message-menu",
        "aria-haspopup": "menu",
        "data-focus": `more ${message.ts}`,
        on: { click: (event) => openMenu(event.currentTarget, this.choices(message), "More actions") },
      }),
    );
    return bar;
  }

  choices(message) {
    const shortcuts = this.app.shortcuts("message").map((one) => ({
      label: one.name,
      note: one.description,
      testid: `shortcut-${one.callback_id}`,
      run: () => this.shortcut(one, message),
    }));
    const reply = this.inThread
      ? []
      : [{ label: "Reply in thread", run: () => this.app.openThread(message.thread_ts ?? message.ts) }];
    return [
      ...reply,
      ...(shortcuts.length ? [{ heading: this.app.appName() }, ...shortcuts] : []),
      {
        label: "Mark as read",
        run: () => this.app.act(() => post("read", { as: this.app.me, channel: this.channel })),
      },
    ];
  }

  shortcut(one, message) {
    return this.app.act(() =>
      post("shortcut", { as: this.app.me, callback_id: one.callback_id, channel: this.channel, ts: message.ts }).then(
        (answer) => this.app.heard(answer),
      ),
    );
  }

  pick(anchor, message) {
    const names = [...QUICK, ...search("", 30).map(([name]) => name)]
      .filter((name, at, all) => all.indexOf(name) === at && emoji(name))
      .slice(0, 30);
    openMenu(
      anchor,
      names.map((name) => ({
        lead: h("span", { class: "emoji", "aria-hidden": "true" }, emoji(name)),
        label: name.replaceAll("_", " "),
        testid: `react-${name}`,
        run: () => this.react(message, name),
      })),
      "Add a reaction",
    );
  }
}

/** What a person typed: its text keeps *bold* and the like, which its rich text may not. */
const isTyped = (message) =>
  !message.bot_id && message.text && message.blocks.length === 1 && message.blocks[0].type === "rich_text";
