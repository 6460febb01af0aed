"""Quarterly reviews: who has answered, what both said once both have, what came of it, and when the next is due."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from storage.columns import new_id
from storage.database import Team
from storage.growth_tables import Course, Review, ReviewItem
from storage.tables import Blocker, Draft, Fact, Occasion

OPENS = "review.opens"
SINCE = "review.since"
FORM = "review:"


# Reviews ------------------------------------------------------------------------------------------


async def find(team: Team, review_id: str) -> Review | None:
    """Fetch one review to change it."""
    return await team.lock(Review, id=review_id) if review_id else None


async def open_reviews(team: Team, user_ids: Collection[str]) -> Mapping[str, Review]:
    """Fetch the review of each of these contractors that is not closed; who has none is missing."""
    if not user_ids:
        return {}
    query = team.select(Review).where(col(Review.user_id).in_(set(user_ids)), col(Review.closed_at).is_(None))
    return {row.user_id: row for row in await team.all(query.order_by(col(Review.number)))}


def ours_in(row: Review, manager_id: str) -> bool:
    """Say whether the manager's answers are in; those of a manager before count for nobody."""
    return row.ours_at is not None and row.ours.get("by") == manager_id


def missing(row: Review, manager_id: str) -> Sequence[str]:
    """Name who of the two has still to answer a review."""
    if row.shared_at or row.closed_at:
        return ()
    there = {row.user_id: row.theirs_at is not None, manager_id: ours_in(row, manager_id)}
    return [one for one, is_in in there.items() if one and not is_in]


async def latest(team: Team, user_ids: Collection[str]) -> Mapping[str, Review]:
    """Fetch the newest review of each of these contractors, skipped ones included."""
    if not user_ids:
        return {}
    query = team.select(Review).where(col(Review.user_id).in_(set(user_ids)))
    return {row.user_id: row for row in await team.all(query.order_by(col(Review.number)))}


async def shared(team: Team, user_id: str) -> Sequence[Review]:
    """Fetch the reviews of a contractor that were shared by both, newest first."""
    query = team.select(Review).where(col(Review.user_id) == user_id, col(Review.shared_at).is_not(None))
    return await team.all(query.order_by(col(Review.number).desc()))


async def begin(
    team: Team, user_id: str, manager_id: str, due_on: date, now: datetime, closed_by: str = ""
) -> Review | None:
    """Open a contractor's next review, or note one as skipped (`closed_by`); None if somebody was faster."""
    newest = (await latest(team, [user_id])).get(user_id)
    if newest is not None and newest.closed_at is None:
        return None
    number = newest.number + 1 if newest else 1
    values: dict[str, Any] = {"theirs": {}, "ours": {}, "blueprint_id": "", "manager_id": manager_id}
    values |= {"opened_at": now, "due_on": due_on, "closed_at": now if closed_by else None, "closed_by": closed_by}
    review_id = new_id()
    if not await team.insert_new(Review, id=review_id, user_id=user_id, number=number, **values):
        return None
    return await find(team, review_id)


# Items --------------------------------------------------------------------------------------------


async def items(team: Team, user_id: str) -> Sequence[ReviewItem]:
    """Fetch what reviews of a contractor found and nobody has done yet, by day."""
    query = team.select(ReviewItem).where(col(ReviewItem.user_id) == user_id, col(ReviewItem.done_at).is_(None))
    return await team.all(query.order_by(col(ReviewItem.due_on), col(ReviewItem.id)))


async def items_of_many(team: Team, user_ids: Collection[str]) -> Mapping[str, Sequence[tuple[ReviewItem, Review]]]:
    """Fetch what nobody has done yet of each of these contractors, by day, each with the review that found it."""
    query = (
        select(ReviewItem, Review)
        .join(Review, (col(Review.id) == ReviewItem.review_id) & (col(Review.team_id) == ReviewItem.team_id))
        .where(col(ReviewItem.team_id) == team.team_id, col(ReviewItem.user_id).in_(set(user_ids)))
        .where(col(ReviewItem.done_at).is_(None))
    )
    found: dict[str, list[tuple[ReviewItem, Review]]] = {}
    for one, row in await team.session.exec(query.order_by(col(ReviewItem.due_on), col(ReviewItem.id))):
        found.setdefault(one.user_id, []).append((one, row))
    return found


async def due_items(team: Team, owner_ids: Collection[str], until: date) -> Mapping[str, Sequence[ReviewItem]]:
    """Fetch what these people own, whosever review found it, and was to be done by a day; who has none is missing."""
    query = team.select(ReviewItem).where(col(ReviewItem.owner_id).in_(set(owner_ids)), col(ReviewItem.due_on) <= until)
    query = query.where(col(ReviewItem.done_at).is_(None)).order_by(col(ReviewItem.due_on), col(ReviewItem.id))
    found: dict[str, list[ReviewItem]] = {}
    for one in await team.all(query):
        found.setdefault(one.owner_id, []).append(one)
    return found


async def items_of(team: Team, review_id: str) -> Sequence[ReviewItem]:
    """Fetch everything that one review found, in the order in which it was written down."""
    query = team.select(ReviewItem).where(col(ReviewItem.review_id) == review_id)
    return await team.all(query.order_by(col(ReviewItem.made_at), col(ReviewItem.id)))


async def item(team: Team, item_id: str) -> ReviewItem | None:
    """Fetch one item to change it."""
    return await team.lock(ReviewItem, id=item_id) if item_id else None


# When the next is due -----------------------------------------------------------------------------


async def due(team: Team, user_ids: Collection[str]) -> Mapping[str, date]:
    """Say on which day the next review of each of these contractors opens; who waits for none is missing."""
    query: Any = select(col(Occasion.subject), col(Occasion.day)).where(
        col(Occasion.team_id) == team.team_id,
        col(Occasion.duty) == OPENS,
        col(Occasion.subject).in_(set(user_ids)),
        col(Occasion.day).is_not(None),
    )
    return dict((await team.session.exec(query)).all())


async def since(team: Team, today: date) -> date:
    """Say since when there are reviews in this workspace, from today on if that was never written down."""
    if fact := await team.get(Fact, name=SINCE):
        return date.fromisoformat(fact.value)
    await team.insert_new(Fact, name=SINCE, value=today.isoformat())
    return today


async def moved(team: Team, user_ids: Collection[str]) -> Mapping[str, tuple[date, date]]:
    """Give the reviews that were moved: by contractor, the day it stands for and the day it opens."""
    names = {_moved(one): one for one in user_ids}
    found = await team.all(team.select(Fact).where(col(Fact.name).in_(names))) if names else ()
    return {names[fact.name]: _days(fact.value) for fact in found}


async def move(team: Team, user_id: str, day: date, opens: date) -> None:
    """Keep the day to which the next review was moved."""
    await team.put(Fact, {"name": _moved(user_id)}, value=f"{day.isoformat()} {opens.isoformat()}")


def _moved(user_id: str) -> str:
    return f"review.moved:{user_id}"


def _days(value: str) -> tuple[date, date]:
    day, _, opens = value.partition(" ")
    return date.fromisoformat(day), date.fromisoformat(opens)


# What was typed and not sent ----------------------------------------------------------------------


async def keep_draft(team: Team, user_id: str, review_id: str, values: Mapping[str, str], now: datetime) -> None:
    """Keep what somebody typed into their form without sending it; nobody else is ever shown it."""
    await team.put(Draft, {"user_id": user_id, "form": FORM + review_id}, values=dict(values), at=now)


async def draft(team: Team, user_id: str, review_id: str) -> Mapping[str, str] | None:
    """Fetch what somebody typed into their form without sending it."""
    found = await team.get(Draft, user_id=user_id, form=FORM + review_id)
    return found.values if found else None


async def drop_draft(team: Team, user_id: str, review_id: str) -> None:
    """Forget what somebody typed."""
    mine = team.delete(Draft).where(col(Draft.user_id) == user_id, col(Draft.form) == FORM + review_id)
    await team.change(mine)


# What stands beside the answers -------------------------------------------------------------------


async def courses(team: Team, user_id: str, first: datetime, last: datetime) -> Sequence[Course]:
    """Fetch the courses that a contractor finished in a stretch of time."""
    query = team.select(Course).where(col(Course.user_id) == user_id, col(Course.done_at).between(first, last))
    return await team.all(query.order_by(col(Course.done_at)))


async def blockers(team: Team, user_id: str, first: datetime, last: datetime) -> Sequence[Blocker]:
    """Fetch the blockers that a contractor raised in a stretch of time."""
    query = team.select(Blocker).where(col(Blocker.user_id) == user_id, col(Blocker.created_at).between(first, last))
    return await team.all(query.order_by(col(Blocker.created_at)))
