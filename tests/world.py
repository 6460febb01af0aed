"""A local Slack workspace with the real bot in it, and its people: what every story is told with."""

import json
import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

import aiohttp
from pydantic import SecretStr

from bot.app import InnerCircle
from bot.settings import Settings
from handlers.contract import arm, lay
from playbook.quiet import opens
from sandbox import manifest
from sandbox.clock import MovableClock
from sandbox.pace import Pace
from sandbox.server import Sandbox
from storage import quiet, workspace
from storage.database import Database
from storage.tables import Contractor
from storage.vault import new_key

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / "manifest.yml"
PATIENT = Pace(ack=60, trigger=60)  # A busy machine may stall for seconds; what is too late has tests of its own.
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MARKED = re.compile(r"[\ue000-\ue005]|\\+ue00[0-5]")  # as it is, or as JSON and Python write it
Json = dict[str, Any]


class Refused(AssertionError):
    """The workspace did not let a person do something."""


class World:
    """Everything a story needs. Times stand still unless the story moves them; every step waits until the bot is quiet.

    At the start it is Monday 23 November 2026, 12:00 UTC: 09:00 for ana, 13:00 for bruno and lena, 20:00 for jun.
    ana and jun are contractors of bruno on project acme; lena leads, priya owns the project, olivia is operations,
    escalation contact and the only admin. Nobody has logged anything yet.
    """

    def __init__(self, database_url: str, clock: MovableClock, installed: Path = MANIFEST, **settings: Any) -> None:
        self.clock = clock
        self.sandbox = Sandbox(manifest.read(installed), clock, pace=PATIENT)
        self._database_url = database_url
        self._settings = settings
        self._key = new_key()
        self.bot: InnerCircle

    @classmethod
    async def begin(
        cls,
        database_url: str,
        at: datetime = MONDAY_NOON,
        contractors: tuple[str, ...] = ("ana", "jun"),
        *,
        set_up: bool = True,
        **settings: Any,
    ) -> Self:
        """Open the workspace, start the bot, and put people on the path; without `set_up`, as just installed."""
        world = cls(database_url, MovableClock(at, frozen=True), **settings)
        begun = None if settings else _begun(database_url, f"{at:%Y%m%dT%H%M}-{'-'.join(contractors)}-{set_up}")
        known = begun is not None and begun.exists()
        if begun is not None and known:
            shutil.copy(begun, _file(database_url))
        elif set_up:
            await world.set_up()
        await world.sandbox.start()
        world.http = aiohttp.ClientSession(world.sandbox.url)
        await world.start_bot()
        for handle in () if known else contractors:
            await world.add_contractor(handle)
        world.clock.follow(world)
        await world.settle()
        if begun is not None and not known and not world.posted():
            _keep(database_url, begun)
        return world

    def posted(self) -> bool:
        """Tell whether the bot has written anything that people see."""
        return any(entry.name.startswith(("chat.", "views.")) for entry in self.sandbox.journal)

    http: aiohttp.ClientSession

    async def set_up(self, **changes: Any) -> None:
        """Set the workspace up as olivia would have, before the bot starts."""
        olivia = self.id("olivia")
        chosen: Json = {
            "intro_channel": self.channel("general"),
            "operations_id": olivia,
            "escalation_id": olivia,
            "adders": olivia,
            "weekdays": "0,1,2,3,4",
            "golden_start": time(14),
            "golden_end": time(17),
            "golden_zone": "Europe/Madrid",
            "set_up_at": self.clock.now(),
            "set_up_by": olivia,
        }
        database = Database(self._database_url)
        async with database.team(self.sandbox.workspace.team_id) as team:
            await workspace.put(team, **chosen | changes)
        await database.close()

    async def start_bot(self) -> None:
        """Start the bot on the workspace's tokens."""
        env = self.sandbox.env()
        self.bot = InnerCircle(
            Settings(
                _env_file=None,
                slack_bot_token=SecretStr(env["SLACK_BOT_TOKEN"]),
                slack_app_token=SecretStr(env["SLACK_APP_TOKEN"]),
                slack_api_url=env["SLACK_API_URL"],
                database_url=self._database_url,
                posts_per_second=10_000,
                posts_per_second_in_a_conversation=10_000,
                tick_seconds=3600,
                **{"encryption_key": (SecretStr(self._key),), **self._settings},
            ),
            self.clock,
        )
        await self.bot.start()
        self.bot.listener.patience = PATIENT.ack / 2

    async def end(self) -> None:
        """Stop the bot and close the workspace; whatever people saw must have been put into words."""
        await self.bot.stop()
        await self.http.close()
        await self.sandbox.stop()
        left = self.unspoken()
        assert left == [], left

    def unspoken(self) -> list[str]:
        """Name the calls and answers in which a mark of a sentence was left (see playbook/tongue.py)."""
        return [
            f"{entry.name}: {shown[max(0, at.start() - 80) : at.end() + 80]}"
            for entry in self.sandbox.journal
            if (at := MARKED.search(shown := repr((entry.body, entry.answer))))
        ]

    # People -------------------------------------------------------------------------------------

    def id(self, handle: str) -> str:
        """Give the user id of a person."""
        return self.sandbox.env()[f"USER_{handle.upper()}"]

    def channel(self, name: str) -> str:
        """Give the id of a channel."""
        return self.sandbox.env()[f"CHANNEL_{name.upper()}"]

    async def choose_adders(self, *handles: str) -> None:
        """Choose who may add contractors, as the set-up would."""
        async with self.bot.database.team(self.bot.team_id) as team:
            await workspace.put(team, adders=workspace.write_ids(tuple(self.id(handle) for handle in handles)))

    async def add_contractor(
        self, handle: str, manager: str = "bruno", *, path: bool = False, **changes: Any
    ) -> Contractor:
        """Put somebody on the path, as the form of /contractor add would; without `path`, as one of long ago.

        One of long ago has their daily loop, but no checklist, packet or introduction was ever prepared.
        """
        values: Json = {
            "role": "Product designer",
            "project": "acme",
            "project_channel": self.channel("acme"),
            "start_date": date(2026, 11, 2),
            "weekly_minutes": 1800,
            "weekdays": "0,1,2,3,4",
            "day_start": time(9),
            "day_end": time(17, 30),
            "owner_id": self.id("priya"),
            "lead_id": self.id("lena"),
            "operations_id": self.id("olivia"),
            "buddy_id": self.id("lena"),
            "escalation_id": self.id("olivia"),
            "added_at": self.clock.now(),
            "added_by": self.id("olivia"),
        } | changes
        if not path:
            values["added_at"] = datetime.combine(values["start_date"], time(8), tzinfo=UTC)
        bot = self.bot
        ids = [self.id(handle), *(self.id(name) for name in ("bruno", "lena", "olivia", "priya", manager))]
        await bot.directory.meet(bot.team_id, [*ids, self.channel("acme")])
        async with bot.database.team(bot.team_id) as team:
            row = Contractor(team_id=bot.team_id, user_id=self.id(handle), manager_id=self.id(manager), **values)
            team.add(row)
            await team.session.flush()
            desk = bot.workshop.desk(team)
            await arm(desk, row.user_id, contractor=True)
            await arm(desk, row.manager_id, manager=True)
            if path:
                await lay(desk, row.user_id)
        return row

    # Doing --------------------------------------------------------------------------------------

    async def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Json:
        """Call the control API; raises Refused with its sentence."""
        given: Json = {"params": body} if method == "GET" else {"json": body or {}}
        async with self.http.request(method, f"/_control/{path}", **given) as response:
            answer: Json = await response.json()
        if not answer.get("ok"):
            raise Refused(f"{path}: {answer.get('error')}")
        return answer

    async def does(self, path: str, **body: Any) -> Json:
        """Do something by the control API and wait until the bot is quiet."""
        answer = await self.ask("POST", path, body)
        await self.settle()
        return answer

    async def types(self, who: str, text: str, channel: str = "#acme", thread_ts: str = "") -> Json:
        """Type into the composer; a text that starts with "/" is a command. "@app" is the DM with the bot."""
        return await self.does("type", **{"as": who}, channel=channel, text=text, thread_ts=thread_ts)

    async def press(
        self, who: str, action_id: str, channel: str = "", option: str | None = None, containing: str = ""
    ) -> Json:
        """Press a button: in the newest message of `channel` that has it (and contains a text), else modal, else Home."""
        where = await self._place(who, action_id, channel, containing)
        return await self.does(
            "press", **{"as": who}, action_id=action_id, **where, **({"option": option} if option else {})
        )

    async def choose(self, who: str, action_id: str, value: Any, channel: str = "") -> Json:
        """Fill an input or choose from a list, in the modal in front, a message, or Home."""
        where = await self._place(who, action_id, channel, "")
        return await self.does("choose", **{"as": who}, action_id=action_id, value=value, **where)

    async def submit(self, who: str, **values: Any) -> Json:
        """Submit the modal in front with these fields filled in."""
        modal = await self.modal(who)
        assert modal is not None, f"{who} has no modal open"
        return await self.does("submit", **{"as": who}, view=modal["id"], values=values)

    async def submit_pages(self, who: str, **values: Any) -> Json:
        """Submit the form in front page by page, each with those of these fields that it has; stops at an error."""
        answer: Json = {"response_action": "update"}
        while answer.get("response_action") == "update":
            modal = await self.modal(who)
            if modal is None or not modal.get("submit"):
                break
            here = {block["block_id"] for block in modal["blocks"] if block["type"] == "input"}
            answer = await self.submit(who, **{name: value for name, value in values.items() if name in here})
        return answer

    async def close(self, who: str) -> Json:
        """Close the modal in front."""
        modal = await self.modal(who)
        assert modal is not None, f"{who} has no modal open"
        return await self.does("close", **{"as": who}, view=modal["id"])

    async def shortcut(self, who: str, callback_id: str, channel: str = "", ts: str = "") -> Json:
        """Use a global shortcut, or one of a message."""
        return await self.does("shortcut", **{"as": who}, callback_id=callback_id, channel=channel, ts=ts)

    async def opens_home(self, who: str) -> Json:
        """Open the bot's Home tab; gives what it shows."""
        await self.does("open_home", **{"as": who}, tab="home")
        return await self.home(who)

    async def _place(self, who: str, action_id: str, channel: str, containing: str) -> Json:
        if channel:
            for message in reversed(await self.sees(who, channel)):
                if has_action(message, action_id) and containing in words(message):
                    return {"channel": channel, "ts": message["ts"]}
            newest = await self.last(who, channel)
            raise Refused(f"{who} sees nothing to press as {action_id} in {channel}; the newest there is: {newest!r}")
        modal = await self.modal(who)
        if modal is not None and has_action(modal, action_id):
            return {"view": modal["id"]}
        return {"home": True}

    # Seeing -------------------------------------------------------------------------------------

    async def sees(self, who: str, channel: str = "#acme", thread_ts: str = "") -> list[Json]:
        """Give the messages that somebody sees in a conversation, oldest first."""
        asked = {"as": who, "channel": channel, "thread_ts": thread_ts}
        messages: list[Json] = (await self.ask("GET", "messages", asked))["messages"]
        return messages

    async def last(self, who: str, channel: str = "#acme") -> str:
        """Give all the words of the newest message that somebody sees in a conversation, "" if there is none."""
        seen = await self.sees(who, channel)
        return words(seen[-1]) if seen else ""

    async def reads(self, who: str, channel: str = "@app") -> list[str]:
        """Give the words of each message that somebody sees in a conversation, by default the bot's, oldest first."""
        return [words(message) for message in await self.sees(who, channel)]

    async def modal(self, who: str) -> Json | None:
        """Give the modal in front of somebody, if one is open."""
        modals = (await self.ask("GET", "see", {"as": who}))["modals"]
        return modals[-1] if modals else None

    async def home(self, who: str) -> Json:
        """Give somebody's Home, {} if it was never published."""
        home: Json | None = (await self.ask("GET", "see", {"as": who}))["home"]
        return home or {}

    # Time ---------------------------------------------------------------------------------------

    async def until(self, moment: str, who: str = "") -> None:
        """Move the clock to a moment ("2026-11-24T08:45"), on somebody's own clock or in UTC; all that is due happens."""
        zone = await self.zone(who) if who else UTC
        await self.clock.move_to(datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(UTC))
        await self.settle()

    async def wakes(self, who: str) -> None:
        """Move the clock to when somebody may be written to by the rule of quiet; not at all if they may be now."""
        now, user_id = self.clock.now(), self.id(who)
        async with self.bot.database.team_reading(self.bot.team_id) as team:
            found = await quiet.calendars(team, [user_id], self.bot.playbook.quiet)
        await self.clock.move_to(opens(now, found[user_id]))
        await self.settle()

    async def zone(self, who: str) -> ZoneInfo:
        """Give somebody's time zone."""
        people = (await self.ask("GET", "state"))["people"]
        return ZoneInfo(next(person["tz"] for person in people if person["handle"] == who))

    async def next_due(self) -> datetime | None:
        """Tell the clock when the bot has something to do."""
        return await self.bot.next_due()

    async def settle(self) -> None:
        """Wait until everything that was sent has been heard, and all that is due has happened."""
        await self.sandbox.sockets.calm()
        await self.bot.settle()
        while await self.sandbox.sockets.calm():
            await self.bot.settle()


def _file(database_url: str) -> Path:
    return Path(database_url.partition(":///")[2])


def _begun(database_url: str, name: str) -> Path | None:
    """Say where a store is kept as it was when such a world had begun, beside the folders of this process's tests.

    People, channels and the team have the same ids in every workspace, so the next world may begin with a copy.
    """
    return _file(database_url).parent.parent / f"begun-{name}.db" if database_url.startswith("sqlite") else None


def _keep(database_url: str, kept: Path) -> None:
    with closing(sqlite3.connect(_file(database_url))) as source, closing(sqlite3.connect(kept)) as copy:
        source.backup(copy)


def words(shown: Mapping[str, Any]) -> str:
    """Give everything that can be read in a message or view, in its order."""
    found: list[str] = []
    _collect(shown.get("blocks") or [], found)
    return "\n".join([str(shown.get("text") or ""), *found])


def _collect(part: Any, found: list[str]) -> None:
    if isinstance(part, list):
        for item in part:
            _collect(item, found)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in ("text", "title", "label", "initial_value", "placeholder") and isinstance(value, str):
                found.append(value)
            else:
                _collect(value, found)


def has_action(shown: Mapping[str, Any], action_id: str) -> bool:
    """Tell whether a message or view has a control with this id."""
    return re.search(rf'"action_id": "{re.escape(action_id)}"', json.dumps(shown.get("blocks") or [])) is not None


def actions(shown: Mapping[str, Any]) -> list[str]:
    """Name the controls of a message or view."""
    return re.findall(r'"action_id": "([^"]+)"', json.dumps(shown.get("blocks") or []))


__all__ = ["MONDAY_NOON", "Refused", "World", "actions", "has_action", "words"]
