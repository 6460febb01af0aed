"""What belongs where in a channel: the texts, who agreed to them, and whom it concerns."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import col

from storage.database import Team
from storage.tables import Contractor
from storage.trust_tables import ChannelPurpose


async def find(team: Team, channel_id: str) -> ChannelPurpose | None:
    """Fetch what a channel is for."""
    return await team.get(ChannelPurpose, channel_id=channel_id) if channel_id else None


async def find_all(team: Team, channel_ids: Collection[str]) -> Mapping[str, ChannelPurpose]:
    """Fetch what several channels are for, by channel."""
    ids = {one for one in channel_ids if one}
    rows = await team.all(team.select(ChannelPurpose).where(col(ChannelPurpose.channel_id).in_(ids))) if ids else []
    return {row.channel_id: row for row in rows}


async def concerned(team: Team, channel_id: str) -> Sequence[Contractor]:
    """Fetch the contractors whose project's channel it is."""
    query = team.select(Contractor).where(col(Contractor.project_channel) == channel_id)
    return await team.all(query.order_by(col(Contractor.user_id)))


async def put(team: Team, channel_id: str, slack: str, tracker: str, video: str, by: str, now: datetime) -> int:
    """Keep new texts; whoever agreed agreed to the old ones. Gives the version, which grows with each change."""
    row = await team.lock(ChannelPurpose, channel_id=channel_id)
    if row is None:
        row = ChannelPurpose(
            team_id=team.team_id, channel_id=channel_id, version=0, slack="", proposed_by=by, proposed_at=now
        )
        team.add(row)
    if (row.slack, row.tracker, row.video) != (slack, tracker, video):
        row.version += 1
        row.agreed_by = ""
    row.slack, row.tracker, row.video = slack, tracker, video
    row.proposed_by, row.proposed_at = by, now
    return row.version


def agreed(row: ChannelPurpose) -> tuple[str, ...]:
    """Name who agreed, in that order."""
    return tuple(filter(None, row.agreed_by.split(",")))


def agree(row: ChannelPurpose, user_id: str) -> bool:
    """Note that somebody agrees; tells whether that is new."""
    if user_id in agreed(row):
        return False
    row.agreed_by = ",".join([*agreed(row), user_id])
    return True
