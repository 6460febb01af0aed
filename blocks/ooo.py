"""Time away, shown: what was noted, what `/ooo` can do, who is away, and public holidays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from blocks import kit
from blocks.kit import Block

OPEN = "ooo.open"
BACK = "ooo.back"
EDIT = "ooo.edit"
UNDO = "ooo.undo"
SETTINGS = "ooo.settings"
WHO = "ooo.who"
HOLIDAYS = "ooo.holidays"
WORK = "ooo.work"
WORK_LISTED = "ooo.work_listed"
MOST_SHOWN = 40
A_SECTION = 10
FEW_NAMES = 3
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Drawn = tuple[str, list[Block]]

HELP = (
    "*`/ooo`* tells everybody whom it concerns that you are away. Your manager is told, not asked.\n"
    "`/ooo` a form · `/ooo today` · `/ooo tomorrow` · `/ooo mon-wed` · `/ooo next week` · `/ooo until friday`\n"
    "`/ooo 12-16 aug lisbon trip` · `/ooo from 3 to 7 dec` · `/ooo 3 days` · `/ooo half day tomorrow`\n"
    "`/ooo 12-16 aug @person` they stand in for you\n"
    "`/ooo back` you are here again · `/ooo who` who is away · `/ooo undo` takes the last one back\n"
    "`/ooo holidays` public holidays, and on which of them you work · `/ooo settings` working days and quiet hours\n"
    "`/ooo @person 12-16 aug` for a contractor, by their manager\n"
    "In a direct message to me: `ooo tomorrow`, `back`."
)


@dataclass(frozen=True)
class Noted:
    """What was noted, to say it: whose days they are ("" is who asked), and everything that follows from them."""

    away_id: str
    user_id: str
    first: date
    last: date
    today: date
    working: int
    partly: bool = False
    again: datetime | None = None
    again_day: date | None = None
    again_at: str = ""
    deputy_id: str = ""
    told: Sequence[str] = ()
    helped: int = 0
    held: int = 0
    joins: Sequence[tuple[date, date]] = ()
    cuts: Sequence[tuple[date, date]] = ()
    open_end: bool = False
    changed: bool = False


@dataclass(frozen=True)
class Gone:
    """One line of who is away: the days, in which way as far as the reader may know, and who stands in."""

    user_id: str
    first: date
    last: date
    partly: bool = False
    kind: str = ""
    note: str = ""
    deputy_id: str = ""


def span(first: date, last: date, today: date) -> str:
    """Name a stretch of days: Wed 12 – Sun 16 Aug; with the year where it is not this one."""
    year = f" {last:%Y}" if last.year != today.year else ""
    if first == last:
        return f"{kit.day_name(first)}{year}"
    begins = kit.short_day(first) if (first.month, first.year) == (last.month, last.year) else kit.day_name(first)
    began = f" {first:%Y}" if first.year not in (last.year, today.year) else ""
    return f"{begins}{began} – {kit.day_name(last)}{year}"


def quoted(words: str) -> str:
    """Make somebody's words safe to be repeated."""
    return kit.one_line(words)


def buttons(away_id: str) -> Block:
    """Offer to change what was noted, or to take it back."""
    return kit.actions(kit.button("Edit", EDIT, away_id), kit.button("Undo", UNDO, away_id))


def noted(what: Noted) -> Drawn:
    """Say what was noted, who is told, and when the bot writes again."""
    lines = [_lead(what), *_follows(what)]
    text = "\n".join(lines)
    return text, [kit.section(text), buttons(what.away_id)]


def _lead(what: Noted) -> str:
    whom = kit.mention(what.user_id) if what.user_id else "you"
    is_ = "is" if what.user_id else "are"
    days = span(what.first, what.last, what.today)
    how = "partly away" if what.partly else "away"
    ends = what.last < what.today
    verb = ("was" if what.user_id else "were") if ends else is_
    return f"{'Changed' if what.changed else 'Noted'}: {whom} {verb} {how} *{days}* ({_count(what)})."


def _count(what: Noted) -> str:
    days = (what.last - what.first).days + 1
    if days == 1:
        return "1 day" if what.working else "1 day, and not a working day anyway"
    if days == what.working:
        return kit.plural(days, "working day")
    works = kit.plural(what.working, "working day") if what.working else "no working day"
    return f"{days} days, {works} among them"


def _follows(what: Noted) -> list[str]:
    lines = [f"It joins {_spans(what.joins, what.today)}, which was noted before."] if what.joins else []
    lines += [f"For these days it takes the place of {_spans(what.cuts, what.today)}."] if what.cuts else []
    lines += ["That is one day; press Edit if it is longer."] if what.open_end else []
    lines += [_writes(what)]
    lines += [f"{', '.join(kit.mention(one) for one in what.told)} {_are(len(what.told))} told, not asked."] * bool(
        what.told
    )
    if what.helped and not what.partly:
        lines.append(f"I tell {kit.plural(what.helped, 'contractor')} who count on this until when it is.")
    lines += [_stands_in(what)] if not what.partly else []
    return [line for line in lines if line]


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _spans(spans: Sequence[tuple[date, date]], today: date) -> str:
    return ", ".join(span(*pair, today) for pair in spans)


def _writes(what: Noted) -> str:
    if what.partly:
        return "I still write on these days, and the reminder to log stays silent."
    if what.last < what.today:
        return "Nothing of it counts as missed."
    if what.again_day is None:
        return ""
    day = span(what.again_day, what.again_day, what.today)
    return f"Nothing counts as missed, and I write again on {day} at {what.again_at}."


def _stands_in(what: Noted) -> str:
    if what.deputy_id:
        blockers = f", and takes {kit.plural(what.held, 'open blocker')}" if what.held else ""
        return f"{kit.mention(what.deputy_id)} stands in{blockers}."
    if what.held and what.last >= what.today:
        wait = "waits" if what.held == 1 else "wait"
        return f"{kit.plural(what.held, 'open blocker')} {wait} for this. Press Edit to say who stands in."
    return ""


def undone(first: date, last: date, today: date, restored: Sequence[tuple[date, date]] = ()) -> str:
    """Say what was taken back, and what stands again."""
    again = f" What stands again: {_spans(restored, today)}." if restored else " Everything goes on as usual."
    return f"Taken back: {span(first, last, today)}.{again}"


def unread(text: str) -> Drawn:
    """Offer the form where none can open by itself, with what was understood kept for it."""
    said = f"{text}\nPress Choose the days; what I understood stands in the form."
    return said, [kit.section(said), kit.actions(kit.button("Choose the days", OPEN, style="primary"))]


def who(gone: Sequence[Gone], holidays: Sequence[tuple[str, date, str]], today: date, days: int) -> Drawn:
    """List who is away today and in the days to come."""
    now = [one for one in gone if one.first <= today <= one.last]
    soon = [one for one in gone if one.first > today]
    lines = _part("Away today", now, today) + _part(f"In the next {kit.plural(days, 'day')}", soon, today)
    if holidays:
        lines += [
            "*Public holidays*",
            *(f"{kit.day_name(day)}: {kit.one_line(name)} ({whom})" for whom, day, name in holidays),
        ]
    shown = lines[:MOST_SHOWN] + ([f"… and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else [])
    text = "\n".join(shown) or f"Nobody around you is away today or in the next {days} days."
    parts = ["\n".join(shown[at : at + A_SECTION]) for at in range(0, len(shown), A_SECTION)] or [text]
    row = kit.actions(kit.button("I am away too", OPEN), kit.button("Public holidays", HOLIDAYS))
    return text, [*(kit.section(part) for part in parts), row]


def _part(title: str, gone: Sequence[Gone], today: date) -> list[str]:
    return [f"*{title}*", *(_gone(one, today) for one in gone)] if gone else []


def _gone(one: Gone, today: date) -> str:
    until = one.first <= today
    days = (
        f"until {span(one.last, one.last, today)}" if until and one.last > today else span(one.first, one.last, today)
    )
    days = "today" if until and one.last == today else days
    more = [one.kind or ("partly" if one.partly else "")]
    more += [kit.one_line(one.note, 100)] if one.note else []
    more += [f"{kit.mention(one.deputy_id)} stands in"] if one.deputy_id else []
    said = " · ".join(part for part in more if part)
    return f"• {kit.mention(one.user_id)}: {days}{f' · {said}' if said else ''}"


def names(user_ids: Sequence[str]) -> str:
    """Name some people, the first few and how many more."""
    more = len(user_ids) - FEW_NAMES
    return ", ".join(kit.mention(one) for one in user_ids[:FEW_NAMES]) + (f" and {more} more" if more > 0 else "")


def chosen(weekdays: Sequence[int], quiet: tuple[time | None, time | None], country: str, *, told: bool) -> str:
    """Say what was chosen in the settings, and what follows from it."""
    days = ", ".join(DAYS[one] for one in weekdays)
    begins, ends = quiet
    hours = f"quiet from {begins:%H:%M} to {ends:%H:%M}" if begins and ends else "the usual quiet hours"
    more = [f"public holidays of {country}"] if country else []
    told_of = " Your manager is told of the working days." if told else ""
    return f"Saved: you work {days}; {'; '.join([hours, *more])}. Everything planned follows.{told_of}"


def holidays(listed: Sequence[tuple[date, str, bool]], country: str, today: date) -> Drawn:
    """List the next public holidays, each with a switch between a day off and a working day."""
    lead = f"The next public holidays in {country} on your working days. They count as days off, unless you work."
    blocks: list[Block] = [kit.section(lead)]
    for day, name, works in listed:
        label, spoken = ("Day off after all", "take the day off") if works else ("I'm working", "work on this day")
        state = "you work" if works else "day off"
        switch = kit.button(label, WORK_LISTED, day.isoformat(), spoken=f"{spoken}: {kit.clean(name, 40)}"[:75])
        blocks.append(kit.section(f"*{span(day, day, today)}* {kit.one_line(name)} · {state}", switch))
    text = "\n".join([lead, *(f"{span(day, day, today)}: {kit.one_line(name)}" for day, name, _ in listed)])
    return text, blocks


def announced(days: Sequence[tuple[date, str, bool]], country: str, stem: str, today: date) -> Drawn:
    """Tell of a public holiday that is near, with the switch."""
    blocks: list[Block] = []
    lines = []
    for day, name, works in days:
        counts = "You work on it, so it counts as usual." if works else "I count it as a day off."
        lines.append(f"{_near(day, today)} is {kit.one_line(name)} in {country}. {counts}")
        switch = kit.button("Day off after all" if works else "I'm working", WORK, f"{stem}:{day}")
        blocks.append(kit.section(lines[-1], switch))
    return "\n".join(lines), blocks


def _near(day: date, today: date) -> str:
    return f"{day:%A}" if 0 < (day - today).days < 7 else span(day, day, today)  # noqa: PLR2004 - a week
