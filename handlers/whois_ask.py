"""Asking for the meaning of a term: whom the question goes to, passing it on, and the answer."""

from collections.abc import Sequence

from blocks import kit
from blocks import whois as draw
from blocks.kit import Block
from handlers.contract import Call, Desk, FixFields, Kind, Letters, OpenModal, Reply, Route, Sample, Say, memo
from handlers.whois_work import NOT_YOURS, Writer, begun, fits, keep, open_cards, writer
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.whois import key_of, match
from playbook.words import clean
from storage import people
from storage import whois as store
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.path_tables import Term
from storage.tables import Letter

GONE = phrase("Nobody waits for this any more. `/whois list` shows what the lexicon has.")


async def ask(call: Call, desk: Desk) -> tuple[draw.Drawn, tuple[Letters, ...]]:
    """Remember who wants to know what a term means, and ask whoever may know; once, however many ask."""
    found, words = await writer(call, desk), fits(call.value, desk)
    row = await store.term(desk.team, words)
    if row is not None and row.meaning:
        return draw.answer(desk.team.team_id, (), [row], may_change=found.may_change(row)), ()
    sent = await open_cards(desk, row)
    holder = await _holder(desk, sent)
    to = holder or await whom(desk, found, words)
    if not to:
        raise Sorry(phrase("There is nobody here I could ask but you. `/whois add TERM = meaning` writes it down."))
    await store.ask(desk.team, words, call.user_id, desk.now)
    await desk.team.session.flush()
    asked = await store.term(desk.team, words)
    if asked is None:
        raise Sorry(GONE)
    said = draw.question(asked.term, asked.key, store.askers(asked))
    letter = Redraw(sent[-1].key, *said) if holder else _card(asked, to, len(sent), said)
    return draw.asked(words, to), (letter,)


def _card(row: Term, to: str, number: int, said: draw.Drawn) -> Post:
    return Post(f"{begun(row)}{number}", to, *said, Lane.AGENDA, about=store.about(row.key))


async def _holder(desk: Desk, sent: Sequence[Letter]) -> str:
    """Name who has the question now, "" if nobody does or they have left."""
    person = await people.find(desk.team, sent[-1].to) if sent else None
    return person.user_id if person and not person.deactivated else ""


async def whom(desk: Desk, found: Writer, words: str) -> str:
    """Name who is asked: a contractor's buddy, else manager; for others whoever has the topic; else an admin."""
    me = found.user_id
    traveller = (await travellers(desk.team, [me], paused=True)).get(me)
    topics = {one.topic: one.user_id for one in await store.topics(desk.team)}
    having = [] if traveller else [topics[one] for one in match(words, list(topics), desk.playbook.whois).found]
    around = [traveller.id_of("buddy"), traveller.id_of("manager")] if traveller else []
    admins = [*sorted(desk.admins), *(one.user_id for one in await people.admins(desk.team))]
    wanted = [one for one in (*around, *having, *admins) if one and one != me]
    known = await people.find_all(desk.team, wanted)
    return next((one for one in wanted if one in known and not known[one].deactivated and not known[one].is_bot), "")


async def _asked_about(call: Call, desk: Desk, key: str) -> tuple[Writer, Term, Sequence[Letter]]:
    """Give an open question to somebody who may answer it: who has it, and everybody who may add terms."""
    found, row = await writer(call, desk), await store.term(desk.team, key)
    sent = await open_cards(desk, row)
    if not found.adds and call.user_id not in {one.to for one in sent}:
        raise Sorry(NOT_YOURS)
    if row is None:
        raise Sorry(GONE)
    if row.meaning:
        by = kit.mention(row.changed_by)
        raise Sorry(
            phrase(
                "{by} answered this meanwhile. *{term}*: {meaning}",
                by=by,
                term=kit.one_line(row.term, 80),
                meaning=kit.one_line(row.meaning, 500),
            )
        )
    return found, row, sent


async def answer(call: Call, desk: Desk) -> Reply:
    """Open the form for the meaning."""
    _, row, _ = await _asked_about(call, desk, call.value)
    return OpenModal(view=draw.answer_form(row.term, store.askers(row), memo(call.channel_id, row.key)))


async def answered(call: Call, desk: Desk) -> Reply:
    """Keep the meaning, tell everybody who asked, and edit the question."""
    meaning, most = clean(call.one("meaning")), desk.playbook.whois.limits.meaning
    if not meaning or len(meaning) > most:
        return FixFields(errors={"meaning": phrase("Please write between 1 and {most} characters.", most=most)})
    _, row, _ = await _asked_about(call, desk, call.memo_record)
    letters = await keep(desk, row.term, meaning, call.user_id)
    return Say(
        text=phrase(
            "Thank you. *{term}* is in the lexicon now, and who asked was told.", term=kit.one_line(row.term, 80)
        )
    ).also(*letters)


async def pass_on(call: Call, desk: Desk) -> Reply:
    """Open the form that asks who knows better."""
    _, row, _ = await _asked_about(call, desk, call.value)
    return OpenModal(view=draw.hand_form(row.term, memo(call.channel_id, row.key)))


async def passed_on(call: Call, desk: Desk) -> Reply:
    """Bring the question to somebody else."""
    _, row, sent = await _asked_about(call, desk, call.memo_record)
    to = call.one("person")
    if problem := await _unfit(desk, to, call.user_id):
        return FixFields(errors={"person": problem})
    card = _card(row, to, len(sent), draw.question(row.term, row.key, store.askers(row)))
    old = [Redraw(one.key, *draw.passed_on(row.term, to)) for one in sent]
    return Say(text=phrase("I asked {to} instead.", to=kit.mention(to))).also(*old, card)


async def _unfit(desk: Desk, user_id: str, me: str) -> str:
    person = await people.find(desk.team, user_id) if user_id else None
    if person is None or person.is_bot or person.deactivated:
        return phrase("Please choose somebody who works here.")
    return phrase("That is you. Please choose somebody else, or answer it.") if user_id == me else ""


async def _sample(desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]]:
    term = next(iter(desk.playbook.whois.terms)).term
    return draw.question(term, key_of(term), [traveller.user_id])


SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("Somebody asks what a word means"),
        "buddy",
        phrase("when a contractor asks for a word of the lexicon"),
        _sample,
    ),
)
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.ANSWER, answer, opens=True),
    Route(Kind.ACTION, draw.HAND_ON, pass_on, opens=True),
    Route(Kind.FORM, draw.ANSWER_FORM, answered),
    Route(Kind.FORM, draw.HAND_FORM, passed_on),
)
