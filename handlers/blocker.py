"""Blockers, asked: `/blocker` and its words, the shortcuts, the forms and the buttons."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from blocks import blocker as shown
from blocks import blocker_form as forms
from blocks import blocker_list as lists
from blocks import kit
from handlers import blocker_act as act
from handlers import blocker_clock, blocker_part
from handlers import blocker_form as form
from handlers import blocker_raise as new
from handlers.blocker_work import NOT_YOURS, Work, begin
from handlers.contract import Call, Desk, Duty, FixFields, Handler, Kind, Reply, Route, Say
from handlers.who import asker
from playbook.blocker_command import Command, from_message, read_command
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import blocker as store

MOST_QUESTION = 500
MOST_ECHOED = 30_000
WORDY = ("new", "update")
Verb = Callable[[Work], Awaitable[Reply]]


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/blocker`: a new one unless the words plainly ask for something else."""
    book = desk.playbook.blocker
    asked = read_command(call.text, book)
    if asked.verb in WORDY:
        asked = read_command(await form.flat(call, desk, call.text), book)
    if asked.number is not None:
        return await _numbered(call, desk, asked)
    plain = PLAIN.get(asked.verb)
    return await plain(call, desk) if plain else await new.one_line(call, desk, asked.rest)


async def typed(call: Call, desk: Desk) -> Reply:
    """Answer what was typed to the bot, or after `/circle blocker`: "blocked: ...", "blocker ..." or the rest of it."""
    text = call.text.strip()
    said = from_message(await form.flat(call, desk, text), desk.playbook.blocker)
    if said is not None:
        return await new.one_line(call, desk, said)
    first, _, rest = text.partition(" ")
    words = rest if first.casefold() in {"blocker", "/blocker"} else text
    return await command(_with(call, words), desk)


def _with(call: Call, text: str) -> Call:
    return Call(**{**vars(call), "text": text})


async def _numbered(call: Call, desk: Desk, asked: Command) -> Reply:
    """Do something with the blocker of a number."""
    work = await begin(call, desk, await store.numbered(desk.team, asked.number or 0))
    if asked.verb == "hand":
        return await act.hand(work, asked.person, asked.rest)
    if asked.verb == "update":
        return await _update(work, asked.rest)
    verbs: Mapping[str, Verb] = {"show": act.show, "done": act.resolve, "take": act.take, "reopen": act.reopen}
    return await verbs[asked.verb](work)


async def _update(work: Work, words: str) -> Reply:
    most = work.desk.playbook.blocker.limits.update
    if not words:
        return await act.update_form(work)
    if len(words) > most:
        said = kit.esc(words, MOST_ECHOED)
        raise Sorry(
            phrase(
                "That is {words} characters, and an update holds {most}. Nothing was added; here it is:\n{said}",
                words=len(words),
                most=most,
                said=said,
            )
        )
    return await act.update(work, words)


async def _help(_: Call, __: Desk) -> Reply:
    """Say what `/blocker` can do."""
    return Say(text=forms.HELP)


async def _list(call: Call, desk: Desk) -> Reply:
    """List the open blockers somebody may see."""
    who = await asker(call, desk)
    project = who.contractor.project if who.contractor else ""
    found = await store.visible(desk.team, call.user_id, project, everything=who.is_admin)
    if not found:
        return Say(text=phrase("No open blockers that concern you. 🌿 `/blocker` raises one."))
    text, blocks = lists.listing(phrase("Open blockers"), found, store.MOST_LISTED)
    return Say(text=text, blocks=blocks)


async def _mine(call: Call, desk: Desk) -> Reply:
    """List what somebody is stuck on."""
    await asker(call, desk)
    found = await store.unresolved(desk.team, [call.user_id])
    if not found:
        return Say(text=phrase("Nothing blocks you. 🌿 `/blocker` with a few words raises one."))
    text, blocks = lists.listing(phrase("What you are stuck on"), found, store.MOST_LISTED)
    return Say(text=text, blocks=blocks)


async def _done(call: Call, desk: Desk) -> Reply:
    """Resolve the only blocker somebody has; with several, ask which."""
    await asker(call, desk)
    found = await store.unresolved(desk.team, [call.user_id])
    if len(found) == 1:
        return await act.resolve(await begin(call, desk, found[0]))
    if not found:
        return Say(text=phrase("Nothing blocks you just now. `/blocker done 12` resolves one by its number."))
    text, blocks = lists.listing(
        phrase("Which one is solved?"), found, store.MOST_LISTED, (phrase("Solved"), shown.RESOLVE)
    )
    return Say(text=text, blocks=blocks)


def pressed(verb: Verb) -> Handler:
    """Make a button's handler of a verb: the button carries the blocker's id."""

    async def handler(call: Call, desk: Desk) -> Reply:
        return await verb(await begin(call, desk, await store.find(desk.team, call.value)))

    return handler


async def more(call: Call, desk: Desk) -> Reply:
    """Do what was chosen behind the three dots: its name and the blocker's id."""
    name, _, blocker_id = call.value.partition(":")
    if name not in MORE:
        raise Sorry(NOT_YOURS)
    return await MORE[name](await begin(call, desk, await store.find(desk.team, blocker_id)))


async def ask_next(call: Call, desk: Desk) -> Reply:
    """Ask somebody else of the path instead: the button carries the blocker's id and theirs."""
    blocker_id, _, to = call.value.partition(":")
    work = await begin(call, desk, await store.find(desk.team, blocker_id))
    if to not in work.case.helpers:
        raise Sorry(NOT_YOURS)
    return await act.hand(work, to)


async def asked(call: Call, desk: Desk) -> Reply:
    """Take a helper's question from its form."""
    words = clean(call.one("question"))
    if problem := _wrong(words, MOST_QUESTION):
        return FixFields(errors={"question": problem})
    return await act.ask(await begin(call, desk, await store.find(desk.team, call.memo_record)), words)


async def updated(call: Call, desk: Desk) -> Reply:
    """Take an update from its form."""
    words = clean(call.one("update"))
    if problem := _wrong(words, desk.playbook.blocker.limits.update):
        return FixFields(errors={"update": problem})
    return await act.update(await begin(call, desk, await store.find(desk.team, call.memo_record)), words)


def _wrong(words: str, most: int) -> str:
    if not words:
        return phrase("Please write a few words.")
    return (
        phrase("That is {words} characters; up to {most} fit.", words=len(words), most=most)
        if len(words) > most
        else ""
    )


async def handed(call: Call, desk: Desk) -> Reply:
    """Take from its form who is to help now."""
    work = await begin(call, desk, await store.find(desk.team, call.memo_record))
    try:
        return await act.hand(work, call.one("person"))
    except Sorry:
        return FixFields(errors={"person": phrase("Please choose somebody else who works here and can help with it.")})


PLAIN: Mapping[str, Handler] = {"": form.fresh, "help": _help, "list": _list, "mine": _mine, "done": _done}
MORE: Mapping[str, Verb] = {
    "see": act.see,
    "take_over": act.take_over,
    "update": act.update_form,
    "hand": act.hand_form,
    "open": act.show,
}
BUTTONS: Mapping[str, Verb] = {
    shown.OPEN: act.show,
    shown.SEE: act.see,
    shown.TAKE: act.take,
    shown.TAKE_OVER: act.take_over,
    shown.RESOLVE: act.resolve,
    shown.AROUND: act.around,
    shown.REOPEN: act.reopen,
    shown.STILL: act.still,
    shown.ASK: act.ask_form,
    shown.UPDATE: act.update_form,
    shown.DETAILS: form.details,
    shown.HAND: act.hand_form,
}
ROUTES: tuple[Route, ...] = (
    Route(Kind.COMMAND, "/blocker", command, opens=True),
    Route(Kind.SHORTCUT, "blocker.shortcut", form.fresh, opens=True),
    Route(Kind.SHORTCUT, "blocker.from_message", form.from_message, opens=True),
    Route(Kind.ACTION, shown.RAISE, form.fresh, opens=True),
    Route(Kind.ACTION, forms.KIND, form.kind_chosen),
    Route(Kind.ACTION, shown.MORE, more, opens=True),
    Route(Kind.ACTION, shown.NEXT, ask_next),
    *(Route(Kind.ACTION, name, pressed(verb), opens=True) for name, verb in BUTTONS.items()),
    Route(Kind.FORM, forms.FORM, new.submitted),
    Route(Kind.CLOSED, forms.FORM, form.closed),
    Route(Kind.FORM, forms.ASK_FORM, asked),
    Route(Kind.FORM, forms.UPDATE_FORM, updated),
    Route(Kind.FORM, forms.HAND_FORM, handed),
)

DUTIES: tuple[Duty, ...] = (
    *blocker_clock.DUTIES,
    Duty(blocker_part.PARTED, blocker_part.parted, catch_up=timedelta(days=30)),
)
