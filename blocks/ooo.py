"""Time away, shown: what was noted, what `/ooo` can do, who is away, and public holidays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from blocks import kit
from blocks.kit import Block
from playbook.tongue import numbered, oclock, phrase, weekday

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
DAYS = (phrase("Mon"), phrase("Tue"), phrase("Wed"), phrase("Thu"), phrase("Fri"), phrase("Sat"), phrase("Sun"))

Drawn = tuple[str, list[Block]]

HELP = phrase(
    "*`/ooo`* tells everybody whom it concerns that you are away. Your manager is told, not "
    "asked.\n`/ooo` a form · `/ooo today` · `/ooo tomorrow` · `/ooo mon-wed` · `/ooo next week` · "
    "`/ooo until friday`\n`/ooo 12-16 aug lisbon trip` · `/ooo from 3 to 7 dec` · `/ooo 3 days` · "
    "`/ooo half day tomorrow`\n`/ooo 12-16 aug @person` they stand in for you\n`/ooo back` you are "
    "here again · `/ooo who` who is away · `/ooo undo` takes the last one back\n`/ooo holidays` "
    "public holidays, and on which of them you work · `/ooo settings` working days and quiet "
    "hours\n`/ooo @person 12-16 aug` for a contractor, by their manager\nIn a direct message to "
    "me: `ooo tomorrow`, `back`."
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
    return kit.actions(kit.button(phrase("Edit"), EDIT, away_id), kit.button(phrase("Undo"), UNDO, away_id))


def noted(what: Noted) -> Drawn:
    """Say what was noted, who is told, and when the bot writes again."""
    lines = [_lead(what), *_follows(what)]
    text = "\n".join(lines)
    return text, [kit.section(text), buttons(what.away_id)]


# By whether it is about whoever reads it, whether it is over, and whether it is for a part of the days.
LEADS: Mapping[tuple[bool, bool, bool], str] = {
    (True, False, False): phrase("{noted}: you are away *{days}* ({count})."),
    (True, False, True): phrase("{noted}: you are partly away *{days}* ({count})."),
    (True, True, False): phrase("{noted}: you were away *{days}* ({count})."),
    (True, True, True): phrase("{noted}: you were partly away *{days}* ({count})."),
    (False, False, False): phrase("{noted}: {who} is away *{days}* ({count})."),
    (False, False, True): phrase("{noted}: {who} is partly away *{days}* ({count})."),
    (False, True, False): phrase("{noted}: {who} was away *{days}* ({count})."),
    (False, True, True): phrase("{noted}: {who} was partly away *{days}* ({count})."),
}


def _lead(what: Noted) -> str:
    own, over = not what.user_id, what.last < what.today
    noted = phrase("Changed") if what.changed else phrase("Noted")
    days, who = span(what.first, what.last, what.today), kit.mention(what.user_id)
    return LEADS[own, over, what.partly].format(noted=noted, who=who, days=days, count=_count(what))


def _count(what: Noted) -> str:
    days = (what.last - what.first).days + 1
    if days == 1:
        return phrase("1 day") if what.working else phrase("1 day, and not a working day anyway")
    if days == what.working:
        return numbered("{n} working day", "{n} working days", days)
    works = numbered("{n} working day", "{n} working days", what.working) if what.working else phrase("no working day")
    return phrase("{days} days, {works} among them", days=days, works=works)


def _follows(what: Noted) -> list[str]:
    lines = (
        [phrase("It joins {joins}, which was noted before.", joins=_spans(what.joins, what.today))]
        if what.joins
        else []
    )
    lines += (
        [phrase("For these days it takes the place of {cuts}.", cuts=_spans(what.cuts, what.today))]
        if what.cuts
        else []
    )
    lines += [phrase("That is one day; press Edit if it is longer.")] if what.open_end else []
    lines += [_writes(what)]
    lines += [
        numbered(
            "{who} is told, not asked.",
            "{who} are told, not asked.",
            len(what.told),
            who=", ".join(kit.mention(one) for one in what.told),
        )
    ] * bool(what.told)
    if what.helped and not what.partly:
        lines.append(
            phrase(
                "I tell {contractor} who count on this until when it is.",
                contractor=numbered("{n} contractor", "{n} contractors", what.helped),
            )
        )
    lines += [_stands_in(what)] if not what.partly else []
    return [line for line in lines if line]


def _spans(spans: Sequence[tuple[date, date]], today: date) -> str:
    return ", ".join(span(*pair, today) for pair in spans)


def _writes(what: Noted) -> str:
    if what.partly:
        return phrase("I still write on these days, and the reminder to log stays silent.")
    if what.last < what.today:
        return phrase("Nothing of it counts as missed.")
    if what.again_day is None:
        return ""
    day = span(what.again_day, what.again_day, what.today)
    return phrase(
        "Nothing counts as missed, and I write again on {day} at {again_at}.", day=day, again_at=what.again_at
    )


def _stands_in(what: Noted) -> str:
    if what.deputy_id:
        blockers = (
            phrase(
                ", and takes {open_blocker}", open_blocker=numbered("{n} open blocker", "{n} open blockers", what.held)
            )
            if what.held
            else ""
        )
        return phrase("{deputy_id} stands in{blockers}.", deputy_id=kit.mention(what.deputy_id), blockers=blockers)
    if what.held and what.last >= what.today:
        wait = numbered("waits", "wait", what.held)
        return phrase(
            "{open_blocker} {wait} for this. Press Edit to say who stands in.",
            open_blocker=numbered("{n} open blocker", "{n} open blockers", what.held),
            wait=wait,
        )
    return ""


def undone(first: date, last: date, today: date, restored: Sequence[tuple[date, date]] = ()) -> str:
    """Say what was taken back, and what stands again."""
    again = (
        phrase(" What stands again: {restored}.", restored=_spans(restored, today))
        if restored
        else phrase(" Everything goes on as usual.")
    )
    return phrase("Taken back: {first}.{again}", first=span(first, last, today), again=again)


def unread(text: str) -> Drawn:
    """Offer the form where none can open by itself, with what was understood kept for it."""
    said = phrase("{text}\nPress Choose the days; what I understood stands in the form.", text=text)
    return said, [kit.section(said), kit.actions(kit.button(phrase("Choose the days"), OPEN, style="primary"))]


def who(gone: Sequence[Gone], holidays: Sequence[tuple[str, date, str]], today: date, days: int) -> Drawn:
    """List who is away today and in the days to come."""
    now = [one for one in gone if one.first <= today <= one.last]
    soon = [one for one in gone if one.first > today]
    lines = _part(phrase("Away today"), now, today) + _part(
        phrase("In the next {day}", day=numbered("{n} day", "{n} days", days)), soon, today
    )
    if holidays:
        lines += [
            phrase("*Public holidays*"),
            *(f"{kit.day_name(day)}: {kit.one_line(name)} ({whom})" for whom, day, name in holidays),
        ]
    shown = lines[:MOST_SHOWN] + (
        [phrase("… and {lines} more", lines=len(lines) - MOST_SHOWN)] if len(lines) > MOST_SHOWN else []
    )
    text = "\n".join(shown) or phrase("Nobody around you is away today or in the next {days} days.", days=days)
    parts = ["\n".join(shown[at : at + A_SECTION]) for at in range(0, len(shown), A_SECTION)] or [text]
    row = kit.actions(kit.button(phrase("I am away too"), OPEN), kit.button(phrase("Public holidays"), HOLIDAYS))
    return text, [*(kit.section(part) for part in parts), row]


def _part(title: str, gone: Sequence[Gone], today: date) -> list[str]:
    return [f"*{title}*", *(_gone(one, today) for one in gone)] if gone else []


def _gone(one: Gone, today: date) -> str:
    until = one.first <= today
    days = (
        phrase("until {last}", last=span(one.last, one.last, today))
        if until and one.last > today
        else span(one.first, one.last, today)
    )
    days = phrase("today") if until and one.last == today else days
    more = [one.kind or ("partly" if one.partly else "")]
    more += [kit.one_line(one.note, 100)] if one.note else []
    more += [phrase("{deputy_id} stands in", deputy_id=kit.mention(one.deputy_id))] if one.deputy_id else []
    said = " · ".join(part for part in more if part)
    return f"• {kit.mention(one.user_id)}: {days}{f' · {said}' if said else ''}"


def names(user_ids: Sequence[str]) -> str:
    """Name some people, the first few and how many more."""
    more = len(user_ids) - FEW_NAMES
    return ", ".join(kit.mention(one) for one in user_ids[:FEW_NAMES]) + (
        phrase(" and {more} more", more=more) if more > 0 else ""
    )


def chosen(weekdays: Sequence[int], quiet: tuple[time | None, time | None], country: str, *, told: bool) -> str:
    """Say what was chosen in the settings, and what follows from it."""
    days = ", ".join(DAYS[one] for one in weekdays)
    begins, ends = quiet
    hours = (
        phrase("quiet from {begins} to {ends}", begins=oclock(begins), ends=oclock(ends))
        if begins and ends
        else phrase("the usual quiet hours")
    )
    more = [phrase("public holidays of {country}", country=country)] if country else []
    told_of = phrase(" Your manager is told of the working days.") if told else ""
    return phrase(
        "Saved: you work {days}; {it}. Everything planned follows.{told_of}",
        days=days,
        it="; ".join([hours, *more]),
        told_of=told_of,
    )


def holidays(listed: Sequence[tuple[date, str, bool]], country: str, today: date) -> Drawn:
    """List the next public holidays, each with a switch between a day off and a working day."""
    lead = phrase(
        "The next public holidays in {country} on your working days. They count as days off, unless you work.",
        country=country,
    )
    blocks: list[Block] = [kit.section(lead)]
    for day, name, works in listed:
        label, spoken = (
            (phrase("Day off after all"), phrase("take the day off"))
            if works
            else (phrase("I'm working"), phrase("work on this day"))
        )
        state = phrase("you work") if works else phrase("day off")
        switch = kit.button(label, WORK_LISTED, day.isoformat(), spoken=f"{spoken}: {kit.clean(name, 40)}"[:75])
        blocks.append(kit.section(f"*{span(day, day, today)}* {kit.one_line(name)} · {state}", switch))
    text = "\n".join([lead, *(f"{span(day, day, today)}: {kit.one_line(name)}" for day, name, _ in listed)])
    return text, blocks


def announced(days: Sequence[tuple[date, str, bool]], country: str, stem: str, today: date) -> Drawn:
    """Tell of a public holiday that is near, with the switch."""
    blocks: list[Block] = []
    lines = []
    for day, name, works in days:
        counts = phrase("You work on it, so it counts as usual.") if works else phrase("I count it as a day off.")
        lines.append(
            phrase(
                "{day} is {name} in {country}. {counts}",
                day=_near(day, today),
                name=kit.one_line(name),
                country=country,
                counts=counts,
            )
        )
        switch = kit.button(phrase("Day off after all") if works else phrase("I'm working"), WORK, f"{stem}:{day}")
        blocks.append(kit.section(lines[-1], switch))
    return "\n".join(lines), blocks


def _near(day: date, today: date) -> str:
    return weekday(day) if 0 < (day - today).days < 7 else span(day, day, today)  # noqa: PLR2004 - a week
