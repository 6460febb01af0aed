// Tables: the table and data_table blocks, first row as headings, scrolling sideways on their own.
import { h } from "./dom.js";
import { richText } from "./richtext.js";
import { textNodes } from "./mrkdwn.js";

export function tableBlock(block, reader) {
  const [head = [], ...body] = block.rows ?? [];
  const settings = block.column_settings ?? [];
  const caption =
    block.caption &&
    h(
      "caption",
      null,
      textNodes(
        typeof block.caption === "string" ? { type: "plain_text", text: block.caption } : block.caption,
        reader,
      ),
    );
  const row = (kind, cells) =>
    h(
      "tr",
      null,
      cells.map((cell, at) => cellNode(kind, cell, settings[at], reader)),
    );
  const table = h(
    "table",
    { class: "grid" },
    caption,
    h("thead", null, row("th", head)),
    h(
      "tbody",
      null,
      body.map((cells) => row("td", cells)),
    ),
  );
  return h("div", { class: "scroll-x", tabindex: "0", role: "region", "aria-label": "Table" }, table);
}

function cellNode(kind, cell, setting, reader) {
  const align = setting?.align ?? (cell.type === "raw_number" ? "right" : "left");
  const wrap = setting?.is_wrapped ? "wrap" : "";
  return h(kind, { class: `to-${align} ${wrap}`, scope: kind === "th" ? "col" : null }, content(cell, reader));
}

function content(cell, reader) {
  if (cell.type === "rich_text") return richText(cell, reader);
  if (cell.type === "raw_text" || cell.type === "raw_number") return String(cell.text ?? cell.value ?? "");
  return textNodes(cell, reader);
}
