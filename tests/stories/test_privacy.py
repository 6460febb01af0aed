"""The story of privacy: whatever people write or tell is read by those whom it is for, and by nobody else, anywhere."""

import io
import json
import logging
import re
import shutil
import socket
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import redirect_stderr
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import structlog
from fpdf import FPDF

from blocks import fields, kit, report_paper
from blocks.contractor import PARTS
from bot import journal
from handlers import COMMANDS, ROUTES, VERBS, WORDS
from handlers.contract import Kind
from playbook.export import EVERYBODY, KINDS, MYSELF, Order, Span
from sandbox.clock import MovableClock
from tests.stories.privacy_rows import rows
from tests.stories.privacy_walk import PEOPLE, Step, Walk, in_words
from tests.stories.privacy_words import CUT, MANAGER, MOODS, WHO, At, feeling, word
from tests.stories.test_api import LISTS, makes
from tests.stories.test_api import reads as read_api
from tests.stories.test_calendar import asks as ask_feed
from tests.stories.test_calendar import makes as make_feed
from tests.stories.test_webhook import Receiver, adds, serve
from tests.world import ROOT, World

FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)
FEELS = {"ana": "rough", "jun": "heavy", "priya": "great"}
CONVERSATIONS = ("@app", "#acme", "#general")
CONTRACTORS = tuple(MANAGER)


def playbook_in(folder: Path) -> Path:
    """Copy the playbook with feelings and moods that can be told from every other word."""
    book = folder / "playbook"
    shutil.copytree(ROOT / "playbook", book, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    change = {
        "log.toml": [(rf'key = "{FEELS[who]}"\nlabel = "\w+"', f'key = "{feeling(who)}"\nlabel = "{feeling(who)}"') for who in FEELS],
        "report.toml": [(rf"(?m)^{FEELS[who]} =", f"{feeling(who)} =") for who in FEELS],
        "oneonone.toml": [(rf'(?m)^"{MOODS[who]}" = ".*"$', f'"{MOODS[who]}" = "{word("mood", who)}"') for who in MOODS],
        "api.toml": [(r"(reads_at_once|guesses_at_once)( *=) \d+", r"\1\2 100000")],
    }  # fmt: skip
    for name, changes in change.items():
        text = (book / name).read_text()
        for old, new in changes:
            text, times = re.subn(old, new, text)
            assert times, f"{old} is not in {name}"
        (book / name).write_text(text)
    return book


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A program that hears webhooks."""
    made = Receiver()
    runner = await serve(made)
    yield made
    await runner.cleanup()


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """What the bot writes about itself, as it would be written in earnest."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = list(root.handlers), root.level
    with redirect_stderr(written):
        journal.set_up("INFO")
    yield written
    logging.basicConfig(handlers=handlers, level=level, force=True)
    structlog.reset_defaults()


@pytest.fixture
async def full(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A world with two managers in which everybody has told everything."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    world = await World.begin(
        sqlite_url, FRIDAY, contractors=(), public_url=f"http://127.0.0.1:{port}", port=port,
        playbook=playbook_in(tmp_path), allow_local_webhooks=True,
    )  # fmt: skip
    for who in CONTRACTORS:
        owner = world.id("olivia" if who == "priya" else "priya")
        await world.add_contractor(who, MANAGER[who], start_date=date(2026, 8, 3), owner_id=owner)
    await world.bot.directory.meet(world.bot.team_id, [world.id(who) for who in PEOPLE])
    async with world.bot.database.team(world.bot.team_id) as team:
        for who in CONTRACTORS:
            for row in rows(world, who):
                team.add(row)
    yield world
    await world.end()


async def days_pass(world: World) -> None:
    """Let everybody live from Friday to Tuesday: audits, digests, a 1:1, and the first of a month."""
    await world.types("ana", f"/log 1h {word('lognote', 'ana')} #acme")
    await world.types("ana", "/blocker waiting for the design file")
    await world.types("jun", f"2h {word('lognote', 'jun')}", "@app")
    await world.until("2026-11-28T12:00")
    await world.until("2026-11-30T18:00")
    await world.types("bruno", "/blocker done 1")
    await world.until("2026-12-01T16:00")


def asked(world: World) -> list[Step]:
    """Name everything that can be typed, about oneself and about each contractor, and every page by its buttons."""
    whose = ["", *(f" <@{world.id(who)}>" for who in CONTRACTORS)]
    verbs = [(Kind.COMMAND, "/contractor", verb) for verb in ("", "former", *VERBS)]
    typed = [*verbs, *((Kind.COMMAND, "/circle", verb) for verb in WORDS if verb not in COMMANDS)]
    typed += [(Kind.COMMAND, f"/{name}", "") for name in COMMANDS if name != "contractor"]
    found = [Step(kind, name, text=f"{text}{one}".strip()) for kind, name, text in typed for one in whose]
    found += [Step(Kind.COMMAND, "/log", text="week"), Step(Kind.COMMAND, "/log", text="today")]
    pages = {one.name for one in ROUTES if one.kind is Kind.ACTION and one.name.endswith((".open", ".show", ".card"))}
    pages |= {action for _, action in PARTS}
    return [*found, *(Step(Kind.ACTION, page, world.id(who)) for page in sorted(pages) for who in CONTRACTORS)]


async def look_around(world: World, walk: Walk) -> None:
    """Read Home and every conversation as everybody."""
    for who in PEOPLE:
        walk.shows(who, At.HOME, await world.opens_home(who))
        for channel in CONVERSATIONS:
            if channel != "#acme" or who != "noor":
                await read(world, walk, who, channel)


async def read(world: World, walk: Walk, who: str, channel: str) -> None:
    """Read a conversation and all threads in it."""
    for message in await world.sees(who, channel):
        for shown in (message, *await world.sees(who, channel, message["ts"])):
            walk.shows(who, At.MESSAGE, shown, channel)


async def read_files(world: World, walk: Walk) -> None:
    """Have every kind of file made for everybody, of themselves and of each contractor."""
    ids = [world.id(who) for who in CONTRACTORS]
    ever = Span(date(2026, 1, 1), date(2026, 12, 31))
    await walk.files("mydata", At.MYDATA, "")
    await walk.files("trail", At.TRAIL, "")
    whom = ((MYSELF,), (EVERYBODY,), *((one,) for one in ids))
    await walk.files("export", At.EXPORT, *(Order(KINDS, ever, one).write() for one in whom))
    await walk.files("timesheet", At.TIMESHEET, *(f"{one}:2026-11" for one in ids))
    await walk.files("report", At.REPORT, *(f"pdf:{one}:4" for one in (*ids, "team")))


async def read_from_outside(world: World, walk: Walk, token: str, feed: str, receiver: Receiver) -> None:
    """Read what programs are given, as programs, and somebody's calendar."""
    told = [one for what in LISTS for one in await read_api(world, what, token)]
    assert told
    assert receiver.heard
    walk.look("a program", At.API, in_words(told))
    walk.look("a program", At.WEBHOOK, "".join(one.body for one in receiver.heard))
    status, calendar, _ = await ask_feed(feed)
    assert status == 200, calendar
    walk.look("ana", At.CALENDAR, calendar)


@pytest.mark.timeout(1500)
async def test_what_is_private_is_read_by_nobody_else_anywhere(
    said: io.StringIO, full: World, receiver: Receiver
) -> None:
    world, walk = full, Walk(full)
    await adds(world, receiver.url)
    await world.close("olivia")
    token = await makes(world)
    await world.close("olivia")
    feed = await make_feed(world)
    await world.close("ana")
    await days_pass(world)
    await look_around(world, walk)
    await walk.letters()
    walk.learn(*asked(world))
    await walk.try_all()
    await walk.letters()
    await read_files(world, walk)
    await read_from_outside(world, walk, token, feed, receiver)
    structlog.get_logger("story").info("everything was tried")
    log = said.getvalue()
    assert "everything was tried" in log, "what is written is read here"
    assert "Traceback" not in log, log
    walk.look("whoever runs the bot", At.LOG, log)
    assert not walk.leaks()
    unseen = {kind for kind in WHO if not set(walk.found().get(kind, ())) & set(WHO[kind])}
    assert not unseen, "nobody was shown what is theirs, so nothing is proved of it"


def zipped(name: str, data: bytes) -> bytes:
    """Put one file into a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(name, data)
    return made.getvalue()


def on_paper(text: str) -> bytes:
    """Print a text as a PDF, in the font of the product's papers."""
    paper = FPDF()
    paper.add_page()
    paper.add_font("paper", fname=report_paper.fonts() / "DejaVuSans.ttf")
    paper.set_font("paper", size=11)
    paper.multi_cell(0, text=text)
    return bytes(paper.output())


HIDDEN: dict[str, Callable[[str], dict[str, bytes]]] = {
    "a CSV": lambda text: {"log.csv": ('\ufeffday,note\r\n1,"' + text + '"\r\n').encode()},
    "JSON": lambda text: {"log.json": json.dumps([{"note": {"of": text}}]).encode()},
    "a zip": lambda text: {"all.zip": zipped("log.csv", text.encode())},
    "a zip in a zip": lambda text: {"all.zip": zipped("more.zip", zipped("log.txt", text.encode()))},
    "the name of a file in a zip": lambda text: {"all.zip": zipped(f"{text}.csv", b"")},
    "a PDF": lambda text: {"report.pdf": on_paper(f"{'word ' * 40}{text}")},
    "a PDF in a zip": lambda text: {"all.zip": zipped("report.pdf", on_paper(text))},
}  # fmt: skip
SHOWN: dict[str, Callable[[str], dict[str, object]]] = {
    "the text of a message": lambda text: {"text": text, "blocks": []},
    "a block of a message": lambda text: {"text": "", "blocks": [kit.section(text)]},
    "a modal": lambda text: {"type": "modal", "blocks": [kit.section(text)]},
    "what a form is filled with": lambda text: {"blocks": [fields.text("words", "Words", text)]},
    "what a button carries": lambda text: {"blocks": [kit.actions(kit.button("Open", "audit.open", text))]},
    "what a modal remembers": lambda text: {"private_metadata": text, "blocks": []},
}


@pytest.mark.parametrize("name", [*HIDDEN, *SHOWN])
def test_a_word_is_found_wherever_it_is_planted(name: str) -> None:
    """Prove that the walk finds what somebody is given that is not theirs, by giving it to them."""
    walk = Walk(World("", MovableClock(FRIDAY, frozen=True)))
    give(walk, name, f"3 {word('kpi', 'ana')}, {word('audit', 'jun')} and {word('cost', 'priya')} of *5,234.75*")
    assert {(one.kind, one.whose) for one in walk.leaks()} == {
        ("audit", "jun"), ("cost", "priya"), ("amount", "jun"), ("kpi", "ana"),
    }  # fmt: skip
    walk.seen.clear()
    give(walk, name, "3 KPIs, and 5,234.70")
    assert not walk.leaks()


def give(walk: Walk, name: str, text: str) -> None:
    """Show a text to a stranger."""
    if name in HIDDEN:
        walk.opens("noor", At.REPORT, HIDDEN[name](text))
    else:
        walk.shows("noor", At.PAGE, SHOWN[name](text))


def test_a_word_that_was_cut_or_is_read_elsewhere_than_it_may_be_is_found_as_well() -> None:
    walk = Walk(World("", MovableClock(FRIDAY, frozen=True)))
    walk.look("ana", At.PAGE, word("audit", "ana")[:-1])
    walk.look("ana", At.API, word("audit", "ana"))
    walk.look("ana", At.PAGE, word("audit", "ana"))
    assert {(one.kind, one.at) for one in walk.leaks()} == {(CUT, At.PAGE), ("audit", At.API)}
