"""Home: what is next for a contractor, and what a contractor's path needs of their manager, in order."""

from collections.abc import Callable
from dataclasses import dataclass

BLUEPRINT_FROM, BUDDY_FROM, ACCESS_FROM, FIRST_WORDS_BY, ONE_ON_ONE_BY, NEWCOMER_UNTIL = -5, -2, -1, 3, 3, 22


@dataclass(frozen=True)
class Standing:
    """How a contractor stands on a day of the path; counts are of what is still open for them."""

    day: int
    paused: bool = False
    introduction: str = ""
    blueprint: str = ""
    pages_left: int = 0
    second_factors_left: int = 0
    overdue: int = 0
    gap: bool = False
    logged: bool = False
    stuck: bool = False

    @property
    def begun(self) -> bool:
        """Whether Day 1 has come."""
        return self.day >= 1


# What is next, most urgent first: the key of the words, and when it applies.
NEXT: tuple[tuple[str, Callable[[Standing], bool]], ...] = (
    ("paused", lambda one: one.paused),
    ("introduce", lambda one: one.introduction == "asked"),
    ("agree", lambda one: one.blueprint == "proposed"),
    ("read", lambda one: one.begun and one.pages_left > 0),
    ("second_factor", lambda one: one.begun and one.second_factors_left > 0),
    ("overdue", lambda one: one.overdue > 0),
    ("starts", lambda one: not one.begun),
    ("gap", lambda one: one.gap),
    ("log", lambda one: not one.logged),
    ("stuck", lambda one: one.stuck),
)


def next_step(standing: Standing) -> str:
    """Name the one thing that is next for a contractor, "done" when nothing is."""
    return next((key for key, applies in NEXT if applies(standing)), "done")


@dataclass(frozen=True)
class Charge:
    """How far the path of one contractor has come, as far as it needs their manager."""

    day: int
    introduction: str = ""
    blueprint: str = ""
    has_buddy: bool = True
    tools_left: int = 0
    overdue: int = 0
    one_on_one: bool = True
    to_confirm: int = 0
    paused: bool = False


def _newcomer(one: Charge) -> bool:
    return one.day <= NEWCOMER_UNTIL


# What a manager is needed for, most urgent first.
NEEDS: tuple[tuple[str, Callable[[Charge], bool]], ...] = (
    ("approve", lambda one: one.introduction == "filled" and _newcomer(one)),
    ("discuss", lambda one: one.blueprint == "discussed"),
    ("two_lines", lambda one: one.introduction == "asked" and FIRST_WORDS_BY <= one.day <= NEWCOMER_UNTIL),
    ("draft", lambda one: one.blueprint in {"", "draft"} and BLUEPRINT_FROM <= one.day <= NEWCOMER_UNTIL),
    ("tools", lambda one: one.tools_left > 0 and ACCESS_FROM <= one.day <= NEWCOMER_UNTIL),
    ("buddy", lambda one: not one.has_buddy and BUDDY_FROM <= one.day <= NEWCOMER_UNTIL),
    ("overdue", lambda one: one.overdue > 0),
    ("confirm", lambda one: one.to_confirm > 0),
    ("one_on_one", lambda one: not one.one_on_one and ONE_ON_ONE_BY <= one.day <= NEWCOMER_UNTIL),
)


def needs(charge: Charge) -> tuple[str, ...]:
    """Name what a contractor's path needs of their manager; a paused path needs nothing."""
    return () if charge.paused else tuple(key for key, applies in NEEDS if applies(charge))
