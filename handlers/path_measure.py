"""What the weeks say of each agreed KPI, gathered for several contractors in a few queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handlers.contract import Desk
from playbook.days import DAY, Week, day_start, local_day
from playbook.golden_answer import Kept
from playbook.kpi import Kpi, agreed_rows
from playbook.kpi_measure import Measured, by_manager, entered, response, ticked, tracking
from playbook.kpi_measure import golden as golden_kept
from storage import golden_answer, kpi, kpi_week
from storage import log as logs
from storage.kpi_week import Results
from storage.path import Traveller

Raised = Sequence[tuple[datetime, timedelta]]
Weeks = Mapping[Week, Mapping[str, Measured]]
ASKED_BY_TICK = "contractor"
GOLDEN = "golden"


@dataclass(frozen=True)
class Facts:
    """What is known of one contractor's week: their working days, days with a log, blockers, and what they entered."""

    days: Sequence[date]
    logged: frozenset[date]
    delays: Sequence[timedelta]
    told: Results
    today: date
    golden: Kept | None = None


async def measured(
    desk: Desk, found: Mapping[str, Traveller], rows: Mapping[str, Sequence[Kpi]], week: Week, before: int
) -> Mapping[str, Weeks]:
    """Say how each agreed row of each contractor stands in a week and in some weeks before it, oldest first."""
    ids, weeks = [one for one in found if one in rows], _weeks(week, before)
    first, last = weeks[0].monday, week.sunday
    told = await kpi_week.between(desk.team, ids, first, week.monday)
    days = await logs.logged(desk.team, ids, first, last)
    logged = {one: frozenset(day for who, day in days if who == one) for one in ids}
    raised = await kpi_week.raised(desk.team, ids, day_start(first - DAY, "UTC"), day_start(last + 2 * DAY, "UTC"))
    agreed = await kpi.since(desk.team, ids)
    golden = await _golden(desk, found, rows, weeks, agreed)
    return {
        one: {
            each: _week(
                desk,
                rows[one],
                replace(
                    _facts(desk, found[one], each, logged[one], raised.get(one, ()), told, agreed.get(one)),
                    golden=golden[each].get(one),
                ),
            )
            for each in weeks
        }
        for one in ids
    }


async def _golden(
    desk: Desk,
    found: Mapping[str, Traveller],
    rows: Mapping[str, Sequence[Kpi]],
    weeks: Sequence[Week],
    agreed: Mapping[str, datetime],
) -> Mapping[Week, Mapping[str, Kept]]:
    """Say on which days of each week Golden Hours were kept by those who agreed to be measured by them."""
    wanted = [one for one in found if any(row.key == GOLDEN for row in agreed_rows(rows.get(one, ())))]
    if not wanted:
        return {week: {} for week in weeks}
    spans = [(week.monday, max(week.monday, min(week.sunday, desk.now.date()))) for week in weeks]
    since = {one: local_day(agreed[one], found[one].person.zone) for one in wanted if one in agreed}
    return dict(zip(weeks, await golden_answer.kept_in(desk.team, wanted, spans, since), strict=True))


def _weeks(week: Week, before: int) -> Sequence[Week]:
    return [Week(week.monday - (before - back) * 7 * DAY) for back in range(before + 1)]


def _facts(
    desk: Desk,
    one: Traveller,
    week: Week,
    logged: frozenset[date],
    raised: Raised,
    told: Mapping[tuple[str, date], Results],
    agreed: datetime | None,
) -> Facts:
    """Gather one week; what was before the first agreement does not count."""
    path, zone = one.path, one.person.zone
    first = max(path.start, local_day(agreed, zone)) if agreed else path.start
    days = [day for day in week.days if day >= first and day.weekday() in path.weekdays and day not in path.days_off]
    delays = [delay for at, delay in raised if local_day(at, zone) in week.days and local_day(at, zone) >= first]
    return Facts(days, logged, delays, told.get((one.user_id, week.monday), {}), local_day(desk.now, zone))


def _week(desk: Desk, rows: Sequence[Kpi], facts: Facts) -> Mapping[str, Measured]:
    return {row.key: _measure(desk, row, facts) for row in agreed_rows(rows)}


def _measure(desk: Desk, row: Kpi, facts: Facts) -> Measured:
    """Measure a row by who measures it; what was entered for an Output row always says most."""
    book = desk.playbook.kpi
    told = facts.told.get(row.key)
    if book.tab_of(row.key) == "output":
        return entered(row, told.value, told.words) if told else entered(row, None)
    if row.by == "bot":
        counted = response(facts.delays, row, book) if row.key == "response" else None
        return counted or tracking(facts.days, facts.logged, row, facts.today)
    if row.key == GOLDEN and facts.golden and (kept := golden_kept(facts.golden, book)):
        return kept
    return ticked(told.value if told else None) if row.by == ASKED_BY_TICK else by_manager()
