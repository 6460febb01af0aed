// Modals: the topmost view of the stack as a dialog; typing survives an update of the same fields.
import { h, button, iconButton, uid } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { icon } from "./icons.js";
import { post } from "./api.js";
import { raise, reachable } from "./layers.js";
import { plain } from "./mrkdwn.js";
import { Surface } from "./surface.js";

const TROUBLE = "We had some trouble connecting. Try again?";

export class Modals {
  constructor(app) {
    Object.assign(this, { app, surfaces: new Map(), shown: null });
  }

  /** views: the stack from bottom to top, as the workspace has it now. */
  draw(views) {
    const top = views.at(-1);
    for (const id of this.surfaces.keys()) if (!views.some((view) => view.id === id)) this.surfaces.delete(id);
    if (!top) return this.hide();
    const fresh = this.shown?.id !== top.id;
    if (fresh && this.shown) this.shown.surface.scrolled = this.shown.body.scrollTop;
    if (!this.shown) this.shown = this.build();
    this.fill(top, views.length, fresh);
    if (fresh) this.focusFirst();
  }

  hide() {
    this.shown?.lower();
    this.shown = null;
  }

  surface(view) {
    if (!this.surfaces.has(view.id))
      this.surfaces.set(view.id, new Surface(this.app, { view: view.id }, view.state?.values, { clearable: true }));
    const surface = this.surfaces.get(view.id);
    surface.values = view.state?.values ?? {};
    return surface;
  }

  build() {
    const title = uid("modal");
    const parts = {
      title: h("h2", { id: title, tabindex: "-1" }),
      back: iconButton(icon("back"), "Back to the form before", {
        testid: "modal-back",
        on: { click: () => this.close(false) },
      }),
      banner: h("p", { class: "banner", role: "alert", hidden: true, testid: "modal-failure" }),
      body: h("div", { class: "modal-body" }),
      cancel: button("Cancel", { class: "btn", testid: "modal-cancel", on: { click: () => this.close(false) } }),
      submit: h("button", { type: "submit", class: "btn primary", testid: "modal-submit" }),
    };
    const quit = iconButton(icon("close"), "Close", { testid: "modal-close", on: { click: () => this.close(true) } });
    const form = h(
      "form",
      {
        class: "dialog",
        role: "dialog",
        "aria-modal": "true",
        "aria-labelledby": title,
        testid: "modal",
        novalidate: true,
        on: {
          submit: (event) => {
            event.preventDefault();
            this.submit();
          },
          keydown: (event) => this.key(event),
        },
      },
      h("div", { class: "dialog-head" }, parts.back, parts.title, quit),
      parts.banner,
      parts.body,
      h("div", { class: "dialog-foot" }, parts.cancel, parts.submit),
    );
    const lower = raise(h("div", { class: "backdrop" }, form), { onEscape: () => this.close(true) });
    return { ...parts, form, lower };
  }

  key(event) {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      this.submit();
    }
  }

  fill(view, depth, fresh) {
    const { shown } = this;
    const surface = this.surface(view);
    if (fresh) Object.assign(shown, { id: view.id, errors: {}, told: "" });
    if (fresh && shown.body.kept) this.newBody();
    Object.assign(shown, { view, surface });
    shown.form.dataset.callback = view.callback_id ?? "";
    shown.title.textContent = plain(view.title?.text ?? "").join("");
    shown.back.hidden = depth < 2;
    shown.submit.hidden = !view.submit;
    shown.submit.textContent = plain(view.submit?.text ?? "Submit").join("");
    shown.cancel.textContent = plain(view.close?.text ?? (view.submit ? "Cancel" : "Close")).join("");
    surface.onEdit = (block) => this.showErrors({ ...shown.errors, [block.block_id]: null });
    this.dropStale(view, surface);
    drawBlocks(shown.body, view.blocks ?? [], surface);
    this.hear(view);
  }

  /** A field that left the view forgets what was typed, as in Slack. */
  dropStale(view, surface) {
    const live = new Set(
      (view.blocks ?? []).flatMap((block) =>
        [block.element, block.accessory, ...(block.elements ?? [])]
          .filter(Boolean)
          .map((one) => `${block.block_id}/${one.action_id}`),
      ),
    );
    for (const key of surface.drafts.keys())
      if (!live.has(key)) {
        surface.drafts.delete(key);
        surface.unsent.delete(key);
      }
  }

  newBody() {
    const body = h("div", { class: "modal-body" });
    this.shown.body.replaceWith(body);
    this.shown.body = body;
  }

  /** Errors and failures the workspace remembers are shown once, and go when the person mends the field. */
  hear(view) {
    const told = JSON.stringify([view.errors ?? null, view.failed ?? null]);
    const news = told !== this.shown.told;
    this.shown.told = told;
    this.showErrors(news ? (view.errors ?? {}) : this.shown.errors);
    if (news) this.fail(view.failed ? (view.failed === true ? TROUBLE : view.failed) : null);
  }

  showErrors(errors) {
    this.shown.errors = errors;
    for (const field of this.shown.body.querySelectorAll(".block-input"))
      field.showError?.(errors[field.dataset.testid.slice(6)]);
  }

  fail(sentence) {
    this.shown.banner.hidden = !sentence;
    this.shown.banner.textContent = sentence ?? "";
  }

  focusFirst() {
    const { body, form, surface } = this.shown;
    (
      reachable(body).find((node) => node.matches("input, textarea, [role=combobox]")) ??
      reachable(body)[0] ??
      reachable(form).at(-1) ??
      this.shown.title
    ).focus({ preventScroll: true });
    body.scrollTop = surface.scrolled ?? 0;
  }

  async submit() {
    const { shown } = this;
    if (!shown?.view.submit || shown.form.getAttribute("aria-busy") === "true") return;
    this.busy(true);
    await shown.surface.line;
    await post("submit", { as: this.app.me, view: shown.view.id, values: filledIn(shown) }).then(
      (answer) => this.answered(answer),
      (error) => this.fail(error.message),
    );
    await this.app.refresh();
    if (this.shown) this.busy(false);
  }

  answered({ errors, failed }) {
    if (!this.shown) return;
    this.fail(failed ? (failed === true ? TROUBLE : failed) : null);
    if (!errors || !Object.keys(errors).length) return;
    this.shown.told = JSON.stringify([errors, failed ?? null]);
    this.showErrors(errors);
    this.shown.body.querySelector(".wrong")?.target?.focus();
  }

  busy(on) {
    this.shown.form.setAttribute("aria-busy", String(on));
    this.shown.submit.classList.toggle("spin", on);
  }

  async close(all) {
    const { view, surface } = this.shown;
    await surface.line;
    await post("close", { as: this.app.me, view: view.id, all }).catch((error) => this.app.sorry(error));
    await this.app.refresh();
  }
}

/** What was typed and not told yet, by block_id; everything else the workspace knows already. */
function filledIn({ surface }) {
  const values = Object.fromEntries([...surface.unsent.values()].map(({ block, value }) => [block.block_id, value]));
  surface.unsent.clear();
  return values;
}
