"""The amounts of rate reviews: encrypted, opened on purpose, and shown to the manager of today alone."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from blocks import rate as draw
from blocks import rate_form as form
from blocks import rate_page
from blocks.kit import View
from handlers.contract import Call, Desk, FixFields, Letters, PushModal, ReplaceModal, Reply, memo
from handlers.rate_look import NOT_YOURS, Concern, lead, page, sealed_of
from playbook.rate_amount import Sealed, seal
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import rate as store
from storage.growth_tables import RateReview
from storage.outbox import Lane, Post, Redraw

AN_HOUR = timedelta(hours=1)
KEPT = phrase("Kept, and encrypted. *Show amounts* opens them.")


def amounts_form(desk: Desk, about: Concern, row: RateReview, kept: str) -> View:
    """Draw the form of a review's amounts; the words of a manager before are neither shown nor changed."""
    asked = form.Asked(mine=row.decided_by == about.asker.user_id, told=row.told_at is not None, shared=row.amount_told)
    return form.amounts(about.id, kept, sealed_of(desk, row), memo("", about.id, row.id), desk.playbook.rate, asked)


async def amounts(call: Call, desk: Desk) -> Reply:
    """Show the amounts of a contractor's reviews, on purpose and to their manager of today alone."""
    about = await lead(call, desk, call.value)
    rows = [(row, sealed_of(desk, row)) for row in await store.ended(desk.team, about.id) if row.sealed]
    return PushModal(view=rate_page.amounts(about.id, rows, about.asker.user_id, desk.playbook.rate))


async def change(call: Call, desk: Desk) -> Reply:
    """Open the amounts of one review."""
    about, row = await _ended(call, desk, call.value)
    return ReplaceModal(view=amounts_form(desk, about, row, f"*{rate_page.line(row, desk.playbook.rate)}*"))


async def _ended(call: Call, desk: Desk, review_id: str) -> tuple[Concern, RateReview]:
    row = await store.find(desk.team, review_id)
    if row is None or row.decided_at is None:
        raise Sorry(NOT_YOURS)
    return await lead(call, desk, row.user_id), row


async def sealed(call: Call, desk: Desk) -> Reply:
    """Encrypt amounts and the manager's own words; nothing of them is kept anywhere else."""
    about, row = await _ended(call, desk, call.memo_origin)
    names = ("before", "after", "currency", "unit", "words")
    typed, wrong = seal(row.outcome, Sealed(*(clean(call.one(name)) for name in names)), desk.playbook.rate)
    if wrong:
        return FixFields(wrong)
    if row.decided_by != about.asker.user_id:
        typed = replace(typed, words=sealed_of(desk, row).words)
    row.sealed = desk.vault.seal(json.dumps(typed.stored())) if typed.stored() else ""
    fresh = row.told_at is not None and "yes" in call.many("amount") and bool(typed.after)
    news, row.amount_told = fresh and not row.amount_told, fresh
    await desk.team.session.flush()
    return ReplaceModal(view=await page(desk, about, KEPT if row.sealed else "")).also(
        *_shared(desk, about, row, news=news)
    )


def _shared(desk: Desk, about: Concern, row: RateReview, *, news: bool) -> Sequence[Letters]:
    """Let the contractor's message lead to the amount, or no more; when it came long ago, with a message of its own."""
    label = desk.playbook.rate.outcome(row.outcome)
    if row.told_at is None or label is None:
        return ()
    again = Redraw(draw.outcome_key(row), *draw.outcome(row, label))
    if not news or desk.now - row.told_at < AN_HOUR:
        return (again,)
    key = f"{draw.outcome_key(row)}:amount"
    return again, Post(key, about.id, *draw.amount_shared(row), lane=Lane.AGENDA, about=draw.about(row))
