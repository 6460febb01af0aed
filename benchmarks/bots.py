"""The bots that are compared: ours at work on a stub of Slack, and bare ones that do nothing but the thing measured."""

import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.stub import TEAM, Stub
from bot.app import InnerCircle
from bot.clock import Clock
from bot.settings import Settings
from storage import migrate
from storage.database import Database
from storage.tables import Contractor, Person

TOKEN = "xoxb-bench"
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WORKER = "U0000000001"
MANAGER = "U0MANAGER"
ADMIN = "U0ADMIN0000"
Ack = Callable[..., Awaitable[None]]


def settings(stub: Stub, database_url: str, **changes: Any) -> Settings:
    """Point the bot at a stub, with a metronome too slow to disturb what is measured."""
    values: dict[str, Any] = {"slack_bot_token": SecretStr(TOKEN), "slack_app_token": SecretStr("xapp-bench")}
    values |= {"slack_api_url": stub.url, "database_url": database_url, "tick_seconds": 3600}
    values |= {"admins": frozenset({ADMIN})}
    return Settings(_env_file=None, **values | changes)


@asynccontextmanager
async def at_work(stub: Stub, folder: Path, clock: Clock | None = None, **changes: Any) -> AsyncIterator[InnerCircle]:
    """Start the real bot, whole, on a store of its own."""
    url = f"sqlite+aiosqlite:///{folder / f'{uuid4().hex}.db'}"
    await migrate.upgrade(url)
    bot = InnerCircle(settings(stub, url, **changes), clock)
    try:
        await bot.start()
        gc.freeze()  # as `python -m bot run` does
        yield bot
    finally:
        gc.unfreeze()
        await bot.stop()


def bare(stub: Stub, listener: Ack) -> AsyncApp:
    """Make a Bolt app with one listener and nothing else, set up the fast way."""
    client = AsyncWebClient(TOKEN, base_url=stub.url)
    app = AsyncApp(client=client, request_verification_enabled=False, process_before_response=True)
    app.command("/log")(listener)
    return app


def command(text: str, user: str = WORKER, answer_at: str = "") -> dict[str, Any]:
    """Make the payload of a slash command, with a trigger of its own and an address for late answers."""
    return {
        "command": "/log",
        "text": text,
        "team_id": TEAM,
        "user_id": user,
        "channel_id": "C0000000001",
        "trigger_id": f"{uuid4().hex}.1.bench",
        "response_url": answer_at,
        "api_app_id": "A0BENCH0000",
    }


async def dispatch(app: AsyncApp, text: str, user: str = WORKER, expected: str = "") -> None:
    """Let an app hear a command as Socket Mode would bring it; raises unless it is answered with the expected words."""
    body = command(text, user, f"{app.client.base_url}respond")
    response = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    if response.status != 200 or expected not in response.body:
        raise RuntimeError(f"answered with {response.status}: {response.body or 'nothing'}")


def people(count: int, managers: int = 1) -> tuple[list[Person], list[Contractor]]:
    """Make contractors in Madrid who work from 9:00 to 17:30, and their managers."""
    bosses = [f"{MANAGER}{number:04}" for number in range(managers)]
    workers = [f"U{number:010}" for number in range(1, count + 1)]
    persons = [Person(team_id=TEAM, user_id=one, name=one, zone="Europe/Madrid") for one in [*bosses, *workers]]
    places = [
        Contractor(
            team_id=TEAM,
            user_id=one,
            manager_id=bosses[number % managers],
            role="Designer",
            project="acme",
            start_date=date(2026, 1, 1),
            weekly_minutes=1800,
            weekdays="0,1,2,3,4",
            day_start=time(9),
            day_end=time(17, 30),
            added_at=MONDAY,
            added_by=bosses[0],
        )
        for number, one in enumerate(workers)
    ]
    return persons, places


async def put_on_the_path(database: Database, count: int, managers: int = 1) -> list[str]:
    """Put contractors and their managers into the store; gives the contractors' ids."""
    persons, places = people(count, managers)
    async with database.writing() as session:
        session.add_all([*persons, *places])
    return [one.user_id for one in places]
