"""What all tests share: stores that are real, and a world to tell stories in."""

import asyncio
import os
import shutil
import subprocess
import tempfile
import zoneinfo
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import asyncpg
import hypothesis
import pytest

from handlers import DUTIES
from handlers.contract import Desk
from playbook import load as playbook
from storage import migrate
from storage.database import Database
from tests.world import MONDAY_NOON, World

TEAM = "T0TEST00000"


TOLD = "told at the end"


def pytest_configure() -> None:
    """Take zones from the tzdata package alone, as the bot does; how fast a machine is proves nothing of a property."""
    zoneinfo.reset_tzpath(to=[])
    hypothesis.settings.register_profile("any machine", deadline=None)
    hypothesis.settings.load_profile("any machine")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show at the end of the run what tests want to be known, whichever process they ran in."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, words in getattr(report, "user_properties", ()):
                if name == TOLD and getattr(report, "when", "") == "call":
                    terminalreporter.write_line(f"\n{words}")


def missing(what: str) -> None:
    """Skip a test whose helper is not installed on a person's machine; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is not installed on this machine")


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that has been through every migration, to copy."""
    file = tmp_path_factory.mktemp("blank") / "blank.db"
    asyncio.run(migrate.upgrade(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def sqlite_url(blank: Path, tmp_path: Path) -> str:
    """A SQLite store of one's own."""
    file = tmp_path / "inner-circle.db"
    shutil.copy(blank, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of our own, without its database's name; stopped afterwards."""
    programs = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"))), None)
    initdb = shutil.which("initdb") or (programs and shutil.which("initdb", path=str(programs)))
    if not initdb:
        missing("PostgreSQL")
        return
    bin_folder = Path(str(initdb)).resolve().parent
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_user = _somebody_else(folder)
    data = folder / "data"
    run: Callable[..., object] = lambda *words: subprocess.run(  # noqa: E731
        [*as_user, *words], check=True, capture_output=True, cwd=folder
    )
    run(
        str(bin_folder / "initdb"),
        "-D",
        str(data),
        "-U",
        "bot",
        "-A",
        "trust",
        "--no-sync",
        "-E",
        "UTF8",
        "--no-locale",
    )
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=200"
    run(str(bin_folder / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql+asyncpg://bot@/{{name}}?host={folder}"
    finally:
        run(str(bin_folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _somebody_else(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; then the folder and the server belong to somebody else."""
    if os.geteuid() != 0:
        return []
    user = (
        "postgres" if subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode == 0 else "nobody"
    )
    shutil.chown(folder, user)
    return ["setpriv", f"--reuid={user}", "--clear-groups", f"--regid={_group(user)}"]


def _group(user: str) -> str:
    return subprocess.run(["id", "-g", user], capture_output=True, check=True, text=True).stdout.strip()


@pytest.fixture
async def postgres_url(postgres: str, request: pytest.FixtureRequest) -> str:
    """A PostgreSQL database of one's own, through every migration."""
    name = f"t{abs(hash(request.node.nodeid)) % 10**12}"
    server = postgres.format(name="postgres").replace("postgresql+asyncpg", "postgresql")
    connection = await asyncpg.connect(server)
    await connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    url = postgres.format(name=name)
    await migrate.upgrade(url)
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A store of one's own, once on each engine: the same tests run on both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open store, once on each engine."""
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    """A desk over an empty team, for handlers tried as functions."""
    opened = Database(sqlite_url)
    async with opened.team(TEAM) as team:
        yield Desk(team, playbook.load(), MONDAY_NOON, duties=DUTIES)
        await team.session.rollback()
    await opened.close()


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace with the bot at work in it (see tests/world.py)."""
    begun = await World.begin(sqlite_url)
    yield begun
    await begun.end()
