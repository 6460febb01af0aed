"""Blockers: what keeps people from working, what happened to it, and who may see it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, literal, or_
from sqlmodel import col, select

from playbook.blocker import State, Step
from storage import contractor, people
from storage.blocker_around import Around
from storage.columns import new_id
from storage.contractor import HELPERS
from storage.database import Team
from storage.ooo import free_days, weeks
from storage.tables import Blocker, BlockerNote, Contractor, Draft, Letter

FORM = "blocker.form"
MOST_LISTED = 15
DRAFT_LIVES = timedelta(hours=24)
# Verbs of notes. The clock of a blocker begins anew when it is opened again or goes to somebody else.
RESTARTS = ("reopen", "hand", "rehelp")


@dataclass(frozen=True)
class Sent:
    """A letter about a blocker that was written, to whom, and the sentence it opens with if it is a reminder."""

    key: str
    to: str
    lead: str = ""


@dataclass(frozen=True)
class Case(Around):
    """A blocker with everything that is needed to show it, fetched for many at once."""

    blocker: Blocker
    clock_from: datetime
    notes: Sequence[BlockerNote]
    sent: Sequence[Sent]

    @property
    def path(self) -> tuple[str, ...]:
        """Who is to help, in order, as it was when the blocker was raised; each once."""
        blocker = self.blocker
        ids = (blocker.helper_id, blocker.manager_id, blocker.escalation_id)
        return tuple(dict.fromkeys(user for user in ids if user))

    def after(self, user_id: str) -> str:
        """Give who comes next on the path when somebody on it cannot help; "" when nobody is left."""
        place = self.path.index(user_id) + 1 if user_id in self.path else 0
        return next((one for one in self.path[place:] if one != self.blocker.user_id and self.active(one)), "")

    @property
    def helpers(self) -> frozenset[str]:
        """Give everybody who may act on it for the contractor: the path, who was told as well, their own people."""
        raiser = self.contractors.get(self.blocker.user_id)
        own = contractor.helpers(raiser).values() if raiser else ()
        return frozenset(filter(None, (*self.path, *also_told(self.blocker), *own))) - {self.blocker.user_id}


def also_told(blocker: Blocker) -> tuple[str, ...]:
    """Give the people who were to be told as well."""
    return tuple(filter(None, blocker.notify.split(",")))


def target(blocker: Blocker, step: Step) -> str:
    """Give the person a step of the clock turns to; "" when that is nobody, or somebody who was told before."""
    told = {"helper": set(), "manager": {blocker.helper_id}, "escalation": {blocker.helper_id, blocker.manager_id}}
    user_id = str(getattr(blocker, f"{step.to}_id"))
    return "" if user_id in told[step.to] | {blocker.user_id} else user_id


async def find(team: Team, blocker_id: str) -> Blocker | None:
    """Fetch one blocker to change it; nobody else may, until this transaction ends."""
    return await team.lock(Blocker, id=blocker_id) if blocker_id else None


async def numbered(team: Team, number: int) -> Blocker | None:
    """Fetch the blocker with a number to change it."""
    return await team.lock(Blocker, number=number)


async def find_all(team: Team, ids: Collection[str]) -> Sequence[Blocker]:
    """Fetch several blockers by id, oldest first."""
    query = team.select(Blocker).where(col(Blocker.id).in_(set(ids)))
    return await team.all(query.order_by(col(Blocker.number)))


async def unresolved(team: Team, user_ids: Collection[str]) -> Sequence[Blocker]:
    """Fetch what these people are stuck on, oldest first."""
    query = team.select(Blocker).where(col(Blocker.user_id).in_(set(user_ids)), col(Blocker.state) != State.RESOLVED)
    return await team.all(query.order_by(col(Blocker.number)))


async def helped_by(team: Team, user_id: str) -> Sequence[Blocker]:
    """Fetch the unresolved blockers that this person is to help with, oldest first."""
    query = team.select(Blocker).where(col(Blocker.helper_id) == user_id, col(Blocker.state) != State.RESOLVED)
    return await team.all(query.order_by(col(Blocker.number)))


async def visible(team: Team, user_id: str, project: str = "", *, everything: bool = False) -> Sequence[Blocker]:
    """Fetch the unresolved blockers somebody may see: their own, those they help with, their project's, or all."""
    query = team.select(Blocker).where(col(Blocker.state) != State.RESOLVED)
    if not everything:
        query = query.where(or_(_involves(user_id), col(Blocker.user_id).in_(_theirs(team, user_id, project))))
    return await team.all(query.order_by(col(Blocker.number)).limit(MOST_LISTED + 1))


def _involves(user_id: str) -> Any:
    named = (Blocker.user_id, Blocker.helper_id, Blocker.manager_id, Blocker.escalation_id)
    told = literal(",") + col(Blocker.notify) + literal(",")
    return or_(*(col(name) == user_id for name in named), told.contains(f",{user_id},", autoescape=True))


def _theirs(team: Team, user_id: str, project: str) -> Any:
    helped = or_(*(getattr(Contractor, helper) == user_id for helper in HELPERS))
    same = or_(helped, func.lower(col(Contractor.project)) == project.lower()) if project else helped
    return select(Contractor.user_id).where(Contractor.team_id == team.team_id, same)


async def note(team: Team, blocker: Blocker, verb: str, user_id: str, now: datetime, text: str = "") -> None:
    """Write down one thing that happened to a blocker: who did what, and their words."""
    values = {"id": new_id(), "blocker_id": blocker.id, "at": now, "user_id": user_id, "verb": verb, "text": text}
    await team.insert(BlockerNote, **values)


async def case(team: Team, blocker: Blocker) -> Case:
    """Give one blocker with all that is needed to show it."""
    await team.session.flush()
    return (await cases(team, [blocker]))[0]


async def cases(team: Team, blockers: Sequence[Blocker]) -> list[Case]:
    """Give the blockers with all that is needed to show them, in a handful of queries however many they are."""
    if not blockers:
        return []
    ids = {blocker.id for blocker in blockers}
    notes = _by_blocker(await _notes(team, ids), ids)
    sent = await _sent(team, ids)
    named = {user for blocker in blockers for user in _named(blocker)}
    path = {one.user_id: one for one in await contractor.known(team, named)}
    named |= {user for one in path.values() for user in contractor.helpers(one).values() if user}
    known = await people.find_all(team, named)
    around = Around(path, known, await free_days(team, named), weeks=await weeks(team, named))
    return [_case(blocker, around, notes[blocker.id], sent.get(blocker.id, [])) for blocker in blockers]


def _case(
    blocker: Blocker,
    around: Around,
    notes: Sequence[BlockerNote],
    sent: Sequence[Sent],
) -> Case:
    begun = [note.at for note in notes if note.verb in RESTARTS]
    since = max(begun, default=blocker.created_at)
    known = (around.contractors, around.people, around.free)
    return Case(*known, blocker, since, notes, sent, weeks=around.weeks)


def _named(blocker: Blocker) -> tuple[str, ...]:
    ids = (blocker.user_id, blocker.helper_id, blocker.manager_id, blocker.escalation_id)
    return (*filter(None, ids), *also_told(blocker))


async def _notes(team: Team, ids: Collection[str]) -> Sequence[BlockerNote]:
    query = team.select(BlockerNote).where(col(BlockerNote.blocker_id).in_(ids))
    return await team.all(query.order_by(col(BlockerNote.at)))


def _by_blocker(notes: Iterable[BlockerNote], ids: Iterable[str]) -> dict[str, list[BlockerNote]]:
    sorted_out: dict[str, list[BlockerNote]] = {one: [] for one in ids}
    for one in notes:
        sorted_out[one.blocker_id].append(one)
    return sorted_out


def about(blocker: Blocker) -> str:
    """Name the subject of reminders, which are taken back when it is resolved."""
    return f"blocker:{blocker.id}"


def about_card(blocker_id: str) -> str:
    """Name the subject of cards, which stay and always show the state."""
    return f"blocker:{blocker_id}:card"


def about_morning(user_id: str) -> str:
    """Name the subject of the questions somebody gets in the morning."""
    return f"blocker.morning:{user_id}"


async def _sent(team: Team, ids: Collection[str]) -> dict[str, list[Sent]]:
    """Give the cards and reminders that were written about each blocker, oldest first."""
    subjects = [subject for one in ids for subject in (about_card(one), f"blocker:{one}")]
    query: Any = select(Letter.about, Letter.key, Letter.to, Letter.blocks).where(
        Letter.team_id == team.team_id, col(Letter.about).in_(subjects)
    )
    found: dict[str, list[Sent]] = {}
    for subject, key, to, blocks in (await team.session.exec(query.order_by(col(Letter.seq)))).all():
        blocker_id = subject.split(":")[1]
        lead = "" if subject == about_card(blocker_id) else _lead(blocks)
        found.setdefault(blocker_id, []).append(Sent(key, to, lead))
    return found


def _lead(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Give the sentence a reminder opens with; one that was drawn without it begins with the number at once."""
    words = str(blocks[0]["text"]["text"]) if blocks else ""
    return "" if words.startswith("*#") else words


async def last_mornings(team: Team, user_id: str, ts: str = "") -> Sequence[Letter]:
    """Fetch the last morning question somebody got, and the one they pressed a button on."""
    mine = team.select(Letter).where(col(Letter.to) == user_id, col(Letter.about) == about_morning(user_id))
    last = await team.first(mine.order_by(col(Letter.seq).desc()))
    pressed = await team.first(mine.where(col(Letter.ts) == ts)) if ts else None
    return list({letter.key: letter for letter in (last, pressed) if letter}.values())


async def asked_about(team: Team, user_id: str, before: datetime, at: datetime) -> Sequence[Blocker]:
    """Fetch what somebody was stuck on at an instant and had raised before another."""
    query = team.select(Blocker).where(
        col(Blocker.user_id) == user_id,
        col(Blocker.created_at) < before,
        or_(col(Blocker.state) != State.RESOLVED, col(Blocker.resolved_at) >= at),
    )
    return await team.all(query.order_by(col(Blocker.number)))


async def still_said(team: Team, ids: Collection[str], since: datetime) -> frozenset[str]:
    """Tell which of these blockers somebody said to be still stuck on since an instant."""
    query: Any = select(BlockerNote.blocker_id).where(
        BlockerNote.team_id == team.team_id,
        col(BlockerNote.blocker_id).in_(set(ids)),
        BlockerNote.verb == "still",
        col(BlockerNote.at) >= since,
    )
    return frozenset((await team.session.exec(query)).all())


async def is_letter(team: Team, blocker: Blocker, ts: str) -> bool:
    """Tell whether a message is one that shows a blocker and is edited in place with it."""
    if not ts:
        return False
    subjects = [about(blocker), about_card(blocker.id), about_morning(blocker.user_id)]
    query = team.select(Letter).where(col(Letter.about).in_(subjects), col(Letter.ts) == ts)
    return await team.first(query) is not None


async def keep_draft(team: Team, user_id: str, values: Mapping[str, Any], now: datetime) -> None:
    """Keep what somebody had typed into the form they closed."""
    await team.put(Draft, {"user_id": user_id, "form": FORM}, values=dict(values), at=now)


async def take_draft(team: Team, user_id: str, now: datetime) -> Mapping[str, Any]:
    """Give back what somebody had typed into the form they closed in the last 24 hours."""
    draft = await team.get(Draft, user_id=user_id, form=FORM)
    return draft.values if draft and now - draft.at < DRAFT_LIVES else {}


async def drop_draft(team: Team, user_id: str) -> None:
    """Forget what somebody had typed into the form."""
    await team.change(team.delete(Draft).where(col(Draft.user_id) == user_id, col(Draft.form) == FORM))
