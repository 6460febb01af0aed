"""Pictures of the rhythm to look at: days off, Golden Hours, audit, agenda, health page."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from docs.screenshots import Shot, Stage
from docs.screenshots_path import take_four

THURSDAY = int(datetime(2026, 11, 30, 15, 0, tzinfo=UTC).timestamp())


async def days_off(stage: Stage) -> None:
    """Ana says in plain words when she is away."""
    await stage.at("2026-11-23T14:30")
    await stage.types("ana", "/ooo 10-11 dec lisbon trip")
    await take_four(stage, Shot("away", "ana", "#acme", "Undo"))


async def golden_hours(stage: Stage) -> None:
    """Bruno looks for hours that suit both, and proposes the first; Ana gets a card."""
    await stage.types("bruno", "/contractor golden @ana")
    await take_four(stage, Shot("golden", "bruno", "#acme", "Which window"))
    await stage.submits("bruno")


async def a_weekly_meeting(stage: Stage) -> None:
    """Bruno plans the weekly 1:1 for Monday."""
    await stage.types("bruno", "/contractor 1on1 @ana")
    await stage.submits("bruno", at=str(THURSDAY))


async def a_week_of_work(stage: Stage) -> None:
    """Ana works a week, is stuck once, and has a long day."""
    for day, length in ((23, "6h"), (24, "7h"), (25, "12h15"), (26, "5h")):
        await stage.at(f"2026-11-{day}T20:00")
        await stage.types("ana", f"/log {length} checkout states #acme @build", "@app")
        await stage.types("ana", "/log 1h30 how others sell upgrades #acme @research", "@app")
    await stage.types("ana", "/blocker waiting for the test data of the shop", "@app")


async def the_audit(stage: Stage) -> None:
    """On Friday afternoon the week is asked about."""
    await stage.at("2026-11-27T19:05")
    await take_four(stage, Shot("audit", "ana", "@app", "felt", tab="messages", top="how"))
    await stage.presses("ana", "audit.mostly", "@app")


async def the_agenda(stage: Stage) -> None:
    """Bruno looks at the agenda on the morning of the 1:1."""
    await stage.at("2026-11-30T12:00")
    await stage.types("bruno", "/1on1 @ana")
    await take_four(stage, Shot("agenda", "bruno", "#acme", "Open Floor", top="Pulse"))


async def the_health_page(stage: Stage) -> None:
    """Ana reads what the rules say of her weeks; Bruno would see the same page."""
    await stage.types("ana", "/circle health")
    await take_four(stage, Shot("health", "ana", "#acme", "Research"))
    await stage.closes("ana")


RHYTHM: tuple[Callable[[Stage], Awaitable[None]], ...] = (
    days_off,
    golden_hours,
    a_weekly_meeting,
    a_week_of_work,
    the_audit,
    the_agenda,
    the_health_page,
)
