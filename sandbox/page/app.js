// The page itself: who looks, where, what the workspace says, and drawing it again whenever that changes.
import { get, post, stream } from "./api.js";
import { fill } from "./dom.js";
import { Directory } from "./directory.js";
import { named } from "./keep.js";
import { Modals } from "./modal.js";
import { Pane } from "./pane.js";
import { personas, welcome } from "./persona.js";
import { Sidebar } from "./sidebar.js";
import { Thread } from "./thread.js";
import { toast } from "./toast.js";
import { applyTheme } from "./settings.js";

const TICK_MS = 5000;

class App extends Directory {
  constructor() {
    super();
    Object.assign(this, {
      me: null,
      place: {},
      state: null,
      see: null,
      messages: [],
      replies: [],
      online: true,
      read: "",
    });
  }

  async start() {
    applyTheme();
    document.getElementById("shade").addEventListener("click", () => this.drawer(false));
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.drawer(false);
    });
    addEventListener("hashchange", () => this.follow());
    setInterval(() => this.tick(), TICK_MS);
    await this.follow();
  }

  // --- where we are: the hash is the truth, so reload, back and a second tab all work

  async follow() {
    const hash = new URLSearchParams(location.hash.slice(1));
    try {
      const [state, { frozen }] = await Promise.all([get("state"), get("clock")]);
      Object.assign(this, { state, frozen });
    } catch (error) {
      this.sorry(error);
      setTimeout(() => this.follow(), 3000);
      return;
    }
    this.setNow(this.state.now);
    const person = this.people().find((one) => one.handle === hash.get("as") || one.id === hash.get("as"));
    if (!person || !personas(this).includes(person)) return this.choose();
    const before = this.place;
    this.place = { in: hash.get("in"), tab: hash.get("tab") ?? "home", thread: hash.get("thread") };
    const other = person.id !== this.me;
    if (other) this.enter(person);
    await this.refresh();
    if (other || this.place.in !== before.in || this.place.tab !== before.tab) this.arrived();
  }

  choose() {
    this.leave?.();
    Object.assign(this, { me: null, leave: null });
    document.getElementById("page").classList.add("choosing");
    fill(document.getElementById("main"), welcome(this));
  }

  enter(person) {
    this.leave?.();
    Object.assign(this, { me: person.id, see: null, messages: [], replies: [], read: "" });
    document.getElementById("page").classList.remove("choosing");
    this.modals?.hide();
    Object.assign(this, {
      sidebar: new Sidebar(this),
      pane: new Pane(this),
      thread: new Thread(this),
      modals: new Modals(this),
    });
    this.leave = stream(person.id, { onChange: () => this.refresh(), onLine: (on) => this.line(on) });
  }

  arrived() {
    if (this.conversation()?.kind === "app")
      this.act(() => post("open_home", { as: this.me, tab: this.place.tab === "home" ? "home" : "messages" }));
  }

  jump(place) {
    const hash = new URLSearchParams({ as: this.person(this.me)?.handle ?? this.me });
    for (const [name, value] of Object.entries(place)) if (value) hash.set(name, value);
    if (`#${hash}` === location.hash) return this.refresh();
    location.hash = hash;
    return undefined;
  }

  become(person) {
    location.hash = new URLSearchParams({
      as: person.handle ?? person.id,
      ...(this.place.in ? { in: this.place.in, tab: this.place.tab ?? "home" } : {}),
    });
  }

  go(id) {
    this.drawer(false);
    const waiting = this.seen().some((one) => one.id === id && one.kind === "app" && one.unread > 0);
    this.jump({ in: id, tab: waiting ? "messages" : this.place.in === id ? this.place.tab : null });
  }

  openApp(tab) {
    if (this.place.tab === tab) return this.arrived();
    return this.jump({ in: this.here, tab });
  }

  openThread(ts) {
    const from = this.place.thread;
    this.jump({ in: this.here, tab: this.place.tab, thread: ts });
    this.focusAfter = { name: ts ? "thread-composer" : from && `message ${from}`, from: document.activeElement };
  }

  drawer(open) {
    const page = document.getElementById("page");
    const was = page.classList.contains("drawer-open");
    page.classList.toggle("drawer-open", open);
    document.getElementById("shade").hidden = !open;
    this.pane?.drawer.setAttribute("aria-expanded", String(open));
    if (open) document.querySelector("#sidebar button")?.focus();
    else if (was) this.pane?.drawer.focus();
  }

  // --- what the workspace says: one fetch at a time, once more if something changed meanwhile

  refresh() {
    this.again = true;
    this.running ??= this.loop().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async loop() {
    while (this.again) {
      this.again = false;
      await this.load().catch((error) => this.sorry(error));
    }
  }

  async load() {
    const { me, place } = this;
    if (!me) return;
    const [state, see] = await Promise.all([get("state"), get("see", { as: me })]);
    if (me !== this.me) return;
    Object.assign(this, { state, see });
    this.setNow(see.now ?? state.now);
    const here = this.here;
    const ask = (more) =>
      get("messages", { as: me, channel: here, limit: 200, ...more }).then((answer) => answer.messages);
    const [messages, replies] = await Promise.all([
      here ? ask({}) : [],
      here && place.thread ? ask({ thread_ts: place.thread }) : [],
    ]);
    if (me !== this.me || here !== this.here || place !== this.place) {
      this.again = true;
      return;
    }
    Object.assign(this, { messages: messages.filter(isMain), replies });
    this.draw();
    this.markRead();
  }

  draw() {
    if (!this.see) return;
    this.sidebar.draw();
    this.pane.draw();
    this.thread.draw(this.replies);
    this.modals.draw(this.see.modals ?? []);
    this.settle();
  }

  settle() {
    const { name, from } = this.focusAfter ?? {};
    this.focusAfter = null;
    const active = document.activeElement;
    if (!name || (active !== from && active !== document.body)) return;
    named(document, name)?.focus({ preventScroll: true });
  }

  markRead() {
    const one = this.conversation();
    const seen = one && one.unread > 0 && !document.hidden && !(one.kind === "app" && this.place.tab === "home");
    const last = seen && `${one.id} ${this.messages.at(-1)?.ts} ${one.unread}`;
    if (!seen || last === this.read) return;
    this.read = last;
    post("read", { as: this.me, channel: one.id }).then(
      () => this.refresh(),
      (error) => this.sorry(error),
    );
  }

  /** Does something at the workspace; true when it went well, else a toast says what did not. */
  async act(run) {
    let answer = false;
    try {
      answer = (await run()) || true;
    } catch (error) {
      this.sorry(error);
    }
    await this.refresh();
    return answer;
  }

  sorry(error) {
    toast(error.message);
  }

  /** Says so when the app did not acknowledge what a person did; true all the same, since the workspace took it. */
  heard(answer) {
    if (answer?.acked === false) toast(`${this.appName()} did not answer. Is it connected?`);
    return true;
  }

  line(on) {
    this.online = on;
    if (this.state) this.sidebar?.drawLine();
  }

  // --- time: the workspace's clock, running on between two answers

  setNow(now) {
    this.clock = { at: typeof now === "number" ? now : Date.parse(now) / 1000, since: performance.now() };
  }

  now() {
    return this.clock.at + (this.frozen ? 0 : (performance.now() - this.clock.since) / 1000);
  }

  tick() {
    if (!this.see) return;
    this.sidebar.persona.draw();
    this.sidebar.clock.draw();
  }
}

const isMain = (message) =>
  !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";

new App().start();
