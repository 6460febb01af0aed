"""The pictures of README.md, taken from the running demo: `make screenshots` (needs Chromium on this machine)."""

import asyncio
import shutil
import sys
import tempfile
import zoneinfo
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from playwright.async_api import Browser, Page, async_playwright

from bot.app import InnerCircle
from bot.demo import Demo, put_on_the_path, settings_for
from sandbox import manifest
from sandbox.clock import MovableClock
from sandbox.server import Sandbox
from storage import migrate

ROOT = Path(__file__).parent.parent
IMAGES = Path(__file__).parent / "images"
THURSDAY_AFTERNOON = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
EARLY_NOVEMBER = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
MONDAY_AFTERNOON = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
WIDE = (1100, 760)
TALL = (1100, 1070)
NARROW = (390, 844)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NO_BROWSER = "Chromium is needed to take pictures, and none of these is installed: {}."


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, where, how wide the window is (pixels), and what must be on the page first.

    `top` is a text that is scrolled to; without one a conversation shows its end.
    """

    name: str
    who: str
    place: str
    waits_for: str
    size: tuple[int, int] = WIDE
    dark: bool = False
    tab: str = ""
    top: str = ""


class Stage:
    """The demo on a clock that stands still, and a browser to look at it with."""

    def __init__(self, box: Sandbox, follower: Demo, browser: Browser) -> None:
        self.box = box
        self.follower = follower
        self._browser = browser

    async def at(self, moment: str) -> None:
        """Move the clock to a moment in UTC; all that is due on the way happens."""
        await self.box.clock.move_to(datetime.fromisoformat(moment).replace(tzinfo=UTC))

    async def types(self, who: str, text: str, channel: str = "#acme") -> None:
        """Let somebody type, and wait until the bot has answered."""
        await self.box.people.type(who, channel, text)
        await self.follower.settle()

    async def presses(self, who: str, action_id: str, channel: str) -> None:
        """Let somebody press a button in the last message of a conversation that has it."""
        seen = self.box.sight.messages(who, channel)["messages"]
        ts = next(one["ts"] for one in reversed(seen) if f"'action_id': '{action_id}'" in str(one))
        await self.box.people.press(who, action_id, channel=channel, ts=ts)
        await self.follower.settle()

    async def fills(self, who: str, **values: str) -> None:
        """Let somebody fill in the form in front of them without sending it."""
        view = self.box.sight.see(who, self.box.clock.now())["modals"][-1]["id"]
        for action_id, value in values.items():
            await self.box.people.choose(who, action_id, value, view=view)
            await self.follower.settle()

    async def submits(self, who: str, **values: str) -> None:
        """Let somebody send the form in front of them."""
        view = self.box.sight.see(who, self.box.clock.now())["modals"][-1]["id"]
        answer = await self.box.people.submit(who, view, values)
        if answer.get("errors") or answer.get("failed"):
            raise RuntimeError(f"{who} could not send the form: {answer}")
        await self.follower.settle()

    async def closes(self, who: str) -> None:
        """Let somebody close every form in front of them."""
        await self.box.people.close(who, everything=True)
        await self.follower.settle()

    async def take(self, shot: Shot) -> None:
        """Take a picture."""
        page = await self._browser.new_page(
            viewport={"width": shot.size[0], "height": shot.size[1]},
            color_scheme="dark" if shot.dark else "light",
            reduced_motion="reduce",
        )
        tab = f"&tab={shot.tab}" if shot.tab else ""
        await page.goto(f"{self.box.url}/#as={shot.who}&in={quote(shot.place)}{tab}")
        await page.get_by_text(shot.waits_for).last.wait_for()
        await self.follower.settle()
        await _scroll(page, shot.top)
        await page.screenshot(path=IMAGES / f"{shot.name}.png", animations="disabled")
        await page.close()


async def _scroll(page: Page, top: str) -> None:
    """Bring a text to the upper edge of what can be seen."""
    if top:
        await page.get_by_text(top).last.evaluate("node => node.scrollIntoView({block: 'start'})")


async def the_week_so_far(stage: Stage) -> None:
    """Two days of ordinary work before the story begins."""
    for day in ("23", "24"):
        await stage.at(f"2026-11-{day}T09:00")
        await stage.types("jun", f"log {'4h' if day == '23' else '3h30'} regression tests #acme @review", "@app")
        await stage.at(f"2026-11-{day}T20:00")
        await stage.types("ana", "/log 3h wireframes for the checkout #acme @build", "@app")
        await stage.types("ana", "/log 2h how others sell upgrades #acme @research", "@app")
    await stage.at("2026-11-25T09:00")
    await stage.types("jun", "log 4h checkout on old phones #acme @review", "@app")
    await stage.types("jun", "blocked: waiting for a review of the test plan", "@app")


async def one_line(stage: Stage) -> None:
    """Ana logs her morning in one line."""
    await stage.at("2026-11-25T14:30")
    await stage.types("lena", "The checkout branch is on staging. Have a look when you can.")
    await stage.types("ana", "Lovely, I start with the landing page.")
    await stage.types("ana", "/log 2h30 landing page #acme @build")
    await stage.take(Shot("log", "ana", "#acme", "landing page · #acme"))


async def a_form(stage: Stage) -> None:
    """Ana is stuck, and opens the form."""
    await stage.types("ana", "/blocker")
    await stage.fills("ana", what="I cannot edit the checkout file in Figma", kind="access")
    await stage.take(Shot("blocker-form", "ana", "#acme", "Goes to"))
    await stage.box.people.close("ana")


async def a_card(stage: Stage) -> None:
    """One line would have done; its card reaches the helper, who takes it on."""
    await stage.types("ana", "/blocker I cannot edit the checkout file in Figma, no edit access")
    await stage.take(Shot("blocker-card", "olivia", "@app", "On it", dark=True, tab="messages"))
    await stage.presses("olivia", "blocker.take", "@app")
    await stage.take(Shot("blocker-channel", "bruno", "#acme", "edit access"))


async def the_week(stage: Stage) -> None:
    """Ana looks at her week in the evening."""
    await stage.at("2026-11-25T20:00")
    await stage.types("ana", "/log 3h checkout states #acme @build", "@app")
    await stage.types("ana", "/log week", "@app")
    await stage.take(Shot("week", "ana", "@app", "Only visible to you", TALL, tab="messages"))


async def the_digest(stage: Stage) -> None:
    """Bruno's morning begins with what needs him."""
    await stage.at("2026-11-26T07:45")
    await stage.take(Shot("digest", "bruno", "@app", "See the week", TALL, tab="messages", top="blockers past"))
    await stage.take(
        Shot("digest-narrow", "bruno", "@app", "See the week", NARROW, tab="messages", top="blockers past")
    )


async def homes(stage: Stage) -> None:
    """Home is another page for a contractor than for a manager."""
    await stage.at("2026-11-26T14:30")
    for who in ("ana", "bruno"):
        await stage.box.people.open_home(who)
        await stage.follower.settle()
    await stage.take(Shot("home-contractor", "ana", "@app", "Log today", tab="home"))
    await stage.take(Shot("home-manager", "bruno", "@app", "contractors", tab="home"))


STORY: tuple[Callable[[Stage], Awaitable[None]], ...] = (
    the_week_so_far,
    one_line,
    a_form,
    a_card,
    the_week,
    the_digest,
    homes,
)


@asynccontextmanager
async def stage(executable: str, begins: datetime = THURSDAY_AFTERNOON) -> AsyncIterator[Stage]:
    """Open the demo and the browser, and close both."""
    box = Sandbox(manifest.read(ROOT / "manifest.yml"), MovableClock(begins, frozen=True))
    with tempfile.TemporaryDirectory(prefix="inner-circle-") as folder:
        url = f"sqlite+aiosqlite:///{folder}/inner-circle.db"
        await migrate.upgrade(url)
        await box.start()
        bot = InnerCircle(settings_for(box, url), box.clock)
        try:
            await bot.start()
            follower = Demo(box, bot)
            await put_on_the_path(follower)
            box.clock.follow(follower)
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
                yield Stage(box, follower, browser)
                await browser.close()
        finally:
            await bot.stop()
            await box.stop()


async def play(executable: str) -> None:
    """Tell every story, each in a workspace of its own, and take their pictures on the way."""
    from docs.screenshots_growth import GROWTH  # noqa: PLC0415 - it takes its stage and its shots from here
    from docs.screenshots_path import PATH  # noqa: PLC0415 - the same
    from docs.screenshots_report import REPORT  # noqa: PLC0415 - the same
    from docs.screenshots_rhythm import RHYTHM  # noqa: PLC0415 - the same

    IMAGES.mkdir(exist_ok=True)
    stories = (
        (THURSDAY_AFTERNOON, STORY),
        (MONDAY_AFTERNOON, PATH),
        (MONDAY_AFTERNOON, RHYTHM),
        (EARLY_NOVEMBER, REPORT),
        (EARLY_NOVEMBER, GROWTH),
    )
    for begins, story in stories:
        async with stage(executable, begins) as opened:
            for scene in story:
                await scene(opened)


def main() -> int:
    """Take all the pictures anew."""
    zoneinfo.reset_tzpath(to=[])
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        print(NO_BROWSER.format(", ".join(BROWSERS)), file=sys.stderr)  # noqa: T201 - this is a program for a terminal
        return 1
    asyncio.run(play(executable))
    return 0


if __name__ == "__main__":
    sys.exit(main())
