"""Looking at Quarterly Reviews: who may, where they stand, and the page that both see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from blocks import review as draw
from blocks import review_page as pages
from blocks.kit import View, one_line
from blocks.review import Stand
from blocks.review_page import Sheet
from handlers.contract import Call, Desk
from handlers.path import actor, let
from handlers.path_measure import measured
from handlers.review_when import planned
from handlers.who import asker
from playbook.days import Week, local_day
from playbook.kpi import rows_of
from playbook.kpi_measure import Measured, State
from playbook.length import show as length
from playbook.review import median
from playbook.roles import Action, Subject, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import checklist, contractor, kpi
from storage import review as store
from storage.growth_tables import Review, ReviewItem
from storage.path import Traveller, travellers
from storage.path_tables import Blueprint

NOT_YOURS = phrase(
    "Quarterly Reviews are for a contractor and their manager only. `/circle review` shows your "
    "own, and `/contractor review @person` that of somebody you manage."
)
GONE = phrase(
    "I can't find this review any more. `/circle review` and `/contractor review @person` show what there is."
)
MINUTE = timedelta(minutes=1)
MOST_NAMED = 5


@dataclass(frozen=True)
class Seat:
    """One of the two, and the contractor whose reviews they are."""

    traveller: Traveller
    me: str

    @property
    def mine(self) -> bool:
        """Say whether it is the contractor."""
        return self.me == self.traveller.user_id

    @property
    def manager_id(self) -> str:
        """Give the manager as they are now."""
        return self.traveller.place.manager_id


async def seat(call: Call, desk: Desk, user_id: str, action: Action = Action.REVIEW_READ) -> Seat:
    """Give a contractor's reviews to one of the two; to everybody else they are not there."""
    who = await asker(call, desk)
    found = await let(desk, action, who.person, user_id or call.user_id, NOT_YOURS)
    return Seat(found, call.user_id)


async def at_review(call: Call, desk: Desk, review_id: str, action: Action) -> tuple[Seat, Review]:
    """Give a review to one of the two, to act on it."""
    row = await store.find(desk.team, review_id)
    if row is None:
        raise Sorry(GONE)
    return await seat(call, desk, row.user_id, action), row


async def readable(call: Call, desk: Desk, review_id: str) -> Review:
    """Give a shared review to whoever may read it: the two whose it is for ever, a new manager while it is open."""
    who, row = await asker(call, desk), await store.find(desk.team, review_id)
    if row is None or row.shared_at is None:
        raise Sorry(GONE)
    place = await contractor.find(desk.team, row.user_id)
    now = [place.manager_id] if place and row.closed_at is None else []
    doer = await actor(desk, who.person)
    if not any(may(Action.REVIEW_READ, doer, Subject(row.user_id, one)) for one in (*managers_of(row), *now)):
        raise Sorry(NOT_YOURS)
    return row


def managers_of(row: Review) -> Sequence[str]:
    """Name the managers whose a shared review is: who wrote the answers, and who closed it with the contractor."""
    return tuple(dict.fromkeys((pages.writer(row), row.manager_id)))


def ours_in(row: Review, manager_id: str) -> bool:
    """Say whether the manager's answers are in; those of a manager before count for nobody."""
    return store.ours_in(row, manager_id)


async def overview(desk: Desk, found: Seat, notice: str = "") -> View:
    """Draw where the reviews of a contractor stand."""
    one = found.traveller
    row = (await store.open_reviews(desk.team, [one.user_id])).get(one.user_id)
    coming = (await planned(desk, [one.user_id])).get(one.user_id)
    past = [each for each in await store.shared(desk.team, one.user_id) if each.closed_at]
    stand = Stand(
        one.user_id,
        found.manager_id,
        found.mine,
        row,
        theirs_in=bool(row and row.theirs_at),
        ours_in=bool(row and ours_in(row, found.manager_id)),
        coming=coming,
        past=[each for each in past if found.mine or found.me in managers_of(each)],
        items=await _items(desk, found),
        paused=one.place.paused_at is not None,
    )
    return draw.overview(stand, notice)


async def _items(desk: Desk, found: Seat) -> Sequence[ReviewItem]:
    """Give what is still to do of the reviews that this person may read."""
    readable_ids = {
        row.id
        for row in await store.shared(desk.team, found.traveller.user_id)
        if found.mine or row.closed_at is None or found.me in managers_of(row)
    }
    rows = await store.items(desk.team, found.traveller.user_id)
    return [one for one in rows if one.review_id in readable_ids][: desk.playbook.review.most_items]


async def page(desk: Desk, row: Review, me: str, notice: str = "") -> View:
    """Draw the page of a shared review for somebody who may read it."""
    one = (await travellers(desk.team, [row.user_id], paused=True)).get(row.user_id)
    leads = one is not None and me == one.place.manager_id
    sheet = Sheet(
        row,
        items=await store.items_of(desk.team, row.id),
        version=await version_of(desk, row),
        mine=me == row.user_id,
        leads=leads,
        acts=one is not None and (leads or me == row.user_id),
    )
    if one is not None:
        sheet = replace(sheet, facts=await facts(desk, row, one))
    return pages.page(sheet, desk.playbook.review, notice)


async def version_of(desk: Desk, row: Review) -> Blueprint | None:
    """Give the KPI blueprint that was proposed or agreed while a review was open."""
    return await kpi.find(desk.team, row.blueprint_id) if row.blueprint_id else None


# What stands beside the answers -------------------------------------------------------------------


async def facts(desk: Desk, row: Review, one: Traveller) -> Sequence[tuple[str, str]]:
    """Say in figures how the quarter before a review went."""
    last = row.shared_at or desk.now
    first = last - timedelta(days=desk.playbook.review.every)
    learnt = [one_line(each.name, 80) for each in await store.courses(desk.team, row.user_id, first, last)]
    progress = (await checklist.progress(desk.team, [row.user_id])).get(row.user_id)
    pairs = [
        (phrase("KPIs, week by week"), await _kpis(desk, one, last)),
        (phrase("Blockers"), await _blockers(desk, row.user_id, first, last)),
        (phrase("Courses finished"), "\n".join(learnt[:MOST_NAMED]) or "none"),
    ]
    done = phrase("{done} of {total} done", done=progress.done, total=progress.total) if progress else ""
    return [*pairs, *([(phrase("Checklist"), done)] if done else [])]


async def _kpis(desk: Desk, one: Traveller, last: datetime) -> str:
    version = (await kpi.agreed(desk.team, [one.user_id])).get(one.user_id)
    if version is None:
        return phrase("none agreed yet")
    book = desk.playbook.kpi
    rows = rows_of(version.rows, book)
    week = Week.of(local_day(last, one.person.zone))
    weeks = desk.playbook.review.every // 7
    found = (await measured(desk, {one.user_id: one}, {one.user_id: rows}, week, weeks))[one.user_id]
    said = [(known.name, _trend(found, row.key)) for row in rows if row.on and (known := book.row(row.key))]
    return "\n".join(f"{one_line(name, 40)}: {trend}" for name, trend in said)


def _trend(weeks: Mapping[Week, Mapping[str, Measured]], key: str) -> str:
    states = [each[key].state for each in weeks.values() if key in each]
    known = [state for state in states if state in (State.ON_TRACK, State.LOOK)]
    if not known:
        return phrase("told in words") if State.TOLD in states else phrase("not known")
    return phrase("on track in {on_track} of {known} weeks", on_track=known.count(State.ON_TRACK), known=len(known))


async def _blockers(desk: Desk, user_id: str, first: datetime, last: datetime) -> str:
    rows = await store.blockers(desk.team, user_id, first, last)
    solved = [row.resolved_at - row.created_at for row in rows if row.resolved_at]
    if not rows:
        return phrase("none raised")
    if not solved:
        return phrase("{rows} raised, none resolved yet", rows=len(rows))
    half = length(int(median(solved) / MINUTE))
    return phrase(
        "{rows} raised, {solved} resolved, half of them within {half}", rows=len(rows), solved=len(solved), half=half
    )
