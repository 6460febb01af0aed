"""A post office: the delivery alone, with a real store and a workspace where calls go wrong as asked; time stands still."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from pydantic import SecretStr

from bot.delivery import Delivery
from bot.settings import Settings
from bot.slack import Slack
from bot.tongue import Tongues
from playbook.tongue_catalogue import Catalogues
from sandbox import manifest
from sandbox.channels import Message
from sandbox.clock import MovableClock
from sandbox.server import Sandbox
from storage import outbox
from storage.database import Database
from storage.outbox import Cancel, Home, Post, Redraw
from storage.tables import Letter, Person

ROOT = Path(__file__).parent.parent.parent
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PEOPLE = ("ana", "bruno", "olivia", "tomas")


class Office:
    """Delivers when told to, and not before; `at` says who was sent what."""

    def __init__(self, url: str, **settings: Any) -> None:
        self.clock = MovableClock(NOON, frozen=True)
        self.box = Sandbox(manifest.read(ROOT / "manifest.yml"), self.clock)
        self.database = Database(url)
        self.team = self.box.workspace.team_id
        self._settings: dict[str, Any] = {"grace_seconds": 0, "admins": frozenset(), **settings}
        self.slack: Slack
        self.delivery: Delivery

    @classmethod
    async def open(cls, url: str, **settings: Any) -> Self:
        """Open the workspace; ana, bruno and olivia are known, tomas has left, and olivia is an admin."""
        office = cls(url, **settings)
        await office.box.start()
        office.open_slack()
        async with office.database.team(office.team) as team:
            for handle in PEOPLE:
                gone, admin = handle == "tomas", handle == "olivia"
                team.add(
                    Person(
                        team_id=office.team,
                        user_id=office.id(handle),
                        name=handle,
                        zone="UTC",
                        deactivated=gone,
                        is_admin=admin,
                    )
                )
        return office

    def open_slack(self) -> None:
        """Begin anew, as after a restart: what was paused is not paused any more."""
        env = self.box.env()
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(env["SLACK_BOT_TOKEN"]),
            slack_api_url=env["SLACK_API_URL"],
            posts_per_second=10_000,
            posts_per_second_in_a_conversation=10_000,
            **self._settings,
        )
        self.slack = Slack(env["SLACK_BOT_TOKEN"], env["SLACK_API_URL"])
        self.delivery = Delivery(self.slack, self.database, self.clock, settings, Tongues(self.database, Catalogues()))

    async def restart(self) -> None:
        """Let the sender end, and another begin."""
        await self.slack.close()
        self.open_slack()

    async def close(self) -> None:
        """Close everything."""
        await self.delivery.land()
        await self.slack.close()
        await self.database.close()
        await self.box.stop()

    def id(self, name: str) -> str:
        """Give the id of a person (ana) or a channel (#acme)."""
        kind = "CHANNEL" if name.startswith("#") else "USER"
        return self.box.env()[f"{kind}_{name.removeprefix('#').upper()}"]

    def goes_wrong(self, do: str, method: str = "chat.postMessage", at: int = 1, times: int = 1) -> None:
        """Set a fault."""
        self.box.faults.add([{"method": method, "do": do, "at": at, "times": times}])

    async def put(self, *posts: Post | Redraw | Home | Cancel) -> None:
        """Write letters."""
        async with self.database.team(self.team) as team:
            await outbox.put(team, posts, self.clock.now())

    async def post(self, key: str = "one", to: str = "ana", text: str = "", **more: Any) -> None:
        """Write one letter, and deliver what can be delivered."""
        await self.put(Post(key, self.id(to), text or f"This is {key}.", **more))
        await self.delivery.drain()

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        await self.clock.advance(timedelta(seconds=seconds))

    async def look(self) -> None:
        """Look for what is of unknown fate, and deliver what can be delivered."""
        await self.delivery.reconcile()
        await self.delivery.drain()

    async def letter(self, key: str = "one") -> Letter:
        """Fetch a letter."""
        async with self.database.team_reading(self.team) as team:
            found = await outbox.find(team, key)
        assert found is not None, key
        return found

    async def letters(self) -> Mapping[str, Letter]:
        """Fetch all letters by key."""
        async with self.database.team_reading(self.team) as team:
            return {row.key: row for row in await team.all(team.select(Letter))}

    async def resend(self, key: str = "one") -> None:
        """Press Resend, and deliver."""
        async with self.database.team(self.team) as team:
            assert await outbox.resend(team, (await self.letter(key)).id, self.clock.now()) is not None
        await self.delivery.drain()

    def messages(self, name: str = "ana") -> Sequence[Message]:
        """Give the bot's messages to a person or in a channel, oldest first."""
        workspace = self.box.workspace
        room = workspace.channels[self.id(name)] if name.startswith("#") else workspace.app_direct(self.id(name))
        posted = [room.messages[ts] for ts in room.order]
        return [one for one in posted if one.user == workspace.bot.id and one.subtype != "channel_join"]

    def at(self, name: str = "ana") -> list[str]:
        """Give the texts of those messages."""
        return [message.text for message in self.messages(name)]

    def calls(self, method: str) -> int:
        """Count the calls of a method that reached the workspace."""
        return sum(entry.name == method for entry in self.box.journal)
