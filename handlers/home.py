"""The Home tab: drawn when it is opened, and again when what it shows has changed."""

from collections.abc import Collection, Sequence

from blocks import home as draw
from blocks.contractor import SHOW
from blocks.home_mine import PRIVACY
from blocks.home_privacy import privacy
from blocks.home_theirs import PAGE, PAGE_BACK
from handlers import who
from handlers.contract import Call, Desk, Due, Duty, Kind, Letters, OpenModal, Options, Reply, Route
from handlers.home_facts import faces
from storage import digest as facts
from storage.outbox import Home

REDRAW = "home.redraw"


async def opened(call: Call, desk: Desk) -> Reply:
    """Draw the Home of somebody who opened it."""
    if call.event.get("tab", "home") != "home":
        return Reply()
    return Reply(posts=await _homes(desk, [call.user_id]))


async def turned(call: Call, desk: Desk) -> Reply:
    """Turn to another page of one's contractors."""
    await who.asker(call, desk)
    page = int(call.value) if call.value.isdecimal() else 0
    return Reply(posts=await _homes(desk, [call.user_id], page))


async def redraw(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring the Homes up to date of those who have opened theirs once."""
    keys = {f"home:{one.subject}": one.subject for one in due}
    return await _homes(desk, [keys[one] for one in await facts.letters_with(desk.team, keys)])


async def _homes(desk: Desk, user_ids: Collection[str], page: int = 0) -> tuple[Letters, ...]:
    drawn = await faces(desk, user_ids, page) if user_ids else []
    return tuple(Home(face.user_id, draw.draw(face)) for face in drawn)


async def who_sees(call: Call, desk: Desk) -> Reply:
    """Tell a contractor who can see what about them."""
    _, place = await who.contractor(call, desk)
    return OpenModal(view=privacy(place.manager_id))


async def found(call: Call, desk: Desk) -> Reply:
    """Offer one's own contractors, by a part of their name; an admin is offered everybody's."""
    asker = await who.asker(call, desk)
    whose = facts.everybody() if asker.is_admin else facts.of_managers([call.user_id])
    sought = call.value.strip().casefold()
    members = await facts.members(desk.team, whose)
    return Options(
        options=[(person.name, place.user_id) for place, person in members if sought in person.name.casefold()]
    )


ROUTES: tuple[Route, ...] = (
    Route(Kind.EVENT, "app_home_opened", opened),
    Route(Kind.ACTION, PAGE, turned),
    Route(Kind.ACTION, PAGE_BACK, turned),
    Route(Kind.ACTION, PRIVACY, who_sees, opens=True),
    Route(Kind.OPTIONS, SHOW, found),
)
DUTIES: tuple[Duty, ...] = (Duty(REDRAW, redraw, at_once=20),)
