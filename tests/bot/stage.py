"""A stage: the world, in which some of what people do is answered by the test itself."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.listener import PATIENCE
from bot.standing import NAME
from handlers.contract import Call, Desk, Kind, OpenModal, Reply, Route
from storage.outbox import Post
from storage.review import SINCE
from storage.tables import Fact, Letter
from tests.world import World

Work = Callable[[Call, Desk], Awaitable[Reply]]
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "test.form",
    "title": {"type": "plain_text", "text": "A form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Words"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        }
    ],
}


class Stage:
    """A world in which some of what people do is answered by the test."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.bot.listener.patience = PATIENCE  # how long is part of what is tried here

    def plays(self, work: Work, kind: Kind = Kind.COMMAND, name: str = "/log", *, opens: bool = False) -> None:
        """Let a test's handler answer to something."""
        bot: Any = self.world.bot
        table = bot.events._table if kind is Kind.EVENT else bot.listener._table
        table[name if kind is Kind.EVENT else (kind, name)] = Route(kind, name, work, opens=opens)

    async def opens_a_form(self, work: Work) -> None:
        """Have ana look at a form that the test's handler answers."""

        async def form(_call: Call, _desk: Desk) -> Reply:
            return OpenModal(view=FORM)

        self.plays(form, opens=True)
        self.plays(work, Kind.FORM, "test.form")
        await self.world.types("ana", "/log")

    async def facts(self) -> dict[str, str]:
        """What the handlers have kept."""
        bot = self.world.bot
        async with bot.database.team_reading(bot.team_id) as team:
            known = await team.all(team.select(Fact))
            return {row.name: row.value for row in known if row.name not in (NAME, SINCE)}

    async def letters(self) -> list[str]:
        """The keys of what they have written to people."""
        bot = self.world.bot
        async with bot.database.team_reading(bot.team_id) as team:
            return [row.key for row in await team.all(team.select(Letter)) if row.key.startswith("test")]

    async def says(self, text: str, who: str = "ana") -> str:
        """Everything that somebody sees in #acme after typing something there."""
        await self.world.types(who, text)
        return await self.world.last(who)


def keeps(name: str, then: Exception | Reply) -> Work:
    """Make a handler that keeps something and writes to somebody, and then refuses, breaks or answers."""

    async def work(call: Call, desk: Desk) -> Reply:
        number = await desk.team.next_number(name)
        await desk.team.put(Fact, {"name": name}, value=str(number))
        if isinstance(then, Exception):
            raise then
        return then.also(Post(f"test:{name}:{number}", call.user_id, "a letter"))

    return work
