"""The demo: a local workspace and the bot in one process, with people already on the path."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import InnerCircle
from bot.settings import Settings
from sandbox.server import Sandbox

THURSDAY = 3
PEOPLE = (
    {"who": "ana", "role": "Product designer", "weekly_hours": "30"},
    {"who": "jun", "role": "QA engineer", "weekly_hours": "20"},
)


def opening(now: datetime) -> datetime:
    """Tell when the demo begins: at 14:00 UTC before a working day, when most of the cast is at work."""
    day = now.astimezone(UTC).replace(hour=14, minute=0, second=0, microsecond=0)
    late = max(0, day.weekday() - THURSDAY)
    return day + timedelta(days=4 - late if late else 0)


class Demo:
    """Follows the workspace's clock, so that what is due when it is moved happens at its own time."""

    def __init__(self, sandbox: Sandbox, bot: InnerCircle) -> None:
        self._sandbox = sandbox
        self._bot = bot

    async def next_due(self) -> datetime | None:
        """Tell the clock when the bot has something to do."""
        return await self._bot.next_due()

    async def settle(self) -> None:
        """Wait until everything has been heard, done and delivered."""
        await self._sandbox.sockets.calm()
        await self._bot.settle()
        while await self._sandbox.sockets.calm():
            await self._bot.settle()


def settings_for(sandbox: Sandbox, database_url: str, **changes: Any) -> Settings:
    """Point the bot at a local workspace; letters may leave faster there than Slack would let them."""
    env = sandbox.env()
    values: dict[str, Any] = {
        "slack_bot_token": SecretStr(env["SLACK_BOT_TOKEN"]),
        "slack_app_token": SecretStr(env["SLACK_APP_TOKEN"]),
        "slack_api_url": env["SLACK_API_URL"],
        "database_url": database_url,
        "posts_per_second": 200,
        "posts_per_second_in_a_conversation": 50,
        "tick_seconds": 5,
    }
    return Settings(_env_file=None, **values | changes)


async def put_on_the_path(sandbox: Sandbox) -> None:
    """Set the workspace up and add the contractors by the front door: the operations person fills in the forms."""
    ids = {user.handle: user.id for user in sandbox.workspace.users.values()}
    await _set_up(sandbox, ids)
    channel = next(room.id for room in sandbox.workspace.channels.values() if room.name == "acme")
    for person in PEOPLE:
        await sandbox.people.command("olivia", "/contractor", f"add @{person['who']}", channel="#acme")
        today = sandbox.clock.now().astimezone(ZoneInfo("Europe/Madrid")).date()
        await _fill_in(
            sandbox,
            person["who"],
            {
                "start_date": today.isoformat(),
                "manager_id": ids["bruno"],
                "role": person["role"],
                "project": "acme",
                "project_channel": channel,
                "owner": ids["priya"],
                "lead": ids["lena"],
                "operations": ids["olivia"],
                "buddy": ids["lena"],
                "escalation": ids["olivia"],
                "weekly_minutes": person["weekly_hours"],
            },
        )
    await sandbox.people.read("olivia", "@app")


async def _fill_in(sandbox: Sandbox, who: str, values: Mapping[str, str]) -> None:
    """Submit the form about somebody page by page, each with what it asks for."""
    while True:
        views = sandbox.sight.see("olivia", sandbox.clock.now())["modals"]
        if not views:
            return
        asked = {block.get("block_id") for block in views[-1]["blocks"]}
        given = {name: value for name, value in values.items() if name in asked}
        answer = await sandbox.people.submit("olivia", views[-1]["id"], given)
        if answer.get("errors") or answer.get("failed"):
            raise RuntimeError(f"{who} could not be put on the path: {answer}")


async def _set_up(sandbox: Sandbox, ids: dict[str, str]) -> None:
    """Fill in the three pages of /contractor setup."""
    channel = next(room.id for room in sandbox.workspace.channels.values() if room.name == "general")
    pages: tuple[dict[str, Any], ...] = (
        {
            "intro_channel": channel,
            "office_operations": ids["olivia"],
            "office_escalation": ids["olivia"],
            "adders": [ids["olivia"]],
        },
        {"golden_start": "14:00", "golden_end": "17:00"},
        {"topic_budget": ids["priya"], "topic_tool_access": ids["olivia"], "topic_priorities": ids["priya"]},
    )
    await sandbox.people.command("olivia", "/contractor", "setup", channel="#acme")
    for page in pages:
        view = sandbox.sight.see("olivia", sandbox.clock.now())["modals"][-1]
        answer = await sandbox.people.submit("olivia", view["id"], page)
        if answer.get("errors") or answer.get("failed"):
            raise RuntimeError(f"the workspace could not be set up: {answer}")
    await sandbox.people.close("olivia", everything=True)
