"""The KPI blueprint: its rows, what can be written into them, and what changed from one version to the next."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import time
from typing import Any, Literal, Self

from pydantic import field_validator

from playbook.golden import Windows
from playbook.page import Page, twice
from playbook.tongue import phrase
from playbook.words import clean

Tab = Literal["input", "output"]
By = Literal["bot", "contractor", "manager"]
TABS: tuple[Tab, ...] = ("input", "output")
IN_WORDS = phrase("in words")
MOST_TARGET = 1_000_000
TARGET = re.compile(r"(at most|max\.?|<=|≤)?\s*(\d{1,9}(?:[.,]\d{1,4})?)\s*%?", re.IGNORECASE)
NUMBER = re.compile(r"(\d{1,12}(?:[.,]\d{1,4})?)(?!\d)")
BREAK = re.compile(r"[,;:.]\s+|\s+[-–—]\s+|\s*\n\s*")


class KpiRow(Page):
    """A row of the template; `counts` where the bot can count it, `most` where less than the target is better."""

    key: str
    tab: Tab
    name: str
    text: str
    example: str
    hint: str
    target: float | None = None
    most: bool = False
    unit: str = ""
    by: By
    counts: bool = False
    on: bool


class Measures(Page):
    """Who measures, in words."""

    bot: str
    contractor: str
    manager: str


class Sentences(Page):
    """What people are told of a row that needs another look."""

    golden: str
    empty: str
    too_long: str
    target: str
    one_output: str


class KpiBook(Page):
    """The template of the blueprint, and when the bot asks about it (guide: Setting KPIs Template)."""

    ask_day: int
    remind_day: int
    at: time
    weekly: time
    confirm: time
    weeks: int
    enough_percent: int
    longest_text: int
    longest_unit: int
    longest_value: int
    longest_words: int
    rows: tuple[KpiRow, ...]
    measures: Measures
    sentences: Sentences

    @field_validator("rows")
    @classmethod
    def _each_key_once(cls, rows: tuple[KpiRow, ...]) -> tuple[KpiRow, ...]:
        if again := twice(row.key for row in rows):
            raise ValueError(f"{', '.join(again)} is there more than once")
        if any(row.by == "bot" and not row.counts for row in rows):
            raise ValueError("by = bot needs counts = true")
        return rows

    def row(self, key: str) -> KpiRow | None:
        """Give a row of the template by its key."""
        return next((row for row in self.rows if row.key == key), None)

    def tab_of(self, key: str) -> Tab | None:
        """Say on which tab a row stands; None for one that is not in the template any more."""
        row = self.row(key)
        return row.tab if row else None


@dataclass(frozen=True)
class Kpi:
    """One row of a contractor's blueprint; `on` unless it was left out, `suggested` is the contractor's wording."""

    key: str
    text: str
    target: float | None = None
    most: bool = False
    unit: str = ""
    by: str = "contractor"
    on: bool = True
    suggested: str = ""

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Self:
        """Read a row as it is stored."""
        return cls(**value)

    def stored(self) -> dict[str, Any]:
        """Write a row down as it is stored."""
        return asdict(self)

    @property
    def goal(self) -> str:
        """Write the target with its unit: at most 4 hours; "" without one."""
        if self.target is None:
            return self.unit
        return " ".join(filter(None, [phrase("at most") if self.most else "", figure(self.target), self.unit]))


def figure(number: float) -> str:
    """Write a number the way people type it: 2, 37.5."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


def template(book: KpiBook, golden: Windows | None = None) -> tuple[Kpi, ...]:
    """Give the rows a blueprint begins with; the Golden Hours are named where some were chosen."""
    rows = tuple(Kpi(row.key, row.text, row.target, row.most, row.unit, row.by, row.on) for row in book.rows)
    if golden is None:
        return rows
    said = book.sentences.golden.format(start=f"{golden.start:%H:%M}", end=f"{golden.end:%H:%M}", zone=golden.zone)
    return tuple(replace(row, text=said) if row.key == "golden" else row for row in rows)


def rows_of(values: Iterable[Mapping[str, Any]], book: KpiBook) -> tuple[Kpi, ...]:
    """Read the rows of a stored version in the order of the template; one it does not have counts as left out."""
    known = {row.key: row for row in map(Kpi.read, values)}
    missing = (replace(row, on=False) for row in template(book))
    return tuple(known.get(row.key, row) for row in missing)


def on_tab(rows: Iterable[Kpi], tab: Tab, book: KpiBook, *, all_of_them: bool = False) -> tuple[Kpi, ...]:
    """Give the rows of a tab, by default those that were not left out."""
    return tuple(row for row in rows if book.tab_of(row.key) == tab and (row.on or all_of_them))


def agreed_rows(rows: Iterable[Kpi]) -> tuple[Kpi, ...]:
    """Give the rows that count."""
    return tuple(row for row in rows if row.on)


@dataclass(frozen=True)
class Target:
    """A target as it was written: a number, or none, and whether less is better."""

    number: float | None = None
    most: bool = False


def read_target(text: str) -> Target | None:
    """Read a target such as 2, 37.5, 80 % or at most 4; nothing is no target, and None cannot be read."""
    if not text.strip():
        return Target()
    found = TARGET.fullmatch(text.strip())
    number = float(found[2].replace(",", ".")) if found else None
    if found is None or number is None or number > MOST_TARGET:
        return None
    return Target(number, bool(found[1]))


def problems(row: Kpi, target: Target | None, book: KpiBook) -> dict[str, str]:
    """Say which fields of a row need another look, and why."""
    said, found = book.sentences, {}
    if row.on and not row.text:
        found["text"] = said.empty
    for name, most in (("text", book.longest_text), ("unit", book.longest_unit)):
        length = len(getattr(row, name))
        if length > most:
            found[name] = said.too_long.format(most=most, length=length)
    return found | ({"target": said.target} if target is None else {})


def not_ready(rows: Sequence[Kpi], book: KpiBook) -> str:
    """Say why a blueprint cannot be proposed yet; "" when it can."""
    return "" if on_tab(rows, "output", book) else book.sentences.one_output


def changes(before: Sequence[Kpi], after: Sequence[Kpi], book: KpiBook) -> tuple[tuple[str, str], ...]:
    """Say row by row what changed between two versions: pairs of (name of the row, what changed)."""
    was = {row.key: row for row in before if row.on}
    now = {row.key: row for row in after if row.on}
    found = []
    for row in book.rows:
        said = _change(was.get(row.key), now.get(row.key), book)
        found += [(row.name, said)] if said else []
    return tuple(found)


def _change(was: Kpi | None, now: Kpi | None, book: KpiBook) -> str:
    if was is None or now is None:
        return "" if was is now else phrase("left out") if now is None else phrase("new: {now}", now=now.text)
    said = [phrase("now: {now}", now=now.text)] if was.text != now.text else []
    said += (
        [phrase("target {goal} → {goal_2}", goal=was.goal or phrase("none"), goal_2=now.goal or phrase("none"))]
        if was.goal != now.goal
        else []
    )
    measured = book.measures
    return "; ".join(said + ([str(getattr(measured, now.by))] if was.by != now.by else []))


def read_value(text: str, book: KpiBook) -> tuple[str, str]:
    """Read what somebody wrote for a week: the value, and the words after it ("2, one waits" is 2 and one waits)."""
    whole = clean(text).strip()
    found = BREAK.search(whole)
    value, words = (whole[: found.start()], whole[found.end() :]) if found else (whole, "")
    if not value or len(value) > book.longest_value:
        return (IN_WORDS, whole) if whole else ("", "")
    return value.strip(), words.strip()


def number(value: str) -> float | None:
    """Give the number that a value begins with, if it begins with one."""
    found = NUMBER.match(value)
    return float(found[1].replace(",", ".")) if found else None
