"""Retention: how long each kind of record is kept, what an admin may choose, and where the limit lies on a day."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from pydantic import field_validator

from playbook.page import Page, twice
from playbook.tongue import phrase

ACCOUNTS, WORK, TALKS, GROWTH, LETTERS, TRAIL, FORMER = (
    "accounts", "work", "talks", "growth", "letters", "trail", "former",
)  # fmt: skip
KINDS = (ACCOUNTS, WORK, TALKS, GROWTH, LETTERS, TRAIL, FORMER)
A_YEAR = 12


class Kept(Page):
    """A kind of record: its label, the months it is usually and at least kept, and why that long."""

    key: str
    label: str
    months: int
    least: int
    reason: str


class RetentionBook(Page):
    """How long things are kept, and when the nightly round comes."""

    longest: int
    at: time
    batch: int
    again: int
    notice: int
    kinds: tuple[Kept, ...]

    @field_validator("kinds")
    @classmethod
    def _all(cls, kinds: tuple[Kept, ...]) -> tuple[Kept, ...]:
        if sorted(one.key for one in kinds) != sorted(KINDS) or twice(one.key for one in kinds):
            raise ValueError(f"its keys must be {', '.join(KINDS)}, each once")
        if wrong := [one.key for one in kinds if not 0 < one.least <= one.months]:
            raise ValueError(f"months must be at least `least`, and that more than 0: {', '.join(wrong)}")
        return kinds

    def kind(self, key: str) -> Kept | None:
        """Give a kind by its key."""
        return next((one for one in self.kinds if one.key == key), None)

    def months(self, chosen: Mapping[str, int]) -> Mapping[str, int]:
        """Say how many months each kind is kept: what was chosen, else what is usual."""
        return {one.key: chosen.get(one.key, one.months) for one in self.kinds}

    def problem(self, kind: Kept, typed: str) -> str:
        """Say what is wrong with a number of months that somebody typed, "" for nothing."""
        if not typed.isdecimal() or len(typed) > len(str(self.longest)):
            return phrase(
                "Please write a whole number of months, from {least} to {longest}.",
                least=kind.least,
                longest=self.longest,
            )
        if int(typed) < kind.least:
            return phrase("At least {least}. {reason}", least=kind.least, reason=kind.reason)
        return "" if int(typed) <= self.longest else phrase("At most {longest} months.", longest=self.longest)

    def next_round(self, now: datetime) -> datetime:
        """Say when the next nightly round begins (UTC), strictly after now."""
        today = datetime.combine(now.astimezone(UTC).date(), self.at, UTC)
        return today if today > now else today + timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """Give the day so many months earlier; where that month is shorter, its last day."""
    year, month = divmod(day.year * A_YEAR + day.month - 1 - months, A_YEAR)
    first_of_next = date(year + (month == A_YEAR - 1), (month + 1) % A_YEAR + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
