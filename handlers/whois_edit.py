"""Writing the lexicon: `/whois add` and its kind, the list of the packet's editor, and the form with a preview."""

from dataclasses import replace

from blocks import kit
from blocks import whois as draw
from blocks import whois_edit as forms
from blocks.packet import Spot, changed_meanwhile, fingerprint
from blocks.packet_page import term_line
from handlers.contract import Call, Desk, FixFields, Kind, Letters, OpenModal, ReplaceModal, Reply, Route, Say, memo
from handlers.whois_work import (
    LIST,
    NOT_YOURS,
    Writer,
    changer,
    contents_for,
    fits,
    in_modal,
    keep,
    list_memo,
    page_of,
    plain,
    preview,
    remove,
    writer,
)
from playbook.packet import LEXICON
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.whois import Asked, key_of
from playbook.words import clean
from storage import whois as store
from storage.path_tables import Term

UNKNOWN = phrase("The lexicon has no such term. `/whois list` shows what it has.")


async def adder(call: Call, desk: Desk) -> Writer:
    """Give somebody who may write terms, or refuse."""
    found = await writer(call, desk)
    if not found.adds:
        raise Sorry(
            phrase(
                "People on the path, those around them and admins write the lexicon. `/whois` looks a word "
                "up, and asks for it where nobody has written it down."
            )
        )
    return found


# Typed ------------------------------------------------------------------------------------------


async def add(call: Call, desk: Desk, asked: Asked) -> Reply:
    """Write down a term from one line, or open the form with what was typed."""
    found = await adder(call, desk)
    words, meaning = await plain(call, desk, asked.words), await plain(call, desk, asked.meaning)
    row = await store.term(desk.team, words)
    most = desk.playbook.whois.limits
    fitting = words and meaning and len(words) <= most.term and len(meaning) <= most.meaning
    if not fitting or (row is not None and row.meaning):
        return OpenModal(view=_fresh_form(call, row, words, meaning, found))
    letters = await keep(desk, fits(words, desk), meaning, call.user_id)
    told = phrase(" Whoever asked for it was told.") if letters else ""
    return Say(
        text=phrase(
            "Written down. *{words}*: {meaning}{told}",
            words=kit.one_line(words, 80),
            meaning=kit.one_line(meaning, 500),
            told=told,
        )
    ).also(*letters)


def _fresh_form(call: Call, row: Term | None, words: str, meaning: str, found: Writer) -> kit.View:
    """Open the form with what was typed, and with what stands there already if it does."""
    where = "" if in_modal(call) else call.channel_id
    if row is None or not row.meaning:
        spot = Spot(key=row.key if row else "", seen=fingerprint("") if row else "")
        return forms.term_form(row.term if row and not words else words, meaning, "", memo(where, spot.record))
    if not found.may_change(row):
        now = phrase(
            "*{term}* is there already: {meaning}",
            term=kit.one_line(row.term, 80),
            meaning=kit.one_line(row.meaning, 500),
        )
        raise Sorry(phrase("{now}\nIts writer, managers of contractors and admins can change it.", now=now))
    note = phrase(
        "*{term}* is there already. It reads now:\n&gt; {meaning}",
        term=kit.one_line(row.term, 80),
        meaning=kit.one_line(row.meaning, 500),
    )
    spot = Spot(key=row.key, seen=fingerprint(row.meaning))
    same = not meaning or meaning == row.meaning
    return forms.term_form(row.term, meaning or row.meaning, "" if same else note, memo(where, spot.record), row.key)


async def edit(call: Call, desk: Desk, asked: Asked) -> Reply:
    """Open the form of a term that is there."""
    found, row = await adder(call, desk), await store.term(desk.team, await plain(call, desk, asked.words))
    if row is None:
        raise Sorry(UNKNOWN)
    return OpenModal(view=_fresh_form(call, row, "", await plain(call, desk, asked.meaning), found))


async def remove_one(call: Call, desk: Desk, asked: Asked) -> Reply:
    """Take a term out by one line."""
    found, row = await adder(call, desk), await store.term(desk.team, await plain(call, desk, asked.words))
    if row is None:
        raise Sorry(UNKNOWN)
    if not found.may_change(row):
        raise Sorry(NOT_YOURS)
    letters = await remove(desk, row, call.user_id)
    was = f": {kit.one_line(row.meaning, 500)}" if row.meaning else ""
    return Say(text=phrase("Removed. It was *{term}*{was}", term=kit.one_line(row.term, 80), was=was)).also(*letters)


async def add_pressed(call: Call, desk: Desk) -> Reply:
    """Open the form of a term from a button."""
    found, row = await adder(call, desk), await store.term(desk.team, clean(call.value))
    return OpenModal(view=_fresh_form(call, row, "" if row else clean(call.value), "", found))


# The lexicon in the editor ----------------------------------------------------------------------


async def terms(call: Call, desk: Desk) -> Reply:
    """Show the lexicon with what can be changed."""
    await changer(call, desk)
    return ReplaceModal(view=await _terms(call, desk, page_of(call)))


async def _terms(call: Call, desk: Desk, page: int = 0) -> kit.View:
    await desk.team.session.flush()
    return forms.terms(await store.terms(desk.team), page, list_memo(call))


async def suggest(call: Call, desk: Desk) -> Reply:
    """Begin the lexicon with words of work in general."""
    found = await changer(call, desk)
    there = {one.key for one in await store.terms(desk.team) if one.meaning}
    letters: list[Letters] = []
    for one in desk.playbook.whois.terms:
        if key_of(one.term) not in there:
            letters += await keep(desk, one.term, one.meaning, found.user_id)
    return ReplaceModal(view=await _terms(call, desk)).also(*letters)


async def term(call: Call, desk: Desk) -> Reply:
    """Show the form of a term in the place of the list."""
    await changer(call, desk)
    row = await store.term(desk.team, call.value) if call.value else None
    spot = Spot(
        LIST, Spot.read(call.memo_record).user_id, fingerprint(row.meaning) if row else "", row.key if row else ""
    )
    shown = (row.term, row.meaning) if row else ("", "")
    where = memo(call.memo_channel, spot.record)
    return ReplaceModal(view=forms.term_form(*shown, "", where, row.key if row else ""))


async def term_saved(call: Call, desk: Desk) -> Reply:
    """Keep what a term means, unless somebody else changed it meanwhile."""
    found, spot = await adder(call, desk), Spot.read(call.memo_record)
    words, meaning = " ".join(clean(call.one("term")).split()), clean(call.one("meaning"))
    if errors := _wrong(words, meaning, desk):
        return FixFields(errors=errors)
    row, taken = await store.term(desk.team, spot.key), await store.term(desk.team, words)
    if taken is not None and taken.meaning and taken.key != spot.key:
        return FixFields(
            errors={"term": phrase("That is there already: {meaning}", meaning=kit.clean(taken.meaning, 120))}
        )
    if row is not None and row.meaning and not found.may_change(row):
        raise Sorry(NOT_YOURS)
    if row is not None and fingerprint(row.meaning) != spot.seen and row.meaning != meaning:
        return _both_terms(call, spot, row, words, meaning)
    gone = await remove(desk, row, call.user_id) if row is not None and key_of(words) != row.key and row.meaning else ()
    letters = await keep(desk, words, meaning, call.user_id)
    if spot.origin == LIST:
        return ReplaceModal(view=await _terms(call, desk)).also(*gone, *letters)
    return Say(
        text=phrase(
            "Written down. *{words}*: {meaning}", words=kit.one_line(words, 80), meaning=kit.one_line(meaning, 500)
        )
    ).also(*gone, *letters)


def _wrong(words: str, meaning: str, desk: Desk) -> dict[str, str]:
    limits, said = desk.playbook.whois.limits, {"term": words, "meaning": meaning}
    most = {"term": limits.term, "meaning": limits.meaning}
    return {
        name: phrase("Please write between 1 and {most} characters.", most=most[name])
        for name, text in said.items()
        if not 0 < len(text) <= most[name]
    }


def _both_terms(call: Call, spot: Spot, row: Term, words: str, meaning: str) -> Reply:
    """Show what somebody else wrote meanwhile above what was typed; saving once more puts it in its place."""
    now = f"*{kit.one_line(row.term, 80)}*: {kit.one_line(row.meaning, 500)}"
    note = changed_meanwhile(row.changed_by, row.changed_at, now)
    where = memo(call.memo_channel, replace(spot, seen=fingerprint(row.meaning)).record)
    return ReplaceModal(view=forms.term_form(words, meaning, note, where, row.key))


async def term_removed(call: Call, desk: Desk) -> Reply:
    """Take a term out from its form."""
    found, row = await adder(call, desk), await store.term(desk.team, call.value)
    if row is not None and not found.may_change(row):
        raise Sorry(NOT_YOURS)
    letters = await remove(desk, row, call.user_id) if row is not None else ()
    if Spot.read(call.memo_record).origin == LIST:
        return ReplaceModal(view=await _terms(call, desk)).also(*letters)
    return ReplaceModal(view=kit.page(draw.TITLE, phrase("Removed. It is in no packet any more."))).also(*letters)


async def term_preview(call: Call, desk: Desk) -> Reply:
    """Show the lexicon's page with what was typed, before it is saved."""
    await adder(call, desk)
    spot, words, meaning = Spot.read(call.memo_record), clean(call.one("term")), clean(call.one("meaning"))
    contents = await contents_for(desk, spot)
    fresh = Term(team_id=desk.team.team_id, key=key_of(words), term=words or "–", meaning=meaning or "–")
    rest = [one for one in contents.terms if one.key not in {spot.key, fresh.key}]
    shown = sorted([*rest, fresh], key=lambda one: one.key)
    return preview(desk, LEXICON, replace(contents, terms=shown), term_line(fresh))


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.ADD, add_pressed, opens=True),
    *(Route(Kind.ACTION, name, terms) for name in (forms.TERMS, forms.TERMS_BACK, forms.TERMS_NEXT)),
    *(Route(Kind.ACTION, name, term) for name in (forms.TERM, forms.TERM_NEW)),
    Route(Kind.ACTION, forms.SUGGEST, suggest),
    Route(Kind.ACTION, forms.TERM_REMOVE, term_removed),
    Route(Kind.ACTION, forms.TERM_PREVIEW, term_preview, opens=True),
    Route(Kind.FORM, forms.TERM_FORM, term_saved),
)
