"""What both are told of a review as it goes: that it is open, how it stands, the page, and the summary."""

from collections.abc import Sequence

from blocks import review_letter as draw
from handlers.contract import Desk, Letters, soon
from handlers.path import tick
from handlers.review_look import Seat, ours_in, version_of
from handlers.review_when import plan_again
from storage import review as store
from storage.growth_tables import Review
from storage.outbox import Cancel, Lane, Post, Redraw
from storage.path import Traveller

TICKED = "review"


async def homes(desk: Desk, one: Traveller) -> None:
    """Let the Home of both follow."""
    await soon(desk, *(("home.redraw", each) for each in both(one)))


def both(one: Traveller) -> Sequence[str]:
    """Name the two who take part, without a manager who has left."""
    return [one.user_id, *([one.id_of("manager")] if one.who("manager") else [])]


def asked(desk: Desk, row: Review, one: Traveller) -> Sequence[Letters]:
    """Open a review for both."""
    good_for = desk.playbook.review.every * draw.A_DAY / 2
    return [
        Post(draw.ask_key(row, who), who, *_ask(row, one, who), Lane.AGENDA, good_for, about=draw.about(row, who))
        for who in both(one)
    ]


def _ask(row: Review, one: Traveller, who: str) -> draw.Drawn:
    mine = who == one.user_id
    there = row.theirs_at is not None if mine else ours_in(row, who)
    return draw.ask(row, mine=mine, there=there)


def cards(row: Review, one: Traveller) -> Sequence[Letters]:
    """Bring up to date what both were asked; who has answered is not reminded any more."""
    found: list[Letters] = []
    for who in both(one):
        there = row.theirs_at is not None if who == one.user_id else ours_in(row, who)
        found.append(Redraw(draw.ask_key(row, who), *_ask(row, one, who), settled=there))
        if there or row.closed_at:
            found.append(Redraw(draw.remind_key(row, who), *draw.answered(there=there), settled=True))
    return found


def shared(desk: Desk, row: Review, one: Traveller) -> Sequence[Letters]:
    """Give both the page at the same moment."""
    return [*cards(row, one), *pages(desk, row, one)]


def pages(desk: Desk, row: Review, one: Traveller) -> Sequence[Letters]:
    """Give the page to those of the two who do not have it yet."""
    said = draw.page(row, desk.playbook.review)
    return [Post(draw.page_key(row, who), who, *said, Lane.AGENDA, draw.A_WEEK) for who in both(one)]


async def close(desk: Desk, row: Review, one: Traveller, by: str) -> Sequence[Letters]:
    """Close a review on which both agree, tick it, plan the next one, and sum it up for both."""
    row.closed_at, row.closed_by, row.manager_id = desk.now, by, one.place.manager_id
    await plan_again(desk, row.user_id)
    await tick(desk, row.user_id, TICKED, by)
    await homes(desk, one)
    said = await summary(desk, row)
    sums = [Post(draw.closed_key(row, who), who, *said, Lane.AGENDA, draw.A_WEEK) for who in both(one)]
    return [*cards(row, one), Redraw(draw.keep_key(row), *draw.keep(row, one.place.manager_id), settled=True), *sums]


async def summary(desk: Desk, row: Review) -> draw.Drawn:
    """Sum up what came of a review, as it stands now."""
    items, version = await store.items_of(desk.team, row.id), await version_of(desk, row)
    coming = (await store.due(desk.team, [row.user_id])).get(row.user_id)
    return draw.closed(row, items, version, coming)


async def summed_up(desk: Desk, row: Review) -> Sequence[Letters]:
    """Bring up to date the summary that both have of a closed review."""
    if row.closed_at is None or row.shared_at is None:
        return ()
    said = await summary(desk, row)
    return [Redraw(draw.closed_key(row, who), *said) for who in (row.user_id, row.manager_id)]


async def drop(desk: Desk, row: Review, found: Seat) -> Sequence[Letters]:
    """Close a review without answers: nobody is shown what the other wrote."""
    row.closed_at, row.closed_by = desk.now, found.me
    await plan_again(desk, row.user_id)
    await homes(desk, found.traveller)
    gone = [Cancel(draw.about(row, who)) for who in both(found.traveller)]
    return [*gone, *cards(row, found.traveller)]
