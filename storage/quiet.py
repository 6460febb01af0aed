"""Quiet: everybody's calendar of when they may be written to, from what was agreed, chosen, or is usual."""

from collections.abc import Collection, Mapping
from datetime import date

from playbook.days import read_weekdays, zone_info
from playbook.quiet import Calendar, QuietBook, quiet_hours
from playbook.sorry import Sorry
from storage import workspace
from storage.database import Team
from storage.ooo import chosen, free_days
from storage.path_tables import Workspace
from storage.rhythm_tables import Quiet
from storage.tables import Contractor, Person

USUAL = "0,1,2,3,4"


async def calendars(team: Team, user_ids: Collection[str], book: QuietBook) -> Mapping[str, Calendar]:
    """Gather the calendars of people in a few queries; of whom the bot has not met, or who have left, there is none."""
    ids = {one for one in user_ids if one}
    met = [one for one in await team.those(Person, "user_id", ids) if not one.deactivated]
    people = {one.user_id: one for one in met}
    agreed = {row.user_id: row for row in await team.those(Contractor, "user_id", ids)}
    office, free, own = await workspace.get(team), await free_days(team, list(people)), await chosen(team, ids)
    return {
        one: _calendar(person, agreed.get(one), own.get(one), office, free[one], book) for one, person in people.items()
    }


def _calendar(
    person: Person,
    agreed: Contractor | None,
    chosen: Quiet | None,
    office: Workspace,
    free: Collection[date],
    book: QuietBook,
) -> Calendar:
    """Let somebody's own choice win over what was agreed with them, and that over what is usual."""
    from_, until = (
        quiet_hours(agreed.day_start, agreed.day_end, book) if agreed else (book.quiet_from, book.quiet_until)
    )
    if chosen is not None and chosen.quiet_from is not None and chosen.quiet_until is not None:
        from_, until = chosen.quiet_from, chosen.quiet_until
    wishes = (chosen.weekdays if chosen else "", agreed.weekdays if agreed else "", office.weekdays, USUAL)
    weekdays = next(filter(None, map(read_weekdays, wishes)))
    return Calendar(_zone(person.zone), weekdays, free, from_, until)


def _zone(name: str) -> str:
    """Give the zone, or UTC where Slack named one that nobody knows."""
    try:
        return zone_info(name).key
    except Sorry:
        return "UTC"
