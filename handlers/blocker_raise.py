"""Raising a blocker: in one line, in the form, from a message; and adding details to one that is there."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from blocks import blocker as shown
from blocks import blocker_form as forms
from blocks import kit
from blocks.blocker_form import Filled
from handlers.blocker_form import absent_of, as_filled, fresh, goes_to, path_of, show_form, usual_path
from handlers.blocker_work import NOT_YOURS, Work, begin, done, refreshed, resolved_already, wound
from handlers.contract import Call, Desk, FixFields, Kind, Reply, Say, soon
from handlers.who import contractor as contractor_of
from playbook import blocker as rules
from playbook.blocker import State
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import blocker as store
from storage import blocker_around, checklist, people
from storage import blocker_change as change
from storage.blocker import Case
from storage.tables import Blocker, Contractor, Person

WEB = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)


async def one_line(call: Call, desk: Desk, text: str) -> Reply:
    """File a blocker from one line, with a guess of its kind; what is too long goes into the form."""
    person, place = await contractor_of(call, desk)
    book = desk.playbook.blocker
    if not text:
        return await fresh(call, desk)
    if len(text) > book.limits.what:
        return await _too_long(call, desk, text)
    await desk.team.lock(Contractor, user_id=person.user_id)
    if same := await _same(desk, person.user_id, text):
        return _open_already(same)
    filled = Filled(text, rules.guess(text, book))
    return await _file(call, desk, person, place, filled, guessed=True)


async def _too_long(call: Call, desk: Desk, text: str) -> Reply:
    """Put a long line into the form, where it can be cut; give it back where no form opens or it does not fit."""
    limits = desk.playbook.blocker.limits
    filled = Filled(text[: limits.what], rules.guess(text, desk.playbook.blocker), tried=text[limits.what :])
    lead = phrase(
        "That was longer than {what} characters: the rest stands under “What have you tried?”.", what=limits.what
    )
    if call.kind is not Kind.EVENT and len(filled.tried) <= limits.tried:
        return await show_form(call, desk, filled, lead=lead)
    return Say(
        text=phrase(
            "That is {text} characters, and a blocker holds {what}. Nothing was filed; here are your "
            "words to shorten:\n{text_2}",
            text=len(text),
            what=limits.what,
            text_2=kit.esc(text, 30000),
        )
    )


async def _same(desk: Desk, user_id: str, text: str, but: str = "") -> Blocker | None:
    """Find an open blocker of this person that says the same."""
    said = " ".join(text.casefold().split())
    mine = await store.unresolved(desk.team, [user_id])
    return next((one for one in mine if one.id != but and " ".join(one.text.casefold().split()) == said), None)


def _open_already(same: Blocker) -> Reply:
    text = phrase(
        "That is open already as #{number}: {same}. Nothing was filed twice.",
        number=same.number,
        same=shown.trail(same),
    )
    buttons = [(phrase("Add to #{number}", number=same.number), shown.UPDATE, ""), (phrase("See it"), shown.OPEN, "")]
    return Say(text=text, blocks=[kit.section(text), *forms.offers(same.id, buttons)])


async def _file(
    call: Call, desk: Desk, person: Person, place: Contractor, filled: Filled, *, guessed: bool = False
) -> Reply:
    """Keep a new blocker, wind its clock, and tell everybody it concerns."""
    circle = await blocker_around.around(desk.team, place, desk.now)
    path = path_of(circle, place, filled.kind, desk)
    chosen = call.one(forms.helper_field(filled.kind))
    helper = chosen if chosen in path else next(iter(path), "")
    blocker = _new(desk, person, place, filled, helper or await _admin(desk, person.user_id))
    blocker.number = await desk.team.next_number("blocker")
    blocker.project_channel = await _channel(desk, place)
    await change.raise_one(desk.team, blocker)
    await store.drop_draft(desk.team, person.user_id)
    if call.memo_origin and await checklist.link(desk.team, call.memo_origin, person.user_id, blocker.id):
        await soon(desk, ("checklist.changed", person.user_id))
    usual = usual_path(circle, place, filled.kind, desk)
    absent = absent_of(circle, desk, blocker.helper_id, usual)
    text, blocks = _raised(await wound(desk, blocker), desk, usual, absent, guessed=guessed)
    return Say(text=text, blocks=blocks).also(*await refreshed(desk, blocker))


def _new(desk: Desk, person: Person, place: Contractor, filled: Filled, helper: str) -> Blocker:
    stuck = timedelta(minutes=desk.playbook.blocker.since_minutes(filled.since))
    return Blocker(
        team_id=desk.team.team_id,
        number=0,
        user_id=person.user_id,
        text=filled.what,
        kind=filled.kind,
        impact=filled.impact,
        since=desk.now - stuck,
        tried=filled.tried,
        link=filled.link,
        notify=",".join(filled.notify),
        state=State.OPEN,
        helper_id=helper,
        manager_id=place.manager_id,
        escalation_id=place.escalation_id,
        created_at=desk.now,
    )


async def _admin(desk: Desk, user_id: str) -> str:
    """Give an admin to turn to when nobody of the contractor's own people is left; "" when there is none."""
    ids = [*sorted(desk.admins), *(admin.user_id for admin in await people.admins(desk.team))]
    return next((one for one in ids if one != user_id), "")


async def _channel(desk: Desk, place: Contractor) -> str:
    """Give the project channel where the bot can post."""
    channel = await people.find_channel(desk.team, place.project_channel) if place.project_channel else None
    return channel.channel_id if channel and channel.is_member and not channel.archived else ""


def _raised(
    case: Case, desk: Desk, path: tuple[str, ...], absent: forms.Absent | None, *, guessed: bool
) -> shown.Drawn:
    """Say what was filed, who has it, when their day begins if they are away, and what can be done next."""
    blocker, book = case.blocker, desk.playbook.blocker
    kind = book.kind(blocker.kind).label
    said = phrase("🔴 #{number} is raised: {blocker}", number=blocker.number, blocker=kit.one_line(blocker.text, 300))
    goes = goes_to(case, desk, blocker.helper_id, path, absent)
    where = phrase("Nobody is there to help yet; please ask an admin to choose somebody with `/contractor`.")
    if blocker.helper_id:
        where = (
            f"{kind}{(phrase(' (my guess)') if guessed else '')} → {kit.mention(blocker.helper_id)}{forms.away(goes)}."
        )
        where += f" {forms.because(goes.absent)}." if goes.absent else ""
    rows = [(phrase("Add details"), shown.DETAILS, "")]
    if goes.begins and goes.instead:
        rows.append(
            (phrase("Ask {instead} instead", instead=goes.instead[1]), shown.NEXT, f"{blocker.id}:{goes.instead[0]}")
        )
    blocks = [kit.section(said), kit.context(where), *forms.offers(blocker.id, rows)]
    return f"{said}\n{where}", blocks


async def submitted(call: Call, desk: Desk) -> Reply:
    """File what was filled in, or keep the changed details of a blocker; what is wrong is said under its field."""
    person, place = await contractor_of(call, desk)
    await desk.team.lock(Contractor, user_id=person.user_id)
    filled = _cleaned(call)
    errors = await _problems(desk, filled, call, person.user_id)
    if errors:
        return FixFields(errors=errors)
    if call.memo_record:
        work = await begin(call, desk, await store.find(desk.team, call.memo_record))
        return await _changed(work, place, filled)
    return await _file(call, desk, person, place, filled)


def _cleaned(call: Call) -> Filled:
    filled = as_filled(call.fields)
    notify = tuple(dict.fromkeys(one for one in filled.notify if one != call.user_id))
    return replace(filled, what=clean(filled.what), tried=clean(filled.tried), link=clean(filled.link), notify=notify)


async def _problems(desk: Desk, filled: Filled, call: Call, user_id: str) -> dict[str, str]:
    """Say under which field something needs another look."""
    book = desk.playbook.blocker
    same = await _same(desk, user_id, filled.what, call.memo_record)
    checks = {
        "what": _words(filled.what, book.limits.what)
        or (
            phrase("That is open already as #{number}. Add to it with /blocker {number} update …", number=same.number)
            if same
            else ""
        ),
        "kind": "" if filled.kind in {kind.key for kind in book.kinds} else phrase("Please choose a kind."),
        "tried": _words(filled.tried, book.limits.tried, needed=False),
        "link": _link(filled.link, book.limits.link),
        "notify": await _notified(desk, filled.notify),
    }
    return {field: sentence for field, sentence in checks.items() if sentence}


def _words(words: str, most: int, *, needed: bool = True) -> str:
    if needed and not words:
        return phrase("Please say in a few words what is stuck.")
    return phrase(
        "That is {words} characters; up to {most} fit. The rest can go into an update.", words=len(words), most=most
    ) * (len(words) > most)


def _link(link: str, most: int) -> str:
    if not link:
        return ""
    return (
        ""
        if WEB.fullmatch(link) and len(link) <= most
        else phrase("Please use a whole link, like https://example.com/page.")
    )


async def _notified(desk: Desk, notify: tuple[str, ...]) -> str:
    if len(notify) > forms.MOST_NOTIFIED:
        return phrase(
            "Up to {most_notified} people, please; the project channel reaches more.", most_notified=forms.MOST_NOTIFIED
        )
    known = await people.find_all(desk.team, notify)
    gone = [one for one in notify if one not in known or known[one].deactivated or known[one].is_bot]
    names = ", ".join(known[one].name if one in known else one for one in gone)
    return (
        phrase("I can't write to {names}: an app, or somebody who has left. Please take them out.", names=names)
        if gone
        else ""
    )


async def _changed(work: Work, place: Contractor, filled: Filled) -> Reply:
    """Keep changed details; another kind goes to its own helper unless somebody is on it."""
    blocker, desk = work.blocker, work.desk
    if work.me != blocker.user_id:
        raise Sorry(NOT_YOURS)
    if blocker.state == State.RESOLVED:
        return resolved_already(work)
    moved = filled.kind != blocker.kind
    await change.describe(desk.team, blocker, _described(desk, blocker, filled), work.me, desk.now)
    path = path_of(await blocker_around.around(desk.team, place, desk.now), place, filled.kind, desk)
    chosen = work.call.one(forms.helper_field(filled.kind))
    to = chosen if chosen in path else next(iter(path), "")
    if moved and to and to != blocker.helper_id and blocker.state != State.ON_IT:
        await change.hand(desk.team, blocker, to, work.me, desk.now)
        await wound(desk, blocker)
    return await done(
        work,
        phrase(
            "{number} has the new details. {helper_id} sees them.",
            number=work.number,
            helper_id=kit.mention(blocker.helper_id),
        ),
    )


def _described(desk: Desk, blocker: Blocker, filled: Filled) -> dict[str, Any]:
    values: dict[str, Any] = {"text": filled.what, "kind": filled.kind, "impact": filled.impact, "tried": filled.tried}
    values |= {"link": filled.link, "notify": ",".join(filled.notify)}
    if filled.since:
        stuck = timedelta(minutes=desk.playbook.blocker.since_minutes(filled.since))
        values["since"] = blocker.created_at - stuck
    return values
