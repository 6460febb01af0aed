"""Health checks as tables: when each rule asks, when it does not, and that asking needs its limit."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.days import Week
from playbook.health import RULES, Facts, Finding, Kept, Late, Raised, Work, check, fresh
from playbook.health_words import all_fine, reason
from playbook.load import load
from tests.said import english, said

check = said(check)
fresh = said(fresh)
all_fine = said(all_fine)
reason = said(reason)
load = said(load)

BOOK = load().health
TUESDAY, MONDAY = date(2026, 11, 24), date(2026, 11, 23)
R, W, B = "research", "waiting", "build"


def facts(*work: Work, **more: Any) -> Facts:
    return Facts(TUESDAY, MONDAY, work, **more)


def work(minutes: int, category: str = R, day: date = TUESDAY, topic: str = "EU VAT") -> Work:
    return Work(day, minutes, category, topic)


def raised(number: int, kind: str = "feedback", days_ago: int = 0, *, unresolved: bool = False) -> Raised:
    return Raised(number, kind, kind.title(), TUESDAY - timedelta(days=days_ago), unresolved)


def late(days: int, role: str = "operations", text: str = "Open the tools") -> Late:
    return Late(text, role, role, days)


CASES: list[tuple[str, Facts, list[str]]] = [
    ("nothing at all", facts(), []),
    ("three hours", facts(work(180)), ["research"]),
    ("one minute less", facts(work(179)), []),
    ("in two pieces", facts(work(100), work(80, topic="imports")), ["research"]),
    ("on two days", facts(work(100), work(100, day=MONDAY)), []),
    ("before the days that are looked at", facts(work(300, day=MONDAY - timedelta(days=3))), []),
    ("building is no research", facts(work(600, B)), []),
    ("a large share of a week", facts(work(105), work(105, day=MONDAY), work(390, B)), ["research_week"]),
    ("a share just below", facts(work(104), work(105, day=MONDAY), work(391, B)), []),
    ("a share of little", facts(work(150), work(10, B)), []),
    ("an hour and a half of waiting", facts(work(90, W)), ["waiting"]),
    ("a little less waiting", facts(work(89, W)), []),
    ("an open blocker about access", facts(blockers=[raised(1, "access", unresolved=True)]), ["access_blocker"]),
    ("a resolved one", facts(blockers=[raised(1, "access")]), []),
    ("one about something else", facts(blockers=[raised(1, unresolved=True)]), []),
    ("research beside a tool", facts(work(60), unopened=["Figma"]), ["access_tool"]),
    ("less research beside a tool", facts(work(59), unopened=["Figma"]), []),
    ("research with every tool", facts(work(120)), []),
    ("two quiet days", facts(silent_days=2, last=MONDAY), ["quiet"]),
    ("one quiet day", facts(silent_days=1), []),
    ("three of a kind", facts(blockers=[raised(1), raised(2, days_ago=5), raised(3, days_ago=13)]), ["repeat"]),
    ("the third a day too long ago", facts(blockers=[raised(1), raised(2), raised(3, days_ago=14)]), []),
    ("three kinds", facts(blockers=[raised(1, "a"), raised(2, "b"), raised(3, "c")]), []),
    ("an item for a day", facts(late=[late(1)]), ["stuck"]),
    ("an item due today", facts(late=[late(0)]), []),
    ("two items of one role", facts(late=[late(1), late(4, text="Send it")]), ["stuck"]),
    ("items of two roles", facts(late=[late(1), late(2, "manager")]), ["stuck", "stuck"]),
]


@pytest.mark.parametrize(("known", "rules"), [pytest.param(known, rules, id=name) for name, known, rules in CASES])
def test_when_a_rule_asks(known: Facts, rules: list[str]) -> None:
    found = check(known, BOOK)
    assert [one.rule for one in found] == rules
    for one in found:
        rule = BOOK.rule(one.rule)
        assert rule is not None
        assert "{" not in reason(rule, one.day, one.numbers, "Ana")


def test_the_reason_has_the_numbers_and_the_limit() -> None:
    [found] = check(facts(work(190)), BOOK)
    rule = BOOK.rule("research")
    assert rule is not None
    said = 'Ana logged 3 h 10 of research on "EU VAT" on Tue 24 Nov; this question comes from 3 h in a day.'
    assert reason(rule, found.day, found.numbers, "Ana") == said


@pytest.mark.parametrize("rule", BOOK.rules, ids=[rule.key for rule in BOOK.rules])
def test_what_is_fine_says_its_numbers(rule: Any) -> None:
    assert "{" not in all_fine(rule, facts(work(20)), BOOK.limits)


@pytest.mark.parametrize(
    ("kept", "asks"),
    [
        ([], True),
        ([Kept("research", "eu vat", TUESDAY, TUESDAY)], False),
        ([Kept("research", "another topic", TUESDAY, TUESDAY)], False),
        ([Kept("research", "eu vat", MONDAY, MONDAY)], True),
        ([Kept("research", "eu vat", MONDAY, MONDAY, MONDAY)], False),
        ([Kept("research", "imports", MONDAY, MONDAY, MONDAY)], True),
        ([Kept("research", "eu vat", MONDAY, MONDAY, TUESDAY - timedelta(days=6))], False),
        ([Kept("research", "eu vat", MONDAY, MONDAY, TUESDAY - timedelta(days=7))], True),
        ([Kept("waiting", "eu vat", TUESDAY, TUESDAY, TUESDAY)], True),
    ],
)
def test_what_was_asked_or_is_all_good_is_left_out(kept: list[Kept], asks: bool) -> None:  # noqa: FBT001
    found = check(facts(work(200)), BOOK)
    assert bool(fresh(found, kept, TUESDAY, BOOK)) is asks


@pytest.mark.parametrize(("days", "asks"), [(0, False), (6, False), (7, True)])
def test_what_lasts_is_asked_once_a_week(days: int, asks: bool) -> None:  # noqa: FBT001
    found = [Finding("repeat", TUESDAY, "feedback")]
    day = TUESDAY - timedelta(days=days)
    assert bool(fresh(found, [Kept("repeat", "feedback", day, day)], TUESDAY, BOOK)) is asks


pieces = st.builds(
    Work, st.dates(MONDAY - timedelta(days=9), TUESDAY + timedelta(days=2)), st.integers(1, 300),
    st.sampled_from([R, W, B, ""]), st.sampled_from(["", "EU VAT", "eu vat", "imports"]),
)  # fmt: skip
many = st.lists(pieces, max_size=12)
blockers = st.lists(
    st.builds(
        Raised, st.integers(1, 50), st.sampled_from(["access", "feedback"]), st.just("Feedback"),
        st.dates(MONDAY - timedelta(days=30), TUESDAY), st.booleans(),
    ), max_size=6, unique_by=lambda one: one.number,
)  # fmt: skip


@given(many, blockers, st.data())
def test_the_order_of_the_facts_does_not_matter(pieces: list[Work], stuck: list[Raised], data: st.DataObject) -> None:
    one = check(facts(*pieces, blockers=stuck), BOOK)
    other = facts(*data.draw(st.permutations(pieces)), blockers=data.draw(st.permutations(stuck)))
    assert check(other, BOOK) == one


@given(many)
def test_nothing_is_asked_below_its_limit(pieces: list[Work]) -> None:
    for one in check(facts(*pieces), BOOK):
        on_day = {
            kind: sum(each.minutes for each in pieces if each.day == one.day and each.category == kind)
            for kind in (R, W)
        }
        if one.rule == "research":
            assert on_day[R] == one.numbers["minutes"] >= BOOK.limits.research_minutes
        elif one.rule == "waiting":
            assert on_day[W] == one.numbers["minutes"] >= BOOK.limits.waiting_minutes
        else:
            week = [each for each in pieces if each.day in Week(one.day).days and each.day <= TUESDAY]
            total = sum(each.minutes for each in week)
            assert one.rule == "research_week"
            assert total >= BOOK.limits.research_week_minutes
            assert sum(each.minutes for each in week if each.category == R) * 100 >= BOOK.limits.research_share * total


@given(many)
def test_what_was_kept_is_not_fresh(pieces: list[Work]) -> None:
    found = check(facts(*pieces), BOOK)
    kept = [Kept(one.rule, one.about, one.day, TUESDAY) for one in found]
    assert fresh(found, kept, TUESDAY, BOOK) == ()


def test_every_rule_has_its_words() -> None:
    assert [rule.key for rule in BOOK.rules] == list(RULES)
    assert all(english(rule.question).endswith("?") and english(rule.suggestion).endswith(".") for rule in BOOK.rules)
