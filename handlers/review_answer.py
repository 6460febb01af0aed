"""Answering a review: each side's own form, blind to the other until both are in."""

from collections.abc import Mapping

from blocks import review as draw
from blocks.review_letter import about
from handlers.contract import Call, Desk, FixFields, ReplaceModal, Reply, memo
from handlers.review_look import Seat, at_review, ours_in, overview, page
from handlers.review_told import cards, homes, shared
from playbook.review import KPIS, ORDER, problems
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import review as store
from storage.growth_tables import Review
from storage.outbox import Cancel, Letters

BOTH = phrase("Both of you have answered meanwhile, so answers stay as they are. The page is in your messages with me.")
CLOSED = phrase(
    "This review is closed. `/circle review` and `/contractor review @person` show when the next one opens."
)
IN = phrase(
    "Your answers are in. You both get the page as soon as the other side has answered; until then you can change them."
)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open one's own form, with what was typed or sent before."""
    found, row = await _still_open(call, desk, call.value)
    typed = await store.draft(desk.team, found.me, row.id)
    said = typed if typed is not None else _said(found, row)
    book = desk.playbook.review
    return ReplaceModal(view=draw.form(row, book, said, memo("", row.id), mine=found.mine))


async def _still_open(call: Call, desk: Desk, review_id: str) -> tuple[Seat, Review]:
    found, row = await at_review(call, desk, review_id, Action.REVIEW_ANSWER)
    if row.closed_at is not None:
        raise Sorry(CLOSED)
    if row.shared_at is not None:
        raise Sorry(BOTH)
    return found, row


def _said(found: Seat, row: Review) -> Mapping[str, str]:
    """Give what somebody has sent themselves, and nobody else's."""
    if found.mine:
        return row.theirs
    return row.ours if ours_in(row, found.me) else {}


def _read(call: Call, desk: Desk) -> dict[str, str]:
    most = desk.playbook.review.most_words
    return {key: call.one(key) if key == KPIS else clean(call.one(key))[:most] for key in ORDER}


async def closed(call: Call, desk: Desk) -> Reply:
    """Keep what was typed into a form that is closed without sending it."""
    found, row = await _still_open(call, desk, call.memo_record)
    typed = _read(call, desk)
    if any(typed.values()):
        await store.keep_draft(desk.team, found.me, row.id, typed, desk.now)
    return Reply()


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep the answers of one side; with the second one, both get the page."""
    found, row = await _still_open(call, desk, call.memo_record)
    said = _read(call, desk)
    if wrong := problems(said, desk.playbook.review):
        return FixFields(wrong)
    if found.mine:
        row.theirs, row.theirs_at = said, desk.now
    else:
        row.ours, row.ours_at = {**said, "by": found.me}, desk.now
    await store.drop_draft(desk.team, found.me, row.id)
    await homes(desk, found.traveller)
    gone: list[Letters] = [Cancel(about(row, found.me))]
    if row.theirs_at is None or not ours_in(row, found.manager_id):
        await desk.team.session.flush()
        return ReplaceModal(view=await overview(desk, found, IN)).also(*gone, *cards(row, found.traveller))
    row.shared_at, row.manager_id = desk.now, found.manager_id
    await desk.team.session.flush()
    posts = shared(desk, row, found.traveller)
    return ReplaceModal(view=await page(desk, row, found.me, phrase("Both of you have answered."))).also(*gone, *posts)
