// Blocks: one drawer for each kind of block.
import { h, uid } from "./dom.js";
import { keep } from "./keep.js";
import { chartBlock } from "./charts.js";
import { element, picture } from "./elements.js";
import { input } from "./inputs.js";
import { link, plain, textNodes } from "./mrkdwn.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { tableBlock } from "./tables.js";

/** Draws or redraws the blocks of a surface into a container; what did not change stays as it is. */
export function drawBlocks(container, blocks, surface, stamp = "") {
  return keep(
    container,
    blocks.map((block, at) => ({
      key: `${block.type}:${block.block_id ?? at}`,
      sign: JSON.stringify(block) + stamp,
      make: () => drawBlock(block, surface),
    })),
  );
}

function drawBlock(block, surface) {
  const node = (BLOCKS[block.type] ?? strange)(block, surface);
  node.classList.add("block", `block-${block.type}`);
  return node;
}

function section(block, surface) {
  const { reader } = surface;
  const words = h(
    "div",
    { class: "section-text" },
    block.text && h("div", null, textNodes(block.text, reader)),
    block.fields && fields(block.fields, reader),
  );
  return h(
    "div",
    { class: block.accessory ? "with-accessory" : "" },
    words,
    block.accessory && h("div", { class: "accessory" }, element(block.accessory, block, surface)),
  );
}

const fields = (list, reader) =>
  h(
    "div",
    { class: "fields" },
    list.map((text) => h("div", null, textNodes(text, reader))),
  );

function context(block, surface) {
  const one = (item) =>
    item.type === "image" ? picture(item, "tiny") : h("span", null, textNodes(item, surface.reader));
  return h("div", null, (block.elements ?? []).map(one));
}

function actions(block, surface) {
  return h(
    "div",
    { role: "group", "aria-label": "Actions" },
    (block.elements ?? []).map((one) => element(one, block, surface)),
  );
}

function image(block) {
  return h("figure", null, block.title && h("figcaption", null, plain(block.title.text)), picture(block));
}

/** A labelled field; its hint and its error are tied to it by aria-describedby. */
function inputBlock(block, surface) {
  const [id, label, hint, error] = [uid("in"), uid("in"), uid("in"), uid("in")];
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const names = {
    id: grouped ? null : id,
    labelledby: label,
    describedby: block.hint ? `${hint} ${error}` : error,
    required: !block.optional,
  };
  const { node, target } = input(block.element, block, surface, names);
  const words = [
    h("span", null, plain(block.label?.text ?? "")),
    block.optional && h("span", { class: "note" }, " (optional)"),
  ];
  const field = h(
    "div",
    { class: "field", testid: `field-${block.block_id}` },
    grouped
      ? h("div", { id: label, class: "label" }, words)
      : h("label", { id: label, for: id, class: "label" }, words),
    node,
    h("p", { id: error, class: "error", testid: `error-${block.block_id}` }),
    block.hint && h("p", { id: hint, class: "hint" }, plain(block.hint.text)),
  );
  field.showError = (sentence) =>
    showError(field, target, document.getElementById(error) ?? field.querySelector(".error"), sentence);
  field.target = target;
  return field;
}

function showError(field, target, place, sentence) {
  place.textContent = sentence ?? "";
  field.classList.toggle("wrong", Boolean(sentence));
  if (sentence) target.setAttribute("aria-invalid", "true");
  else target.removeAttribute("aria-invalid");
}

function video(block, surface) {
  return h(
    "div",
    null,
    block.title && h("div", null, link(block.video_url ?? block.title_url, plain(block.title.text))),
    block.description && textNodes(block.description, surface.reader),
  );
}

function strange(block) {
  return h("p", { class: "hint" }, `This workspace does not draw ${block.type} blocks yet.`);
}

const BLOCKS = {
  section,
  header: (block) => h("div", { role: "heading", "aria-level": "3" }, plain(block.text?.text ?? "", block.text?.emoji)),
  context,
  divider: () => h("hr"),
  actions,
  context_actions: actions,
  image,
  input: inputBlock,
  video,
  alert: (block, surface) => h("div", { role: "note" }, textNodes(block.text, surface.reader)),
  rich_text: (block, surface) => h("div", null, richText(block, surface.reader)),
  markdown: (block, surface) => h("div", null, markdown(block.text ?? "", surface.reader)),
  table: (block, surface) => h("div", null, tableBlock(block, surface.reader)),
  data_table: (block, surface) => h("div", null, tableBlock(block, surface.reader)),
  data_visualization: (block) => h("div", null, chartBlock(block)),
};
