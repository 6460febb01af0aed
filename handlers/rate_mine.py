"""The contractor's own page: nothing of a review before the invitation, then what they may know and prepare."""

from blocks import rate as draw
from blocks import rate_form as form
from blocks import rate_page
from blocks.kit import View
from handlers.contract import Call, Desk, FixFields, PushModal, ReplaceModal, Reply, memo, soon
from handlers.rate_look import Concern, facts_of, own, prepared_of, sealed_of, shut, words_of
from playbook.days import local_day
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import rate as store
from storage.growth_tables import RateReview
from storage.outbox import Lane, Post

NOT_OPEN = phrase(
    "There is nothing to prepare just now. Your manager invites you when it is time to talk about your rate."
)
NO_AMOUNT = phrase("There is no amount to show here. `/circle rate` opens your page.")
A_WORD = phrase("Write a line in one of the three first; a word is enough.")
KEPT = phrase("Kept. Your manager reads it before you talk; you can change it until then.")


async def mine(desk: Desk, about: Concern, notice: str = "") -> View:
    """Draw a contractor's own page."""
    row = await store.shown(desk.team, about.id)
    today = local_day(desk.now, about.traveller.person.zone)
    facts = await facts_of(desk, about.traveller, today) if row and row.invited_at else None
    found = rate_page.Mine(
        manager_id=about.traveller.place.manager_id,
        months=about.plan.months if about.plan.tells else 0,
        row=row,
        lines=draw.lines(facts, private=False) if facts else (),
        words=words_of(desk, row),
        prepared=prepared_of(desk, row),
    )
    return rate_page.mine(found, desk.playbook.rate, notice)


async def _invited(call: Call, desk: Desk, review_id: str) -> tuple[Concern, RateReview]:
    """Give the review to which a contractor was invited and that has not ended."""
    about, row = await own(call, desk), await store.find(desk.team, review_id)
    if row is None or row.user_id != about.id or row.invited_at is None or row.decided_at is not None:
        raise Sorry(NOT_OPEN)
    return about, row


async def prepare(call: Call, desk: Desk) -> Reply:
    """Open what the contractor would like to say."""
    _, row = await _invited(call, desk, call.value)
    words = prepared_of(desk, row)
    view = form.prepare(words, memo("", row.id), desk.playbook.rate, able=desk.vault.able)
    return ReplaceModal(view=view)


async def prepared(call: Call, desk: Desk) -> Reply:
    """Keep what the contractor would like to say; their manager hears of it once."""
    about, row = await _invited(call, desk, call.memo_record)
    typed = {name: clean(call.one(name))[: desk.playbook.rate.longest_words] for name, _ in form.ASKED}
    if not any(typed.values()):
        return FixFields({form.ASKED[0][0]: A_WORD})
    row.prepared, row.prepared_at = shut(desk, typed), desk.now
    await desk.team.session.flush()
    manager_id = about.traveller.place.manager_id
    await soon(desk, ("home.redraw", about.id), ("home.redraw", manager_id))
    drawn, key = draw.prepared(about.id, row), f"rate:{row.id}:prepared:{manager_id}"
    told = Post(key, manager_id, *drawn, lane=Lane.AGENDA, about=draw.about(row))
    return ReplaceModal(view=await mine(desk, about, KEPT)).also(told)


async def own_amount(call: Call, desk: Desk) -> Reply:
    """Show a contractor the amount that their manager let them see."""
    about, row = await own(call, desk), await store.find(desk.team, call.value)
    if row is None or row.user_id != about.id or row.told_at is None or not row.amount_told:
        raise Sorry(NO_AMOUNT)
    return PushModal(view=rate_page.own_amount(row, sealed_of(desk, row), desk.playbook.rate))
