"""What people see of a 1:1 while it runs, its summary, and the last ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from blocks.kit import Block, actions, asking_first, button, context, header, mention, plural, progress, section, when
from blocks.oneonone import ADD, Drawn
from blocks.oneonone_agenda import Agenda, part_blocks
from blocks.oneonone_notes import NOTE
from blocks.oneonone_points import DECIDE, GIVE, listed, rows
from playbook.oneonone_run import ACTION, DECISION, TOPIC, Stand
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
    until = _time_up(one) if one.over is not None else f"until {when(here.ends, CLOCK)}"
    text = f"Your 1:1 with {mention(other)}: {part.name}, {until}"
    count = len(agenda.parts)
    line = f"{progress(here.part + 1, count, count)} part {here.part + 1} of {count} · {until}{_late(one)}"
    topics = [point for point in one.points if point.kind == TOPIC and _part_of(point, agenda) == part.key]
    known = part_blocks(_filled(agenda, part.key) if topics else agenda, here.part, leads=leads)
    blocks = [header(f"1:1 · {part.name}"), section(line), *known]
    blocks += rows(topics, "To talk about")
    blocks += rows(one.before, "Actions from before") if part.key in WITH_ACTIONS else []
    blocks += listed([point for point in one.points if point.kind == DECISION], "Decided")
    blocks += rows([point for point in one.points if point.kind == ACTION], "To be done")
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
    return f" · {plural(abs(one.late), 'minute')} {'over' if one.late > 0 else 'ahead of'} the plan"


def _time_up(one: Running) -> str:
    by = f" · {plural(one.over, 'minute')} over" if one.over else ""
    return f"the time is up since {when(one.stand.ends, '{time}')}{by}"


def _coming(one: Running) -> str:
    parts, here = one.agenda.parts, one.stand.part
    if one.over is not None and one.closes is not None:
        return f"End it when you are ready. It ends by itself at {when(one.closes, '{time}')}."
    if here + 1 == len(parts):
        return "This is the last part."
    following = parts[here + 1]
    return f"Next: {following.name}, {plural(following.minutes, 'minute')}. It comes by itself when the time is over."


def _controls(one: Running, *, leads: bool) -> list[Block]:
    meeting_id, here = one.agenda.meeting_id, one.stand.part
    words = [button("Add decision", DECIDE, meeting_id), button("Add action", GIVE, meeting_id)]
    topic = button("Add a topic", ADD, meeting_id)
    if not leads:
        return [actions(*words, topic)]
    spot = f"{meeting_id}{SIGN}{here}"
    clock = [button("Next part", NEXT_PART, spot, "primary")] if here + 1 < len(one.agenda.parts) else []
    clock.append(button("Stay a minute", STAY, spot, spoken="Stay in this part a minute longer"))
    clock += [button("Back", BACK_PART, spot, spoken="Back to the part before")] if here else []
    end = asking_first(button("End", END, meeting_id), "End the 1:1?", "Both of you get the summary.", "End", "Go on")
    return [actions(*clock, end), actions(*words, topic, button("Note for me", NOTE, meeting_id))]


def begun_already(since: datetime) -> str:
    """Answer somebody who starts what runs."""
    return f"It runs since {when(since, '{time}')}: the agenda message shows the part. Nothing changed."


def started(other_id: str) -> str:
    """Answer a command that started one."""
    return f"Your 1:1 with {mention(other_id)} is running. You both see it in the agenda in your messages with me."


def start_early(meeting_id: str, other_id: str, at: datetime) -> Drawn:
    """Ask whether to start one that is planned for much later."""
    text = f"Your next 1:1 with {mention(other_id)} is planned for {when(at, '{date_short_pretty} at {time}')}."
    ask = f"{text} You can start it now all the same; it then takes the place of that one."
    return text, [section(ask), actions(button("Start it now", START_NOW, meeting_id, "primary"))]


def over(held: Held, viewer: str) -> Drawn:
    """Draw what stands in the place of the agenda when the 1:1 is over."""
    text = f"Your 1:1 with {mention(_other(held, viewer))} is over. The summary is below, in a message of its own."
    until = f" to {when(held.ended_at, '{time}')}" if held.ended_at else ""
    return text, [section(text), context(f"{when(held.started_at, '{date_short_pretty} {time}')}{until}")]


def summary(held: Held, viewer: str) -> Drawn:
    """Draw what came of a 1:1 for one of the two: decisions, actions, and what is carried over."""
    decided, given = held.of(DECISION), held.of(ACTION)
    left = [*held.of(TOPIC), *held.before]
    carried = [point for point in left if point.done_at is None]
    counts = [plural(len(decided), "decision"), plural(len(given), "action"), f"{len(carried)} carried over"]
    text = f"Your 1:1 with {mention(_other(held, viewer))} in short: {', '.join(counts)}."
    blocks = [header("Your 1:1 in short"), section(f"{text}\n{_took(held)}")]
    blocks += listed(decided, "Decided") or [section("*Decided*\nNothing was written down.")]
    blocks += rows(given, "To be done") or [section("*To be done*\nNothing was given to anybody.")]
    blocks += rows(left, "Carried over until ticked" if carried else "All of this is done")
    return text, [*blocks, context(_onwards(held)), *_afterwards(held, leads=viewer == held.manager_id)]


def _took(held: Held) -> str:
    day = when(held.started_at, "{date_short_pretty} at {time}")
    if held.by_itself:
        return f"{day}. It ended by itself; nobody had pressed End."
    if held.ended_at is None:
        return f"{day}, without the parts."
    minutes = max(1, round((held.ended_at - held.started_at).total_seconds() / 60))
    return f"{day}. It took {plural(minutes, 'minute')}."


def _onwards(held: Held) -> str:
    at = when(held.next_at, "{date_short_pretty} at {time}") if held.next_at else ""
    where = f"the next 1:1, {at}" if at else "the next 1:1, which is not planned yet"
    until = f" Decisions and actions can be added until {when(held.open_until)}." if held.open_until else ""
    return f"What is not ticked comes up again in {where}.{until}"


def _afterwards(held: Held, *, leads: bool) -> list[Block]:
    one = held.meeting_id
    words = [button("Add decision", DECIDE, one), button("Add action", GIVE, one)] if held.open_until else []
    note = [button("Note for me", NOTE, one)] if leads else []
    return [actions(*words, *note)] if words or note else []


def _other(held: Held, viewer: str) -> str:
    return held.user_id if viewer == held.manager_id else held.manager_id


def past(helds: Sequence[Held], other_id: str) -> Drawn:
    """Show the last 1:1s with what was decided and given to do."""
    if not helds:
        text = "No 1:1 has taken place here yet. The summary of each one will be kept here."
        return text, [section(text)]
    text = f"Your last {plural(len(helds), '1:1')} with {mention(other_id)}"
    blocks = [header("Past 1:1s"), section(text)]
    for held in helds:
        blocks.append(section(f"*{_took(held)}*"))
        shown = [*listed(held.of(DECISION), "Decided"), *listed(held.of(ACTION), "To be done")]
        blocks += shown or [context("Nothing was written down.")]
    return text, blocks
