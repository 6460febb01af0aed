"""What of reviews, courses and the rate belongs into a 1:1, as lines of safe mrkdwn: only what both may see."""

from collections.abc import Sequence
from datetime import date

from blocks.kit import day_name, mention, one_line
from blocks.learn import named, topic
from blocks.oneonone_lines import LONGEST, by_when
from blocks.review_page import writer
from playbook.tongue import phrase
from storage.growth_tables import Course, RateReview, Review, ReviewItem
from storage.review import missing
from storage.rhythm_tables import Point


def review(row: Review | None, manager_id: str) -> list[str]:
    """Say for whom an open review waits, and nothing of what anybody answered."""
    if row is None or row.closed_at:
        return []
    if row.shared_at:
        return [_settling(row)]
    names = [mention(one) for one in missing(row, manager_id)]
    if not names:
        return []
    if len(names) == 1:
        return [phrase("*Quarterly Review*: {who} has still to answer.", who=names[0])]
    return [phrase("*Quarterly Review*: {who} and {other} have still to answer.", who=names[0], other=names[1])]


def _settling(row: Review) -> str:
    if row.kept_at:
        return phrase("*Quarterly Review*: {who} has still to say whether the KPIs stay.", who=mention(row.user_id))
    return phrase("*Quarterly Review*: both have answered. Read it together, and settle the KPIs.")


def rate(row: RateReview | None, today: date) -> list[str]:
    """Say when the talk about the rate is to be, once the contractor was invited to it."""
    if row is None or row.invited_at is None or row.meet_on is None or row.meet_on < today:
        return []
    return [phrase("*Rate review*: you talk about it on {day}.", day=day_name(row.meet_on))]


def courses(rows: Sequence[Course], points: Sequence[Point], manager_id: str) -> list[str]:
    """Name the courses that wait for the manager, except those that are a topic of the 1:1 already."""
    topics = {point.text for point in points}
    waiting = [row for row in rows if topic(row) not in topics]
    return [
        phrase("*Course* {course} waits for an answer from {who}.", course=named(row), who=mention(manager_id))
        for row in waiting
    ]


def items(rows: Sequence[tuple[ReviewItem, Review]], manager_id: str, today: date) -> list[str]:
    """List what reviews found to mend, with who does it by when; of reviews that both may read."""
    shown = [one for one, row in rows if row.closed_at is None or manager_id in {writer(row), row.manager_id}]
    return [_item(one, today) for one in shown]


def _item(one: ReviewItem, today: date) -> str:
    return phrase(
        "*From the Quarterly Review* {item} · {who}{due}",
        item=one_line(one.words, LONGEST),
        who=mention(one.owner_id),
        due=by_when(one.due_on, today),
    )
