// The sidebar: the workspace, who you are, where you can go, and the clock.
import { h, button, iconButton, hidden, fill } from "./dom.js";
import { avatar } from "./avatar.js";
import { Clock } from "./clock.js";
import { icon } from "./icons.js";
import { keep } from "./keep.js";
import { menuButton } from "./menu.js";
import { Persona } from "./persona.js";
import { post } from "./api.js";
import { toggleTheme } from "./settings.js";

export class Sidebar {
  constructor(app) {
    this.app = app;
    this.persona = new Persona(app);
    this.clock = new Clock(app);
    this.name = h("h1", { class: "team" });
    this.line = h("p", { class: "line", role: "status", testid: "connection" });
    const theme = iconButton([icon("sun"), icon("moon")], "Light or dark", {
      class: "theme",
      testid: "theme",
      on: { click: toggleTheme },
    });
    this.channels = h("div", { class: "rows" });
    this.people = h("div", { class: "rows" });
    this.apps = h("div", { class: "rows" });
    const browse = menuButton(
      "+",
      { class: "icon add", "aria-label": "Browse channels", title: "Browse channels", testid: "browse-channels" },
      () => this.joinable(),
      "Channels",
    );
    const write = menuButton(
      "+",
      { class: "icon add", "aria-label": "New direct message", title: "New direct message", testid: "new-message" },
      () => this.writable(),
      "People",
    );
    fill(
      document.getElementById("sidebar"),
      h("div", { class: "side-head" }, h("div", { class: "side-top" }, this.name, theme), this.line, this.persona.node),
      h(
        "div",
        { class: "side-scroll" },
        this.group("Channels", this.channels, browse),
        this.group("Direct messages", this.people, write),
        this.group("Apps", this.apps),
      ),
      this.clock.node,
    );
  }

  group(title, rows, more) {
    return h("section", { "aria-label": title }, h("div", { class: "group-head" }, h("h2", null, title), more), rows);
  }

  draw() {
    const { app } = this;
    this.name.textContent = app.state.team.name;
    this.drawLine();
    this.persona.draw();
    this.clock.draw();
    const of = (...kinds) =>
      app
        .seen()
        .filter((one) => kinds.includes(one.kind))
        .map((one) => this.row(one));
    keep(this.channels, of("channel", "private"));
    keep(this.people, of("im", "mpim"));
    keep(this.apps, of("app"));
  }

  drawLine() {
    const { app } = this;
    const name = app.appName();
    const text = !app.online
      ? "Workspace not reachable, trying again"
      : app.state.app.connected
        ? `${name} is connected`
        : `${name} is not connected`;
    this.line.className = `line ${app.online && app.state.app.connected ? "on" : "off"}`;
    if (this.line.textContent !== text) this.line.textContent = text;
  }

  row(one) {
    const { app } = this;
    const here = app.here === one.id;
    const label = app.nameOf(one);
    const sign = JSON.stringify([one.unread, one.mentions, here, label, one.archived]);
    return { key: one.id, sign, make: () => this.makeRow(one, here, label) };
  }

  makeRow(one, here, label) {
    const count = one.mentions || one.unread;
    const test =
      one.kind === "channel" || one.kind === "private"
        ? `channel-${one.name}`
        : one.kind === "app"
          ? "app-dm"
          : one.kind === "mpim"
            ? `group-${one.users.map((id) => this.app.person(id)?.handle ?? id).join("+")}`
            : `dm-${this.app.person(one.user)?.handle ?? one.id}`;
    return button(
      [
        this.lead(one),
        h("span", { class: "row-name" }, label),
        one.unread > 0 &&
          h(
            "span",
            { class: `count ${one.mentions || isDirect(one) ? "loud" : ""}` },
            String(count),
            hidden(" unread"),
          ),
      ],
      {
        class: `row ${one.unread ? "unread" : ""}`,
        testid: test,
        "data-focus": `row ${one.id}`,
        "aria-current": here ? "page" : null,
        on: { click: () => this.app.go(one.id) },
      },
    );
  }

  lead(one) {
    if (one.kind === "channel") return icon("hash", 14);
    if (one.kind === "private") return icon("lock", 14);
    if (one.kind === "mpim")
      return h("span", { class: "avatar mini crowd", "aria-hidden": "true" }, String(one.users.length));
    return avatar(
      this.app.person(one.user ?? (one.kind === "app" ? this.app.state.app.user_id : null)) ?? {
        real_name: this.app.nameOf(one),
        id: one.id,
      },
      "mini",
    );
  }

  joinable() {
    const mine = new Set(this.app.seen().map((one) => one.id));
    const free = this.app.state.channels.filter((one) => !mine.has(one.id) && one.kind === "channel" && !one.archived);
    if (!free.length) return [{ heading: "You are in every open channel" }];
    return [
      { heading: "Join a channel" },
      ...free.map((one) => ({
        label: `#${one.name}`,
        note: topicOf(one),
        testid: `join-${one.name}`,
        run: () =>
          this.app
            .act(() => post("join", { as: this.app.me, channel: one.id }))
            .then((ok) => ok && this.app.go(one.id)),
      })),
    ];
  }

  writable() {
    const others = this.app
      .people()
      .filter((one) => one.id !== this.app.me && !["bot", "deactivated"].includes(one.kind) && one.id !== "USLACKBOT");
    return [
      { heading: "Write to" },
      ...others.map((one) => ({
        lead: avatar(one, "mini"),
        label: one.real_name,
        note: one.title,
        testid: `write-${one.handle}`,
        run: () => this.app.go(this.app.imWith(one.id) ?? `@${one.handle}`),
      })),
    ];
  }
}

const isDirect = (one) => ["im", "mpim", "app"].includes(one.kind);
export const topicOf = (channel) => channel?.topic ?? "";
