"""What clock changes do to Golden Hours: when one moves, shrinks or breaks a window, and what it is afterwards."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise

from playbook.days import DAY, WEEK_DAYS, local_time, zone_info
from playbook.golden import GoldenBook, GoldenHours, GoldenWeek, Windows, next_day
from playbook.golden_find import Bend, Party, judge

NOON = time(12)


class Effect(StrEnum):
    """What a change does to a window."""

    SHIFTS = "shifts"
    SHRINKS = "shrinks"
    BREAKS = "breaks"


@dataclass(frozen=True)
class Change:
    """A clock change that is felt in the window: the date, and what the window is for each before and after."""

    day: date
    effect: Effect
    before: tuple[Bend, ...]
    after: tuple[Bend, ...]

    @property
    def moves(self) -> tuple[tuple[Bend, Bend], ...]:
        """Give those for whom the clock shows something else afterwards, before and after."""
        pairs = zip(self.before, self.after, strict=True)
        return tuple((old, new) for old, new in pairs if _shown(old) != _shown(new))


def _shown(bend: Bend) -> tuple[time, time]:
    return bend.begin.time(), bend.end.time()


@cache
def offsets_change(zone: str, year: int) -> tuple[date, ...]:
    """List the dates of a year on which a zone's clock is another than at noon of the day before."""
    place, first = zone_info(zone), date(year, 1, 1)
    days = [first + timedelta(days=days) for days in range(-1, 366)]
    shown = [(day, datetime.combine(day, NOON, tzinfo=place).utcoffset()) for day in days]
    return tuple(day for (_, before), (day, after) in pairwise(shown) if before != after and day.year == year)


def dates(zones: Collection[str], since: date, until: date) -> list[date]:
    """List the dates after one day and up to another on which one of these clocks changes."""
    years = range(since.year, until.year + 1)
    found = {day for zone in zones for year in years for day in offsets_change(zone, year)}
    return sorted(day for day in found if since < day <= until)


def changes(golden: Windows, parties: Sequence[Party], since: date, until: date, book: GoldenBook) -> Iterator[Change]:
    """Go through the clock changes up to a day after which somebody's window is not what it was, each once."""
    seen: set[date] = set()
    for day in dates({golden.zone, *(party.zone for party in parties)}, since - 2 * DAY, until):
        found = change_on(golden, parties, day, book)
        if found and found.day > since and found.day not in seen:
            seen.add(found.day)
            yield found


def change_on(golden: Windows, parties: Sequence[Party], day: date, book: GoldenBook) -> Change | None:
    """Say what the clock change of a date does: None where every clock moves alike, so that nobody's window changes."""
    usual = golden.usual if isinstance(golden, GoldenWeek) else golden
    near = [day + timedelta(days=days) for days in range(-3, 3)]
    shown = {one: _clocks(usual, parties, one) for one in near}
    first = next((one for one in near[1:] if shown[one] != shown[one - DAY]), None)
    after = next_day(golden, first) if first else None
    before = next((one for one in _back(first) if golden.on(one)), None) if first else None
    if after is None or before is None:
        return None
    return _compared(_of(golden, after), parties, before, after, book)


def _clocks(window: GoldenHours, parties: Sequence[Party], day: date) -> tuple[time, ...]:
    """Give what each clock shows when a window begins."""
    found = window.on(day)
    return tuple(local_time(found[0], party.zone).time() for party in parties) if found else ()


def _back(day: date) -> Iterator[date]:
    return (day - timedelta(days=days) for days in range(1, 2 * WEEK_DAYS))


def _of(golden: Windows, day: date) -> GoldenHours:
    window = golden.of(day.weekday()) if isinstance(golden, GoldenWeek) else golden
    assert window is not None, "there is a window on that day"
    return window


def _compared(
    window: GoldenHours, parties: Sequence[Party], before: date, after: date, book: GoldenBook
) -> Change | None:
    """Compare one window before and after, for all for whom both dates are working days."""
    old = {bend.party.user_id: bend for bend in judge(parties, window, before, book)}
    new = {bend.party.user_id: bend for bend in judge(parties, window, after, book)}
    both = [one for one in old if one in new]
    pair = tuple(old[one] for one in both), tuple(new[one] for one in both)
    change = Change(after, _effect(*pair), *pair)
    return change if change.moves else None


def _effect(before: Sequence[Bend], after: Sequence[Bend]) -> Effect:
    """Say how much of the window is left inside everybody's working and waking hours."""
    was, is_ = (min((bend.inside for bend in bends), default=0) for bends in (before, after))
    if was and not is_:
        return Effect.BREAKS
    shrinks = is_ < was or sum(bend.quiet for bend in after) > sum(bend.quiet for bend in before)
    return Effect.SHRINKS if shrinks else Effect.SHIFTS
