"""How a rate review ended: noted by the manager, told to the contractor if they are to know, and corrected."""

from collections.abc import Sequence
from datetime import date

from blocks import rate as draw
from blocks import rate_form as form
from handlers.contract import Call, Desk, FixFields, Letters, ReplaceModal, Reply, memo
from handlers.path import tick
from handlers.rate_amounts import amounts_form
from handlers.rate_look import NOT_YOURS, Concern, lead, page
from handlers.rate_plan import CHANGED, DUE, ROW, TAKEN, TICK, day_of, follow, redrawn
from playbook.rate import LATER, Decision, decide
from playbook.sorry import Sorry
from storage import rate as store
from storage.growth_tables import RateReview
from storage.outbox import Cancel, Lane, Post


async def decide_form(call: Call, desk: Desk) -> Reply:
    """Open the form of how the review that waits ended."""
    about = await lead(call, desk, call.value)
    today = about.today(desk)
    held = about.row.meet_on if about.row and about.row.meet_on and about.row.meet_on <= today else today
    return _decide(desk, about, Decision("", held, None), f"{DUE}:{about.plan.next_on}", tell=False)


async def correct(call: Call, desk: Desk) -> Reply:
    """Open the form of the last review that ended, as it was noted."""
    about, row = await _last(call, desk, call.value)
    known = Decision(row.outcome, row.held_on, about.plan.next_on)
    return _decide(desk, about, known, f"{ROW}:{row.id}", tell=row.told_at is not None)


def _decide(desk: Desk, about: Concern, known: Decision, origin: str, *, tell: bool) -> Reply:
    months, note = about.plan.months, memo("", about.id, origin)
    view = form.decide(about.id, known, note, desk.playbook.rate, months, able=desk.vault.able, tell=tell)
    return ReplaceModal(view=view)


async def _last(call: Call, desk: Desk, review_id: str) -> tuple[Concern, RateReview]:
    """Give the last review of a contractor that has ended; refused for any other."""
    row = await store.find(desk.team, review_id)
    if row is None:
        raise Sorry(NOT_YOURS)
    about = await lead(call, desk, row.user_id)
    ended = await store.ended(desk.team, about.id)
    if not ended or ended[0].id != row.id:
        raise Sorry(CHANGED)
    return about, row


async def decided(call: Call, desk: Desk) -> Reply:
    """Keep how a review ended and when the next one is; then ask for amounts, where they can be encrypted."""
    about, row, due_on = await _meant(call, desk)
    typed = Decision(call.one("outcome"), day_of(call.one("held")), day_of(call.one("next")))
    known, wrong = decide(typed, due_on, about.today(desk), about.plan.months)
    if not wrong and known.next_on and await _is_taken(desk, about, due_on, known.next_on):
        wrong = {"next": TAKEN}
    if wrong or known.next_on is None:
        return FixFields(wrong)
    row = row or await store.begin(desk.team, about.id, due_on, desk.now)
    row.outcome, row.held_on, row.next_on = known.outcome, known.held_on, known.next_on
    row.decided_at, row.decided_by = desk.now, about.asker.user_id
    told = row.told_at is not None or "yes" in call.many("tell")
    row.told_at = (row.told_at or desk.now) if told else None
    await desk.team.session.flush()
    plan = about.plan
    await store.plan(desk.team, about.id, plan.months, known.next_on, row.decided_by, desk.now, tells=plan.tells)
    if known.outcome != LATER:
        await tick(desk, about.id, TICK, row.decided_by)
    await follow(desk, about)
    return (await _then(desk, about, row)).also(*_told(desk, about, row, due_on))


async def _is_taken(desk: Desk, about: Concern, due_on: date, next_on: date) -> bool:
    return next_on == due_on or await store.taken(desk.team, about.id, next_on)


async def _meant(call: Call, desk: Desk) -> tuple[Concern, RateReview | None, date]:
    """Give the review that a form was opened for: the one that waits, if it still does, or the last that ended."""
    kind, _, name = call.memo_origin.partition(":")
    if kind == ROW:
        about, row = await _last(call, desk, name)
        return about, row, row.due_on
    about = await lead(call, desk, call.memo_record)
    if name != str(about.plan.next_on):
        raise Sorry(CHANGED)
    return about, about.row, about.plan.next_on


def _told(desk: Desk, about: Concern, row: RateReview, due_on: date) -> Sequence[Letters]:
    """Take back what has not left, let the manager's messages follow, and tell the contractor if they are to know."""
    letters: list[Letters] = [Cancel(draw.about(row))]
    letters += redrawn(desk, about, due_on, draw.noticed(about.id, row))
    label = desk.playbook.rate.outcome(row.outcome)
    if row.told_at is not None and label is not None:
        drawn = draw.outcome(row, label)
        letters.append(Post(draw.outcome_key(row), about.id, *drawn, lane=Lane.AGENDA, about=f"{draw.about(row)}:told"))
    return letters


async def _then(desk: Desk, about: Concern, row: RateReview) -> Reply:
    kept = form.kept(about.id, row.next_on or row.due_on)
    if not desk.vault.able or row.outcome == LATER:
        return ReplaceModal(view=await page(desk, about, kept))
    return ReplaceModal(view=amounts_form(desk, about, row, kept))
