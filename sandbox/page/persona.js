// The persona: who is looking at the workspace, and how to become somebody else.
import { h, button, fill } from "./dom.js";
import { avatar } from "./avatar.js";
import { timeText } from "./dates.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";

const KINDS = {
  owner: "Workspace owner",
  admin: "Admin",
  member: "Member",
  multi_guest: "Guest in several channels",
  single_guest: "Guest in one channel",
  bot: "App",
  deactivated: "Deactivated",
};

export const roleOf = (person) => [person.title, KINDS[person.kind]].filter(Boolean).join(" · ");
const localTime = (app, person) => timeText(app.now(), person.tz, app.reader().hour24);

/** People one can be: not apps, not Slackbot, not who has left. */
export const personas = (app) =>
  app.people().filter((person) => !["bot", "deactivated"].includes(person.kind) && person.id !== "USLACKBOT");

export class Persona {
  constructor(app) {
    this.app = app;
    this.label = h("span", { class: "persona-label" });
    this.node = menuButton(
      [this.label, icon("down", 12)],
      { class: "persona", testid: "persona-switcher", "data-focus": "persona" },
      () => this.items(),
      "Look at the workspace as",
    );
  }

  draw() {
    const { app } = this;
    const me = app.person(app.me);
    if (!me) return;
    const sign = JSON.stringify([me, localTime(app, me)]);
    if (sign === this.sign) return;
    this.sign = sign;
    this.node.setAttribute(
      "aria-label",
      `You are ${me.real_name}, ${roleOf(me)}, ${localTime(app, me)} there. Change persona`,
    );
    fill(
      this.label,
      avatar(me),
      h(
        "span",
        { class: "menu-text" },
        h("strong", null, me.real_name),
        h("span", { class: "note" }, roleOf(me)),
        h("span", { class: "note" }, `${localTime(app, me)} · ${me.tz}`),
      ),
    );
  }

  items() {
    return [
      { heading: "Look at the workspace as" },
      ...personas(this.app).map((person) => ({
        lead: avatar(person),
        label: person.real_name,
        note: roleOf(person),
        aside: localTime(this.app, person),
        testid: `persona-${person.handle}`,
        current: person.id === this.app.me,
        run: () => this.app.become(person),
      })),
    ];
  }
}

/** The first screen, before anybody was chosen. */
export function welcome(app) {
  const card = (person) =>
    button(
      [
        avatar(person, "big"),
        h("strong", null, person.real_name),
        h("span", { class: "note" }, roleOf(person)),
        h("span", { class: "note" }, `${localTime(app, person)} · ${person.tz}`),
      ],
      { class: "card", testid: `persona-${person.handle}`, on: { click: () => app.become(person) } },
    );
  return h(
    "div",
    { class: "welcome" },
    h("h1", null, `Welcome to ${app.state.team.name}`),
    h("p", null, "Choose who you want to be. You can change at any time, and open a second tab as somebody else."),
    h("div", { class: "cards" }, personas(app).map(card)),
  );
}
