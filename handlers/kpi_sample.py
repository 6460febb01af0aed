"""The messages about KPIs as they would be sent, for those who want to read them beforehand."""

from collections.abc import Sequence
from dataclasses import replace

from blocks import kpi_letter, kpi_week
from blocks.kit import Block
from blocks.kpi_week import Answered, Waiting
from handlers.contract import Desk, Sample
from handlers.kpi_measure import asked, line, measured
from handlers.kpi_remind import asked as asked_to_draft
from playbook.days import Week, local_day
from playbook.kpi import Kpi, rows_of, template
from playbook.tongue import phrase
from storage import kpi
from storage.kpi import State
from storage.path import Traveller
from storage.path_tables import Blueprint

Drawn = tuple[str, Sequence[Block]]


async def _version(desk: Desk, one: Traveller) -> Blueprint:
    """Give the version there is, or one made of the template's examples."""
    found = (await kpi.current(desk.team, [one.user_id])).get(one.user_id)
    rows = [_example(row, desk).stored() for row in template(desk.playbook.kpi, one.golden)]
    by = one.id_of("manager")
    return found or Blueprint(
        team_id=desk.team.team_id,
        user_id=one.user_id,
        version=1,
        state=State.PROPOSED,
        rows=rows,
        proposed_by=by,
        proposed_at=desk.now,
    )


def _example(row: Kpi, desk: Desk) -> Kpi:
    known = desk.playbook.kpi.row(row.key)
    return row if row.text or known is None else replace(row, text=known.example, on=True)


async def _ask(desk: Desk, one: Traveller) -> Drawn | None:
    return asked_to_draft(desk, one) if one.who("manager") else None


async def _proposal(desk: Desk, one: Traveller) -> Drawn | None:
    return kpi_letter.proposal(await _version(desk, one), desk.playbook.kpi)


async def _question(desk: Desk, one: Traveller) -> Drawn | None:
    version, week = await _version(desk, one), Week.of(local_day(desk.now, one.person.zone))
    rows = rows_of(version.rows, desk.playbook.kpi)
    weeks = (await measured(desk, {one.user_id: one}, {one.user_id: rows}, week, desk.playbook.kpi.weeks - 1))[
        one.user_id
    ]
    lines = [line(row, known, weeks) for row in rows if row.on and (known := desk.playbook.kpi.row(row.key))]
    return kpi_week.question(week, lines, Answered())


async def _confirmation(desk: Desk, one: Traveller) -> Drawn | None:
    version, week = await _version(desk, one), Week.of(local_day(desk.now, one.person.zone)).previous
    rows = rows_of(version.rows, desk.playbook.kpi)
    shown = (await measured(desk, {one.user_id: one}, {one.user_id: rows}, week, 0))[one.user_id][week]
    output, ticks = asked(version, desk)
    lines = [(known.name, shown[row.key], "") for row in (*output, *ticks) if (known := desk.playbook.kpi.row(row.key))]
    return kpi_week.confirmation(week, [Waiting(one.user_id, one.person.name, lines, one.user_id)], 0, ())


SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("KPI blueprint: please draft it"), "manager", phrase("Day -5, 09:00 their time"), _ask),
    Sample(phrase("KPI blueprint: a proposal"), "contractor", phrase("when the manager proposes it"), _proposal),
    Sample(
        phrase("KPIs: your week"),
        "contractor",
        phrase("the last working day of each week, 15:00 their time"),
        _question,
    ),
    Sample(phrase("KPIs: weeks to confirm"), "manager", phrase("Mondays, 09:00 their time"), _confirmation),
)
