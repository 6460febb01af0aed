"""What rules and builders say, in English: for tests that ask them directly, where no letter is sent to anybody."""

import functools
import inspect
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from types import ModuleType
from typing import Any, TypeVar, cast

from playbook.sorry import Sorry
from playbook.tongue import ENGLISH, say

Thing = TypeVar("Thing")


def english(value: Any) -> Any:
    """Put everything in a value into English words."""
    if isinstance(value, str):
        return value if say(value, ENGLISH) == value else say(value, ENGLISH)
    if isinstance(value, Mapping):
        return {english(key): english(one) for key, one in value.items()}
    if type(value) in (list, tuple, set, frozenset):
        return type(value)(english(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return _dataclass(value)
    return value


def _dataclass(value: Any) -> Any:
    before = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
    after = {name: english(one) for name, one in before.items()}
    return (
        value
        if all(after[name] is one or after[name] == one for name, one in before.items())
        else replace(value, **after)
    )


class _Module:
    """A module whose functions and sentences are in English."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return said(getattr(self._module, name))


def said(thing: Thing) -> Thing:
    """Give a module, a function or a value whose words are in English."""
    if isinstance(thing, ModuleType):
        return cast("Thing", _Module(thing))
    if inspect.isfunction(thing):
        return cast("Thing", _function(thing))
    return thing if isinstance(thing, type) else cast("Thing", english(thing))


def _function(function: Any) -> Any:
    @functools.wraps(function)
    def spoken(*args: Any, **kwargs: Any) -> Any:
        try:
            return english(function(*args, **kwargs))
        except Sorry as sorry:
            raise Sorry(english(str(sorry))) from None

    return spoken
