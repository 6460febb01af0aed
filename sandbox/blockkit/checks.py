"""Checks: small pure functions that read one JSON value and say what Slack would say about it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.blockkit.problem import Found, Problem, fail, merge

Check = Callable[[object, str], Found]
Rule = Callable[[Mapping[str, Any], str], Iterable[Problem]]

FINE = Found()
WRONG_ENUM = "must be a valid enum value"
WRONG_KIND = "unsupported type: {}"
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
WEB_LINK = re.compile(r"https?://[^\s/]\S*")
SECURE_LINK = re.compile(r"https://[^\s/]\S*")


@dataclass(frozen=True)
class Shape:
    """An object's table: its fields with their checks, and rules that look at several fields together."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def __call__(self, value: object, pointer: str) -> Found:
        """Check an object; the rules run only once every field is sound, so they need not doubt types."""
        if not isinstance(value, dict):
            return fail("must be an object", pointer)
        known = {**self.required, **self.optional}
        found = [fail(f"missing required field: {name}", pointer) for name in self.required if name not in value]
        found += [fail(f"invalid additional property: {name}", pointer) for name in value if name not in known]
        found += [check(value[name], f"{pointer}/{name}") for name, check in known.items() if name in value]
        total = merge(found)
        if not total:
            total = Found(tuple(problem for rule in self.rules for problem in rule(value, pointer)))
        return total.house(pointer)


def tagged(
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    *rules: Rule,
) -> Shape:
    """Build the table of an object that `kinds` has already told apart by its `type`."""
    return Shape(required or {}, {"type": anything, **(optional or {})}, rules)


def kinds(table: Mapping[str, Check], wrong: str = WRONG_KIND) -> Check:
    """Check an object by the table its `type` names."""

    def check(value: object, pointer: str) -> Found:
        if not isinstance(value, dict):
            return fail("must be an object", pointer)
        if "type" not in value:
            return fail("missing required field: type", pointer).house(pointer)
        kind = value["type"]
        if not isinstance(kind, str) or kind not in table:
            return fail(wrong.format(kind), f"{pointer}/type").house(pointer)
        return table[kind](value, pointer)

    return check


def array(item: Check, least: int = 0, most: int | None = None) -> Check:
    """Check a list's length, then each of its items."""

    def check(value: object, pointer: str) -> Found:
        if not isinstance(value, list):
            return fail("must be an array", pointer)
        if len(value) < least:
            return fail(f"must provide at least {least} items", pointer)
        if most is not None and len(value) > most:
            return fail(f"no more than {most} items allowed", pointer)
        return merge(item(one, f"{pointer}/{place}") for place, one in enumerate(value))

    return check


def nullable(check: Check) -> Check:
    """Accept null as well."""
    return lambda value, pointer: FINE if value is None else check(value, pointer)


def anything(_value: object, _pointer: str) -> Found:
    """Accept every value: somebody else has looked at it."""
    return FINE


def string(most: int | None = None, least: int = 1) -> Check:
    """Check a string's length, counted in characters."""

    def check(value: object, pointer: str) -> Found:
        if not isinstance(value, str):
            return fail("must be a string", pointer)
        if len(value) < least:
            return fail(f"must be more than {least - 1} characters", pointer)
        if most is not None and len(value) > most:
            return fail(f"must be less than {most + 1} characters", pointer)
        return FINE

    return check


def written(pattern: re.Pattern[str], wrong: str, most: int | None = None) -> Check:
    """Check a string's length and its form; the wording of `wrong` is ours, Slack's is not documented."""
    length = string(most)

    def check(value: object, pointer: str) -> Found:
        found = length(value, pointer)
        if found or pattern.fullmatch(str(value)):
            return found
        return fail(wrong, pointer)

    return check


def link(most: int | None = None) -> Check:
    """Check an address of any scheme."""
    return written(LINK, "must be a valid URL", most)


def web_link(most: int | None = None) -> Check:
    """Check an http or https address."""
    return written(WEB_LINK, "must be a valid URL", most)


def secure_link(most: int | None = None) -> Check:
    """Check an https address."""
    return written(SECURE_LINK, "must be a valid HTTPS URL", most)


def one_of(*words: str) -> Check:
    """Check that a value is one of a few words."""
    return lambda value, pointer: FINE if value in words else fail(WRONG_ENUM, pointer)


def boolean(value: object, pointer: str) -> Found:
    """Check a true or false."""
    return FINE if isinstance(value, bool) else fail("must be a boolean", pointer)


def integer(least: int | None = None, most: int | None = None) -> Check:
    """Check a whole number between two bounds, both allowed."""

    def check(value: object, pointer: str) -> Found:
        if isinstance(value, bool) or not isinstance(value, int):
            return fail("must be an integer", pointer)
        if least is not None and value < least:
            return fail(f"must be greater than {least - 1}", pointer)
        if most is not None and value > most:
            return fail(f"must be less than {most + 1}", pointer)
        return FINE

    return check


def number(above: float | None = None) -> Check:
    """Check a finite number, whole or not, greater than `above`."""

    def check(value: object, pointer: str) -> Found:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return fail("must be a number", pointer)
        if above is not None and value <= above:
            return fail(f"must be greater than {above:g}", pointer)
        return FINE

    return check


def calendar_date(value: object, pointer: str) -> Found:
    """Check a day that exists, written YYYY-MM-DD."""
    wrong = fail("must be a valid date in the format YYYY-MM-DD", pointer)
    if not isinstance(value, str) or not DATE.fullmatch(value):
        return wrong
    try:
        date.fromisoformat(value)
    except ValueError:
        return wrong
    return FINE


def clock_time(value: object, pointer: str) -> Found:
    """Check a time of day, written HH:mm in 24 hours."""
    if isinstance(value, str) and TIME.fullmatch(value):
        return FINE
    return fail("must be a valid time in the format HH:mm", pointer)


def timezone(value: object, pointer: str) -> Found:
    """Check an IANA time zone name."""
    wrong = fail("must be a valid timezone", pointer)
    if not isinstance(value, str) or not value:
        return wrong
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return wrong
    return FINE
