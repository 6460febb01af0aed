"""The pictures of docs/long-run.md: Quarterly Review, Homes with charts, ladder; light and dark, wide and narrow."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from docs.screenshots import NARROW, Shot, Stage
from docs.screenshots_report import three_weeks

WIDE = (1280, 900)
THEIRS = {
    "good": "The checkout was cut into small steps, so there was something to show every Thursday.",
    "slow": "Access to the test shop takes days\nTwo folders with brand files, and nobody knows which one counts",
    "kpis": "yes",
    "next": "Lead the redesign of the product page, with Lena beside me.",
}
OURS = {
    "good": "Ana asks early. Since she is here, nobody was surprised by a design on release day.",
    "slow": "We answer questions about the budget late",
    "kpis": "yes",
    "next": "A project of her own before March.",
}
ITEM_DAY = date(2026, 12, 1)
STEP = "You know the tools, and people know you. Thank you for three good weeks."


async def take_four(stage: Stage, shot: Shot) -> None:
    """Take a picture in light and dark, wide and narrow."""
    for dark in (False, True):
        shade = "dark" if dark else "light"
        await stage.take(replace(shot, name=f"{shot.name}-{shade}-wide", dark=dark))
        await stage.take(replace(shot, name=f"{shot.name}-{shade}-narrow", dark=dark, size=NARROW))


async def presses(stage: Stage, who: str, action_id: str, value: str = "") -> None:
    """Let somebody press a button in the form in front of them."""
    view = stage.box.sight.see(who, stage.box.clock.now())["modals"][-1]
    block = next(one for one in view["blocks"] if f"'action_id': '{action_id}'" in str(one) and value in str(one))
    await stage.box.people.press(who, action_id, block_id=block["block_id"], view=view["id"])
    await stage.follower.settle()


async def the_homes(stage: Stage) -> None:
    """Ana and Bruno find the last weeks in their Homes."""
    await stage.at("2026-11-20T14:30")
    for who, name, top in (("ana", "weeks-contractor", "Your last weeks"), ("bruno", "weeks-manager", "last weeks")):
        for place in ("@app", "#acme"):
            await stage.box.people.read(who, place)
        await stage.box.people.open_home(who)
        await stage.follower.settle()
        await take_four(stage, Shot(name, who, "@app", top, WIDE, tab="home", top=top))


async def the_form(stage: Stage) -> None:
    """Bruno opens the review; Ana answers, and neither sees what the other writes."""
    await stage.types("bruno", "/contractor review @ana")
    await presses(stage, "bruno", "review.begin")
    await stage.closes("bruno")
    await stage.types("ana", "/circle review")
    await presses(stage, "ana", "review.answer")
    await stage.fills("ana", **THEIRS)
    await take_four(stage, Shot("review-form", "ana", "#acme", "enjoy most", WIDE))
    await stage.submits("ana", **THEIRS)
    await stage.closes("ana")


async def the_page(stage: Stage) -> None:
    """Both have answered: Bruno makes an item of what slows Ana down."""
    await stage.types("bruno", "/contractor review @ana")
    await presses(stage, "bruno", "review.answer")
    await stage.submits("bruno", **OURS)
    await stage.closes("bruno")
    await stage.types("bruno", "/contractor review @ana")
    await presses(stage, "bruno", "review.show")
    await presses(stage, "bruno", "review.item", "test shop")
    await stage.submits("bruno", owner=_id(stage, "olivia"), day=ITEM_DAY.isoformat())
    await take_four(stage, Shot("review", "bruno", "#acme", "Friction becomes", WIDE, top="What went well"))
    await take_four(stage, Shot("review-items", "bruno", "#acme", "Friction becomes", WIDE, top="Friction becomes"))
    await stage.closes("bruno")


def _id(stage: Stage, handle: str) -> str:
    return next(user.id for user in stage.box.workspace.users.values() if user.handle == handle)


async def the_ladder(stage: Stage) -> None:
    """Bruno has moved Ana one step further in, and she looks at what comes next."""
    await stage.types("bruno", "/contractor ladder @ana")
    await presses(stage, "bruno", "ladder.move")
    await stage.submits("bruno", words=STEP)
    await stage.closes("bruno")
    await stage.types("ana", "/circle ladder")
    await take_four(stage, Shot("ladder", "ana", "#acme", "What shows it", WIDE))
    await stage.closes("ana")


GROWTH: tuple[Callable[[Stage], Awaitable[None]], ...] = (three_weeks, the_homes, the_form, the_page, the_ladder)
