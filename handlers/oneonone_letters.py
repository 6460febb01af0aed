"""Every letter about one 1:1: under which key each is, when it is due, and how all of them follow what happens."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from blocks import oneonone as draw
from blocks import oneonone_letter as letter
from blocks.oneonone_agenda import letter as agenda_letter
from handlers.contract import Desk, Letters
from handlers.oneonone_facts import agenda
from handlers.oneonone_pair import Pair
from playbook.oneonone_rhythm import agenda_at, ask_at
from storage import digest
from storage.oneonone import agenda_key
from storage.outbox import Redraw
from storage.rhythm_tables import Meeting
from storage.timetable import When

PREPARE = "oneonone.prepare"
STRATEGY = "oneonone.strategy"
AGENDA = "oneonone.agenda"
BEGIN = "oneonone.begin"
FOLLOW_UP = "oneonone.follow_up"

Plans = Mapping[str, Mapping[str, When]]


def prepare_key(meeting: Meeting) -> str:
    """Name the question to the contractor."""
    return draw.prepare_key(meeting.id)


def strategy_key(meeting: Meeting) -> str:
    """Name the question to the manager."""
    return f"{STRATEGY}:{meeting.id}:{meeting.manager_id}"


def about(meeting_id: str) -> str:
    """Name the subject of everything that is asked about a 1:1."""
    return f"oneonone:{meeting_id}"


async def written(desk: Desk, meetings: Collection[Meeting]) -> frozenset[str]:
    """Tell which of the letters about these 1:1s have been written."""
    keys = [key for one in meetings for key in (prepare_key(one), strategy_key(one), *_agenda_keys(one))]
    return frozenset(await digest.letters_with(desk.team, keys)) if keys else frozenset()


def was_sent(meeting: Meeting, have: Collection[str]) -> bool:
    """Tell whether one of the two has got the agenda; `have` are the letters that were written."""
    return any(key in have for key in _agenda_keys(meeting))


def _agenda_keys(meeting: Meeting) -> tuple[str, str]:
    return agenda_key(meeting.id, meeting.user_id), agenda_key(meeting.id, meeting.manager_id)


def plans(desk: Desk, pair: Pair, meeting: Meeting, have: Collection[str]) -> Plans:
    """Say when everything about a 1:1 is due, by duty and subject; `have` are the letters that were written."""
    book, one = desk.playbook.oneonone, meeting.id
    made: dict[str, dict[str, When]] = {BEGIN: {one: When(meeting.at)}}
    made[FOLLOW_UP] = {one: When(pair.manager.woken(meeting.at + timedelta(hours=book.follow_up_hours)))}
    latest = meeting.at - timedelta(hours=book.agenda_hours)
    asks = ((PREPARE, prepare_key(meeting), pair.contractor), (STRATEGY, strategy_key(meeting), pair.manager))
    for duty, key, side in asks:
        due = max(ask_at(meeting.at, side, book), side.woken(desk.now))
        if key not in have and due < latest:
            made[duty] = {one: When(due)}
    made[AGENDA] = {}
    for side in pair.sides:
        due = agenda_at(meeting.at, side, book)
        if due > desk.now or agenda_key(one, side.user_id) not in have:
            made[AGENDA][f"{one}:{side.user_id}"] = When(max(due, desk.now))
    return made


def together(many: Sequence[Plans]) -> Plans:
    """Put the plans of several 1:1s together."""
    whole: dict[str, dict[str, When]] = {}
    for one in many:
        for duty, whens in one.items():
            whole.setdefault(duty, {}).update(whens)
    return whole


async def redrawn(desk: Desk, meeting_ids: Collection[str]) -> list[Letters]:
    """Bring the agendas of 1:1s up to date that were sent and have not begun."""
    found = await agenda(desk, meeting_ids)
    return [
        Redraw(agenda_key(one.meeting_id, user_id), *agenda_letter(one, user_id))
        for one in found.values()
        for user_id in (one.user_id, one.manager_id)
        if one.state == "planned"
    ]


def off(meeting: Meeting, text: str) -> list[Letters]:
    """Say in place of everything that was asked or sent about a 1:1 why it is not wanted any more."""
    keys = (prepare_key(meeting), strategy_key(meeting), *_agenda_keys(meeting))
    return [Redraw(key, *letter.moot(text)) for key in keys]


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Tell whether nothing about a 1:1 can be prepared any more."""
    return meeting.state != "planned" or meeting.at <= now
