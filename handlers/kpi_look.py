"""Looking at a blueprint: who may, what is shown of it, and what the weeks say of each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from blocks.kit import View
from blocks.kpi import Sheet, dated, page
from handlers.contract import Call, Desk
from handlers.kpi_measure import Weeks, line, measured
from handlers.path import may_about
from handlers.who import asker
from playbook.days import Week, local_day
from playbook.kpi import Kpi, Tab, not_ready, on_tab, rows_of, template
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import kpi, people
from storage.kpi import State
from storage.path import travellers
from storage.path_tables import Blueprint
from storage.tables import Contractor, Person

NOT_YOURS = phrase(
    "KPIs are seen by the contractor, their manager and the admins only. `/contractor` shows who "
    "is on the path with you."
)


@dataclass(frozen=True)
class Concern:
    """Who asks, and about which contractor; `leads` tells whether they may propose and confirm."""

    asker: Person
    person: Person
    place: Contractor
    leads: bool

    @property
    def id(self) -> str:
        """Give the contractor's user id."""
        return self.place.user_id

    @property
    def own(self) -> bool:
        """Say whether somebody looks at their own."""
        return self.asker.user_id == self.place.user_id


async def concern(call: Call, desk: Desk, action: Action, user_id: str) -> Concern:
    """Give the contractor somebody asks about, "" for themselves; refused unless they may do this."""
    who = await asker(call, desk)
    person, place = await people.actor(desk.team, user_id or call.user_id)
    if person is None or place is None or not await may_about(desk, action, who.person, place):
        raise Sorry(NOT_YOURS)
    return Concern(who.person, person, place, await may_about(desk, Action.KPI_PROPOSE, who.person, place))


async def start_rows(desk: Desk, user_id: str) -> Sequence[Kpi]:
    """Give the rows that a new draft begins with: what waits, else what is agreed, else the template."""
    found = await kpi.waiting(desk.team, [user_id]) or await kpi.agreed(desk.team, [user_id])
    if user_id in found:
        return tuple(replace(row, suggested="") for row in rows_of(found[user_id].rows, desk.playbook.kpi))
    one = (await travellers(desk.team, [user_id], paused=True)).get(user_id)
    return template(desk.playbook.kpi, one.golden if one else None)


async def suggestions(desk: Desk, user_id: str) -> Mapping[str, str]:
    """Give the wordings that a contractor suggested for the version that is being talked about, by row."""
    open_one = (await kpi.waiting(desk.team, [user_id])).get(user_id)
    rows = rows_of(open_one.rows, desk.playbook.kpi) if open_one else ()
    return {row.key: row.suggested for row in rows if row.suggested}


async def sheet(desk: Desk, about: Concern, tab: Tab) -> View:
    """Draw one tab of a blueprint for somebody who may see it."""
    book, ids = desk.playbook.kpi, [about.id]
    draft = await kpi.draft(desk.team, about.id) if about.leads else None
    waiting = (await kpi.waiting(desk.team, ids)).get(about.id)
    counts = (await kpi.agreed(desk.team, ids)).get(about.id)
    shown = draft or waiting or counts
    rows = rows_of(shown.rows, book) if shown else await start_rows(desk, about.id) if about.leads else ()
    weeks = await _weeks(desk, about, counts)
    wanted = await suggestions(desk, about.id)
    lines = [
        line(row, known, weeks, wanted.get(row.key, ""))
        for row in on_tab(rows, tab, book, all_of_them=about.leads)
        if (known := book.row(row.key))
    ]
    return page(
        Sheet(
            about.id,
            about.person.name,
            tab,
            _status(about, draft, waiting, counts),
            lines,
            may_edit=about.leads,
            draft_id=draft.id if draft else "",
            answer_id=waiting.id if waiting and about.own else "",
            week_key=Week.of(local_day(desk.now, about.person.zone)).key if counts and about.own else "",
            words=waiting.words if waiting else "",
            notice=not_ready(rows, book) if about.leads else "",
            has_versions=bool(waiting or counts),
        ),
        book,
    )


def _status(about: Concern, draft: Blueprint | None, waiting: Blueprint | None, counts: Blueprint | None) -> str:
    """Say in words what is agreed, what waits for whom, and what is being written."""
    said = []
    if counts:
        said.append(
            phrase(
                "✓ Version {version} is agreed since {answered_at}.",
                version=counts.version,
                answered_at=dated(counts.answered_at or counts.proposed_at),
            )
        )
    if waiting:
        said.append(_waits(waiting.version, own=about.own, talked=waiting.state == State.DISCUSSED))
    if draft:
        said.append(
            phrase(
                "You see the draft of version {version}, which only managers see until it is proposed.",
                version=draft.version,
            )
        )
    nothing = (
        phrase("Nothing is proposed yet.") if about.own else phrase("Nothing is proposed yet: begin with these rows.")
    )
    return " ".join(said) or nothing


def _waits(version: int, *, own: bool, talked: bool) -> str:
    if talked:
        return phrase("Version {version} is being talked about.", version=version)
    if own:
        return phrase("Version {version} waits for your answer.", version=version)
    return phrase("Version {version} waits for their answer.", version=version)


async def _weeks(desk: Desk, about: Concern, counts: Blueprint | None) -> Weeks:
    if counts is None:
        return {}
    found = await travellers(desk.team, [about.id], paused=True)
    rows = {about.id: rows_of(counts.rows, desk.playbook.kpi)}
    this = Week.of(local_day(desk.now, about.person.zone))
    return (await measured(desk, found, rows, this, desk.playbook.kpi.weeks)).get(about.id, {})
