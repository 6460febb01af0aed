"""The week in KPIs: the contractor's question and form, and what the manager confirms on Monday."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    clean,
    context,
    day_name,
    mention,
    modal,
    one_line,
    progress,
    quoted,
    section,
    table,
    when,
)
from blocks.kpi import CELLS, ENTER, OPEN, Line, week_name
from playbook.days import Week
from playbook.kpi import KpiBook
from playbook.kpi_measure import Measured, State
from playbook.tongue import numbered, phrase

ENTER_FORM = "kpi.enter_form"
CONFIRM = "kpi.confirm"
ASK = "kpi.ask_about"
ASK_FORM = "kpi.ask_form"
TICKS = "ticks"
MOST_SHOWN = 10
MOST_CHARACTERS = 11_000
A_SECTION = 4
MOST_CELL = 60
MOST_LINE = 110
MOST_LABEL = 150
LONGEST_WORDS = 1_000

Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Answered:
    """What became of a week: whether it was entered, by whom it was confirmed, and who asked for another look."""

    entered: bool = False
    confirmed_by: str = ""


def question(week: Week, lines: Sequence[Line], answered: Answered, *, closed: bool = False) -> Drawn:
    """Ask a contractor for their week, or show what they entered; with the weeks before it beside each other."""
    span = f"{day_name(week.monday)} – {day_name(week.sunday)}"
    text = phrase("Your week in KPIs, a minute: {span}.", span=span)
    said = phrase("*Your week in KPIs, a minute*\n{span}", span=span)
    if answered.confirmed_by:
        text = phrase(
            "Your week in KPIs is entered, and {confirmed_by} confirmed it: {span}.",
            confirmed_by=mention(answered.confirmed_by),
            span=span,
        )
        said = phrase(
            "✓ *Entered and confirmed* by {confirmed_by}\n{span}",
            confirmed_by=mention(answered.confirmed_by),
            span=span,
        )
    elif answered.entered:
        text = phrase("Your week in KPIs is entered: {span}.", span=span)
        said = phrase("✓ *Entered.* Your manager looks at it on Monday.\n{span}", span=span)
    label = phrase("Change it") if answered.entered else phrase("Fill in my week")
    fill = button(label, ENTER, week.key, style=None if answered.entered else "primary")
    look = button(phrase("Look closer"), OPEN)
    controls = [look] if closed else [fill, look]
    until = context(phrase("You can change it until {locks_at}.", locks_at=when(week.locks_at)))
    return text, [section(said), _trend(week, lines), actions(*controls), *([] if closed else [until])]


def _trend(week: Week, lines: Sequence[Line]) -> Block:
    labels = [label for label, _ in lines[0].trend] if lines else []
    head = ("KPI", phrase("Agreed"), *labels, phrase("{week} (this week)", week=week_name(week)))
    rows = [
        (line.row.name, clean(line.kpi.goal, MOST_CELL) or "–", *(_cell(one) for _, one in line.trend), _now(line))
        for line in lines
    ]
    return table(head, rows)


def _cell(one: Measured) -> str:
    return clean(one.short, MOST_CELL) or "–"


def _now(line: Line) -> str:
    return f"{line.measured.sign} {_cell(line.measured)}" if line.measured else "–"


def form(
    week: Week, lines: Sequence[Line], asked: Sequence[Line], filled: Mapping[str, str], memo: str, book: KpiBook
) -> View:
    """Ask for a week: a line for each Output row, and one tick for each Input row that only the contractor knows."""
    span = f"{day_name(week.monday)} – {day_name(week.sunday)}"
    head = phrase(
        "*{span}*\nStart with the number if there is one; words may follow: “2, one more waits for review”.", span=span
    )
    most = book.longest_value + book.longest_words
    values = [
        fields.text(
            line.row.key, _label(line), filled.get(line.row.key, ""), most=most, optional=True, hint=_hint(line)
        )
        for line in lines
    ]
    return modal(
        phrase("My week"),
        [section(head), *values, *_ticks(asked, filled)],
        ENTER_FORM,
        submit=phrase("Save"),
        memo=memo,
    )


def _label(line: Line) -> str:
    return f"{line.row.name}: {clean(' '.join(line.kpi.text.split()), MOST_LABEL)}"


def _hint(line: Line) -> str:
    goal = phrase("Agreed is {goal}.", goal=line.kpi.goal) if line.kpi.target is not None else ""
    by = phrase("Your manager measures this; write what you know.") if line.kpi.by == "manager" else ""
    return " ".join(filter(None, [goal, by])) or phrase("A few words are enough.")


def _ticks(asked: Sequence[Line], filled: Mapping[str, str]) -> list[Block]:
    if not asked:
        return []
    choices = [(clean(f"{line.row.name}: {line.kpi.text}", 75), line.row.key) for line in asked]
    ticked = [line.row.key for line in asked if filled.get(line.row.key) == "yes"]
    hint = phrase("Tick what went as agreed. What stays empty is a thing to talk about, nothing more.")
    return [fields.ticks(TICKS, phrase("This week"), choices, ticked, hint=hint)]


@dataclass(frozen=True)
class Waiting:
    """A contractor's week that waits for the manager; `record` names it as it was seen."""

    user_id: str
    name: str
    lines: Sequence[tuple[str, Measured, str]]
    record: str
    changed: bool = False

    @property
    def looks(self) -> int:
        """Count what is worth a look."""
        return sum(measured.state is State.LOOK for _, measured, _ in self.lines)


def confirmation(week: Week, waiting: Sequence[Waiting], confirmed: int, missing: Sequence[str]) -> Drawn:
    """Show a manager the entries of a week that wait for them, what is worth a look first."""
    span = f"{day_name(week.monday)} – {day_name(week.sunday)}"
    ordered = sorted(waiting, key=lambda one: (-one.looks, one.name.casefold(), one.user_id))
    count = numbered("{n} entry waits", "{n} entries wait", len(waiting))
    text = (
        phrase("KPIs of {span}: {count} for you.", span=span, count=count)
        if waiting
        else phrase("KPIs of {span}: all that was entered is confirmed.", span=span)
    )
    entries = _that_fit([_entry(one) for one in ordered[:MOST_SHOWN]])
    shown = [block for entry in entries for block in entry]
    rest = []
    if len(waiting) > len(entries):
        rest.append(phrase("…and {waiting} more, which move up as you confirm.", waiting=len(waiting) - len(entries)))
    rest += [phrase("✓ {confirmed} confirmed.", confirmed=confirmed)] if confirmed else []
    rest += [_not_entered(missing)] if missing else []
    return text, [section(f"*{text}*"), *shown, *([context(" ".join(rest))] if rest else [])]


def _that_fit(entries: Sequence[list[Block]]) -> Sequence[list[Block]]:
    """Give as many entries as one message holds."""
    sizes = accumulate(len(json.dumps(entry, ensure_ascii=False)) for entry in entries)
    return entries[: sum(size <= MOST_CHARACTERS for size in sizes)]


def _not_entered(missing: Sequence[str]) -> str:
    named = ", ".join(mention(one) for one in missing[:MOST_SHOWN])
    more = phrase(" and {missing} more", missing=len(missing) - MOST_SHOWN) if len(missing) > MOST_SHOWN else ""
    return phrase("Not entered: {named}{more}.", named=named, more=more)


def _entry(one: Waiting) -> list[Block]:
    changed = phrase(" · changed after it was confirmed, please look again") if one.changed else ""
    lines = [_line(*line) for line in one.lines]
    confirm = button(
        phrase("Confirm"), CONFIRM, one.record, style="primary", spoken=_spoken(phrase("Confirm the week of"), one)
    )
    ask = button(phrase("Ask about it"), ASK, one.record, spoken=_spoken(phrase("Ask about the week of"), one))
    head, *more = ("\n".join(lines[at : at + A_SECTION]) for at in range(0, max(1, len(lines)), A_SECTION))
    return [
        section(f"*{mention(one.user_id)}*{changed}\n{head}"),
        *(section(each) for each in more),
        actions(confirm, ask),
    ]


def _spoken(what: str, one: Waiting) -> str:
    return clean(f"{what} {one.name}", 75)


def _line(name: str, measured: Measured, words: str) -> str:
    bar = f" {progress(measured.done, measured.whole, CELLS)}" if measured.done is not None and measured.whole else ""
    said = one_line(measured.why + (f" ({words})" if words else ""), MOST_LINE)
    return f"{measured.sign} {name}: {said}{bar}"


def ask_form(user_id: str, week: Week, memo: str) -> View:
    """Ask the manager for their question."""
    head = phrase(
        "{user_id} gets your words privately, with a button to change the week if they want to.",
        user_id=mention(user_id),
    )
    span = f"{day_name(week.monday)} – {day_name(week.sunday)}"
    words = fields.text(
        "words",
        phrase("Your question"),
        most=LONGEST_WORDS,
        lines=True,
        hint=phrase("Ask for the story, not for more."),
    )
    return modal(
        phrase("Ask about it"), [section(f"*{span}*\n{head}"), words], ASK_FORM, submit=phrase("Ask"), memo=memo
    )


def asked_about(by: str, week: Week, words: str, *, closed: bool) -> Drawn:
    """Bring the manager's question to the contractor."""
    text = phrase(
        "{by} asks about your week in KPIs ({monday} – {sunday}).",
        by=mention(by),
        monday=day_name(week.monday),
        sunday=day_name(week.sunday),
    )
    fill = [] if closed else [button(phrase("Change my week"), ENTER, week.key)]
    rest = phrase("Answer them directly; nothing is wrong with asking.")
    return text, [section(f"{text}\n{quoted(words)}\n{rest}"), actions(*fill, button(phrase("Look closer"), OPEN))]


def changed_since(user_id: str, week: Week) -> Drawn:
    """Tell the manager under their message that a confirmed week was changed."""
    text = phrase(
        "{user_id} changed the week of {monday} after it was confirmed. Please look again.",
        user_id=mention(user_id),
        monday=day_name(week.monday),
    )
    return text, [section(text)]


def kept(week: Week, taken_back: str) -> str:
    """Tell the contractor that the week is kept, and whose confirmation that took back."""
    text = phrase(
        "Your week of {monday} is kept. You can change it until {locks_at}.",
        monday=day_name(week.monday),
        locks_at=when(week.locks_at),
    )
    again = phrase(
        "This takes back the confirmation by {taken_back}, and they are asked to look again.",
        taken_back=mention(taken_back),
    )
    return f"{text}\n{again}" if taken_back else text
