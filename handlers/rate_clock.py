"""What the clock brings of rate reviews: a day for everybody's next one, notices before it, one reminder after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from blocks import rate as draw
from handlers.contract import Desk, Due, Letters, Sample
from handlers.rate_look import facts_of, settle
from playbook.days import DAY, local_day
from playbook.hours import Hours
from playbook.rate import OVERDUE, Facts, Moment, Trend, add_months, moments, next_morning, passed, tenure
from playbook.tongue import phrase
from storage import digest, timetable
from storage import rate as store
from storage.growth_tables import RatePlan, RateReview
from storage.hours import hours_of
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers
from storage.timetable import When

LAY, NOTICE = "rate.lay", "rate.notice"
NUDGE = "rate.reminder"
WEEK = timedelta(days=7)
FOR_EVER = timedelta(days=3650)


@dataclass(frozen=True)
class Ahead:
    """A contractor whose review comes: their manager's hours, the moments at which these are told, and the review."""

    traveller: Traveller
    plan: RatePlan
    row: RateReview | None
    hours: Hours
    moments: tuple[Moment, ...]

    def key(self, moment: Moment) -> str:
        """Name what the manager is told at a moment."""
        one = self.traveller
        return draw.notice_key(one.user_id, self.plan.next_on, moment.kind, one.id_of("manager"))


async def _ahead(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, Ahead]:
    """Gather the next reviews of contractors whose manager is there, in a few queries however many they are."""
    found = await travellers(desk.team, user_ids)
    led = {one: each for one, each in found.items() if each.id_of("manager")}
    plans, rows = await store.plans(desk.team, led), await store.waiting(desk.team, led)
    hours = await hours_of(desk.team, {each.id_of("manager") for each in led.values()}, desk.playbook.contractor)
    return {
        one: _one(desk, each, plans[one], rows.get(one), hours[each.id_of("manager")])
        for one, each in led.items()
        if one in plans and each.id_of("manager") in hours
    }


def _one(desk: Desk, each: Traveller, plan: RatePlan, row: RateReview | None, hours: Hours) -> Ahead:
    found = moments(plan.next_on, row.meet_on if row else None, hours, desk.playbook.rate)
    return Ahead(each, plan, row, hours, found)


async def next_lay(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Have a day laid at once for those who have none."""
    found = await travellers(desk.team, user_ids)
    known = await store.plans(desk.team, found)
    return {one: When(desk.now) for one in found if one not in known}


async def lay(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Lay the day of the next review where nobody chose one, and plan what is said of it."""
    ids = [one.subject for one in due]
    await settle(desk, list((await travellers(desk.team, ids)).values()))
    await plan_notices(desk, *ids)
    return ()


async def plan_notices(desk: Desk, *user_ids: str) -> None:
    """Write down when the manager is next told of each contractor's review."""
    whens = await next_notice(desk, user_ids)
    await timetable.put(desk.team, NOTICE, whens)
    for one in set(user_ids) - set(whens):
        await timetable.drop(desk.team, one, [NOTICE])


async def next_notice(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor's manager is next told of their review.

    What a manager should have been told and was not, because they are new or the day has changed, comes on their
    next working morning.
    """
    found = await _ahead(desk, user_ids)
    last = {one: passed(each.moments, desk.now) for one, each in found.items()}
    keys = {one: found[one].key(moment) for one, moment in last.items() if moment is not None}
    written = await digest.letters_with(desk.team, list(keys.values()))
    whens = {one: _when(desk, each, missed=one in keys and keys[one] not in written) for one, each in found.items()}
    return {one: when for one, when in whens.items() if when is not None}


def _when(desk: Desk, one: Ahead, *, missed: bool) -> When | None:
    book, zone = desk.playbook.rate, one.hours.zone
    coming = [moment.at for moment in one.moments if moment.at > desk.now]
    if missed:
        coming.append(next_morning(one.hours, desk.now, book))
    if not coming:
        return None
    return When(min(coming), local_day(min(coming), zone))


async def tell(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Tell managers what is worth knowing before a review, or once that it has not been held."""
    found = await _ahead(desk, [one.subject for one in due])
    return [letter for one in found.values() if (letter := await _letter(desk, one)) is not None]


async def _letter(desk: Desk, one: Ahead) -> Letters | None:
    moment = passed(one.moments, desk.now)
    if moment is None:
        return None
    user_id, due_on = one.traveller.user_id, one.plan.next_on
    row = one.row or await store.begin(desk.team, user_id, due_on, desk.now)
    to, key, about = one.traveller.id_of("manager"), one.key(moment), draw.about(row)
    if moment.kind == OVERDUE:
        drawn = draw.overdue(user_id, due_on, row)
        return Post(key, to, *drawn, lane=Lane.NUDGE, good_for=WEEK, about=about, nudge=NUDGE)
    today = local_day(desk.now, one.hours.zone)
    facts = await facts_of(desk, one.traveller, today)
    return Post(key, to, *draw.notice(user_id, due_on, today, facts, row), lane=Lane.AGENDA, good_for=WEEK, about=about)


def _example(desk: Desk, one: Traveller, due_on: date) -> RateReview:
    manager_id = one.id_of("manager")
    return RateReview(
        team_id=desk.team.team_id,
        user_id=one.user_id,
        due_on=due_on,
        opened_at=desk.now,
        meet_on=due_on,
        invited_at=desk.now,
        invited_by=manager_id,
        outcome="raised",
        held_on=due_on,
        decided_by=manager_id,
        next_on=due_on + timedelta(days=270),
    )


async def _sample_notice(desk: Desk, one: Traveller) -> draw.Drawn:
    today, book = local_day(desk.now, one.zone_of("manager")), desk.playbook.rate
    day = today - 30 * DAY
    start = add_months(day, -book.months)  # an example: what is true of somebody is for their manager alone
    facts = Facts(
        start, tenure(start, today), book.weeks, Trend(12, 11, 9), Trend(11, 10, 7), (phrase("Motion design"),)
    )
    return draw.notice(one.user_id, today + 30 * DAY, today, facts, None)


async def _sample_overdue(desk: Desk, one: Traveller) -> draw.Drawn:
    return draw.overdue(one.user_id, local_day(desk.now, one.zone_of("manager")) - 14 * DAY, None)


async def _sample_invitation(desk: Desk, one: Traveller) -> draw.Drawn:
    return draw.invitation(_example(desk, one, local_day(desk.now, one.person.zone) + WEEK), one.id_of("manager"))


async def _sample_outcome(desk: Desk, one: Traveller) -> draw.Drawn:
    row = _example(desk, one, local_day(desk.now, one.person.zone))
    return draw.outcome(row, desk.playbook.rate.outcomes[0])


SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("A rate review comes"),
        "manager",
        phrase("30 and 7 days before it, on the manager's working morning"),
        _sample_notice,
    ),
    Sample(phrase("A rate review is overdue"), "manager", phrase("once, 14 days after it was due"), _sample_overdue),
    Sample(
        phrase("Invited to talk about the rate"),
        "contractor",
        phrase("when the manager invites them"),
        _sample_invitation,
    ),
    Sample(
        phrase("How the rate review ended"), "contractor", phrase("when the manager lets them know"), _sample_outcome
    ),
)
