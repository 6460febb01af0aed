"""The Shadow Buddy, asked: `/contractor buddy`, the form that chooses one, and who is told."""

from dataclasses import dataclass

from blocks import buddy as draw
from blocks.kit import mention
from handlers.buddy_pair import ask_keys, expected_key, introduction, suggest, together
from handlers.buddy_shadowing import DUTIES as SESSIONS
from handlers.buddy_shadowing import ROUTES as PLANNING
from handlers.buddy_shadowing import SAMPLES as SHADOWED
from handlers.buddy_shadowing import command as shadowing
from handlers.buddy_timed import DUTIES as TIMED
from handlers.buddy_timed import SAMPLES as SENT
from handlers.contract import (
    Call,
    Desk,
    Duty,
    FixFields,
    Kind,
    Letters,
    OpenModal,
    Reply,
    Route,
    Sample,
    Say,
    lay,
    memo,
    soon,
)
from handlers.path import let, may_about, tick
from handlers.who import asker
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import fill, mentioned
from storage import people, timetable
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers

NOT_YOURS = phrase("I find nobody by that name on the path with you. `/contractor` lists who is.")
USAGE = phrase("Say whose buddy you mean: `/contractor buddy @person`.")
FOR_MANAGERS = phrase("The manager of a contractor or an admin chooses the buddy. Please ask them.")
NOBODY = phrase("Please choose somebody: one of the suggested, or anybody else here.")
MYSELF = phrase("Nobody can be their own buddy. Please choose somebody else.")


@dataclass(frozen=True)
class Chosen:
    """What was chosen in the form: whom, and the field in which they stand."""

    user_id: str
    field: str


async def _begin(call: Call, desk: Desk, user_id: str) -> Traveller:
    who = await asker(call, desk)
    traveller = await let(desk, Action.CONTRACTOR_READ, who.person, user_id, NOT_YOURS)
    if not await may_about(desk, Action.BUDDY_ASSIGN, who.person, traveller.place):
        raise Sorry(FOR_MANAGERS)
    return traveller


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor buddy @person`: open the form, or where none can open, show the suggestions."""
    user_id = mentioned(call.text)
    if not user_id:
        raise Sorry(USAGE)
    return await _open(call, desk, user_id)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form from a button."""
    return await _open(call, desk, call.value or call.user_id)


async def _open(call: Call, desk: Desk, user_id: str) -> Reply:
    traveller = await _begin(call, desk, user_id)
    suggested = await suggest(desk, traveller)
    if call.kind is Kind.EVENT:
        text, blocks = draw.asks(user_id, suggested, "")
        return Say(text=text, blocks=blocks)
    now, where = traveller.id_of("buddy"), memo(call.channel_id, user_id)
    return OpenModal(view=draw.form(traveller.person.name, suggested, now, where))


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep who was chosen, and bring the two together."""
    traveller = await _begin(call, desk, call.memo_record)
    other = call.one("person")
    chosen = Chosen(other or call.one("suggested"), "person" if other or not call.one("suggested") else "suggested")
    problem = await _problem(desk, traveller, chosen.user_id)
    if problem:
        return FixFields({chosen.field: problem})
    before = traveller.place.buddy_id
    if before == chosen.user_id:
        return Say(text=phrase("{before} is the buddy already.", before=mention(before))).also(
            *await _told(desk, traveller, call.user_id)
        )
    traveller.place.buddy_id = chosen.user_id
    await desk.team.session.flush()
    await lay(desk, traveller.user_id)
    now = (await travellers(desk.team, [traveller.user_id], paused=True))[traveller.user_id]
    told = await _told(desk, now, call.user_id)
    text, blocks = draw.chosen(now.user_id, chosen.user_id)
    return Say(text=text, blocks=blocks).also(*told, *_thanked(traveller, before, chosen.user_id))


async def _problem(desk: Desk, traveller: Traveller, user_id: str) -> str:
    """Say why somebody cannot be the buddy, "" if they can."""
    if not user_id:
        return NOBODY
    if user_id == traveller.user_id:
        return MYSELF
    person, sentences = await people.find(desk.team, user_id), desk.playbook.buddy.sentences
    if person is None or person.deactivated:
        return fill(sentences.gone, name=person.name if person else phrase("This person"))
    return fill(sentences.bot, name=person.name) if person.is_bot else ""


async def _told(desk: Desk, traveller: Traveller, by: str) -> tuple[Letters, ...]:
    """Introduce the two, tell the buddy what is expected, and let whatever waits for a buddy follow."""
    buddy = traveller.who("buddy")
    if buddy is None:
        return ()
    await tick(desk, traveller.user_id, "buddy", by)
    await timetable.drop(desk.team, traveller.user_id, ["buddy.introduce"])
    concerned = (traveller.user_id, buddy.user_id, traveller.id_of("manager"))
    await soon(desk, *(("home.redraw", one) for one in concerned))
    user_id, now = traveller.user_id, draw.chosen(traveller.user_id, buddy.user_id)
    expected = draw.expected(user_id, user_id)
    return (
        together(traveller, buddy, await introduction(desk, traveller, buddy)),
        Post(expected_key(user_id, buddy.user_id), buddy.user_id, *expected, Lane.AGENDA),
        *(Redraw(key, *now, settled=True) for key in await ask_keys(desk, user_id)),
    )


def _thanked(traveller: Traveller, before: str, now: str) -> tuple[Letters, ...]:
    """Tell who was the buddy until now, if they were told that they were."""
    if not before or "buddy" not in traveller.people:
        return ()
    key = f"buddy:{traveller.user_id}:{before}:thanked:{now}"
    return (Post(key, before, *draw.not_any_more(traveller.user_id, now)),)


SAMPLES: tuple[Sample, ...] = (*SENT, *SHADOWED)
VERBS = {"buddy": command, "shadowing": shadowing}
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.FORM, draw.FORM, saved),
    *PLANNING,
)
DUTIES: tuple[Duty, ...] = (*TIMED, *SESSIONS)
