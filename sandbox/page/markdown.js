// The markdown block: everyday Markdown as DOM nodes.
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { emojiNode, entity, link } from "./mrkdwn.js";

const RULES = [
  { test: /^```/, make: fence },
  { test: /^#{1,6} /, make: heading },
  { test: /^ *([-*_])( *\1){2,} *$/, make: (lines) => (lines.shift(), h("hr")) },
  { test: /^> ?/, make: quote },
  { test: /^\s*([-*+]|\d+[.)]) /, make: list },
  { test: (line, next) => line.includes("|") && /^\s*\|?\s*:?-{2,}/.test(next ?? ""), make: table },
];

export function markdown(text, reader) {
  const lines = text.split("\n");
  const nodes = [];
  while (lines.length) {
    if (!lines[0].trim()) {
      lines.shift();
      continue;
    }
    nodes.push((ruleFor(lines)?.make ?? paragraph)(lines, reader));
  }
  return nodes;
}

function ruleFor(lines) {
  return RULES.find(({ test }) => (test instanceof RegExp ? test.test(lines[0]) : test(lines[0], lines[1])));
}

function takeWhile(lines, wanted) {
  const taken = [];
  while (lines.length && wanted(lines[0])) taken.push(lines.shift());
  return taken;
}

function fence(lines) {
  lines.shift();
  const code = takeWhile(lines, (line) => !line.startsWith("```"));
  lines.shift();
  return h("pre", null, h("code", null, code.join("\n")));
}

function heading(lines, reader) {
  const [, marks, text] = /^(#{1,6}) (.*)$/.exec(lines.shift());
  return h(
    "div",
    { role: "heading", "aria-level": marks.length + 2, class: `md-h md-h${marks.length}` },
    inline(text, reader),
  );
}

function quote(lines, reader) {
  const inner = takeWhile(lines, (line) => /^> ?/.test(line)).map((line) => line.replace(/^> ?/, ""));
  return h("blockquote", null, markdown(inner.join("\n"), reader));
}

const ITEM = /^(\s*)(?:[-*+]|(\d+)[.)]) (?:\[([ xX])\] )?(.*)$/;

function list(lines, reader) {
  const depth = ITEM.exec(lines[0])[1].length;
  const number = ITEM.exec(lines[0])[2];
  const items = [];
  while (lines.length && ITEM.test(lines[0]) && ITEM.exec(lines[0])[1].length >= depth) {
    const [, indent, , ticked, text] = ITEM.exec(lines[0]);
    if (indent.length > depth + 1) {
      items.at(-1).append(list(lines, reader));
      continue;
    }
    lines.shift();
    items.push(
      h(
        "li",
        { class: ticked ? "task" : null },
        ticked && h("span", null, ticked === " " ? "☐ " : "☑ "),
        inline(text, reader),
      ),
    );
  }
  return number ? h("ol", { start: number }, items) : h("ul", null, items);
}

function table(lines, reader) {
  const rows = takeWhile(lines, (line) => line.includes("|")).map(cells);
  const [head, align, ...body] = rows;
  const side = align.map((mark) => (mark.endsWith(":") ? (mark.startsWith(":") ? "center" : "right") : "left"));
  const row = (kind, texts) =>
    h(
      "tr",
      null,
      texts.map((text, at) =>
        h(kind, { class: `to-${side[at] ?? "left"}`, scope: kind === "th" ? "col" : null }, inline(text, reader)),
      ),
    );
  return h(
    "div",
    { class: "scroll-x" },
    h(
      "table",
      { class: "grid" },
      h("thead", null, row("th", head)),
      h(
        "tbody",
        null,
        body.map((texts) => row("td", texts)),
      ),
    ),
  );
}

const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((text) => text.trim());

function paragraph(lines, reader) {
  const taken = [lines.shift(), ...takeWhile(lines, (line) => line.trim() && !ruleFor([line]))];
  return h("p", null, inline(taken.join("\n"), reader));
}

const SPANS = [
  [/^`([^`\n]+)`/, (found) => h("code", null, found[1])],
  [/^!?\[([^\]]*)\]\(([^\s)]+)[^)]*\)/, (found, reader) => link(found[2], inline(found[1] || found[2], reader))],
  [/^(\*\*|__)(?=\S)([\s\S]*?\S)\1/, (found, reader) => h("strong", null, inline(found[2], reader))],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (found, reader) => h("s", null, inline(found[1], reader))],
  [/^\*(?=\S)([^*]*?\S)\*/, (found, reader) => h("em", null, inline(found[1], reader))],
  [/^_(?=\S)([^_]*?\S)_(?!\w)/, (found, reader) => h("em", null, inline(found[1], reader))],
  [/^:([a-z0-9_+-]+):/, (found) => emoji(found[1]) && emojiNode(found[1], emoji(found[1]))],
  [/^<([^<>\n]+)>/, (found, reader) => entity(found[1], reader)],
  [/^https?:\/\/[^\s<>)]+/, (found) => link(found[0], found[0])],
];

function inline(text, reader) {
  const nodes = [];
  let run = "";
  for (let at = 0; at < text.length;) {
    const found =
      text[at] === "\\" && at + 1 < text.length ? { node: text[at + 1], length: 2 } : spanAt(text, at, reader);
    if (!found) {
      run += text[at];
      at += 1;
      continue;
    }
    nodes.push(run, found.node);
    run = "";
    at += found.length;
  }
  return [...nodes, run].filter(Boolean);
}

function spanAt(text, at, reader) {
  if (!/[`![*_~:<h]/.test(text[at]) || (/[_h]/.test(text[at]) && /\w/.test(text[at - 1] ?? ""))) return null;
  for (const [pattern, make] of SPANS) {
    const found = pattern.exec(text.slice(at));
    const node = found && make(found, reader);
    if (node) return { node, length: found[0].length };
  }
  return null;
}
