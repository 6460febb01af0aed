"""Coming back: at a word, or by itself on the first working morning; with one summary of what happened."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from blocks import kit
from blocks import ooo as draw
from blocks import ooo_letter as letters
from blocks.ooo_letter import Summary
from handlers.contract import Call, Desk, Due, Letters, Reply, Say, soon
from handlers.ooo_tell import tell
from handlers.ooo_work import Whose, Work, begin, everybody, follows, morning_after
from playbook.days import DAY, Week, day_start, instant, local_day
from playbook.tongue import phrase
from storage import checklist, ooo_facts
from storage import ooo_plan as store
from storage.ooo_plan import Change
from storage.outbox import Lane, Post
from storage.rhythm_tables import Away
from storage.tables import Blocker
from storage.timetable import When

RETURN = "ooo.return"
BEGINS = "ooo.begins"
GOOD_FOR = timedelta(hours=48)
LOOK_BACK = timedelta(days=40)


async def pressed(call: Call, desk: Desk) -> Reply:
    """End it from a button."""
    return await back(await begin(call, desk, call.value))


async def back(work: Work) -> Reply:
    """End what somebody is away for today, and give the summary."""
    rows = await store.of(work.desk.team, [work.whose.id], work.today)
    now = [row for row in rows if row.first <= work.today and row.back_at is None]
    if not now:
        return _not_away(work, rows)
    change = Change(tuple(row.id for row in now), tuple(row.model_copy() for row in now))
    for row in now:
        row.back_at = work.desk.now
    await work.desk.team.session.flush()
    await store.remember(work.desk.team, work.whose.id, now[0].id, change, work.desk.now)
    await follows(work.desk, work.whose)
    told = [letter for row in now for letter in await tell(work, row)]
    if not work.own:
        text = phrase("Noted: {whose} is back.", whose=kit.mention(work.whose.id))
        return Say(text=text, blocks=[kit.section(text), draw.buttons(now[0].id)]).also(*told)
    text, blocks = letters.welcome(await _summary(work.desk, work.whose, now))
    undo = kit.actions(kit.button(phrase("Undo"), draw.UNDO, now[0].id))
    return Say(text=text, blocks=[*blocks, undo]).also(*told)


def _not_away(work: Work, rows: Sequence[Away]) -> Reply:
    """Say that nothing is to be ended, and what is noted next."""
    ahead = [row for row in rows if row.first > work.today]
    whom = phrase("You are") if work.own else phrase("{whose} is", whose=kit.mention(work.whose.id))
    if not ahead:
        return Say(
            text=phrase("{whom} not noted as away, so there is nothing to end. Good to see you here.", whom=whom)
        )
    text = phrase(
        "{whom} not away today. Next: {first}.", whom=whom, first=draw.span(ahead[0].first, ahead[0].last, work.today)
    )
    return Say(text=text, blocks=[kit.section(text), draw.buttons(ahead[0].id)])


async def _summary(desk: Desk, whose: Whose, rows: Sequence[Away]) -> Summary:
    """Gather what happened since the first of the days, and what is next this week."""
    today, first = whose.today(desk.now), min(row.first for row in rows)
    sunday = Week.of(today).sunday
    week_ends = day_start(sunday + DAY, whose.zone)
    seen = await ooo_facts.meanwhile(desk.team, whose.id, day_start(first, whose.zone))
    ahead = await ooo_facts.ahead(desk.team, whose.id, desk.now, week_ends, today + DAY, sunday)
    due = [one for one in await checklist.waiting(desk.team, [whose.id], today) if one.owner == "contractor"]
    return Summary(
        first,
        min(max(row.last for row in rows), today),
        today,
        _pairs(seen.opened),
        _pairs(seen.answered),
        _pairs(seen.resolved),
        moved=[one.at for one in seen.moved if one.state != "skipped"],
        skipped=[one.at for one in seen.moved if one.state == "skipped"],
        due=[one.text for one in due],
        meetings=[one.at for one in ahead.meetings],
        sessions=[one.at for one in ahead.sessions],
        items=[(one.due, one.text) for one in ahead.items],
    )


def _pairs(blockers: Sequence[Blocker]) -> list[tuple[int, str]]:
    return [(one.number, one.text) for one in blockers]


def return_key(user_id: str, morning: date) -> str:
    """Name the welcome of a morning."""
    return f"ooo:{user_id}:return:{morning}"


async def _whole(desk: Desk, user_ids: Collection[str]) -> Mapping[str, list[Away]]:
    """Give the stretches of people, not long over, in which they are away for whole days and have not come back."""
    rows: dict[str, list[Away]] = {one: [] for one in user_ids}
    for row in await store.of(desk.team, user_ids, desk.now.date() - LOOK_BACK):
        if row.kind != "partly" and row.back_at is None:
            rows[row.user_id].append(row)
    return rows


async def next_return(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each person is next welcomed back: on the first working morning after a stretch."""
    rows, known = await _whole(desk, subjects), await everybody(desk, subjects)
    at, whens = desk.playbook.ooo.returns, {}
    for one, whose in known.items():
        if whose.place is not None and whose.place.paused_at is not None:
            continue
        mornings = [morning_after(whose, row.last, desk) for row in rows[one]]
        if ahead := [moment for moment in mornings if moment > desk.now]:
            whens[one] = When(min(ahead), local_day(min(ahead), whose.zone), at, whose.zone)
    return whens


async def returned(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Welcome those back whose time away is over, each with one summary."""
    ids = [one.subject for one in due]
    rows, known = await _whole(desk, ids), await everybody(desk, ids)
    posts: list[Letters] = []
    for one in due:
        whose = known.get(one.subject)
        morning = (one.day or local_day(one.due_at, whose.zone)) if whose else None
        over = [row for row in rows[one.subject] if whose and _ends(whose, row, desk) == morning]
        if whose and morning and over:
            text, blocks = letters.welcome(await _summary(desk, whose, over))
            key = return_key(whose.id, morning)
            posts.append(Post(key, whose.id, text, blocks, Lane.AGENDA, GOOD_FOR))
    await soon(desk, *(("home.redraw", one) for one in ids))
    return posts


def _ends(whose: Whose, row: Away, desk: Desk) -> date:
    return local_day(morning_after(whose, row.last, desk), whose.zone)


async def next_beginning(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each person's next stretch begins in which somebody stands in for them."""
    rows, known = await _whole(desk, subjects), await everybody(desk, subjects)
    at, whens = desk.playbook.ooo.begins, {}
    for one, whose in known.items():
        begun = [(row.first, _begins(whose, row, desk)) for row in rows[one] if row.deputy_id]
        if ahead := [(moment, day) for day, moment in begun if moment and moment > desk.now]:
            moment, day = min(ahead)
            whens[one] = When(moment, day, at, whose.zone)
    return whens


def _begins(whose: Whose, row: Away, desk: Desk) -> datetime | None:
    return instant(row.first, desk.playbook.ooo.begins, whose.zone)


async def begun(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Have what is open handed over to who stands in."""
    held = await ooo_facts.held(desk.team, [one.subject for one in due])
    await soon(desk, *(("blocker.stand_in", one.id) for one in held))
    ids = [one.subject for one in due]
    managers = [whose.place.manager_id for whose in (await everybody(desk, ids)).values() if whose.place]
    await soon(desk, *(("digest.redraw", one) for one in managers), *(("home.redraw", one) for one in ids))
    return ()
