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
    plural,
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
    text = f"Your week in KPIs, a minute: {span}."
    said = f"*Your week in KPIs, a minute*\n{span}"
    if answered.confirmed_by:
        text = f"Your week in KPIs is entered, and {mention(answered.confirmed_by)} confirmed it: {span}."
        said = f"✓ *Entered and confirmed* by {mention(answered.confirmed_by)}\n{span}"
    elif answered.entered:
        text = f"Your week in KPIs is entered: {span}."
        said = f"✓ *Entered.* Your manager looks at it on Monday.\n{span}"
    label = "Change it" if answered.entered else "Fill in my week"
    fill = button(label, ENTER, week.key, style=None if answered.entered else "primary")
    look = button("Look closer", OPEN)
    controls = [look] if closed else [fill, look]
    until = context(f"You can change it until {when(week.locks_at)}.")
    return text, [section(said), _trend(week, lines), actions(*controls), *([] if closed else [until])]


def _trend(week: Week, lines: Sequence[Line]) -> Block:
    labels = [label for label, _ in lines[0].trend] if lines else []
    head = ("KPI", "Agreed", *labels, f"{week_name(week)} (this week)")
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
    head = f"*{span}*\nStart with the number if there is one; words may follow: “2, one more waits for review”."
    most = book.longest_value + book.longest_words
    values = [
        fields.text(
            line.row.key, _label(line), filled.get(line.row.key, ""), most=most, optional=True, hint=_hint(line)
        )
        for line in lines
    ]
    return modal("My week", [section(head), *values, *_ticks(asked, filled)], ENTER_FORM, submit="Save", memo=memo)


def _label(line: Line) -> str:
    return f"{line.row.name}: {clean(' '.join(line.kpi.text.split()), MOST_LABEL)}"


def _hint(line: Line) -> str:
    goal = f"Agreed is {line.kpi.goal}." if line.kpi.target is not None else ""
    by = "Your manager measures this; write what you know." if line.kpi.by == "manager" else ""
    return " ".join(filter(None, [goal, by])) or "A few words are enough."


def _ticks(asked: Sequence[Line], filled: Mapping[str, str]) -> list[Block]:
    if not asked:
        return []
    choices = [(clean(f"{line.row.name}: {line.kpi.text}", 75), line.row.key) for line in asked]
    ticked = [line.row.key for line in asked if filled.get(line.row.key) == "yes"]
    hint = "Tick what went as agreed. What stays empty is a thing to talk about, nothing more."
    return [fields.ticks(TICKS, "This week", choices, ticked, hint=hint)]


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
    count = plural(len(waiting), "entry waits", "entries wait")
    text = f"KPIs of {span}: {count} for you." if waiting else f"KPIs of {span}: all that was entered is confirmed."
    entries = _that_fit([_entry(one) for one in ordered[:MOST_SHOWN]])
    shown = [block for entry in entries for block in entry]
    rest = []
    if len(waiting) > len(entries):
        rest.append(f"…and {len(waiting) - len(entries)} more, which move up as you confirm.")
    rest += [f"✓ {confirmed} confirmed."] if confirmed else []
    rest += [_not_entered(missing)] if missing else []
    return text, [section(f"*{text}*"), *shown, *([context(" ".join(rest))] if rest else [])]


def _that_fit(entries: Sequence[list[Block]]) -> Sequence[list[Block]]:
    """Give as many entries as one message holds."""
    sizes = accumulate(len(json.dumps(entry, ensure_ascii=False)) for entry in entries)
    return entries[: sum(size <= MOST_CHARACTERS for size in sizes)]


def _not_entered(missing: Sequence[str]) -> str:
    named = ", ".join(mention(one) for one in missing[:MOST_SHOWN])
    more = f" and {len(missing) - MOST_SHOWN} more" if len(missing) > MOST_SHOWN else ""
    return f"Not entered: {named}{more}."


def _entry(one: Waiting) -> list[Block]:
    changed = " · changed after it was confirmed, please look again" if one.changed else ""
    lines = [_line(*line) for line in one.lines]
    confirm = button("Confirm", CONFIRM, one.record, style="primary", spoken=_spoken("Confirm the week of", one))
    ask = button("Ask about it", ASK, one.record, spoken=_spoken("Ask about the week of", one))
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
    head = f"{mention(user_id)} gets your words privately, with a button to change the week if they want to."
    span = f"{day_name(week.monday)} – {day_name(week.sunday)}"
    words = fields.text(
        "words", "Your question", most=LONGEST_WORDS, lines=True, hint="Ask for the story, not for more."
    )
    return modal("Ask about it", [section(f"*{span}*\n{head}"), words], ASK_FORM, submit="Ask", memo=memo)


def asked_about(by: str, week: Week, words: str, *, closed: bool) -> Drawn:
    """Bring the manager's question to the contractor."""
    text = f"{mention(by)} asks about your week in KPIs ({day_name(week.monday)} – {day_name(week.sunday)})."
    fill = [] if closed else [button("Change my week", ENTER, week.key)]
    rest = "Answer them directly; nothing is wrong with asking."
    return text, [section(f"{text}\n{quoted(words)}\n{rest}"), actions(*fill, button("Look closer", OPEN))]


def changed_since(user_id: str, week: Week) -> Drawn:
    """Tell the manager under their message that a confirmed week was changed."""
    text = f"{mention(user_id)} changed the week of {day_name(week.monday)} after it was confirmed. Please look again."
    return text, [section(text)]


def kept(week: Week, taken_back: str) -> str:
    """Tell the contractor that the week is kept, and whose confirmation that took back."""
    text = f"Your week of {day_name(week.monday)} is kept. You can change it until {when(week.locks_at)}."
    again = f"This takes back the confirmation by {mention(taken_back)}, and they are asked to look again."
    return f"{text}\n{again}" if taken_back else text
