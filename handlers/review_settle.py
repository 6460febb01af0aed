"""Settling a review: KPIs that stay as they are and are agreed to; opening one early, moving, skipping, dropping."""

from datetime import date, timedelta

from blocks import review as draw
from blocks import review_letter as letter
from handlers.contract import Call, Desk, FixFields, ReplaceModal, Reply, Say, memo
from handlers.review_clock import begin
from handlers.review_look import Seat, at_review, overview, page, seat
from handlers.review_told import close, drop, homes
from handlers.review_when import plan_again, planned
from playbook.days import local_day
from playbook.review import Next, moves
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import kpi
from storage import review as store
from storage.growth_tables import Review
from storage.outbox import Lane, Post, Redraw

NOT_SHARED = phrase("KPIs are settled on the page, once both of you have answered.")
CLOSED = phrase("This review is closed already. Nothing else is needed.")
WAITS = phrase(
    "Version {version} of the KPIs waits for <@{who}>. With their answer to that, the KPIs are settled as well."
)
NOTHING = phrase("There is nothing to agree to at the moment. The page shows how it stands.")
OPEN_ALREADY = phrase("A review is open already. Please answer it, or close it without answers first.")
PAUSED = phrase("Their path is paused. The next review opens when it goes on.")
NO_DAY = phrase("Please choose a day.")


# KPIs ---------------------------------------------------------------------------------------------


async def keep(call: Call, desk: Desk) -> Reply:
    """Let the manager say that the KPIs stay as they are; it counts when the contractor agrees."""
    found, row = await _shared(call, desk, Action.REVIEW_LEAD)
    waiting = (await kpi.waiting(desk.team, [row.user_id])).get(row.user_id)
    if waiting is not None:
        raise Sorry(WAITS.format(version=waiting.version, who=row.user_id))
    if row.kept_at is not None:
        return ReplaceModal(view=await page(desk, row, found.me))
    row.kept_at = desk.now
    await desk.team.session.flush()
    await homes(desk, found.traveller)
    said = letter.keep(row, found.me)
    post = Post(letter.keep_key(row), row.user_id, *said, Lane.AGENDA, letter.A_WEEK)
    notice = phrase("<@{row}> was asked whether they agree.", row=row.user_id)
    return ReplaceModal(view=await page(desk, row, found.me, notice)).also(post)


async def _shared(call: Call, desk: Desk, action: Action) -> tuple[Seat, Review]:
    found, row = await at_review(call, desk, call.value, action)
    if row.shared_at is None:
        raise Sorry(NOT_SHARED)
    if row.closed_at is not None:
        raise Sorry(CLOSED)
    return found, row


async def _asked(call: Call, desk: Desk) -> tuple[Seat, Review]:
    """Give a review whose KPIs wait for the contractor, to them and to nobody else."""
    found, row = await _shared(call, desk, Action.REVIEW_AGREE)
    if not found.mine or row.kept_at is None:
        raise Sorry(NOTHING)
    return found, row


async def agree(call: Call, desk: Desk) -> Reply:
    """Let the contractor agree that the KPIs stay: with it the review closes."""
    found, row = await _asked(call, desk)
    row.agreed_at = desk.now
    letters = await close(desk, row, found.traveller, found.me)
    if call.view_id and not call.from_home:
        return ReplaceModal(view=await page(desk, row, found.me)).also(*letters)
    return Reply().also(*letters)


async def talk(call: Call, desk: Desk) -> Reply:
    """Let the contractor ask to talk about the KPIs before the review closes."""
    found, row = await _asked(call, desk)
    key, stamp = letter.keep_key(row), f"{desk.now:%Y%m%d%H%M%S}"
    row.kept_at = None
    await desk.team.session.flush()
    await homes(desk, found.traveller)
    told = Post(f"review.talk:{row.id}:{stamp}", found.manager_id, *letter.talk(row), Lane.AGENDA, letter.A_WEEK)
    posts = (Redraw(key, *letter.keep(row, found.manager_id), settled=True), told)
    if call.view_id and not call.from_home:
        return ReplaceModal(
            view=await page(desk, row, found.me, phrase("<@{manager_id}> knows.", manager_id=found.manager_id))
        ).also(*posts)
    return Reply().also(*posts)


# Planning -----------------------------------------------------------------------------------------


async def begun(call: Call, desk: Desk) -> Reply:
    """Open the next review now."""
    found, plan = await _coming(call, desk, call.value)
    letters = await begin(desk, found.traveller, plan.stands_for)
    if not letters:
        raise Sorry(OPEN_ALREADY)
    return ReplaceModal(view=await overview(desk, found, phrase("It is open, and both of you have a message."))).also(
        *letters
    )


async def _coming(call: Call, desk: Desk, user_id: str) -> tuple[Seat, Next]:
    """Give the next review to the manager, to plan it."""
    found = await seat(call, desk, user_id, Action.REVIEW_LEAD)
    plan = (await planned(desk, [found.traveller.user_id])).get(found.traveller.user_id)
    if plan is None:
        raise Sorry(PAUSED)
    if await store.open_reviews(desk.team, [found.traveller.user_id]):
        raise Sorry(OPEN_ALREADY)
    return found, plan


async def plan_form(call: Call, desk: Desk) -> Reply:
    """Ask whether the next review is moved or skipped."""
    found, plan = await _coming(call, desk, call.value)
    user_id = found.traveller.user_id
    return ReplaceModal(view=draw.plan_form(user_id, plan, memo("", user_id)))


async def replanned(call: Call, desk: Desk) -> Reply:
    """Move the next review, or skip it; the contractor is told."""
    found, plan = await _coming(call, desk, call.memo_record)
    if call.one("what") == draw.SKIP:
        return await _skip(desk, found, plan)
    try:
        day = date.fromisoformat(call.one("day"))
    except ValueError:
        return FixFields({"day": NO_DAY})
    today = local_day(desk.now, found.traveller.person.zone)
    if wrong := moves(day, today, plan, desk.playbook.review):
        return FixFields({"day": wrong})
    user_id = found.traveller.user_id
    await store.move(desk.team, user_id, plan.day, day)
    await plan_again(desk, user_id)
    await homes(desk, found.traveller)
    opens = (await store.due(desk.team, [user_id])).get(user_id, day)
    key = f"review.moved:{user_id}:{plan.day}:{desk.now:%Y%m%d%H%M%S}"
    told = Post(key, user_id, *draw.moved(found.me, opens), Lane.AGENDA, timedelta(days=7))
    return ReplaceModal(view=await overview(desk, found, phrase("Moved, and they were told."))).also(told)


async def _skip(desk: Desk, found: Seat, plan: Next) -> Reply:
    user_id = found.traveller.user_id
    row = await store.begin(desk.team, user_id, found.me, plan.stands_for, desk.now, closed_by=found.me)
    if row is None:
        raise Sorry(OPEN_ALREADY)
    await plan_again(desk, user_id)
    coming = (await store.due(desk.team, [user_id])).get(user_id)
    said = draw.skipped(found.me, plan.opens, coming)
    told = Post(f"review.skipped:{row.id}", user_id, *said, Lane.AGENDA, timedelta(days=7))
    return ReplaceModal(view=await overview(desk, found, phrase("Skipped, and they were told."))).also(told)


async def dropped(call: Call, desk: Desk) -> Reply:
    """Close an open review without answers."""
    found, row = await at_review(call, desk, call.value, Action.REVIEW_LEAD)
    if row.shared_at is not None or row.closed_at is not None:
        return Say(text=CLOSED)
    letters = await drop(desk, row, found)
    coming = (await store.due(desk.team, [row.user_id])).get(row.user_id)
    said = draw.dropped(found.me, coming)
    told = Post(f"review.dropped:{row.id}", row.user_id, *said, Lane.AGENDA, timedelta(days=7))
    return ReplaceModal(view=await overview(desk, found, phrase("Closed, and they were told."))).also(*letters, told)
