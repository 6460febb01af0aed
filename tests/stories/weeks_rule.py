"""What Slack got in the four weeks, and the shared rule worked out anew: by zoneinfo and holidays, not the bot's code."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from storage.outbox import Lane
from storage.tables import Letter
from tests.stories.weeks_cast import TEAM, Member, works
from tests.world import World

CAP = 3
BLOCKERS = (Lane.ESCALATION, Lane.CARD)


@dataclass(frozen=True)
class Message:
    """One message in somebody's direct messages with the bot, as Slack got it, with the letters that it brought."""

    who: str
    at: datetime
    letters: tuple[Letter, ...]
    words: str

    @property
    def local(self) -> datetime:
        """Give when it came on its receiver's clock."""
        return self.at.astimezone(ZoneInfo(TEAM[self.who].zone))

    @property
    def unasked(self) -> bool:
        """Say whether the clock began it, so that it counts against the cap; blockers are apart."""
        return any(one.courtesy == "unasked" and one.lane not in BLOCKERS for one in self.letters)

    @property
    def kept(self) -> bool:
        """Say whether it is one that quiet hours and days off hold back."""
        return any(one.courtesy for one in self.letters)

    @property
    def about_a_blocker(self) -> bool:
        """Say whether it is one of those that go at any hour."""
        return any(one.lane in BLOCKERS for one in self.letters)

    def __str__(self) -> str:
        """Name it in a list of what went wrong."""
        return f"{self.who} {self.local:%a %d %b %H:%M} {self.words[:70]!r}"


async def letters(world: World) -> Sequence[Letter]:
    """Read everything the bot wrote to the team, but Homes and whispers."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        rows = await team.all(team.select(Letter).order_by(Letter.seq))  # type: ignore[arg-type]
    return [one for one in rows if one.kind in ("message", "batch")]


async def messages(world: World, written: Sequence[Letter]) -> Sequence[Message]:
    """Read from Slack's side every message that came into a direct message of one person of the team."""
    names, rooms, found = {world.id(who): who for who in TEAM}, dict[str, str](), []
    for call in (await world.ask("GET", "journal"))["journal"]:
        body, answer = call["body"], call["answer"] or {}
        if call.get("method") == "conversations.open" and body["users"] in names:
            rooms[answer["channel"]["id"]] = names[body["users"]]
        if call.get("method") == "chat.postMessage" and body["channel"] in rooms:
            there = [one for one in written if (one.channel, one.ts) == (answer["channel"], answer["ts"])]
            at = datetime.fromisoformat(call["at"]).astimezone(UTC)
            began = tuple(one for one in there if one.kind != "batch" and _in_the_first_place(one, at))
            found.append(Message(rooms[body["channel"]], at, began, body["text"]))
    return found


def _in_the_first_place(letter: Letter, at: datetime) -> bool:
    """Tell what a message came with from what was put into it later by an edit, which makes no sound."""
    return letter.released_at is None or letter.released_at <= at


def quiet(member: Member, clock: time) -> bool:
    """Say whether somebody's clock shows a quiet hour."""
    begins, ends = member.quiet
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends


def paused(member: Member, local: datetime) -> bool:
    """Say whether somebody has their notifications paused."""
    there = local.replace(tzinfo=None)
    return any(datetime.fromisoformat(start) <= there < datetime.fromisoformat(end) for start, end in member.pauses)


def wrong(message: Message, acts: Collection[tuple[str, datetime]]) -> str:
    """Say which rule a message breaks, "" for none. What is at once is an answer, or about a blocker."""
    member, local = TEAM[message.who], message.local
    if not message.kept:
        answer = (message.who, message.at) in acts
        return "" if answer or message.about_a_blocker else "comes at once, and nobody asked"
    if quiet(member, local.time()):
        return "falls into quiet hours"
    if not works(message.who, local.date()):
        return "falls on a day off"
    return "falls into a pause" if paused(member, local) else ""


def a_day(found: Sequence[Message]) -> Mapping[tuple[str, date], int]:
    """Count what the bot began, for each person and local day."""
    return Counter((one.who, one.local.date()) for one in found if one.unasked)
