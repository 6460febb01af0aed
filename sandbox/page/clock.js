// The clock: what time it is in the workspace and for the persona, and the ways to move it on.
import { h, button, fill, uid } from "./dom.js";
import { get, post } from "./api.js";
import { instantOf, localText, nextAt, shortDay, timeText } from "./dates.js";
import { hour24, setHour24 } from "./settings.js";

const POLL_MS = 350;

export class Clock {
  constructor(app) {
    this.app = app;
    this.faces = h("dl", { class: "faces" });
    this.morning = button("", {
      class: "btn small",
      testid: "clock-next-morning",
      on: { click: () => this.next("08:45") },
    });
    this.evening = button("", {
      class: "btn small",
      testid: "clock-end-of-day",
      on: { click: () => this.next("17:30") },
    });
    this.hour = button("+1 hour", {
      class: "btn small",
      testid: "clock-hour",
      on: { click: () => this.walk({ advance: 3600 }, app.now() + 3600) },
    });
    this.bar = h("progress", { max: "1", value: 0, "aria-label": "The clock is moving" });
    this.told = h("span", { role: "status" });
    this.progress = h("div", { class: "clock-progress", hidden: true, testid: "clock-progress" }, this.bar, this.told);
    this.node = h(
      "details",
      { class: "clock", testid: "clock" },
      (this.summary = h("summary", null, "Clock")),
      this.faces,
      this.progress,
      h("div", { class: "clock-buttons" }, this.hour, this.morning, this.evening),
      this.free(),
      this.hours(),
    );
    this.node.open = innerHeight > 620;
  }

  free() {
    const id = uid("clock");
    this.when = h("input", { type: "datetime-local", id, class: "text", testid: "clock-when" });
    const go = (event) => {
      event.preventDefault();
      this.go();
    };
    return h(
      "form",
      { class: "clock-free", on: { submit: go } },
      h("label", { for: id }, "Or a day and time of your own"),
      h(
        "div",
        { class: "row" },
        this.when,
        h("button", { type: "submit", class: "btn small", testid: "clock-go" }, "Go"),
      ),
    );
  }

  hours() {
    const id = uid("clock");
    const box = h("input", {
      type: "checkbox",
      id,
      checked: hour24(),
      on: {
        change: () => {
          setHour24(box.checked);
          this.app.draw();
        },
      },
    });
    return h("div", { class: "row" }, box, h("label", { for: id }, "24-hour clock"));
  }

  draw() {
    const me = this.app.person(this.app.me);
    if (!me) return;
    const now = this.app.now();
    const text = (zone) => `${shortDay(now, zone)}, ${timeText(now, zone, hour24())}`;
    const sign = JSON.stringify([me, text("UTC"), text(me.tz)]);
    if (sign === this.sign) return;
    this.sign = sign;
    const first = me.real_name.split(" ")[0];
    fill(this.summary, h("span", null, "Clock"), h("span", { class: "note" }, text(me.tz)));
    fill(this.faces, face("Workspace", text("UTC"), "UTC"), face(first, text(me.tz), me.tz));
    this.morning.textContent = `Next morning ${this.short("08:45")} for ${first}`;
    this.evening.textContent = `End of day ${this.short("17:30")} for ${first}`;
    if (document.activeElement !== this.when) this.when.value = localText(now, me.tz);
  }

  short(time) {
    return timeText(Date.parse(`2026-01-01T${time}Z`) / 1000, "UTC", hour24());
  }

  next(time) {
    const me = this.app.person(this.app.me);
    return this.walk({ next: time, for: me.id }, nextAt(time, this.app.now(), me.tz));
  }

  go() {
    const me = this.app.person(this.app.me);
    if (!this.when.value) return this.app.sorry(new Error("Choose a day and a time first."));
    const target = instantOf(this.when.value, me.tz);
    this.walk({ to: new Date(target * 1000).toISOString() }, target);
  }

  /** Moves the clock; everything due on the way happens in order, and the bar shows how far it has come. */
  async walk(body, target) {
    if (this.walking) return;
    this.walking = true;
    const from = this.app.now();
    this.show(true, from, from, target);
    const timer = setInterval(() => this.look(from, target), POLL_MS);
    await this.app.act(() => post("clock", body));
    clearInterval(timer);
    this.walking = false;
    this.show(false, target, from, target);
    this.told.textContent = "";
  }

  async look(from, target) {
    const { now } = await get("clock").catch(() => ({}));
    if (!now || !this.walking) return;
    this.app.setNow(now);
    this.show(true, this.app.now(), from, target);
  }

  show(on, now, from, target) {
    const { zone } = this.app.reader();
    this.progress.hidden = !on;
    this.bar.value = Math.max(0, Math.min(1, (now - from) / Math.max(1, target - from)));
    this.told.textContent = on ? `Moving to ${shortDay(target, zone)}, ${timeText(target, zone, hour24())}…` : "";
    for (const one of [this.hour, this.morning, this.evening]) one.setAttribute("aria-disabled", String(on));
    this.draw();
  }
}

const face = (name, text, zone) =>
  h("div", null, h("dt", null, name), h("dd", null, text, h("span", { class: "note" }, zone)));
