"""Rules: what must hold between several fields of one object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.checks import Rule
from sandbox.blockkit.problem import Problem


def exactly_one(first: str, second: str) -> Rule:
    """Ask for one of two fields and not both, as in `image_url` or `slack_file`."""

    def rule(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
        if (first in value) == (second in value):
            words = "must define either" if first not in value else "must not define both"
            joint = "or" if first not in value else "and"
            yield Problem(f"{words} `{first}` {joint} `{second}`", pointer)

    return rule


def not_both(first: str, second: str) -> Rule:
    """Refuse two fields that exclude each other."""

    def rule(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
        if first in value and second in value:
            yield Problem(f"must not define both `{first}` and `{second}`", pointer)

    return rule


def any_of(*names: str, at: str = "") -> Rule:
    """Ask for at least one of some fields, in Slack's words for a section without text."""
    wrong = "must define either " + " or ".join(f"`{name}`" for name in names)

    def rule(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
        if not any(value.get(name) for name in names):
            yield Problem(wrong, pointer + at)

    return rule


def ordered(low: str, high: str) -> Rule:
    """Refuse a lower bound above the upper one; bounds may be numbers or numbers written as text."""

    def rule(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
        if low in value and high in value and float(value[low]) > float(value[high]):
            yield Problem(f"`{low}` must be less than or equal to `{high}`", f"{pointer}/{low}")

    return rule


def unique(listing: str, name: str) -> Rule:
    """Refuse items of a list that share the same `name`."""

    def rule(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
        seen: set[object] = set()
        for place, item in enumerate(value.get(listing, ())):
            if name in item and item[name] in seen:
                yield Problem(f"`{name}` must be unique: {item[name]}", f"{pointer}/{listing}/{place}/{name}")
            seen.add(item.get(name))

    return rule


def initial_among(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Ask that what is chosen at first is exactly one of the options on offer."""
    grouped = [option for group in value.get("option_groups", ()) for option in group["options"]]
    offered = [*value.get("options", ()), *grouped]
    if "initial_option" in value and value["initial_option"] not in offered:
        yield Problem("must be one of the provided options", f"{pointer}/initial_option")
    for place, option in enumerate(value.get("initial_options", ())):
        if option not in offered:
            yield Problem("must be one of the provided options", f"{pointer}/initial_options/{place}")
