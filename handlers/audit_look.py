"""Looking at a week of the audit: who may, which week is meant, and what is known of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from blocks.audit import Sheet
from blocks.log import Stored
from handlers.contract import Call, Desk
from handlers.path import let
from handlers.who import asker
from playbook.audit import ask_at
from playbook.days import Week, local_day
from playbook.log import Entry
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import audit as store
from storage import log
from storage.path import Traveller
from storage.tables import LogEntry, Person

A_WEEK = timedelta(days=7)
NOT_YOURS = phrase(
    "How a week felt is between a contractor and their manager, so I can't show you this one. "
    "`/circle audit` shows your own weeks."
)
OUT_OF_REACH = phrase("I can't show that week. `/circle audit` opens the latest one, and leads to those before it.")


@dataclass(frozen=True)
class Concern:
    """Who asks, and about which contractor."""

    asker: Person
    traveller: Traveller

    @property
    def id(self) -> str:
        """Give the contractor's user id."""
        return self.traveller.user_id

    @property
    def own(self) -> bool:
        """Say whether somebody looks at their own week."""
        return self.asker.user_id == self.id


async def concern(call: Call, desk: Desk, action: Action, user_id: str) -> Concern:
    """Give the contractor somebody asks about; refused unless they may do this."""
    who = await asker(call, desk)
    found = await let(desk, action, who.person, user_id, NOT_YOURS)
    return Concern(who.person, found)


def read_record(value: str) -> tuple[str, Week]:
    """Read whose week a button or form is about, which is never trusted."""
    user_id, _, day = value.partition(":")
    return user_id, read_week(day)


def read_week(day: str) -> Week:
    """Read a week as it is named by its Monday."""
    try:
        return Week.of(date.fromisoformat(day))
    except (ValueError, OverflowError):
        raise Sorry(OUT_OF_REACH) from None


def start_of(one: Traveller) -> date:
    """Say from which day on weeks are asked about: not before they were on the path."""
    return max(one.place.start_date, local_day(one.place.added_at, one.path.zone))


def begins(one: Traveller, week: Week, desk: Desk) -> bool:
    """Say whether there is anything to ask about a week: they work in it."""
    return ask_at(week, one.hours, start_of(one), desk.playbook.audit) is not None


def this_week(one: Traveller, desk: Desk) -> Week:
    """Give the week that is on the contractor's own calendar."""
    return Week.of(local_day(desk.now, one.path.zone))


def current(one: Traveller, desk: Desk) -> Week:
    """Give the week that is looked at now: the one before while its log is open, else this one."""
    this = this_week(one, desk)
    before = this.previous
    return before if not before.locked(desk.now) and begins(one, before, desk) else this


def bounds(one: Traveller, desk: Desk) -> tuple[Week, Week]:
    """Give the first and the last week that can be looked at."""
    last = this_week(one, desk)
    first = Week.of(one.place.start_date)
    return max(first, Week(last.monday - desk.playbook.audit.weeks_back * A_WEEK)), last


def reachable(one: Traveller, week: Week, desk: Desk) -> Week:
    """Give the week if it can be looked at; refused when it lies ahead, before the start, or too far back."""
    first, last = bounds(one, desk)
    if first > last:
        raise Sorry(phrase("There is no week to look at yet: the first one begins with the start on the path."))
    if not first <= week <= last:
        raise Sorry(OUT_OF_REACH)
    return week


async def sheet(desk: Desk, one: Traveller, week: Week) -> Sheet:
    """Gather what is known of a week."""
    rows = await store.entries(desk.team, one.user_id, week.monday)
    return Sheet(
        one.user_id,
        week,
        [Stored(row.id, _entry(row)) for row in rows],
        one.place.weekly_minutes,
        await store.find(desk.team, one.user_id, week.monday),
        week.locked(desk.now) and week.monday not in await log.reopened(desk.team, one.user_id),
        local_day(desk.now, one.path.zone),
    )


def _entry(row: LogEntry) -> Entry:
    return Entry(row.day, row.minutes, row.starts_at, row.ends_at, row.project, row.category, row.note)
