"""What both should have in mind in a 1:1: gathered for many 1:1s at once."""

from collections.abc import Collection, Mapping

from blocks.oneonone_agenda import Agenda, PartShown
from handlers.contract import Desk
from storage import oneonone
from storage.rhythm_tables import Meeting


async def agenda(desk: Desk, meeting_ids: Collection[str]) -> Mapping[str, Agenda]:
    """Give the agenda of several 1:1s by id; those that are not there are missing."""
    meetings = await oneonone.find_all(desk.team, meeting_ids)
    return {one.id: _agenda(desk, one) for one in meetings}


def _agenda(desk: Desk, meeting: Meeting) -> Agenda:
    book = desk.playbook.oneonone
    parts = [PartShown(part.key, part.name, part.minutes, part.hint) for part in book.parts]
    return Agenda(
        meeting.id,
        meeting.user_id,
        meeting.manager_id,
        meeting.at,
        book.minutes,
        meeting.state,
        meeting.part,
        parts,
        prepared=meeting.prepared_at is not None,
        has_strategy=bool(meeting.strategy),
        moved_from=meeting.moved_from,
        begun=meeting.at <= desk.now,
    )
