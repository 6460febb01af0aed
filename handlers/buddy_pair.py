"""A contractor and their buddy: who would be a good one, and the message that introduces the two."""

from collections.abc import Sequence
from datetime import timedelta

from blocks import buddy as draw
from blocks.buddy import Side
from blocks.kit import Block
from handlers.contract import Desk
from playbook.buddy import Candidate, ranked, shared_minutes
from playbook.contractor import default_hours
from playbook.days import local_day
from playbook.hours import Hours
from storage import buddy as store
from storage import contractor, outbox
from storage.contractor import agreed_hours
from storage.outbox import Lane, Post
from storage.path import Traveller
from storage.tables import Contractor, Person

REMINDER = "buddy.reminder"


async def suggest(desk: Desk, traveller: Traveller) -> tuple[Candidate, ...]:
    """Give the people who would be good buddies for a contractor, best first."""
    book, place = desk.playbook.buddy, traveller.place
    since = local_day(desk.now, traveller.person.zone) - timedelta(days=book.newcomer_days)
    load, places = await store.newcomers(desk.team, since), await store.places(desk.team)
    near, out = await store.in_channel(desk.team, place.project_channel), {place.user_id, place.manager_id}
    new = {one.user_id for one in places.values() if one.start_date >= since}
    shared: dict[Hours, int] = {}
    found = []
    for person in await store.members(desk.team):
        if person.user_id in out | new:
            continue
        hours = hours_of(desk, person, places.get(person.user_id))
        if hours not in shared:
            shared[hours] = shared_minutes(_own(traveller), hours, traveller.path.day(1))
        has = load.get(person.user_id, 0) - (person.user_id == place.buddy_id and place.start_date >= since)
        found.append(Candidate(person.user_id, person.name, shared[hours], has, person.user_id in near))
    return ranked(found, book)[: book.suggested]


def _own(traveller: Traveller) -> Hours:
    return agreed_hours(traveller.place, traveller.path.zone)


def hours_of(desk: Desk, person: Person, place: Contractor | None) -> Hours:
    """Say when somebody works: as was agreed with them, else at the usual times of their zone."""
    if place is None:
        return default_hours(person.zone, desk.playbook.contractor)
    return agreed_hours(place, person.zone)


async def introduction(desk: Desk, traveller: Traveller, buddy: Person) -> tuple[str, list[Block]]:
    """Draw the message that introduces the two."""
    person, topics = traveller.person, desk.playbook.buddy.topics
    place = await contractor.find(desk.team, buddy.user_id)
    shared = shared_minutes(_own(traveller), hours_of(desk, buddy, place), traveller.path.day(1))
    newcomer = Side(person.user_id, person.name, person.zone, traveller.place.role)
    topic = topics[sum(map(ord, person.user_id)) % len(topics)]
    return draw.introduces(newcomer, Side(buddy.user_id, buddy.name, buddy.zone), shared, topic, desk.now)


def introduced_key(user_id: str, buddy_id: str) -> str:
    """Name the message that introduces a contractor and a buddy."""
    return f"buddy:{user_id}:{buddy_id}:introduced"


def expected_key(user_id: str, buddy_id: str) -> str:
    """Name the message that tells a buddy what is expected; whoever tells it, it comes once."""
    return f"buddy:{user_id}:{buddy_id}:chosen"


def together(traveller: Traveller, buddy: Person, said: tuple[str, Sequence[Block]]) -> Post:
    """Write to the two in their common conversation."""
    key = introduced_key(traveller.user_id, buddy.user_id)
    return Post(key, f"{traveller.user_id},{buddy.user_id}", *said, Lane.AGENDA)


def about(user_id: str) -> str:
    """Name the subject of the questions for a buddy."""
    return f"buddy:{user_id}:ask"


async def ask_keys(desk: Desk, user_id: str) -> Sequence[str]:
    """Give the keys of the messages that asked for a buddy."""
    return await outbox.keys_about(desk.team, about(user_id))
