"""Reading the pages of the set-up: what they are filled with, the values to keep, and what needs another look."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import time
from typing import Any

from blocks import workspace_form as form
from handlers.contract import Call, Desk, Options, Reply
from handlers.path import actor
from handlers.who import Asker, asker, whom_to_ask
from playbook.days import read_weekdays, write_weekdays, zone_info, zone_names
from playbook.holidays import countries as known_countries
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import ENGLISH, phrase, say
from playbook.workspace import golden_problem
from storage import people, topic, workspace
from storage.tables import Person

Fields = Mapping[str, Any]
Problems = dict[str, str]
Reader = Callable[[Fields, Desk], Awaitable[tuple[dict[str, Any], Problems]]]
MOST_OPTIONS = 100


async def admin(call: Call, desk: Desk) -> Asker:
    """Give the admin who called, or tell anybody else whom to ask."""
    who = await asker(call, desk)
    if not may(Action.SETTINGS_CHANGE, await actor(desk, who.person)):
        raise Sorry(phrase("Setting up Inner Circle is for workspace admins; {desk}", desk=await whom_to_ask(desk)))
    return who


async def filled(desk: Desk, user_id: str) -> dict[str, Any]:
    """Say what the pages are filled with: what is usual, then what was chosen, then what was typed and not saved."""
    office, book = await workspace.get(desk.team), desk.playbook.workspace
    person = await people.find(desk.team, user_id)
    usual = await people.channel_named(desk.team, book.intro_channel)
    fresh = office.set_up_at is None
    start, end = (book.golden_start, book.golden_end) if fresh else (office.golden_start, office.golden_end)
    known = {line.key: line.user_id for line in await topic.everything(desk.team)}
    values: dict[str, Any] = {
        "intro_channel": office.intro_channel or (usual.channel_id if usual and fresh else ""),
        "office_operations": office.operations_id,
        "office_escalation": office.escalation_id,
        "adders": [user_id] if fresh else sorted(workspace.adders(office)),
        "teaser": [form.ON] if office.teaser else [],
        "office_weekdays": [str(day) for day in sorted(read_weekdays(office.weekdays) or book.weekdays)],
        "office_country": office.country,
        "golden_start": form.clock_words(start),
        "golden_end": form.clock_words(end),
        "golden_zone": office.golden_zone or (person.zone if person else ""),
        **{form.topic_field(one.key): known.get(say(one.name, ENGLISH).casefold(), "") for one in book.topics},
    }
    return values | dict(await workspace.draft(desk.team, user_id, desk.now))


def as_kept(values: Fields) -> dict[str, Any]:
    """Write what was filled in as it is kept until it is saved."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def as_stored(answers: Fields) -> dict[str, Any]:
    """Write what was chosen as the workspace keeps it."""
    start, end = _clock(answers["golden_start"]), _clock(answers["golden_end"])
    return {
        "intro_channel": answers["intro_channel"],
        "operations_id": answers["office_operations"],
        "escalation_id": answers["office_escalation"],
        "adders": workspace.write_ids(answers["adders"]),
        "teaser": bool(answers["teaser"]),
        "weekdays": write_weekdays([int(day) for day in answers["office_weekdays"]]),
        "country": answers["office_country"],
        "golden_start": start,
        "golden_end": end,
        "golden_zone": answers["golden_zone"] if start else "",
    }


async def first(fields: Fields, desk: Desk) -> tuple[dict[str, Any], Problems]:
    """Read the page about the channel and the people."""
    values = {name: fields.get(name) or "" for name in ("intro_channel", "office_operations", "office_escalation")}
    lists = {name: list(fields.get(name) or ()) for name in ("adders", "teaser")}
    named = {name: [values[name]] for name in ("office_operations", "office_escalation")} | {"adders": lists["adders"]}
    channel = await _unreachable(desk, values["intro_channel"])
    return values | lists, ({"intro_channel": channel} if channel else {}) | await _unfit(desk, named)


async def second(fields: Fields, desk: Desk) -> tuple[dict[str, Any], Problems]:
    """Read the page about the week, holidays and Golden Hours."""
    book = desk.playbook.workspace
    names = ("office_country", "golden_start", "golden_end", "golden_zone")
    values: dict[str, Any] = {name: fields.get(name) or "" for name in names}
    values["office_weekdays"] = list(fields.get("office_weekdays") or ())
    start, end = _clock(values["golden_start"]), _clock(values["golden_end"])
    checks = {
        "office_weekdays": "" if values["office_weekdays"] else book.sentences.weekdays,
        "office_country": book.sentences.country if not _is_country(values["office_country"]) else "",
        ("golden_end" if start else "golden_start"): golden_problem(start, end, book),
        "golden_zone": book.sentences.golden_zone if start and not _is_zone(values["golden_zone"]) else "",
    }
    return values, {name: sentence for name, sentence in checks.items() if sentence}


async def third(fields: Fields, desk: Desk) -> tuple[dict[str, Any], Problems]:
    """Read the page about whom to ask."""
    names = [form.topic_field(one.key) for one in desk.playbook.workspace.topics]
    values = {name: fields.get(name) or "" for name in names}
    return values, await _unfit(desk, {name: [value] for name, value in values.items()})


READ: Mapping[str, Reader] = {form.FIRST: first, form.SECOND: second, form.THIRD: third}


def _clock(words: str) -> time | None:
    return time.fromisoformat(words) if words else None


def _is_country(code: str) -> bool:
    return not code or any(code == known for _, known in known_countries())


def _is_zone(name: str) -> bool:
    try:
        return bool(zone_info(name))
    except Sorry:
        return False


async def _unreachable(desk: Desk, channel_id: str) -> str:
    """Say why the bot cannot post where newcomers are to be introduced, and how to mend it."""
    if not channel_id:
        return ""
    channel = await people.find_channel(desk.team, channel_id)
    if channel is not None and channel.archived:
        return phrase(
            "#{channel} is archived or was deleted. Choose another channel, or unarchive it in Slack first.",
            channel=channel.name,
        )
    if channel is None or not channel.is_member:
        name = f"#{channel.name}" if channel else phrase("that channel")
        return phrase("I am not in {name} yet. Type /invite @Inner Circle there, then press Next again.", name=name)
    return ""


async def _unfit(desk: Desk, chosen: Mapping[str, Sequence[str]]) -> Problems:
    """Say for each field why somebody in it cannot be chosen."""
    known = await people.find_all(desk.team, {one for several in chosen.values() for one in several if one})
    problems = {}
    for name, several in chosen.items():
        found = [_why_not(known.get(one), guests=name != "adders") for one in several if one]
        if why := next(filter(None, found), ""):
            problems[name] = why
    return problems


def _why_not(person: Person | None, *, guests: bool) -> str:
    if person is None:
        return phrase("I can't find this person in this workspace. Please choose somebody who is in it.")
    if person.is_bot:
        return phrase("{person} is an app. Please choose a person.", person=person.name)
    if person.deactivated:
        return phrase(
            "{person}'s account is deactivated. Please choose somebody who is still here.", person=person.name
        )
    return (
        ""
        if guests or not person.guest
        else phrase("{person} is a guest. Please choose a member of the workspace.", person=person.name)
    )


async def countries(call: Call, _desk: Desk) -> Reply:
    """Offer the countries whose holidays are known, by what is typed."""
    known = await asyncio.to_thread(known_countries)  # loading them takes most of a second, once
    return Options(_near(call.text, known))


async def zones(call: Call, _desk: Desk) -> Reply:
    """Offer time zones by what is typed; a city is enough."""
    return Options(_near(call.text.replace(" ", "_"), [(name, name) for name in zone_names()]))


def _near(typed: str, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give what begins with the words first, then what has them anywhere; an exact code before all."""
    words = typed.strip().casefold()
    found = [pair for pair in pairs if words in pair[0].casefold() or words == pair[1].casefold()]
    found.sort(key=lambda pair: (words != pair[1].casefold(), not pair[0].casefold().startswith(words)))
    return found[:MOST_OPTIONS]
