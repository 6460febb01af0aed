"""The manager's digest: one line when all is well, else what needs somebody, then the hours; and the week behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from blocks import digest_flag as draw_flag
from blocks import digest_path as draw_path
from blocks.blocker import NAMES, OPEN, TAKE_OVER
from blocks.digest_today import Today, lines
from blocks.health import ADD_ABOUT
from blocks.kit import (
    Block,
    actions,
    bars,
    button,
    context,
    day_name,
    mention,
    one_line,
    section,
    short_day,
    table,
    when,
)
from playbook.blocker import State
from playbook.days import Week
from playbook.digest import ORDER, Digest, Logged, Row, RowKind, Stuck
from playbook.length import show
from playbook.tongue import numbered, phrase
from storage.digest import Counted

NUDGE = "digest.nudge"
NUDGE_HELPER = "digest.nudge_helper"
LOOK = "digest.look"
LOOK_ON = "digest.look_on"

# So many rows of each kind fit into one message, together with the hours (Slack: about 13,200 characters).
MOST_PAST, MOST_AGING, MOST_SILENT, MOST_FLAGS = 4, 2, 3, 2
MOST_CHECKLIST, MOST_ACCESS, MOST_MISSING = 2, 2, 2
# The hours give way to what needs somebody: fewer rows, and one series for all, where more is said above them.
MOST_HOURS, FEWEST_HOURS, CROWDED = 20, 4, 12
MOST_SERIES = 6
ROOMY = 6  # so few lines about what needs somebody leave room for one button more each
NAME = 40

Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Worked:
    """What one contractor logged on each day of a stretch, in minutes, beside what was agreed for the week."""

    contractor: str
    name: str
    agreed: int
    days: Mapping[date, int] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """Add up the days."""
        return sum(self.days.values())


@dataclass(frozen=True)
class LookBack:
    """A whole week of a manager's contractors; the lock is the instant its entries close."""

    week: Week
    locked: bool
    opened: int
    resolved: int


@dataclass(frozen=True)
class Edition:
    """One manager's digest of one morning."""

    day: date
    found: Digest
    worked: Sequence[Worked]
    chart_days: Sequence[date]
    until: datetime
    asked: frozenset[str] = frozenset()
    back: LookBack | None = None
    today: Today = field(default_factory=Today)


def with_counts(edition: Edition, counted: Counted | None) -> Edition:
    """Give an edition that looks back on a week the number of blockers that came and went in it."""
    if edition.back is None or counted is None:
        return edition
    return replace(edition, back=replace(edition.back, opened=counted.opened, resolved=counted.resolved))


def draw(edition: Edition) -> Drawn:
    """Draw the digest; its text says the whole point."""
    summary = _summary(edition)
    if edition.found.quiet and edition.back is None:
        return summary, [
            section(f"☀️ *{summary}*", _look(phrase("See the hours"), Week.of(edition.day))),
            *lines(edition.today),
        ]
    sign = "☀️" if edition.found.quiet else "📋"
    top = section(f"{sign} *{day_name(edition.day)}* · {summary}")
    end = context(phrase("I keep this message up to date until {until}.", until=when(edition.until, "{time}")))
    hours = _hours(edition) if edition.back is None else _week(edition, edition.back)
    return summary, [top, *_exceptions(edition), *hours, end]


def _summary(edition: Edition) -> str:
    """Say the whole point in a line."""
    found = edition.found
    if found.quiet:
        people = edition.worked
        return (
            phrase("All {people} contractors on track.", people=len(people))
            if len(people) > 1
            else phrase("{people} is on track.", people=_only(people))
        )
    past, flags, aging, silent, late, access, alone = (
        len(found.of(kind)) for kind in ("past", "flag", "aging", "silent", "checklist", "access", "missing")
    )
    parts = [
        phrase("{blocker} past 4 h", blocker=numbered("{n} blocker", "{n} blockers", past)) if past else "",
        phrase("{red_flag}, told to the contractor first", red_flag=numbered("{n} red flag", "{n} red flags", flags))
        if flags
        else "",
        phrase("{blocker} getting old", blocker=numbered("{n} blocker", "{n} blockers", aging)) if aging else "",
        phrase("{checklist} overdue", checklist=numbered("{n} checklist", "{n} checklists", late)) if late else "",
        phrase("access not ready for {person}", person=numbered("{n} person", "{n} people", access)) if access else "",
        phrase("helpers missing for {person}", person=numbered("{n} person", "{n} people", alone)) if alone else "",
        phrase(
            "{person} without a log for two working days or more", person=numbered("{n} person", "{n} people", silent)
        )
        if silent
        else "",
    ]
    return " · ".join(part for part in parts if part)


def _only(people: Sequence[Worked]) -> str:
    return mention(people[0].contractor) if people else phrase("Everybody")


def _exceptions(edition: Edition) -> list[Block]:
    """Draw what needs somebody, in the order of its urgency, each with what can be done about it."""
    found, blocks, full = edition.found, list[Block](), _is_full(edition.found)
    past = MOST_PAST - (1 if full and edition.today else 0)
    groups: tuple[tuple[RowKind, int, str, Callable[[Row, str], list[Block]]], ...] = (
        ("past", past, phrase("🔴 Past 4 h"), lambda row, title: _stuck(row, title, talk=not full)),
        ("flag", MOST_FLAGS, phrase("🟠 Long days"), draw_flag.strain),
        ("aging", MOST_AGING, phrase("🟠 Getting old"), lambda row, title: _stuck(row, title, talk=not full)),
        ("checklist", MOST_CHECKLIST, phrase("🟡 Checklist"), draw_path.checklist),
        ("access", MOST_ACCESS, phrase("🟡 Access"), draw_path.access),
        ("missing", MOST_MISSING, phrase("🟡 People"), draw_path.missing),
        ("silent", MOST_SILENT, phrase("🟡 No log"), lambda row, title: _silent(row, title, edition.asked)),
    )
    for kind, most, title, drawn in groups:
        blocks += lines(edition.today, full=full) if kind == "silent" else []
        rows = found.of(kind)
        blocks += [block for row in rows[:most] for block in drawn(row, title)]
        if len(rows) > most:
            where = "`/blocker list`" if kind in ("past", "aging") else phrase("your Home tab")
            blocks.append(
                context(phrase("…and {rows} more like this; see {where}.", rows=len(rows) - most, where=where))
            )
    return blocks


def _is_full(found: Digest) -> bool:
    return sum(min(len(found.of(kind)), MOST_PAST) for kind in ORDER if kind != "hours") > ROOMY


def _stuck(row: Row, title: str, *, talk: bool) -> list[Block]:
    assert row.stuck is not None  # rows of these kinds are about a blocker (playbook/digest.py)
    return [section(f"*{title}* · {about(row.stuck)}"), blocker_buttons(row.stuck, talk=talk)]


def about(stuck: Stuck) -> str:
    """Sum up a blocker: number, who, what, with whom, for how much of their working time."""
    waited = phrase("{worked} of working time", worked=show(stuck.worked)) if stuck.worked else phrase("just now")
    return phrase(
        "*#{number}* {contractor}: {what}\nwith {helper}, {lower}, {waited}",
        number=stuck.number,
        contractor=mention(stuck.contractor),
        what=one_line(stuck.what, 90),
        helper=mention(stuck.helper),
        lower=NAMES[State(stuck.state)],
        waited=waited,
    )


def blocker_buttons(stuck: Stuck, *, talk: bool) -> Block:
    """Offer what a manager can do about a blocker."""
    return actions(
        button(phrase("Open"), OPEN, stuck.key, spoken=phrase("Open blocker {number}", number=stuck.number)),
        button(
            phrase("Take it over"),
            TAKE_OVER,
            stuck.key,
            spoken=phrase("Take over blocker {number}", number=stuck.number),
        ),
        button(
            phrase("Nudge kindly"),
            NUDGE_HELPER,
            stuck.key,
            spoken=phrase("Remind the helper of blocker {number}", number=stuck.number),
        ),
        *([button(phrase("Talk in 1:1"), ADD_ABOUT, f"blocker:{stuck.key}")] if talk else []),
    )


def _silent(row: Row, title: str, asked: frozenset[str]) -> list[Block]:
    assert row.logged is not None  # rows of this kind are about a contractor (playbook/digest.py)
    who = row.logged
    said = phrase(
        "*{title}* · {contractor}: nothing for {working_day}",
        title=title,
        contractor=mention(who.contractor),
        working_day=numbered("{n} working day", "{n} working days", who.silent_days),
    )
    if who.contractor in asked:
        return [section(phrase("{said}\nI have asked kindly, or will when their day begins.", said=said))]
    return [
        section(said),
        actions(button(phrase("Nudge kindly"), NUDGE, who.contractor, spoken=phrase("Ask this person kindly"))),
    ]


def _hours(edition: Edition) -> list[Block]:
    """Show yesterday's hours as a table, by name, and the last days as a chart."""
    logged = [row.logged for row in edition.found.of("hours") if row.logged]
    if not logged:
        return []
    week = {one.contractor: one.minutes for one in edition.worked}
    most = _room(edition)
    rows = [_hours_row(one, week.get(one.contractor, 0)) for one in logged[:most]]
    more = len(logged) - most
    shown = table([phrase("Contractor"), phrase("Day"), phrase("Logged"), phrase("Last 7 days")], rows, numbers=(2, 3))
    rest = [context(phrase("…and {more} more; your Home tab has everybody.", more=more))] if more > 0 else []
    return [
        shown,
        *rest,
        *_chart(phrase("Hours in the last 7 days"), edition),
        actions(_look(phrase("See the week"), Week.of(edition.day))),
    ]


def _room(edition: Edition) -> int:
    """Say how many rows of hours fit beside what is said above them."""
    limits: tuple[tuple[RowKind, int], ...]
    limits = (
        ("checklist", MOST_CHECKLIST),
        ("access", MOST_ACCESS),
        ("missing", MOST_MISSING),
        ("flag", MOST_FLAGS),
    )
    above = [min(len(edition.found.of(kind)), most) for kind, most in limits]
    return max(FEWEST_HOURS, MOST_HOURS - 3 * sum(above))


def _hours_row(one: Logged, week: int) -> list[str]:
    logged = show(one.minutes) if one.minutes else phrase("no log")
    return [short_name(one.name), day_name(one.yesterday), logged, show(week) if week else "–"]


def short_name(name: str) -> str:
    """Cut a name for a table cell, where nothing needs escaping."""
    whole = " ".join(name.split())
    return whole if len(whole) <= NAME else whole[: NAME - 1] + "…"


def _chart(title: str, edition: Edition) -> list[Block]:
    """Draw hours by day: a series for each of a few contractors, one for all of many."""
    days = edition.chart_days
    if not days or not any(one.minutes for one in edition.worked):
        return []
    if len(edition.worked) <= MOST_SERIES and _room(edition) > CROWDED:
        names = unique([one.name for one in edition.worked])
        series = [(name, _in_hours(one.days, days)) for name, one in zip(names, edition.worked, strict=True)]
    else:
        sums = {day: sum(one.days.get(day, 0) for one in edition.worked) for day in days}
        series = [(phrase("Everybody"), _in_hours(sums, days))]
    return [bars(title, [short_day(day) for day in days], series, phrase("Hours"))]


def _in_hours(minutes: Mapping[date, int], days: Sequence[date]) -> list[float]:
    return [round(minutes.get(day, 0) / 60, 2) for day in days]


def unique(names: Sequence[str], most: int = 20) -> list[str]:
    """Cut names for a chart so that no two of them are the same."""
    taken: list[str] = []
    for name in names:
        whole, number = " ".join(name.split()) or "–", 2
        short = whole[:most]
        while short in taken:
            short, number = f"{whole[: most - 3]} {number}", number + 1
        taken.append(short)
    return taken


def _week(edition: Edition, back: LookBack) -> list[Block]:
    """Show the week that is over: hours against what was agreed, what was stuck, and when it locks."""
    most = _room(edition)
    rows = [_week_row(one) for one in edition.worked[:most]]
    more = len(edition.worked) - most
    title = phrase(
        "*Week of {monday}* · {blocker} came up, {resolved} resolved",
        monday=day_name(back.week.monday),
        blocker=numbered("{n} blocker", "{n} blockers", back.opened),
        resolved=back.resolved,
    )
    rest = [context(phrase("…and {more} more; your Home tab has everybody.", more=more))] if more > 0 else []
    shown = table([phrase("Contractor"), phrase("Logged"), phrase("Agreed"), phrase("Days")], rows, numbers=(1, 2, 3))
    lock = lock_line(back)
    chart = _chart(phrase("Hours in the week of {monday}", monday=day_name(back.week.monday)), edition)
    return [section(title), shown, *rest, *chart, context(lock), actions(_look(phrase("See each day"), back.week))]


def _week_row(one: Worked) -> list[str]:
    days = sum(1 for minutes in one.days.values() if minutes)
    return [short_name(one.name), show(one.minutes), show(one.agreed), str(days)]


def lock_line(back: LookBack) -> str:
    """Say when the entries of a week close, or closed."""
    if back.locked:
        return phrase(
            "This week locked {locks_at}. It can be opened again for one person at a time.",
            locks_at=when(back.week.locks_at),
        )
    return phrase(
        "This week locks {locks_at}: until then everybody can still change their own entries.",
        locks_at=when(back.week.locks_at),
    )


def _look(label: str, week: Week) -> Block:
    return button(label, LOOK, week.key)
