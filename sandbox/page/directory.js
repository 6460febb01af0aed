// The directory: who and what this person can see in the workspace, found by id, and how it is called.
import { dayText } from "./dates.js";
import { hour24 } from "./settings.js";

/** `state` and `see` are what the workspace said last; `me`, `place` and `now()` come from the page. */
export class Directory {
  reader() {
    const zone = this.person(this.me)?.tz ?? "UTC";
    return {
      zone,
      now: this.now(),
      hour24: hour24(),
      me: this.me,
      person: (id) => this.person(id),
      channel: (id) => this.channel(id),
      openChannel: (id) => this.go(id),
    };
  }

  /** Changes when drawn text would read differently: another zone, day, clock style or name. */
  stamp() {
    const { zone, now, hour24: style } = this.reader();
    return `${zone} ${dayText(now, zone)} ${style} ${this.people()
      .map((one) => one.real_name)
      .join()}`;
  }

  people() {
    return this.state?.people ?? [];
  }

  person(id) {
    return (
      this.people().find((one) => one.id === id) ??
      (id && id === this.state?.app.user_id ? { id, real_name: this.appName(), kind: "bot" } : null)
    );
  }

  /** A channel this person may know of: an open one, or one they are in. */
  channel(id) {
    const seen = this.seen().find((one) => one.id === id);
    const known = this.state.channels.find((one) => one.id === id && (seen || one.kind === "channel"));
    return known ?? seen ?? null;
  }

  seen() {
    return this.see?.conversations ?? [];
  }

  commands() {
    return this.state?.commands ?? [];
  }

  shortcuts(type) {
    return (this.state?.shortcuts ?? []).filter((one) => one.type === type);
  }

  appName() {
    return this.state.app.name;
  }

  imWith(user) {
    return this.seen().find((one) => one.kind === "im" && one.user === user)?.id ?? null;
  }

  /** The conversation in view: the one in the hash, else the first channel. */
  conversation() {
    const wanted = this.place.in;
    const named = wanted?.startsWith("@") ? this.people().find((one) => `@${one.handle}` === wanted) : null;
    const found = this.seen().find(
      (one) =>
        one.id === wanted ||
        `#${one.name}` === wanted ||
        (named && one.user === named.id) ||
        (wanted === "@app" && one.kind === "app"),
    );
    if (found || !named) return found ?? this.seen().find((one) => one.kind === "channel") ?? this.seen()[0];
    return { id: wanted, kind: "im", name: named.real_name, user: named.id, unread: 0 };
  }

  get here() {
    return this.conversation()?.id ?? null;
  }

  nameOf(one) {
    if (one.kind === "app") return this.appName();
    return one.kind === "im" ? (this.person(one.user)?.real_name ?? one.name) : one.name;
  }

  titleOf(one) {
    if (!one) return "";
    return ["channel", "private"].includes(one.kind) ? `#${one.name}` : this.nameOf(one);
  }

  labelOf(id) {
    const person = this.person(id);
    if (person) return person.real_name;
    const one = this.seen().find((found) => found.id === id) ?? this.channel(id);
    return one ? this.titleOf({ kind: "channel", ...one }) : id;
  }

  author(message) {
    const person = this.person(message.user);
    const bot = Boolean(message.bot_id) || person?.kind === "bot";
    return {
      ...(person ?? { id: message.user ?? message.bot_id ?? "" }),
      real_name: message.username ?? person?.real_name ?? (bot ? this.appName() : "Somebody"),
      bot,
    };
  }
}
