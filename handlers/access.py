"""Access to tools: the page with all of it, help with the second factor, and everything that is asked or due."""

from collections.abc import Sequence

from blocks import access as draw
from blocks import access_confirm as question
from blocks import blocker_form as forms
from blocks.access_confirm import critical, listed
from blocks.kit import Block, clean
from handlers import access_act as act
from handlers import access_close
from handlers.access_clock import DUTIES as OPENING
from handlers.access_work import Case, asked_about, of
from handlers.contract import Call, Desk, Duty, Kind, OpenModal, Reply, Route, Sample, Say, memo
from handlers.who import asker
from playbook import blocker as blockers
from playbook.access import Line, progress
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import access as store
from storage.path import Traveller

WHOSE = phrase("Say whose access you want to see, like `/contractor access @person`. `/contractor` lists everybody.")


async def verb(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor access @person`; a contractor sees their own."""
    return await _shown(call, desk, mentioned(call.text))


async def opened(call: Call, desk: Desk) -> Reply:
    """Show somebody's access from a button."""
    return await _shown(call, desk, call.value)


async def _shown(call: Call, desk: Desk, user_id: str) -> Reply:
    who = await asker(call, desk)
    if not user_id and who.contractor is None:
        raise Sorry(WHOSE)
    case, rights = await asked_about(call, desk, user_id or call.user_id)
    if call.kind is Kind.EVENT:
        return _in_words(desk, case)
    return OpenModal(view=act.view(desk, case, rights, 0))


def _in_words(desk: Desk, case: Case) -> Say:
    """Answer where no page can be opened: in the conversation with the bot."""
    text = draw.home_line(progress(case.lines)) or phrase("No tools are listed yet.")
    return Say(text=text, blocks=draw.in_words(of(desk, case.traveller), text))


async def turned(call: Call, desk: Desk) -> Reply:
    """Turn to another page."""
    user_id, number = act.split(call.value)
    return await act.page(call, desk, user_id, int(number) if number.isdecimal() else 0)


async def help_me(call: Call, desk: Desk) -> Reply:
    """Open the form for a blocker with what it is about, for a contractor whose second factor does not work."""
    case, _ = await asked_about(call, desk, call.user_id)
    book, text = desk.playbook.blocker, _about(case.lines, call.value)
    filled = forms.Filled(clean(text, book.limits.what), blockers.guess(text, book))
    lead = phrase("Say what happens, and it goes to the one who can help. You are not expected to solve this alone.")
    return OpenModal(view=forms.form(book, filled, _helpers(case, desk), None, memo(call.channel_id), lead=lead))


def _about(lines: Sequence[Line], tool_id: str) -> str:
    wanted = [line.name for line in critical(lines) if line.tool_id == tool_id or (not tool_id and line.unconfirmed)]
    return phrase("2FA on {listed}", listed=listed([" ".join(name.split()) for name in wanted])) if wanted else "2FA"


def _helpers(case: Case, desk: Desk) -> dict[str, str]:
    """Name by kind of blocker whom it goes to."""
    there = case.traveller.people
    named = {role: person.user_id for role, person in there.items()}
    book = desk.playbook.blocker
    paths = {kind.key: blockers.helpers(kind.key, named, case.user_id, book) for kind in book.kinds}
    return {kind: there[path[0]].name for kind, path in paths.items() if path}


async def how(call: Call, desk: Desk) -> Reply:
    """Explain how a second factor is turned on."""
    await asker(call, desk)
    return OpenModal(view=question.how(desk.playbook.access.words.how))


async def _lines(desk: Desk) -> Sequence[Line]:
    """Give the tools as they are laid for a contractor."""
    return [Line(one.id, one.name, one.how, one.link, one.critical) for one in await store.tools(desk.team)]


async def sample_list(desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]]:
    """Draw the list that operations gets."""
    return draw.prepare(of(desk, traveller), await _lines(desk))


async def sample_question(desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]] | None:
    """Draw the question that the contractor gets, where a tool needs a second factor."""
    lines = await _lines(desk)
    return question.confirm(traveller.user_id, lines) if critical(lines) else None


__all__ = ["DUTIES", "ROUTES", "SAMPLES", "verb"]

ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.PAGE, turned),
    Route(Kind.ACTION, draw.PAGE_BACK, turned),
    Route(Kind.ACTION, draw.TICK, act.tick),
    Route(Kind.ACTION, draw.UNTICK, act.untick),
    Route(Kind.ACTION, draw.ALL_OPENED, act.all_opened),
    Route(Kind.ACTION, draw.ONE_BY_ONE, act.one_by_one, opens=True),
    Route(Kind.FORM, draw.OPEN_FORM, act.opened_form),
    Route(Kind.ACTION, draw.CONFIRM, act.confirm),
    Route(Kind.ACTION, draw.UNCONFIRM, act.unconfirm),
    Route(Kind.ACTION, question.CONFIRM_SOME, act.confirm_some, opens=True),
    Route(Kind.FORM, question.CONFIRM_FORM, act.confirmed_form),
    Route(Kind.ACTION, draw.VERIFY, act.verify),
    Route(Kind.ACTION, draw.UNVERIFY, act.unverify),
    Route(Kind.ACTION, question.HELP, help_me, opens=True),
    Route(Kind.ACTION, question.HOW, how, opens=True),
    *access_close.ROUTES,
)
DUTIES: tuple[Duty, ...] = (*OPENING, *access_close.DUTIES)
SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("Everything to open"), "operations", phrase("Day -3, 09:00 their time"), sample_list),
    Sample(phrase("2FA, once per tool"), "contractor", phrase("Day 1, 09:15 their time"), sample_question),
    *access_close.SAMPLES,
)
