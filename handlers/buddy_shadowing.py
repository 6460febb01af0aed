"""Shadowing sessions: planned, moved, cancelled, reminded of, and the one question afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from blocks import buddy_shadowing as draw
from blocks.buddy import PLAN
from blocks.buddy_shadowing import Meeting
from blocks.kit import Block, mention, when
from handlers.buddy_meeting import (
    ASK,
    NOT_YOURS,
    REMIND,
    Seat,
    at_session,
    at_table,
    drawn,
    invitations,
    meeting,
    question_key,
    readers,
)
from handlers.buddy_meeting import run_ask as ask
from handlers.buddy_meeting import run_remind as remind
from handlers.buddy_pair import REMINDER
from handlers.contract import (
    Call,
    Desk,
    Due,
    Duty,
    FixFields,
    Kind,
    Letters,
    OpenModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
    soon,
)
from handlers.path import once
from playbook.buddy import night
from playbook.path import not_quiet
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, fill, mentioned
from storage import buddy as store
from storage import people, timetable
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.path_tables import Shadowing
from storage.timetable import When

PLEASE = "shadowing.please"
USAGE = phrase("Say who is to watch: `/contractor shadowing @person`.")
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)
OVER = phrase("This session is over or was cancelled. Please plan another one.")
LONGEST_STAMP = 10


@dataclass(frozen=True)
class Filled:
    """What was filled into the form; `at` is None where it is no moment."""

    buddy_id: str
    at: datetime | None
    minutes: int
    watch_for: str


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor shadowing @person`."""
    user_id = mentioned(call.text)
    if not user_id:
        raise Sorry(USAGE)
    return await plan(replace(call, value=user_id), desk)


async def plan(call: Call, desk: Desk) -> Reply:
    """Open the form for a new session, with what is suggested to watch for."""
    seat, book = await at_table(call, desk, call.value), desk.playbook.buddy
    fresh = Meeting("", seat.user_id, seat.traveller.id_of("buddy"), desk.now, book.usual_length, book.watch_for)
    if call.kind is Kind.EVENT:
        text, blocks = draw.please_plan(seat.user_id)
        return Say(text=text, blocks=blocks)
    where = memo(call.channel_id, f"{seat.user_id}:")
    return OpenModal(view=draw.form(seat.traveller.person.name, fresh, None, book, where, move=False))


async def move(call: Call, desk: Desk) -> Reply:
    """Open the form of a session that is still to come."""
    seat, row = await at_session(call, desk, call.value)
    if row.state != store.PLANNED or row.at <= desk.now:
        raise Sorry(OVER)
    where = memo(call.channel_id, f"{seat.user_id}:{row.id}")
    name, book = seat.traveller.person.name, desk.playbook.buddy
    return OpenModal(view=draw.form(name, meeting(row), row.at, book, where, move=True))


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep a session, tell the two of it on their own clocks, and plan what follows from it."""
    user_id, _, session_id = call.memo_record.partition(":")
    seat, row = await at_session(call, desk, session_id) if session_id else (await at_table(call, desk, user_id), None)
    filled = _read(call)
    wrong = await _problems(desk, seat.traveller, filled)
    if wrong or filled.at is None:
        return FixFields(wrong)
    if row is not None and (row.state != store.PLANNED or row.at <= desk.now):
        raise Sorry(OVER)
    before = meeting(row) if row else None
    row = row or Shadowing(
        team_id=desk.team.team_id,
        user_id=seat.user_id,
        buddy_id=filled.buddy_id,
        at=filled.at,
        minutes=filled.minutes,
        watch_for=filled.watch_for,
        state=store.PLANNED,
        planned_by=call.user_id,
    )
    row.buddy_id, row.at, row.minutes, row.watch_for = filled.buddy_id, filled.at, filled.minutes, filled.watch_for
    desk.team.add(row)
    await desk.team.session.flush()
    await _wind(desk, seat.traveller, row)
    told = await invitations(desk, seat, row, before)
    await soon(desk, *(("home.redraw", one) for one in readers(seat.traveller, row)))
    did = "moved" if before else "planned"
    asked = Redraw(
        f"shadowing:{seat.user_id}:please", *draw.over(meeting(row), phrase("is planned for {row}", row=when(row.at)))
    )
    text = phrase(
        "The session is {did}: {row} with {buddy_id}. Both are told.",
        did=did,
        row=when(row.at),
        buddy_id=mention(row.buddy_id),
    )
    return Say(text=text).also(*told, asked)


def _read(call: Call) -> Filled:
    stamp, minutes = call.one("at"), call.one("minutes")
    good = stamp.isdecimal() and len(stamp) <= LONGEST_STAMP
    at = datetime.fromtimestamp(int(stamp), UTC) if good else None
    return Filled(call.one("buddy"), at, int(minutes) if minutes.isdecimal() else 0, clean(call.one("watch_for")))


async def _problems(desk: Desk, traveller: Traveller, filled: Filled) -> dict[str, str]:
    """Check a session: from field to sentence."""
    book, person = desk.playbook.buddy, await people.find(desk.team, filled.buddy_id)
    wrong = {}
    if filled.buddy_id == traveller.user_id:
        wrong["buddy"] = book.sentences.myself
    elif person is None or person.deactivated:
        wrong["buddy"] = fill(book.sentences.gone, name=person.name if person else phrase("This person"))
    elif person.is_bot:
        wrong["buddy"] = fill(book.sentences.bot, name=person.name)
    if filled.minutes not in book.lengths or not filled.watch_for:
        wrong["watch_for"] = book.sentences.empty
    if filled.at is None or filled.at <= desk.now:
        wrong["at"] = book.sentences.moment if filled.at is None else book.sentences.past
    elif person is not None:
        nights = (night(one.name, filled.at, filled.minutes, one.zone, book) for one in (traveller.person, person))
        wrong |= {"at": said} if (said := next(filter(None, nights), "")) else {}
    return wrong


async def _wind(desk: Desk, traveller: Traveller, row: Shadowing) -> None:
    """Write down when both are reminded and when the contractor is asked."""
    book = desk.playbook.buddy
    soon_before = row.at - book.remind_before * MINUTE
    await timetable.drop(desk.team, row.id)
    if soon_before > desk.now:
        await timetable.put(desk.team, REMIND, {row.id: When(soon_before)})
    after = row.at + (row.minutes + book.ask_after) * MINUTE
    at = not_quiet(after, traveller.person.zone, desk.playbook.path)
    await timetable.put(desk.team, ASK, {row.id: When(at)})


async def cancel(call: Call, desk: Desk) -> Reply:
    """Take a session back, and tell the others."""
    seat, row = await at_session(call, desk, call.value)
    if row.state != store.PLANNED:
        raise Sorry(OVER)
    row.state = store.CANCELLED
    await timetable.drop(desk.team, row.id)
    shown = meeting(row)
    told = [
        Post(f"shadowing:{row.id}:cancelled:{one}", one, *draw.cancelled(shown, call.user_id), Lane.AGENDA)
        for one in readers(seat.traveller, row)
        if one != call.user_id
    ]
    await soon(desk, *(("home.redraw", one) for one in readers(seat.traveller, row)))
    gone = draw.over(shown, phrase("was cancelled by {call}", call=mention(call.user_id)))
    redrawn = [Redraw(key, *gone) for key in await drawn(desk, row)]
    return Say(text=phrase("The session is cancelled, and the others are told.")).also(*told, *redrawn)


async def answer(call: Call, desk: Desk) -> Reply:
    """Open the form for the one question, with what was answered before."""
    _, row = await _own(call, desk, call.value)
    return OpenModal(view=draw.answer_form(row.learned, desk.playbook.buddy, memo(call.channel_id, row.id)))


async def answered(call: Call, desk: Desk) -> Reply:
    """Keep what the contractor has learned, and show it to the buddy and the manager."""
    seat, row = await _own(call, desk, call.memo_record)
    words = clean(call.one("learned"))
    if not words:
        return FixFields({"learned": phrase("One sentence is enough.")})
    row.learned, row.learned_at, row.state = words, desk.now, store.ANSWERED
    shown = draw.lesson(meeting(row), words)
    told: list[Letters] = []
    for one in readers(seat.traveller, row, manager=True):
        if one != row.user_id:
            key = f"shadowing:{row.id}:learned:{one}"
            told += [Post(key, one, *shown, Lane.AGENDA), Redraw(key, *shown)]
    text = phrase("Thank you. Your buddy and your manager read this.")
    return Say(text=text).also(*told, Redraw(question_key(row.id), *draw.answered(words), settled=True))


async def _own(call: Call, desk: Desk, session_id: str) -> tuple[Seat, Shadowing]:
    seat, row = await at_session(call, desk, session_id)
    if call.user_id != row.user_id:
        raise Sorry(NOT_YOURS)
    if row.state in (store.PLANNED, store.CANCELLED):
        raise Sorry(phrase("That session has not taken place yet."))
    return seat, row


async def please_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when somebody is asked to plan a first session: the buddy on their clock, else the manager."""
    book = desk.playbook.buddy

    def wish(one: Traveller) -> tuple[int, time, str]:
        return book.plan_day, book.plan_at, one.zone_of("buddy", "manager")

    return await once(desk, subjects, lambda one: f"shadowing:{one.user_id}:please", wish)


async def please(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask for a first session where none is planned."""
    found = await travellers(desk.team, [one.subject for one in due])
    planned = await store.planned_for(desk.team, list(found))
    return [
        Post(f"shadowing:{user_id}:please", to, *draw.please_plan(user_id), Lane.AGENDA, nudge=REMINDER)
        for user_id, one in found.items()
        if user_id not in planned and (to := one.id_of("buddy", "manager"))
    ]


async def _sample_please(_desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]]:
    return draw.please_plan(traveller.user_id)


def _example(desk: Desk, traveller: Traveller) -> Meeting:
    book, at = desk.playbook.buddy, traveller.path.at(3, time(15))
    with_ = traveller.id_of("buddy", "manager")
    return Meeting("example", traveller.user_id, with_, at, book.usual_length, book.watch_for)


async def _sample_reminder(desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]]:
    before = desk.playbook.buddy.remind_before
    with_ = traveller.who("buddy", "manager") or traveller.person
    return draw.reminder(_example(desk, traveller), (with_.name, with_.zone), before)


async def _sample_question(desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]]:
    return draw.question(_example(desk, traveller))


SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("Please plan a shadowing session"), "buddy", phrase("Day 2, 10:00 on the buddy's clock"), _sample_please
    ),
    Sample(phrase("The session begins soon"), "contractor", phrase("half an hour before, to both"), _sample_reminder),
    Sample(phrase("What did you learn?"), "contractor", phrase("a quarter of an hour after it"), _sample_question),
)
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, PLAN, plan, opens=True),
    Route(Kind.FORM, draw.PLAN_FORM, saved),
    Route(Kind.ACTION, draw.MOVE, move, opens=True),
    Route(Kind.ACTION, draw.CANCEL, cancel),
    Route(Kind.ACTION, draw.ANSWER, answer, opens=True),
    Route(Kind.FORM, draw.ANSWER_FORM, answered),
)
DUTIES: tuple[Duty, ...] = (
    Duty(PLEASE, please, please_next, WEEK, for_contractors=True, once=True),
    Duty(REMIND, remind, catch_up=timedelta(minutes=30)),
    Duty(ASK, ask, catch_up=WEEK),
)
