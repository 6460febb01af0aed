"""What people see of their logged time: what was stored, the day, the week, and how to log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks.kit import (
    Block,
    actions,
    bars,
    button,
    clean,
    context,
    day_name,
    one_line,
    option,
    pie,
    progress,
    section,
    short_day,
    table,
    when,
)
from blocks.log_line import LONGEST_NOTE, LONGEST_PROJECT, day_word, fit, label, line, named, project
from playbook.days import Week
from playbook.log import Entry, LogBook, show
from playbook.tongue import capital, numbered, phrase

EDIT = "log.edit"
UNDO = "log.undo"
REMOVE = "log.remove"
RESTORE = "log.restore"
MORE = "log.more"
STOP = "log.stop"
TODAY = "log.today"
YESTERDAY = "log.yesterday"
ANY_DAY = "log.day"

PAID_RECORD = phrase(
    "These entries are for you and your team. What you are paid by stays in your client's own "
    "time tracker, so keep that running as you agreed. I say this once."
)
MOST_PARTS = 6
MOST_CHOICES = 100
MOST_SHOWN = 50
Said = tuple[str, list[Block]]


@dataclass(frozen=True)
class Totals:
    """A day's and its week's minutes beside what was agreed; `today` is the reader's own date."""

    day: date
    today: date
    minutes: int
    week: int
    day_agreed: int
    week_agreed: int


@dataclass(frozen=True)
class Stored:
    """An entry as it is kept, under its id."""

    id: str
    entry: Entry


def totals_line(totals: Totals) -> str:
    """Tell what a day and its week have come to, against what was agreed."""
    word = day_word(totals.day, totals.today)
    agreed = (
        phrase(
            " of {day_agreed} {minutes}",
            day_agreed=show(totals.day_agreed),
            minutes=progress(totals.minutes, totals.day_agreed),
        )
        if totals.day_agreed
        else ""
    )
    this_week = Week.of(totals.day) == Week.of(totals.today)
    week = phrase("week") if this_week else phrase("week of {monday}", monday=day_name(Week.of(totals.day).monday))
    return phrase(
        "{word} {minutes}{agreed} · {week} {week_2} of {week_agreed}",
        word=word,
        minutes=show(totals.minutes),
        agreed=agreed,
        week=week,
        week_2=show(totals.week),
        week_agreed=show(totals.week_agreed),
    )


def saved(
    stored: Sequence[Stored], totals: Sequence[Totals], book: LogBook, head: str = "✅", *, first: bool = False
) -> Said:
    """Say what was stored and what it comes to; the very first time, also what this record is not."""
    today = totals[0].today
    lines = [f"{head} {line(each.entry, book, today)}" for each in stored]
    sums = [totals_line(each) for each in totals]
    text = "\n".join([*(f"{head} {line(each.entry, book, today, links=False)}" for each in stored), *sums])
    one = len(stored) == 1
    shown = [section(said, None if one else _edit(each)) for said, each in zip(lines, stored, strict=True)]
    buttons = [_edit(stored[0])] if one else []
    undo = button(phrase("Undo") if one else phrase("Undo all"), UNDO, stored[0].id)
    more = [context(PAID_RECORD)] if first else []
    return f"{text}\n{PAID_RECORD}" if first else text, [
        *shown,
        context("\n".join(sums)),
        *more,
        actions(*buttons, undo, button(phrase("Log more"), MORE)),
    ]


def _edit(stored: Stored) -> Block:
    return button(
        phrase("Edit"),
        EDIT,
        stored.id,
        spoken=phrase("Edit the entry of {minutes}", minutes=show(stored.entry.minutes)),
    )


def undone(stored: Sequence[Stored], totals: Totals, book: LogBook, *, already: bool = False) -> Said:
    """Say what was taken away, and how to have it back."""
    lines = fit([line(each.entry, book, totals.today, links=False) for each in stored])
    head = phrase("Already undone, nothing changed") if already else phrase("↩️ Undone")
    text = f"{head}: {lines}"
    back = actions(button(phrase("Put it back"), RESTORE, stored[0].id), button(phrase("Log more"), MORE))
    return f"{text}\n{totals_line(totals)}", [section(text), context(totals_line(totals)), back]


def of_day(stored: Sequence[Stored], totals: Totals, book: LogBook) -> Said:
    """Show the entries of a day as a table, where the time went as a chart, and a way to change one."""
    if not stored:
        return _nothing(phrase("Nothing is logged for {day} yet.", day=day_word(totals.day, totals.today)), totals)
    rows = [
        [
            show(each.entry.minutes),
            label(each.entry.category, book),
            clean(" ".join(each.entry.note.split()), 80),
            project(each.entry.project),
        ]
        for each in stored
    ]
    text = f"{totals_line(totals)}\n" + "\n".join(line(each.entry, book, totals.day, links=False) for each in stored)
    return text, [
        section(f"*{_capital(totals_line(totals))}*"),
        table([phrase("Time"), phrase("Category"), phrase("What"), phrase("Project")], rows, numbers=(0,)),
        pie(phrase("Where {day} went, in hours", day=day_word(totals.day, totals.today)), _parts(stored, book)),
        actions(_choice(stored, book), button(phrase("Log more"), MORE)),
    ]


def of_week(week: Week, stored: Sequence[Stored], totals: Totals, agreed: Sequence[int], book: LogBook, *,
            closed: bool) -> Said:  # fmt: skip
    """Show a week as a table and a chart, day by day; `agreed` holds the agreed minutes of its seven days."""
    span = f"{day_name(week.monday)} – {day_name(week.sunday)}"
    sums = phrase(
        "{span}: {week} of {week_agreed}", span=span, week=show(totals.week), week_agreed=show(totals.week_agreed)
    )
    lock = (
        phrase("This week is closed.")
        if closed
        else phrase("This week closes {locks_at}.", locks_at=when(week.locks_at))
    )
    if not stored:
        return _nothing(phrase("Nothing is logged for {span}.", span=span), totals, lock)
    minutes = [sum(each.entry.minutes for each in stored if each.entry.day == day) for day in week.days]
    days = zip(week.days, minutes, agreed, strict=True)
    rows = [[day_name(day), _or_dash(did), _or_dash(due), _kinds(day, stored, book)] for day, did, due in days]
    rows.append(
        [
            phrase("Total"),
            show(totals.week),
            show(totals.week_agreed),
            numbered("{n} entry", "{n} entries", len(stored)),
        ]
    )
    names = [short_day(day) for day in week.days]
    series = [
        (phrase("Logged"), [round(did / 60, 2) for did in minutes]),
        (phrase("Agreed"), [round(due / 60, 2) for due in agreed]),
    ]
    told = "; ".join(f"{row[0]} {row[1]}" for row in rows[:-1] if row[1] != "–")
    change = [] if closed else [_choice(stored, book)]
    return f"{sums}. {told}. {lock}", [
        section(f"*{sums}* {progress(totals.week, totals.week_agreed)}"),
        table([phrase("Day"), phrase("Logged"), phrase("Agreed"), phrase("On what")], rows, numbers=(1, 2)),
        bars(phrase("Week of {monday}, hours a day", monday=day_name(week.monday)), names, series, phrase("Hours")),
        context(lock),
        actions(*change, button(phrase("Log more"), MORE)),
    ]


def _nothing(sentence: str, totals: Totals, *more: str) -> Said:
    text = f"{sentence} {totals_line(totals)}"
    hint = phrase("`/log 2h review #acme` keeps two hours; `/log` opens a form.")
    return text, [
        section(f"{sentence} {hint}"),
        context(totals_line(totals), *more),
        actions(button(phrase("Log time"), MORE)),
    ]


def _capital(text: str) -> str:
    return capital(text)


def _or_dash(minutes: int) -> str:
    return show(minutes) if minutes else "–"


def _kinds(day: date, stored: Sequence[Stored], book: LogBook) -> str:
    """Tell on what kinds of work a day went, the largest first."""
    return ", ".join(
        f"{name} {show(minutes)}" for name, minutes in _sums([e for e in stored if e.entry.day == day], book)
    )


def _sums(stored: Sequence[Stored], book: LogBook) -> list[tuple[str, int]]:
    sums: dict[str, int] = {}
    for each in stored:
        name = label(each.entry.category, book) or phrase("No category")
        sums[name] = sums.get(name, 0) + each.entry.minutes
    return sorted(sums.items(), key=lambda pair: -pair[1])


def _parts(stored: Sequence[Stored], book: LogBook) -> list[tuple[str, float]]:
    """Give the parts of a pie in hours; the smallest share one piece when they are many."""
    sums = _sums(stored, book)
    if len(sums) > MOST_PARTS:
        sums = [
            *sums[: MOST_PARTS - 1],
            (phrase("Everything else"), sum(minutes for _, minutes in sums[MOST_PARTS - 1 :])),
        ]
    return [(name, round(minutes / 60, 2)) for name, minutes in sums]


def _choice(stored: Sequence[Stored], book: LogBook) -> Block:
    """Offer the entries by name, to change one of them."""
    newest = list(reversed(stored))[:MOST_CHOICES]
    options = [option(named(each.entry, book), each.id).to_dict() for each in newest]
    ask = {"type": "plain_text", "text": phrase("Change an entry"), "emoji": True}
    return {"type": "static_select", "action_id": EDIT, "placeholder": ask, "options": options}


def picker(stored: Sequence[Stored], book: LogBook, today: date) -> Said:
    """List entries, each with a way to change it."""
    rows = [section(line(each.entry, book, today), _edit(each)) for each in stored]
    return phrase("Which entry would you like to change?"), [
        section(phrase("*Which entry would you like to change?*")),
        *rows,
    ]


def about(project_name: str, category: str, note: str, book: LogBook) -> str:
    """Tell what a stopwatch is for, in safe mrkdwn."""
    words = (label(category, book), note[:LONGEST_NOTE], project(project_name)[:LONGEST_PROJECT])
    parts = [one_line(each, LONGEST_NOTE) for each in words]
    return " · ".join(part for part in parts if part)


def started(since: datetime, what: str, *, already: bool = False) -> Said:
    """Say that the stopwatch runs, and since when."""
    head = phrase("⏱️ Your stopwatch has been running since") if already else phrase("⏱️ Your stopwatch runs from")
    text = phrase(
        "{head} {since}{it}. `/log stop` keeps the time.", head=head, since=when(since), it=" · " + what if what else ""
    )
    return text, [section(text), actions(button(phrase("Stop and log"), STOP))]


def ask_what() -> Said:
    """Ask what there is to log, where no form can open by itself."""
    text = phrase("What did you work on? Type it to me like `log 2h review #acme`, or use the form.")
    return text, [section(text), actions(button(phrase("Log time"), MORE))]


def help_text(categories: Sequence[str]) -> Said:
    """Say how to log, with examples."""
    kinds = " ".join(f"`@{key}`" for key in categories)
    lines = [
        phrase("*Log your time in one line, in any order*"),
        "`/log 2h30 landing page #acme @build https://…` · `/log 9-12:30 checkout review` · `/log yesterday 3h admin`",
        phrase("Lengths: `2h30` `2.5h` `2,5` `150m` `2:30` `9-12:30` · days: `yesterday` `mon` `3 mar`"),
        phrase("Kinds of work: {kinds}", kinds=kinds),
        phrase(
            "`/log` opens a form · `/log same` repeats your last entry today · `/log start` and `/log stop` time it"
        ),
        phrase("`/log today` `/log week` `/log last week` show it · `/log edit` and `/log undo` change it"),
        phrase("Here in a direct message the same works without the slash: `log 2h review`."),
        phrase("A week runs from Monday to Sunday and closes on Tuesday, 00:00 UTC. Your manager can open it again."),
        phrase("What you are paid by stays in your client's own time tracker."),
    ]
    text = "\n".join(lines)
    return text, [section(text), actions(button(phrase("Log time"), MORE))]
