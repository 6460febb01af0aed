// mrkdwn: Slack's message text as DOM nodes; `reader` is who reads it: {zone, now, hour24, me, person, channel, ...}.
import { h, button } from "./dom.js";
import { dateText } from "./dates.js";
import { emoji, SHORTCODE } from "./emoji.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const MARKS = { "*": "strong", _: "em", "~": "s" };
const LIST = /^( *)(•|◦|▪︎?|-|\d+\.) +(.*)$/;
const QUOTE = /^(?:>|&gt;) ?/;

export const decode = (text) => text.replace(/&(amp|lt|gt);/g, (found) => ENTITIES[found]);

/** A text object of Block Kit, or a plain string taken as mrkdwn. */
export function textNodes(text, reader) {
  if (!text) return [];
  if (typeof text === "string") return mrkdwn(text, reader);
  return text.type === "plain_text" ? plain(text.text ?? "", text.emoji) : mrkdwn(text.text ?? "", reader);
}

/** Plain text: nothing is parsed but :emoji:. */
export function plain(text, withEmoji = true) {
  if (withEmoji === false) return [text];
  return [text.replace(/:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?/g, (whole, name) => emoji(name) ?? whole)];
}

export function mrkdwn(text, reader) {
  return text.split(/(```[\s\S]*?```)/g).flatMap((piece) => {
    if (piece.length > 6 && piece.startsWith("```") && piece.endsWith("```")) return [preformatted(piece.slice(3, -3))];
    return piece ? paragraphs(piece.replace(/^\n/, ""), reader) : [];
  });
}

function preformatted(text) {
  return h("pre", null, h("code", null, decode(unwrap(text.replace(/^\n/, "").replace(/\n$/, "")))));
}

/** In code Slack still shows a link as its address, without the angle brackets. */
function unwrap(text) {
  return text.replace(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, (_, url, label) => label ?? url);
}

function paragraphs(text, reader) {
  const nodes = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length;) {
    const kind = kindOf(lines[at]);
    let end = at + 1;
    while (end < lines.length && kindOf(lines[end]) === kind) end += 1;
    nodes.push(GROUPS[kind](lines.slice(at, end), reader));
    at = end;
  }
  return nodes;
}

function kindOf(line) {
  if (QUOTE.test(line)) return "quote";
  return LIST.test(line) ? "list" : "text";
}

const GROUPS = {
  text: (lines, reader) => h("div", { class: "para" }, inline(lines.join("\n"), reader)),
  quote: (lines, reader) =>
    h("blockquote", null, inline(lines.map((line) => line.replace(QUOTE, "")).join("\n"), reader)),
  list: (lines, reader) =>
    h(
      "div",
      { role: "list", class: "marks" },
      lines.map((line) => listItem(line, reader)),
    ),
};

function listItem(line, reader) {
  const [, indent, mark, rest] = LIST.exec(line);
  const row = h(
    "div",
    { role: "listitem" },
    h("span", { class: "mark" }, `${mark} `),
    h("span", null, inline(rest, reader)),
  );
  row.style.marginInlineStart = `${Math.min(8, indent.length / 2)}em`;
  return row;
}

/** Bold, italic, strike, code, links, mentions, dates and emoji inside a line. */
export function inline(text, reader) {
  const nodes = [];
  let run = "";
  const push = (node) => {
    if (run) nodes.push(decode(run));
    run = "";
    nodes.push(node);
  };
  for (let at = 0; at < text.length;) {
    const found = tokenAt(text, at, reader);
    if (found) push(found.node);
    else run += text[at];
    at += found ? found.length : 1;
  }
  if (run) nodes.push(decode(run));
  return nodes;
}

function tokenAt(text, at, reader) {
  const sign = text[at];
  if (sign === "<") return entityAt(text, at, reader);
  if (sign === "`") return codeAt(text, at);
  if (sign === ":") return emojiAt(text, at);
  if (MARKS[sign]) return markAt(text, at, sign, reader);
  return sign === "h" ? addressAt(text, at) : null;
}

function entityAt(text, at, reader) {
  const end = text.indexOf(">", at);
  const inside = end > at + 1 ? text.slice(at + 1, end) : "";
  if (!inside || /[<\n]/.test(inside)) return null;
  const node = entity(inside, reader);
  return node && { node, length: inside.length + 2 };
}

function codeAt(text, at) {
  const end = text.indexOf("`", at + 1);
  const inside = text.slice(at + 1, end);
  return end > at + 1 && !inside.includes("\n")
    ? { node: h("code", null, decode(unwrap(inside))), length: inside.length + 2 }
    : null;
}

function emojiAt(text, at) {
  const found = SHORTCODE.exec(text.slice(at, at + 60));
  const sign = found && emoji(found[1]);
  return sign ? { node: emojiNode(found[1], sign), length: found[0].length } : null;
}

export function emojiNode(name, sign) {
  return h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` }, sign);
}

function addressAt(text, at) {
  if (at > 0 && /[\w/]/.test(text[at - 1])) return null;
  const found = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]'"*_~]/.exec(text.slice(at, at + 2000));
  return found && { node: link(decode(found[0]), decode(found[0])), length: found[0].length };
}

/** A mark opens where no letter is before it and no space after it, and closes the other way round. */
function markAt(text, at, sign, reader) {
  if (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1])) return null;
  if (!text[at + 1] || /\s/.test(text[at + 1]) || text[at + 1] === sign) return null;
  const end = closing(text, at, sign);
  return end < 0 ? null : { node: h(MARKS[sign], null, inline(text.slice(at + 1, end), reader)), length: end + 1 - at };
}

function closing(text, at, sign) {
  for (let end = at + 1; end < text.length && text[end] !== "\n"; end += 1) {
    const skip = { "<": ">", "`": "`" }[text[end]];
    const over = skip ? text.indexOf(skip, end + 1) : -1;
    if (over > 0) {
      end = over;
      continue;
    }
    if (text[end] !== sign || /\s/.test(text[end - 1]) || end === at + 1) continue;
    if (!text[end + 1] || !/[\p{L}\p{N}]/u.test(text[end + 1])) return end;
  }
  return -1;
}

/** What stands between < and >: a person, a channel, a shout, a date or a link. */
export function entity(inside, reader) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : inside.slice(bar + 1);
  if (target.startsWith("@")) return personNode(target.slice(1), label, reader);
  if (target.startsWith("#")) return channelNode(target.slice(1), label, reader);
  if (target.startsWith("!")) return shout(target.slice(1), label, reader);
  return /^(https?:|mailto:|tel:)/.test(target)
    ? link(decode(target), label ? decode(label) : decode(target).replace(/^mailto:|^tel:/, ""))
    : null;
}

export function personNode(id, label, reader) {
  const person = reader.person(id);
  return h(
    "span",
    { class: `mention ${id === reader.me ? "me" : ""}`, title: person?.title || null },
    `@${person?.real_name ?? (decode(label) || id)}`,
  );
}

export function channelNode(id, label, reader) {
  const channel = reader.channel(id);
  if (!channel) return h("span", { class: "mention" }, `#${decode(label) || "a channel you cannot see"}`);
  return button(`#${channel.name}`, { class: "mention", on: { click: () => reader.openChannel(id) } });
}

function shout(target, label, reader) {
  if (target.startsWith("date^")) return dateNode(target.slice(5), label, reader);
  if (target.startsWith("subteam^")) return h("span", { class: "mention" }, decode(label) || "@group");
  return h("span", { class: "mention me" }, `@${target.split("^")[0]}`);
}

function dateNode(spec, fallback, reader) {
  const [seconds, template, url] = spec.split("^");
  return dated(Number(seconds), decode(template ?? ""), url, decode(fallback), reader);
}

/** A moment in the reader's own zone; its tooltip says which zone that is. */
export function dated(seconds, template, url, fallback, reader) {
  const shown = dateText(seconds, template, reader);
  if (shown === null) return h("span", null, fallback);
  const time = h(
    "time",
    { datetime: new Date(seconds * 1000).toISOString(), title: `Your time, ${reader.zone}` },
    shown,
  );
  return url ? link(decode(url), time) : time;
}

export function link(url, label) {
  if (!/^(https?|mailto|tel):/i.test(url)) return h("span", null, label);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}
