"""A CSV file of contractors: what each row means, a preview before anything is written, and taking it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from blocks import contractor_import as draw
from blocks.contractor_form import COUNTRY, NAMES, STANDARD
from blocks.contractor_import import Line
from blocks.kit import day_name
from handlers.contract import Call, Desk, Letters, ReplaceMessage, Reply, Say, Sheet
from handlers.contractor_form import agreed, of_start, only_adders, usual
from handlers.contractor_read import Judged, judge
from handlers.contractor_save import change, enrol, expect, gathered
from handlers.path import actor, may_about
from handlers.who import asker
from playbook import contractor_csv as sheet
from playbook.contractor_csv import Row
from playbook.holidays import countries, country_of
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase, small
from storage import contractor, people, workspace
from storage import contractor_draft as drafts
from storage import contractor_invite as invites
from storage.columns import new_id
from storage.contractor_roll import Roll, everybody
from storage.outbox import Lane, Post
from storage.path_tables import Invite
from storage.tables import Contractor, Person

DRAFT = "contractor:import"
NOT_HERS = phrase("On the path already; their manager or an admin changes what was agreed.")
WAS_HERE = phrase("Was on the path before; `/contractor return` with their name lays a new one.")
Values = dict[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Planned:
    """What one row comes to: whom it is about, what it says, and what would be done (add, change, keep, problem)."""

    number: int
    who: str
    user_id: str = ""
    email: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "problem"
    what: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    judged: Judged = field(default_factory=Judged)
    place: Contractor | None = None
    invite: Invite | None = None


async def refusal(call: Call, desk: Desk) -> str:
    """Say why somebody may not send a list of contractors, "" where they may."""
    person = await people.find(desk.team, call.user_id)
    adds = person is not None and may(Action.CONTRACTOR_ADD, await actor(desk, person))
    return "" if adds else await only_adders(desk)


async def taken(call: Call, desk: Desk) -> Reply:
    """Show what a list of contractors that was dropped into the bot's DM would do."""
    file = call.files[0]
    return await _previewed(call, desk, file.name, sheet.read(file.text, desk.playbook.contractor.most_rows))


async def _previewed(call: Call, desk: Desk, name: str, rows: Sequence[Row]) -> Reply:
    """Judge every row, keep what was understood for a day, and show it."""
    roll = Roll(await everybody(desk.team), call.handles)
    planned: list[Planned] = []
    for row in rows:
        planned.append(await _plan(desk, call.user_id, row, roll, planned))
    token = new_id()
    kept = [
        {"number": one.number, "who": one.who, "user_id": one.user_id, "email": one.email, "said": one.said}
        for one in planned
        if one.kind in {"add", "change"}
    ]
    await drafts.keep(desk.team, call.user_id, DRAFT, {"token": token, "rows": kept}, desk.now)
    lines = [_line(one, roll) for one in planned]
    text, blocks = draw.preview(name, lines, token)
    parts = enumerate(draw.tables(lines))
    posts = [Post(f"import:{token}:{number}", call.user_id, *part, Lane.CARD) for number, part in parts]
    return Say(text=text, blocks=blocks).also(*posts)


async def _plan(desk: Desk, by: str, row: Row, roll: Roll, before: Sequence[Planned]) -> Planned:
    """Say what one row comes to, with everything that is wrong with it."""
    user_id, email, problems = _subject(row, roll)
    who = roll.name(user_id) if user_id else email or row.who or phrase("nobody named")
    problems += row.problems
    said: Values = dict(row.answers)
    for name, text in row.people.items():
        try:
            said[name] = roll.find(text).user_id
        except Sorry as sorry:
            problems.append(f"{NAMES[name]}: {sorry}")
    said |= {COUNTRY: _country(row.country)} if row.country else {}
    if row.template:
        names = {one.casefold(): one for one in [*await invites.templates(desk.team), STANDARD]}
        said |= {"template": names.get(row.template.casefold(), "")}
        problems += (
            []
            if said["template"]
            else [phrase('There is no checklist template called "{template}".', template=row.template)]
        )
    twice = next((one.number for one in before if (one.user_id, one.email) == (user_id, email)), 0)
    problems += [phrase("Line {twice} is about the same person.", twice=twice)] if twice and (user_id or email) else []
    found = Planned(row.line, who, user_id, email, said)
    if problems:
        return Planned(row.line, who, user_id, email, said, what=" ".join(problems))
    return await _settle(desk, by, found, roll.people.get(user_id))


def _subject(row: Row, roll: Roll) -> tuple[str, str, list[str]]:
    """Say whom a row is about: a user id, or the address of somebody who has no account."""
    if row.email:
        email = invites.address(row.email)
        if " " in email or not all(email.rpartition("@")[::2]) or "." not in email.rpartition("@")[2]:
            return "", "", [phrase('"{email}" is no e-mail address.', email=row.email)]
        account = next((one for one in roll.people.values() if one.email == email), None)
        return (account.user_id, "", []) if account else ("", email, [])
    if not row.who:
        return "", "", [phrase("This line names nobody. Give an e-mail address.")]
    try:
        return roll.find(row.who).user_id, "", []
    except Sorry as sorry:
        return "", "", [str(sorry)]


def _country(text: str) -> str:
    known = {word.casefold(): code for name, code in countries() for word in (name, code)}
    return known.get(text.casefold(), text)


async def _settle(desk: Desk, by: str, one: Planned, person: Person | None) -> Planned:
    """Judge what a row says on top of what was agreed, or of what is usual for somebody new."""
    place = await contractor.find(desk.team, one.user_id) if one.user_id else None
    invite = await invites.find(desk.team, one.email) if one.email else None
    base = await _base(desk, by, place, invite, person)
    answers = {**base, "person": one.user_id, "email": one.email, **one.said}
    judged = await judge(desk, answers, known=one.user_id if place else "", awaited=one.email if invite else "")
    problems = [f"{NAMES.get(name, name)}: {sentence}" for name, sentence in judged.errors.items()]
    news = [name for name, value in one.said.items() if base.get(name, "") != value]
    if place is None and invite is None:
        problems += [] if "start_date" in one.said else [phrase("There is no start date.")]
        kind, what = "add", phrase("Add") if one.user_id else phrase("Add, once they have joined Slack")
    elif place is not None and not await _may_change(desk, by, place):
        kind, what, problems = (
            "problem",
            "",
            [NOT_HERS if place.ended_at is None else WAS_HERE],
        )
    else:
        kind, what = "change", phrase("Change: {join}", join=", ".join(small(NAMES[name]) for name in news))
    if not news and kind == "change":
        kind, what = "keep", phrase("Nothing new")
    if kind == "add" or "start_date" in news:
        what = ". ".join([what, *of_start(desk, answers, person)])
    kind, what = ("problem", " ".join(problems)) if problems else (kind, what)
    return Planned(one.number, one.who, one.user_id, one.email, one.said, kind, what, answers, judged, place, invite)


async def _base(desk: Desk, by: str, place: Contractor | None, invite: Invite | None, person: Person | None) -> Values:
    if place is not None:
        return agreed(place)
    if invite is not None:
        return {name: tuple(value) if isinstance(value, list) else value for name, value in invite.values.items()}
    office = await workspace.get(desk.team)
    country = (country_of(person.zone) if person else "") or office.country
    return usual(desk, office, by, person) | {COUNTRY: country}


async def _may_change(desk: Desk, by: str, place: Contractor) -> bool:
    person = await people.find(desk.team, by)
    return person is not None and await may_about(desk, Action.CONTRACTOR_CHANGE, person, place)


def _line(one: Planned, roll: Roll) -> Line:
    start, role, manager = (str(one.answers.get(name, "")) for name in ("start_date", "role", "manager_id"))
    shown = f"{day_name(date.fromisoformat(start))} {start[:4]}" if start else ""
    return Line(one.number, one.kind, one.who, one.what, shown, role, roll.name(manager))


async def confirmed(call: Call, desk: Desk) -> Reply:
    """Take in what was shown; a second press does nothing."""
    rows = await _taken(call, desk)
    if rows is None:
        return _replaced(draw.over())
    planned, letters = [], list[Letters]()
    for row in rows:
        said = {name: tuple(value) if isinstance(value, list) else value for name, value in row["said"].items()}
        one = Planned(row["number"], row["who"], row["user_id"], row["email"], said)
        person = await people.find(desk.team, one.user_id) if one.user_id else None
        planned.append(await _settle(desk, call.user_id, one, person))
        letters += await _carry_out(desk, call.user_id, planned[-1])
    counts = {kind: sum(one.kind == kind for one in planned) for kind in ("add", "change")}
    left_out = [Line(one.number, one.kind, one.who, one.what) for one in planned if one.kind == "problem"]
    return _replaced(draw.done(counts["add"], counts["change"], left_out)).also(*gathered(desk, letters))


async def _carry_out(desk: Desk, by: str, one: Planned) -> Sequence[Letters]:
    if one.kind not in {"add", "change"}:
        return ()
    if one.judged.email:
        return (await expect(desk, by, one.judged, one.answers, before=one.invite))[1]
    if one.place is not None:
        return (await change(desk, by, one.place, one.judged.values))[1]
    return (await enrol(desk, by, one.judged.user_id, one.judged.values))[2]


async def _taken(call: Call, desk: Desk) -> list[dict[str, Any]] | None:
    """Give the rows of the preview whose button was pressed, once; None when they are gone."""
    who = await asker(call, desk)
    if not may(Action.CONTRACTOR_ADD, await actor(desk, who.person)):
        raise Sorry(await only_adders(desk))
    kept = await drafts.find(desk.team, call.user_id, DRAFT, desk.now)
    if kept is None or kept["token"] != call.value:
        return None
    taken = await drafts.take(desk.team, call.user_id, DRAFT, desk.now)
    return list(taken["rows"]) if taken else None


async def cancelled(call: Call, desk: Desk) -> Reply:
    """Forget what was shown."""
    return _replaced(draw.over() if await _taken(call, desk) is None else draw.cancelled())


def _replaced(drawn: draw.Drawn) -> ReplaceMessage:
    text, blocks = drawn
    return ReplaceMessage(text=text, blocks=blocks)


SHEET = Sheet("contractors", phrase("/contractor import"), lambda head, _: sheet.fits(head), refusal, taken)
