"""The week's rhythm as Homes show it: gathered for many contractors at once, each part in one query."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from blocks.audit import record
from blocks.home_rhythm import PARTLY, Rhythm
from blocks.kit import day_name
from blocks.oneonone import prepare_key
from handlers.contract import Desk
from playbook.days import DAY, Week, local_day, local_time
from playbook.sprint import OPEN
from playbook.tongue import phrase
from storage import audit, digest, flag, golden, health, oneonone, ooo, sprint, wiki
from storage.rhythm_tables import Away, Golden, Meeting, OneOnOne
from storage.tables import Person
from storage.trust_tables import Audit, HealthCheck, RedFlag, Sprint, WikiItem

SOON = timedelta(hours=24)
LOOK_BACK = timedelta(days=14)
LATELY = timedelta(days=7)
FLAG_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Rhythms:
    """The rhythm of several contractors, each part by user id; who is missing has nothing of it.

    `asked` are the keys of the questions to prepare a 1:1 that were written; `checks` and `flags` are those that
    managers may see.
    """

    meetings: Mapping[str, Meeting]
    series: Mapping[str, OneOnOne]
    asked: frozenset[str]
    away: Mapping[str, Away]
    agreed: Mapping[str, Golden]
    proposed: Mapping[str, Golden]
    audits: Mapping[str, Sequence[Audit]]
    sprints: Mapping[str, Sprint]
    wiki: Mapping[str, Sequence[WikiItem]]
    checks: Mapping[str, Sequence[HealthCheck]]
    flags: Mapping[str, Sequence[RedFlag]]


async def rhythms_of(desk: Desk, own: Collection[str], led: Collection[str]) -> Rhythms:
    """Ask the database for everything at once: of contractors whose own Home it is, and of those whom managers see."""
    team, now, ids = desk.team, desk.now, list({*own, *led})
    meetings = await oneonone.next_meetings(team, ids, now)
    keys = [prepare_key(meetings[one].id) for one in own if one in meetings]
    flags: dict[str, list[RedFlag]] = defaultdict(list)
    for row in await flag.handed_over(team, list(led), now - FLAG_FOR):
        flags[row.user_id].append(row)
    return Rhythms(
        meetings=meetings,
        series=await oneonone.series_of(team, ids),
        asked=await digest.letters_with(team, keys),
        away=await ooo.away_now(team, ids, now),
        agreed=await golden.current(team, ids),
        proposed=await golden.waiting(team, ids),
        audits=await audit.since(team, ids, Week.of((now - LOOK_BACK).date()).monday),
        sprints=await sprint.current(team, ids),
        wiki=await wiki.open_items(team, own),
        checks=await health.since_all(team, list(led), (now - LATELY).date()),
        flags=flags,
    )


def rhythm(desk: Desk, known: Rhythms, user_id: str, *, begun: bool) -> Rhythm:
    """Say what of the rhythm waits for a contractor."""
    meeting = known.meetings.get(user_id)
    asked = meeting is not None and meeting.prepared_at is None and prepare_key(meeting.id) in known.asked
    latest = known.sprints.get(user_id)
    waits = latest is not None and latest.answered_at is None and desk.now - latest.due_at < LATELY
    return Rhythm(
        away=known.away.get(user_id),
        audit=next((row for row in known.audits.get(user_id, ()) if _to_answer(desk, row)), None),
        meeting=meeting if asked else None,
        golden=_golden(known, user_id) if begun else "",
        sprint=latest if waits else None,
        wiki=len(known.wiki.get(user_id, ())),
    )


def _to_answer(desk: Desk, row: Audit) -> bool:
    return row.asked_at is not None and row.answered_at is None and not Week(row.monday).locked(desk.now)


def _golden(known: Rhythms, user_id: str) -> str:
    """Say whether nothing is agreed yet, or a proposal of somebody else waits; "" where nothing is to be done."""
    proposal = known.proposed.get(user_id)
    if proposal is not None:
        return "" if proposal.proposed_by == user_id else "asked"
    return "" if user_id in known.agreed else "none"


def due_sprint(desk: Desk, found: Rhythm) -> str:
    """Say whether a sprint is "due" (over or done, and not answered), "open", or "" where there is none."""
    row = found.sprint
    if row is None:
        return ""
    return "due" if row.done_at or row.due_at <= desk.now else OPEN


@dataclass(frozen=True)
class Led:
    """What a manager sees of a contractor's rhythm, in words, and what it needs of them.

    `values` are the records behind the buttons of what is needed, where they are not about the contractor alone.
    """

    meeting: str = ""
    away: str = ""
    strategy: bool = False
    answer: bool = False
    flag: bool = False
    audit: bool = False
    meets: bool = True
    golden: str = ""
    sprint: bool = True
    review: bool = False
    course: bool = False
    rate: bool = False
    values: Mapping[str, str] | None = None


def led(desk: Desk, known: Rhythms, person: Person, zone: str) -> Led:
    """Say how a contractor's rhythm stands as far as their manager, on whose clock it is told, is concerned."""
    user_id, values = person.user_id, dict[str, str]()
    meeting, away = known.meetings.get(user_id), known.away.get(user_id)
    if meeting is not None:
        values["strategy"] = meeting.id
    audits = [row for row in known.audits.get(user_id, ()) if row.answered_at and row.shown_at and not row.seen_at]
    if audits:
        values["audit"] = record(user_id, Week(audits[-1].monday))
    return Led(
        meeting=_moment(meeting, zone) if meeting else "",
        away=_until(away, local_day(desk.now, person.zone)) if away else "",
        strategy=meeting is not None and not meeting.strategy and meeting.at - desk.now <= SOON,
        answer=any(row.manager_at and not row.answer for row in known.checks.get(user_id, ())),
        flag=bool(known.flags.get(user_id)),
        audit=bool(audits),
        meets=meeting is not None or user_id in known.series,
        golden=_golden_of(known, user_id),
        sprint=user_id in known.sprints,
        values=values,
    )


def _golden_of(known: Rhythms, user_id: str) -> str:
    """Say for the manager: nothing agreed ("none"), the contractor's proposal waits ("asked"), or nothing to do."""
    proposal = known.proposed.get(user_id)
    if proposal is not None:
        return "asked" if proposal.proposed_by == user_id else ""
    return "" if user_id in known.agreed else "none"


def _moment(meeting: Meeting, zone: str) -> str:
    at = local_time(meeting.at, zone)
    return f"{day_name(at.date())} {at:%H:%M}"


def _until(row: Away, today: date) -> str:
    if row.kind == PARTLY:
        return phrase("partly away today")
    return (
        phrase("away today")
        if row.last in (today, today - DAY)
        else phrase("away until {last}", last=day_name(row.last))
    )
