"""The ways out of a nudge: done, later, not relevant; each leaves a short line where the nudge was."""

from blocks import nudge as draw
from handlers.contract import Call, Desk, Kind, Reply, Route, Say, soon
from playbook.nudge import HOUR, Later, back_words, comes_back
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import nudge as store
from storage import outbox, quiet
from storage.columns import new_id
from storage.outbox import State
from storage.tables import Letter

NOT_YOURS = phrase("This one is for somebody else, so only they can answer it. Nothing is needed from you.")
DEALT_WITH = phrase("That one has been dealt with already. Nothing else is needed.")
THERE = (State.SENT, State.REVISED, State.UPDATING, State.UNKNOWN)
AGAIN = "again"


async def _mine(call: Call, desk: Desk, letter_id: str) -> Letter:
    """Give the nudge that somebody pressed; nobody else's, and none that is gone."""
    letter = await desk.team.lock(Letter, id=letter_id) if letter_id else None
    if letter is not None and letter.to != call.user_id:
        raise Sorry(NOT_YOURS)
    if letter is None or not letter.nudge:
        raise Sorry(DEALT_WITH)
    return letter


async def _shown(call: Call, desk: Desk, letter_id: str) -> Letter:
    letter = await _mine(call, desk, letter_id)
    if letter.state not in THERE:
        raise Sorry(DEALT_WITH)
    if letter.state == State.UNKNOWN:  # it did arrive: they are looking at it
        letter.channel, letter.ts = call.channel_id, call.message_ts
    return letter


async def done(call: Call, desk: Desk) -> Reply:
    """Take it for done: the nudge gives way to thanks, and what would follow it about the same stays away."""
    letter = await _shown(call, desk, call.value)
    await store.put_aside(desk.team, letter, draw.done(letter.text), desk.now)
    letter.answered_at = desk.now
    await store.refuse(desk.team, letter, desk.playbook.nudge.family(letter.nudge)[1:], desk.now)
    return Reply()


async def snooze(call: Call, desk: Desk) -> Reply:
    """Put it off for an hour, until tomorrow or until Monday, and say when it comes back."""
    wish, _, letter_id = call.value.partition(":")
    letter = await _shown(call, desk, letter_id)
    if wish not in set(Later):
        raise Sorry(phrase("I don't know that time. Please choose one from the list."))
    rest = (await quiet.calendars(desk.team, [call.user_id], desk.playbook.quiet))[call.user_id]
    back = comes_back(Later(wish), desk.now, rest, desk.playbook.nudge.morning)
    moved = wish == Later.HOUR and back - desk.now != HOUR
    words = back_words(back, desk.now, rest.zone)
    await store.put_aside(desk.team, letter, draw.later(letter.text, words, rests=moved), desk.now)
    store.put_off(letter, back)
    await _refresh(desk, letter)
    return Reply()


async def _refresh(desk: Desk, letter: Letter) -> None:
    """Have a noun whose words hold for today only say them so that they hold later, by its duty `kind.again`."""
    duty = f"{letter.nudge}.{AGAIN}"
    if any(one.name == duty for one in desk.duties):
        await soon(desk, (duty, letter.key))


async def irrelevant(call: Call, desk: Desk) -> Reply:
    """Promise not to ask about this again, and keep the promise."""
    letter, book = await _shown(call, desk, call.value), desk.playbook.nudge
    await store.refuse(desk.team, letter, book.family(letter.nudge), desk.now)
    about = book.about.get(letter.nudge, "this")
    behind = new_id()
    await store.put_aside(desk.team, letter, draw.irrelevant(letter.text, about, behind), desk.now, behind)
    return Reply()


async def again(call: Call, desk: Desk) -> Reply:
    """Take "not relevant" back: the nudge is there again as it was."""
    letter = await _mine(call, desk, call.value)
    await store.take_back(desk.team, letter, desk.playbook.nudge.family(letter.nudge))
    await store.show_again(desk.team, letter, desk.now)
    return Reply()


async def as_before(call: Call, desk: Desk) -> Reply:
    """Let a kind of nudges come as often as it used to."""
    letter = await _mine(call, desk, call.value)
    await outbox.as_often_as_before(desk.team, call.user_id, [letter.nudge])
    kind = desk.playbook.nudge.kinds.get(letter.nudge, draw.SOME_KIND)
    text = letter.text.removesuffix(f"\n{draw.less_often_words(kind, desk.playbook.nudge.ignored)}")
    await outbox.redraw(desk.team, letter.key, text, draw.without_note(letter.blocks), desk.now)
    return Say(text=draw.as_before(kind))


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.DONE, done),
    Route(Kind.ACTION, draw.SNOOZE, snooze),
    Route(Kind.ACTION, draw.IRRELEVANT, irrelevant),
    Route(Kind.ACTION, draw.AGAIN, again),
    Route(Kind.ACTION, draw.AS_BEFORE, as_before),
)
