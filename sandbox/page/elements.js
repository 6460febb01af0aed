// Elements: what stands in a section's corner or in a row of actions.
import { h, button } from "./dom.js";
import { icon } from "./icons.js";
import { input } from "./inputs.js";
import { menuButton } from "./menu.js";
import { plain } from "./mrkdwn.js";

export function element(one, block, surface) {
  if (ELEMENTS[one.type]) return ELEMENTS[one.type](one, block, surface);
  return h("div", { class: "field-in-row" }, input(one, block, surface, { label: spoken(one, block) }).node);
}

const spoken = (one, block) =>
  plain(one.placeholder?.text || block.text?.text || "")
    .join("")
    .slice(0, 80);

function press(one, block, surface) {
  const act = async () => {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    await surface.press(block, one).finally(() => node.removeAttribute("aria-busy"));
  };
  const props = {
    class: `btn ${one.style ?? ""}`,
    testid: `action-${one.action_id}`,
    "data-focus": surface.key(block, one),
    "aria-label": one.accessibility_label,
    on: { click: act },
  };
  const node = one.url
    ? h(
        "a",
        { ...props, href: /^https?:/.test(one.url) ? one.url : null, target: "_blank", rel: "noopener noreferrer" },
        plain(one.text?.text ?? ""),
      )
    : button(plain(one.text?.text ?? "", one.text?.emoji), props);
  return node;
}

function overflow(one, block, surface) {
  const items = () =>
    one.options.map((option) => ({
      label: plain(option.text.text).join(""),
      note: option.description && plain(option.description.text).join(""),
      testid: `option-${option.value}`,
      href: option.url,
      run: () => surface.press(block, one, option.value),
    }));
  return menuButton(
    icon("more"),
    {
      class: "btn overflow",
      testid: `action-${one.action_id}`,
      "data-focus": surface.key(block, one),
      "aria-label": one.accessibility_label ?? "More choices",
      title: "More choices",
    },
    items,
    "More choices",
  );
}

export function picture(one, className = "picture") {
  const alt = one.alt_text ?? "";
  const url = one.image_url ?? one.slack_file?.url ?? "";
  const missing = () => h("span", { class: `${className} missing` }, `Picture: ${alt || "no description"}`);
  if (!/^(https?:|data:image\/)/.test(url)) return missing();
  const node = h("img", {
    src: url,
    alt,
    class: className,
    loading: "lazy",
    referrerpolicy: "no-referrer",
    on: { error: () => node.replaceWith(missing()) },
  });
  return node;
}

const ELEMENTS = {
  button: press,
  workflow_button: press,
  overflow,
  image: (one) => picture(one, "thumb"),
  icon_button: press,
};
