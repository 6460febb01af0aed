"""The self-test: writing down that an admin wants one; the bot then asks Slack and brings the outcome."""

from blocks import workspace as draw
from blocks import workspace_test as drawn
from handlers.contract import Call, Desk, Kind, Reply, Route, Say
from handlers.workspace_form import admin
from playbook.tongue import phrase
from storage import wish
from storage.outbox import Lane, Post, Redraw
from storage.wish import Wish

WISH = "selftest"
COMING = phrase("I am looking at everything now. The outcome comes as a message from me, in a few seconds.")


def key(user_id: str, run: str) -> str:
    """Name the letter of one run."""
    return f"workspace:selftest:{user_id}:{run}"


async def self_test(call: Call, desk: Desk) -> Reply:
    """Begin a self-test; its letter says how far it is, and then what came of it."""
    await admin(call, desk)
    run = f"{desk.now.timestamp():.0f}"
    return (await _begin(call, desk, run)).also(*_letters(call.user_id, run))


async def again(call: Call, desk: Desk) -> Reply:
    """Run it again, in the place of the outcome."""
    await admin(call, desk)
    run = call.value if call.value.isdecimal() else f"{desk.now.timestamp():.0f}"
    await wish.put(desk.team, Wish(WISH, call.user_id, run))
    return Reply(posts=_letters(call.user_id, run))


async def _begin(call: Call, desk: Desk, run: str) -> Reply:
    await wish.put(desk.team, Wish(WISH, call.user_id, run))
    return Say(text=COMING)


def _letters(user_id: str, run: str) -> tuple[Post | Redraw, ...]:
    text, blocks = drawn.looking((), "permissions")
    return Post(key(user_id, run), user_id, text, blocks, Lane.CARD), Redraw(key(user_id, run), text, blocks)


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.SELF_TEST, self_test),
    Route(Kind.ACTION, draw.AGAIN, again),
)
