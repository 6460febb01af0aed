// The composer: where a person writes a message or a command.
import { h, button, iconButton } from "./dom.js";
import { Completion } from "./completion.js";
import { Attachments, base64 } from "./files.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { post } from "./api.js";

export class Composer {
  constructor(app, { inThread = false } = {}) {
    Object.assign(this, { app, inThread, drafts: new Map() });
    const name = inThread ? "thread-composer" : "composer";
    this.area = h("textarea", {
      rows: "1",
      testid: name,
      "data-focus": name,
      on: { keydown: (event) => this.key(event), input: () => this.typed() },
    });
    this.files = new Attachments(inThread);
    this.area.disabled = true; // until a conversation is there: what is typed before would be lost
    this.complete = new Completion(app, this.area);
    this.note = h("p", { class: "composer-note", role: "status" });
    const shortcuts = menuButton(
      icon("bolt"),
      { class: "icon", testid: "shortcuts", title: "Shortcuts", "aria-label": "Shortcuts" },
      () => this.shortcuts(),
      "Shortcuts",
    );
    this.go = iconButton(icon("send"), "Send", {
      class: "send",
      testid: inThread ? "thread-send" : "send",
      on: { click: () => this.send() },
    });
    const slash = button("/", {
      class: "icon slash",
      title: "Commands",
      "aria-label": "Commands",
      on: { click: () => this.begin("/") },
    });
    const at = button("@", {
      class: "icon slash",
      title: "Mention somebody",
      "aria-label": "Mention somebody",
      on: { click: () => this.begin("@") },
    });
    this.node = h(
      "div",
      { class: "composer" },
      this.area,
      this.files.chips,
      this.files.picker,
      h(
        "div",
        { class: "composer-bar" },
        inThread ? null : shortcuts,
        inThread ? null : slash,
        at,
        this.files.clip,
        this.note,
        this.go,
      ),
    );
  }

  /** Turns to a conversation, keeping what was half written in the one before. */
  turnTo(place, label) {
    if (place === this.place) return;
    const left = this.drafts.get(place) ?? { text: "", files: [] };
    const files = this.files.swap(left.files);
    if (this.place) this.drafts.set(this.place, { text: this.area.value, files });
    this.place = place;
    this.area.disabled = false;
    this.area.value = left.text;
    this.area.placeholder = label;
    this.area.setAttribute("aria-label", label);
    this.grow();
  }

  shortcuts() {
    const all = this.app.shortcuts("global");
    if (!all.length) return [{ heading: "No shortcuts yet" }];
    return [
      { heading: this.app.appName() },
      ...all.map((one) => ({
        label: one.name,
        note: one.description,
        testid: `shortcut-${one.callback_id}`,
        lead: icon("bolt", 14),
        run: () =>
          this.app.act(() =>
            post("shortcut", { as: this.app.me, callback_id: one.callback_id }).then((answer) =>
              this.app.heard(answer),
            ),
          ),
      })),
    ];
  }

  begin(sign) {
    const { area } = this;
    area.focus();
    if (sign === "/") area.value = area.value.startsWith("/") ? area.value : `/${area.value}`;
    else
      area.setRangeText(
        /\S$/.test(area.value.slice(0, area.selectionStart)) ? ` ${sign}` : sign,
        area.selectionStart,
        area.selectionEnd,
        "end",
      );
    if (sign === "/") area.setSelectionRange(1, 1);
    area.dispatchEvent(new Event("input"));
  }

  typed() {
    this.grow();
    if (this.area.value.startsWith("/") && this.app.person(this.app.me)?.kind === "single_guest") {
      this.note.textContent = "Guests in one channel cannot use commands.";
      return;
    }
    const command = /^\/\S+/.exec(this.area.value)?.[0];
    const known = command && this.app.commands().find((one) => one.command === command);
    this.note.textContent =
      known && this.area.value.includes(" ") ? [known.usage_hint, known.description].filter(Boolean).join(" · ") : "";
  }

  grow() {
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(220, this.area.scrollHeight)}px`;
  }

  key(event) {
    if (event.isComposing) return;
    if (this.complete.key(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  async send() {
    const text = this.area.value.trim();
    if ((!text && !this.files.list.length) || this.busy) return;
    if (this.files.list.length) return this.share(text);
    if (this.inThread && text.startsWith("/")) {
      this.note.textContent = "Commands do not work in threads. Use the box below the channel.";
      return;
    }
    this.wait(true);
    const sent = await this.app.act(() =>
      post("type", {
        as: this.app.me,
        channel: this.app.here,
        text,
        ...(this.inThread ? { thread_ts: this.app.place.thread } : {}),
      }),
    );
    this.wait(false);
    if (sent?.acked === false) this.app.heard(sent); // says so, and keeps what was typed
    if (!sent || sent.acked === false) return;
    this.clear(text);
  }

  /** Sends the files that lay ready, the first with what was written. */
  async share(text) {
    const { list } = this.files;
    this.wait(true);
    while (list.length) {
      const sent = await this.app.act(async () =>
        post("upload", {
          as: this.app.me,
          channel: this.app.here,
          filename: list[0].name,
          base64: await base64(list[0]),
          comment: this.area.value.trim(),
          ...(this.inThread ? { thread_ts: this.app.place.thread } : {}),
        }),
      );
      if (!sent) break;
      list.shift();
      this.clear(text);
    }
    this.files.draw();
    this.wait(false);
  }

  clear(text) {
    if (this.area.value.trim() === text) this.area.value = "";
    this.typed();
    this.complete.close();
  }

  wait(on) {
    this.busy = on;
    this.go.classList.toggle("spin", on);
    this.area.setAttribute("aria-busy", String(on));
  }
}
