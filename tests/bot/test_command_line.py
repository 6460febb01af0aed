"""The command line, from the outside: what it says, and the status it ends with."""

import os
import shutil
import socket
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import lock
from bot.__main__ import COMMANDS, main, parser
from sandbox import manifest
from sandbox.server import Sandbox
from tests.bot.program import Program, run
from tests.world import ROOT

BAD_CONFIGURATION = os.EX_CONFIG
TRY_AGAIN = os.EX_TEMPFAIL


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    started = Sandbox(manifest.read(ROOT / "manifest.yml"))
    await started.start()
    yield started
    await started.stop()


def settings(box: Sandbox, folder: Path, **changes: str) -> dict[str, str]:
    known = {name: box.env()[name] for name in ("SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")}
    return {**known, "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db", **changes}


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    for name, _, words in COMMANDS:
        assert f"{name} {words}" in said


@pytest.mark.parametrize("words", [[], ["dance"], ["backup"], ["demo", "--port", "many"]])
def test_what_it_does_not_know_is_told_in_a_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: python -m bot" in capsys.readouterr().err


async def test_without_settings_it_says_what_is_missing_and_where_to_find_it(tmp_path: Path) -> None:
    ended = await run(tmp_path, "run")
    assert ended.status == BAD_CONFIGURATION
    assert "SLACK_BOT_TOKEN is missing" in ended.complaints
    assert "OAuth & Permissions" in ended.complaints
    assert "Traceback" not in ended.complaints


async def test_the_files_can_be_checked_without_any_settings(tmp_path: Path) -> None:
    ended = await run(tmp_path, "check", "--files")
    assert ended.status == 0
    assert ended.out.splitlines() == ["ok    The playbook can be used.", "ok    Slack would take manifest.yml."]


async def test_check_finds_everything_well_in_a_workspace_that_is_set_up(box: Sandbox, tmp_path: Path) -> None:
    ended = await run(tmp_path, "check", env=settings(box, tmp_path))
    assert ended.status == 0
    assert "MEND" not in ended.out
    assert "scopes are granted." in ended.out


async def test_check_ends_badly_when_something_is_to_be_mended(box: Sandbox, tmp_path: Path) -> None:
    ended = await run(tmp_path, "check", env=settings(box, tmp_path, SLACK_BOT_TOKEN="xoxb-nobody"))
    assert ended.status == 1
    assert "MEND  SLACK_BOT_TOKEN: Slack says invalid_auth" in ended.out


async def test_it_works_until_it_is_told_to_stop(box: Sandbox, tmp_path: Path) -> None:
    program = await Program.start(tmp_path, "run", env=settings(box, tmp_path))
    await program.says("Inner Circle is at work")
    await box.people.command("noor", "/circle", "help", channel="#general")
    assert "What I can do for you" in str(box.sight.messages("noor", "#general"))
    assert (await program.stops()).status == 0


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-nobody", "Slack refuses SLACK_BOT_TOKEN (invalid_auth)."),
        ("SLACK_APP_TOKEN", "xapp-nobody", "Slack refuses SLACK_APP_TOKEN (invalid_auth)."),
    ],
)
async def test_a_token_that_slack_refuses_ends_it_with_a_sentence(
    box: Sandbox, tmp_path: Path, name: str, value: str, said: str
) -> None:
    ended = await run(tmp_path, "run", env=settings(box, tmp_path, **{name: value}))
    assert ended.status == BAD_CONFIGURATION
    assert said in ended.complaints
    assert value not in ended.complaints


async def test_a_second_bot_on_the_same_file_refuses_to_start(box: Sandbox, tmp_path: Path) -> None:
    env = settings(box, tmp_path)
    with lock.only_one(env["DATABASE_URL"]):
        ended = await run(tmp_path, "run", env=env)
    assert ended.status == TRY_AGAIN
    assert "Another Inner Circle is at work" in ended.complaints


async def test_a_playbook_of_ones_own_is_read_strictly(box: Sandbox, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    for file in (ROOT / "playbook").glob("*.toml"):
        shutil.copy(file, folder)
    with (folder / "digest.toml").open("a") as digest:
        digest.write("\nsilent_dayz = 3\n")
    ended = await run(tmp_path, "run", env=settings(box, tmp_path, PLAYBOOK=str(folder)))
    assert ended.status == BAD_CONFIGURATION
    assert "silent_dayz" in ended.complaints


async def test_migrate_says_whether_there_was_anything_to_do(tmp_path: Path) -> None:
    env = {"DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/bot.db"}
    assert (await run(tmp_path, "migrate", env=env)).out == "The database is up to date now.\n"
    assert (await run(tmp_path, "migrate", env=env)).out == "The database was up to date already.\n"


async def test_a_store_from_a_later_version_is_left_alone(tmp_path: Path, blank: Path) -> None:
    shutil.copy(blank, tmp_path / "bot.db")
    with sqlite3.connect(tmp_path / "bot.db") as store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    ended = await run(tmp_path, "migrate", env={"DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/bot.db"})
    assert ended.status == BAD_CONFIGURATION
    assert "Traceback" not in ended.complaints


async def test_backup_copies_the_store_for_its_owner_only(tmp_path: Path, blank: Path) -> None:
    shutil.copy(blank, tmp_path / "bot.db")
    env = {"DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/bot.db"}
    ended = await run(tmp_path, "backup", "copy.db", env=env)
    assert (ended.status, ended.out) == (0, "Copied to copy.db.\n")
    copied = tmp_path / "copy.db"
    assert copied.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(copied) as store:
        assert store.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite+aiosqlite:///{folder}/none.db", "There is no database"),
        ("postgresql+asyncpg://bot@nowhere/bot", "pg_dump"),
    ],
)
async def test_where_no_copy_can_be_made_it_says_why(tmp_path: Path, url: str, said: str) -> None:
    env = {"DATABASE_URL": url.format(folder=tmp_path)}
    ended = await run(tmp_path, "backup", "copy.db", env=env)
    assert ended.status == BAD_CONFIGURATION
    assert said in ended.complaints
    assert not (tmp_path / "copy.db").exists()


async def test_the_workspace_alone_prints_what_an_app_needs(tmp_path: Path) -> None:
    program = await Program.start(tmp_path, "sandbox", "--port", "0")
    assert "SLACK_API_URL=http://127.0.0.1:" in await program.says("SLACK_API_URL")
    assert "SLACK_BOT_TOKEN=xoxb-" in await program.says("SLACK_BOT_TOKEN")
    assert (await program.stops()).status == 0


@pytest.mark.parametrize("command", [("sandbox",), ("demo", "--no-browser")])
async def test_a_port_that_is_taken_is_said_so(tmp_path: Path, command: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = await run(tmp_path, *command, "--port", str(port))
    assert ended.status == BAD_CONFIGURATION
    assert f"Port {port} is taken" in ended.complaints
