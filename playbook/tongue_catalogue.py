"""The catalogues: every sentence in the languages people can choose, and how each of them writes days and times."""

import gettext
from collections.abc import Callable, Mapping
from datetime import date, time
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, format_skeleton, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol

from playbook.tongue import CASES, Tongue, country_in, length_words

LOCALES = Path(__file__).parent / "locales"
DOMAIN = "inner_circle"
LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español", "pt": "Português"}
CLOCKS: Mapping[str, str] = {"24": "HH:mm", "12": "h:mm a"}
LENGTHS = ("hours", "clock", "decimal")


def file_of(language: str) -> Path:
    """Say where a language's catalogue is."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


class Catalogues:
    """Reads a catalogue when it is first needed, and keeps it."""

    def __init__(self) -> None:
        self._read: dict[str, gettext.NullTranslations] = {"en": gettext.NullTranslations()}

    def tongue(self, language: str = "en", clock: str = "24", lengths: str = "hours") -> Tongue:
        """Say how somebody reads; what is unknown is read as the usual."""
        language = language if language in LANGUAGES else "en"
        return Tongue(language, self._finder(language), _shows(language, clock, lengths))

    def _finder(self, language: str) -> Callable[[str, str, int | None], str]:
        if language not in self._read:
            self._read[language] = _catalogue(language)
        found = self._read[language]

        def find(one: str, many: str, n: int | None) -> str:
            return found.gettext(one) if n is None else found.ngettext(one, many, n)

        return find


def _catalogue(language: str) -> gettext.NullTranslations:
    with file_of(language).open("rb") as file:
        known = read_po(file, locale=language)
    made = BytesIO()
    write_mo(made, known)
    made.seek(0)
    return gettext.GNUTranslations(made)


def _shows(language: str, clock: str, lengths: str) -> Mapping[str, Callable[[str], str]]:
    pattern = CLOCKS.get(clock, CLOCKS["24"])

    def dated(form: str) -> Callable[[str], str]:
        return lambda iso: format_date(date.fromisoformat(iso), form, locale=language).replace(".", "")

    def skeleton(form: str) -> Callable[[str], str]:
        return lambda iso: format_skeleton(form, date.fromisoformat(iso), locale=language)

    return {
        **CASES,
        "day": dated("EEE d MMM"),
        "short": dated("EEE d"),
        "weekday": dated("EEEE"),
        "short_weekday": dated("EEE"),
        "day_and_month": dated("d MMM"),
        "short_month": dated("LLL"),
        "month": skeleton("yMMMM"),
        "whole_day": dated("d MMMM y") if language == "en" else dated("long"),
        "clock": lambda at: format_time(time.fromisoformat(at), pattern, locale=language).replace("\u202f", " "),
        "country": lambda code: country_in(language, code),
        "length": lambda minutes: length_words(int(minutes), lengths, get_decimal_symbol(language)),
    }
