"""What people see of a 1:1 while it runs, its summary, and the last ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from blocks.kit import Block, actions, asking_first, button, context, header, mention, progress, section, when
from blocks.oneonone import ADD, Drawn
from blocks.oneonone_agenda import Agenda, part_blocks
from blocks.oneonone_notes import NOTE
from blocks.oneonone_points import DECIDE, GIVE, listed, rows
from playbook.oneonone_run import ACTION, DECISION, TOPIC, Stand
from playbook.tongue import numbered, phrase
from storage.rhythm_tables import Point

NEXT_PART = "oneonone.next_part"
BACK_PART = "oneonone.back_part"
STAY = "oneonone.stay"
END = "oneonone.end"
START_NOW = "oneonone.start_now"
CLOCK = "{time_secs}"
SIGN = ":"


@dataclass(frozen=True)
class Running:
    """A 1:1 that is running: its agenda, where it stands, how late it is, and what was brought up and decided.

    `over` are the minutes since the last part's time was up, None while its time runs; `closes` is when it ends itself.
    """

    agenda: Agenda
    stand: Stand
    late: int = 0
    over: int | None = None
    closes: datetime | None = None
    points: Sequence[Point] = ()
    before: Sequence[Point] = ()


@dataclass(frozen=True)
class Held:
    """A 1:1 that is over: whose, from when to when, what came of it, and when the next one is.

    `ended_at` is None for one that took place without the bot.
    """

    meeting_id: str
    user_id: str
    manager_id: str
    started_at: datetime
    ended_at: datetime | None
    points: Sequence[Point] = ()
    before: Sequence[Point] = ()
    by_itself: bool = False
    open_until: datetime | None = None
    next_at: datetime | None = None

    def of(self, *kinds: str) -> Sequence[Point]:
        """Give the points of some kinds."""
        return [point for point in self.points if point.kind in kinds]


def running(one: Running, viewer: str) -> Drawn:
    """Draw a running 1:1 for one of the two."""
    agenda, here = one.agenda, one.stand
    part, leads = agenda.parts[here.part], viewer == agenda.manager_id
    other = agenda.user_id if leads else agenda.manager_id
    until = _time_up(one) if one.over is not None else phrase("until {ends}", ends=when(here.ends, CLOCK))
    text = phrase("Your 1:1 with {other}: {part}, {until}", other=mention(other), part=part.name, until=until)
    count = len(agenda.parts)
    line = phrase(
        "{part} part {part_2} of {count} · {until}{one}",
        part=progress(here.part + 1, count, count),
        part_2=here.part + 1,
        count=count,
        until=until,
        one=_late(one),
    )
    topics = [point for point in one.points if point.kind == TOPIC and _part_of(point, agenda) == part.key]
    known = part_blocks(_filled(agenda, part.key) if topics else agenda, here.part, leads=leads)
    blocks = [header(f"1:1 · {part.name}"), section(line), *known]
    blocks += rows(topics, phrase("To talk about"))
    blocks += rows(one.before, phrase("Actions from before")) if part.key in WITH_ACTIONS else []
    blocks += listed([point for point in one.points if point.kind == DECISION], phrase("Decided"))
    blocks += rows([point for point in one.points if point.kind == ACTION], phrase("To be done"))
    return text, [*blocks, context(_coming(one)), *_controls(one, leads=leads)]


def _part_of(point: Point, agenda: Agenda) -> str:
    """Say in which part a topic comes up; one of a part that is not there any more, in the last."""
    keys = [part.key for part in agenda.parts]
    return point.part if point.part in keys else keys[-1]


def _filled(agenda: Agenda, key: str) -> Agenda:
    """Leave out what is said of a part without topics."""
    return replace(agenda, parts=[replace(part, empty="") if part.key == key else part for part in agenda.parts])


WITH_ACTIONS = ("unblock", "open_floor")


def _late(one: Running) -> str:
    if one.over is not None or one.late == 0:
        return ""
    if one.late > 0:
        return numbered(" · {n} minute over the plan", " · {n} minutes over the plan", one.late)
    return numbered(" · {n} minute ahead of the plan", " · {n} minutes ahead of the plan", -one.late)


def _time_up(one: Running) -> str:
    by = phrase(" · {minute} over", minute=numbered("{n} minute", "{n} minutes", one.over)) if one.over else ""
    return phrase("the time is up since {ends}{by}", ends=when(one.stand.ends, "{time}"), by=by)


def _coming(one: Running) -> str:
    parts, here = one.agenda.parts, one.stand.part
    if one.over is not None and one.closes is not None:
        return phrase("End it when you are ready. It ends by itself at {closes}.", closes=when(one.closes, "{time}"))
    if here + 1 == len(parts):
        return phrase("This is the last part.")
    following = parts[here + 1]
    return phrase(
        "Next: {following}, {minute}. It comes by itself when the time is over.",
        following=following.name,
        minute=numbered("{n} minute", "{n} minutes", following.minutes),
    )


def _controls(one: Running, *, leads: bool) -> list[Block]:
    meeting_id, here = one.agenda.meeting_id, one.stand.part
    words = [button(phrase("Add decision"), DECIDE, meeting_id), button(phrase("Add action"), GIVE, meeting_id)]
    topic = button(phrase("Add a topic"), ADD, meeting_id)
    if not leads:
        return [actions(*words, topic)]
    spot = f"{meeting_id}{SIGN}{here}"
    clock = [button(phrase("Next part"), NEXT_PART, spot, "primary")] if here + 1 < len(one.agenda.parts) else []
    clock.append(button(phrase("Stay a minute"), STAY, spot, spoken=phrase("Stay in this part a minute longer")))
    clock += [button(phrase("Back"), BACK_PART, spot, spoken=phrase("Back to the part before"))] if here else []
    end = asking_first(
        button(phrase("End"), END, meeting_id),
        phrase("End the 1:1?"),
        phrase("Both of you get the summary."),
        phrase("End"),
        phrase("Go on"),
    )
    return [actions(*clock, end), actions(*words, topic, button(phrase("Note for me"), NOTE, meeting_id))]


def begun_already(since: datetime) -> str:
    """Answer somebody who starts what runs."""
    return phrase(
        "It runs since {since}: the agenda message shows the part. Nothing changed.", since=when(since, "{time}")
    )


def started(other_id: str) -> str:
    """Answer a command that started one."""
    return phrase(
        "Your 1:1 with {other_id} is running. You both see it in the agenda in your messages with me.",
        other_id=mention(other_id),
    )


def start_early(meeting_id: str, other_id: str, at: datetime) -> Drawn:
    """Ask whether to start one that is planned for much later."""
    text = phrase(
        "Your next 1:1 with {other_id} is planned for {at}.",
        other_id=mention(other_id),
        at=when(at, phrase("{date_short_pretty} at {time}")),
    )
    ask = phrase("{text} You can start it now all the same; it then takes the place of that one.", text=text)
    return text, [section(ask), actions(button(phrase("Start it now"), START_NOW, meeting_id, "primary"))]


def over(held: Held, viewer: str) -> Drawn:
    """Draw what stands in the place of the agenda when the 1:1 is over."""
    text = phrase(
        "Your 1:1 with {held} is over. The summary is below, in a message of its own.",
        held=mention(_other(held, viewer)),
    )
    until = phrase(" to {ended_at}", ended_at=when(held.ended_at, "{time}")) if held.ended_at else ""
    return text, [section(text), context(f"{when(held.started_at, '{date_short_pretty} {time}')}{until}")]


def summary(held: Held, viewer: str) -> Drawn:
    """Draw what came of a 1:1 for one of the two: decisions, actions, and what is carried over."""
    decided, given = held.of(DECISION), held.of(ACTION)
    left = [*held.of(TOPIC), *held.before]
    carried = [point for point in left if point.done_at is None]
    counts = [
        numbered("{n} decision", "{n} decisions", len(decided)),
        numbered("{n} action", "{n} actions", len(given)),
        phrase("{carried} carried over", carried=len(carried)),
    ]
    text = phrase(
        "Your 1:1 with {held} in short: {counts}.", held=mention(_other(held, viewer)), counts=", ".join(counts)
    )
    blocks = [header(phrase("Your 1:1 in short")), section(f"{text}\n{_took(held)}")]
    blocks += listed(decided, phrase("Decided")) or [section(phrase("*Decided*\nNothing was written down."))]
    blocks += rows(given, phrase("To be done")) or [section(phrase("*To be done*\nNothing was given to anybody."))]
    blocks += rows(left, phrase("Carried over until ticked") if carried else phrase("All of this is done"))
    return text, [*blocks, context(_onwards(held)), *_afterwards(held, leads=viewer == held.manager_id)]


def _took(held: Held) -> str:
    day = when(held.started_at, phrase("{date_short_pretty} at {time}"))
    if held.by_itself:
        return phrase("{day}. It ended by itself; nobody had pressed End.", day=day)
    if held.ended_at is None:
        return phrase("{day}, without the parts.", day=day)
    minutes = max(1, round((held.ended_at - held.started_at).total_seconds() / 60))
    return phrase("{day}. It took {minute}.", day=day, minute=numbered("{n} minute", "{n} minutes", minutes))


def _onwards(held: Held) -> str:
    at = when(held.next_at, phrase("{date_short_pretty} at {time}")) if held.next_at else ""
    where = phrase("the next 1:1, {at}", at=at) if at else phrase("the next 1:1, which is not planned yet")
    until = (
        phrase(" Decisions and actions can be added until {open_until}.", open_until=when(held.open_until))
        if held.open_until
        else ""
    )
    return phrase("What is not ticked comes up again in {where}.{until}", where=where, until=until)


def _afterwards(held: Held, *, leads: bool) -> list[Block]:
    one = held.meeting_id
    words = (
        [button(phrase("Add decision"), DECIDE, one), button(phrase("Add action"), GIVE, one)]
        if held.open_until
        else []
    )
    note = [button(phrase("Note for me"), NOTE, one)] if leads else []
    return [actions(*words, *note)] if words or note else []


def _other(held: Held, viewer: str) -> str:
    return held.user_id if viewer == held.manager_id else held.manager_id


def past(helds: Sequence[Held], other_id: str) -> Drawn:
    """Show the last 1:1s with what was decided and given to do."""
    if not helds:
        text = phrase("No 1:1 has taken place here yet. The summary of each one will be kept here.")
        return text, [section(text)]
    text = phrase(
        "Your last {n1_1} with {other_id}", n1_1=numbered("{n} 1:1", "{n} 1:1s", len(helds)), other_id=mention(other_id)
    )
    blocks = [header(phrase("Past 1:1s")), section(text)]
    for held in helds:
        blocks.append(section(f"*{_took(held)}*"))
        shown = [*listed(held.of(DECISION), phrase("Decided")), *listed(held.of(ACTION), phrase("To be done"))]
        blocks += shown or [context(phrase("Nothing was written down."))]
    return text, blocks
