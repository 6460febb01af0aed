"""Pictures of the report to look at: three weeks of work, then the report of one contractor in light and dark."""

from collections.abc import Awaitable, Callable

from docs.screenshots import NARROW, Shot, Stage

HIGH = (1100, 1500)
WEEKS = ((4, "4h", "2h"), (11, "5h", "1h30"), (18, "5h30", "1h"))


async def three_weeks(stage: Stage) -> None:
    """Ana works three weeks, and is stuck once in each of them."""
    for day, build, research in WEEKS:
        await stage.at(f"2026-11-{day:02}T14:30")
        await stage.types("ana", "/blocker no access to the test shop", "@app")
        await stage.at(f"2026-11-{day:02}T15:10")
        await stage.presses("olivia", "blocker.take", "@app")
        await stage.at(f"2026-11-{day:02}T17:{day + 20}")
        await stage.presses("olivia", "blocker.resolve", "@app")
        await stage.at(f"2026-11-{day:02}T20:00")
        for when in ("", "yesterday "):
            await stage.types("ana", f"/log {when}{build} checkout states #acme @build", "@app")
            await stage.types("ana", f"/log {when}{research} how others sell upgrades #acme @research", "@app")
            await stage.types("ana", f"/log {when}45m planning #acme @meetings", "@app")


async def the_report(stage: Stage) -> None:
    """Bruno looks at the report of Ana, on a wide light screen and on a narrow dark one."""
    await stage.types("bruno", "/contractor report @ana")
    await stage.take(Shot("report-light", "bruno", "#acme", "Nobody's own mood", HIGH, top="Report: Ana"))
    await stage.take(Shot("report-dark", "bruno", "#acme", "Nobody's own mood", NARROW, dark=True, top="Report: Ana"))


async def homes(stage: Stage) -> None:
    """Ana and Bruno find the last weeks in their Homes."""
    for who in ("ana", "bruno"):
        await stage.box.people.open_home(who)
        await stage.follower.settle()
    await stage.take(Shot("report-home", "ana", "@app", "Your last weeks", HIGH, tab="home", top="Your last weeks"))
    theirs = "Your team's last weeks"
    await stage.take(Shot("report-home-team", "bruno", "@app", theirs, HIGH, dark=True, tab="home", top=theirs))


REPORT: tuple[Callable[[Stage], Awaitable[None]], ...] = (three_weeks, the_report, homes)
