"""Golden Hours: the window in which a contractor and the team are at work together."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from playbook.days import DAY, instant, local_time

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
        window = self.on(day)
        return "–".join(f"{local_time(one, zone):%H:%M}" for one in window) if window else ""


def minutes(start: time, end: time) -> int:
    """Give the length of a window in minutes."""
    from_, to = (at.hour * 60 + at.minute for at in (start, end))
    return (to - from_) % (24 * 60) or 24 * 60
