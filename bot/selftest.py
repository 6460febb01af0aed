"""The self-test: asks Slack about everything the path needs, and edits its one letter as it goes."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from blocks import workspace_test as draw
from blocks.workspace_test import Finding
from bot.clock import Clock
from bot.scopes import missing_scopes
from bot.slack import Slack
from handlers.workspace_test import WISH, key
from playbook.holidays import countries
from playbook.tongue import phrase
from playbook.workspace import steps
from storage import contractor, outbox, people, survey, wish, workspace
from storage.database import Database, Team
from storage.outbox import Redraw
from storage.path_tables import Workspace
from storage.tables import Contractor, Person
from storage.timetable import soon
from storage.wish import Wish

MOST_ASKED = 60
SET_UP = phrase("press Set up")
EDIT = "`/contractor edit @person`"


@dataclass(frozen=True)
class Facts:
    """What the bot itself knows: the set-up, the contractors, the people around them, and who is introduced where."""

    office: Workspace
    missing: Sequence[str]
    places: Sequence[Contractor]
    known: Mapping[str, Person]
    names: Mapping[str, str]
    introduced: frozenset[str]


class SelfTest:
    """Takes the wishes for a self-test and looks at one thing after the other, outside any transaction."""

    wish = WISH

    def __init__(self, slack: Slack, database: Database, clock: Clock, wake: Callable[[], None]) -> None:
        self._slack = slack
        self._database = database
        self._clock = clock
        self._wake = wake

    async def work(self, team_id: str) -> int:
        """Meet every wish; tells how many those were."""
        async with self._database.team_reading(team_id) as team:
            wishes = await wish.waiting(team, WISH)
        for one in wishes:
            await self._run(team_id, one)
        return len(wishes)

    async def _run(self, team_id: str, wanted: Wish) -> None:
        async with self._database.team_reading(team_id) as team:
            facts = await _facts(team)
        looks: Sequence[tuple[str, Callable[[Facts], Awaitable[list[Finding]]]]] = (
            ("permissions", self._scopes),
            ("channels", self._channels),
            ("people", self._people),
            (phrase("the rest"), _own),
        )
        found: list[Finding] = []
        for what, look in looks:
            await self._tell(team_id, wanted, draw.looking(found, what))
            found += await look(facts)
        async with self._database.team(team_id) as team:
            now = self._clock.now()
            outcome = draw.outcome(found, wanted.value, now)
            await outbox.put(team, [Redraw(key(wanted.subject, wanted.value), *outcome)], now)
            await workspace.put(team, tested_at=now)
            await wish.done(team, wanted)
            await soon(team, now, ("home.redraw", wanted.subject))
        self._wake()

    async def _tell(self, team_id: str, wanted: Wish, drawn: draw.Drawn) -> None:
        async with self._database.team(team_id) as team:
            await outbox.put(team, [Redraw(key(wanted.subject, wanted.value), *drawn)], self._clock.now())
        self._wake()

    async def _scopes(self, _facts: Facts) -> list[Finding]:
        try:
            missing, wanted = missing_scopes(await self._slack.asks.auth_test())
        except Exception as error:  # noqa: BLE001 - whatever keeps us from Slack is told as such
            return [draw.unanswered(phrase("at the app's permissions"), _why(error))]
        return [draw.scopes(missing, wanted)]

    async def _channels(self, facts: Facts) -> list[Finding]:
        """Look at the introduction channel and every project channel."""
        wanted = [(facts.office.intro_channel, "introductions", SET_UP)] if facts.office.intro_channel else []
        projects = sorted({one.project_channel for one in facts.places} - {"", facts.office.intro_channel})
        wanted += [(one, phrase("a project channel"), EDIT) for one in projects[:MOST_ASKED]]
        found = []
        for channel_id, what, mend_at in wanted:
            name, state = await self._place(channel_id)
            found.append(draw.place(channel_id, name or facts.names.get(channel_id, ""), what, state, mend_at))
        return found

    async def _place(self, channel_id: str) -> tuple[str, str]:
        try:
            shown = (await self._slack.asks.conversations_info(channel=channel_id))["channel"]
        except Exception as error:  # noqa: BLE001 - see above
            why = _why(error)
            return "", "gone" if why == "channel_not_found" else why
        if shown.get("is_archived"):
            return shown["name"], "archived"
        return shown["name"], "in" if shown.get("is_member") else "out"

    async def _people(self, facts: Facts) -> list[Finding]:
        """See whether a conversation can be opened with everybody who is written to; nothing is sent."""
        well, found = list(_written_before(facts)), []
        for user_id, what, mend_at in _receivers(facts):
            state = await self._direct(user_id, facts)
            if state == "ok":
                well.append(user_id)
            else:
                found.append(draw.writing(user_id, what, state, mend_at))
        return [*found, draw.written(list(dict.fromkeys(well)))] if well else found

    async def _direct(self, user_id: str, facts: Facts) -> str:
        person = facts.known.get(user_id)
        if person is not None and person.deactivated:
            return "left"
        try:
            await self._slack.asks.conversations_open(users=user_id)
        except Exception as error:  # noqa: BLE001 - see above
            return _why(error)
        return "ok"


def _why(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__


async def _facts(team: Team) -> Facts:
    office = await workspace.get(team)
    places = await contractor.everyone(team)
    around = {office.operations_id, office.escalation_id}
    around |= {one for place in places for one in (place.user_id, place.manager_id)}
    channels = [await people.find_channel(team, one) for one in await survey.channels(team)]
    return Facts(
        office=office,
        missing=[words for step in steps(await workspace.chosen(team)) for words in step.missing],
        places=places,
        known=await people.find_all(team, around - {""}),
        names={one.channel_id: one.name for one in channels if one},
        introduced=await survey.members(team, office.intro_channel),
    )


def _receivers(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Name everybody who is written to, once: who, as what, and where another is chosen."""
    managers = sorted({one.manager_id for one in facts.places})
    everybody = [
        (facts.office.operations_id, "operations", phrase("Choose somebody else under Set up.")),
        (facts.office.escalation_id, phrase("escalation contact"), phrase("Choose somebody else under Set up.")),
        *((one, phrase("a manager"), phrase("Choose another with {edit}.", edit=EDIT)) for one in managers),
        *((one, phrase("a contractor"), phrase("Look at their account in Slack.")) for one in _not_written_yet(facts)),
    ]
    once = {user_id: (user_id, what, mend_at) for user_id, what, mend_at in reversed(everybody) if user_id}
    yield from list(once.values())[::-1][:MOST_ASKED]


def _not_written_yet(facts: Facts) -> Iterator[str]:
    """Name the contractors with whom no conversation was ever opened; those who left are told of elsewhere."""
    for one in facts.places:
        person = facts.known.get(one.user_id)
        if person is None or (not person.dm and not person.deactivated):
            yield one.user_id


def _written_before(facts: Facts) -> Iterator[str]:
    """Name the contractors with whom a conversation is open: with two hundred of them, Slack need not be asked."""
    for one in facts.places:
        person = facts.known.get(one.user_id)
        if person is not None and person.dm and not person.deactivated:
            yield one.user_id


async def _own(facts: Facts) -> list[Finding]:
    """Say what needs no Slack: holidays, what was not chosen, and contractors who are not where they should be."""
    code = facts.office.country
    left = [one.user_id for one in facts.places if _is_gone(facts, one.user_id)]
    here = [one.user_id for one in facts.places if one.user_id not in left and one.paused_at is None]
    outside = [one for one in here if one not in facts.introduced] if facts.office.intro_channel else []
    known = await asyncio.to_thread(countries) if code else ()  # loading them takes most of a second
    found = [draw.country(code, known=any(code == one for _, one in known)), draw.not_chosen(facts.missing)]
    found += [draw.gone(left)] if left else []
    found += [draw.not_introduced(facts.office.intro_channel, outside)] if outside else []
    return found if left or outside else [*found, draw.reached(len(here))]


def _is_gone(facts: Facts, user_id: str) -> bool:
    person = facts.known.get(user_id)
    return person is not None and person.deactivated
