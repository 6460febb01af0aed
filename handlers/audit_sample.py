"""The messages of the audit as they would be sent, for those who want to read them beforehand."""

from collections.abc import Sequence
from dataclasses import replace

from blocks import audit as draw
from blocks import audit_manager
from blocks.audit import Sheet
from blocks.audit_manager import Row
from blocks.kit import Block
from blocks.log import Stored
from handlers.audit_look import sheet, this_week
from handlers.contract import Desk, Sample
from playbook.audit import MOSTLY
from playbook.days import DAY
from playbook.log import Entry
from playbook.tongue import phrase
from storage.path import Traveller
from storage.trust_tables import Audit

Drawn = tuple[str, Sequence[Block]]
EXAMPLE = (("build", 270), ("review", 90), ("meetings", 60))


async def _week(desk: Desk, one: Traveller) -> Sheet:
    """Give the week as it is logged; where nothing is, an example of one."""
    week = this_week(one, desk)
    mine = replace(await sheet(desk, one, week), audit=None, closed=False)
    if mine.entries:
        return mine
    days = [week.monday + number * DAY for number in range(5)]
    entries = [
        Stored(f"{day}{kind}", Entry(day, minutes, category=kind, project=one.place.project))
        for day in days
        for kind, minutes in EXAMPLE
    ]
    return replace(mine, entries=entries)


async def _ask(desk: Desk, one: Traveller) -> Drawn:
    return draw.question(await _week(desk, one), desk.playbook.audit, desk.playbook.log)


async def _last(desk: Desk, one: Traveller) -> Drawn:
    return draw.question(await _week(desk, one), desk.playbook.audit, desk.playbook.log, last=True)


async def _show(desk: Desk, one: Traveller) -> Drawn | None:
    if not one.who("manager"):
        return None
    mine = await _week(desk, one)
    audit = Audit(team_id=desk.team.team_id, user_id=one.user_id, monday=mine.week.monday, answered_at=desk.now)
    audit.felt, audit.words, audit.heavy = MOSTLY, phrase("More meetings than it looks."), phrase("Meetings")
    row = Row(one.user_id, one.person.name, mine.minutes, mine.agreed, audit)
    return audit_manager.message(mine.week, [row], desk.playbook.audit)


SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("How the week felt"), "contractor", phrase("the last working day of each week, 16:00 their time"), _ask
    ),
    Sample(
        phrase("How the week felt: last call"), "contractor", phrase("Mondays, 09:00 their time, if unanswered"), _last
    ),
    Sample(phrase("How the week felt to everybody"), "manager", phrase("Mondays, 10:00 their time"), _show),
)
