// The thread pane: one message and its replies, to the right of the conversation.
import { h, iconButton, fill } from "./dom.js";
import { Composer } from "./composer.js";
import { icon } from "./icons.js";
import { Messages } from "./messages.js";

export class Thread {
  constructor(app) {
    this.app = app;
    this.node = document.getElementById("thread");
    this.messages = new Messages(app, { inThread: true });
    this.composer = new Composer(app, { inThread: true });
    this.where = h("p", { class: "note" });
    const close = iconButton(icon("close"), "Close the thread", {
      testid: "thread-close",
      on: { click: () => app.openThread(null) },
    });
    fill(
      this.node,
      h(
        "header",
        { class: "pane-head" },
        h("div", { class: "pane-names" }, h("h2", { class: "pane-title" }, "Thread"), this.where),
        close,
      ),
      this.messages.node,
      this.composer.node,
    );
    this.composer.files.takeDrops(this.messages.node);
    this.composer.files.takeDrops(this.composer.node);
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) app.openThread(null);
    });
  }

  draw(messages) {
    const { app } = this;
    const { thread } = app.place;
    this.node.hidden = !thread;
    document.getElementById("page").classList.toggle("with-thread", Boolean(thread));
    if (!thread) return this.messages.clear();
    this.where.textContent = app.titleOf(app.conversation());
    this.composer.turnTo(`${app.me} ${app.here} ${thread}`, "Reply in thread");
    this.messages.draw(app.here, messages);
  }
}
