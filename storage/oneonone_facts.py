"""What is known of contractors since their last 1:1: read from the tables of other nouns, for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import or_
from sqlmodel import SQLModel, col

from playbook.blocker import State as BlockerState
from playbook.flag import ONE_OFF
from playbook.health import FINE
from storage import digest, kpi, learn, rate, review
from storage.checklist import Progress, progress, waiting
from storage.database import Team
from storage.growth_tables import Course, RateReview, Review, ReviewItem
from storage.path_tables import Blueprint, ChecklistItem
from storage.rhythm_tables import Point
from storage.tables import Blocker, Contractor
from storage.trust_tables import Audit, HealthCheck, RedFlag, Sprint, WikiItem

Row = TypeVar("Row", bound=SQLModel)
UNFINISHED = ("topic", "action")


@dataclass(frozen=True)
class Facts:
    """What is known of several contractors, each part by user id; who is missing has nothing of it.

    Health checks and red flags are only those that both have seen, and not what the contractor wants to keep.
    """

    blockers: Mapping[str, Sequence[Blocker]] = field(default_factory=dict)
    points: Mapping[str, Sequence[Point]] = field(default_factory=dict)
    checks: Mapping[str, Sequence[HealthCheck]] = field(default_factory=dict)
    flags: Mapping[str, Sequence[RedFlag]] = field(default_factory=dict)
    audits: Mapping[str, Sequence[Audit]] = field(default_factory=dict)
    wiki: Mapping[str, Sequence[WikiItem]] = field(default_factory=dict)
    sprints: Mapping[str, Sequence[Sprint]] = field(default_factory=dict)
    progress: Mapping[str, Progress] = field(default_factory=dict)
    overdue: Mapping[str, Sequence[ChecklistItem]] = field(default_factory=dict)
    blueprints: Mapping[str, Blueprint] = field(default_factory=dict)
    minutes: digest.Minutes = field(default_factory=dict)
    decisions: Mapping[str, Sequence[Point]] = field(default_factory=dict)
    reviews: Mapping[str, Review] = field(default_factory=dict)
    items: Mapping[str, Sequence[tuple[ReviewItem, Review]]] = field(default_factory=dict)
    courses: Mapping[str, Sequence[Course]] = field(default_factory=dict)
    rates: Mapping[str, RateReview] = field(default_factory=dict)


async def gather(team: Team, ids: Collection[str], since: datetime, first: date, last: date, today: date) -> Facts:
    """Read everything about these contractors since a moment; their log from one day to another."""
    wanted = set(ids)
    items = [one for one in await waiting(team, wanted, today) if one.due < today]
    return Facts(
        _by_user(await team.all(_blockers(team, wanted, since))),
        _by_user(await team.all(_points(team, wanted))),
        _by_user(await team.all(_checks(team, wanted, since))),
        _by_user(await team.all(_flags(team, wanted, since))),
        _by_user(await team.all(_audits(team, wanted, since))),
        _by_user(await team.all(_wiki(team, wanted))),
        _by_user(await team.all(_sprints(team, wanted, since))),
        await progress(team, wanted, today),
        _by_user(items),
        await kpi.agreed(team, wanted),
        await digest.minutes_by_day(team, col(Contractor.user_id).in_(wanted), first, last),
        _by_user(await team.all(_decisions(team, wanted, since))),
        await review.open_reviews(team, wanted),
        await review.items_of_many(team, wanted),
        await learn.asked(team, wanted),
        await rate.waiting(team, wanted),
    )


def _by_user(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.user_id].append(row)  # type: ignore[attr-defined]
    return dict(found)


def _blockers(team: Team, ids: Collection[str], since: datetime) -> Any:
    lately = or_(
        col(Blocker.state) != BlockerState.RESOLVED, col(Blocker.created_at) >= since, col(Blocker.resolved_at) >= since
    )
    return team.select(Blocker).where(col(Blocker.user_id).in_(ids), lately).order_by(col(Blocker.number))


def _points(team: Team, ids: Collection[str]) -> Any:
    query = team.select(Point).where(col(Point.user_id).in_(ids), col(Point.done_at).is_(None))
    return query.where(col(Point.kind).in_(UNFINISHED)).order_by(col(Point.added_at))


def _decisions(team: Team, ids: Collection[str], since: datetime) -> Any:
    query = team.select(Point).where(col(Point.user_id).in_(ids), col(Point.added_at) >= since)
    return query.where(col(Point.kind) == "decision").order_by(col(Point.added_at))


def _checks(team: Team, ids: Collection[str], since: datetime) -> Any:
    """Find the questions that both have seen; what the contractor calls all good is not the manager's to read."""
    query = team.select(HealthCheck).where(col(HealthCheck.user_id).in_(ids), col(HealthCheck.raised_at) >= since)
    query = query.where(col(HealthCheck.contractor_at).is_not(None), col(HealthCheck.manager_at).is_not(None))
    return query.where(col(HealthCheck.answer) != FINE).order_by(col(HealthCheck.raised_at))


def _flags(team: Team, ids: Collection[str], since: datetime) -> Any:
    """Find the signs that both have seen; what the contractor calls a one-off stays with them."""
    query = team.select(RedFlag).where(col(RedFlag.user_id).in_(ids), col(RedFlag.raised_at) >= since)
    query = query.where(col(RedFlag.told_at).is_not(None), col(RedFlag.manager_at).is_not(None))
    return query.where(col(RedFlag.answer) != ONE_OFF).order_by(col(RedFlag.raised_at))


def _audits(team: Team, ids: Collection[str], since: datetime) -> Any:
    query = team.select(Audit).where(col(Audit.user_id).in_(ids), col(Audit.answered_at) >= since)
    return query.order_by(col(Audit.monday))


def _wiki(team: Team, ids: Collection[str]) -> Any:
    query = team.select(WikiItem).where(col(WikiItem.user_id).in_(ids), col(WikiItem.state) == "open")
    return query.order_by(col(WikiItem.number))


def _sprints(team: Team, ids: Collection[str], since: datetime) -> Any:
    lately = or_(col(Sprint.state) == "open", col(Sprint.answered_at) >= since)
    return team.select(Sprint).where(col(Sprint.user_id).in_(ids), lately).order_by(col(Sprint.given_at))
