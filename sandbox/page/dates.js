// Dates: moments as a person reads them in their own zone, and Slack's date tokens.

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, build(zone, options));
  return formats.get(key);
}

function build(zone, options) {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone || "UTC", ...options });
  } catch {
    return new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options });
  }
}

const NUMBERS = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
};

/** {year, month, day, hour, minute, second} as two-digit texts, for unix seconds read in a zone. */
export function partsOf(seconds, zone) {
  const found = format(zone, NUMBERS).formatToParts(new Date(seconds * 1000));
  return Object.fromEntries(found.map((part) => [part.type, part.value]));
}

function offsetAt(seconds, zone) {
  const p = partsOf(seconds, zone);
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) / 1000 - Math.floor(seconds);
}

/** Unix seconds of a wall-clock text "2026-11-23T08:45" read in a zone. */
export function instantOf(local, zone) {
  const asUtc = Date.parse(`${local.slice(0, 16)}:00Z`) / 1000;
  const first = asUtc - offsetAt(asUtc, zone);
  return asUtc - offsetAt(first, zone);
}

/** "2026-11-23T08:45", the form a datetime-local input wants. */
export function localText(seconds, zone) {
  const p = partsOf(seconds, zone);
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`;
}

export const dayText = (seconds, zone) => localText(seconds, zone).slice(0, 10);

/** The next moment after `now` at which the zone's clock shows `time` ("08:45"). */
export function nextAt(time, now, zone) {
  const today = instantOf(`${dayText(now, zone)}T${time}`, zone);
  return today > now ? today : instantOf(`${dayText(now + 86400, zone)}T${time}`, zone);
}

export function timeText(seconds, zone, hour24, withSeconds = false) {
  const extra = withSeconds ? { second: "2-digit" } : {};
  const style = hour24 ? { hour: "2-digit", hourCycle: "h23" } : { hour: "numeric", hour12: true };
  return format(zone, { ...style, minute: "2-digit", ...extra })
    .format(new Date(seconds * 1000))
    .replace(" ", " ");
}

export function shortDay(seconds, zone) {
  return format(zone, { weekday: "short", day: "numeric", month: "short" }).format(new Date(seconds * 1000));
}

function dayNumber(seconds, zone) {
  return Math.round(Date.parse(`${dayText(seconds, zone)}T00:00Z`) / 86400000);
}

/** "today", "yesterday", "tomorrow" or "" */
function nearby(seconds, { zone, now }) {
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[dayNumber(seconds, zone) - dayNumber(now, zone)] ?? "";
}

function ordinal(day) {
  const tail = { 1: "st", 2: "nd", 3: "rd" };
  return `${day}${day > 10 && day < 14 ? "th" : (tail[day % 10] ?? "th")}`;
}

function words(seconds, zone, month) {
  const found = format(zone, { weekday: "long", year: "numeric", month, day: "numeric" }).formatToParts(
    new Date(seconds * 1000),
  );
  return Object.fromEntries(found.map((part) => [part.type, part.value]));
}

/** The day line between messages: Today, Yesterday, or Monday, November 23rd. */
export function dividerText(seconds, view) {
  const near = nearby(seconds, view);
  if (near) return near[0].toUpperCase() + near.slice(1);
  const p = words(seconds, view.zone, "long");
  const year = p.year === partsOf(view.now, view.zone).year ? "" : `, ${p.year}`;
  return `${p.weekday}, ${p.month} ${ordinal(Number(p.day))}${year}`;
}

const HALF_YEAR = 182 * 86400;
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const STEPS = [
  ["year", 31536000],
  ["month", 2592000],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

export function agoText(seconds, now) {
  const gap = seconds - now;
  const step = STEPS.find(([, size]) => Math.abs(gap) >= size);
  return step ? relative.format(Math.trunc(gap / step[1]), step[0]) : "just now";
}

const withYear = (text, year, seconds, now) => (Math.abs(seconds - now) < HALF_YEAR ? text : `${text}, ${year}`);

const TOKENS = {
  date_num: (s, v) => dayText(s, v.zone),
  date_slash: (s, v) => {
    const p = partsOf(s, v.zone);
    return `${p.month}/${p.day}/${p.year}`;
  },
  date: (s, v) => {
    const p = words(s, v.zone, "long");
    return withYear(`${p.month} ${p.day}`, p.year, s, v.now);
  },
  date_short: (s, v) => {
    const p = words(s, v.zone, "short");
    return withYear(`${p.month} ${p.day}`, p.year, s, v.now);
  },
  date_long: (s, v) => {
    const p = words(s, v.zone, "long");
    return `${p.weekday}, ${p.month} ${ordinal(Number(p.day))}, ${p.year}`;
  },
  date_long_full: (s, v) => {
    const p = words(s, v.zone, "long");
    return `${p.month} ${p.day}, ${p.year}`;
  },
  day_divider_pretty: (s, v) =>
    dividerText(s, v).replace(/^(T|Y)(oday|omorrow|esterday)/, (text) => text.toLowerCase()),
  time: (s, v) => timeText(s, v.zone, v.hour24),
  time_secs: (s, v) => timeText(s, v.zone, v.hour24, true),
  ago: (s, v) => agoText(s, v.now),
};

function tokenText(name, seconds, view) {
  if (TOKENS[name]) return TOKENS[name](seconds, view);
  const plain = name.replace(/_pretty$/, "");
  return TOKENS[plain] ? nearby(seconds, view) || TOKENS[plain](seconds, view) : null;
}

/** Slack's "{date_short_pretty} at {time}" in a person's zone; null when a token is unknown (show the fallback). */
export function dateText(seconds, template, view) {
  let unknown = false;
  const text = template.replace(/\{(\w+)\}/g, (_, name) => {
    const shown = tokenText(name, seconds, view);
    unknown ||= shown === null;
    return shown ?? "";
  });
  return unknown || !Number.isFinite(seconds) ? null : text.charAt(0).toUpperCase() + text.slice(1);
}
