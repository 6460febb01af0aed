"""Home: what is next for a contractor, and what a contractor's path needs of their manager, in order."""

from collections.abc import Callable
from dataclasses import dataclass

BLUEPRINT_FROM, BUDDY_FROM, ACCESS_FROM, FIRST_WORDS_BY, ONE_ON_ONE_BY, NEWCOMER_UNTIL = -5, -2, -1, 3, 3, 22
SPRINT_FROM, SPRINT_UNTIL, GOLDEN_BY = 2, 10, 5


@dataclass(frozen=True)
class Standing:
    """How a contractor stands on a day of the path; counts are of what is still open for them.

    `sprint` is "open", "due" once it is over or done and not answered, "" where there is none.
    """

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
    away: bool = False
    audit: bool = False
    prepare: bool = False
    sprint: str = ""
    wiki: bool = False
    review: bool = False
    item: bool = False

    @property
    def begun(self) -> bool:
        """Whether Day 1 has come."""
        return self.day >= 1


# What is next, most urgent first: the key of the words, and when it applies.
NEXT: tuple[tuple[str, Callable[[Standing], bool]], ...] = (
    ("paused", lambda one: one.paused),
    ("away", lambda one: one.away),
    ("introduce", lambda one: one.introduction == "asked"),
    ("agree", lambda one: one.blueprint == "proposed"),
    ("read", lambda one: one.begun and one.pages_left > 0),
    ("second_factor", lambda one: one.begun and one.second_factors_left > 0),
    ("overdue", lambda one: one.overdue > 0),
    ("starts", lambda one: not one.begun),
    ("audit", lambda one: one.audit),
    ("prepare", lambda one: one.prepare),
    ("review", lambda one: one.review),
    ("sprint", lambda one: one.sprint == "due"),
    ("item", lambda one: one.item),
    ("gap", lambda one: one.gap),
    ("log", lambda one: not one.logged),
    ("sprint", lambda one: one.sprint == "open"),
    ("stuck", lambda one: one.stuck),
    ("wiki", lambda one: one.wiki),
)


def next_step(standing: Standing) -> str:
    """Name the one thing that is next for a contractor, "done" when nothing is."""
    return next((key for key, applies in NEXT if applies(standing)), "done")


@dataclass(frozen=True)
class Charge:
    """How far the path of one contractor has come, as far as it needs their manager.

    `laid`: their path was prepared with a checklist; of others only the rhythm of the week is looked at. `golden` is
    "none" where no Golden Hours are agreed, "asked" where the contractor's proposal waits, "" where nothing is to do.
    """

    day: int
    introduction: str = ""
    blueprint: str = ""
    has_buddy: bool = True
    tools_left: int = 0
    overdue: int = 0
    one_on_one: bool = True
    to_confirm: int = 0
    paused: bool = False
    laid: bool = True
    strategy: bool = False
    answer: bool = False
    flag: bool = False
    audit: bool = False
    golden: str = ""
    sprint: bool = True
    review: bool = False
    course: bool = False
    rate: bool = False


def _newcomer(one: Charge) -> bool:
    return one.day <= NEWCOMER_UNTIL


# What a manager is needed for, most urgent first.
NEEDS: tuple[tuple[str, Callable[[Charge], bool]], ...] = (
    ("strategy", lambda one: one.strategy),
    ("approve", lambda one: one.introduction == "filled" and _newcomer(one)),
    ("discuss", lambda one: one.blueprint == "discussed"),
    ("review", lambda one: one.review),
    ("audit", lambda one: one.audit),
    ("two_lines", lambda one: one.introduction == "asked" and FIRST_WORDS_BY <= one.day <= NEWCOMER_UNTIL),
    ("draft", lambda one: one.blueprint in {"", "draft"} and BLUEPRINT_FROM <= one.day <= NEWCOMER_UNTIL),
    ("tools", lambda one: one.tools_left > 0 and ACCESS_FROM <= one.day <= NEWCOMER_UNTIL),
    ("course", lambda one: one.course),
    ("rate", lambda one: one.rate),
    ("answer", lambda one: one.answer),
    ("flag", lambda one: one.flag),
    ("buddy", lambda one: not one.has_buddy and BUDDY_FROM <= one.day <= NEWCOMER_UNTIL),
    ("overdue", lambda one: one.overdue > 0),
    ("confirm", lambda one: one.to_confirm > 0),
    ("sprint", lambda one: not one.sprint and SPRINT_FROM <= one.day <= SPRINT_UNTIL),
    ("golden_answer", lambda one: one.golden == "asked"),
    ("one_on_one", lambda one: not one.one_on_one and one.day >= ONE_ON_ONE_BY),
    ("golden", lambda one: one.golden == "none" and one.day >= GOLDEN_BY),
)
RHYTHM = frozenset(
    {"strategy", "review", "course", "rate", "answer", "flag", "audit", "golden_answer", "one_on_one", "golden"}
)


def needs(charge: Charge) -> tuple[str, ...]:
    """Name what a contractor's path needs of their manager; a paused path needs nothing."""
    if charge.paused:
        return ()
    return tuple(key for key, applies in NEEDS if (charge.laid or key in RHYTHM) and applies(charge))
