"""What people see of the topics, decisions and actions of 1:1s: rows, forms, answers, and the reminder of an action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    context,
    day_name,
    esc,
    mention,
    modal,
    one_line,
    section,
    when,
)
from blocks.oneonone import OPEN, Drawn
from playbook.oneonone_run import ACTION, DECISION, LONGEST_POINT, carried_words
from playbook.tongue import numbered, phrase
from storage.rhythm_tables import Point

ADD_MESSAGE = "oneonone.add_message"
ADD_ABOUT = "oneonone.add_about"
TOPIC_FORM = "oneonone.topic_form"
EDIT = "oneonone.edit_point"
REMOVE = "oneonone.remove_point"
TICK = "oneonone.tick"
UNTICK = "oneonone.untick"
DECIDE = "oneonone.decide"
GIVE = "oneonone.give_action"
OUTCOME_FORM = "oneonone.outcome_form"
ROW = 200
MOST_ROWS = 10
MOST_CHOICES = 100
KINDS = {DECISION: phrase("decision"), ACTION: phrase("action")}

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Coming:
    """When a topic comes up: in the 1:1 that runs, at a moment, or at one that is not planned yet."""

    user_id: str
    leads: bool
    runs: bool = False
    at: datetime | None = None

    @property
    def words(self) -> str:
        """Say it in the middle of a sentence."""
        if self.runs:
            return phrase("in the 1:1 that is running now")
        if self.at is not None:
            return phrase("in the 1:1 on {self_}", self_=when(self.at, phrase("{date_short_pretty} at {time}")))
        return phrase("at your next 1:1; none is planned yet")


@dataclass(frozen=True)
class Asked:
    """What stands in the form for a topic; `whose` are the 1:1s to choose from, none where it is settled."""

    text: str = ""
    part: str = "open_floor"
    whose: Choices = ()
    chosen: str = ""
    readers: str = ""
    editing: bool = False


def topic_form(asked: Asked, parts: Choices, memo: str) -> View:
    """Ask for a topic, which 1:1 it is for, and in which part it comes up."""
    whose = [_whose(asked)] if asked.whose else []
    blocks = [
        *whose,
        fields.text("topic", phrase("Topic"), asked.text, most=LONGEST_POINT, lines=True),
        fields.choice("part", phrase("When it comes up"), parts, asked.part),
        context(phrase("{readers} can read this on the agenda.", readers=asked.readers or phrase("Both of you"))),
    ]
    title, submit = (
        (phrase("Change the topic"), phrase("Save")) if asked.editing else (phrase("Add to the 1:1"), phrase("Add"))
    )
    return modal(title, blocks, TOPIC_FORM, submit=submit, memo=memo)


def _whose(asked: Asked) -> Block:
    if len(asked.whose) > MOST_CHOICES:
        return fields.person("whom", phrase("Whose 1:1"), asked.chosen)
    return fields.choice("whom", phrase("Whose 1:1"), asked.whose, asked.chosen)


def outcome_form(kind: str, owners: Choices, filled: tuple[str, str, date | None], memo: str, *, editing: bool) -> View:
    """Ask for a decision or an action; `filled` are its words, its owner and its day so far."""
    text, owner, due = filled
    needed = kind == ACTION
    label = phrase("What is to be done") if needed else phrase("What you decided")
    blocks = [
        fields.text("text", label, text, most=LONGEST_POINT, lines=True),
        fields.radio("owner", phrase("Who sees to it"), owners, owner, optional=not needed),
        fields.day("due", phrase("By when"), due, optional=not needed),
    ]
    verb = phrase("Change the") if editing else phrase("Add a") if kind == DECISION else phrase("Add an")
    return modal(f"{verb} {KINDS[kind]}", blocks, OUTCOME_FORM, submit=phrase("Save"), memo=memo)


def line(point: Point, most: int = ROW) -> str:
    """Show a point on one line, with who sees to it by when, and how often it was carried over."""
    words = f"<{point.link}|{_label(point, most)}>" if point.link.startswith("https://") else one_line(point.text, most)
    told = [mention(point.owner_id) if point.owner_id else "", words]
    told += [
        phrase("by {due}", due=day_name(point.due)) if point.due else "",
        f"_{carried_words(point.carried)}_" * bool(point.carried),
    ]
    shown = " · ".join(part for part in told if part)
    return phrase("{shown} · *done*", shown=shown) if point.done_at else shown


def _label(point: Point, most: int) -> str:
    return one_line(point.text, most).replace("|", "/")


def rows(points: Sequence[Point], title: str, most: int = MOST_ROWS) -> list[Block]:
    """Show points under a title, each with what ticks it; what has no room is counted."""
    if not points:
        return []
    shown = [section(f"• {line(point)}", _tick(point)) for point in points[:most]]
    rest = len(points) - most
    more = [context(phrase("and {rest} more: `/1on1 topics` lists them all", rest=rest))] if rest > 0 else []
    return [section(f"*{title}*"), *shown, *more]


def _tick(point: Point) -> Block:
    label, action_id = (phrase("Not done"), UNTICK) if point.done_at else (phrase("Done"), TICK)
    return button(label, action_id, point.id, spoken=f"{label}: {point.text[:60]}")


def listed(points: Sequence[Point], title: str) -> list[Block]:
    """Show points under a title as lines, without anything to press."""
    if not points:
        return []
    shown = [f"• {line(point)}" for point in points[:MOST_ROWS]]
    rest = len(points) - len(shown)
    return [section("\n".join([f"*{title}*", *shown, *([phrase("_and {rest} more_", rest=rest)] if rest else [])]))]


def added(point: Point, coming: Coming) -> Drawn:
    """Say that a topic was added and when it comes up, with what can still be done about it."""
    text = phrase("Added. It comes up {coming}: {point}", coming=coming.words, point=one_line(point.text, ROW))
    unplanned = coming.leads and coming.at is None and not coming.runs
    plan = [button(phrase("Plan the 1:1"), OPEN, coming.user_id, "primary")] if unplanned else []
    return text, [section(text), actions(*plan, *_changes(point))]


def kept(point: Point, says: str) -> Drawn:
    """Say what became of a point, with what can still be done about it."""
    text = f"{says}: {one_line(point.text, ROW)}"
    return text, [section(text), actions(*_changes(point))]


def _changes(point: Point) -> list[Block]:
    gone = button(phrase("Remove"), REMOVE, point.id)
    return [
        button(phrase("Edit"), EDIT, point.id),
        asking_first(gone, phrase("Remove it?"), phrase("It goes from the agenda for both of you."), phrase("Remove")),
    ]


def topics(points: Sequence[Point], whose: str, most: int = 40) -> Drawn:
    """List everything that waits for the next 1:1 of somebody."""
    if not points:
        text = phrase("Nothing waits for {whose}. `/1on1 add` with a few words adds a topic.", whose=whose)
        return text, [section(text)]
    text = numbered("{n} thing waits for {whose}.", "{n} things wait for {whose}.", len(points), whose=whose)
    return text, rows(points, esc(text), most)


def reminder(point: Point, other_id: str, today: date) -> Drawn:
    """Remind of an action on its day."""
    due = point.due or today
    day = phrase("today") if due == today else phrase("on {due}", due=day_name(due))
    text = phrase(
        "From your 1:1 with {other_id}, due {day}: {point}",
        other_id=mention(other_id),
        day=day,
        point=one_line(point.text, ROW),
    )
    return text, [section(text), actions(button(phrase("Tick it off"), TICK, point.id, "primary"))]


def settled(point: Point, how: str) -> Drawn:
    """Show in the place of a reminder what became of the action."""
    text = f"{how}: {one_line(point.text, ROW)}"
    return text, [section(text)]
