"""Worklogs: a CSV that is dropped into the bot's DM is put beside the log, and the contractor sees it first."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from blocks import worklog as draw
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
    Sheet,
    memo,
)
from handlers.path import let
from handlers.who import Asker, asker
from playbook.days import instant as at_instant
from playbook.days import local_day, local_time, next_working_day
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, mentioned
from playbook.worklog import Day, Read, compare, fits, meant, read
from storage import contractor, log, people, timetable
from storage import worklog as store
from storage.arrived import arrived
from storage.growth_tables import Worklog
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.timetable import When

SHARE = "worklog.share"
LATEST = 5
WEEK, LONG = timedelta(days=7), timedelta(days=30)
SOON = timedelta(hours=1)
NOT_YOURS = phrase("I find nobody by that name among the contractors you manage. `/contractor` lists them.")
WHOSE = phrase("Whose worklog is this? Please send the file once more and write `@person` with it.")
NOT_THERE = phrase(
    "I find no lines about {who} in this file. A column named Member with their name or address tells whose."
)
NOTHING = phrase("I could read no line of this file. The first one: line {line}: {why}")
TOO_LONG = phrase("This file is about {days} days, and I take {most} at a time. Please export a shorter time.")
GONE = phrase("This comparison is not yours, or it is gone. Nothing was changed.")


def _fits(head: Sequence[str], desk: Desk) -> bool:
    return fits(head, desk.playbook.worklog)


async def refusal(call: Call, desk: Desk) -> str:
    """Say why somebody may send no worklog, "" where they may: contractors about themselves, managers about theirs."""
    _, place = await people.actor(desk.team, call.user_id)
    on_the_path = place is not None and place.ended_at is None
    return "" if on_the_path or await contractor.managed_by(desk.team, [call.user_id]) else NOT_YOURS


async def taken(call: Call, desk: Desk) -> Reply:
    """Compare a file that was dropped."""
    return await _compared(call, desk, call.files[0].text)


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle worklog`: how it is done, and the latest ones."""
    if call.kind is Kind.EVENT:
        text, blocks = draw.explained(desk.playbook.worklog)
        return Say(text=text, blocks=blocks)
    return await _page(call, desk, mentioned(call.text) or call.user_id)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the page from a button; one's own without a value."""
    return await _page(call, desk, call.value or call.user_id)


async def _page(call: Call, desk: Desk, user_id: str) -> Reply:
    who = await asker(call, desk)
    own = user_id == call.user_id
    if not own:
        await let(desk, Action.WORKLOG_READ, who.person, user_id, NOT_YOURS)
    rows = await store.of(desk.team, user_id, LATEST, shared=not own)
    return OpenModal(view=draw.page(user_id, rows, desk.playbook.worklog, own=own))


async def _compared(call: Call, desk: Desk, text: str) -> Reply:
    """Put a file beside the log of whom it is about, and show it to them."""
    who, book = await asker(call, desk), desk.playbook.worklog
    one, found = await _whose(call, desk, who, text)
    tracked = _theirs(one, found)
    if (max(tracked) - min(tracked)).days >= book.most_days:
        raise Sorry(TOO_LONG.format(days=(max(tracked) - min(tracked)).days + 1, most=book.most_days))
    logged = (await log.ledger(desk.team, one.user_id, min(tracked), max(tracked))).by_day
    row = await store.keep(desk.team, one.user_id, compare(tracked, logged), call.user_id, desk.now)
    await timetable.put(desk.team, SHARE, {row.id: _later(desk, one)})
    own = one.user_id == call.user_id
    drawn = draw.shown(row, store.days_of(row), book, found.problems if own else ())
    told = Post(draw.key(row), one.user_id, *drawn, Lane.AGENDA, WEEK)
    if own:
        return Say(text=phrase("I have put both beside each other. Only you see this for now.")).also(told)
    said, blocks = draw.sent(one.user_id, found.problems, book)
    return Say(text=said, blocks=blocks).also(told)


async def _whose(call: Call, desk: Desk, who: Asker, text: str) -> tuple[Traveller, Read]:
    """Say whom a file is about: who is named with it, the contractor who sends it, or whom its lines name."""
    named = mentioned(call.text)
    if not named and who.contractor is not None:
        named = call.user_id
    if named:
        one = await let(desk, Action.WORKLOG_COMPARE, who.person, named, NOT_YOURS)
        return one, read(text, one.person.zone, desk.playbook.worklog)
    ids = [place.user_id for place in await contractor.managed_by(desk.team, [call.user_id])]
    there = list((await travellers(desk.team, ids)).values())
    names = list(read(text, "UTC", desk.playbook.worklog).tracked)
    same = [one for one in there if any(name and meant([name], _names(one)) is not None for name in names)]
    if len(same) != 1:
        raise Sorry(WHOSE)
    return same[0], read(text, same[0].person.zone, desk.playbook.worklog)


def _names(one: Traveller) -> list[str]:
    return [one.person.name, one.person.email]


def _theirs(one: Traveller, found: Read) -> Mapping[date, int]:
    """Give what was tracked for one person; raises Sorry where nothing was."""
    if not found.tracked:
        line, why = found.problems[0] if found.problems else (1, phrase("it is empty."))
        raise Sorry(NOTHING.format(line=line, why=why))
    name = meant(list(found.tracked), _names(one))
    if name is None:
        raise Sorry(NOT_THERE.format(who=f"<@{one.user_id}>"))
    return found.tracked[name]


def _later(desk: Desk, one: Traveller) -> When:
    """Say when the manager may see it without an answer: some working days of the contractor's later."""
    day, zone = local_day(desk.now, one.person.zone), one.person.zone
    for _ in range(desk.playbook.worklog.answer_days):
        day = next_working_day(day, one.path.weekdays, one.path.days_off)
    at = local_time(desk.now, zone).time()
    return When(at_instant(day, at, zone) or desk.now + timedelta(days=desk.playbook.worklog.answer_days))


async def right(call: Call, desk: Desk) -> Reply:
    """Note that it looks right."""
    return await _answer(desk, await _mine(call, desk, call.value), draw.RIGHT)


async def correct(call: Call, desk: Desk) -> Reply:
    """Note that the contractor is going to correct the log."""
    return await _answer(desk, await _mine(call, desk, call.value), draw.CORRECT)


async def wrong(call: Call, desk: Desk) -> Reply:
    """Ask what the tracker has wrong."""
    row = await _mine(call, desk, call.value)
    return OpenModal(view=draw.words_form(row, desk.playbook.worklog, memo(call.channel_id, row.id)))


async def worded(call: Call, desk: Desk) -> Reply:
    """Keep what the tracker has wrong."""
    row, words = await _mine(call, desk, call.memo_record), clean(call.one("words"))
    if not words:
        return FixFields({"words": phrase("Please say in a few words what happened.")})
    return await _answer(desk, row, draw.WRONG, words)


async def _mine(call: Call, desk: Desk, worklog_id: str) -> Worklog:
    row = await store.find(desk.team, worklog_id)
    if row is None or row.user_id != call.user_id:
        raise Sorry(GONE)
    return row


async def _answer(desk: Desk, row: Worklog, answer: str, words: str = "") -> Reply:
    """Keep the answer, and show both times to the manager with it."""
    row.answer, row.words, row.answered_at = answer, words, desk.now
    await timetable.drop(desk.team, row.id, [SHARE])
    text, blocks = draw.answered(row)
    days = store.days_of(row)
    redrawn = Redraw(draw.key(row), *draw.shown(row, days, desk.playbook.worklog))
    return Say(text=text, blocks=blocks).also(redrawn, *await _shared(desk, row))


async def _shared(desk: Desk, row: Worklog) -> Sequence[Letters]:
    """Show it to who manages the contractor now; drawn anew where they have it already."""
    one = (await travellers(desk.team, [row.user_id], paused=True)).get(row.user_id)
    manager = one.id_of("manager") if one else ""
    if not manager:
        return ()
    row.shared_at = row.shared_at or desk.now
    drawn, key = draw.for_manager(row, store.days_of(row), desk.playbook.worklog), draw.manager_key(row, manager)
    return (Post(key, manager, *drawn, Lane.AGENDA, WEEK), Redraw(key, *drawn))


async def share(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Show comparisons to managers that were not answered; one that has not reached the contractor waits on."""
    letters: list[Letters] = []
    for one in due:
        row = await store.find(desk.team, one.subject)
        if row is None or row.shared_at is not None:
            continue
        if (await arrived(desk.team, [draw.key(row)])).get(draw.key(row)):
            letters += await _shared(desk, row)
        elif desk.now - row.sent_at < LONG:
            await timetable.put(desk.team, SHARE, {row.id: When(desk.now + SOON)})
    return letters


def _example(desk: Desk, traveller: Traveller) -> tuple[Worklog, list[Day]]:
    first = local_day(desk.now, traveller.person.zone)
    days = [Day(first, 420, 480), Day(first + timedelta(days=1), 400, 405)]
    row = Worklog(
        id="example",
        team_id=desk.team.team_id,
        user_id=traveller.user_id,
        first_on=days[0].day,
        last_on=days[-1].day,
        sent_at=desk.now,
        sent_by=traveller.id_of("manager"),
    )
    return row, days


async def _sample_shown(desk: Desk, traveller: Traveller) -> draw.Drawn:
    return draw.shown(*_example(desk, traveller), desk.playbook.worklog)


async def _sample_manager(desk: Desk, traveller: Traveller) -> draw.Drawn:
    return draw.for_manager(*_example(desk, traveller), desk.playbook.worklog)


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.RIGHT, right),
    Route(Kind.ACTION, draw.CORRECT, correct),
    Route(Kind.ACTION, draw.WRONG, wrong, opens=True),
    Route(Kind.FORM, draw.WORDS, worded),
)
SHEET = Sheet(phrase("a worklog"), phrase("/circle worklog"), _fits, refusal, taken)
DUTIES: tuple[Duty, ...] = (Duty(SHARE, share, catch_up=LONG),)
SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("Tracked time beside your log"), "contractor", phrase("when a worklog is sent"), _sample_shown),
    Sample(
        phrase("Tracked time beside the log"),
        "manager",
        phrase("with the answer, or 2 working days later"),
        _sample_manager,
    ),
)
