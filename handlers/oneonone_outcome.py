"""Decisions and actions of 1:1s: added in it or within two days, with owner and day; owners are reminded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from blocks import oneonone_points as draw
from blocks.kit import mention
from handlers.contract import Call, Desk, Due, Duty, FixFields, Kind, Letters, OpenModal, Reply, Route, Say, memo
from handlers.oneonone_pair import pairs
from handlers.oneonone_show import follow
from handlers.oneonone_table import Table, at_meeting, at_point, next_meeting
from playbook.days import instant, local_day
from playbook.oneonone_run import (
    ACTION,
    DECISION,
    LONGEST_POINT,
    MOST_WAITING,
    reminder_day,
    takes_words,
    usual_due,
)
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import oneonone_points as store
from storage import timetable
from storage.outbox import Cancel, Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.rhythm_tables import Meeting, Point
from storage.tables import Person
from storage.timetable import When

ACTION_DUE = "oneonone.action_due"
NUDGE = "oneonone.follow_up"
POINT = "point"
SIGN = "="
LONGEST_AHEAD = timedelta(days=366)
CLOSED = phrase("Decisions and actions are added during a 1:1 and until two days after it. This one is further away.")
FULL = phrase(
    "{most_waiting} things wait already, which is the most one agenda can hold. Please tick some first.",
    most_waiting=MOST_WAITING,
)


@dataclass(frozen=True)
class Filled:
    """What was filled in for a decision or an action."""

    kind: str
    text: str
    owner_id: str
    due: date | None


async def decide(call: Call, desk: Desk) -> Reply:
    """Open the form for a decision."""
    return await _open(call, desk, DECISION)


async def give(call: Call, desk: Desk) -> Reply:
    """Open the form for an action."""
    return await _open(call, desk, ACTION)


async def _open(call: Call, desk: Desk, kind: str) -> Reply:
    table, meeting = await at_meeting(call, desk, call.value)
    _need_open(desk, meeting)
    following = await next_meeting(desk, table.user_id)
    zone, weekdays = table.traveller.person.zone, table.traveller.path.weekdays
    next_day = local_day(following.at, zone) if following else None
    due = usual_due(next_day, local_day(desk.now, zone), weekdays) if kind == ACTION else None
    owner = table.user_id if kind == ACTION else ""
    where = memo(call.channel_id, f"{kind}{SIGN}{meeting.id}")
    return OpenModal(view=draw.outcome_form(kind, _owners(table), ("", owner, due), where, editing=False))


def _need_open(desk: Desk, meeting: Meeting) -> None:
    if not takes_words(meeting.state, meeting.at, meeting.ended_at, desk.now):
        raise Sorry(CLOSED)


def _owners(table: Table) -> Sequence[tuple[str, str]]:
    return [(table.name_of(one), one) for one in table.both]


def outcome_edited(call: Call, table: Table, point: Point) -> Reply:
    """Open the form of a decision or action that was added."""
    where = memo(call.channel_id, f"{POINT}{SIGN}{point.id}")
    filled = (point.text, point.owner_id, point.due)
    return OpenModal(view=draw.outcome_form(point.kind, _owners(table), filled, where, editing=True))


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep a decision or an action, new or changed."""
    what, _, record_id = call.memo_record.partition(SIGN)
    if what == POINT:
        return await _changed(call, desk, record_id)
    table, meeting = await at_meeting(call, desk, record_id)
    _need_open(desk, meeting)
    filled = _read(call, ACTION if what == ACTION else DECISION)
    if wrong := _problems(desk, table, filled):
        return FixFields(wrong)
    if filled.kind == ACTION and await store.count_waiting(desk.team, table.user_id) >= MOST_WAITING:
        return FixFields({"text": FULL})
    kept = {"meeting_id": meeting.id, "owner_id": filled.owner_id}
    point = await store.add(
        desk.team, table.user_id, filled.kind, filled.text, call.user_id, desk.now, due=filled.due, **kept
    )
    return await _said(desk, table, point, phrase("Noted"))


def _read(call: Call, kind: str) -> Filled:
    try:
        due = date.fromisoformat(call.one("due"))
    except ValueError:
        due = None
    return Filled(kind, clean(call.one("text")), call.one("owner"), due)


def _problems(desk: Desk, table: Table, filled: Filled, before: date | None = None) -> dict[str, str]:
    """Check a decision or an action: from field to sentence."""
    today, wrong = local_day(desk.now, table.me.zone), {}
    if not filled.text:
        wrong["text"] = phrase("Please write a few words.")
    elif len(filled.text) > LONGEST_POINT:
        wrong["text"] = phrase(
            "That is {filled} characters; up to {longest_point} fit.",
            filled=len(filled.text),
            longest_point=LONGEST_POINT,
        )
    if filled.owner_id not in table.both and (filled.owner_id or filled.kind == ACTION):
        wrong["owner"] = phrase("Please choose one of the two of you.")
    if filled.due is None and filled.kind == ACTION:
        wrong["due"] = phrase("Please choose a day.")
    elif filled.due is not None and filled.due < today and filled.due != before:
        wrong["due"] = phrase("This day has passed. Please choose today or a later one.")
    elif filled.due is not None and filled.due > today + LONGEST_AHEAD:
        wrong["due"] = phrase("This is more than a year ahead. Please choose a nearer day.")
    return wrong


async def _changed(call: Call, desk: Desk, point_id: str) -> Reply:
    table, point = await at_point(call, desk, point_id)
    if point.by != call.user_id:
        raise Sorry(phrase("{by} added this, so only they change it.", by=mention(point.by)))
    filled = _read(call, point.kind)
    if wrong := _problems(desk, table, filled, point.due):
        return FixFields(wrong)
    told = await follow_up(desk, table, point, removed=True)
    point.text, point.owner_id, point.due = filled.text, filled.owner_id, filled.due
    return (await _said(desk, table, point, phrase("Changed"))).also(*told)


async def _said(desk: Desk, table: Table, point: Point, says: str) -> Reply:
    await desk.team.session.flush()
    told = await follow_up(desk, table, point)
    text, blocks = draw.kept(point, says)
    return Say(text=text, blocks=blocks).also(*told, *await follow(desk, table.traveller, point.meeting_id))


# Reminders ---------------------------------------------------------------------------------------


def reminder_key(point: Point) -> str:
    """Name the one reminder of an action on its day."""
    return f"oneonone.action:{point.id}:{point.due}:{point.owner_id}"


def about(point: Point) -> str:
    """Name the subject of a reminder."""
    return f"point:{point.id}"


async def follow_up(desk: Desk, table: Table, point: Point, *, removed: bool = False) -> Sequence[Letters]:
    """Plan when an action's owner is reminded, or take the reminder back where it is done or gone."""
    if point.kind != ACTION or point.due is None:
        return ()
    await timetable.drop(desk.team, point.id, [ACTION_DUE])
    if removed or point.done_at is not None:
        how = phrase("Taken back") if removed else phrase("Done")
        return (Redraw(reminder_key(point), *draw.settled(point, how)), Cancel(about(point)))
    pair = (await pairs(desk, [table.user_id])).get(table.user_id)
    if pair is None:
        return ()
    hours = pair.side(point.owner_id).hours
    day = reminder_day(point.due, local_day(desk.now, hours.zone), hours.weekdays, hours.free)
    due_at = instant(day, hours.start, hours.zone) if day else None
    if due_at is not None and due_at > desk.now:
        await timetable.put(desk.team, ACTION_DUE, {point.id: When(due_at, day, hours.start, hours.zone)})
    return ()


def _owner(traveller: Traveller, point: Point) -> Person | None:
    """Give who sees to an action now: the contractor, or whoever manages them since."""
    return traveller.person if point.owner_id == traveller.user_id else traveller.who("manager")


async def run_action_due(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind owners, once, of what is due and not ticked."""
    found = [point for one in due if (point := await store.find(desk.team, one.subject))]
    open_ = [point for point in found if point.done_at is None and point.owner_id]
    there = await travellers(desk.team, [point.user_id for point in open_])
    told: list[Letters] = []
    for point in open_:
        traveller = there.get(point.user_id)
        owner = _owner(traveller, point) if traveller else None
        if traveller is None or owner is None:
            continue
        other = traveller.place.manager_id if owner.user_id == point.user_id else point.user_id
        drawn = draw.reminder(point, other, local_day(desk.now, owner.zone))
        key = reminder_key(point)
        told.append(Post(key, owner.user_id, *drawn, Lane.NUDGE, about=about(point), nudge=NUDGE))
    return told


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.DECIDE, decide, opens=True),
    Route(Kind.ACTION, draw.GIVE, give, opens=True),
    Route(Kind.FORM, draw.OUTCOME_FORM, saved),
)
DUTIES: tuple[Duty, ...] = (Duty(ACTION_DUE, run_action_due),)
