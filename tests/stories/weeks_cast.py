"""Who lives through the four simulated weeks, and what they do: a script on each person's own clock.

Ana, Jun and Lena are contractors, in São Paulo, Manila and Berlin; Bruno leads the first two from Madrid, Priya leads Lena
from Kolkata, Olivia of operations is in New York. Jun is new in the second week. Europe's clocks go back on 25 October,
New York's on 1 November, the others' never.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from storage.rhythm_tables import Quiet
from tests.world import Json, World

DM = "@app"
FIRST, LAST = date(2026, 10, 12), date(2026, 11, 8)
BEGINS = datetime(2026, 10, 12, 5, tzinfo=UTC)
ENDS = datetime(2026, 11, 9, 5, tzinfo=UTC)  # Sunday is over everywhere
DAY = timedelta(days=1)
WORKING_WEEK = frozenset(range(5))
USUAL = (time(20), time(8))


@dataclass(frozen=True)
class Member:
    """Somebody of the team: their clock, working days, quiet hours and country; days off and pauses they have planned."""

    handle: str
    zone: str
    country: str
    weekdays: frozenset[int] = WORKING_WEEK
    start: time = time(9)
    end: time = time(17, 30)
    quiet: tuple[time, time] = USUAL
    away: tuple[date, ...] = ()
    pauses: tuple[tuple[str, str], ...] = ()
    since: date = FIRST


def days(first: str, last: str) -> tuple[date, ...]:
    """List the days from one to another."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return tuple(begin + number * DAY for number in range((end - begin).days + 1))


TEAM: Mapping[str, Member] = {
    one.handle: one
    for one in (
        Member("ana", "America/Sao_Paulo", "BR", away=days("2026-10-20", "2026-10-22")),
        Member("jun", "Asia/Manila", "PH", since=date(2026, 10, 19)),
        Member(
            "lena",
            "Europe/Berlin",
            "DE",
            frozenset({1, 2, 3, 4, 5}),
            time(13),
            time(21, 30),
            (time(0), time(12)),
            pauses=(("2026-10-21T14:00", "2026-10-21T18:00"),),
        ),
        Member(
            "bruno",
            "Europe/Madrid",
            "ES",
            away=days("2026-10-29", "2026-10-29"),
            pauses=(("2026-11-03T08:30", "2026-11-03T10:30"),),
        ),
        Member("priya", "Asia/Kolkata", "IN"),
        Member("olivia", "America/New_York", "US"),
    )
}
LEADS = {"ana": "bruno", "jun": "bruno", "lena": "priya"}

Act = tuple[str, str, tuple[Any, ...], Mapping[str, Any]]


async def begin(database_url: str) -> World:
    """Open the workspace as it is on the first Monday: Ana and Lena of long ago, Jun to start in a week."""
    world = await World.begin(database_url, at=BEGINS, contractors=())
    async with world.bot.database.team(world.bot.team_id) as team:
        for handle in ("bruno", "priya", "olivia"):
            team.add(Quiet(team_id=team.team_id, user_id=world.id(handle), country=TEAM[handle].country))
    long_ago, soon = date(2026, 8, 3), date(2026, 10, 19)
    await world.add_contractor("ana", start_date=long_ago, country="BR")
    lena = TEAM["lena"]
    hers: Json = {"weekdays": "1,2,3,4,5", "day_start": lena.start, "day_end": lena.end, "country": "DE"}
    await world.add_contractor("lena", "priya", start_date=long_ago, **hers, buddy_id=world.id("bruno"))
    await world.add_contractor("jun", path=True, start_date=soon, country="PH")
    await world.settle()
    return world


def at(who: str, moment: str, do: str, *args: Any, **values: Any) -> tuple[datetime, Act]:
    """Write down what somebody does at a moment on their own clock."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(TEAM[who].zone)), (who, do, args, values)


def utc(moment: str) -> int:
    """Give what a date picker gives."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


def types(who: str, moment: str, text: str) -> tuple[datetime, Act]:
    """Let somebody write to the bot: a command where they may use commands."""
    return at(who, moment, "type", text)


def logs(who: str, moment: str, *lines: str) -> Sequence[tuple[datetime, Act]]:
    """Let somebody log each of these lines at one moment."""
    return [types(who, moment, f"log {line}" if who == "jun" else f"/log {line}") for line in lines]


# Days on which somebody logs something else than usual, or nothing; Lena has a habit of forgetting Wednesdays and Fridays.
OTHER: Mapping[tuple[str, str], Sequence[str]] = {
    ("ana", "2026-10-14"): ("12h30 landing page #acme @build",),
    ("ana", "2026-10-16"): (),
    ("ana", "2026-11-05"): (),
    ("jun", "2026-10-27"): ("5h who owns the data @research", "2h testing @review"),
    ("jun", "2026-10-31"): ("2h testing @review",),
    ("jun", "2026-11-01"): ("2h testing @review",),
    ("jun", "2026-11-05"): (),
}
FORGETS = frozenset({2, 4})


HOLIDAYS: Mapping[str, frozenset[date]] = {
    who: frozenset(holidays.country_holidays(member.country, years=2026)) for who, member in TEAM.items()
}


def works(who: str, day: date) -> bool:
    """Say whether somebody works on a day: no weekend, no holiday of their country, not away."""
    member = TEAM[who]
    return day.weekday() in member.weekdays and day not in HOLIDAYS[who] and day not in member.away


def begun(who: str, day: date) -> bool:
    """Say whether it is a working day of somebody who has begun by then."""
    return day >= TEAM[who].since and works(who, day)


def logged(who: str, day: date) -> Sequence[str]:
    """List what a contractor logs on a day."""
    usual = ("6h30 landing page #acme @build",) if begun(who, day) else ()
    forgets = who == "lena" and day.weekday() in FORGETS
    return OTHER.get((who, str(day)), () if forgets else usual)


SPAN = days(FIRST.isoformat(), LAST.isoformat())


def daily() -> Sequence[tuple[datetime, Act]]:
    """Let the contractors log their working days, half an hour before they end."""
    found: list[tuple[datetime, Act]] = []
    for who in LEADS:
        ends = datetime.combine(FIRST, TEAM[who].end) - timedelta(minutes=30)
        for day in SPAN:
            found += logs(who, f"{day}T{ends:%H:%M}", *logged(who, day))
    return found


WEEK = ["0", "1", "2", "3", "4"]
FEELS = {"mood": "4", "slows": "Slow reviews", "heavy": "Hand-over", "question": "What comes next?"}
LINE = {"line": "Small and shipped beats big"}
# Ana answers what she is asked, and Bruno what is about her; the others leave alone what they can.
SCRIPT: Sequence[tuple[datetime, Act]] = (
    at("bruno", "2026-10-13T10:00", "form", "/contractor 1on1 @ana", at=utc("2026-10-15T14:00"), rhythm=["weekly"]),
    at("bruno", "2026-10-13T10:10", "form", "/contractor golden @ana", window="14:00-17:00", days=WEEK),
    at("priya", "2026-10-13T14:00", "form", "/contractor 1on1 @lena", at=utc("2026-10-14T13:00"), rhythm=["weekly"]),
    at("bruno", "2026-10-19T10:00", "form", "/contractor 1on1 @jun", at=utc("2026-10-20T08:00"), rhythm=["weekly"]),
    at("bruno", "2026-10-19T10:10", "form", "/contractor golden @jun", window="08:30-10:30", days=WEEK),
    at("ana", "2026-10-13T10:00", "press", "golden.agree"),
    at("jun", "2026-10-20T10:00", "press", "golden.agree"),
    types("ana", "2026-10-14T10:00", "/ooo 20-22 oct family"),
    types("bruno", "2026-10-26T10:30", "/ooo 29 oct"),
    types("ana", "2026-10-15T10:00", "/blocker waiting for Figma edit access"),
    types("ana", "2026-10-16T15:00", "/blocker 1 done"),
    types("jun", "2026-10-28T15:00", "blocker the staging server does not answer"),
    types("jun", "2026-10-30T11:00", "blocker 2 done"),
    *(
        at("ana", moment, "press", "audit.yes")
        for moment in ("2026-10-16T16:05", "2026-10-26T09:10", "2026-11-06T16:05")
    ),
    at("ana", "2026-10-30T16:05", "press", "audit.mostly"),
    at("jun", "2026-10-23T16:05", "press", "audit.mostly"),
    *(
        at("ana", f"{day}:30", "answer", "oneonone.prepare", **FEELS)
        for day in ("2026-10-14T11", "2026-10-19T11", "2026-10-29T12", "2026-11-04T12")
    ),
    *(
        at("bruno", f"{day}T16:30", "answer", "oneonone.strategy", **LINE)
        for day in ("2026-10-14", "2026-10-22", "2026-10-28", "2026-11-04")
    ),
    *(at(who, start, "pause", until) for who, member in TEAM.items() for start, until in member.pauses),
)


def acts(script: Sequence[tuple[datetime, Act]]) -> frozenset[tuple[str, datetime]]:
    """Say who did something, and when."""
    return frozenset((act[0], moment.astimezone(UTC)) for moment, act in script)


async def play(world: World, script: Sequence[tuple[datetime, Act]]) -> None:
    """Live through a script, step by step, and to the end of the last Sunday everywhere."""
    for moment, act in sorted(script, key=lambda one: one[0]):
        await world.clock.move_to(max(moment.astimezone(UTC), world.clock.now()))
        await world.settle()
        await _do(world, *act)
    await world.clock.move_to(ENDS)
    await world.settle()


async def _do(world: World, who: str, do: str, args: tuple[Any, ...], values: Mapping[str, Any]) -> None:
    where = DM if who == "jun" else "#acme"
    match do:
        case "type":
            await world.types(who, args[0], where)
        case "form":
            await world.types(who, args[0], where)
            await world.submit(who, **values)
        case "press":
            await world.press(who, args[0], DM)
        case "answer":
            await world.press(who, args[0], DM)
            await world.submit(who, **values)
        case "pause":
            until = datetime.fromisoformat(args[0]).replace(tzinfo=ZoneInfo(TEAM[who].zone))
            await world.ask("POST", "pause", {"as": who, "until": until.isoformat()})
