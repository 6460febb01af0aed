"""`python -m bot check`: what it finds in a workspace, and how it says what is to be mended."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import check
from bot.check import Finding
from bot.settings import Settings
from sandbox import manifest
from sandbox.manifest import Manifest
from sandbox.server import Sandbox
from tests.world import ROOT, World

TEXT = (ROOT / "manifest.yml").read_text()


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    async for started in opened(manifest.parse(TEXT)):
        yield started


async def opened(described: Manifest) -> AsyncIterator[Sandbox]:
    started = Sandbox(described)
    await started.start()
    yield started
    await started.stop()


async def findings(folder: Path, box: Sandbox, **changes: str) -> list[Finding]:
    """Look at a workspace with the settings that belong to it, changed as told."""
    known = {name: box.env()[name] for name in ("SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")}
    values = {**known, "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db", **changes}
    file = folder / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    return [finding async for finding in check.everything(file)]


def bad(found: list[Finding]) -> list[str]:
    return [finding.words for finding in found if not finding.well]


async def test_all_is_well(box: Sandbox, tmp_path: Path) -> None:
    found = await findings(tmp_path, box)
    assert bad(found) == []
    said = "\n".join(map(str, found))
    assert "ok    The bot token is inner_circle's in Northwind Studio." in said
    assert "The bot is in #acme, #general." in said
    assert "The app token opens a Socket Mode connection." in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-nobody"}, "SLACK_BOT_TOKEN: Slack says invalid_auth. Install the app again"),
        ({"SLACK_APP_TOKEN": "xapp-nobody"}, "SLACK_APP_TOKEN: Slack says invalid_auth. Make an app-level token"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "SLACK_API_URL: http://127.0.0.1:9/api/ does not answer"),
        ({"PLAYBOOK": "nowhere"}, "playbook: "),
        ({"SLACK_BOT_TOKEN": "token"}, "SLACK_BOT_TOKEN is not a bot token"),
    ],
)
async def test_one_thing_is_wrong(box: Sandbox, tmp_path: Path, changes: dict[str, str], said: str) -> None:
    wrong = bad(await findings(tmp_path, box, **changes))
    assert wrong
    assert all(words.startswith(said) for words in wrong)


async def test_a_scope_that_was_not_granted_is_named(tmp_path: Path) -> None:
    lacking = "\n".join(line for line in TEXT.splitlines() if "- pins:write" not in line)
    async for box in opened(manifest.parse(lacking)):
        assert bad(await findings(tmp_path, box)) == [
            "The app lacks pins:write. Paste manifest.yml under App Manifest, then install the app again."
        ]


async def test_a_bot_that_is_in_no_channel_is_told_how_to_get_in(box: Sandbox, tmp_path: Path) -> None:
    for room in list(box.workspace.channels.values()):
        if room.name and box.workspace.bot.id in room.members:
            box.workspace.leave(room, box.workspace.bot)
    assert bad(await findings(tmp_path, box)) == [
        "The bot is in no channel yet. Type /invite @Inner Circle in each project channel."
    ]


async def test_a_project_channel_without_the_bot_is_found(world: World, sqlite_url: str, tmp_path: Path) -> None:
    await world.add_contractor("noor", project_channel=world.channel("leads"))
    (wrong,) = bad(await findings(tmp_path, world.sandbox, DATABASE_URL=sqlite_url))
    assert wrong.startswith("Blockers go to")
    assert "/invite @Inner Circle" in wrong


async def test_a_store_is_made_at_the_first_start(box: Sandbox, tmp_path: Path) -> None:
    words = [finding.words for finding in await findings(tmp_path, box)]
    assert "The database is made at the next start." in words
