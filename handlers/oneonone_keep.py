"""Keeping the rhythm: the next 1:1 always exists, follows the manager, and moves by itself when somebody is off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from blocks import oneonone_letter as letter
from blocks.kit import mention, when
from handlers.contract import Desk, Due, Letters, soon
from handlers.oneonone_letters import off, plans, strategy_key, together, was_sent, written
from handlers.oneonone_pair import Pair, pairs
from playbook.days import next_at
from playbook.oneonone import late
from playbook.oneonone_rhythm import Rhythm, Slot, moved, next_slot, suggestion, week_of
from playbook.tongue import phrase
from storage import contractor, oneonone, timetable
from storage.oneonone import State, agenda_key
from storage.outbox import Lane, Post, Redraw
from storage.rhythm_tables import Meeting, OneOnOne
from storage.timetable import When

KEEP = "oneonone.keep"
REDRAW = "oneonone.redraw"
REMEMBERED = timedelta(days=60)
AT = time(6)
EVERY_DAY = frozenset(range(7))


@dataclass
class Book:
    """One contractor's 1:1s while they are brought in order, and the letters that come of it."""

    pair: Pair
    series: OneOnOne | None
    meetings: list[Meeting]
    letters: list[Letters] = field(default_factory=list)
    left_out: list[tuple[Meeting, str]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    def ahead(self, now: datetime) -> list[Meeting]:
        """Give the 1:1s that are planned and still to come, earliest first."""
        wanted = [one for one in self.meetings if one.state == State.PLANNED and one.at > now]
        return sorted(wanted, key=lambda one: one.at)


def rhythm_of(series: OneOnOne) -> Rhythm:
    """Read a series as it is stored."""
    return Rhythm(series.weekday, series.at, series.zone)


async def keep(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring the 1:1s of contractors in order, and those of managers' contractors."""
    subjects = {one.subject for one in due}
    led = {one.user_id for one in await contractor.managed_by(desk.team, subjects)}
    return await kept(desk, subjects | led)


async def next_keep(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Look at each contractor's 1:1s once a day, early on their clock."""
    shifts = await contractor.shifts(desk.team, subjects)
    return {one: When(next_at(EVERY_DAY, AT, shift.zone, desk.now)) for one, shift in shifts.items()}


async def kept(desk: Desk, user_ids: Collection[str]) -> list[Letters]:
    """Bring the 1:1s of contractors in order: gives the letters about what has changed."""
    await desk.team.session.flush()
    found = {one: pair for one, pair in (await pairs(desk, user_ids)).items() if pair.traveller.place.paused_at is None}
    series = await oneonone.series_of(desk.team, list(found))
    meetings = await oneonone.of(desk.team, list(found), desk.now - REMEMBERED)
    books = [Book(pair, series.get(one), list(meetings.get(one, ()))) for one, pair in found.items()]
    for book in books:
        await _in_order(desk, book)
    await desk.team.session.flush()
    await _plan(desk, books)
    return [one for book in books for one in book.letters]


async def _in_order(desk: Desk, book: Book) -> None:
    await _adopt(desk, book)
    for meeting in book.ahead(desk.now):
        await _follow_manager(desk, book, meeting)
        _out_of_the_way(desk, book, meeting)
    await _next(desk, book)
    after = next((one.at for one in book.ahead(desk.now)), None)
    for meeting, because in book.left_out:
        book.letters += told_skipped(book.pair, meeting, because, after)
    place = book.pair.traveller.place
    last = max((one.at for one in book.meetings if one.state != State.SKIPPED), default=None)
    if place.one_on_one_at != (after or last):
        place.one_on_one_at = after or last
        book.changed |= {side.user_id for side in book.pair.sides}


async def _adopt(desk: Desk, book: Book) -> None:
    """Make a 1:1 of a date that was planned before there were any."""
    at = book.pair.traveller.place.one_on_one_at
    if at is not None and at > desk.now and not book.meetings:
        book.meetings.append(await _create(desk, book, at))


async def _create(desk: Desk, book: Book, at: datetime) -> Meeting:
    return await oneonone.create(desk.team, book.pair.user_id, book.pair.manager.user_id, at)


async def _follow_manager(desk: Desk, book: Book, meeting: Meeting) -> None:
    """Let a 1:1 be with whoever manages the contractor now; the line of the one before is theirs and goes."""
    pair, before = book.pair, meeting.manager_id
    if before == pair.manager.user_id:
        return
    text, blocks = letter.handed_on(pair.user_id, pair.manager.user_id)
    keys = (strategy_key(meeting), agenda_key(meeting.id, before))
    book.letters += [Redraw(key, text, blocks) for key in keys]
    meeting.manager_id, meeting.strategy, meeting.strategy_at = pair.manager.user_id, "", None
    weekly = await _on_their_clock(desk, book, meeting) if book.series else ""
    for side, other in (pair.sides, pair.sides[::-1]):
        leads = side is pair.manager
        drawn = letter.new_manager(meeting.id, other.user_id, meeting.at, weekly, leads=leads)
        key = f"oneonone.manager:{meeting.id}:{pair.manager.user_id}:{side.user_id}"
        book.letters.append(Post(key, side.user_id, *drawn, Lane.AGENDA))


async def _on_their_clock(desk: Desk, book: Book, meeting: Meeting) -> str:
    """Set a series to the clock of its new manager, at the same moment; names its day."""
    if book.series is None:
        return ""
    rhythm, zone = rhythm_of(book.series), book.pair.manager.hours.zone
    usual = rhythm.in_week(week_of(meeting.at, rhythm.zone)) or meeting.at
    new = Rhythm.of(usual, zone)
    by = book.pair.manager.user_id
    await oneonone.set_series(desk.team, book.pair.user_id, new.weekday, new.at, new.zone, by, desk.now)
    await desk.team.session.refresh(book.series)
    return new.day_name


def _out_of_the_way(desk: Desk, book: Book, meeting: Meeting) -> None:
    """Move a 1:1 away from a day on which one of the two is off, or leave it out when no day is left."""
    pair = book.pair
    because = why_off(pair, meeting.at)
    if not because:
        return
    zone = pair.manager.hours.zone
    soonest = desk.now + timedelta(hours=desk.playbook.oneonone.agenda_hours)
    at, before = moved(meeting.at, zone, pair.sides, soonest), meeting.at
    if at is None:
        meeting.state, meeting.why = State.SKIPPED, because
        book.left_out.append((meeting, phrase("{because} No other day that week suits you both.", because=because)))
        return
    meeting.moved_from, meeting.at, meeting.why = meeting.moved_from or before, at, because
    book.letters += told_moved(pair, meeting, before, because, desk.now)


def why_off(pair: Pair, at: datetime) -> str:
    """Say who is off on the day of a moment, without saying why; "" when nobody is."""
    away = [side for side in pair.sides if side.off(at)]
    if len(away) > 1:
        return phrase("You are both away that day.")
    return phrase("{away} is away that day.", away=mention(away[0].user_id)) if away else ""


async def _next(desk: Desk, book: Book) -> None:
    """Plan the next 1:1 of a series, and say so when the clocks have moved it to an unkind hour."""
    pair, zones = book.pair, book.pair.zones
    if book.series and not book.ahead(desk.now):
        rhythm = rhythm_of(book.series)
        taken = {week_of(one.moved_from or one.at, rhythm.zone).monday for one in book.meetings}
        if found := next_slot(rhythm, pair.sides, desk.now, taken):
            await _take(desk, book, found)
    for meeting in book.ahead(desk.now):
        if why := late(meeting.at, zones, desk.playbook.oneonone):
            book.letters += _told_late(desk, pair, meeting, why)


async def _take(desk: Desk, book: Book, found: Slot) -> None:
    """Plan a 1:1 where there is room for it, and tell both where that is not on its usual day."""
    for usual in found.left_out:
        left = await _create(desk, book, usual)
        left.state, left.why = State.SKIPPED, why_off(book.pair, usual)
        book.meetings.append(left)
        book.left_out.append((left, phrase("{why} No other day that week suits you both.", why=left.why).strip()))
    meeting = await _create(desk, book, found.at)
    book.meetings.append(meeting)
    if found.at == found.usual:
        return
    meeting.moved_from, meeting.why = found.usual, why_off(book.pair, found.usual)
    book.letters += told_moved(book.pair, meeting, found.usual, meeting.why, desk.now)


def told_moved(pair: Pair, meeting: Meeting, before: datetime, because: str, now: datetime) -> list[Letters]:
    """Tell both that a 1:1 has moved."""
    return [told_one_moved(pair, meeting, before, because, now, side.user_id) for side in pair.sides]


def told_one_moved(
    pair: Pair, meeting: Meeting, before: datetime, because: str, now: datetime, user_id: str
) -> Letters:
    """Tell one of the two that a 1:1 has moved."""
    side, leads = pair.side(user_id), user_id == pair.manager.user_id
    other = pair.contractor if leads else pair.manager
    drawn = letter.moved(meeting.id, other.user_id, before, meeting.at, pair.clocks(meeting.at), because, leads=leads)
    key = f"oneonone.moved:{meeting.id}:{meeting.at:%Y%m%d%H%M}:{now.isoformat()}:{side.user_id}"
    return Post(key, side.user_id, *drawn, Lane.AGENDA)


def told_skipped(pair: Pair, meeting: Meeting, because: str, after: datetime | None, but: str = "") -> list[Letters]:
    """Tell both that a 1:1 does not take place, except whoever said so, and take back what was asked for it."""
    made: list[Letters] = off(meeting, phrase("The 1:1 of {meeting} does not take place.", meeting=when(meeting.at)))
    for side, other in (pair.sides, pair.sides[::-1]):
        if side.user_id == but:
            continue
        leads = side is pair.manager
        drawn = letter.skipped(other.user_id, pair.user_id, meeting.at, because, after, leads=leads)
        made.append(Post(f"oneonone.skipped:{meeting.id}:{side.user_id}", side.user_id, *drawn, Lane.AGENDA))
    return made


def _told_late(desk: Desk, pair: Pair, meeting: Meeting, why: str) -> list[Letters]:
    better = suggestion(meeting.at, pair.zones, desk.playbook.oneonone)
    made: list[Letters] = []
    for side, other in (pair.sides, pair.sides[::-1]):
        drawn = letter.late(meeting.id, other.user_id, meeting.at, why, better, leads=side is pair.manager)
        made.append(Post(f"oneonone.late:{meeting.id}:{side.user_id}", side.user_id, *drawn, Lane.AGENDA))
    return made


async def _plan(desk: Desk, books: Sequence[Book]) -> None:
    """Write down when everything about the 1:1s to come is due, and let Homes and agendas follow."""
    ahead = [(book, one) for book in books for one in book.ahead(desk.now)]
    have = await written(desk, [one for _, one in ahead])
    whole = together([plans(desk, book.pair, one, have) for book, one in ahead])
    for duty, whens in whole.items():
        await timetable.put(desk.team, duty, whens)
    await soon(desk, *((REDRAW, one.id) for _, one in ahead if was_sent(one, have)))
    await soon(desk, *(("home.redraw", one) for book in books for one in sorted(book.changed)))
