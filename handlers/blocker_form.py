"""The form for a blocker: opened empty, with a message, with what was typed before, or for one that is there."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from blocks import blocker as shown
from blocks import blocker_form as forms
from blocks import kit
from blocks.blocker_form import Absent, Filled, Goes
from handlers.blocker_work import NOT_YOURS, Work, in_modal, resolved_already
from handlers.contract import Call, Desk, Kind, OpenModal, ReplaceModal, Reply, Say, memo
from handlers.who import contractor as contractor_of
from playbook import blocker as rules
from playbook.blocker import State
from playbook.days import local_day
from playbook.ooo import stand_ins
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, unescape
from storage import blocker as store
from storage import blocker_around, contractor, people
from storage.blocker import also_told
from storage.blocker_around import Around
from storage.tables import Contractor

TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


async def flat(call: Call, desk: Desk, text: str) -> str:
    """Turn Slack's marks for people, channels and links into words, which stay words for ever; still escaped."""
    known = await people.find_all(desk.team, call.people) if "<@" in text else {}

    def word(match: re.Match[str]) -> str:
        sign, rest, label = match.groups()
        named = kit.esc(known[rest].name) if rest in known else label or rest
        return f"{sign.replace('!', '@')}{named}" if sign else rest or str(label)

    return TOKEN.sub(word, text)


async def fresh(call: Call, desk: Desk) -> Reply:
    """Open the form, with what the person had typed into it before if they closed it."""
    person, _ = await contractor_of(call, desk)
    draft = await store.take_draft(desk.team, person.user_id, desk.now)
    if not draft:
        return await show_form(call, desk, Filled())
    return await show_form(
        call, desk, as_filled(draft), lead=phrase("This is what you had typed. Raise it, or change it first.")
    )


async def from_message(call: Call, desk: Desk) -> Reply:
    """Open the form with the words of a message."""
    book = desk.playbook.blocker
    words = clean(unescape(await flat(call, desk, call.message_text)))
    return await show_form(call, desk, Filled(kit.clean(words, book.limits.what), rules.guess(words, book)))


async def kind_chosen(call: Call, desk: Desk) -> Reply:
    """Show in the form whom the chosen kind goes to, keeping what was typed."""
    return await show_form(call, desk, as_filled(call.fields), again=True)


async def details(work: Work) -> Reply:
    """Open the form with what a blocker says, for its contractor."""
    blocker = work.blocker
    if work.me != blocker.user_id:
        raise Sorry(NOT_YOURS)
    if blocker.state == State.RESOLVED:
        return resolved_already(work)
    filled = Filled(blocker.text, blocker.kind, blocker.impact, "", blocker.tried, blocker.link, also_told(blocker))
    return await show_form(work.call, work.desk, filled, record=blocker.id)


async def show_form(
    call: Call, desk: Desk, filled: Filled, *, lead: str = "", record: str = "", again: bool = False
) -> Reply:
    """Draw the form with what stands in it, whom each kind goes to, and more about the chosen one."""
    _, place = await contractor_of(call, desk)
    if call.kind is Kind.EVENT:
        text = phrase("Tell me in one line, like `blocked: waiting for Figma edit access`, or open the form.")
        return Say(
            text=text, blocks=[kit.section(text), *forms.offers("", [(phrase("Raise a blocker"), shown.RAISE, "new")])]
        )
    circle, book = await blocker_around.around(desk.team, place, desk.now), desk.playbook.blocker
    paths = {kind.key: path_of(circle, place, kind.key, desk) for kind in book.kinds}
    usual = usual_path(circle, place, filled.kind, desk)
    names = {kind: circle.name(path[0]) for kind, path in paths.items() if path}
    path = paths.get(filled.kind, ())
    shown_to = filled.kind in paths and (again or not record)
    helper = next(iter(path), "")
    goes = goes_to(circle, desk, helper, path, absent_of(circle, desk, helper, usual)) if shown_to else None
    where = call.memo if again else memo(call.memo_channel if in_modal(call) else call.channel_id, record)
    view = forms.form(book, filled, names, goes, where, lead=lead)
    return ReplaceModal(view=view) if in_modal(call) else OpenModal(view=view)


def as_filled(values: Mapping[str, Any]) -> Filled:
    """Read what stands in the form."""
    one = {name: str(values.get(name) or "") for name in ("what", "kind", "impact", "since", "tried", "link")}
    return Filled(**one, notify=tuple(values.get("notify") or ()))


def goes_to(circle: Around, desk: Desk, helper: str, path: tuple[str, ...], absent: Absent | None = None) -> Goes:
    """Tell about a helper: instead of whom they are asked, whether they are at work now, and who is meanwhile."""
    usual = desk.playbook.contractor
    begins = shown.day_begins(circle.hours(helper, usual), desk.now) if helper else None
    awake = (one for one in path if one != helper and not shown.day_begins(circle.hours(one, usual), desk.now))
    other = next(awake, "") if begins else ""
    return Goes(helper, circle.name(helper), begins, (other, circle.name(other)) if other else None, absent)


def absent_of(circle: Around, desk: Desk, helper: str, usual: tuple[str, ...]) -> Absent | None:
    """Tell who would have been asked, and is away today; None where that is not why this helper is asked."""
    gone = next(iter(usual), "")
    if helper == gone or gone not in circle.away:
        return None
    row, zone = circle.away[gone], circle.people[gone].zone
    return Absent(gone, circle.name(gone), row.last, local_day(desk.now, zone), stands_in=row.deputy_id == helper)


def path_of(circle: Around, place: Contractor, kind: str, desk: Desk) -> tuple[str, ...]:
    """Give who helps with a kind, in order: those of the contractor's map who are still here.

    For somebody who is away the one who stands in is asked, else the next; who is away comes last.
    """
    usual = usual_path(circle, place, kind, desk)
    deputies = {one: row.deputy_id for one, row in circle.away.items()}
    return stand_ins(usual, deputies, lambda one: circle.active(one) and one != place.user_id)


def usual_path(circle: Around, place: Contractor, kind: str, desk: Desk) -> tuple[str, ...]:
    """Give who helps with a kind when nobody is away, in order."""
    named = contractor.helpers(place)
    ids = (named[role] for role in rules.helpers(kind, named, place.user_id, desk.playbook.blocker))
    return tuple(one for one in ids if circle.active(one))


async def closed(call: Call, desk: Desk) -> Reply:
    """Keep what was typed into a form that is closed without sending it, for a day."""
    filled = as_filled(call.fields)
    if not call.memo_record and (filled.what.strip() or filled.tried.strip()):
        person, _ = await contractor_of(call, desk)
        await store.keep_draft(desk.team, person.user_id, asdict(filled), desk.now)
    return Reply()
