"""Exports: which records can be taken out as files, and over which days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from pydantic import model_validator

from playbook.month import Month
from playbook.page import Page

KINDS = ("logs", "blockers", "checklists", "kpis")
OWN_DAYS = "own"
EVERYBODY, MYSELF = "everybody", "myself"
FIRST_EVER, LAST_EVER = date(2000, 1, 1), date(2199, 12, 31)


class ExportKind(Page):
    """A kind of record, and which of its days is meant by the days that are chosen."""

    key: str
    label: str
    description: str


class ExportSpan(Page):
    """Some days that can be chosen by one word."""

    key: str
    label: str


class ExportBook(Page):
    """What can be taken out, over which days, and how much at once."""

    most_rows: int
    most_people: int
    default: str
    kinds: tuple[ExportKind, ...]
    spans: tuple[ExportSpan, ...]

    @model_validator(mode="after")
    def _known(self) -> Self:
        if tuple(one.key for one in self.kinds) != KINDS:
            raise ValueError(f"the keys of its kinds must be {', '.join(KINDS)}, in this order")
        if {one.key for one in self.spans} != {*SPANS, OWN_DAYS} or self.default not in SPANS:
            raise ValueError(f"the keys of its spans must be {', '.join([*SPANS, OWN_DAYS])}, and default one of them")
        return self


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date


def _months(first: Month, last: Month) -> Span:
    return Span(first.first, last.last)


SPANS: Mapping[str, Callable[[date], Span]] = {
    "this_month": lambda today: _months(Month.of(today), Month.of(today)),
    "last_month": lambda today: _months(Month.of(today).previous, Month.of(today).previous),
    "three_months": lambda today: _months(Month.of(today).previous.previous, Month.of(today)),
    "this_year": lambda today: Span(date(today.year, 1, 1), date(today.year, 12, 31)),
    "everything": lambda _: Span(FIRST_EVER, LAST_EVER),
}


@dataclass(frozen=True)
class Order:
    """What somebody wants in files: kinds, days, and of whom (user ids, EVERYBODY they may have, or MYSELF)."""

    kinds: Sequence[str]
    span: Span
    whom: Sequence[str]

    @property
    def own(self) -> bool:
        """Tell whether it is about whoever asked."""
        return tuple(self.whom) == (MYSELF,)

    def write(self) -> str:
        """Write it down in one line, for `read_order`."""
        days = f"{self.span.first.isoformat()};{self.span.last.isoformat()}"
        return f"{','.join(self.kinds)};{days};{','.join(self.whom)}"


def read_order(text: str) -> Order:
    """Read what `write` wrote; raises ValueError for anything else."""
    kinds, first, last, whom = text.split(";")
    span = Span(date.fromisoformat(first), date.fromisoformat(last))
    return Order(tuple(one for one in kinds.split(",") if one in KINDS), span, tuple(whom.split(",")))
