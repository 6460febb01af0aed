// The rich_text block: sections, lists, quotes and code, element by element.
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelNode, dated, emojiNode, link, personNode } from "./mrkdwn.js";

export function richText(block, reader) {
  return (block.elements ?? []).map((part) => (PARTS[part.type] ?? PARTS.rich_text_section)(part, reader));
}

const PARTS = {
  rich_text_section: (part, reader) => h("div", { class: "para" }, pieces(part, reader)),
  rich_text_quote: (part, reader) => h("blockquote", null, pieces(part, reader)),
  rich_text_preformatted: (part, reader) => h("pre", null, h("code", null, pieces(part, reader))),
  rich_text_list: list,
};

function list(part, reader) {
  const items = (part.elements ?? []).map((item) => h("li", null, pieces(item, reader)));
  const start = part.style === "ordered" ? (part.offset ?? 0) + 1 : null;
  const node = h(
    part.style === "ordered" ? "ol" : "ul",
    { start, class: `rich depth-${(part.indent ?? 0) % 3} ${part.border ? "border" : ""}` },
    items,
  );
  node.style.marginInlineStart = `${(part.indent ?? 0) * 1.6}em`;
  return node;
}

const pieces = (part, reader) =>
  (part.elements ?? []).map((piece) => styled((PIECES[piece.type] ?? PIECES.text)(piece, reader), piece.style));

const PIECES = {
  text: (piece) => piece.text ?? "",
  link: (piece) => link(piece.url, piece.text || piece.url),
  emoji: (piece) => (emoji(piece.name) ? emojiNode(piece.name, emoji(piece.name)) : `:${piece.name}:`),
  user: (piece, reader) => personNode(piece.user_id, "", reader),
  channel: (piece, reader) => channelNode(piece.channel_id, "", reader),
  usergroup: () => h("span", { class: "mention" }, "@group"),
  broadcast: (piece) => h("span", { class: "mention me" }, `@${piece.range}`),
  date: (piece, reader) => dated(piece.timestamp, piece.format, piece.url, piece.fallback ?? "", reader),
  color: (piece) => swatch(piece.value),
};

const TAGS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code", highlight: "mark" };

function styled(node, style) {
  return Object.keys(style ?? {})
    .filter((name) => style[name] && TAGS[name])
    .reduce((inner, name) => h(TAGS[name], null, inner), node);
}

function swatch(value) {
  const box = h("span", { class: "swatch", "aria-hidden": "true" });
  box.style.background = value;
  return h("span", null, value, box);
}
