"""Where a letter is to stand: the conversation, which for a person is their DM, and the message it belongs under."""

from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.outcome import Outcome, Result, of_error, says_no
from storage import outbox, people
from storage.database import Database
from storage.outbox import REPEATABLE, State
from storage.tables import Letter

WAIT_FOR_PARENT = 5.0
NO_PARENT = "parent never arrived"
LEFT = "has left the workspace"
NOT_THERE = (State.EXPIRED, State.CANCELLED, State.FAILED)


@dataclass(frozen=True)
class Place:
    """A conversation, and the ts of a message in it to reply to, if any."""

    channel: str
    thread: str = ""


class Places:
    """Finds where letters are to stand, without sending anything that anybody sees."""

    def __init__(self, posts: AsyncWebClient, database: Database) -> None:
        self._posts = posts
        self._database = database

    async def prepare(self, letter: Letter) -> Place | Result:
        """Find where the letter is to stand; whatever goes wrong here, nothing was sent."""
        try:
            return await self._place(letter)
        except Exception as error:  # noqa: BLE001 - see above
            result = of_error(error)
        if result.outcome is Outcome.UNKNOWN:
            return replace(result, outcome=Outcome.REFUSED if says_no(result.why) else Outcome.NOT_SENT)
        return result

    async def _place(self, letter: Letter) -> Place | Result:
        if letter.state == State.UPDATING and letter.kind != "home":
            return Place(letter.channel or await self.conversation(letter))
        if await self._left(letter):
            return Result(Outcome.REFUSED, why=LEFT)
        if letter.kind in REPEATABLE:
            return Place(letter.channel)
        thread = await self.thread(letter)
        return thread if isinstance(thread, Result) else Place(await self.conversation(letter), thread)

    async def _left(self, letter: Letter) -> bool:
        """Tell whether the letter is for somebody who has left, to whom nothing is said any more."""
        if not _is_person(letter.to):
            return False
        async with self._database.team_reading(letter.team_id) as team:
            found = await people.find_all(team, letter.to.split(","))
        return any(person.deactivated for person in found.values())

    async def conversation(self, letter: Letter) -> str:
        """Give where a letter goes: the channel itself, or the person's DM, which is opened once and remembered.

        Several people, joined by commas, are a group's conversation, which Slack finds again by who is in it.
        """
        if not _is_person(letter.to):
            return letter.to
        if "," in letter.to:
            return str((await self._posts.conversations_open(users=letter.to))["channel"]["id"])
        return await direct_message(self._posts, self._database, letter.team_id, letter.to)

    async def thread(self, letter: Letter) -> str | Result:
        """Give the ts of the message a letter belongs under, "" for none; one that is on its way is waited for."""
        if not letter.thread_key:
            return ""
        async with self._database.team_reading(letter.team_id) as team:
            parent = await outbox.find(team, letter.thread_key)
        if parent is None or (parent.state in NOT_THERE and not parent.ts):
            return Result(Outcome.REFUSED, why=NO_PARENT)
        return parent.ts or Result(Outcome.NOT_YET, why="its parent goes first", wait=WAIT_FOR_PARENT)


async def direct_message(client: AsyncWebClient, database: Database, team_id: str, user_id: str) -> str:
    """Give a person's conversation with the bot, which is opened once and remembered."""
    async with database.team_reading(team_id) as team:
        person = await people.find(team, user_id)
    if person is not None and person.dm:
        return person.dm
    opened = str((await client.conversations_open(users=user_id))["channel"]["id"])
    async with database.team(team_id) as team:
        await people.keep_dm(team, user_id, opened)
    return opened


def _is_person(to: str) -> bool:
    return to.startswith(("U", "W"))
