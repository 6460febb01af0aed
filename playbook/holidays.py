"""Public holidays: days on which nobody is expected to work, by country (the `holidays` library knows them)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from playbook import tongue


@cache
def _calendar(country: str) -> Any:
    import holidays  # noqa: PLC0415 - 0.2 s that a start without holidays need not pay

    if country not in holidays.list_supported_countries(include_aliases=False):
        return None
    return holidays.country_holidays(country)


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """List the countries whose holidays are known: pairs of (name in English, ISO 3166-1 code), by name."""
    import holidays  # noqa: PLC0415 - see above
    from babel import Locale  # noqa: PLC0415 - needed by forms only

    names = Locale("en").territories
    known = holidays.list_supported_countries(include_aliases=False)
    return tuple(sorted((names.get(code, code), code) for code in known))


def country_name(code: str) -> str:
    """Name a country in the language of whoever reads it; the code itself where nobody knows it."""
    return tongue.country(code) if any(known == code for _, known in countries()) else code


def country_of(zone: str) -> str:
    """Guess the country from a time zone (Asia/Manila: PH), "" where that says nothing or its holidays are unknown."""
    from babel.core import get_global  # noqa: PLC0415 - needed by forms only

    code = str(get_global("zone_territories").get(zone) or "")
    return code if any(known == code for _, known in countries()) else ""


def holiday_name(day: date, country: str) -> str:
    """Name the public holiday of a day, "" if it is none."""
    calendar = _calendar(country) if country else None
    return str(calendar.get(day) or "") if calendar is not None else ""


@dataclass(frozen=True)
class DaysOff(Collection[date]):
    """The days somebody is off: those that were named, and their country's holidays except those they work on."""

    country: str = ""
    days: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        if day in self.days:
            return True
        return isinstance(day, date) and day not in self.worked and bool(holiday_name(day, self.country))

    def __iter__(self) -> Iterator[date]:
        return iter(self.days)

    def __len__(self) -> int:
        return len(self.days)
