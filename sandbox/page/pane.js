// The pane: the conversation in the middle, with its heading, tabs, messages and composer.
import { h, button, iconButton, fill } from "./dom.js";
import { confirmed } from "./confirm.js";
import { Composer } from "./composer.js";
import { Home } from "./home.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { Messages } from "./messages.js";
import { post } from "./api.js";
import { topicOf } from "./sidebar.js";

export class Pane {
  constructor(app) {
    this.app = app;
    this.messages = new Messages(app);
    this.composer = new Composer(app);
    this.home = new Home(app);
    this.title = h("h2", { class: "pane-title" });
    this.topic = h("p", { class: "note topic" });
    this.drawer = iconButton(icon("menu"), "Channels and people", {
      class: "drawer",
      testid: "drawer",
      "aria-expanded": "false",
      on: { click: () => app.drawer(true) },
    });
    this.more = menuButton(
      icon("more"),
      { class: "icon", "aria-label": "Channel actions", title: "Channel actions", testid: "channel-menu" },
      () => this.choices(),
      "Channel actions",
    );
    this.tabs = h(
      "div",
      { class: "tabs", role: "tablist", "aria-label": "App", on: { keydown: (event) => this.turn(event) } },
      this.tab("home", "Home"),
      this.tab("messages", "Messages"),
    );
    this.talk = h("div", { class: "talk" }, this.messages.node, this.composer.node);
    this.composer.files.takeDrops(this.talk);
    fill(
      document.getElementById("main"),
      h(
        "header",
        { class: "pane-head" },
        this.drawer,
        h("div", { class: "pane-names" }, this.title, this.topic),
        this.more,
      ),
      this.tabs,
      this.home.node,
      this.talk,
    );
  }

  tab(name, label) {
    return button(label, {
      role: "tab",
      id: `tab-${name}`,
      testid: `${name}-tab`,
      on: { click: () => this.app.openApp(name) },
    });
  }

  turn(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = event.target.id === "tab-home" ? "messages" : "home";
    this.app.openApp(other);
    document.getElementById(`tab-${other}`).focus();
  }

  draw() {
    const { app } = this;
    const one = app.conversation();
    const isApp = one?.kind === "app";
    const onHome = isApp && app.place.tab === "home";
    this.head(one);
    this.tabs.hidden = !isApp;
    this.home.node.hidden = !onHome;
    this.talk.hidden = onHome;
    this.talk.setAttribute("role", isApp ? "tabpanel" : "presentation");
    for (const name of ["home", "messages"]) this.mark(name, (app.place.tab === "home") === (name === "home"));
    if (onHome) this.messages.clear();
    if (onHome) return this.home.draw(app.see.home);
    this.composer.turnTo(`${app.me} ${app.here}`, `Message ${app.titleOf(one)}`);
    this.messages.draw(app.here, app.messages);
  }

  mark(name, on) {
    const tab = document.getElementById(`tab-${name}`);
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
  }

  head(one) {
    const { app } = this;
    const channel = app.channel(one?.id);
    const title = app.titleOf(one);
    const known = topicOf(channel) || topicOf(one) || (one?.user ? (app.person(one.user)?.title ?? "") : "");
    const topic = one?.archived ? "Archived" : known;
    if (this.title.textContent !== title) this.title.textContent = title;
    this.topic.textContent = topic;
    this.more.hidden = !["channel", "private"].includes(one?.kind);
    document.title = `${title} · ${app.state.team.name}`;
  }

  /** What the people who run the workspace can do with a channel. */
  fates(channel) {
    const { app } = this;
    const one = app.conversation();
    const { kind } = app.person(app.me) ?? {};
    const ask = (label, path, confirm) => ({
      label,
      testid: path,
      danger: path === "delete",
      run: async () => (await confirmed(confirm, app.reader())) && app.act(() => post(path, { as: app.me, channel })),
    });
    if (kind?.endsWith("guest") || one.name === "general") return [];
    const back = one.archived ? ask("Bring this channel back", "unarchive") : ask("Archive this channel", "archive");
    return ["owner", "admin"].includes(kind) ? [back, ask("Delete this channel", "delete", deletion(one))] : [back];
  }

  choices() {
    const { app } = this;
    const channel = app.here;
    const others = app
      .people()
      .filter((one) => one.id !== app.me && one.kind !== "deactivated" && one.id !== "USLACKBOT");
    const invite = others.map((one) => ({
      label: one.real_name,
      note: one.title,
      testid: `invite-${one.handle}`,
      run: () => app.act(() => post("invite", { as: app.me, channel, user: one.id })),
    }));
    return [
      {
        label: "Leave this channel",
        testid: "leave",
        run: () => app.act(() => post("leave", { as: app.me, channel })),
      },
      ...this.fates(channel),
      { heading: "Add somebody" },
      ...invite,
    ];
  }
}

const deletion = (one) => ({
  title: { text: `Delete #${one.name}?` },
  text: { type: "plain_text", text: "Everything that was said in it goes with it, and nobody can bring it back." },
  confirm: { text: "Delete" },
  deny: { text: "Keep it" },
  style: "danger",
});
