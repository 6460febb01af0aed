// Charts: the data_visualization block as inline SVG, with a legend, the values, and the same numbers as a table.
import { h, svg, uid } from "./dom.js";
import { scale } from "./scale.js";

const BOX = { left: 44, right: 12, top: 16, bottom: 34 };

export function chartBlock(block) {
  const chart = block.chart ?? {};
  const title = typeof block.title === "string" ? block.title : (block.title?.text ?? "");
  const draw = chart.type === "pie" ? pie : grid;
  return h(
    "figure",
    { class: "chart", testid: "chart" },
    h("figcaption", null, title),
    draw(chart, title),
    asTable(chart),
  );
}

const show = (value) => Number(value).toLocaleString("en-US", { maximumFractionDigits: 2 });
const hue = (at) => `hue-${(at % 6) + 1} ${at > 5 ? "again" : ""}`;

/** Drawn in the pixels it will have, so that its words are as large as the words around it. */
const size = () => ({ wide: Math.max(250, Math.min(560, innerWidth - 132)), tall: innerWidth < 520 ? 210 : 250 });

function picture(title, told, width, height, ...shapes) {
  const [titleId, descId] = [uid("chart"), uid("chart")];
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": `${titleId} ${descId}` },
    svg("title", { id: titleId }, title),
    svg("desc", { id: descId }, told),
    ...shapes,
  );
}

function legend(rows) {
  return h(
    "ul",
    { class: "legend" },
    rows.map(([name, at, value]) =>
      h(
        "li",
        null,
        h("span", { class: `key ${hue(at)}`, "aria-hidden": "true" }),
        h("span", null, name),
        value && h("span", { class: "value" }, value),
      ),
    ),
  );
}

// --- pie

function pie(chart, title) {
  const segments = chart.segments ?? [];
  const total = segments.reduce((sum, segment) => sum + Number(segment.value), 0) || 1;
  const share = (segment) => `${Math.round((100 * segment.value) / total)}%`;
  const told = segments.map((segment) => `${segment.label}: ${show(segment.value)} (${share(segment)})`);
  let from = 0;
  const slices = segments.map((segment, at) => {
    const to = from + segment.value / total;
    const node = slice(from, to, at, told[at]);
    from = to;
    return node;
  });
  return h(
    "div",
    { class: "pie" },
    picture(title, told.join(", "), 200, 200, ...slices),
    legend(segments.map((segment, at) => [segment.label, at, `${show(segment.value)} · ${share(segment)}`])),
  );
}

function slice(from, to, at, told) {
  const tip = svg("title", null, told);
  if (to - from > 0.9999) return svg("circle", { cx: 100, cy: 100, r: 92, class: `slice ${hue(at)}` }, tip);
  const point = (turn) =>
    `${(100 + 92 * Math.sin(2 * Math.PI * turn)).toFixed(2)} ${(100 - 92 * Math.cos(2 * Math.PI * turn)).toFixed(2)}`;
  return svg(
    "path",
    { d: `M100 100 L${point(from)} A92 92 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)} Z`, class: `slice ${hue(at)}` },
    tip,
  );
}

// --- bar, line, area

function grid(chart, title) {
  const series = chart.series ?? [];
  const names = categories(chart);
  const plan = plot(series, names.length);
  const told = series
    .map((one) => `${one.name}: ${names.map((name) => `${name} ${show(valueAt(one, name))}`).join(", ")}`)
    .join(". ");
  const shapes = (SHAPES[chart.type] ?? SHAPES.bar)(series, names, plan);
  return h(
    "div",
    null,
    chart.axis_config?.y_label && h("div", { class: "axis-name" }, chart.axis_config.y_label),
    picture(title, told, plan.wide, plan.tall, ...rules(plan), ...labels(names, plan), ...shapes),
    chart.axis_config?.x_label && h("div", { class: "axis-name center" }, chart.axis_config.x_label),
    legend(series.map((one, at) => [one.name, at, ""])),
  );
}

const categories = (chart) =>
  chart.axis_config?.categories ?? (chart.series?.[0]?.data ?? []).map((point) => point.label);
const valueAt = (one, name) => Number(one.data.find((point) => point.label === name)?.value ?? 0);

function plot(series, count) {
  const values = series.flatMap((one) => one.data.map((point) => Number(point.value)));
  const { low, high, ticks } = scale(Math.min(0, ...values), Math.max(0, ...values));
  const { wide, tall } = size();
  const slot = (wide - BOX.left - BOX.right) / Math.max(1, count);
  const y = (value) => BOX.top + ((high - value) / (high - low)) * (tall - BOX.top - BOX.bottom);
  return { wide, tall, ticks, slot, y, x: (at) => BOX.left + slot * (at + 0.5) };
}

function rules({ ticks, y, wide }) {
  return ticks.flatMap((tick) => [
    svg("line", { x1: BOX.left, x2: wide - BOX.right, y1: y(tick), y2: y(tick), class: tick === 0 ? "axis" : "rule" }),
    svg("text", { x: BOX.left - 8, y: y(tick) + 4, class: "tick end" }, show(tick)),
  ]);
}

function labels(names, { slot, x, tall }) {
  const fits = Math.max(3, Math.floor(slot / 6.5));
  const every = Math.ceil(36 / slot);
  return names.map((name, at) =>
    at % every
      ? null
      : svg(
          "text",
          { x: x(at), y: tall - 12, class: "tick mid" },
          svg("title", null, name),
          name.length > fits * every ? `${name.slice(0, fits * every - 1)}…` : name,
        ),
  );
}

const SHAPES = {
  bar: (series, names, plan) =>
    series.flatMap((one, at) => names.map((name, place) => bar(one, name, at, place, series.length, plan))),
  line: (series, names, plan) =>
    series.flatMap((one, at) => [curve(one, names, at, plan), ...dots(one, names, at, series.length, plan)]),
  area: (series, names, plan) =>
    series.flatMap((one, at) => [
      surface(one, names, at, plan),
      curve(one, names, at, plan),
      ...dots(one, names, at, series.length, plan),
    ]),
};

function bar(one, name, at, place, many, { slot, x, y }) {
  const value = valueAt(one, name);
  const width = Math.min(56, (slot * 0.76) / many);
  const left = x(place) + (at - many / 2) * width;
  const [top, foot] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
  return svg(
    "g",
    null,
    svg(
      "rect",
      {
        x: left + 1,
        y: top,
        width: Math.max(1, width - 2),
        height: Math.max(1, foot - top),
        rx: 2,
        class: `bar ${hue(at)}`,
      },
      svg("title", null, `${one.name}, ${name}: ${show(value)}`),
    ),
    width >= 18 &&
      svg("text", { x: left + width / 2, y: value < 0 ? foot + 12 : top - 4, class: "tick mid value" }, show(value)),
  );
}

const path = (one, names, { x, y }) =>
  names.map((name, at) => `${x(at).toFixed(1)} ${y(valueAt(one, name)).toFixed(1)}`).join(" L");

const curve = (one, names, at, plan) =>
  svg("path", { d: `M${path(one, names, plan)}`, class: `curve ${hue(at)} dash-${at % 6}` });

function surface(one, names, at, plan) {
  const foot = plan.y(0);
  return svg("path", {
    d: `M${plan.x(0)} ${foot} L${path(one, names, plan)} L${plan.x(names.length - 1)} ${foot} Z`,
    class: `surface ${hue(at)}`,
  });
}

function dots(one, names, at, many, { x, y, slot }) {
  return names.map((name, place) => {
    const value = valueAt(one, name);
    return svg(
      "g",
      null,
      svg(
        "circle",
        { cx: x(place), cy: y(value), r: 3.5, class: `dot ${hue(at)}` },
        svg("title", null, `${one.name}, ${name}: ${show(value)}`),
      ),
      many === 1 && slot > 30 && svg("text", { x: x(place), y: y(value) - 8, class: "tick mid value" }, show(value)),
    );
  });
}

// --- the numbers again, for whoever would rather read them

function asTable(chart) {
  const pieLike = chart.type === "pie";
  const head = pieLike ? ["Part", "Value"] : ["", ...chart.series.map((one) => one.name)];
  const rows = pieLike
    ? chart.segments.map((one) => [one.label, show(one.value)])
    : categories(chart).map((name) => [name, ...chart.series.map((one) => show(valueAt(one, name)))]);
  return h(
    "details",
    null,
    h("summary", null, "Show the numbers"),
    h(
      "div",
      { class: "scroll-x" },
      h(
        "table",
        { class: "grid" },
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            head.map((text) => h("th", { scope: "col" }, text)),
          ),
        ),
        h(
          "tbody",
          null,
          rows.map(([name, ...values]) =>
            h(
              "tr",
              null,
              h("th", { scope: "row" }, name),
              values.map((value) => h("td", { class: "to-right" }, value)),
            ),
          ),
        ),
      ),
    ),
  );
}
