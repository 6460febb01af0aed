"""The command line: run, demo, sandbox, migrate, check, key, backup."""

import argparse
import asyncio
import contextlib
import gc
import os
import signal
import sys
import tempfile
import webbrowser
import zoneinfo
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot import check, journal, lock
from bot.app import InnerCircle, TokenRefused
from bot.clock import SystemClock
from bot.settings import BadSettings, Settings, load
from bot.socket import SocketLost
from playbook.load import BadPlaybook
from storage import migrate
from storage.backup import CannotBackUp, backup
from storage.vault import new_key

if TYPE_CHECKING:
    from sandbox.manifest import Manifest
    from sandbox.server import Sandbox

MANIFEST = Path(__file__).parent.parent / "manifest.yml"
BAD_CONFIGURATION = 78
TRY_AGAIN = 75
DEMO_PORT = 8765


def say(*words: str) -> None:
    """Tell the person at the terminal."""
    print(*words, flush=True)  # noqa: T201 - this is what a command line is for


async def run(_options: argparse.Namespace) -> int:
    """Work on the Slack of `.env` until told to stop."""
    settings = load()
    journal.set_up(settings.log_level)
    with lock.only_one(settings.database_url):
        await _make_ready(settings)
        bot = InnerCircle(settings)
        return await _serve(bot, "Inner Circle is at work. Stop it with Ctrl-C.")


async def _make_ready(settings: Settings) -> None:
    """Bring a SQLite store up to date; on PostgreSQL that is said, not done, since others may be using it."""
    if settings.database_url.startswith("sqlite"):
        await migrate.upgrade(settings.database_url)
    elif await migrate.behind(settings.database_url):
        raise BadSettings(("The database has migrations to come: run `python -m bot migrate` first.",))


async def _serve(bot: InnerCircle, greeting: str) -> int:
    stop = _on_signal()
    try:
        await bot.start()
        gc.freeze()  # what a bot is made of stays; looking through it for garbage would stop everything for 0.1 s
        say(greeting)
        await _work(bot, stop)
    finally:
        await bot.stop()
    return 0


async def _work(bot: InnerCircle, stop: "asyncio.Future[None]") -> None:
    """Wait until somebody stops the bot; raises what ended it if it ended by itself."""
    await asyncio.wait({stop, bot.over}, return_when=asyncio.FIRST_COMPLETED)
    if bot.over.done():
        await bot.over


def _on_signal() -> "asyncio.Future[None]":
    """Give a future that is done when somebody asks the process to stop."""
    loop = asyncio.get_running_loop()
    stop: asyncio.Future[None] = loop.create_future()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, _finish, stop)
    return stop


def _finish(stop: "asyncio.Future[None]") -> None:
    if not stop.done():
        stop.set_result(None)


async def demo(options: argparse.Namespace) -> int:
    """Open a local workspace with the bot at work in it, and a browser on it."""
    from bot.demo import kept_key, opening, settings_for  # noqa: PLC0415 - a bot at work needs no Slack of its own
    from sandbox.clock import MovableClock  # noqa: PLC0415 - the same
    from sandbox.server import Sandbox  # noqa: PLC0415 - the same

    journal.set_up("WARNING")
    box = Sandbox(_manifest(MANIFEST), MovableClock(opening(SystemClock().now())))
    with contextlib.ExitStack() as stack:
        folder = options.data or stack.enter_context(tempfile.TemporaryDirectory(prefix="inner-circle-"))
        url = f"sqlite+aiosqlite:///{folder}/inner-circle.db"
        stack.enter_context(lock.only_one(url))
        await migrate.upgrade(url)
        await _listen(box, options.port)
        bot = InnerCircle(settings_for(box, url, encryption_key=(kept_key(folder),)), box.clock)
        try:
            return await _show(box, bot, browser=not options.no_browser)
        finally:
            await box.stop()


async def _listen(box: "Sandbox", port: int | None) -> None:
    """Listen where asked; where nothing was asked and the usual place is taken, anywhere."""
    try:
        await box.start(port=DEMO_PORT if port is None else port)
    except OSError:
        if port is not None:
            raise BadSettings((f"Port {port} is taken. Choose another with --port, or 0 for any.",)) from None
        await box.start(port=0)


async def _show(box: "Sandbox", bot: InnerCircle, *, browser: bool) -> int:
    from bot.demo import Demo, put_on_the_path  # noqa: PLC0415 - see demo()

    stop = _on_signal()
    follower = Demo(box, bot)
    try:
        await bot.start()
        await put_on_the_path(follower)
        box.clock.follow(follower)
        address = f"{box.url}/#as=ana&in=%23acme"
        say(f"\nInner Circle is at work in a local workspace: {address}\nStop it with Ctrl-C.\n")
        if browser:
            await asyncio.to_thread(webbrowser.open, address)
        await _work(bot, stop)
    finally:
        await bot.stop()
    return 0


async def sandbox(options: argparse.Namespace) -> int:
    """Open a local workspace alone, and print what an app needs to know of it."""
    from sandbox.server import Sandbox  # noqa: PLC0415 - see demo()

    box = Sandbox(_manifest(options.manifest))
    stop = _on_signal()
    try:
        await box.start(port=options.port or 0)
    except OSError:
        raise BadSettings((f"Port {options.port} is taken. Choose another with --port, or 0 for any.",)) from None
    for key, value in box.env().items():
        say(f"{key}={value}")
    await stop
    await box.stop()
    return 0


async def bring_up_to_date(_options: argparse.Namespace) -> int:
    """Apply the migrations that are missing."""
    changed = await migrate.upgrade(load_for_store().database_url)
    say("The database is up to date now." if changed else "The database was up to date already.")
    return 0


async def look(options: argparse.Namespace) -> int:
    """Tell what is missing or wrong."""
    findings = [*check.playbook_findings(None), *_manifest_findings()] if options.files else []
    if not options.files:
        findings = [finding async for finding in check.everything()] + list(_manifest_findings())
    for finding in findings:
        say(str(finding))
    return 0 if all(finding.well for finding in findings) else 1


def _manifest(file: Path) -> "Manifest":
    """Read a manifest as Slack would; raises BadSettings with what Slack would not take."""
    from sandbox import manifest  # noqa: PLC0415 - see demo()

    try:
        return manifest.read(file)
    except manifest.BadManifest as error:
        raise BadSettings(tuple(error.sentences)) from None


def _manifest_findings() -> list[check.Finding]:
    try:
        _manifest(MANIFEST)
    except BadSettings as error:
        return [check.Finding(well=False, words=f"manifest.yml: {sentence}") for sentence in error.complaints]
    return [check.Finding(well=True, words="Slack would take manifest.yml.")]


async def copy(options: argparse.Namespace) -> int:
    """Copy the store while the bot runs."""
    await backup(load_for_store().database_url, options.file)
    say(f"Copied to {options.file}.")
    return 0


def load_for_store() -> Settings:
    """Read where the store is; the tokens do not matter for it."""
    os.environ.setdefault("SLACK_BOT_TOKEN", "xoxb-not-needed-for-this")
    os.environ.setdefault("SLACK_APP_TOKEN", "xapp-not-needed-for-this")
    return load()


async def key(_options: argparse.Namespace) -> int:
    """Make a key for ENCRYPTION_KEY."""
    say(new_key())
    return 0


COMMANDS: Sequence[tuple[str, Callable[[argparse.Namespace], Awaitable[int]], str]] = (
    ("run", run, "work on the Slack workspace of .env"),
    ("demo", demo, "open a local workspace with the bot at work in it"),
    ("sandbox", sandbox, "open the local workspace alone, for any Slack app"),
    ("migrate", bring_up_to_date, "bring the database up to date"),
    ("check", look, "tell what is missing or wrong in .env, tokens, scopes, channels and playbook"),
    ("key", key, "make a key for ENCRYPTION_KEY, which encrypts amounts and secrets in the database"),
    ("backup", copy, "make a consistent copy of the database while the bot runs"),
)


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    whole = argparse.ArgumentParser(prog="python -m bot", description="Inner Circle, for remote contractors.")
    each = whole.add_subparsers(required=True, metavar="command")
    parts = {}
    for name, function, words in COMMANDS:
        parts[name] = each.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        parts[name].set_defaults(function=function)
    for name in ("demo", "sandbox"):
        parts[name].add_argument("--port", type=int, help="where to listen on this machine; 0 takes any free port")
    parts["demo"].add_argument("--no-browser", action="store_true", help="only print the address")
    parts["demo"].add_argument("--data", type=Path, metavar="DIR", help="keep the bot's database here")
    parts["sandbox"].add_argument("--manifest", type=Path, metavar="FILE", default=MANIFEST, help="the app's manifest")
    parts["check"].add_argument("--files", action="store_true", help="look at playbook and manifest only")
    parts["backup"].add_argument("file", type=Path, metavar="FILE", help="where the copy goes")
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what keeps it from working is told in a sentence, with a status that supervisors know."""
    zoneinfo.reset_tzpath(to=[])
    options = parser().parse_args(arguments)
    try:
        return int(asyncio.run(options.function(options)))
    except (BadSettings, BadPlaybook) as error:
        for complaint in error.complaints:
            print(complaint, file=sys.stderr)  # noqa: T201 - see say()
        return BAD_CONFIGURATION
    except (TokenRefused, migrate.FromTheFuture, CannotBackUp, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - see say()
        return BAD_CONFIGURATION
    except (lock.Taken, SocketLost) as error:
        print(error, file=sys.stderr)  # noqa: T201 - see say()
        return TRY_AGAIN


if __name__ == "__main__":
    sys.exit(main())
