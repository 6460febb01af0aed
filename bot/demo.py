"""The demo: a local workspace and the bot in one process, with people already on the path."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import InnerCircle
from bot.demo_words import CONTRACTORS, TERMS, TEXTS, TICKED, TOOLS, Values
from bot.settings import Settings
from playbook.days import next_working_day
from sandbox.server import Sandbox
from storage.vault import new_key

THURSDAY = 3
WEEKDAYS = frozenset(range(5))
OFFICE = "olivia"
STARTED = " started on "
COLLEAGUES = (OFFICE, "bruno", "lena", "priya")
AROUND = {"manager_id": "bruno", "owner": "priya", "lead": "lena", "buddy": "lena"}


def opening(now: datetime) -> datetime:
    """Tell when the demo begins: at 14:00 UTC before a working day, when most of the cast is at work."""
    day = now.astimezone(UTC).replace(hour=14, minute=0, second=0, microsecond=0)
    late = max(0, day.weekday() - THURSDAY)
    return day + timedelta(days=4 - late if late else 0)


class Demo:
    """Follows the workspace's clock, so that what is due when it is moved happens at its own time."""

    def __init__(self, sandbox: Sandbox, bot: InnerCircle) -> None:
        self.sandbox = sandbox
        self._bot = bot

    async def next_due(self) -> datetime | None:
        """Tell the clock when the bot has something to do."""
        return await self._bot.next_due()

    async def settle(self) -> None:
        """Wait until everything has been heard, done and delivered."""
        await self.sandbox.sockets.calm()
        await self._bot.settle()
        while await self.sandbox.sockets.calm():
            await self._bot.settle()


def kept_key(folder: Path | str) -> SecretStr:
    """Give the key that encrypts in this folder's store, a new one the first time."""
    file = Path(folder) / "encryption.key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(new_key())
    return SecretStr(file.read_text())


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


async def put_on_the_path(demo: Demo) -> None:
    """Set the workspace up and add the contractors by the front door: the operations person fills in the forms."""
    office = Office(demo)
    await office.set_up()
    await office.write_the_packet()
    for who, starts_in, values in CONTRACTORS:
        await office.add(who, starts_in, values)
    await office.open_tools_of_those_who_started()
    for who, beginnings in TICKED.items():
        await office.tick(who, beginnings)
    for who in COLLEAGUES:
        await office.let_read(who)


class Office:
    """The hands of the operations person: opens forms, presses what is in them, and fills them in."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._sandbox = demo.sandbox
        self._ids = {user.handle: user.id for user in self._sandbox.workspace.users.values()}

    async def set_up(self) -> None:
        """Fill in the three pages of /contractor setup."""
        office: Values = {
            "intro_channel": self._channel("general"),
            "office_operations": self._ids[OFFICE],
            "office_escalation": self._ids[OFFICE],
            "adders": [self._ids[OFFICE]],
            "golden_start": "09:00",
            "golden_end": "11:00",
            "topic_budget": self._ids["priya"],
            "topic_tool_access": self._ids[OFFICE],
            "topic_priorities": self._ids["priya"],
        }
        await self._opens("setup")
        await self._fills_pages(office)
        await self._sandbox.people.close(OFFICE, everything=True)

    async def write_the_packet(self) -> None:
        """Write the packet's texts, the Toolbox and the lexicon."""
        await self._opens("packet")
        for part, values in TEXTS.items():
            await self._presses("packet.part", part)
            await self._fills(values)
        for kind, listed in (("packet.tool", TOOLS), ("whois.term", TERMS)):
            await self._presses(f"{kind}s")
            for values in listed:
                await self._presses(f"{kind}_new")
                await self._fills(values)
            await self._presses("packet.menu")
        await self._sandbox.people.close(OFFICE, everything=True)

    async def add(self, who: str, starts_in: int, values: Values) -> None:
        """Put somebody on the path, who starts in so many working days."""
        start = self._sandbox.clock.now().astimezone(ZoneInfo("Europe/Madrid")).date()
        for _ in range(starts_in):
            start = next_working_day(start, WEEKDAYS)
        await self._opens(f"add @{who}")
        await self._fills_pages(
            {
                "start_date": start.isoformat(),
                "project": "acme",
                "project_channel": self._channel("acme"),
                "operations": self._ids[OFFICE],
                "escalation": self._ids[OFFICE],
                **{role: self._ids[handle] for role, handle in AROUND.items()},
                **values,
            }
        )

    async def open_tools_of_those_who_started(self) -> None:
        """Press "All opened" on the lists of those who are there, so that one list is left to try."""
        lists = [one for one in self._sandbox.sight.messages(OFFICE, "@app")["messages"] if STARTED in one["text"]]
        for one in lists:
            await self._sandbox.people.press(OFFICE, "access.all_opened", channel="@app", ts=one["ts"])
            await self._demo.settle()

    async def tick(self, who: str, beginnings: tuple[str, ...]) -> None:
        """Tick the items of somebody's checklist that begin with these words."""
        await self._opens(f"@{who}", "/checklist")
        await self._presses("checklist.quick")
        values: dict[str, Any] = {}
        for block in (self._front() or {"blocks": []})["blocks"]:
            options = block.get("element", {}).get("options", ())
            chosen = [one["value"] for one in options if one["text"]["text"].startswith(beginnings)]
            values |= {block["block_id"]: chosen} if chosen else {}
        await self._fills(values)
        await self._sandbox.people.close(OFFICE, everything=True)

    async def let_read(self, who: str) -> None:
        """Let somebody read what came of it, so that nothing of it looks new."""
        for place in ("@app", "#acme"):
            await self._sandbox.people.read(who, place)

    async def _opens(self, said: str, command: str = "/contractor") -> None:
        await self._sandbox.people.command(OFFICE, command, said, channel="#acme")
        await self._demo.settle()

    def _front(self) -> dict[str, Any] | None:
        views: list[dict[str, Any]] = self._sandbox.sight.see(OFFICE, self._sandbox.clock.now())["modals"]
        return views[-1] if views else None

    async def _presses(self, action_id: str, value: str = "") -> None:
        view = self._front() or {"id": "", "blocks": []}
        block_id = next((one["block_id"] for one in view["blocks"] if _has(one, action_id, value)), "")
        await self._sandbox.people.press(OFFICE, action_id, block_id=block_id, view=view["id"])
        await self._demo.settle()

    async def _fills_pages(self, values: Values) -> None:
        """Fill in the form in front page by page, each with what it asks for, until there is no more to send."""
        while (view := self._front()) is not None and view.get("submit"):
            asked = {block.get("block_id") for block in view["blocks"]}
            await self._fills({name: value for name, value in values.items() if name in asked})

    async def _fills(self, values: Values) -> None:
        answer = await self._sandbox.people.submit(OFFICE, values=dict(values))
        if answer.get("errors") or answer.get("failed"):
            raise RuntimeError(f"a form of the demo was not taken: {answer}")

    def _channel(self, name: str) -> str:
        return next(room.id for room in self._sandbox.workspace.channels.values() if room.name == name)


def _has(block: dict[str, Any], action_id: str, value: str) -> bool:
    """Tell whether a block has a button, with this value where one is asked for."""
    controls = [*block.get("elements", ()), block.get("accessory") or {}]
    return any(one.get("action_id") == action_id and value in {"", one.get("value")} for one in controls)
