"""Golden Hours: the window in which a contractor and the team are at work together, the same each day or by weekday."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from playbook.days import DAY, WEEK_DAYS, instant, local_time
from playbook.page import Page

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class GoldenHours:
    """A window on one zone's clock; an end at or before the start is on the next day."""

    start: time
    end: time
    zone: str

    def on(self, day: date) -> tuple[datetime, datetime] | None:
        """Say from when to when (UTC) the window of a date is; None where that date does not exist."""
        begin = instant(day, self.start, self.zone)
        end = instant(day + DAY if self.end <= self.start else day, self.end, self.zone)
        return (begin, end) if begin and end and end > begin else None

    def words(self, day: date, zone: str) -> str:
        """Write the window of a date as somebody in a zone reads it: 15:00–18:00; "" where there is none."""
        return _words(self.on(day), zone)


@dataclass(frozen=True)
class GoldenWeek:
    """Windows by weekday (0 is Monday) on one zone's clock, as they were agreed: (weekday, window) in order."""

    windows: tuple[tuple[int, GoldenHours], ...]
    zone: str

    @property
    def usual(self) -> GoldenHours:
        """Give the window that most of the weekdays have, the earlier weekday's where several are alike."""
        found = [window for _, window in self.windows]
        return max(found, key=found.count)

    @property
    def start(self) -> time:
        """Give when the usual window begins."""
        return self.usual.start

    @property
    def end(self) -> time:
        """Give when the usual window ends."""
        return self.usual.end

    def of(self, weekday: int) -> GoldenHours | None:
        """Give the window of a weekday, if it has one."""
        return next((window for one, window in self.windows if one == weekday), None)

    def on(self, day: date) -> tuple[datetime, datetime] | None:
        """Say from when to when (UTC) the window of a date is; None on a day without one."""
        window = self.of(day.weekday())
        return window.on(day) if window else None

    def words(self, day: date, zone: str) -> str:
        """Write the window of a date as somebody in a zone reads it: 15:00–18:00; "" on a day without one."""
        return _words(self.on(day), zone)

    def rows(self) -> list[dict[str, Any]]:
        """Write the windows as they are stored."""
        return [
            {"weekday": weekday, "start": f"{window.start:%H:%M}", "end": f"{window.end:%H:%M}"}
            for weekday, window in self.windows
        ]


Windows = GoldenHours | GoldenWeek


def week_of(rows: Sequence[Mapping[str, Any]], zone: str) -> GoldenWeek:
    """Read windows as they are stored: rows of weekday, start and end ("10:00")."""
    found = {
        int(row["weekday"]): GoldenHours(
            time.fromisoformat(str(row["start"])), time.fromisoformat(str(row["end"])), zone
        )
        for row in rows
    }
    return GoldenWeek(tuple(sorted(found.items(), key=lambda pair: pair[0])), zone)


def same_each(start: time, end: time, weekdays: Collection[int], zone: str) -> GoldenWeek:
    """Give a week that has one window on each of these weekdays."""
    return GoldenWeek(tuple((one, GoldenHours(start, end, zone)) for one in sorted(weekdays)), zone)


def _words(window: tuple[datetime, datetime] | None, zone: str) -> str:
    return "–".join(f"{local_time(one, zone):%H:%M}" for one in window) if window else ""


def next_day(golden: Windows, day: date, off: Collection[date] = ()) -> date | None:
    """Give the first date from this one on that has a window and is not off; None if there is none in four weeks."""
    days = (day + timedelta(days=days) for days in range(4 * WEEK_DAYS))
    return next((one for one in days if one not in off and golden.on(one)), None)


def inside(golden: Windows, moment: datetime) -> bool:
    """Say whether a moment falls into the Golden Hours."""
    day = local_time(moment, golden.zone).date()
    windows = (golden.on(one) for one in (day - DAY, day))
    return any(window is not None and window[0] <= moment < window[1] for window in windows)


def minutes(start: time, end: time) -> int:
    """Give the length of a window in minutes."""
    from_, to = (at.hour * 60 + at.minute for at in (start, end))
    return (to - from_) % (24 * 60) or 24 * 60


class GoldenSentences(Page):
    """What is said of a window: how it suits each, and what to do about one that does not work."""

    fair: str
    fair_many: str
    inside: str
    early: str
    late: str
    far_before: str
    far_after: str
    one_bends: str
    shared: str
    most: str
    quiet: str
    no_overlap: str
    short: str
    long: str
    half: str
    days: str
    window: str
    partner: str
    free_day: str


class GoldenBook(Page):
    """How long Golden Hours are, when people are awake, what is offered, and when the bot speaks up."""

    least_minutes: int
    best_minutes: int
    most_minutes: int
    step: int
    awake_from: time
    awake_until: time
    quiet_weight: int
    most_offered: int
    apart: int
    most_partners: int
    most_words: int
    most_listed: int
    nudge_before: int
    nudge_good_for: int
    change_days: int
    look_ahead: int
    measured_days: int
    sentences: GoldenSentences
