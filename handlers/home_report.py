"""The last weeks as Homes show them: counted for several people at once; nobody's mood is among it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from blocks.report_home import Lately
from handlers.contract import Desk
from playbook.days import DAY, Week, local_day
from playbook.report import Trend, together, weeks_until
from storage import report as store
from storage.report import Member, Rules
from storage.tables import Contractor, Person


@dataclass(frozen=True)
class Insight:
    """The weeks of several contractors, one more than is shown, so that whoever's week has begun sees it."""

    trends: Mapping[str, Trend]
    labels: Mapping[str, str]
    weeks: Sequence[Week]
    window: int

    def mine(self, user_id: str, *, tabled: bool) -> Lately | None:
        """Give a contractor's own last weeks."""
        trend = self.trends.get(user_id)
        return Lately(_until(trend, len(self.weeks) - 1), self.labels, tabled=tabled) if trend else None

    def team(self, user_ids: Sequence[str], now: datetime, zone: str, *, charted: bool) -> Lately | None:
        """Give the last weeks of a manager's contractors together."""
        theirs = [self.trends[one] for one in user_ids if one in self.trends]
        trend = _until(together(theirs, self.weeks, self.window, local_day(now, zone)), len(self.weeks) - 1)
        return Lately(trend, self.labels, team=True, charted=charted, tabled=False) if theirs else None


def _until(trend: Trend, count: int) -> Trend:
    """Keep so many weeks, the last one being today's."""
    begun = [part for part in trend.parts if part.week.monday <= trend.today]
    return replace(trend, parts=tuple(begun[-count:]))


async def insight_of(desk: Desk, people: Mapping[str, tuple[Contractor, Person]]) -> Insight:
    """Count the last weeks of these contractors, in a few queries."""
    books, window = desk.playbook, desk.playbook.blocker.window_minutes
    weeks = weeks_until(desk.now.astimezone(UTC).date() + DAY, books.report.weeks + 1)
    members = [Member(*one) for one in people.values()]
    found = await store.trends(desk.team, members, weeks, desk.now, Rules(books.contractor, window)) if members else {}
    labels = {one.key: one.label for one in books.log.categories} | {"": books.report.uncategorised}
    return Insight(found, labels, weeks, window)
