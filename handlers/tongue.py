"""How people read: each chooses language, clock and lengths of time; an admin also the language of the workspace."""

from blocks import tongue_page as draw
from blocks.kit import View
from handlers.contract import Call, Desk, Duty, FixFields, Handler, Kind, OpenModal, ReplaceModal, Reply, Route
from handlers.path import actor
from handlers.who import Asker, asker
from playbook.roles import Action, may
from playbook.tongue_catalogue import CLOCKS, LANGUAGES, LENGTHS
from storage import outbox, tongue

OFFERED = {"language": tuple(LANGUAGES), "clock": tuple(CLOCKS), "lengths": LENGTHS}


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle language`, the words "language" and "idioma" in the direct message, and the button."""
    return OpenModal(view=await _form(await asker(call, desk), desk))


async def _form(who: Asker, desk: Desk) -> View:
    own = await tongue.find(desk.team, who.person.user_id)
    usual = (await tongue.find(desk.team, tongue.EVERYBODY)).language if await _decides(who, desk) else None
    shown = usual if usual is None else usual or "en"
    return draw.form(draw.Chosen(own.language, own.clock, own.lengths, shown))


async def _decides(who: Asker, desk: Desk) -> bool:
    return may(Action.SETTINGS_CHANGE, await actor(desk, who.person))


async def chosen(call: Call, desk: Desk) -> Reply:
    """Keep what was chosen, and answer in it."""
    who = await asker(call, desk)
    given = {name: call.one(name) or draw.USUAL for name in OFFERED}
    wrong = [name for name, value in given.items() if value not in (*OFFERED[name], draw.USUAL)]
    if wrong:
        return FixFields(dict.fromkeys(wrong, draw.NOT_THESE))
    own = {name: "" if value == draw.USUAL else value for name, value in given.items()}
    await tongue.choose(desk.team, call.user_id, **own)
    await _choose_usual(call, who, desk)
    await outbox.homes_anew(desk.team, call.user_id, desk.now)
    return ReplaceModal(view=draw.saved())


async def _choose_usual(call: Call, who: Asker, desk: Desk) -> None:
    """Keep an admin's choice for channels and for whoever chose nothing."""
    usual, before = call.one("usual"), await tongue.find(desk.team, tongue.EVERYBODY)
    if usual in LANGUAGES and usual != (before.language or "en") and await _decides(who, desk):
        await tongue.choose(desk.team, tongue.EVERYBODY, language=usual)
        await outbox.homes_anew(desk.team, tongue.EVERYBODY, desk.now)


WORDS: dict[str, Handler] = {"language": command, "idioma": command}
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, command, opens=True),
    Route(Kind.FORM, draw.FORM, chosen),
)
DUTIES: tuple[Duty, ...] = ()
