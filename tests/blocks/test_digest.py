"""The digest stays within what Slack takes, however much there is to say, and says it in order."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from blocks import digest_nudge
from blocks.digest import Edition, LookBack, Worked, draw, unique, with_counts
from blocks.digest_path import late, lonely, unready
from blocks.digest_today import Today
from blocks.digest_week import week_page
from playbook import load as playbook
from playbook.days import Week
from playbook.digest import Alone, Logged, Overdue, Preparing, Stuck, Unready, digest
from sandbox.blockkit import check_blocks, check_view
from storage.digest import Counted
from storage.rhythm_tables import Away, Meeting
from tests.said import said

digest_nudge = said(digest_nudge)
draw = said(draw)
unique = said(unique)
with_counts = said(with_counts)
late = said(late)
lonely = said(lonely)
unready = said(unready)
week_page = said(week_page)
digest = said(digest)

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
WEEK = Week.of(DAY)
BOOK = playbook.load().digest
# Slack refuses a message whose blocks have more than about this many characters (seen in bolt-js issues 2509 and 2867).
MOST_CHARACTERS = 13_200
MOST_TEXT = 4_000
HOSTILE = "<!channel> & *bold* \u202eevil " * 40


def name(number: int) -> str:
    return f"{number:03} " + "Maximiliane-Alexandra " * 4


def logged(number: int, silent: int = 0, minutes: int = 400) -> Logged:
    return Logged(f"U{number:010}", name(number)[:80], silent, DAY - timedelta(days=1), minutes)


def stuck(number: int, worked: int = 0) -> Stuck:
    return Stuck(number, f"U{number:010}", HOSTILE, worked, helper="U0HELPER000", key=f"{number:032}")


def worked(number: int, minutes: int = 400) -> Worked:
    days = {day: minutes for day in WEEK.days if minutes}
    return Worked(f"U{number:010}", name(number)[:80], 1800, days)


def preparing(people: int) -> Preparing:
    ids = [f"U{n:010}" for n in range(people)]
    return Preparing(
        [Overdue(one, HOSTILE, 60, HOSTILE, DAY) for one in ids],
        [Unready(one, HOSTILE, DAY, -5, 59, 60, (HOSTILE,) * 30) for one in ids],
        [Alone(one, HOSTILE, ("manager", "operations", "buddy"), ("owner", "lead", "escalation")) for one in ids],
    )


def edition(
    people: int,
    silent: int = 0,
    late: int = 0,
    aging: int = 0,
    *,
    weekly: bool = False,
    path: int = 0,
    busy: bool = False,
) -> Edition:
    blockers = [stuck(n, 300) for n in range(late)] + [stuck(1000 + n, 150) for n in range(aging)]
    found = digest(blockers, [logged(n, 3 if n < silent else 0) for n in range(people)], BOOK, preparing(path))
    back = LookBack(WEEK.previous, locked=False, opened=3, resolved=2) if weekly else None
    meetings = [
        Meeting(id=f"{n:032}", team_id="T", user_id=f"U{n:010}", manager_id="U0MANAGER00", at=NOON)
        for n in range(people)
    ]
    away = [
        Away(team_id="T", user_id=f"U{n:010}", first=DAY, last=date(2026, 12, 30), planned_at=NOON, planned_by="U")
        for n in range(people)
    ]
    today = Today(meetings, [(one, DAY) for one in away]) if busy else Today()
    return Edition(DAY, found, [worked(n) for n in range(people)], WEEK.days, NOON, back=back, today=today)


@pytest.mark.parametrize("weekly", [False, True])
@pytest.mark.parametrize("people", [0, 1, 2, 6, 7, 30, 31, 200])
@pytest.mark.parametrize(("silent", "late", "aging"), [(0, 0, 0), (1, 1, 1), (200, 40, 40)])
@pytest.mark.parametrize("path", [0, 1, 200])
def test_slack_takes_every_digest(people: int, silent: int, late: int, aging: int, path: int, *, weekly: bool) -> None:
    text, blocks = draw(edition(people, silent, late, aging, weekly=weekly, path=path, busy=True))
    assert check_blocks(blocks, "message") == []
    assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS
    assert 0 < len(text) < MOST_TEXT
    assert "<!channel>" not in json.dumps(blocks)


def test_one_line_when_all_is_well() -> None:
    text, blocks = draw(edition(4))
    assert text == "All 4 contractors on track."
    assert len(blocks) == 1


def test_one_person_is_named_rather_than_counted() -> None:
    assert draw(edition(1))[0] == f"<@{logged(0).contractor}> is on track."


def test_what_needs_somebody_comes_before_the_hours() -> None:
    text, blocks = draw(edition(4, silent=1, late=2, aging=1))
    shown = json.dumps(blocks, ensure_ascii=False)
    places = [shown.index(words) for words in ("Past 4 h", "Getting old", "No log", '"table"', "data_visualization")]
    assert places == sorted(places)
    assert text == ("2 blockers past 4 h · 1 blocker getting old · 1 person without a log for two working days or more")


def test_what_is_missing_on_the_path_comes_after_blockers_and_before_quiet_logs() -> None:
    text, blocks = draw(edition(4, silent=1, late=1, path=3))
    shown = json.dumps(blocks, ensure_ascii=False)
    places = [shown.index(said) for said in ("Past 4 h", "🟡 Checklist", "🟡 Access", "🟡 People", "No log", '"table"')]
    assert places == sorted(places)
    assert "3 checklists overdue · access not ready for 3 people · helpers missing for 3 people" in text
    assert [shown.count(f'"{action}"') for action in ("checklist.open", "access.open", "contractor.edit")] == [2, 2, 2]
    assert "…and 1 more like this; see your Home tab." in shown


UNREADY = [
    (1, 3, 7, (), "starts tomorrow and 3 of 7 tools are not open yet"),
    (0, 1, 7, (), "starts today and 1 of 7 tools is not open yet"),
    (4, 2, 7, (), "starts on Tue 24 Nov and 2 of 7 tools are not open yet"),
    (-3, 1, 1, ("GitHub",), "has started and 1 of 1 tool is not open yet; 2FA is not confirmed for GitHub"),
    (-3, 0, 7, ("GitHub", "Figma"), ": 2FA is not confirmed for GitHub and Figma"),
    (-3, 0, 7, ("A", "B", "C", "D", "E"), ": 2FA is not confirmed for A, B, C and 2 more"),
]


@pytest.mark.parametrize(("in_days", "missing", "total", "names", "said"), UNREADY)
def test_what_access_lacks(in_days: int, missing: int, total: int, names: tuple[str, ...], said: str) -> None:
    shown = unready(Unready("U1", "Ana", DAY, in_days, missing, total, names))
    assert shown.removeprefix("<@U1>").strip() == said


ALONE = [
    (("buddy",), (), "<@U1> has no Shadow Buddy"),
    (("operations", "buddy"), (), "<@U1> has no operations or Shadow Buddy"),
    ((), ("manager",), "<@U1>: their manager has left"),
    (("buddy",), ("owner", "lead"), "<@U1> has no Shadow Buddy, and their Project Owner and technical lead have left"),
]


@pytest.mark.parametrize(("nobody", "left", "said"), ALONE)
def test_who_is_missing(nobody: tuple[str, ...], left: tuple[str, ...], said: str) -> None:
    assert lonely(Alone("U1", "Ana", nobody, left)) == said


@pytest.mark.parametrize(("items", "said"), [(1, "1 item overdue, Sign"), (3, "3 items overdue, oldest: Sign")])
def test_what_is_overdue(items: int, said: str) -> None:
    assert late(Overdue("U1", "Ana", items, "Sign the contract", DAY)) == f"<@U1>: {said} the contract (Tue 24 Nov)"


def test_who_was_asked_is_not_offered_again() -> None:
    before = edition(2, silent=2)
    after = Edition(**{**vars(before), "asked": frozenset({logged(0).contractor})})
    assert json.dumps(draw(before)[1]).count("digest.nudge") == 2
    assert json.dumps(draw(after)[1]).count("digest.nudge") == 1


def test_counts_are_only_added_to_a_look_back() -> None:
    assert with_counts(edition(1), Counted(5, 4)).back is None
    back = with_counts(edition(1, weekly=True), Counted(5, 4)).back
    assert back is not None
    assert (back.opened, back.resolved) == (5, 4)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("Ana", "Jun"), ["Ana", "Jun"]),
        (("Ana", "Ana"), ["Ana", "Ana 2"]),
        (("A" * 30, "A" * 30, "A" * 31), ["A" * 20, "A" * 17 + " 2", "A" * 17 + " 3"]),
        (("", "  "), ["–", "– 2"]),
    ],
)
def test_names_in_a_chart_differ(names: tuple[str, ...], shown: list[str]) -> None:
    assert unique(names) == shown


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("people", [0, 1, 60, 61, 200, 1000])
def test_slack_takes_every_week(people: int, *, locked: bool, newest: bool) -> None:
    assert check_view(week_page(WEEK, [worked(n) for n in range(people)], locked=locked, newest=newest)) == []


def test_a_closed_week_can_be_opened_again_for_each() -> None:
    closed = json.dumps(week_page(WEEK, [worked(1), worked(2)], locked=True, newest=False))
    assert closed.count('"log.reopen"') == 2
    assert "log.reopen" not in json.dumps(week_page(WEEK, [worked(1)], locked=False, newest=True))


def test_slack_takes_the_kind_question() -> None:
    text, blocks = digest_nudge.nudge("U0MANAGER00", 3)
    assert check_blocks(blocks, "message") == []
    assert "3 quiet working days" in text
