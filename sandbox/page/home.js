// The home tab: what the app published for this person.
import { h } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { Surface } from "./surface.js";

const WAITING = "It does so when it sees that you opened this tab. If nothing comes, check that the bot is connected.";

export class Home {
  constructor(app) {
    this.app = app;
    this.node = h("div", { class: "home", role: "tabpanel", "aria-labelledby": "tab-home", testid: "home" });
  }

  draw(view) {
    if (this.surface?.app.me !== this.me) this.surface = null;
    this.me = this.app.me;
    this.surface ??= new Surface(this.app, { home: true });
    this.surface.values = view?.state?.values ?? {};
    const name = this.app.appName();
    const blocks = view?.blocks ?? [
      {
        type: "section",
        block_id: "empty",
        text: {
          type: "mrkdwn",
          text: `*${name} has not drawn your home yet.*\n${WAITING}`,
        },
      },
    ];
    drawBlocks(this.node, blocks, this.surface, this.app.stamp());
  }
}
