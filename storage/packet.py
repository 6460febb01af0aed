"""The welcome packet: the workspace's texts and tools, what is particular to a contractor, and which pages they got."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, select

from storage import purpose, whois
from storage.database import Team
from storage.path import Traveller
from storage.path_tables import Access, PacketRead, PacketText, Term, Tool, Topic
from storage.people import find_all
from storage.tables import Letter
from storage.trust_tables import ChannelPurpose

EVERYBODY = ""


@dataclass(frozen=True)
class Contents:
    """Everything a packet is drawn from; `people` maps the roles of the map to user ids, those who left are missing.

    Without a contractor it is the workspace's part alone. `left` are the people of Who's Who who left.
    """

    user_id: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    tools: Sequence[Tool] = ()
    terms: Sequence[Term] = ()
    topics: Sequence[Topic] = ()
    left: frozenset[str] = frozenset()
    bottleneck: str = ""
    belongs: ChannelPurpose | None = None


async def gather(team: Team, traveller: Traveller | None) -> Contents:
    """Gather what the packet of a contractor is drawn from, or of nobody in particular."""
    user_id = traveller.user_id if traveller else ""
    around = {role: person.user_id for role, person in traveller.people.items()} if traveller else {}
    topics = await whois.topics(team)
    known = await find_all(team, {topic.user_id for topic in topics})
    return Contents(
        user_id,
        around,
        {name: row.text for name, row in (await texts(team, user_id)).items()},
        await tools(team),
        [term for term in await whois.terms(team) if term.meaning],
        topics,
        frozenset(one for one, person in known.items() if person.deactivated),
        traveller.place.bottleneck if traveller else "",
        await purpose.find(team, traveller.place.project_channel) if traveller else None,
    )


async def texts(team: Team, user_id: str = EVERYBODY) -> Mapping[str, PacketText]:
    """Fetch the workspace's texts by name, and what is particular to a contractor in their place."""
    rows = await team.all(team.select(PacketText).where(col(PacketText.user_id).in_({EVERYBODY, user_id})))
    return {row.name: row for row in sorted(rows, key=lambda row: row.user_id)}


async def keep_texts(team: Team, user_id: str, values: Mapping[str, str], by: str, now: datetime) -> None:
    """Keep texts, of the workspace or of a contractor; an empty one stays empty and is no default any more."""
    for name, text in values.items():
        keys = {"user_id": user_id, "name": name}
        await team.put(PacketText, keys, text=text, changed_at=now, changed_by=by)


async def tools(team: Team) -> Sequence[Tool]:
    """Fetch the Toolbox in its order."""
    return await team.all(team.select(Tool).order_by(col(Tool.position), col(Tool.name)))


async def tool(team: Team, tool_id: str) -> Tool | None:
    """Fetch one tool."""
    return await team.get(Tool, id=tool_id)


async def add_tools(team: Team, fresh: Sequence[Tool]) -> None:
    """Put tools at the end of the Toolbox; a name that is there already stays as it is."""
    there = await tools(team)
    names, last = {one.name.casefold() for one in there}, max((one.position for one in there), default=0)
    for place, one in enumerate(one for one in fresh if one.name.casefold() not in names):
        one.position = last + place + 1
        team.add(one)
    await team.session.flush()


async def remove_tool(team: Team, tool_id: str) -> bool:
    """Take a tool out of the Toolbox, with how far each contractor's access to it had come."""
    await team.change(team.delete(Access).where(col(Access.tool_id) == tool_id))
    return await team.change(team.delete(Tool).where(col(Tool.id) == tool_id)) > 0


def letter_key(user_id: str) -> str:
    """Name the letter that hands somebody their packet."""
    return f"packet:{user_id}:delivered"


async def sent_at(team: Team, user_id: str) -> datetime | None:
    """Say when a contractor was given the packet, None before."""
    letter = await team.get(Letter, key=letter_key(user_id))
    return letter.created_at if letter else None


async def got(team: Team, user_id: str, page: str, now: datetime) -> bool:
    """Remember that a contractor got a page; tells whether that is new."""
    return await team.insert_new(PacketRead, user_id=user_id, page=page, at=now)


async def read_at(team: Team, user_id: str) -> Mapping[str, datetime]:
    """Say when a contractor got each page; those they have not got are missing."""
    rows = await team.all(team.select(PacketRead).where(col(PacketRead.user_id) == user_id))
    return {row.page: row.at for row in rows}


async def pages_read(team: Team, user_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Say which pages each contractor has got; those who have got none are missing."""
    if not user_ids:
        return {}
    query = select(col(PacketRead.user_id), col(PacketRead.page)).where(
        col(PacketRead.team_id) == team.team_id, col(PacketRead.user_id).in_(set(user_ids))
    )
    found: dict[str, set[str]] = {}
    for user_id, page in (await team.session.exec(query)).all():
        found.setdefault(user_id, set()).add(page)
    return {user_id: frozenset(pages) for user_id, pages in found.items()}
