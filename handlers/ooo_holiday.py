"""Public holidays: told of two working days before, each with a switch between a day off and a working day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from blocks import ooo as draw
from handlers.contract import Call, Desk, Due, Letters, ReplaceMessage, Reply, Say
from handlers.ooo_work import Whose, Work, begin, everybody, follows
from playbook.days import local_day
from playbook.holidays import country_name, holiday_name
from playbook.ooo import next_holidays, notice_at
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import ooo_plan as store
from storage import outbox
from storage.outbox import Lane, Post, Redraw
from storage.timetable import When

HOLIDAY = "ooo.holiday"
GOOD_FOR = timedelta(hours=24)
AHEAD = 8
NO_COUNTRY = phrase(
    "I don't know your country, so I know no public holidays of yours. `/ooo settings` takes it; "
    "for a contractor it stands in the agreement, and the manager can change it with "
    "`/contractor edit`."
)
NO_HOLIDAY = phrase("I know no public holiday of yours on that day. `/ooo holidays` lists the next ones.")


async def listed(call: Call, desk: Desk) -> Reply:
    """List the next public holidays from a button."""
    return listing(await begin(call, desk))


def listing(work: Work) -> Say:
    """List the next public holidays of whoever asks."""
    if not work.whose.free.country:
        return Say(text=NO_COUNTRY)
    text, blocks = _drawn(work.whose, work.desk)
    return Say(text=text, blocks=blocks)


def _drawn(whose: Whose, desk: Desk) -> draw.Drawn:
    today, country = whose.today(desk.now), whose.free.country
    days = next_holidays(country, today, whose.weekdays, desk.playbook.ooo.holidays_listed)
    shown = [(day, name, day in whose.free.worked) for day, name in days]
    return draw.holidays(shown, country_name(country), today)


async def switched_in_list(call: Call, desk: Desk) -> Reply:
    """Switch a holiday in the list, and show the list as it is then."""
    whose, letters = await _switch(call, desk, call.value)
    text, blocks = _drawn(whose, desk)
    return ReplaceMessage(text=text, blocks=blocks).also(*letters)


async def switched(call: Call, desk: Desk) -> Reply:
    """Switch a holiday in the letter that told of it, which is drawn anew."""
    _, letters = await _switch(call, desk, call.value.rpartition(":")[2])
    return Reply().also(*letters)


async def _switch(call: Call, desk: Desk, text: str) -> tuple[Whose, list[Letters]]:
    """Turn a day off into a working day, or back, and let everything follow."""
    work = await begin(call, desk)
    day = _day(text)
    if day is None or day < work.today or not holiday_name(day, work.whose.free.country):
        raise Sorry(NO_HOLIDAY)
    await store.works_on(desk.team, work.whose.id, day, works=day not in work.whose.free.worked)
    await follows(desk, work.whose)
    whose = (await everybody(desk, [work.whose.id]))[work.whose.id]
    written = await outbox.keys_about(desk.team, _about(whose.id))
    redrawn = []
    for key in written:
        days = [one for one in (_day(part) for part in key.rpartition(":")[2].split(",")) if one]
        redrawn.append(Redraw(key, *_announced(whose, days, key.rpartition(":")[2], desk)))
    return whose, list(redrawn)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _about(user_id: str) -> str:
    return f"ooo.holiday:{user_id}"


def _announced(whose: Whose, days: Sequence[date], stem: str, desk: Desk) -> draw.Drawn:
    country = whose.free.country
    shown = [(day, holiday_name(day, country) or phrase("a public holiday"), day in whose.free.worked) for day in days]
    return draw.announced(shown, country_name(country), stem, whose.today(desk.now))


def _notices(whose: Whose, desk: Desk) -> dict[datetime, list[date]]:
    """Give the holidays to come that are days off, by the moment at which they are told of."""
    found: dict[datetime, list[date]] = {}
    country, today = whose.free.country, whose.today(desk.now)
    if whose.place is None or whose.place.paused_at is not None or not country:
        return found
    for day, _ in next_holidays(country, today, whose.weekdays, AHEAD):
        told = notice_at(day, whose.weekdays, whose.free, whose.zone, desk.playbook.ooo)
        if told and day not in whose.free.days and day not in whose.free.worked and day >= whose.place.start_date:
            found.setdefault(told, []).append(day)
    return found


async def next_notice(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor is next told of a public holiday."""
    at, whens = desk.playbook.ooo.holiday_at, {}
    for one, whose in (await everybody(desk, subjects)).items():
        if ahead := [moment for moment in _notices(whose, desk) if moment > desk.now]:
            whens[one] = When(min(ahead), local_day(min(ahead), whose.zone), at, whose.zone)
    return whens


async def notice(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Tell contractors of the public holidays that are near: one message for all of them."""
    known = await everybody(desk, [one.subject for one in due])
    posts = []
    for one in due:
        whose = known.get(one.subject)
        days = _notices(whose, desk).get(one.due_at, []) if whose else []
        if whose and days:
            stem = ",".join(day.isoformat() for day in days)
            key, drawn = f"ooo:holiday:{whose.id}:{stem}", _announced(whose, days, stem, desk)
            posts.append(Post(key, whose.id, *drawn, Lane.AGENDA, GOOD_FOR, _about(whose.id)))
    return posts
