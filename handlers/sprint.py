"""The Small Win Sprint: a first task within 48 hours, two questions at its end, and what follows from the answers."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from blocks import sprint as draw
from blocks.kit import when
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
from handlers.path import let, may_about, once, tick
from handlers.who import asker
from playbook.checklist import dates
from playbook.days import local_time
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.sprint import ANSWERS, DONE, NO, OPEN, YES, Follows, follows, problem
from playbook.tongue import oclock, phrase, short_weekday
from playbook.words import clean, first_name, mentioned
from storage import blocker, checklist_lay, timetable
from storage import sprint as store
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.timetable import When
from storage.trust_tables import Sprint

ENDS, SUGGEST = "sprint.ends", "sprint.suggest"
WEEK = timedelta(days=7)
NOT_YOURS = phrase("I find nobody by that name among the contractors you manage. `/contractor` lists them.")
GONE = phrase("This sprint is over or not yours. Nothing was changed.")
NONE = phrase("There has been no Small Win Sprint for this contractor yet; their manager gives one.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor sprint @person`."""
    return await _open(call, desk, mentioned(call.text))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form from a button, or the latest sprint for its contractor."""
    return await _open(call, desk, call.value or call.user_id)


async def _open(call: Call, desk: Desk, user_id: str) -> Reply:
    who = await asker(call, desk)
    traveller = (await travellers(desk.team, [user_id], paused=True)).get(user_id)
    if traveller is None:
        raise Sorry(NOT_YOURS)
    gives = await may_about(desk, Action.SPRINT_GIVE, who.person, traveller.place)
    if not gives and not await may_about(desk, Action.SPRINT_READ, who.person, traveller.place):
        raise Sorry(NOT_YOURS)
    row = (await store.current(desk.team, [user_id])).get(user_id)
    if row is not None and (not gives or (row.state == OPEN and row.due_at > desk.now)):
        return OpenModal(view=draw.page(row))
    if not gives:
        raise Sorry(NONE)
    due_at = desk.now + timedelta(hours=desk.playbook.sprint.hours)
    note = memo("" if call.view_id else call.channel_id, user_id)
    return OpenModal(view=draw.form(user_id, due_at, _clocks(traveller, due_at), desk.playbook.sprint, note))


def _clocks(traveller: Traveller, at: datetime) -> str:
    name, zone = first_name(traveller.person.name), traveller.person.zone
    return phrase("That is {at} for {name}", at=_clock(local_time(at, zone)), name=name)


async def given(call: Call, desk: Desk) -> Reply:
    """Keep the task, and bring it to the contractor."""
    who = await asker(call, desk)
    traveller = await let(desk, Action.SPRINT_GIVE, who.person, call.memo_record, NOT_YOURS, paused=False)
    chosen, task = call.one("due"), clean(call.one("task"))
    due_at = datetime.fromtimestamp(int(chosen), UTC) if chosen.isdecimal() else desk.now
    wrong = problem(due_at, desk.now, desk.playbook.sprint)
    before = (await store.current(desk.team, [traveller.user_id])).get(traveller.user_id)
    if before is not None and before.state == OPEN and before.due_at > desk.now:
        wrong = phrase(
            "There is one already, due {due_at} on their clock.",
            due_at=_clock(local_time(before.due_at, traveller.person.zone)),
        )
    errors = ({"due": wrong} if wrong else {}) | ({} if task else {"task": phrase("Please say what is to be done.")})
    if errors:
        return FixFields(errors)
    row = Sprint(
        team_id=desk.team.team_id,
        user_id=traveller.user_id,
        task=task,
        link=call.one("link"),
        given_at=desk.now,
        given_by=call.user_id,
        due_at=due_at,
    )
    desk.team.add(row)
    await desk.team.session.flush()
    await timetable.put(desk.team, ENDS, {row.id: When(due_at)})
    await _homes(desk, traveller)
    told = Post(draw.task_key(row), row.user_id, *draw.given(row), Lane.AGENDA)
    text = phrase(
        "<@{row}> has the task now. You hear how it went {due_at} at the latest.", row=row.user_id, due_at=when(due_at)
    )
    return Say(text=text).also(told)


async def _homes(desk: Desk, traveller: Traveller) -> None:
    await soon(desk, ("home.redraw", traveller.user_id), ("home.redraw", traveller.place.manager_id))


async def finished(call: Call, desk: Desk) -> Reply:
    """Note that the task is done, and ask the two questions at once."""
    row = await _mine(call, desk, call.value)
    if row.done_at is None:
        row.done_at, row.state = desk.now, DONE
        await tick(desk, row.user_id, "sprint", row.user_id)
    await soon(desk, ("home.redraw", row.user_id))
    redrawn = Redraw(draw.task_key(row), *draw.settled(row))
    return _questions(call, desk, row).also(redrawn)


async def asked(call: Call, desk: Desk) -> Reply:
    """Open the two questions."""
    return _questions(call, desk, await _mine(call, desk, call.value))


def _questions(call: Call, desk: Desk, row: Sprint) -> Reply:
    return OpenModal(view=draw.questions(row, desk.playbook.sprint, memo(call.channel_id, row.id)))


async def _mine(call: Call, desk: Desk, sprint_id: str) -> Sprint:
    who, row = await asker(call, desk), await store.find(desk.team, sprint_id)
    if row is None or who.contractor is None or row.user_id != call.user_id:
        raise Sorry(GONE)
    return row


async def answered(call: Call, desk: Desk) -> Reply:
    """Keep the answers; what was missing or unclear becomes something to do for those who can mend it."""
    row = await _mine(call, desk, call.memo_record)
    had, clear = call.one("had_tools"), call.one("clear")
    missing, unclear = clean(call.one("missing")), clean(call.one("unclear"))
    errors = {
        "missing": "" if had == YES or missing else phrase("Please say in a few words what was missing."),
        "unclear": "" if clear == YES or unclear else phrase("Please say in a few words what was unclear."),
    }
    if had not in ANSWERS or clear not in ANSWERS or any(errors.values()):
        return FixFields({name: sentence for name, sentence in errors.items() if sentence})
    fresh = row.answered_at is None
    row.had_tools, row.clear, row.missing, row.unclear = had, clear, missing, unclear
    row.answered_at = desk.now
    if row.done_at is None and call.one("state") != NO:
        row.done_at, row.state = desk.now, DONE
        await tick(desk, row.user_id, "sprint", row.user_id)
    found = await _follow(desk, row) if fresh else ()
    text, blocks = draw.thanks(row, found)
    return Say(text=text, blocks=blocks).also(*await _told(desk, row, found))


async def _follow(desk: Desk, row: Sprint) -> Sequence[Follows]:
    """Put what is to be mended on the checklist, and keep the words for a blocker the contractor may raise."""
    traveller = (await travellers(desk.team, [row.user_id], paused=True))[row.user_id]
    name = first_name(traveller.person.name)
    found = follows(row.had_tools, row.missing, row.clear, row.unclear, name)
    book, path = desk.playbook.checklist, traveller.path
    number = max(path.today(desk.now), 0) + 1
    due = dates(path, [number])[number]
    for one in found:
        await checklist_lay.add_own(desk.team, row.user_id, one.text, number, due, one.owner, book.added_phase)
    if row.missing:
        draft = {"what": row.missing, "kind": "access"}
        await blocker.keep_draft(desk.team, row.user_id, draft, desk.now)
    if found:
        await soon(desk, ("checklist.changed", row.user_id))
    return found


async def _told(desk: Desk, row: Sprint, found: Sequence[Follows]) -> Sequence[Letters]:
    traveller = (await travellers(desk.team, [row.user_id], paused=True))[row.user_id]
    await _homes(desk, traveller)
    settled, result = draw.settled(row), draw.result(row, found)
    keys = (draw.task_key(row), draw.question_key(row))
    to = traveller.id_of("manager") or row.given_by
    told = (Post(draw.result_key(row), to, *result, Lane.AGENDA), Redraw(draw.result_key(row), *result))
    return [*(Redraw(key, *settled) for key in keys), *told]


async def ends(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask how it went when the time is over, unless that was said already."""
    letters: list[Letters] = []
    for one in due:
        row = await store.find(desk.team, one.subject)
        if row is not None and row.answered_at is None:
            said, about = draw.question(row), f"sprint:{row.id}"
            post = Post(draw.question_key(row), row.user_id, *said, Lane.NUDGE, about=about, nudge="sprint.question")
            letters.append(post)
    return letters


async def next_suggestion(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each manager is reminded that no small win was given, on their own clock."""
    book = desk.playbook.sprint
    key = lambda one: draw.suggest_key(one.user_id)  # noqa: E731 - two names for one line
    return await once(desk, subjects, key, lambda one: (book.suggest_day, book.suggest_at, one.zone_of("manager")))


async def suggest(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Suggest a small win to managers whose newcomers have had none."""
    found = await travellers(desk.team, [one.subject for one in due])
    given_to, last = await store.current(desk.team, found), desk.playbook.sprint.last_day
    letters: list[Letters] = []
    for user_id, one in found.items():
        manager = one.id_of("manager")
        if manager and user_id not in given_to and one.path.today(desk.now) <= last:
            said = draw.suggest(user_id)
            key, about = draw.suggest_key(user_id), f"sprint:suggest:{user_id}"
            letters.append(Post(key, manager, *said, Lane.NUDGE, about=about, nudge="sprint.question"))
    return letters


def _example(desk: Desk, traveller: Traveller) -> Sprint:
    return Sprint(
        team_id=desk.team.team_id,
        user_id=traveller.user_id,
        task=phrase("Fix the typo on the sign-in page and put it live"),
        given_at=desk.now,
        given_by=traveller.id_of("manager"),
        due_at=desk.now + timedelta(hours=desk.playbook.sprint.hours),
    )


async def _sample_given(desk: Desk, traveller: Traveller) -> draw.Drawn:
    return draw.given(_example(desk, traveller))


async def _sample_suggest(_: Desk, traveller: Traveller) -> draw.Drawn:
    return draw.suggest(traveller.user_id)


def _clock(local: datetime) -> str:
    return f"{short_weekday(local)} {oclock(local)}"


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.DONE, finished, opens=True),
    Route(Kind.ACTION, draw.ANSWER, asked, opens=True),
    Route(Kind.FORM, draw.GIVE, given),
    Route(Kind.FORM, draw.ANSWERS, answered),
)
DUTIES: tuple[Duty, ...] = (
    Duty(ENDS, ends, catch_up=WEEK),
    Duty(SUGGEST, suggest, next_suggestion, WEEK, for_contractors=True, once=True),
)
SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("A small win would do good"), "manager", phrase("Day 2, 10:00 on the manager's clock"), _sample_suggest
    ),
    Sample(phrase("Your Small Win Sprint"), "contractor", phrase("when the manager gives it"), _sample_given),
)
