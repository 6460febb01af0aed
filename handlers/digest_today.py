"""What a digest says of the day itself: its 1:1s, and who is away; in two queries however many managers there are."""

from collections.abc import Collection, Mapping, Sequence

from blocks.digest_today import Today
from handlers.contract import Desk
from playbook.days import DAY, local_day
from storage import oneonone, ooo
from storage.rhythm_tables import Away, Meeting
from storage.tables import Contractor, Person


async def meetings_of(desk: Desk, manager_ids: Collection[str]) -> Mapping[str, Sequence[Meeting]]:
    """Fetch the 1:1s of managers around this moment; which of them are today depends on their clock."""
    return await oneonone.of_managers(desk.team, manager_ids, desk.now - DAY, desk.now + DAY)


async def away_of(desk: Desk, members: Sequence[tuple[Contractor, Person]]) -> Mapping[str, Away]:
    """Fetch who of these contractors is away today, on their own calendar."""
    return await ooo.away_now(desk.team, [place.user_id for place, _ in members], desk.now)


def today(
    desk: Desk,
    manager: Person,
    members: Sequence[tuple[Contractor, Person]],
    meetings: Sequence[Meeting],
    away: Mapping[str, Away],
) -> Today:
    """Put a manager's day together: the 1:1s of their own day with those who are still with them, and who is away."""
    day, theirs = local_day(desk.now, manager.zone), [place.user_id for place, _ in members]
    held = [one for one in meetings if local_day(one.at, manager.zone) == day and one.user_id in theirs]
    zones = {person.user_id: local_day(desk.now, person.zone) for _, person in members}
    return Today(held, [(away[one], zones[one]) for one in theirs if one in away])
