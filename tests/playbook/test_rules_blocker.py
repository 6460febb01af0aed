"""Blockers: states, kinds, helpers, steps, and the text of `/blocker`."""

from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.blocker import State, Verb, guess, helpers, repeated, step, step_at, steps_due
from playbook.blocker_command import Command, from_message, read_command
from playbook.hours import Hours
from playbook.load import Playbook, load
from playbook.sorry import Sorry
from tests.said import english, said

guess = said(guess)
helpers = said(helpers)
repeated = said(repeated)
step = said(step)
step_at = said(step_at)
steps_due = said(steps_due)
from_message = said(from_message)
read_command = said(read_command)
load = said(load)

BOOK = load().blocker

STEPS = [
    ("open", "see", "seen"), ("open", "take", "on_it"), ("open", "resolve", "resolved"), ("open", "reopen", "open"),
    ("seen", "see", "seen"), ("seen", "take", "on_it"), ("seen", "resolve", "resolved"), ("seen", "reopen", "seen"),
    ("on_it", "see", "on_it"), ("on_it", "take", "on_it"), ("on_it", "resolve", "resolved"), ("on_it", "reopen", "on_it"),
    ("resolved", "see", "resolved"), ("resolved", "resolve", "resolved"), ("resolved", "reopen", "open"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "verb", "after"), STEPS)
def test_a_step(state: str, verb: str, after: str) -> None:
    assert step(state, verb) == after


def test_every_pair_is_in_the_table() -> None:
    rows = {(state, verb) for state, verb, _ in STEPS}
    assert {(*pair,) for pair in product(State, Verb)} - rows == {("resolved", "take")}
    with pytest.raises(Sorry, match="Reopen"):
        step("resolved", "take")


@given(st.sampled_from(State), st.sampled_from(Verb))
def test_pressing_twice_changes_nothing(state: State, verb: Verb) -> None:
    if (state, verb) != (State.RESOLVED, Verb.TAKE):
        once = step(state, verb)
        assert step(once, verb) == once


def test_what_is_no_state_or_verb() -> None:
    with pytest.raises(ValueError, match="asleep"):
        step("asleep", "see")
    with pytest.raises(ValueError, match="eat"):
        step("open", "eat")


KINDS = [
    ("need Figma edit access", "access"), ("I'm locked out of GitHub", "access"), ("VPN login fails", "access"),
    ("no permission for the repo", "access"), ("403 on the staging account", "access"),
    ("which first: checkout or search? Priority unclear", "priority"), ("deadline and scope clash", "priority"),
    ("waiting for a code review on my PR", "feedback"), ("designs need approval", "feedback"),
    ("where is the brand file?", "information"), ("missing data for the report", "information"),
    ("sin acceso al repositorio", "access"), ("falta a senha da VPN", "access"), ("cuál es la prioridad", "priority"),
    ("o escopo mudou", "priority"), ("espero la aprobación del diseño", "feedback"), ("onde fica o arquivo?", "information"),
    ("my laptop broke", "other"), ("", "other"), ("\u05e9\u05dc\u05d5\u05dd", "other"), ("reaccessible", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_is_guessed(text: str, kind: str, playbook: Playbook) -> None:
    assert guess(text, playbook.blocker) == kind


@given(st.text())
def test_any_text_has_a_kind(text: str) -> None:
    assert guess(text, BOOK) in {kind.key for kind in BOOK.kinds}


ALL = {"operations": "U1", "owner": "U2", "lead": "U3", "buddy": "U4", "manager": "U5", "escalation": "U6"}
HELPERS = [
    ("access", ALL, "U9", ("operations", "manager", "escalation")),
    ("priority", ALL, "U9", ("owner", "manager", "escalation")),
    ("feedback", ALL, "U9", ("lead", "manager", "escalation")),
    ("information", ALL, "U9", ("buddy", "manager", "escalation")),
    ("other", ALL, "U9", ("manager", "escalation")),
    ("unheard of", ALL, "U9", ("manager", "escalation")),
    ("access", {**ALL, "operations": ""}, "U9", ("manager", "escalation")),
    ("access", {"manager": "U5"}, "U9", ("manager",)),
    ("access", {}, "U9", ()),
    ("access", ALL, "U1", ("manager", "escalation")),
    ("other", ALL, "U5", ("escalation",)),
    ("access", {**ALL, "operations": "U5"}, "U9", ("operations", "escalation")),
    ("other", {"manager": "U5", "escalation": "U5"}, "U9", ("manager",)),
]


@pytest.mark.parametrize(("kind", "people", "raiser", "roles"), HELPERS)
def test_who_is_asked(
    kind: str, people: dict[str, str], raiser: str, roles: tuple[str, ...], playbook: Playbook
) -> None:
    assert helpers(kind, people, raiser, playbook.blocker) == roles


@pytest.mark.parametrize(("worked", "names"), [
    (0, []), (119, []), (120, ["remind"]), (239, ["remind"]), (240, ["remind", "escalate"]),
    (480, ["remind", "escalate", "contact"]), (9999, ["remind", "escalate", "contact"]),
])  # fmt: skip
def test_steps_by_working_minutes(worked: int, names: list[str], playbook: Playbook) -> None:
    assert [step.name for step in steps_due(worked, playbook.blocker)] == names


def test_steps_wait_for_the_helpers_working_time(playbook: Playbook) -> None:
    hours = Hours("Europe/Madrid", frozenset(range(5)), time(9), time(17))
    friday = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # 16:00 there: an hour is left
    due = [step_at(each, hours, friday) for each in playbook.blocker.steps]
    monday = datetime(2026, 11, 30, tzinfo=UTC)
    assert due == [monday + timedelta(hours=9), monday + timedelta(hours=11), monday + timedelta(hours=15)]


def test_what_keeps_coming_back(playbook: Playbook) -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    ago = {"access": (1, 2, 13), "feedback": (1, 2), "other": (1, 2, 15)}
    raised = [(kind, now - timedelta(days=days)) for kind, each in ago.items() for days in each]
    assert repeated(raised, now, playbook.blocker) == ("access",)


COMMANDS = [
    ("", Command("")), ("  ", Command("")), ("list", Command("list")), ("List", Command("list")), ("mine", Command("mine")),
    ("help", Command("help")), ("?", Command("help")), ("done", Command("done")), ("done 12", Command("done", 12)),
    ("done #12", Command("done", 12)), ("DONE 12", Command("done", 12)), ("resolved 12", Command("done", 12)),
    ("done 12 got it, thanks", Command("done", 12, "got it, thanks")), ("12", Command("show", 12)), ("#12", Command("show", 12)),
    ("12 done", Command("done", 12)), ("#12 done", Command("done", 12)), ("12 done!", Command("done", 12)), ("12: solved", Command("done", 12)),
    ("12 update waiting for legal", Command("update", 12, "waiting for legal")), ("12 update: R&amp;D knows", Command("update", 12, "R&D knows")),
    ("update 12 waiting", Command("update", 12, "waiting")), ("#12 fixed by itself", Command("done", 12, "by itself")),
    ("12 take", Command("take", 12)), ("12 on it", Command("take", 12)), ("reopen 12", Command("reopen", 12)),
    ("12 <@U123ABC>", Command("hand", 12, person="U123ABC")), ("12 <@U123ABC|lee>", Command("hand", 12, person="U123ABC")),
    ("#12 <@W9|lee> please", Command("hand", 12, "please", "W9")),
    ("need Figma access", Command("new", rest="need Figma access")),
    ("12 people are locked out", Command("new", rest="12 people are locked out")),
    ("12 fixed assets are missing", Command("new", rest="12 fixed assets are missing")),
    ("12:30 call never happened", Command("new", rest="12:30 call never happened")),
    ("close 12 accounts", Command("new", rest="close 12 accounts")),
    ("done deals are missing", Command("new", rest="done deals are missing")),
    ("list of users is empty", Command("new", rest="list of users is empty")),
    ("help with css needed", Command("new", rest="help with css needed")),
    ("updates fail", Command("new", rest="updates fail")),
    ("0 done", Command("new", rest="0 done")), ("99999999999 done", Command("new", rest="99999999999 done")),
    ("a &lt; b\x00", Command("new", rest="a < b")),
    ("<@U1> has not answered", Command("new", rest="<@U1> has not answered")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "command"), COMMANDS)
def test_a_command(text: str, command: Command, playbook: Playbook) -> None:
    assert read_command(text, playbook.blocker) == command


@given(st.text())
def test_any_command_is_read(text: str) -> None:
    read_command(text, BOOK)
    from_message(text, BOOK)


@pytest.mark.parametrize(("text", "rest"), [
    ("blocked: no Figma access", "no Figma access"), ("Blocked:no access", "no access"), ("  blocker: x", "x"), ("blocked:", ""),
    ("stuck: R&amp;D", "R&D"), ("I am blocked: x", None), ("blocked by legal", None), ("", None),
])  # fmt: skip
def test_a_direct_message(text: str, rest: str | None, playbook: Playbook) -> None:
    assert from_message(text, playbook.blocker) == rest


def test_the_numbers_of_the_guide(playbook: Playbook) -> None:
    book = playbook.blocker
    assert [(step.minutes, step.to) for step in book.steps] == [(120, "helper"), (240, "manager"), (480, "escalation")]
    assert (book.repeat.count, book.repeat.days, book.window_minutes) == (3, 14, 240)
    assert [(kind.key, kind.role) for kind in book.kinds] == [
        ("access", "operations"), ("priority", "owner"), ("feedback", "lead"), ("information", "buddy"), ("other", "manager"),
    ]  # fmt: skip
    assert [book.since_minutes(key) for key in ("now", "1h", "2h", "more", "unheard of")] == [0, 60, 120, 240, 0]
    impact = book.impact("stopped")
    assert impact
    assert (english(impact.label), book.impact("unheard of")) == ("I am fully stopped", None)
