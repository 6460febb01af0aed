"""One introduction with all that decides how it looks, where it goes and when, and the letters that show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from blocks import introduction as draw
from blocks import introduction_letter as letters
from blocks.introduction import Shown
from blocks.introduction_letter import Spots
from blocks.kit import one_line
from handlers.contract import Desk, soon
from playbook.introduction import Audience, Draft, State, town
from playbook.path import not_quiet
from playbook.tongue import phrase
from storage import introduction as store
from storage import outbox, people, timetable
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.path_tables import Introduction
from storage.tables import Channel, Person
from storage.timetable import When

POST = "introduction.post"
FOLLOW = "introduction.follow"
REMINDER = "introduction.reminder"
NOWHERE = ("", "")


@dataclass(frozen=True)
class Case:
    """An introduction: whose, where it goes (`spots`) and when (`goes_at`); `lead` is who approves it."""

    traveller: Traveller
    row: Introduction
    spots: Spots
    goes_at: datetime
    lead: Person | None
    greeted: int = 0

    @property
    def user_id(self) -> str:
        """Give the contractor's user id."""
        return self.traveller.user_id

    @property
    def lead_id(self) -> str:
        """Give the user id of whoever approves it, "" for nobody."""
        return self.lead.user_id if self.lead else ""

    @property
    def draft(self) -> Draft:
        """Give what it says; what was not filled in yet is taken from what was agreed."""
        row, place = self.row, self.traveller.place
        if row.filled_at is not None:
            return Draft(row.role, row.bottleneck, row.fun_fact, row.place, row.video)
        return Draft(role=place.role, bottleneck=place.bottleneck, place=town(self.traveller.person.zone))

    def shown(self, draft: Draft | None = None) -> Shown:
        """Give what is drawn."""
        person, row = self.traveller.person, self.row
        posted = row.state == State.POSTED and row.posted_at is not None
        at = row.posted_at if posted and row.posted_at else self.goes_at
        words, golden = draft or self.draft, self.traveller.golden
        return Shown(person.user_id, person.name, person.zone, words, at, posted, person.photo, golden, self.greeted)


async def first_admin(desk: Desk) -> Person | None:
    """Give the admin to turn to, if any is known."""
    named = await people.find_all(desk.team, desk.admins)
    here = [named[one] for one in sorted(named) if not named[one].deactivated]
    return next(iter(here or await people.admins(desk.team)), None)


async def case_of(desk: Desk, traveller: Traveller, row: Introduction | None = None) -> Case:
    """Gather an introduction; one that was never asked for is drawn as an empty one."""
    row = row or await store.find(desk.team, traveller.user_id)
    row = row or Introduction(team_id=desk.team.team_id, user_id=traveller.user_id, state=State.ASKED)
    lead = traveller.who("manager") or await first_admin(desk)
    found = await _channels(desk, traveller)
    spots = await _spots(desk, traveller, row, *found)
    zone = _zone(spots, found, lead, traveller)
    greeted = len(await store.greetings(desk.team, traveller.user_id)) if row.state == State.POSTED else 0
    return Case(traveller, row, spots, _goes_at(desk, traveller, zone), lead, greeted)


async def cases(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, Case]:
    """Gather the introductions of those whose path goes on."""
    found = await travellers(desk.team, user_ids)
    rows = await store.find_all(desk.team, list(found))
    return {one: await case_of(desk, traveller, rows.get(one)) for one, traveller in found.items()}


async def _channels(desk: Desk, traveller: Traveller) -> tuple[Channel | None, Channel | None]:
    """Find the introduction channel, and one that the contractor shares with the bot, best that of their project."""
    office, place = traveller.office, traveller.place
    everybody = await people.find_channel(desk.team, office.intro_channel) if office.intro_channel else None
    theirs = [
        one for one in await people.channels_of(desk.team, place.user_id) if one.channel_id != office.intro_channel
    ]
    project = await people.find_channel(desk.team, place.project_channel) if place.project_channel else None
    if project and (not project.is_member or project.archived or project.channel_id == office.intro_channel):
        project = None
    if project and (project in theirs or not _looked_at(project)):
        return everybody, project
    return everybody, next(iter(theirs), None)


async def _spots(
    desk: Desk, traveller: Traveller, row: Introduction, everybody: Channel | None, shared: Channel | None
) -> Spots:
    outsider = bool(everybody and traveller.person.guest) and await _missing(desk, everybody, traveller.user_id)
    usual = Audience.BOTH if outsider and shared else Audience.EVERYBODY
    audience = Audience(row.audience) if row.audience and shared and outsider else usual
    wanted = {
        Audience.EVERYBODY: [traveller.office.intro_channel],
        Audience.SHARED: [shared.channel_id if shared else ""],
        Audience.BOTH: [traveller.office.intro_channel, shared.channel_id if shared else ""],
    }[audience]
    trouble = "" if audience == Audience.SHARED else _trouble(traveller.office.intro_channel, everybody)
    ids = tuple(dict.fromkeys(one for one in wanted if one))
    return Spots(_named(everybody), _named(shared), ids, outsider, audience, trouble)


async def _missing(desk: Desk, channel: Channel | None, user_id: str) -> bool:
    """Tell whether somebody is not in a channel whose members are known."""
    if channel is None or not _looked_at(channel):
        return False
    return not await people.is_in(desk.team, channel.channel_id, user_id)


def _looked_at(channel: Channel) -> bool:
    """Tell whether the bot has seen who is in a channel; until then nobody is said to be missing there."""
    return bool(channel.zone)


def _named(channel: Channel | None) -> tuple[str, str]:
    return (channel.channel_id, channel.name) if channel else NOWHERE


def _trouble(chosen: str, channel: Channel | None) -> str:
    """Say why nothing can be posted in the introduction channel and what to do about it, "" if it can."""
    if not chosen:
        return phrase(
            "No introduction channel is chosen yet. An admin chooses one in the set-up of my Home tab; "
            "then press *Post now*."
        )
    if channel is None:
        return phrase(
            "I do not find the introduction channel any more; it may have been deleted. An admin chooses "
            "another in the set-up of my Home tab; then press *Post now*."
        )
    name = f"#{one_line(channel.name, 80)}"
    if channel.archived:
        return phrase(
            "{name} is archived or deleted. Unarchive it, or let an admin choose another channel in the "
            "set-up of my Home tab; then press *Post now*.",
            name=name,
        )
    if not channel.is_member:
        return phrase(
            "I am not in {name}. Type `/invite @Inner Circle` there, or, if it was deleted, let an admin "
            "choose another channel in the set-up of my Home tab; then press *Post now*.",
            name=name,
        )
    return ""


def _zone(spots: Spots, found: tuple[Channel | None, Channel | None], lead: Person | None, traveller: Traveller) -> str:
    """Give the zone on whose clock it is posted: that of most people in the channel, else the manager's."""
    main = found[1] if spots.audience == Audience.SHARED else found[0]
    return (main.zone if main else "") or (lead.zone if lead else traveller.person.zone)


def _goes_at(desk: Desk, traveller: Traveller, zone: str) -> datetime:
    """Say when it is posted: on Day 1, or now where that has passed, outside quiet hours."""
    due_at = traveller.path.at(1, desk.playbook.introduction.post_at, zone)
    return due_at if due_at > desk.now else not_quiet(desk.now, zone, desk.playbook.path)


async def plan(desk: Desk, case: Case) -> None:
    """Write down when it is posted."""
    await timetable.put(desk.team, POST, {case.user_id: When(case.goes_at)})


def about(user_id: str) -> str:
    """Name the subject of the letters that show an introduction to managers."""
    return f"introduction:{user_id}:preview"


def card_key(user_id: str, channel_id: str) -> str:
    """Name the card in a channel."""
    return f"introduction:{user_id}:card:{channel_id}"


def two_lines_key(user_id: str) -> str:
    """Name the message that asks a manager for two lines."""
    return f"introduction:{user_id}:two-lines"


def ask_key(user_id: str) -> str:
    """Name the message that asks a contractor."""
    return f"introduction:{user_id}:ask"


def preview(case: Case, occasion: str, *, lead: str = "") -> tuple[Post, ...]:
    """Show the introduction to whoever approves it, in a new message."""
    if not case.lead_id:
        return ()
    text, blocks = letters.for_approval(case.shown(), case.row.state, case.spots, case.goes_at, lead=lead)
    key = f"{about(case.user_id)}:{occasion}:{case.lead_id}"
    nudge = REMINDER if occasion == "reminder" else ""
    subject, today = about(case.user_id), bool(nudge)
    return (Post(key, case.lead_id, text, blocks, Lane.AGENDA, about=subject, nudge=nudge, timely=today),)


async def superseded(desk: Desk, case: Case) -> tuple[Redraw, ...]:
    """Say in the place of older previews that there is a newer one."""
    keys = await outbox.keys_about(desk.team, about(case.user_id))
    return tuple(Redraw(key, *letters.newer(case.user_id)) for key in keys)


async def redrawn(desk: Desk, case: Case) -> tuple[Redraw, ...]:
    """Draw every message anew that shows how far an introduction has come."""
    user_id, state = case.user_id, case.row.state
    await soon(desk, ("home.redraw", user_id), ("home.redraw", case.lead_id))
    current = letters.for_approval(case.shown(), state, case.spots, case.goes_at)
    keys = await outbox.keys_about(desk.team, about(user_id))
    shown = [Redraw(key, *letters.newer(user_id)) for key in keys[:-1]] + [
        Redraw(key, *current, settled=state != State.FILLED) for key in keys[-1:]
    ]
    asked = Redraw(
        ask_key(user_id), *letters.ask(user_id, state, case.spots, case.lead_id), settled=state != State.ASKED
    )
    done = [] if state == State.ASKED else [Redraw(two_lines_key(user_id), *letters.written(user_id))]
    return (*shown, asked, *done)


def cards(case: Case) -> tuple[Redraw, ...]:
    """Draw the cards in channels anew."""
    posted = case.row.channel_id.split(",") if case.row.channel_id else []
    return tuple(Redraw(card_key(case.user_id, one), *draw.card(case.shown())) for one in posted)


def example(case: Case, desk: Desk) -> Case:
    """Give the introduction with something in it, for those who want to see what it would look like."""
    like = desk.playbook.introduction.examples
    if case.row.filled_at is not None:
        return case
    row = Introduction(
        team_id=desk.team.team_id,
        user_id=case.user_id,
        state=State.FILLED,
        role=case.draft.role or like.role,
        bottleneck=case.draft.bottleneck or like.bottleneck,
        fun_fact=like.fun_fact,
        place=case.draft.place or like.place,
        filled_at=desk.now,
    )
    return replace(case, row=row)
