"""Friction into items: one of the two writes down who mends something by when; the owner ticks it."""

from collections.abc import Sequence
from datetime import date, timedelta

from blocks import review_item as draw
from blocks import review_page as pages
from handlers.contract import Call, Desk, FixFields, Letters, ReplaceModal, Reply, Say, memo, soon
from handlers.path import actor
from handlers.review_clock import LATE, late_at
from handlers.review_look import GONE, NOT_YOURS, Seat, at_review, page, readable
from handlers.review_told import homes, summed_up
from handlers.who import asker
from playbook.days import local_day, next_working_day
from playbook.roles import Action, Subject, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import contractor, people, timetable
from storage import review as store
from storage.growth_tables import Review, ReviewItem
from storage.outbox import Cancel, Lane, Post, Redraw

NOT_SHARED = phrase("Items come from the page, once both of you have answered.")
FULL = phrase("There are {count} items already, which is the most one review can hold. Please finish some first.")
MADE = phrase("Written down, and {who} was told.")
DONE_ALREADY = phrase("That one is done already. Nothing else is needed.")
ROLES = (
    ("contractor", phrase("the contractor")),
    ("manager", phrase("the manager")),
    ("operations", phrase("operations")),
    ("owner", phrase("Project Owner")),
    ("lead", phrase("lead")),
)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form of an item, with the words of a friction if it was opened from one."""
    review_id = call.value.partition(":")[0]
    found, row = await _on_page(call, desk, review_id)
    words = dict(pages.frictions(row)).get(call.value, "")
    book, zone = desk.playbook.review, found.traveller.person.zone
    day = local_day(desk.now, zone) + timedelta(days=book.item_days - 1)
    day = next_working_day(day, found.traveller.path.weekdays, found.traveller.path.days_off)
    form = draw.form(row, words, owners(found), day, book, memo("", row.id), found.manager_id)
    return ReplaceModal(view=form)


async def _on_page(call: Call, desk: Desk, review_id: str) -> tuple[Seat, Review]:
    """Give a shared review to one of the two as they are now, if it has room for an item."""
    row = await readable(call, desk, review_id)
    found, row = await at_review(call, desk, row.id, Action.REVIEW_AGREE)
    if row.shared_at is None:
        raise Sorry(NOT_SHARED)
    if len(await store.items_of(desk.team, row.id)) >= desk.playbook.review.most_items:
        raise Sorry(FULL.format(count=desk.playbook.review.most_items))
    return found, row


def owners(found: Seat) -> Sequence[tuple[str, str]]:
    """Offer the people around a contractor, each once: pairs of (name and role, user id)."""
    known: dict[str, str] = {}
    for role, label in ROLES:
        person = found.traveller.who(role)
        if person is not None and person.user_id not in known:
            known[person.user_id] = f"{person.name[:50]}, {label}"
    return [(label, one) for one, label in known.items()]


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep an item, and tell its owner."""
    found, row = await _on_page(call, desk, call.memo_record)
    words, owner, day = clean(call.one("item")), call.one("owner"), _day(call.one("day"))
    wrong = {
        "item": "" if words else phrase("Please say what is to be done."),
        "owner": "" if owner in [one for _, one in owners(found)] else phrase("Please choose who takes it."),
        "day": "" if day and day >= local_day(desk.now, "UTC") else phrase("Please choose today or a later day."),
    }
    if any(wrong.values()) or day is None:
        return FixFields({name: said for name, said in wrong.items() if said})
    item = ReviewItem(
        team_id=desk.team.team_id,
        review_id=row.id,
        user_id=row.user_id,
        words=" ".join(words.split())[: desk.playbook.review.most_line],
        owner_id=owner,
        due_on=day,
        made_at=desk.now,
        made_by=found.me,
    )
    desk.team.add(item)
    await desk.team.session.flush()
    await _plan(desk, item)
    await homes(desk, found.traveller)
    told = Post(draw.item_key(item), owner, *draw.told(item), Lane.AGENDA, timedelta(days=7), about=draw.item_key(item))
    notice = MADE.format(who=f"<@{owner}>")
    return ReplaceModal(view=await page(desk, row, found.me, notice)).also(told, *await summed_up(desk, row))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _plan(desk: Desk, item: ReviewItem) -> None:
    owner = await people.find(desk.team, item.owner_id)
    when = late_at(item, owner.zone if owner else "UTC", desk)
    if when:
        await timetable.put(desk.team, LATE, {item.id: when})


async def done(call: Call, desk: Desk) -> Reply:
    """Tick an item: its owner, or one of the two whose review it is."""
    item = await store.item(desk.team, call.value)
    if item is None:
        raise Sorry(GONE)
    await _may_tick(call, desk, item)
    fresh = item.done_at is None
    if fresh:
        item.done_at, item.done_by = desk.now, call.user_id
        await timetable.drop(desk.team, item.id, [LATE])
        await soon(desk, ("home.redraw", item.owner_id))
        await desk.team.session.flush()
    letters = [*_ticked(item), *await _summaries(desk, item.review_id)] if fresh else []
    if call.view_id and not call.from_home:
        return ReplaceModal(view=await page(desk, await readable(call, desk, item.review_id), call.user_id)).also(
            *letters
        )
    return Reply().also(*letters) if fresh else Say(text=DONE_ALREADY)


async def _summaries(desk: Desk, review_id: str) -> Sequence[Letters]:
    row = await store.find(desk.team, review_id)
    return await summed_up(desk, row) if row else ()


async def _may_tick(call: Call, desk: Desk, item: ReviewItem) -> None:
    who = await asker(call, desk)
    if item.owner_id == call.user_id:
        return
    place = await contractor.find(desk.team, item.user_id)
    about = Subject(item.user_id, place.manager_id if place else "")
    if not may(Action.REVIEW_AGREE, await actor(desk, who.person), about):
        raise Sorry(NOT_YOURS)


def _ticked(item: ReviewItem) -> Sequence[Letters]:
    said = draw.told(item)
    keys = (draw.item_key(item), draw.asked_key(item))
    letters: list[Letters] = [Cancel(keys[1]), *(Redraw(key, *said, settled=True) for key in keys)]
    if item.made_by not in (item.done_by, item.owner_id):
        news = Post(f"review.item_done:{item.id}", item.made_by, *draw.finished(item), Lane.NUDGE, timedelta(days=7))
        letters.append(news)
    return letters
