"""One course while something is done about it: whose it is, who may, and the messages that show it."""

from collections.abc import Sequence

from blocks import learn as draw
from handlers.contract import Call, Desk, Letters, ReplaceModal, Reply, soon
from handlers.path import let
from handlers.who import asker
from playbook.learn import OPEN, may_become
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import learn as store
from storage import outbox
from storage.growth_tables import Course
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller

NOT_YOURS = phrase("Courses are between a contractor and their manager. `/circle learn` shows your own.")
GONE = phrase("This course is not there any more, or it is not yours. Nothing was changed.")
SETTLED = phrase("That was settled meanwhile: the list of courses shows how. Nothing was changed.")


async def theirs(call: Call, desk: Desk, course_id: str) -> tuple[Course, Traveller]:
    """Give a course to the manager who decides about it."""
    return await _course(call, desk, course_id, Action.LEARN_DECIDE)


async def mine(call: Call, desk: Desk, course_id: str) -> tuple[Course, Traveller]:
    """Give a course to the contractor whose it is."""
    return await _course(call, desk, course_id, Action.LEARN_ASK)


async def _course(call: Call, desk: Desk, course_id: str, action: Action) -> tuple[Course, Traveller]:
    who, row = await asker(call, desk), await store.find(desk.team, course_id)
    if row is None:
        raise Sorry(GONE)
    return row, await let(desk, action, who.person, row.user_id, GONE)


def need(row: Course, state: str) -> None:
    """Refuse what cannot follow the state in which a course is by now."""
    if not may_become(row.state, state):
        raise Sorry(SETTLED)


def move(row: Course, state: str) -> None:
    """Bring a course into its next state, unless it was settled meanwhile."""
    need(row, state)
    row.state = state


def request(row: Course, manager_id: str) -> tuple[Letters, ...]:
    """Bring a request to a manager, as it stands now."""
    if not manager_id:
        return ()
    key, drawn = draw.ask_key(row, manager_id), draw.request(row)
    post = Post(key, manager_id, *drawn, Lane.AGENDA, good_for=7 * outbox.DAY, about=draw.about(row.id))
    return post, Redraw(key, *drawn)


async def here(desk: Desk, row: Course, manager_id: str = "") -> Sequence[Letters]:
    """Let every request that was sent follow; with a manager, those to others say who decides now."""
    keys = [key for key in await outbox.keys_about(desk.team, draw.about(row.id)) if ":ask:" in key]
    mine = draw.ask_key(row, manager_id) if manager_id else ""
    drawn = {key: draw.handed(row, manager_id) for key in keys if mine and key != mine and row.state in OPEN}
    return [Redraw(key, *drawn.get(key, draw.request(row))) for key in keys]


async def changed(desk: Desk, one: Traveller) -> None:
    """Let the Homes of the two follow."""
    await soon(desk, ("home.redraw", one.user_id), ("home.redraw", one.place.manager_id))


async def listed(call: Call, desk: Desk, user_id: str) -> Reply:
    """Show the list anew to who pressed something in it; a message is redrawn by its letter."""
    if not call.view_id or call.memo_record != user_id:
        return Reply()
    rows = await store.courses(desk.team, user_id)
    return ReplaceModal(view=draw.page(user_id, rows, call.memo, own=user_id == call.user_id))
