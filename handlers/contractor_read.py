"""Judging what was filled in about a contractor: the values to keep, and a sentence for what needs another look."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from blocks.contractor import LABELS
from blocks.contractor_form import COUNTRY, STANDARD, Answers
from handlers.contract import Desk
from playbook import contractor as rules
from playbook.contractor import Terms
from playbook.days import local_day, write_weekdays
from playbook.holidays import countries
from playbook.tongue import phrase
from playbook.words import clean
from storage import contractor_invite as invites
from storage import people
from storage.tables import Person

SLACKBOT = "USLACKBOT"
HOURS = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?\s*(?:h|hours?)?", re.IGNORECASE)
NOBODY = phrase("Choose the contractor here, or give their e-mail address below if they have no Slack account yet.")
BOTH = phrase("Choose a person above or give an e-mail address, not both.")
AWAITED = phrase("I am waiting for this address already. `/contractor` lists it, and there it can be changed.")


@dataclass(frozen=True)
class Judged:
    """What came of reading the answers: who it is (a user id, or an address), the values to keep, the problems."""

    user_id: str = ""
    email: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def one(answers: Answers, name: str) -> str:
    """Give the answer to a field that takes one value."""
    answer = answers.get(name, "")
    return answer.strip() if isinstance(answer, str) else ""


def many(answers: Answers, name: str) -> tuple[str, ...]:
    """Give the answer to a field that takes several values."""
    answer = answers.get(name, ())
    return answer if isinstance(answer, tuple) else ()


async def judge(desk: Desk, answers: Answers, *, known: str = "", awaited: str = "") -> Judged:
    """Read all answers; `known` is the user id of somebody on the path, `awaited` the address of somebody expected."""
    who = Judged(known, awaited) if known or awaited else await whom(desk, answers)
    values, errors = await _read(desk, answers, who.user_id)
    return Judged(who.user_id, who.email, values, {**who.errors, **errors})


async def whom(desk: Desk, answers: Answers) -> Judged:
    """Say whom a new entry is about; an address that belongs to an account already means that account."""
    person, email = one(answers, "person"), invites.address(one(answers, "email"))
    if bool(person) is bool(email):
        return Judged(errors={"email": BOTH} if person else {"person": NOBODY})
    if person:
        problem = await newcomer(desk, person)
        return Judged(person, errors={"person": problem} if problem else {})
    account = await people.with_email(desk.team, email)
    if account is not None:
        problem = await newcomer(desk, account.user_id)
        return Judged(account.user_id, errors={"email": problem} if problem else {})
    expected = await invites.find(desk.team, email)
    return Judged(email=email, errors={"email": AWAITED} if expected else {})


async def newcomer(desk: Desk, user_id: str) -> str:
    """Say why somebody cannot be put on the path, "" if they can."""
    person, place = await people.actor(desk.team, user_id)
    if place is not None and place.ended_at is not None:
        return phrase("They were on the path before. Close this and use /contractor return @person.")
    if place is not None:
        return phrase("They are on the path already. Close this and use /contractor edit @person.")
    return not_on_the_path(person)


def not_on_the_path(person: Person | None) -> str:
    """Say why this cannot be a contractor: an app, somebody who left, or somebody of another workspace."""
    if person is None:
        return phrase("I can't find this person in this workspace. Invite them to it first, then add them here.")
    if person.user_id == SLACKBOT or person.is_bot:
        return phrase("This is an app, not a person. Please choose the contractor.")
    if person.deactivated:
        return phrase("This account is deactivated. Reactivate it in Slack first, or choose somebody else.")
    return ""


async def _read(desk: Desk, answers: Answers, user_id: str) -> tuple[dict[str, Any], dict[str, str]]:
    terms, errors = _terms(answers)
    if terms is not None:
        errors |= rules.problems(terms, desk.playbook.contractor)
    start = date.fromisoformat(one(answers, "start_date"))
    errors |= await _start_problem(desk, start, user_id)
    chosen = {"manager_id": one(answers, "manager_id")} | {role: one(answers, role) for role in LABELS}
    errors |= await _unfit(desk, chosen, user_id)
    errors |= await _unreachable(desk, one(answers, "project_channel"))
    country, template = one(answers, COUNTRY), one(answers, "template")
    errors |= {} if not country or any(code == country for _, code in countries()) else {COUNTRY: _no_country(country)}
    if terms is None or errors:
        return {}, errors
    values = {
        "manager_id": chosen.pop("manager_id"),
        "role": terms.role,
        "project": terms.project,
        "bottleneck": terms.bottleneck,
        "template": "" if template == STANDARD else template,
        "country": country,
        "project_channel": one(answers, "project_channel"),
        "start_date": start,
        "weekly_minutes": terms.weekly_minutes,
        "weekdays": write_weekdays(terms.weekdays),
        "day_start": terms.day_start,
        "day_end": terms.day_end,
    }
    return values | {f"{role}_id": user for role, user in chosen.items()}, {}


async def _start_problem(desk: Desk, start: date, user_id: str) -> dict[str, str]:
    person = await people.find(desk.team, user_id) if user_id else None
    today = local_day(desk.now, person.zone if person else "UTC")
    problem = rules.start_problem(start, today, desk.playbook.contractor)
    return {"start_date": problem} if problem else {}


def _no_country(name: str) -> str:
    return phrase(
        'I know no public holidays of "{name}". Choose a country from the list, or leave this empty.', name=name
    )


def _terms(answers: Answers) -> tuple[Terms | None, dict[str, str]]:
    minutes = _minutes(one(answers, "weekly_minutes"))
    if minutes is None:
        return None, {"weekly_minutes": phrase("Write the hours as a number, like 30 or 37.5.")}
    days = frozenset(int(day) for day in many(answers, "weekdays") if day.isdecimal())
    return (
        Terms(
            role=clean(one(answers, "role")),
            project=clean(one(answers, "project")),
            weekly_minutes=minutes,
            weekdays=days,
            day_start=time.fromisoformat(one(answers, "day_start")),
            day_end=time.fromisoformat(one(answers, "day_end")),
            bottleneck=" ".join(clean(one(answers, "bottleneck")).split()),
        ),
        {},
    )


def _minutes(text: str) -> int | None:
    found = HOURS.fullmatch(text)
    return round(float(f"{found[1]}.{found[2] or 0}") * 60) if found else None


async def _unfit(desk: Desk, chosen: Mapping[str, str], user_id: str) -> dict[str, str]:
    """Say for each person in the form why they cannot help: an app, gone, unknown, or the contractor themselves."""
    known = await people.find_all(desk.team, {one for one in chosen.values() if one})
    problems = {} if chosen["manager_id"] else {"manager_id": phrase("Please choose who manages them.")}
    for name, chosen_id in chosen.items():
        person = known.get(chosen_id)
        if chosen_id == user_id and chosen_id:
            problems[name] = phrase("Please choose somebody other than the contractor.")
        elif chosen_id and (person is None or person.is_bot):
            problems[name] = phrase("Please choose a person of this workspace.")
        elif person is not None and person.deactivated:
            problems[name] = phrase("This account is deactivated. Please choose somebody who is still here.")
    return problems


async def _unreachable(desk: Desk, channel_id: str) -> dict[str, str]:
    """Say why the bot cannot post in the channel that was chosen."""
    if not channel_id:
        return {}
    channel = await people.find_channel(desk.team, channel_id)
    if channel is None or not channel.is_member:
        name = f"#{channel.name}" if channel else phrase("that channel")
        return {
            "project_channel": phrase(
                "I am not in {name} yet. Type /invite @Inner Circle there, then press the button again.", name=name
            )
        }
    if channel.archived:
        return {
            "project_channel": phrase("#{channel} is archived. Please choose another channel.", channel=channel.name)
        }
    return {}
