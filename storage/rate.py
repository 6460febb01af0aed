"""Rate reviews: how often, when the next one is, and those that were. What is sealed is read by handlers alone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlmodel import col

from storage.columns import new_id
from storage.database import Team
from storage.growth_tables import RatePlan, RateReview

MOST_KEPT = 12


async def plans(team: Team, user_ids: Collection[str]) -> Mapping[str, RatePlan]:
    """Fetch how often the rate of each of these contractors is looked at; who was never planned is missing."""
    query = team.select(RatePlan).where(col(RatePlan.user_id).in_(set(user_ids)))
    rows = await team.all(query.execution_options(populate_existing=True))
    return {row.user_id: row for row in rows}


async def next_days(team: Team, user_ids: Collection[str]) -> Mapping[str, date]:
    """Say when the next review of each contractor is due; for their manager's eyes only."""
    return {one: row.next_on for one, row in (await plans(team, user_ids)).items()}


async def plan(team: Team, user_id: str, months: int, next_on: date, by: str, now: datetime, *, tells: bool) -> None:
    """Keep how often a contractor's rate is looked at, and when next; the review that waits moves along."""
    kept = {"months": months, "next_on": next_on, "tells": tells, "changed_at": now, "changed_by": by}
    await team.put(RatePlan, {"user_id": user_id}, **kept)
    waits = team.update(RateReview).where(col(RateReview.user_id) == user_id, col(RateReview.decided_at).is_(None))
    await team.change(waits.values(due_on=next_on).execution_options(synchronize_session=False))


async def taken(team: Team, user_id: str, day: date) -> bool:
    """Tell whether a review was due on a day and has ended, so that no other can be due on it."""
    row = await team.get(RateReview, user_id=user_id, due_on=day)
    return row is not None and row.decided_at is not None


async def waiting(team: Team, user_ids: Collection[str]) -> Mapping[str, RateReview]:
    """Fetch the review of each contractor that was begun and has not ended; who has none is missing."""
    query = team.select(RateReview).where(
        col(RateReview.user_id).in_(set(user_ids)), col(RateReview.decided_at).is_(None)
    )
    rows = await team.all(query.order_by(col(RateReview.due_on)).execution_options(populate_existing=True))
    return {row.user_id: row for row in rows}


async def talks(team: Team, user_id: str, leads: Collection[str]) -> Sequence[tuple[str, date]]:
    """Give the days of reviews that somebody may know: of those they manage, and their own once they are invited."""
    planned, waits = await plans(team, leads), await waiting(team, {user_id, *leads})
    days = {one: row.next_on for one, row in planned.items()}
    days |= {one: row.meet_on for one, row in waits.items() if row.invited_at and row.meet_on}
    return sorted(days.items())


async def begin(team: Team, user_id: str, due_on: date, now: datetime) -> RateReview:
    """Give the review that is due on a day to change it, begun if it was not."""
    await team.insert_new(
        RateReview,
        id=new_id(),
        user_id=user_id,
        due_on=due_on,
        opened_at=now,
        invited_by="",
        invite_words="",
        prepared="",
        outcome="",
        sealed="",
        decided_by="",
        amount_told=False,
    )
    row = await team.lock(RateReview, user_id=user_id, due_on=due_on)
    assert row is not None, "it was begun just now"
    return row


async def find(team: Team, review_id: str) -> RateReview | None:
    """Fetch one review to change it."""
    return await team.lock(RateReview, id=review_id) if review_id else None


async def ended(team: Team, user_id: str) -> Sequence[RateReview]:
    """Fetch the reviews of a contractor that have ended, newest first."""
    query = team.select(RateReview).where(col(RateReview.user_id) == user_id, col(RateReview.decided_at).is_not(None))
    return await team.all(query.order_by(col(RateReview.due_on).desc()).limit(MOST_KEPT))


async def shown(team: Team, user_id: str) -> RateReview | None:
    """Fetch the newest review that the contractor knows of: they were invited to it, or told how it ended."""
    query = team.select(RateReview).where(
        col(RateReview.user_id) == user_id,
        col(RateReview.invited_at).is_not(None) | col(RateReview.told_at).is_not(None),
    )
    return await team.first(query.order_by(col(RateReview.due_on).desc()))
