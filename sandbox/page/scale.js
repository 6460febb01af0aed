// Scale: a value axis with round ticks.

/** Round limits around low..high and about five ticks between them. */
export function scale(low, high) {
  const span = high - low || 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= rough);
  const first = Math.floor(low / step) * step;
  const last = Math.ceil((high || first + step) / step) * step;
  const ticks = Array.from({ length: Math.round((last - first) / step) + 1 }, (_, at) =>
    Number((first + at * step).toFixed(6)),
  );
  return { low: first, high: last, ticks };
}
