"""Parcels: files that somebody asked for, made and sent by the part that talks to Slack."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import wish
from storage.database import Team
from storage.wish import Wish

WISH = "parcel"


@dataclass(frozen=True)
class Parcel:
    """What is sent: the words that go with it, and `render`, which makes the files' bytes by their names.

    `render` runs in a thread of its own, without a store: everything it needs was gathered before.
    """

    words: str
    render: Callable[[], Mapping[str, bytes]]


@dataclass(frozen=True)
class Wanted:
    """Who wants what; `value` says which (a month, a contractor)."""

    user_id: str
    what: str
    value: str
    wish: Wish


async def ask(team: Team, user_id: str, what: str, value: str, now: datetime) -> None:
    """Keep what somebody asked for; the same one asked for twice comes once."""
    await wish.put(team, Wish(WISH, f"{user_id}|{what}|{value}", now.isoformat()))


async def wanted(team: Team) -> Sequence[Wanted]:
    """Fetch what is to be made."""
    return [_wanted(one) for one in await wish.waiting(team, WISH)]


def _wanted(one: Wish) -> Wanted:
    user_id, what, value = one.subject.split("|", 2)
    return Wanted(user_id, what, value, one)
