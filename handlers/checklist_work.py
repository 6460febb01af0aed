"""One person at one checklist: whose it is, what they may do with each item, and how it is shown to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blocks import checklist as draw
from blocks.checklist import Line, PhaseLine
from blocks.checklist_letter import key
from blocks.kit import View, mention
from handlers.contract import Call, Desk, Kind, Letters, OpenModal, ReplaceModal, Reply, Say, memo, soon
from handlers.path import may_about
from handlers.who import Asker, asker
from playbook.blocker import State as Blocked
from playbook.checklist import MOVES, Move, State, state_on
from playbook.days import local_day
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import checklist as store
from storage import outbox
from storage import path as paths
from storage.path import Traveller, travellers
from storage.path_tables import ChecklistItem
from storage.tables import Blocker

CHANGED = "checklist.changed"
FALLBACKS = ("manager", "escalation")
NOT_YOURS = phrase("I can't find that checklist, or it isn't yours to see. `/checklist` shows those you can.")
CALLED = {
    "contractor": phrase("contractor"),
    "manager": phrase("manager"),
    "operations": phrase("operations"),
    "buddy": phrase("buddy"),
}
GONE = phrase("That item is not on the checklist any more. Close this and open `/checklist` again.")
MAY_NOT = phrase("That is for {who}. You can read it here, and tell them if something is missing.")


def owner_id(traveller: Traveller, owner: str) -> str:
    """Say who does what a role is to do; where nobody has it or they have left, the manager."""
    return traveller.id_of(owner, *FALLBACKS)


@dataclass(frozen=True)
class Page:
    """Where somebody is in a checklist: whose, which phase ("" is all that is open), and the item they ask about."""

    user_id: str
    phase: str = ""
    item_id: str = ""

    @classmethod
    def of(cls, call: Call) -> "Page":
        """Read it from the form somebody is in."""
        user_id, _, rest = call.memo_record.partition(":")
        phase, _, item_id = rest.partition(":")
        return cls(user_id, phase, item_id)

    @property
    def record(self) -> str:
        """Write it down, for `of`."""
        return f"{self.user_id}:{self.phase}:{self.item_id}"


@dataclass(frozen=True)
class Work:
    """One person at one contractor's checklist, and everything that is known about it."""

    call: Call
    desk: Desk
    who: Asker
    traveller: Traveller
    items: Sequence[ChecklistItem]
    blockers: Mapping[str, Blocker]
    leads: bool
    verifies: bool

    @property
    def me(self) -> str:
        """The user id of the person."""
        return self.who.person.user_id

    @property
    def today(self) -> date:
        """The date where the contractor is."""
        return local_day(self.desk.now, self.traveller.person.zone)

    def item(self, item_id: str) -> ChecklistItem:
        """Give an item of this checklist; refuses one that is not there."""
        found = next((one for one in self.items if one.id == item_id), None)
        if found is None:
            raise Sorry(GONE)
        return found

    def state(self, item: ChecklistItem) -> State:
        """Say how an item stands today."""
        return state_on(item.state, item.due, item.snoozed_until, self.today)

    def owns(self, item: ChecklistItem) -> bool:
        """Tell whether an item is the person's own to do."""
        return owner_id(self.traveller, item.owner) == self.me

    def moves(self, item: ChecklistItem) -> tuple[Move, ...]:
        """Say what the person may do with an item now."""
        allowed = {
            Move.DONE: self.owns(item) or self.leads,
            Move.NOT_APPLICABLE: self.owns(item) or self.leads,
            Move.SNOOZE: self.owns(item) or self.leads,
            Move.UNDO: self.leads or (item.done_by or owner_id(self.traveller, item.owner)) == self.me,
        }
        moves = [move for move in MOVES[self.state(item)] if allowed[move]]
        if item.state == store.TODO and self.me == self.traveller.user_id and not self.stuck(item):
            moves.append(Move.HELP)
        if item.proof and item.verified_at is None and self.verifies and item.done_by != self.me:
            moves.append(Move.VERIFY)
        return tuple(moves)

    def stuck(self, item: ChecklistItem) -> bool:
        """Tell whether help was asked for with an item, and has not come yet."""
        blocker = self.blockers.get(item.blocker_id)
        return blocker is not None and blocker.state != Blocked.RESOLVED

    def need(self, item: ChecklistItem, move: Move) -> None:
        """Refuse what the person may not do with an item they can see."""
        if move in MOVES[self.state(item)] and move not in self.moves(item):
            doer = item.done_by if move is Move.UNDO and item.done_by else owner_id(self.traveller, item.owner)
            raise Sorry(
                MAY_NOT.format(
                    who=phrase(
                        "{doer}, {manager_id} or an admin",
                        doer=mention(doer),
                        manager_id=mention(self.traveller.place.manager_id),
                    )
                )
            )


async def begin(call: Call, desk: Desk, user_id: str) -> Work:
    """Bring a person and a checklist together; one they may not see is not there for them."""
    who = await asker(call, desk)
    found = await travellers(desk.team, [user_id], paused=True) if user_id else {}
    traveller = found.get(user_id)
    if traveller is None:
        raise Sorry(NOT_YOURS)
    # Whoever stands in for a role, such as the workspace's operations, is one of the people around them as well.
    around = bool(traveller.roles_of(who.person.user_id))
    if not around and not await may_about(desk, Action.CHECKLIST_READ, who.person, traveller.place):
        raise Sorry(NOT_YOURS)
    leads = await may_about(desk, Action.CHECKLIST_LEAD, who.person, traveller.place)
    verifies = await may_about(desk, Action.ACCESS_VERIFY, who.person, traveller.place)
    items = await store.of(desk.team, user_id)
    return Work(call, desk, who, traveller, items, await store.blockers(desk.team, items), leads, verifies)


async def at_item(call: Call, desk: Desk, item_id: str) -> tuple[Work, ChecklistItem]:
    """Bring a person and one item together."""
    item = await store.find(desk.team, item_id)
    if item is None:
        await asker(call, desk)
        raise Sorry(GONE)
    work = await begin(call, desk, item.user_id)
    return work, work.item(item_id)


async def changed(desk: Desk, user_id: str) -> None:
    """Let everything follow that shows a contractor's checklist."""
    await soon(desk, (CHANGED, user_id))


# Showing it ---------------------------------------------------------------------------------------


async def sheet(work: Work, page: Page, lead: str = "") -> View:
    """Draw the checklist as it is now, to this person."""
    mine, phases = work.me == work.traveller.user_id, phase_lines(work)
    shown = [one for one in work.items if one.phase == page.phase] if page.phase else open_items(work)
    return draw.sheet(
        draw.Sheet(
            user_id=work.traveller.user_id,
            mine=mine,
            phases=phases,
            phase=page.phase,
            lines=[line(work, one, why=one.id == page.item_id) for one in shown],
            lead=lead,
            may_tick=any(quick_items(work, page.phase)),
            may_add=work.leads or mine,
            may_prepare=work.leads and not work.items,
            others=mine and await has_others(work),
        ),
        memo(where(work.call), page.record),
    )


def where(call: Call) -> str:
    """Say in which conversation a form was opened."""
    return call.memo_channel if in_modal(call) else call.channel_id


def in_modal(call: Call) -> bool:
    """Tell whether the person is in a form or page of ours."""
    return bool(call.view_id) and not call.from_home


def open_items(work: Work) -> list[ChecklistItem]:
    """Give what is still to do, and each proof this person can look at: their own first, and what is late."""
    shown = [one for one in work.items if one.state == store.TODO or Move.VERIFY in work.moves(one)]
    return sorted(shown, key=lambda one: (not work.owns(one), RANK.get(work.state(one), 3)))


RANK = {State.OVERDUE: 0, State.TODAY: 1, State.DONE: 2, State.SNOOZED: 4, State.SOMEDAY: 5}


def quick_items(work: Work, phase: str) -> list[ChecklistItem]:
    """Give what this person can tick and untick several of at once; a proof is asked for one by one."""
    shown = [one for one in work.items if one.phase == phase] if phase else open_items(work)
    return [
        one
        for one in shown
        if not one.needs_proof
        and (Move.DONE in work.moves(one) or (one.state == "done" and Move.UNDO in work.moves(one)))
    ]


async def has_others(work: Work) -> bool:
    """Tell whether a contractor has to do with somebody else's checklist as well."""
    around = await paths.concerning(work.desk.team, [work.me])
    return work.leads or bool(around - {work.me})


def line(work: Work, item: ChecklistItem, *, why: bool = False) -> Line:
    """Say what is drawn of one item."""
    blocker = work.blockers.get(item.blocker_id)
    return Line(
        item=item,
        state=work.state(item),
        owner=named(work, item.owner),
        moves=work.moves(item),
        number=blocker.number if blocker else 0,
        why=why,
        solved=blocker is not None and not work.stuck(item),
    )


def named(work: Work, owner: str) -> str:
    """Name the owner of an item to this person."""
    doer = owner_id(work.traveller, owner)
    if doer == work.me:
        return phrase("you")
    called = CALLED.get(owner, owner)
    if doer and doer != work.traveller.id_of(owner):
        return phrase("{who} for the {role}", who=mention(doer), role=called)
    return mention(doer) if owner == "contractor" else f"{called} {mention(doer)}"


def phase_lines(work: Work) -> list[PhaseLine]:
    """Say how far each phase has come that has anything in it, in the playbook's order."""
    book = work.desk.playbook.checklist
    keys = dict.fromkeys([*(phase.key for phase in book.phases), *(one.phase for one in work.items)])
    by_phase = {key: [one for one in work.items if one.phase == key] for key in keys}
    return [_phase(key, book.phase_name(key), items) for key, items in by_phase.items() if items]


def _phase(key: str, name: str, items: Sequence[ChecklistItem]) -> PhaseLine:
    done = [one for one in items if one.state == store.DONE]
    closed = [one for one in items if one.state != store.TODO]
    ended = max((one.done_at for one in closed if one.done_at), default=None)
    total = len(items) - (len(closed) - len(done))
    by = tuple(dict.fromkeys(one.done_by for one in closed if one.done_by))
    return PhaseLine(key, name, len(done), total, ended if len(closed) == len(items) else None, by)


async def show(work: Work, page: Page, lead: str = "") -> Reply:
    """Show the checklist where the person is: in place of the page they are in, or over what they see."""
    if work.call.kind is Kind.FORM or in_modal(work.call):
        return ReplaceModal(view=await sheet(work, page, lead))
    return OpenModal(view=await sheet(work, page, lead))


async def answered(work: Work, page: Page, lead: str, *posts: Letters) -> Reply:
    """Answer somebody who changed something: in the page they are in; a letter changes before their eyes."""
    await changed(work.desk, work.traveller.user_id)
    call = work.call
    if page.phase == draw.LETTER:
        return (Reply() if await _seen_there(work) else Say(text=lead)).also(*posts)
    if call.kind is Kind.FORM or in_modal(call):
        again = await begin(call, work.desk, work.traveller.user_id)
        return ReplaceModal(view=await sheet(again, page, lead)).also(*posts)
    return (Say(text=lead) if call.kind is not Kind.ACTION else Reply()).also(*posts)


async def _seen_there(work: Work) -> bool:
    """Tell whether the person sees what they pressed change by itself: today's message, or their Home."""
    call, day = work.call, local_day(work.desk.now, work.who.person.zone)
    letter = await outbox.find(work.desk.team, key(work.me, day))
    return call.from_home or call.kind is Kind.FORM or bool(letter and letter.ts == call.message_ts)
