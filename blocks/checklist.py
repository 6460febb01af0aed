"""A checklist as people see it: by phase, one row an item with what they can do about it, and several ticks at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    clean,
    context,
    day_name,
    divider,
    mention,
    menu,
    modal,
    one_line,
    option,
    progress,
    section,
    when,
)
from playbook.checklist import Move, State, counts_from
from playbook.tongue import numbered, phrase, size
from storage.path_tables import ChecklistItem

OPEN = "checklist.open"
PHASE = "checklist.phase"
MORE = "checklist.more"
DONE = "checklist.done"
VERIFY = "checklist.verify"
WHY = "checklist.why"
QUICK = "checklist.quick"
QUICK_FORM = "checklist.quick_form"
ADD = "checklist.add"
BACK = "checklist.back"
PREPARE = "checklist.prepare"
ALL = "checklist.all"

LETTER = "letter"
SEVERAL = "several"
EVERYTHING = "-"
MOST_ROWS = 80
MOST_BLOCKS = 100
GROUP = 10
MOST_SHOWN_BY = 3
OPTION = 75
SIGNS: Mapping[State, tuple[str, str]] = {
    State.DONE: ("✅", phrase("done")),
    State.NOT_APPLICABLE: ("➖", phrase("not applicable")),
    State.OVERDUE: ("🔴", phrase("overdue")),
    State.TODAY: ("🟡", phrase("today")),
    State.SNOOZED: ("💤", phrase("snoozed")),
    State.SOMEDAY: ("⚪", phrase("from before")),
    State.TODO: ("⚪", phrase("to do")),
}
LABELS: Mapping[Move, str] = {
    Move.DONE: phrase("Done"),
    Move.NOT_APPLICABLE: phrase("Not applicable"),
    Move.SNOOZE: phrase("Snooze"),
    Move.HELP: phrase("Ask for help"),
    Move.UNDO: phrase("Undo"),
    Move.VERIFY: phrase("Verify the proof"),
    Move.WHY: phrase("Why this?"),
}
HELP = phrase(
    "*`/checklist`* shows what is to do on the path, phase by phase.\n`/checklist @person` shows "
    "somebody's, if you are one of the people around them\n`/checklist add Read the brand book` "
    "adds something to your own\n`/checklist @person add Read the brand book` adds something to "
    "theirs (their manager, or an admin)\nIn a direct message to me: `checklist`."
)


@dataclass(frozen=True)
class Line:
    """One item as it stands for the person who looks at it; `number` is that of its blocker, 0 for none."""

    item: ChecklistItem
    state: State
    owner: str
    moves: Sequence[Move]
    number: int = 0
    why: bool = False
    solved: bool = False


@dataclass(frozen=True)
class PhaseLine:
    """How far a phase has come; `ended` only when nothing is left in it, `by` who did it."""

    key: str
    name: str
    done: int
    total: int
    ended: datetime | None
    by: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A checklist in front of somebody; `phase` "" shows all that is open."""

    user_id: str
    mine: bool
    phases: Sequence[PhaseLine]
    phase: str
    lines: Sequence[Line]
    lead: str = ""
    may_tick: bool = False
    may_add: bool = False
    may_prepare: bool = False
    others: bool = False

    @property
    def done(self) -> int:
        """How many items are done."""
        return sum(one.done for one in self.phases)

    @property
    def total(self) -> int:
        """How many items there are; what is not applicable does not count."""
        return sum(one.total for one in self.phases)


def sheet(shown: Sheet, memo: str) -> View:
    """Draw a checklist: how far it is, which phase, and a row for each item."""
    top = [*([section(shown.lead)] if shown.lead else []), section(_how_far(shown)), *_controls(shown)]
    bottom = _finished(shown)
    rows = _rows(shown.lines, MOST_BLOCKS - len(top) - len(bottom) - 1)
    return modal(
        phrase("My checklist") if shown.mine else phrase("Checklist"),
        [*top, *rows, *bottom],
        close=phrase("Close"),
        memo=memo,
    )


def _how_far(shown: Sheet) -> str:
    whose = phrase("Your checklist") if shown.mine else phrase("The checklist of {shown}", shown=mention(shown.user_id))
    if not shown.phases:
        return phrase("{whose} is empty: nothing was prepared yet.", whose=whose)
    return phrase(
        "*{whose}*: {done} {done_2} of {total} done",
        whose=whose,
        done=progress(shown.done, shown.total),
        done_2=shown.done,
        total=shown.total,
    )


def _controls(shown: Sheet) -> list[Block]:
    if not shown.phases:
        return (
            [actions(button(phrase("Prepare it"), PREPARE, shown.user_id, style="primary"))]
            if shown.may_prepare
            else []
        )
    opened = sum(one.total - one.done for one in shown.phases)
    options = [
        (phrase("Everything open · {opened}", opened=opened), EVERYTHING),
        *((_phase_label(one), one.key) for one in shown.phases),
    ]
    select: Block = {
        "type": "static_select",
        "action_id": PHASE,
        "options": [option(label, value).to_dict() for label, value in options[:100]],
    }
    chosen = next((pair for pair in options if pair[1] == (shown.phase or EVERYTHING)), options[0])
    select |= {"initial_option": option(*chosen).to_dict()}
    quick = [button(phrase("Tick several"), QUICK, shown.user_id)] if shown.may_tick else []
    add = [button(phrase("Add an item"), ADD, shown.user_id)] if shown.may_add else []
    others = [button(phrase("All checklists"), ALL)] if shown.others else []
    return [actions(select, *quick, *add, *others), divider()]


def _phase_label(one: PhaseLine) -> str:
    state = phrase("finished") if one.ended else phrase("{done} of {total}", done=one.done, total=one.total)
    tail = f" · {state}"
    return clean(one.name, OPTION - size(tail)) + tail


def _rows(lines: Sequence[Line], room: int) -> list[Block]:
    rows: list[Block] = []
    for at, one in enumerate(lines):
        drawn = row(one)
        if len(rows) + len(drawn) > room or at >= MOST_ROWS:
            return [
                *rows,
                context(phrase("…and {lines} more: choose a phase above to see them.", lines=len(lines) - at)),
            ]
        rows += drawn
    return rows or [section(phrase("Nothing is open here. Choose a phase above to see who did what, and when."))]


def row(one: Line) -> list[Block]:
    """Draw one item: how it stands, whose it is, when, and what can be done."""
    sign, _ = SIGNS[one.state]
    said = f"{sign} *{one_line(one.item.text, 300)}*\n{story(one)}"
    accessory = (
        menu(MORE, [(LABELS[move], f"{move}:{one.item.id}") for move in (*one.moves, Move.WHY)])
        if one.moves
        else button(
            phrase("Why this?"), WHY, one.item.id, spoken=phrase("Why this: {item}", item=clean(one.item.text, 60))
        )
    )
    why = one.item.reason or phrase("Nobody wrote down why this is here. It was added by hand.")
    return [section(said, accessory), *([context(phrase("*Why*: {why}", why=one_line(why, 500)))] if one.why else [])]


def story(one: Line) -> str:
    """Say in one line how an item stands."""
    item, (_, word) = one.item, SIGNS[one.state]
    asked = (
        [phrase("asked for help, #{number}{or_}", number=one.number, or_=phrase(" (solved)") if one.solved else "")]
        if one.number
        else []
    )
    match one.state:
        case State.DONE:
            return " · ".join([_done(item), *asked])
        case State.NOT_APPLICABLE:
            return phrase(
                "{word}, says {done_by} {done_at}: {why_not}",
                word=word,
                done_by=mention(item.done_by),
                done_at=_day(item.done_at),
                why_not=one_line(item.why_not, 200),
            )
        case State.SOMEDAY:
            return " · ".join([phrase("{word}: tick it if it was done", word=word), one.owner, *asked])
        case State.TODAY:
            parts = [word, one.owner]
        case State.SNOOZED:
            parts = [phrase("{word} until {item}", word=word, item=_date(item)), one.owner]
        case _:
            parts = [word, one.owner, phrase("due {item}", item=_date(item))]
    proof = [phrase("asks for a proof")] if item.needs_proof else []
    return " · ".join([*parts, *proof, *asked])


def _date(item: ChecklistItem) -> str:
    return day_name(counts_from(item.due, item.snoozed_until))


def _done(item: ChecklistItem) -> str:
    by = mention(item.done_by) if item.done_by else "itself"
    if not item.proof:
        return phrase("done by {by} {done_at}", by=by, done_at=_day(item.done_at))
    checked = (
        phrase(
            "verified by {verified_by} {verified_at}",
            verified_by=mention(item.verified_by),
            verified_at=_day(item.verified_at),
        )
        if item.verified_at
        else phrase("not verified yet")
    )
    return phrase(
        "confirmed by {by} {done_at}, {checked}: {proof}",
        by=by,
        done_at=_day(item.done_at),
        checked=checked,
        proof=one_line(item.proof, 200),
    )


def _day(moment: datetime | None) -> str:
    return when(moment, "{date_short}") if moment else ""


def _finished(shown: Sheet) -> list[Block]:
    """Name the phases that are finished, with who and when; of a phase that is shown, only this one."""
    ended = [one for one in shown.phases if one.ended and shown.phase in {"", one.key}]
    if not ended:
        return []
    lines = [
        phrase(
            "✅ *{one}*: finished {ended} by {by}",
            one=one_line(one.name, 80),
            ended=_day(one.ended),
            by=_people(one.by),
        )
        for one in ended
    ]
    return [divider(), *(section("\n".join(lines[at : at + GROUP])) for at in range(0, len(lines), GROUP))]


def _people(ids: Sequence[str]) -> str:
    named = ", ".join(mention(one) for one in ids[:MOST_SHOWN_BY])
    more = len(ids) - MOST_SHOWN_BY
    return (
        phrase("{named} and {other}", named=named, other=numbered("{n} other", "{n} others", more))
        if more > 0
        else named or phrase("nobody in particular")
    )


@dataclass(frozen=True)
class Tick:
    """One item to tick or untick: when it is due, and whose it is."""

    item: ChecklistItem
    due: date
    owner: str
    ticked: bool = False


def quick(items: Sequence[Tick], memo: str, *, left_out: bool) -> View:
    """Draw the same items with ticks, ten in a group; what was ticked when it was drawn stands in the memo."""
    groups = [items[at : at + GROUP] for at in range(0, len(items), GROUP)]
    blocks: list[Block] = [actions(button(phrase("Back to the list"), BACK))]
    for at, group in enumerate(groups):
        first, last = at * GROUP + 1, at * GROUP + len(group)
        label = (
            phrase("Items {first} to {last} of {items}", first=first, last=last, items=len(items))
            if len(groups) > 1
            else phrase("Tick what is done")
        )
        blocks.append(_ticks(f"tick_{at}", label, group))
    if left_out:
        blocks.append(
            context(phrase("Not here: what asks for a proof, and what somebody else has to do or has ticked."))
        )
    return modal(phrase("Tick several"), blocks, QUICK_FORM, phrase("Save"), memo=memo)


def _ticks(name: str, label: str, group: Sequence[Tick]) -> Block:
    field = fields.ticks(name, label, [(" ".join(one.item.text.split()), one.item.id) for one in group])
    for drawn, one in zip(field["element"]["options"], group, strict=True):
        said = f"{day_name(one.due)} · {one.owner}"
        drawn["description"] = {"type": "plain_text", "text": clean(said, OPTION), "emoji": True}
    initial = [drawn for drawn, one in zip(field["element"]["options"], group, strict=True) if one.ticked]
    field["element"] |= {"initial_options": initial} if initial else {}
    return field
