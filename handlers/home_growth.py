"""What Homes show of reviews, rates, courses and the ladder: gathered for many contractors at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from blocks.home_rhythm import Rhythm
from blocks.kit import esc
from handlers.contract import Desk
from handlers.home_rhythm import Led
from playbook.days import DAY
from playbook.ladder import place
from playbook.tongue import phrase
from storage import ladder, learn, rate, review
from storage.growth_tables import Course, RateReview, Review, ReviewItem, Stage

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Growth:
    """What several contractors and their managers have open, each part by user id; who is missing has nothing of it.

    `items` are by whoever owns them; `rates` are the days of rate reviews, and `talks` those that were begun.
    """

    reviews: Mapping[str, Review]
    items: Mapping[str, Sequence[ReviewItem]]
    answered: Mapping[str, Course]
    stages: Mapping[str, Stage]
    asked: Mapping[str, Sequence[Course]]
    rates: Mapping[str, date]
    talks: Mapping[str, RateReview]


async def growth_of(desk: Desk, own: Collection[str], led: Collection[str]) -> Growth:
    """Ask the database for everything at once: of contractors whose own Home it is, and of those whom managers see."""
    team = desk.team
    return Growth(
        reviews=await review.open_reviews(team, {*own, *led}),
        items=await review.due_items(team, own, desk.now.date() + DAY) if own else {},
        answered=await learn.answered(team, own, desk.now - LATELY) if own else {},
        stages=await ladder.stages(team, own) if own else {},
        asked=await learn.asked(team, led) if led else {},
        rates=await rate.next_days(team, led) if led else {},
        talks=await rate.waiting(team, led) if led else {},
    )


def grown(known: Growth, found: Rhythm, user_id: str, manager_id: str, today: date) -> Rhythm:
    """Add to what waits for a contractor what of their review, its items and their courses does."""
    row = known.reviews.get(user_id)
    waits = row is not None and (user_id in review.missing(row, manager_id) or row.kept_at is not None)
    items = [one for one in known.items.get(user_id, ()) if one.due_on and one.due_on <= today]
    return replace(found, review=row if waits else None, items=items, course=known.answered.get(user_id))


def on_ladder(desk: Desk, known: Growth, user_id: str) -> str:
    """Say on which step of the ladder a contractor is; who was never moved is on the lowest."""
    row, steps = known.stages.get(user_id), desk.playbook.ladder.stages
    at = place(desk.playbook.ladder, row.stage if row else "")
    return phrase("{step}, step {at} of {whole}", step=esc(steps[at].name), at=at + 1, whole=len(steps))


def led_on(known: Growth, kept: Led, user_id: str, manager_id: str, today: date) -> Led:
    """Add to what a manager is needed for: a review to answer, courses to decide on, a rate review that is due."""
    row, values = known.reviews.get(user_id), dict(kept.values or {})
    waits = row is not None and manager_id in review.missing(row, manager_id)
    if row is not None and waits:
        values["review"] = row.id
    due = _rate_is_due(known, user_id, today)
    return replace(kept, review=waits, course=user_id in known.asked, rate=due, values=values)


def _rate_is_due(known: Growth, user_id: str, today: date) -> bool:
    """Tell whether the day of a rate review has come, and no talk is fixed for a later one."""
    day, row = known.rates.get(user_id), known.talks.get(user_id)
    fixed = row.meet_on if row and row.invited_at else None
    return day is not None and day <= today and (fixed is None or fixed <= today)
