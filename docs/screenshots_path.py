"""The pictures of docs/path.md: packet, checklist, introduction and three Homes, light and dark, wide and narrow."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from docs.screenshots import NARROW, Shot, Stage

WIDE = (1280, 900)
SAID = {
    "role": "Product designer",
    "bottleneck": "too many people leave at the checkout",
    "fun_fact": "I restore synthesizers from the seventies",
    "place": "São Paulo",
}


async def take_four(stage: Stage, shot: Shot) -> None:
    """Take a picture in light and dark, wide and narrow."""
    for dark in (False, True):
        for size in (WIDE, NARROW):
            name = f"{shot.name}-{'dark' if dark else 'light'}-{'narrow' if size is NARROW else 'wide'}"
            await stage.take(replace(shot, name=name, dark=dark, size=size))


async def the_introduction(stage: Stage) -> None:
    """Ana introduces herself, Bruno approves, and Noor says hi."""
    await stage.at("2026-11-23T15:30")
    await stage.presses("ana", "introduction.open", "@app")
    await stage.submits("ana", **SAID)
    await stage.presses("bruno", "introduction.approve", "@app")
    await stage.at("2026-11-23T16:00")
    await stage.presses("noor", "introduction.say_hi", "#general")
    await stage.submits("noor", words="Welcome, Ana! I keep the worst checkout stories for you.")
    await take_four(stage, Shot("introduction", "noor", "#general", "joins us as", top="joins us as"))


async def the_packet(stage: Stage) -> None:
    """Ana reads the first pages of her packet and stops at the Toolbox."""
    await stage.presses("ana", "packet.open", "@app")
    for _ in range(2):
        await stage.submits("ana")
    await take_four(stage, Shot("packet", "ana", "@app", "Page 3 of 5", tab="messages"))
    await stage.closes("ana")


async def the_checklist(stage: Stage) -> None:
    """Ana looks at what is to do."""
    await stage.types("ana", "/checklist")
    await take_four(stage, Shot("checklist", "ana", "#acme", "Tick several"))
    await stage.closes("ana")


async def the_homes(stage: Stage) -> None:
    """Home has three faces: the newcomer's, the manager's, and the admin's."""
    for who, name, waits_for in (
        ("ana", "home-newcomer", "Your path"),
        ("bruno", "home-lead", "Your contractors"),
        ("olivia", "home-admin", "Admin"),
    ):
        await stage.box.people.open_home(who)
        await stage.follower.settle()
        await take_four(stage, Shot(name, who, "@app", waits_for, tab="home"))


PATH: tuple[Callable[[Stage], Awaitable[None]], ...] = (the_introduction, the_packet, the_checklist, the_homes)
