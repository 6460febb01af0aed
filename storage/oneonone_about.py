"""Topics of 1:1s that are about a record of another noun: its words, and whose it is, looked up where they are kept."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date

from playbook.days import Week
from playbook.flag import reason
from playbook.health_words import reason as why
from playbook.load import Playbook
from playbook.tongue import day as day_of
from playbook.tongue import phrase
from storage.database import Team
from storage.health import letters_of
from storage.path_tables import ChecklistItem
from storage.tables import Blocker, Person
from storage.trust_tables import Audit, HealthCheck, RedFlag, WikiItem

SEPARATOR = ":"


@dataclass(frozen=True)
class About:
    """A topic that another record gives: whose 1:1, its words, its part, and whether the manager knows of it yet."""

    user_id: str
    text: str
    part: str
    manager_knows: bool = True


async def _blocker(team: Team, record_id: str, _: Playbook) -> About | None:
    row = await team.get(Blocker, id=record_id)
    return (
        About(row.user_id, phrase("Blocker #{number}: {row}", number=row.number, row=row.text), "unblock")
        if row
        else None
    )


async def _health(team: Team, record_id: str, books: Playbook) -> About | None:
    """Give a question about how work goes with its reason, once the contractor was asked."""
    row = await team.get(HealthCheck, id=record_id)
    rule = books.health.rule(row.rule) if row else None
    if row is None or rule is None or not (row.contractor_at or letters_of(row)):
        return None
    text = f"{rule.title}: {why(rule, row.day, row.facts, await _name(team, row.user_id))}"
    return About(row.user_id, text, "process", manager_knows=row.manager_at is not None)


async def _name(team: Team, user_id: str) -> str:
    person = await team.get(Person, user_id=user_id)
    return person.name if person else phrase("They")


async def _flag(team: Team, record_id: str, books: Playbook) -> About | None:
    """Give a sign of overwork, of which nobody speaks before the contractor has been told."""
    row = await team.get(RedFlag, id=record_id)
    rule = books.flag.rule(row.rule) if row else None
    if row is None or rule is None or row.told_at is None:
        return None
    text = reason(rule, row.day, row.facts, await _name(team, row.user_id))
    return About(row.user_id, text, "pulse", manager_knows=row.manager_at is not None)


async def _audit(team: Team, record_id: str, books: Playbook) -> About | None:
    """Give a week, by contractor and Monday, with how it felt where that was answered."""
    user_id, _, day = record_id.partition(SEPARATOR)
    try:
        monday = Week.of(date.fromisoformat(day)).monday
    except (ValueError, OverflowError):
        return None
    row = await team.get(Audit, user_id=user_id, monday=monday)
    answer = books.audit.felt_label(row.felt) if row else ""
    words = ", ".join(
        filter(
            None,
            [answer, row.words if row else "", phrase("heavy: {heavy}", heavy=row.heavy) if row and row.heavy else ""],
        )
    )
    text = phrase("How the week of {monday} felt", monday=day_of(monday))
    return About(user_id, f"{text}: {words}" if words else text, "process")


async def _wiki(team: Team, record_id: str, _: Playbook) -> About | None:
    row = await team.get(WikiItem, id=record_id)
    return (
        About(row.user_id, phrase("Wiki #{number}: {question}", number=row.number, question=row.question), "process")
        if row
        else None
    )


async def _checklist(team: Team, record_id: str, _: Playbook) -> About | None:
    row = await team.get(ChecklistItem, id=record_id)
    return About(row.user_id, phrase("Checklist: {row}", row=row.text), "unblock") if row else None


KINDS: Mapping[str, Callable[[Team, str, Playbook], Awaitable[About | None]]] = {
    "blocker": _blocker,
    "health": _health,
    "flag": _flag,
    "audit": _audit,
    "wiki": _wiki,
    "checklist": _checklist,
}


async def about(team: Team, name: str, books: Playbook) -> About | None:
    """Give the topic that a record gives, by "kind:record id"; None for what is not there."""
    kind, _, record_id = name.partition(SEPARATOR)
    look_up = KINDS.get(kind)
    return await look_up(team, record_id, books) if look_up and record_id else None
