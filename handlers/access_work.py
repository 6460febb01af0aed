"""What all work on somebody's access shares: the case, who may do what, and the letters that follow a change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from blocks import access as draw
from blocks import access_confirm as question
from blocks.access import About, Drawn
from handlers.contract import Call, Desk, Letters, soon
from handlers.path import may_about, tick, untick
from handlers.who import asker
from playbook.access import Line, Rights, progress
from playbook.days import local_day
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import access as store
from storage.outbox import Redraw
from storage.path import Traveller, travellers
from storage.tables import Person

NOT_YOURS = phrase(
    "I find nobody by that name whose access you look after. Contractors see their own with "
    "`/contractor access`, and operations, managers and admins that of theirs with `/contractor "
    "access @person`."
)
NOT_OPERATIONS = phrase("Operations opens tools, and so do admins. You can ask them, and see here when it is done.")
ALONE = ("operations", "manager")


@dataclass(frozen=True)
class Case:
    """One contractor's access: who they are, and every tool."""

    traveller: Traveller
    lines: Sequence[Line] = ()

    @property
    def user_id(self) -> str:
        """Give the contractor's user id."""
        return self.traveller.user_id


def about(user_id: str) -> str:
    """Name what every letter about somebody's access is about."""
    return f"access:{user_id}"


def prepare_key(traveller: Traveller) -> str:
    """Name the list of what is to be opened, for whoever is to open it now."""
    return f"{about(traveller.user_id)}:prepare:{receiver(traveller)}"


def confirm_key(traveller: Traveller) -> str:
    """Name the question of the second factor."""
    return f"{about(traveller.user_id)}:confirm"


def receiver(traveller: Traveller) -> str:
    """Say who opens the tools: operations, or the manager where nobody is there for it; "" for nobody."""
    return traveller.id_of(*ALONE)


async def cases(desk: Desk, user_ids: Collection[str], *, paused: bool = False) -> Mapping[str, Case]:
    """Gather several contractors' access, those of them who are still here."""
    found = await travellers(desk.team, user_ids, paused=paused)
    lines = await store.lines(desk.team, list(found))
    return {one: Case(traveller, lines.get(one, ())) for one, traveller in found.items()}


async def asked_about(call: Call, desk: Desk, user_id: str) -> tuple[Case, Rights]:
    """Give the case somebody asks about and what they may do about it; refuses those whom it does not concern."""
    who = await asker(call, desk)
    case = (await cases(desk, [user_id], paused=True)).get(user_id)
    rights = await _rights(desk, who.person, case) if case else Rights()
    if case is None or rights == Rights():
        raise Sorry(NOT_YOURS)
    return case, rights


async def _rights(desk: Desk, person: Person, case: Case) -> Rights:
    place = case.traveller.place
    alone = case.traveller.who("operations") is None and person.user_id == place.manager_id
    own = person.user_id == case.user_id
    return Rights(
        opens=alone or await may_about(desk, Action.ACCESS_OPEN, person, place),
        confirms=await may_about(desk, Action.ACCESS_CONFIRM, person, place),
        verifies=not own and await may_about(desk, Action.ACCESS_VERIFY, person, place),
    )


def of(desk: Desk, traveller: Traveller) -> About:
    """Say whose access it is, as the pages and letters show it."""
    starts = traveller.path.day(1)
    started = starts <= local_day(desk.now, traveller.person.zone)
    left = traveller.who("operations") is None
    return About(traveller.user_id, starts, started, traveller.id_of("manager"), left)


def prepare(desk: Desk, case: Case) -> Drawn:
    """Draw the list of everything to open."""
    return draw.prepare(of(desk, case.traveller), case.lines)


async def changed(desk: Desk, user_id: str, by: str) -> tuple[Letters, ...]:
    """Let everything follow that shows somebody's access: letters, checklist, Homes and the manager's digest."""
    case = (await cases(desk, [user_id], paused=True))[user_id]
    counted = progress(case.lines)
    await _follow(desk, user_id, "access_open", by, done=0 < counted.total == counted.opened)
    await _follow(desk, user_id, "2fa", user_id, done=0 < counted.critical == counted.confirmed)
    await tell(desk, [case])
    return await redrawn(desk, case)


async def _follow(desk: Desk, user_id: str, auto: str, by: str, *, done: bool) -> None:
    """Let the items of the checklist follow: ticked when all is done, open again when it is not any more."""
    await (tick(desk, user_id, auto, by) if done else untick(desk, user_id, auto))


async def tell(desk: Desk, found: Collection[Case]) -> None:
    """Let Homes and digests follow."""
    for case in found:
        manager = case.traveller.place.manager_id
        await soon(desk, ("home.redraw", case.user_id), ("home.redraw", manager), ("digest.redraw", manager))


async def redrawn(desk: Desk, case: Case) -> tuple[Letters, ...]:
    """Draw every letter about somebody's access anew, as things are now."""
    letters = await store.letters(desk.team, about(case.user_id))
    kinds = {one.key: one.key.split(":")[2] for one in letters}
    return tuple(Redraw(key, *_letter(desk, case, kind), settled=_settled(case, kind)) for key, kind in kinds.items())


def _settled(case: Case, kind: str) -> bool:
    counted = progress(case.lines)
    mine = kind not in ("prepare", "remind")
    return not any(line.unconfirmed for line in case.lines) if mine else counted.opened == counted.total


def _letter(desk: Desk, case: Case, kind: str) -> Drawn:
    match kind:
        case "prepare":
            return prepare(desk, case)
        case "remind":
            return draw.reminder(of(desk, case.traveller), case.lines)
        case "confirm":
            return question.confirm(case.user_id, case.lines)
        case _:
            return question.reminder(case.user_id, case.lines)
