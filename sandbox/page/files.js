// Files: a card for each that was shared, and the ways to share one: the paperclip, and dropping it.
import { h, button, fill, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";

const LARGEST = 5 * 1024 ** 2;
const SHOWN = ["png", "jpg", "gif", "webp"];

// --- shared

export const fileCards = (app, files) =>
  h(
    "div",
    { class: "files" },
    files.map((file) => (SHOWN.includes(file.filetype) ? photo(app, file) : card(app, file))),
  );

const address = (app, file) =>
  `/_control/download?as=${encodeURIComponent(app.me)}&file=${encodeURIComponent(file.id)}`;

function card(app, file) {
  const words = [
    h("span", { class: "file-kind", "aria-hidden": "true" }, endingOf(file.name)),
    h(
      "span",
      { class: "file-words" },
      h("span", { class: "file-name" }, file.title || file.name),
      h("span", { class: "note" }, `${file.pretty_type || "File"}, ${sizeText(file.size)}`),
    ),
  ];
  return h("a", { class: "file-card", testid: "file", href: address(app, file), download: file.name }, words);
}

function photo(app, file) {
  const words = file.title || file.name;
  const picture = h("img", { class: "picture", src: address(app, file), alt: file.alt_txt || words, loading: "lazy" });
  const link = h(
    "a",
    { class: "note", href: address(app, file), download: file.name },
    `${words}, ${sizeText(file.size)}`,
  );
  const node = h("figure", { class: "file-photo", testid: "file" }, picture, h("figcaption", null, link));
  picture.addEventListener("error", () => node.replaceWith(card(app, file)));
  return node;
}

const endingOf = (name) => (/\.(\w{1,4})$/.exec(name)?.[1] ?? "file").toUpperCase();

export function sizeText(bytes) {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

// --- to be shared: chosen or dropped, sent with the next message

export class Attachments {
  constructor(inThread) {
    this.list = [];
    this.picker = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      testid: inThread ? "thread-file-picker" : "file-picker",
      on: { change: () => this.chosen() },
    });
    this.clip = iconButton(icon("clip"), "Attach a file", {
      testid: inThread ? "thread-attach" : "attach",
      on: { click: () => this.picker.click() },
    });
    this.chips = h("div", { class: "attachments", hidden: true });
  }

  chosen() {
    this.add([...this.picker.files]);
    this.picker.value = "";
  }

  add(files) {
    for (const file of files) {
      if (file.size > LARGEST) toast(`${file.name} is larger than 5 MB.`);
      else if (!file.size) toast(`${file.name} is empty.`);
      else this.list.push(file);
    }
    this.draw();
  }

  /** Lays these files out instead, and gives those that lay there. */
  swap(files) {
    const before = this.list;
    this.list = files;
    this.draw();
    return before;
  }

  draw() {
    this.chips.hidden = !this.list.length;
    fill(this.chips, this.list.map((file) => this.chip(file)));
  }

  chip(file) {
    const away = () => {
      this.list = this.list.filter((other) => other !== file);
      this.draw();
      this.clip.focus();
    };
    return h(
      "span",
      { class: "chip", testid: "attachment" },
      h("span", null, `${file.name}, ${sizeText(file.size)}`),
      button("×", { class: "icon", "aria-label": `Remove ${file.name}`, on: { click: away } }),
    );
  }

  /** Lets files be dropped anywhere on this node. */
  takeDrops(node) {
    const mark = (on) => node.classList.toggle("dropping", on);
    const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    node.addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      mark(true);
    });
    node.addEventListener("dragleave", (event) => {
      if (!node.contains(event.relatedTarget)) mark(false);
    });
    node.addEventListener("drop", (event) => {
      mark(false);
      if (!carries(event)) return;
      event.preventDefault();
      this.add([...event.dataTransfer.files]);
    });
  }
}

/** A file's bytes as base64. */
export function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(new Error(`${file.name} cannot be read.`));
    reader.readAsDataURL(file);
  });
}
