// A surface: where blocks stand (a message, a modal, the home), what people put into them, what pressing them does.
import { post } from "./api.js";
import { confirmed } from "./confirm.js";

export class Surface {
  /** where: {channel, ts} | {view} | {home: true}; values: Slack's state.values as the server knows them. */
  constructor(app, where, values = {}, { clearable = false } = {}) {
    Object.assign(this, {
      app,
      where,
      values,
      clearable,
      drafts: new Map(),
      unsent: new Map(),
      line: Promise.resolve(),
      onEdit: null,
    });
  }

  get reader() {
    return this.app.reader();
  }

  key(block, element) {
    return `${block.block_id}/${element.action_id}`;
  }

  /** What stands in a field: what this person typed here, else what the server kept, else undefined. */
  draft(block, element) {
    return this.drafts.get(this.key(block, element));
  }

  kept(block, element) {
    return this.values?.[block.block_id]?.[element.action_id];
  }

  /** Remembers typing without telling the workspace yet; `flush` tells it before anything else happens here. */
  note(block, element, value, shown) {
    this.drafts.set(this.key(block, element), { value, shown });
    this.unsent.set(this.key(block, element), { block, element, value });
    this.onEdit?.(block);
  }

  flush() {
    for (const [key, { block, element, value }] of this.unsent) {
      this.unsent.delete(key);
      this.queue(() => post("choose", this.body(block, element, { value })));
    }
    return this.line;
  }

  async choose(block, element, value, shown) {
    if (!(await confirmed(element.confirm, this.reader))) return false;
    const key = this.key(block, element);
    this.unsent.delete(key);
    this.onEdit?.(block);
    this.flush();
    const before = this.drafts.get(key);
    this.drafts.set(key, { value, shown });
    const taken = await this.queue(() => post("choose", this.body(block, element, { value })));
    if (!taken) this.undo(key, before);
    return taken;
  }

  async press(block, element, option) {
    if (!(await confirmed(element.confirm, this.reader))) return;
    this.flush();
    await this.queue(() => post("press", this.body(block, element, option === undefined ? {} : { option })));
  }

  async options(block, element, typed) {
    const { options = [], option_groups: groups = [] } = await post(
      "options",
      this.body(block, element, { value: typed }),
    );
    return { options: options ?? [], groups: groups ?? [] };
  }

  body(block, element, more) {
    return { as: this.app.me, action_id: element.action_id, block_id: block.block_id, ...this.where, ...more };
  }

  undo(key, before) {
    if (before) this.drafts.set(key, before);
    else this.drafts.delete(key);
  }

  /** One thing at a time, in the order the person did them; resolves to whether the workspace took it. */
  queue(act) {
    const done = this.line.then(act).then(
      (answer) => this.app.heard(answer),
      (error) => {
        this.app.sorry(error);
        return false;
      },
    );
    this.line = done.then(() => this.app.refresh());
    return done.then((taken) => this.line.then(() => taken));
  }
}
