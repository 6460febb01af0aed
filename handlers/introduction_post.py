"""Introductions, unasked: asking, reminding, the teaser, posting on Day 1, and what is said to the newcomer."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta

from blocks import introduction as draw
from blocks import introduction_letter as letters
from blocks.kit import one_line
from handlers.contract import Desk, Due, Duty, Letters
from handlers.introduction_case import (
    FOLLOW,
    POST,
    REMINDER,
    Case,
    about,
    ask_key,
    card_key,
    case_of,
    cases,
    first_admin,
    plan,
    preview,
    redrawn,
    superseded,
    two_lines_key,
)
from handlers.path import once, tick
from playbook.days import local_day
from playbook.introduction import State, ask_day, day_words, two_lines_day
from playbook.tongue import phrase
from playbook.words import first_name
from storage import introduction as store
from storage import outbox, people, timetable, workspace
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers
from storage.timetable import When

ASK, TEASER, REMIND = "introduction.ask", "introduction.teaser", "introduction.remind"
TWO_LINES, CHECK, GREETED = "introduction.two_lines", "introduction.check", "introduction.greeted"
WEEK = timedelta(days=7)
FEW = 20
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ABOUT = "introduction"
GONE = (outbox.State.FAILED, outbox.State.EXPIRED, outbox.State.CANCELLED)


async def ask_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when contractors are asked to introduce themselves."""
    book = desk.playbook.introduction

    def wish(traveller: Traveller) -> tuple[int, time, str]:
        return ask_day(traveller.path, desk.now, book), book.ask_at, traveller.person.zone

    return await once(desk, subjects, lambda one: ask_key(one.user_id), wish)


async def ask(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask contractors to introduce themselves."""
    told: list[Letters] = []
    for user_id, traveller in (await travellers(desk.team, [one.subject for one in due])).items():
        case = await case_of(desk, traveller, await store.begin(desk.team, user_id))
        text, blocks = letters.ask(user_id, case.row.state, case.spots, case.lead_id)
        told.append(Post(ask_key(user_id), user_id, text, blocks, Lane.AGENDA, nudge=REMINDER))
    return told


async def teaser_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when the channel is told who comes tomorrow."""
    office, book = await workspace.get(desk.team), desk.playbook.introduction
    channel = await people.find_channel(desk.team, office.intro_channel)

    def wish(traveller: Traveller) -> tuple[int, time, str] | None:
        zone = (channel.zone if channel else "") or traveller.zone_of("manager")
        return (0, book.teaser_at, zone) if traveller.path.at(1, book.post_at, zone) > desk.now else None

    return await once(desk, subjects, lambda one: f"introduction:{one.user_id}:teaser", wish)


async def teaser(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Tell the channel who comes next, where an admin has switched that on."""
    told: list[Letters] = []
    for user_id, case in (await cases(desk, [one.subject for one in due])).items():
        person, day = case.traveller.person, case.traveller.path.day(1)
        days = (day - local_day(desk.now, person.zone)).days
        if not case.traveller.office.teaser or case.spots.trouble or days < 1:
            continue
        words = letters.teaser(user_id, person.name, case.draft.role, day_words(day, local_day(desk.now, person.zone)))
        key = f"introduction:{user_id}:teaser"
        told += [Post(f"{key}:{one}" if at else key, one, *words) for at, one in enumerate(case.spots.targets)]
    return told


async def remind_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when managers are reminded of an introduction that waits for them."""
    at = desk.playbook.introduction.remind_at
    return await once(
        desk,
        subjects,
        lambda one: f"{about(one.user_id)}:reminder:{one.id_of('manager')}",
        lambda one: (1, at, one.zone_of("manager")),
    )


async def remind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind managers of what is filled in and not approved on Day 1."""
    told: list[Letters] = []
    for case in (await cases(desk, [one.subject for one in due])).values():
        if case.row.state == State.FILLED:
            name = first_name(case.traveller.person.name)
            lead = phrase("{name} has begun, and the introduction waits for your approval.", name=one_line(name, 40))
            told += [*await superseded(desk, case), *preview(case, "reminder", lead=lead)]
    return told


async def two_lines_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when managers are asked for two lines."""
    book = desk.playbook.introduction

    def wish(traveller: Traveller) -> tuple[int, time, str]:
        number = two_lines_day(traveller.path, traveller.place.added_at, book)
        return number, book.two_lines_at, traveller.zone_of("manager")

    return await once(desk, subjects, lambda one: two_lines_key(one.user_id), wish)


async def two_lines(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask managers for two lines about those who were asked and did not fill anything in."""
    rows = await store.find_all(desk.team, [one.subject for one in due])
    empty = [user_id for user_id, row in rows.items() if row.state == State.ASKED]
    found = await cases(desk, empty)
    return [
        Post(two_lines_key(one), case.lead_id, *letters.two_lines(one), Lane.AGENDA, nudge=REMINDER, timely=True)
        for one, case in found.items()
        if case.lead_id
    ]


async def post_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when introductions are posted that are approved."""
    rows = await store.find_all(desk.team, subjects)
    ready = [user_id for user_id, row in rows.items() if row.state == State.APPROVED]
    return {user_id: When(case.goes_at) for user_id, case in (await cases(desk, ready)).items()}


async def post(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Post what is approved; where that cannot be, tell those who can mend it, and try again for a week."""
    told: list[Letters] = []
    for case in (await cases(desk, [one.subject for one in due])).values():
        if case.row.state != State.APPROVED:
            continue
        if case.goes_at > desk.now:
            await plan(desk, case)
        elif case.spots.trouble:
            told += await in_trouble(desk, case, case.spots.trouble, "channel")
            await _again(desk, case)
        else:
            told += await post_now(desk, case, case.row.approved_by)
    return told


async def _again(desk: Desk, case: Case) -> None:
    if desk.now - case.traveller.path.at(1, desk.playbook.introduction.post_at) < WEEK:
        await timetable.put(desk.team, POST, {case.user_id: When(desk.now + HOUR)})


async def in_trouble(desk: Desk, case: Case, what: str, kind: str) -> tuple[Letters, ...]:
    """Tell the manager and one admin, once, that an introduction cannot be posted, and what to do."""
    admin = await first_admin(desk)
    ids = dict.fromkeys(one for one in (case.lead_id, admin.user_id if admin else "") if one)
    said = letters.trouble(case.user_id, what)
    stem = f"introduction:{case.user_id}:trouble:{kind}"
    return tuple(Post(f"{stem}:{one}", one, *said, Lane.AGENDA, timely=True) for one in ids)


async def post_now(desk: Desk, case: Case, by: str) -> tuple[Letters, ...]:
    """Put an introduction where it is to stand, and let everything follow that waits for it."""
    row, user_id = case.row, case.user_id
    row.state, row.posted_at, row.channel_id = State.POSTED, desk.now, ",".join(case.spots.targets)
    await timetable.put(desk.team, CHECK, {user_id: When(desk.now + desk.playbook.introduction.look_after * MINUTE)})
    await tick(desk, user_id, "introduction", by)
    text, blocks = draw.card(case.shown())
    posts = [Post(card_key(user_id, one), one, text, blocks, Lane.CARD, about=ABOUT) for one in case.spots.targets]
    for letter in (await store.cards(desk.team, [one.key for one in posts])).values():
        await outbox.resend(desk.team, letter.id, desk.now)
        await outbox.redraw(desk.team, letter.key, text, blocks, desk.now)
    told = Post(f"introduction:{user_id}:posted", user_id, *letters.posted(case.spots))
    return (*posts, told, *await redrawn(desk, case))


async def check(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Look whether introductions have arrived; of one that Slack refused, tell those who can mend it."""
    told: list[Letters] = []
    for case in (await cases(desk, [one.subject for one in due])).values():
        row = case.row
        keys = [card_key(case.user_id, one) for one in row.channel_id.split(",")]
        lost = [one for one in (await store.cards(desk.team, keys)).values() if one.state in GONE]
        if row.state != State.POSTED or not lost:
            continue
        row.state, row.posted_at = State.APPROVED, None
        what = phrase(
            "Slack did not take it for {named}: the channel may be gone or closed. ",
            named=letters.named([one.to for one in lost]),
        )
        what += phrase(
            "Open it again or let an admin choose another one in the set-up of my Home tab; then press *Post now*."
        )
        told += [*await in_trouble(desk, case, what, f"refused:{lost[0].to}"), *await redrawn(desk, case)]
    return told


async def greeted(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring to contractors what others said to them."""
    told: list[Letters] = []
    for user_id in [one.subject for one in due]:
        waiting = await store.untold(desk.team, user_id)
        said = waiting[: letters.how_many_fit([one.words for one in waiting])]
        known = await people.find_all(desk.team, [one.from_id for one in said])
        lines = [(one.from_id, known[one.from_id].name, one.words) for one in said if one.from_id in known]
        for one in said:
            one.told_at = desk.now
        if lines:
            key = f"introduction:{user_id}:greeted:{desk.now:%Y-%m-%dT%H:%M:%S.%f}"
            told.append(Post(key, user_id, *letters.greeted(lines)))
        if len(said) < len(waiting):
            later = desk.now + desk.playbook.introduction.greetings_every * MINUTE
            await timetable.put(desk.team, GREETED, {user_id: When(later)})
    return told


async def follow(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Let what is planned and shown follow a new start date, zone or channel, and bring what waits to a new manager."""
    told: list[Letters] = []
    ids = [one.subject for one in due]
    await timetable.put(desk.team, POST, await post_next(desk, ids))
    await timetable.put(desk.team, TEASER, await teaser_next(desk, ids))
    for case in (await cases(desk, ids)).values():
        keys = await outbox.keys_about(desk.team, about(case.user_id))
        waits = case.row.state == State.FILLED and case.lead_id
        if waits and not any(key.endswith(f":{case.lead_id}") for key in keys):
            told += [*await superseded(desk, case), *preview(case, "handed")]
        else:
            told += await redrawn(desk, case)
    return told


DUTIES: tuple[Duty, ...] = (
    Duty(ASK, ask, ask_next, WEEK, for_contractors=True, once=True, at_once=FEW),
    Duty(TEASER, teaser, teaser_next, timedelta(hours=12), for_contractors=True, once=True, at_once=FEW),
    Duty(REMIND, remind, remind_next, WEEK, for_contractors=True, once=True, at_once=FEW),
    Duty(TWO_LINES, two_lines, two_lines_next, WEEK, for_contractors=True, once=True, at_once=FEW),
    Duty(POST, post, post_next, WEEK, for_contractors=True, once=True, at_once=FEW),
    Duty(FOLLOW, follow, catch_up=WEEK, lays=True, at_once=FEW),
    Duty(CHECK, check, catch_up=WEEK),
    Duty(GREETED, greeted, catch_up=WEEK),
)
