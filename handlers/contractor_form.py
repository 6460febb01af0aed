"""The form about a contractor: opening it, turning its pages with nothing typed lost, and what is worth knowing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from blocks import contractor as draw
from blocks import contractor_form as form
from blocks.contractor_form import COUNTRY, FORM, PAGES, PEOPLE, STANDARD, TIME, Answers, Sheet
from handlers.contract import Call, Desk, FixFields, OpenModal, Options, ReplaceModal, Reply, memo
from handlers.contractor_read import Judged, judge, many, one
from handlers.path import actor, may_about
from handlers.who import asker, who_adds
from playbook.days import local_day, local_time, next_working_day, read_weekdays
from playbook.holidays import DaysOff, countries, country_of, holiday_name
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import oclock, phrase
from storage import contractor, people, workspace
from storage import contractor_draft as drafts
from storage import contractor_invite as invites
from storage.path_tables import Invite, Workspace
from storage.tables import Contractor, Person

NEW = "+"
GONE = phrase("They have joined, or were withdrawn meanwhile. `/contractor` shows who is there.")


@dataclass(frozen=True)
class About:
    """Whom a form is about, and who may fill it in: `known` on the path, `awaited` without an account, or neither.

    `record` travels with the form: "" for a new entry, "+U…" for one about a person, a user id, or an address.
    """

    record: str = ""
    known: Contractor | None = None
    awaited: Invite | None = None
    person: Person | None = None

    @property
    def returns(self) -> bool:
        """Say whether it is about somebody who has left the path and comes back."""
        return self.known is not None and self.known.ended_at is not None

    @property
    def draft(self) -> str:
        """Name what is kept of the form."""
        return f"contractor:{self.record}"

    async def judge(self, desk: Desk, answers: Answers) -> Judged:
        """Judge the answers of this form."""
        known = self.known.user_id if self.known else ""
        return await judge(desk, answers, known=known, awaited=self.awaited.email if self.awaited else "")


async def about(call: Call, desk: Desk, record: str) -> About:
    """Look up whom a form is about; raises Sorry for whoever may not fill it in."""
    who = await asker(call, desk)
    if "@" in record:
        invite = await invites.find(desk.team, record)
        if invite is None:
            raise Sorry(GONE)
        if not await may_await(desk, who.person, invite):
            raise Sorry(await only_adders(desk))
        return About(record, awaited=invite)
    if record and not record.startswith(NEW):
        person, place = await people.actor(desk.team, record)
        back = place is not None and place.ended_at is not None
        wanted = Action.OFFBOARDING_LEAD if back else Action.CONTRACTOR_CHANGE
        if place is None or not await may_about(desk, wanted, who.person, place):
            raise Sorry(await only_adders(desk))
        return About(record, known=place, person=person)
    if not may(Action.CONTRACTOR_ADD, await actor(desk, who.person)):
        raise Sorry(await only_adders(desk))
    return About(record, person=await people.find(desk.team, record.removeprefix(NEW)) if record else None)


async def may_await(desk: Desk, person: Person, invite: Invite) -> bool:
    """Say whether somebody may see and change what was agreed with somebody who is expected."""
    who = await actor(desk, person)
    return who.user_id == invite.manager_id or who.is_admin or may(Action.CONTRACTOR_ADD, who)


async def only_adders(desk: Desk) -> str:
    """Say who adds contractors, and whom to ask."""
    told = phrase(
        "Contractors are added by those who were chosen for it, and managers change what was agreed with theirs"
    )
    return f"{told}; {await who_adds(desk)}"


async def opened(call: Call, desk: Desk, record: str) -> Reply:
    """Open the first page, with what the person had typed before if there is any of it."""
    subject = await about(call, desk, record)
    typed = await drafts.find(desk.team, call.user_id, subject.draft, desk.now)
    answers = await beginning(call, desk, subject)
    sheet = await sheet_of(desk, memo(_here(call), record), subject, answers | _thawed(typed or {}))
    return OpenModal(view=form.page(FORM, replace(sheet, kept=typed is not None)))


def _here(call: Call) -> str:
    return call.memo_channel if call.view_id else call.channel_id


async def beginning(call: Call, desk: Desk, subject: About) -> dict[str, str | tuple[str, ...]]:
    """Say what the form holds before anybody types: what was agreed, else what is usual here."""
    if subject.known is not None and subject.returns:
        today = local_day(desk.now, subject.person.zone if subject.person else "UTC")
        return agreed(subject.known) | {"start_date": today.isoformat()}
    if subject.known is not None:
        return agreed(subject.known)
    if subject.awaited is not None:
        return _thawed(subject.awaited.values)
    return usual(desk, await workspace.get(desk.team), call.user_id, subject.person)


def usual(desk: Desk, office: Workspace, manager_id: str, person: Person | None) -> dict[str, str | tuple[str, ...]]:
    """Say what is usual here for somebody new."""
    book = desk.playbook.contractor
    weekdays = read_weekdays(office.weekdays) or frozenset(book.weekdays)
    return {
        "person": person.user_id if person else "",
        "start_date": local_day(desk.now, person.zone if person else "UTC").isoformat(),
        "template": STANDARD,
        "manager_id": manager_id,
        "operations": office.operations_id,
        "escalation": office.escalation_id,
        "weekdays": tuple(str(day) for day in sorted(weekdays)),
        "day_start": f"{book.day_start:%H:%M}",
        "day_end": f"{book.day_end:%H:%M}",
        "weekly_minutes": draw.hours_of(book.weekly_minutes),
    }


def agreed(place: Contractor) -> dict[str, str | tuple[str, ...]]:
    """Write what was agreed with a contractor as the answers of the form."""
    helpers = {role: user for role, user in contractor.helpers(place).items() if role != "manager"}
    return {
        "start_date": place.start_date.isoformat(),
        "role": place.role,
        "bottleneck": place.bottleneck,
        "project": place.project,
        "template": place.template or STANDARD,
        "manager_id": place.manager_id,
        **helpers,
        COUNTRY: place.country,
        "weekdays": tuple(str(day) for day in sorted(read_weekdays(place.weekdays))),
        "day_start": f"{place.day_start:%H:%M}",
        "day_end": f"{place.day_end:%H:%M}",
        "weekly_minutes": draw.hours_of(place.weekly_minutes),
        "project_channel": place.project_channel,
    }


def _thawed(values: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


async def sheet_of(desk: Desk, kept_memo: str, subject: About, answers: Answers, problems: Sequence[str] = ()) -> Sheet:
    """Gather what a page is drawn from; `problems` are said at its top."""
    person = subject.person or await _chosen(desk, answers)
    office = await workspace.get(desk.team)
    country = (country_of(person.zone) if person else "") or office.country
    begun = subject.known is not None and subject.known.start_date.isoformat() == one(answers, "start_date")
    answers = {COUNTRY: country} | dict(answers)
    notes = await worth_knowing(desk, {**answers, "start_date": ""} if begun else answers, person)
    return Sheet(
        answers=answers,
        memo=kept_memo,
        known=subject.known.user_id if subject.known else "",
        returns=subject.returns,
        awaited=subject.awaited.email if subject.awaited else "",
        notes=[*problems, *notes],
        clock=_clock(desk, person),
        templates=await invites.templates(desk.team),
    )


async def _chosen(desk: Desk, answers: Answers) -> Person | None:
    if one(answers, "person"):
        return await people.find(desk.team, one(answers, "person"))
    email = one(answers, "email")
    return await people.with_email(desk.team, email) if email else None


def _clock(desk: Desk, person: Person | None) -> str:
    if person is None:
        return phrase("Their time zone: known when they join Slack.")
    return phrase(
        "Their time zone, from Slack: {zone}, {now} there now.",
        zone=person.zone,
        now=oclock(local_time(desk.now, person.zone)),
    )


async def worth_knowing(desk: Desk, answers: Answers, person: Person | None) -> list[str]:
    """Say what is allowed and yet worth a thought: a start that has passed or is a day off, roles nobody has."""
    notes = of_start(desk, answers, person)
    if "buddy" in answers and not one(answers, "buddy"):
        notes.append(phrase("No Shadow Buddy chosen: that falls to the manager for now."))
    if "operations" in answers and not one(answers, "operations"):
        notes.append(phrase("Nobody chosen for operations: that falls to the manager for now."))
    return notes


def of_start(desk: Desk, answers: Answers, person: Person | None) -> list[str]:
    """Say what is worth knowing of a start that has passed, or that is a day off."""
    if not one(answers, "start_date"):
        return []
    today = local_day(desk.now, person.zone if person else "UTC")
    start = date.fromisoformat(one(answers, "start_date"))
    if start < today:
        since = max(start, today - timedelta(days=desk.playbook.path.late_days))
        passed = phrase(
            "what was meant for before {since} is not sent; the checklist starts at today", since=draw.long_day(since)
        )
        return [phrase("They began on {start}, so {passed}.", start=draw.long_day(start), passed=passed)]
    weekdays = frozenset(int(day) for day in many(answers, "weekdays") if day.isdecimal())
    free = DaysOff(one(answers, COUNTRY))
    if not weekdays or (start.weekday() in weekdays and start not in free):
        return []
    name = holiday_name(start, one(answers, COUNTRY))
    why = phrase("is a public holiday ({name})", name=name) if name else phrase("is none of their working days")
    first = next_working_day(start, weekdays, free)
    return [
        phrase("{start} {why}, so Day 1 is {first}.", start=draw.long_day(start), why=why, first=draw.long_day(first))
    ]


async def typed(call: Call, desk: Desk) -> tuple[About, dict[str, str | tuple[str, ...]]]:
    """Give whom the form is about, and every answer so far: of this page, of those before, and what is usual."""
    subject = await about(call, desk, call.memo_record)
    kept = _thawed(await drafts.find(desk.team, call.user_id, subject.draft, desk.now) or {})
    answers = await beginning(call, desk, subject) | kept | dict(call.fields)
    if "person" in call.fields and "person" in kept and kept["person"] != call.fields["person"]:
        answers.pop(COUNTRY, None)
    return subject, answers


async def who_filled(call: Call, desk: Desk) -> Reply:
    """Take the first page and show the people around them."""
    return await _turned(call, desk, FORM, PEOPLE)


async def people_filled(call: Call, desk: Desk) -> Reply:
    """Take the second page and show their time."""
    return await _turned(call, desk, PEOPLE, TIME)


async def _turned(call: Call, desk: Desk, here: str, there: str) -> Reply:
    subject, answers = await typed(call, desk)
    judged = await subject.judge(desk, answers)
    errors = {name: judged.errors[name] for name in PAGES[here] if name in judged.errors}
    if errors:
        return FixFields(errors)
    return await show(call, desk, subject, answers, there)


async def show(call: Call, desk: Desk, subject: About, answers: Answers, there: str) -> ReplaceModal:
    """Keep what was typed and show a page with it."""
    await drafts.keep(desk.team, call.user_id, subject.draft, answers, desk.now)
    return ReplaceModal(view=form.page(there, await sheet_of(desk, call.memo, subject, answers)))


async def back(call: Call, desk: Desk) -> Reply:
    """Go back a page, with everything that was typed on this one."""
    subject, answers = await typed(call, desk)
    return await show(call, desk, subject, answers, call.value if call.value in PAGES else FORM)


async def afresh(call: Call, desk: Desk) -> Reply:
    """Forget what was typed, and open the form without it."""
    subject = await about(call, desk, call.memo_record)
    if call.value != "open":
        await drafts.drop(desk.team, call.user_id, subject.draft)
        return ReplaceModal(view=form.cleared(call.memo))
    answers = await beginning(call, desk, subject)
    return ReplaceModal(view=form.page(FORM, await sheet_of(desk, call.memo, subject, answers)))


async def closed(call: Call, desk: Desk) -> Reply:
    """Keep what was typed into a form that is closed without sending it, for a day."""
    subject, answers = await typed(call, desk)
    usual_answers = await beginning(call, desk, subject)
    if any(answers.get(name) != usual_answers.get(name, "") for name in answers if name != COUNTRY):
        await drafts.keep(desk.team, call.user_id, subject.draft, answers, desk.now)
    return Reply()


async def offered(call: Call, desk: Desk) -> Reply:
    """Offer the countries whose holidays are known, those that begin with what is typed first."""
    await asker(call, desk)
    sought = call.value.strip().casefold()
    begin = [pair for pair in countries() if pair[0].casefold().startswith(sought)]
    hold = [pair for pair in countries() if sought in pair[0].casefold() and pair not in begin]
    return Options(options=[*begin, *hold])
