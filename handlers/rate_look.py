"""Looking at rate reviews: who may, what is planned, what is worth knowing, and what is kept encrypted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from blocks import rate as draw
from blocks import rate_page
from blocks.kit import View
from handlers.contract import Call, Desk
from handlers.path import let
from handlers.who import asker
from playbook.days import Week, local_day
from playbook.kpi import Kpi, agreed_rows, rows_of
from playbook.kpi_measure import State, entered, ticked
from playbook.rate import Agreed, Facts, KpiWeek, first_after, fits, tenure, trends
from playbook.rate_amount import Sealed
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import kpi_week
from storage import rate as store
from storage import rate_facts as known
from storage.growth_tables import RatePlan, RateReview
from storage.kpi_week import Results
from storage.path import Traveller
from storage.path_tables import Blueprint
from storage.rate_facts import Known
from storage.tables import Person

NOT_YOURS = phrase(
    "Rates are between a contractor and their manager, so I can't show you this. `/contractor "
    "rate` lists those you manage, and `/circle rate` opens your own page."
)


@dataclass(frozen=True)
class Concern:
    """Who asks, about which contractor, how often their rate is looked at, and the review that waits."""

    asker: Person
    traveller: Traveller
    plan: RatePlan
    row: RateReview | None

    @property
    def id(self) -> str:
        """Give the contractor's user id."""
        return self.traveller.user_id

    def today(self, desk: Desk) -> date:
        """Give the date on the clock of whoever asks."""
        return local_day(desk.now, self.asker.zone)


async def lead(call: Call, desk: Desk, user_id: str) -> Concern:
    """Give a contractor to the manager who leads their rate review; to nobody else, admins included."""
    return await _concern(call, desk, Action.RATE_LEAD, user_id)


async def own(call: Call, desk: Desk) -> Concern:
    """Give a contractor what concerns themselves."""
    return await _concern(call, desk, Action.RATE_READ, call.user_id)


async def _concern(call: Call, desk: Desk, action: Action, user_id: str) -> Concern:
    who = await asker(call, desk)
    found = await let(desk, action, who.person, user_id, NOT_YOURS)
    await settle(desk, [found])
    plan = (await store.plans(desk.team, [found.user_id]))[found.user_id]
    row = (await store.waiting(desk.team, [found.user_id])).get(found.user_id)
    return Concern(who.person, found, plan, row)


async def settle(desk: Desk, found: list[Traveller]) -> None:
    """Have a day for the next review of everybody: where nobody chose one it follows the start, and moves with it."""
    plans, months = await store.plans(desk.team, [one.user_id for one in found]), desk.playbook.rate.months
    for one in found:
        plan, start = plans.get(one.user_id), one.place.start_date
        if plan is not None and (plan.changed_by or fits(start, plan.months, plan.next_on)):
            continue
        day = first_after(start, months, local_day(desk.now, one.person.zone))
        await store.plan(desk.team, one.user_id, months, day, "", desk.now, tells=True)


async def page(desk: Desk, about: Concern, notice: str = "") -> View:
    """Draw a contractor's reviews as they stand now for their manager."""
    plan = (await store.plans(desk.team, [about.id]))[about.id]
    row = (await store.waiting(desk.team, [about.id])).get(about.id)
    facts = await facts_of(desk, about.traveller, about.today(desk))
    sheet = rate_page.Sheet(
        user_id=about.id,
        plan=plan,
        today=about.today(desk),
        lines=draw.lines(facts, private=True),
        row=row,
        ended=await store.ended(desk.team, about.id),
        words=words_of(desk, row),
        prepared=prepared_of(desk, row),
        able=desk.vault.able,
    )
    return rate_page.page(sheet, desk.playbook.rate, notice)


# What is worth knowing ------------------------------------------------------------------------------


async def facts_of(desk: Desk, one: Traveller, today: date) -> Facts:
    """Gather what is worth knowing before a talk about somebody's rate."""
    book, start = desk.playbook.rate, one.place.start_date
    this = Week.of(today).monday
    found = await known.known(desk.team, one.user_id, this - timedelta(weeks=2 * book.weeks), this)
    weeks = [_week(desk, monday, results, found) for monday, results in found.weeks.items()]
    newer, older = trends(weeks, this, book)
    before = next(iter(await store.ended(desk.team, one.user_id)), None)
    label = book.outcome(before.outcome) if before else None
    return Facts(
        start=start,
        tenure=tenure(start, today),
        weeks=book.weeks,
        newer=newer,
        older=older,
        skills=tuple(course.name for course in found.courses),
        stage=found.stage.stage if found.stage else "",
        stage_on=local_day(found.stage.at, one.person.zone) if found.stage else None,
        agreed=_agreed(found, one),
        before=label.label if label else "",
        before_on=(before.held_on or before.due_on) if before else None,
    )


def _week(desk: Desk, monday: date, results: Results, found: Known) -> KpiWeek:
    version = found.version(Week(monday).sunday)
    rows = _rows(desk, version) if version else ()
    states = tuple(_state(desk, row, results) for row in rows if row.key in results)
    return KpiWeek(monday, kpi_week.is_confirmed(results), states)


def _rows(desk: Desk, version: Blueprint) -> tuple[Kpi, ...]:
    return agreed_rows(rows_of(version.rows, desk.playbook.kpi))


def _state(desk: Desk, row: Kpi, results: Results) -> State:
    told = results[row.key]
    if desk.playbook.kpi.tab_of(row.key) == "output":
        return entered(row, told.value, told.words).state
    return ticked(told.value).state


def _agreed(found: Known, one: Traveller) -> Agreed | None:
    review = found.review
    if review is None or review.shared_at is None:
        return None
    items = tuple((item.words, item.done_at is not None) for item in found.items)
    day = local_day(review.shared_at, one.person.zone)
    return Agreed(review.number, day, items, kpis_agreed=review.agreed_at is not None)


# What is encrypted ----------------------------------------------------------------------------------


def shut(desk: Desk, value: Any) -> str:
    """Write words down, encrypted where there is a key; "" for none."""
    if not value:
        return ""
    written = json.dumps(value, ensure_ascii=False)
    return desk.vault.seal(written) if desk.vault.able else written


def sealed_of(desk: Desk, row: RateReview) -> Sealed:
    """Open amounts and private words; raises Sorry where the key they were encrypted with is gone."""
    return Sealed.read(desk.vault.read(row.sealed) or {})


def words_of(desk: Desk, row: RateReview | None) -> str:
    """Give what the contractor was invited with, or why it cannot be read."""
    try:
        return str(desk.vault.read(row.invite_words) or "") if row else ""
    except Sorry as why:
        return str(why)


def prepared_of(desk: Desk, row: RateReview | None) -> Mapping[str, str]:
    """Give what the contractor prepared, or why it cannot be read."""
    try:
        return dict(desk.vault.read(row.prepared) or {}) if row else {}
    except Sorry as why:
        return {"took_on": str(why)}
