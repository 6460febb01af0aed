"""One person at one blocker: what they may do, and how everybody sees what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocks import blocker as shown
from blocks import blocker_form as forms
from blocks import blocker_letter as letters
from blocks import blocker_list as lists
from blocks import kit
from blocks.kit import Block, View
from handlers.contract import (
    Call,
    Desk,
    Kind,
    Letters,
    OpenModal,
    PushModal,
    ReplaceModal,
    Reply,
    Say,
    soon,
)
from handlers.who import Asker, asker
from playbook.days import day_start
from playbook.roles import Action, Actor, Subject, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import blocker as store
from storage import blocker_change as change
from storage.blocker import Case
from storage.outbox import Redraw
from storage.tables import Blocker

NOT_YOURS = phrase("I can't find that blocker, or it isn't yours to see. `/blocker list` shows those you can.")
FOR_HELPERS = phrase("That is for the people who help with {number}. You can add an update, or say that it is solved.")


@dataclass(frozen=True)
class Work:
    """One person at one blocker: who, which, and everything that is known about it."""

    call: Call
    desk: Desk
    who: Asker
    case: Case

    @property
    def blocker(self) -> Blocker:
        """The blocker itself."""
        return self.case.blocker

    @property
    def me(self) -> str:
        """The user id of the person."""
        return self.who.person.user_id

    @property
    def number(self) -> str:
        """How people name the blocker."""
        return f"#{self.blocker.number}"

    def may(self, action: Action) -> bool:
        """Tell whether the person may do this with it."""
        subject = Subject(self.blocker.user_id, self.blocker.manager_id, self.case.helpers)
        return may(action, Actor(self.me, self.who.is_admin, self.who.person.deactivated), subject)

    def need(self, action: Action) -> None:
        """Refuse what the person may not do with a blocker that they can see."""
        if not self.may(action):
            raise Sorry(FOR_HELPERS.format(number=self.number))


async def begin(call: Call, desk: Desk, blocker: Blocker | None) -> Work:
    """Bring a person and a blocker together; one they may not see is not there for them."""
    who = await asker(call, desk)
    if blocker is None:
        raise Sorry(NOT_YOURS)
    work = Work(call, desk, who, await store.case(desk.team, blocker))
    if not work.may(Action.BLOCKER_READ) and not _same_project(work):
        raise Sorry(NOT_YOURS)
    return work


def _same_project(work: Work) -> bool:
    theirs, mine = work.case.contractors.get(work.blocker.user_id), work.who.contractor
    return bool(theirs and mine and mine.project and theirs.project.lower() == mine.project.lower())


async def wound(desk: Desk, blocker: Blocker) -> Case:
    """Set the clock of a blocker from now, and give it with all that is known."""
    case = await store.case(desk.team, blocker)
    await change.wind(desk.team, case, desk.now, desk.playbook.blocker, desk.playbook.contractor)
    return case


def as_page(work: Work, lead: str = "") -> Reply:
    """Show a blocker as it is now, where the person is."""
    hours = work.case.hours(work.blocker.helper_id, work.desk.playbook.contractor)
    if work.call.kind is Kind.EVENT:
        text, blocks = shown.card(work.case, work.me, work.desk.playbook.blocker, hours)
        return Say(text=text, blocks=blocks)
    view = lists.page(work.case, work.me, work.desk.playbook.blocker, hours, lead)
    return ReplaceModal(view=view) if in_modal(work.call) else OpenModal(view=view)


def in_modal(call: Call) -> bool:
    """Tell whether the person is in a form or page of ours."""
    return bool(call.view_id) and not call.from_home


def over(call: Call, view: View, otherwise: str) -> Reply:
    """Open a form over what the person sees; where none can open, say what to type."""
    if call.kind is Kind.EVENT:
        return Say(text=otherwise)
    return PushModal(view=view) if in_modal(call) else OpenModal(view=view)


async def done(work: Work, text: str, *also: Letters, page: bool = False) -> Reply:
    """Answer somebody who changed something: in words, unless they see it change before their eyes."""
    call = work.call
    pressed = call.kind is Kind.ACTION
    posts = (*also, *await refreshed(work.desk, work.blocker, call.message_ts))
    if page or (pressed and in_modal(call)):
        now = Work(call, work.desk, work.who, await store.case(work.desk.team, work.blocker))
        return as_page(now, text).also(*posts)
    if pressed and await store.is_letter(work.desk.team, work.blocker, call.message_ts):
        return Reply(posts=posts)
    return Say(text=text).also(*posts)


async def refreshed(desk: Desk, blocker: Blocker, ts: str = "") -> tuple[Letters, ...]:
    """Draw everything that shows a blocker anew: cards, the morning question, Home and digest."""
    case = await store.case(desk.team, blocker)
    people_told = (blocker.user_id, blocker.helper_id, blocker.manager_id)
    await soon(desk, *(("home.redraw", user) for user in people_told), ("digest.redraw", blocker.manager_id))
    return (*letters.cards(case, desk.playbook), *await _mornings(desk, case, ts))


async def _mornings(desk: Desk, case: Case, ts: str) -> Sequence[Redraw]:
    """Draw the morning questions about a blocker anew."""
    raiser = case.people.get(case.blocker.user_id)
    redrawn = []
    for letter in await store.last_mornings(desk.team, case.blocker.user_id, ts) if raiser else ():
        assert raiser is not None
        night = day_start(date.fromisoformat(letter.key.rpartition(":")[2]), raiser.zone)
        asked = await store.asked_about(desk.team, raiser.user_id, night, letter.created_at)
        answered = await store.still_said(desk.team, [one.id for one in asked], letter.created_at)
        if case.blocker.id in {one.id for one in asked}:
            redrawn.append(Redraw(letter.key, *lists.morning(asked, answered)))
    return redrawn


def resolved_already(work: Work) -> Reply:
    """Tell somebody that it is resolved, and how to open it again."""
    blocker = work.blocker
    who, when = kit.mention(blocker.resolved_by), kit.when(blocker.resolved_at or work.desk.now)
    text = phrase(
        "{number} was resolved by {who} {when}. Nothing changed. If it is back, open it again.",
        number=work.number,
        who=who,
        when=when,
    )
    return spoken(text, forms.offers(blocker.id, [(phrase("Open it again"), shown.REOPEN, "")]))


def spoken(text: str, blocks: Sequence[Block]) -> Say:
    """Say something with buttons under it."""
    return Say(text=text, blocks=[kit.section(text), *blocks])
