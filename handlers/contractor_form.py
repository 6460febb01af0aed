"""Reading what was filled in about a contractor: the values to keep, and a sentence for what needs another look."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from blocks.contractor import LABELS
from handlers.contract import Call, Desk
from playbook import contractor as rules
from playbook.contractor import Terms
from playbook.days import write_weekdays
from playbook.words import clean
from storage import people
from storage.tables import Person

SLACKBOT = "USLACKBOT"
HOURS = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?\s*(?:h|hours?)?", re.IGNORECASE)


async def newcomer(desk: Desk, user_id: str) -> dict[str, str]:
    """Say why somebody cannot be put on the path, under the field that chose them."""
    person, place = await people.actor(desk.team, user_id)
    if place is not None:
        return {"person": "They are on the path already. Close this and use /contractor edit @person."}
    problem = not_on_the_path(person)
    return {"person": problem} if problem else {}


def not_on_the_path(person: Person | None) -> str:
    """Say why this cannot be a contractor: an app, somebody who left, or somebody of another workspace."""
    if person is None:
        return "I can't find this person in this workspace. Invite them to it first, then add them here."
    if person.user_id == SLACKBOT or person.is_bot:
        return "This is an app, not a person. Please choose the contractor."
    if person.deactivated:
        return "This account is deactivated. Reactivate it in Slack first, or choose somebody else."
    return ""


async def read(call: Call, desk: Desk, user_id: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Read the form: the values to keep, and a sentence for each field that needs another look."""
    terms, errors = _terms(call)
    book = desk.playbook.contractor
    if terms is not None:
        errors |= rules.problems(terms, book)
    chosen = {"manager_id": call.one("manager_id")} | {role: call.one(role) for role in LABELS}
    errors |= await _unfit(desk, chosen, user_id)
    errors |= await _unreachable(desk, call.one("project_channel"))
    if terms is None or errors:
        return {}, errors
    values = {
        "manager_id": chosen.pop("manager_id"),
        "role": terms.role,
        "project": terms.project,
        "project_channel": call.one("project_channel"),
        "start_date": date.fromisoformat(call.one("start_date")),
        "weekly_minutes": terms.weekly_minutes,
        "weekdays": write_weekdays(terms.weekdays),
        "day_start": terms.day_start,
        "day_end": terms.day_end,
    }
    return values | {f"{role}_id": user for role, user in chosen.items()}, {}


def _terms(call: Call) -> tuple[Terms | None, dict[str, str]]:
    minutes = _minutes(call.one("weekly_minutes"))
    if minutes is None:
        return None, {"weekly_minutes": "Write the hours as a number, like 30 or 37.5."}
    days = frozenset(int(day) for day in call.many("weekdays") if day.isdecimal())
    return (
        Terms(
            role=clean(call.one("role")),
            project=clean(call.one("project")),
            weekly_minutes=minutes,
            weekdays=days,
            day_start=time.fromisoformat(call.one("day_start")),
            day_end=time.fromisoformat(call.one("day_end")),
        ),
        {},
    )


def _minutes(text: str) -> int | None:
    found = HOURS.fullmatch(text)
    return round(float(f"{found[1]}.{found[2] or 0}") * 60) if found else None


async def _unfit(desk: Desk, chosen: Mapping[str, str], user_id: str) -> dict[str, str]:
    """Say for each person in the form why they cannot help: an app, gone, unknown, or the contractor themselves."""
    known = await people.find_all(desk.team, {one for one in chosen.values() if one})
    problems = {}
    for name, one in chosen.items():
        person = known.get(one)
        if one == user_id and one:
            problems[name] = "Please choose somebody other than the contractor."
        elif one and (person is None or person.is_bot):
            problems[name] = "Please choose a person of this workspace."
        elif person is not None and person.deactivated:
            problems[name] = "This account is deactivated. Please choose somebody who is still here."
    return problems


async def _unreachable(desk: Desk, channel_id: str) -> dict[str, str]:
    """Say why the bot cannot post in the channel that was chosen."""
    if not channel_id:
        return {}
    channel = await people.find_channel(desk.team, channel_id)
    if channel is None or not channel.is_member:
        name = f"#{channel.name}" if channel else "that channel"
        return {
            "project_channel": f"I am not in {name} yet. Type /invite @Inner Circle there, then press the button again."
        }
    if channel.archived:
        return {"project_channel": f"#{channel.name} is archived. Please choose another channel."}
    return {}
