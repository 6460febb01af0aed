"""A CSV file of the lexicon or of Who's Who: a preview before anything is written, and taking it in, whole or not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from blocks import kit
from blocks import whois_import as draw
from blocks.whois_import import Line
from handlers.contract import Call, Desk, Kind, Letters, PushModal, ReplaceMessage, Reply, Route, Say, Sheet
from handlers.path import actor
from handlers.whois_work import NOT_YOURS, in_modal, keep
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.whois import Asked, key_of
from playbook.whois_csv import TERMS, TOPICS, Row, fits, read
from storage import contractor_draft as drafts
from storage import people
from storage import whois as store
from storage.columns import new_id
from storage.contractor_roll import Roll, everybody
from storage.outbox import Post

DRAFT = "whois:import"
DOING = ("new", "change")


async def refusal(call: Call, desk: Desk) -> str:
    """Say why somebody may not send such a list, "" where they may."""
    person = await people.find(desk.team, call.user_id)
    allowed = person is not None and may(Action.LIST_IMPORT, await actor(desk, person))
    return "" if allowed else NOT_YOURS


async def explained(call: Call, desk: Desk, _: Asked | None = None) -> Reply:
    """Explain what belongs into the files."""
    if why := await refusal(call, desk):
        raise Sorry(why)
    text, blocks = draw.explained(desk.playbook.whois.limits.rows)
    if in_modal(call):
        return PushModal(view=kit.modal(phrase("Import"), blocks, close=phrase("Back")))
    return Say(text=text, blocks=blocks)


async def taken(kind: str, call: Call, desk: Desk) -> Reply:
    """Judge every row, keep what was understood for a day, and show what would be done."""
    file = call.files[0]
    rows: Sequence[Row] = read(kind, file.text, desk.playbook.whois)
    if kind == TOPICS:
        roll = Roll(await everybody(desk.team), call.handles)
        rows = [_with_person(row, roll) for row in rows]
    lines, token = await _lines(desk, kind, rows), new_id()
    kept = [_kept(row) for row, line in zip(rows, lines, strict=True) if line.kind in DOING]
    await drafts.keep(desk.team, call.user_id, DRAFT, {"token": token, "kind": kind, "rows": kept}, desk.now)
    text, blocks = draw.preview(kind, file.name, lines, token)
    return Say(text=text, blocks=blocks)


def _with_person(row: Row, roll: Roll) -> Row:
    """Put the person's user id in the place of what was written, or say why nobody is meant."""
    if row.problem:
        return row
    try:
        person = roll.find(row.said)
    except Sorry as sorry:
        return replace(row, problem=str(sorry))
    if person.is_bot or person.deactivated:
        return replace(row, problem=phrase("{name} is not somebody who works here now.", name=person.name))
    return replace(row, said=person.user_id)


def _kept(row: Row) -> Mapping[str, Any]:
    return {"line": row.line, "words": row.words, "said": row.said, "note": row.note}


async def _lines(desk: Desk, kind: str, rows: Sequence[Row]) -> Sequence[Line]:
    """Say of each row what it would do to what is there now."""
    there = await _there(desk, kind)
    names = {one.user_id: one.name for one in await everybody(desk.team)} if kind == TOPICS else {}
    return [_line(row, there.get(key_of(row.words)), names) for row in rows]


def _line(row: Row, before: tuple[str, str] | None, names: Mapping[str, str]) -> Line:
    if row.problem:
        return Line(row.line, "problem", row.words, problem=row.problem)
    note = _note(row, {key_of(row.words): before} if before else {})
    kind = "new" if before is None else "same" if (row.said, note) == before else "change"
    said, now = _shown(row.said, note, names), _shown(*before, names) if before else ""
    return Line(row.line, kind, row.words, said, now)


def _note(row: Row, there: Mapping[str, tuple[str, str]]) -> str:
    """Give the note of a row; the one that is there stays where the file has no such column."""
    return row.note if row.note is not None else there.get(key_of(row.words), ("", ""))[1]


def _shown(said: str, note: str, names: Mapping[str, str]) -> str:
    return " · ".join(filter(None, [names.get(said, said), note]))


async def _there(desk: Desk, kind: str) -> Mapping[str, tuple[str, str]]:
    """Give what is written down now by its key: meanings, or people with their notes."""
    if kind == TERMS:
        return {one.key: (one.meaning, "") for one in await store.terms(desk.team) if one.meaning}
    return {one.key: (one.user_id, one.note) for one in await store.topics(desk.team)}


async def confirmed(call: Call, desk: Desk) -> Reply:
    """Take in what was shown, judged anew by what is there now; a second press does nothing."""
    kept = await _taken(call, desk)
    if kept is None:
        return _replaced(draw.over())
    kind, rows = str(kept["kind"]), [Row(**one) for one in kept["rows"]]
    there, lines = await _there(desk, kind), await _lines(desk, kind, rows)
    doing = [row for row, line in zip(rows, lines, strict=True) if line.kind in DOING]
    letters: Sequence[Letters] = ()
    if kind == TERMS:
        letters = await _write_terms(desk, call.user_id, doing)
    else:
        people_of = {row.words: (row.said, _note(row, there)) for row in doing}
        await store.keep_topics(desk.team, people_of, call.user_id, desk.now)
    counts = [sum(line.kind == each for line in lines) for each in DOING]
    told = sum(isinstance(one, Post) for one in letters)
    return _replaced(draw.done(kind, counts[0], counts[1], told)).also(*letters)


async def _write_terms(desk: Desk, by: str, rows: Sequence[Row]) -> Sequence[Letters]:
    """Write terms down, and tell whoever asked for one of them."""
    waiting = {one.key for one in await store.terms(desk.team) if not one.meaning}
    letters: list[Letters] = []
    for row in rows:
        if key_of(row.words) in waiting:
            letters += await keep(desk, row.words, row.said, by)
    rest = {row.words: row.said for row in rows if key_of(row.words) not in waiting}
    await store.keep_terms(desk.team, rest, by, desk.now)
    return letters


async def _taken(call: Call, desk: Desk) -> Mapping[str, Any] | None:
    """Give what the preview had whose button was pressed, once; None when it is gone."""
    if why := await refusal(call, desk):
        raise Sorry(why)
    kept = await drafts.find(desk.team, call.user_id, DRAFT, desk.now)
    if kept is None or kept["token"] != call.value:
        return None
    return await drafts.take(desk.team, call.user_id, DRAFT, desk.now)


async def cancelled(call: Call, desk: Desk) -> Reply:
    """Forget what was shown."""
    return _replaced(draw.over() if await _taken(call, desk) is None else draw.cancelled())


def _replaced(drawn: draw.Drawn) -> ReplaceMessage:
    return ReplaceMessage(text=drawn[0], blocks=drawn[1])


SHEETS: tuple[Sheet, ...] = (
    Sheet(
        phrase("lexicon and Who's Who"),
        phrase("/whois import"),
        lambda head, _: fits(TERMS, head),
        refusal,
        partial(taken, TERMS),
    ),
    Sheet(
        phrase("lexicon and Who's Who"),
        phrase("/whois import"),
        lambda head, _: fits(TOPICS, head),
        refusal,
        partial(taken, TOPICS),
    ),
)
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.EXPLAIN, explained, opens=True),
    Route(Kind.ACTION, draw.CONFIRM, confirmed),
    Route(Kind.ACTION, draw.CANCEL, cancelled),
)
