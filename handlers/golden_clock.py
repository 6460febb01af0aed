"""Golden Hours, unasked: what is open ten minutes before they begin, and what a clock change will do to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from blocks import golden as draw
from blocks.golden_nudge import nudge
from handlers.contract import Desk, Due, Duty, Letters
from handlers.golden_agree import CHANGE, START, change_about, change_key, subject
from handlers.golden_seat import NEAR, everybody
from playbook.days import DAY, local_day, local_time
from playbook.golden import MINUTE, GoldenBook, GoldenWeek
from playbook.golden_change import Change, changes
from playbook.golden_find import Party
from playbook.holidays import DaysOff
from playbook.quiet import opens
from playbook.tongue import phrase
from storage import digest, golden, golden_party, quiet
from storage.golden_open import Open, open_things, theirs
from storage.golden_party import Known
from storage.ooo import free_days
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers
from storage.timetable import When

CATCH_UP = timedelta(minutes=15)
WEEK = timedelta(days=7)
FEW = 50


@dataclass(frozen=True)
class Kept:
    """A contractor whose Golden Hours are agreed, the windows, and the days on which one of the two is off."""

    traveller: Traveller
    week: GoldenWeek
    off: tuple[DaysOff, ...]
    zones: tuple[str, ...]

    def days(self, since: date, most: int = NEAR) -> Iterator[tuple[date, datetime]]:
        """Go through the dates that have a window and are no day off of either, with when each begins."""
        for day in (since + timedelta(days=days) for days in range(most)):
            window = self.week.on(day)
            if window and not self._free(window[0]):
                yield day, window[0]

    def _free(self, begins: datetime) -> bool:
        pairs = zip(self.off, self.zones, strict=True)
        return any(local_day(begins, zone) in off for off, zone in pairs)


async def _kept(desk: Desk, subjects: Sequence[str]) -> Mapping[str, Kept]:
    """Gather those of these contractors with whom Golden Hours are agreed, in a few queries."""
    found = {one: row for one, row in (await travellers(desk.team, subjects)).items() if row.agreed is not None}
    managers = {row.id_of("manager") for row in found.values()}
    free = await free_days(desk.team, {*found, *managers})
    return {one: _one(row, free) for one, row in found.items()}


def _one(row: Traveller, free: Mapping[str, DaysOff]) -> Kept:
    assert row.agreed is not None, phrase("only those with whom something is agreed")
    pair = [person for role in ("contractor", "manager") if (person := row.who(role))]
    off = tuple(free[person.user_id] for person in pair)
    return Kept(row, golden.week(row.agreed), off, tuple(person.zone for person in pair))


async def start_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when the next note before Golden Hours is due, for those who want one."""
    before = desk.playbook.golden.nudge_before * MINUTE
    whens = {}
    for user_id, one in (await _kept(desk, subjects)).items():
        days = one.days(local_day(desk.now, one.week.zone) - DAY)
        begins = next((at for _, at in days if at - before > desk.now), None)
        if begins is not None and one.traveller.agreed is not None and one.traveller.agreed.nudge:
            whens[user_id] = _when(begins - before, one.week.zone)
    return whens


def _when(at: datetime, zone: str) -> When:
    there = local_time(at, zone)
    return When(at, there.date(), there.time().replace(fold=0), zone)


async def start(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """List for everybody whom it concerns what is open, each only what is theirs; nothing open, nothing said."""
    before = desk.playbook.golden.nudge_before * MINUTE
    kept, begins = await _kept(desk, [one.subject for one in due]), {}
    for each in due:
        one = kept.get(each.subject)
        at = each.due_at + before
        if one and one.traveller.agreed and one.traveller.agreed.nudge and _today(one, at):
            begins[each.subject] = at
    around = {one: kept[one].traveller for one in begins}
    found = await open_things(desk.team, around, desk.now.date())
    posts: list[Letters] = []
    for at in sorted(set(begins.values())):
        mine = [one for one in found if begins[one.user_id] == at]
        posts += await _notes(desk, mine, at)
    return posts


def _today(one: Kept, at: datetime) -> bool:
    day = local_day(at, one.week.zone)
    return any(begins == at for _, begins in one.days(day, 1))


async def _notes(desk: Desk, found: Sequence[Open], begins: datetime) -> Sequence[Letters]:
    """Write one note for each reader who may be written to before it is too late."""
    book, sorted_out = desk.playbook.golden, theirs(found)
    there = await golden_party.known(desk.team, set(sorted_out))
    calendars = await quiet.calendars(desk.team, set(sorted_out), desk.playbook.quiet)
    latest = desk.now + book.nudge_good_for * MINUTE
    return [
        _note(reader, things, begins, book)
        for reader, things in sorted_out.items()
        if there.there(reader) and opens(desk.now, calendars[reader]) < latest
    ]


def _note(reader: str, things: Sequence[Open], begins: datetime, book: GoldenBook) -> Post:
    of = sorted({one.user_id for one in things})
    return Post(
        f"{START}:{reader}:{begins:%Y-%m-%dT%H:%M}:{of[0]}",
        reader,
        *nudge(things, reader, begins, book),
        Lane.NUDGE,
        good_for=book.nudge_good_for * MINUTE,
        about=subject(of[0] if len(of) == 1 else reader),
        nudge=START,
        timely=True,
    )


async def change_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when both are asked about the next clock change that is felt: in their window, two weeks before."""
    kept = await _kept(desk, subjects)
    known = await _known(desk, kept)
    found = {one: _felt(desk, row, known) for one, row in kept.items()}
    asked = await digest.letters_with(desk.team, _keys(kept, found))
    whens: dict[str, When] = {}
    for user_id, row in kept.items():
        left = (one for one in found[user_id] if change_key(user_id, one.day, user_id) not in asked)
        if when := next(filter(None, (_ask(desk, row, one) for one in left)), None):
            whens[user_id] = when
    return whens


async def _known(desk: Desk, kept: Mapping[str, Kept]) -> Known:
    ids = {one for row in kept.values() for one in _everybody(row)}
    return await golden_party.known(desk.team, ids)


def _everybody(row: Kept) -> Sequence[str]:
    return everybody(row.traveller, golden.partners(row.traveller.agreed) if row.traveller.agreed else ())


def _felt(desk: Desk, row: Kept, known: Known) -> Sequence[Change]:
    """List the clock changes to come that are felt in somebody's window."""
    book, today = desk.playbook.golden, local_day(desk.now, row.week.zone)
    return list(changes(row.week, _parties(desk, row, known), today, today + book.look_ahead * DAY, book))


def _parties(desk: Desk, row: Kept, known: Known) -> tuple[Party, ...]:
    return known.parties(_everybody(row), desk.playbook.contractor)


def _keys(kept: Mapping[str, Kept], found: Mapping[str, Sequence[Change]]) -> Sequence[str]:
    return [change_key(one, change.day, one) for one in kept for change in found[one]]


def _ask(desk: Desk, row: Kept, change: Change) -> When | None:
    """Give when they are asked: when the window begins, two weeks before or as soon as can be; None when too late."""
    first = change.day - desk.playbook.golden.change_days * DAY
    since = max(first, local_day(desk.now, row.week.zone) - DAY)
    days = row.days(since, max(0, (change.day - since).days))
    at = next((begins for _, begins in days if begins > desk.now), None)
    return _when(at, row.week.zone) if at else None


async def change(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask both what is to be done about a clock change, once for each change."""
    kept = await _kept(desk, [one.subject for one in due])
    known = await _known(desk, kept)
    posts: list[Letters] = []
    for user_id, row in kept.items():
        near = desk.now + (desk.playbook.golden.change_days + 1) * DAY
        coming = next((one for one in _felt(desk, row, known) if one.day <= near.date()), None)
        posts += _questions(user_id, row, coming) if coming else []
    return posts


def _questions(user_id: str, row: Kept, coming: Change) -> Sequence[Letters]:
    pair = [person for role in ("contractor", "manager") if (person := row.traveller.who(role))]
    agreed = row.traveller.agreed
    return [
        Post(
            change_key(user_id, coming.day, person.user_id),
            person.user_id,
            *draw.changing(agreed.id if agreed else "", user_id, coming, person.zone),
            Lane.AGENDA,
            good_for=WEEK,
            about=change_about(user_id),
            nudge=CHANGE,
        )
        for person in pair
    ]


DUTIES: tuple[Duty, ...] = (
    Duty(START, start, start_next, CATCH_UP, for_contractors=True),
    Duty(CHANGE, change, change_next, WEEK, for_contractors=True, at_once=FEW),
)
