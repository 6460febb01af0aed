"""The audit log: which looks are sensitive, and how its lines are worded."""

from collections.abc import Mapping
from functools import cached_property

from pydantic import field_validator

from playbook.page import Page, twice
from playbook.roles import Action

FILE = "file."


class Sight(Page):
    """Something sensitive that can be looked at: the action that allows it, and what people call it."""

    action: str
    label: str


class TrailBook(Page):
    """What leaves a line when it is looked at, and what everything is called in the audit log."""

    on_a_page: int
    days: tuple[int, ...]
    look_back: int
    most_rows: int
    looks: tuple[Sight, ...]
    nouns: Mapping[str, str]

    @field_validator("looks")
    @classmethod
    def _known(cls, looks: tuple[Sight, ...]) -> tuple[Sight, ...]:
        strange = [one.action for one in looks if one.action not in set(Action)]
        if strange or twice(one.action for one in looks):
            raise ValueError(f"each action must be one of playbook/roles.py, and there once: {', '.join(strange)}")
        return looks

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Name what is sensitive, by the action that allows a look at it."""
        return {one.action: one.label for one in self.looks}

    def called(self, what: str) -> str:
        """Say in people's words what a row of the audit log is about."""
        if what in self.labels:
            return self.labels[what]
        name = what.removeprefix(FILE).lstrip("/").partition(" ")[2] or what.removeprefix(FILE).lstrip("/")
        noun = name.partition(".")[0].partition("_")[0]
        return self.nouns.get(noun, noun.replace("_", " "))
