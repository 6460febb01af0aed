"""The agenda of a 1:1: six timed parts filled with what is known, as both get it beforehand and as they talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks.kit import (
    Block,
    actions,
    bars,
    button,
    context,
    day_name,
    esc,
    header,
    mention,
    section,
    short_day,
    table,
    when,
)
from blocks.oneonone import ADD, ASK, MOVE, PREPARE, SKIP, START, STRATEGY, Drawn
from playbook.log import show
from playbook.tongue import phrase

MOST_LINES = 8
LONGEST_PART = 1500


@dataclass(frozen=True)
class PartShown:
    """One part: its name and minutes, the line of advice, what is known (safe mrkdwn), and what is said of nothing.

    `own` are lines that only the manager sees, in place of `empty` where there are no others.
    """

    key: str
    name: str
    minutes: int
    hint: str = ""
    lines: Sequence[str] = ()
    empty: str = ""
    own: Sequence[str] = ()


@dataclass(frozen=True)
class WeekShown:
    """The log of the week before a 1:1: its days with the minutes logged and agreed."""

    days: Sequence[date] = ()
    logged: Sequence[int] = ()
    agreed: Sequence[int] = ()


@dataclass(frozen=True)
class Agenda:
    """One 1:1 with all that both should have in mind; `prepared` and `has_strategy` say who has done their part."""

    meeting_id: str
    user_id: str
    manager_id: str
    at: datetime
    minutes: int = 20
    state: str = "planned"
    part: int = 0
    parts: Sequence[PartShown] = ()
    week: WeekShown | None = None
    prepared: bool = False
    has_strategy: bool = False
    moved_from: datetime | None = None
    begun: bool = False
    clocks: str = ""


def letter(agenda: Agenda, viewer: str) -> Drawn:
    """Draw the agenda for one of the two, by user id; the manager's differs in its buttons and own lines only."""
    leads = viewer == agenda.manager_id
    other = agenda.user_id if leads else agenda.manager_id
    moment = when(agenda.at, phrase("{date_short_pretty} at {time}"))
    text = phrase(
        "Your 1:1 with {other} is {moment}: {agenda}",
        other=mention(other),
        moment=moment,
        agenda=_missing(agenda, leads=leads),
    )
    blocks = [
        header(phrase("1:1 agenda · {minutes} minutes", minutes=agenda.minutes)),
        section(text),
        *([context(esc(agenda.clocks))] if agenda.clocks else []),
    ]
    blocks += [block for at in range(len(agenda.parts)) for block in part_blocks(agenda, at, leads=leads)]
    return text, [*blocks, *week_blocks(agenda), *_buttons(agenda, leads=leads)]


def part_blocks(agenda: Agenda, part_index: int, *, leads: bool = False) -> list[Block]:
    """Draw one part; `leads` adds what is only for the manager."""
    part = agenda.parts[part_index]
    lines = [*part.lines, *(part.own if leads else ())] or [part.empty]
    title = phrase(
        "*{part_index} · {part}* · {minutes} min · _{hint}_",
        part_index=part_index + 1,
        part=part.name,
        minutes=part.minutes,
        hint=part.hint,
    )
    return [section("\n".join([title, *fitted([line for line in lines if line])]))]


def fitted(lines: Sequence[str], most: int = MOST_LINES, longest: int = LONGEST_PART) -> list[str]:
    """Keep as many lines as there is room for, and count the others."""
    kept: list[str] = []
    for line in lines:
        if len(kept) == most or sum(map(len, kept)) + len(line) > longest:
            break
        kept.append(f"• {line}")
    rest = len(lines) - len(kept)
    return [*kept, phrase("_and {rest} more_", rest=rest)] if rest else kept


def week_blocks(agenda: Agenda) -> list[Block]:
    """Draw the week's log as a table and a chart."""
    week = agenda.week
    if week is None or not week.days:
        return []
    days = list(zip(week.days, week.logged, week.agreed, strict=True))
    rows = [[day_name(day), show(done) if done else "–", show(due) if due else "–"] for day, done, due in days]
    rows.append([phrase("Total"), show(sum(week.logged)), show(sum(week.agreed))])
    series = [
        (phrase("Logged"), [round(done / 60, 2) for done in week.logged]),
        (phrase("Agreed"), [round(due / 60, 2) for due in week.agreed]),
    ]
    title = phrase("{days} to {days_2}, hours a day", days=day_name(week.days[0]), days_2=day_name(week.days[-1]))
    return [
        table([phrase("Day"), phrase("Logged"), phrase("Agreed")], rows, numbers=(1, 2)),
        bars(title, [short_day(day) for day in week.days], series, phrase("Hours")),
    ]


def _missing(agenda: Agenda, *, leads: bool) -> str:
    if leads:
        return (
            phrase("here is the agenda.") if agenda.has_strategy else phrase("your line of strategy is still missing.")
        )
    return (
        phrase("here is the agenda.")
        if agenda.prepared
        else phrase("you can still add how you are and what you want to talk about.")
    )


def _buttons(agenda: Agenda, *, leads: bool) -> list[Block]:
    if agenda.state != "planned":
        return []
    one = agenda.meeting_id
    add = button(phrase("Add a topic"), ADD, one)
    if leads:
        line = button(
            phrase("Change the strategy line") if agenda.has_strategy else phrase("Write the strategy line"),
            STRATEGY,
            one,
        )
        return [
            actions(
                button(phrase("Start"), START, one, "primary"), line, add, button(phrase("Move"), MOVE, one), _skip(one)
            )
        ]
    if agenda.begun:
        return [context(phrase("It has begun; what you prepare now comes to the next one."))]
    prepare = button(
        phrase("Change what I prepared") if agenda.prepared else phrase("Prepare"), PREPARE, one, "primary"
    )
    return [actions(prepare, add, button(phrase("Ask to move"), ASK, one))]


def _skip(one: str) -> Block:
    return button(phrase("Skip"), SKIP, one, spoken=phrase("Skip this 1:1"))
