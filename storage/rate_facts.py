"""What is worth knowing before a talk about a rate, from what others keep: KPIs, courses, the ladder, a review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from storage import kpi, kpi_week
from storage.database import Team
from storage.growth_tables import Course, Review, ReviewItem, Stage
from storage.kpi_week import Results
from storage.path_tables import Blueprint

MOST_SKILLS = 12
MOST_ITEMS = 6


@dataclass(frozen=True)
class Known:
    """What is kept about one contractor.

    `versions` are the KPIs that were ever agreed, newest first; `weeks` what was entered, by Monday; `review` the last
    quarterly review whose forms both have seen, with what was to be done.
    """

    versions: Sequence[Blueprint]
    weeks: Mapping[date, Results]
    courses: Sequence[Course]
    stage: Stage | None
    review: Review | None
    items: Sequence[ReviewItem]

    def version(self, sunday: date) -> Blueprint | None:
        """Give the KPIs that counted at the end of a week, the first ones where it was before any."""
        then = (one for one in self.versions if one.answered_at and one.answered_at.date() <= sunday)
        return next(then, self.versions[-1] if self.versions else None)


async def known(team: Team, user_id: str, first: date, last: date) -> Known:
    """Gather what is kept about one contractor, with the weeks of KPIs from one Monday to another."""
    versions = [one for one in await kpi.versions(team, user_id) if one.state in ("agreed", "replaced")]
    weeks = await kpi_week.between(team, [user_id], first, last)
    review = await _review(team, user_id)
    return Known(
        versions=[one for one in versions if one.answered_at is not None],
        weeks={monday: found for (_, monday), found in weeks.items()},
        courses=await _courses(team, user_id),
        stage=await _stage(team, user_id),
        review=review,
        items=await _items(team, review.id) if review else (),
    )


async def _stage(team: Team, user_id: str) -> Stage | None:
    return await team.first(
        team.select(Stage).where(col(Stage.user_id) == user_id).order_by(col(Stage.at).desc(), col(Stage.id).desc())
    )


async def _courses(team: Team, user_id: str) -> Sequence[Course]:
    query = team.select(Course).where(col(Course.user_id) == user_id, col(Course.state) == "done")
    return await team.all(query.order_by(col(Course.done_at).desc()).limit(MOST_SKILLS))


async def _review(team: Team, user_id: str) -> Review | None:
    query = team.select(Review).where(col(Review.user_id) == user_id, col(Review.shared_at).is_not(None))
    return await team.first(query.order_by(col(Review.number).desc()))


async def _items(team: Team, review_id: str) -> Sequence[ReviewItem]:
    query = team.select(ReviewItem).where(col(ReviewItem.review_id) == review_id)
    return await team.all(query.order_by(col(ReviewItem.made_at), col(ReviewItem.id)).limit(MOST_ITEMS))
