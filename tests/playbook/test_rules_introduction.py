"""What may stand in an introduction, and on which days somebody is asked for it."""

from datetime import UTC, date, datetime

import pytest

from playbook.introduction import TWO_LINES, WORDS, Draft, ask_day, day_words, good_video, problems, town, two_lines_day
from playbook.load import Playbook
from playbook.path import Path
from tests.said import said

ask_day = said(ask_day)
day_words = said(day_words)
good_video = said(good_video)
problems = said(problems)
town = said(town)
two_lines_day = said(two_lines_day)

PATH = Path(date(2026, 11, 23), "Asia/Manila", frozenset({0, 1, 2, 3, 4}))
FULL = Draft("Designer", "Slow checkout", "I sail", "Manila", "")


@pytest.mark.parametrize(
    ("draft", "needed", "fields"),
    [
        (FULL, WORDS, set()),
        (Draft(), WORDS, set(WORDS)),
        (Draft("  ", "x", "x", "x"), WORDS, {"role"}),
        (Draft("Designer", "Slow checkout"), TWO_LINES, set()),
        (Draft(fun_fact="I sail"), TWO_LINES, {"role", "bottleneck"}),
        (Draft("x" * 150, "x", "x", "x"), WORDS, set()),
        (Draft("x" * 151, "x", "x", "x"), WORDS, {"role"}),
        (Draft("x", "x", "x" * 151), TWO_LINES, {"fun_fact"}),
        (Draft("x", "x", "x", "x", "http://loom.com/a"), WORDS, {"video"}),
    ],
)
def test_what_cannot_stay(playbook: Playbook, draft: Draft, needed: tuple[str, ...], fields: set[str]) -> None:
    assert set(problems(draft, playbook.introduction, needed)) == fields


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("", True),
        ("https://www.loom.com/share/abc?t=1", True),
        ("https://youtu.be/abc", True),
        ("HTTPS://youtu.be/abc", True),
        ("http://youtu.be/abc", False),
        ("youtu.be/abc", False),
        ("https://localhost/x", False),
        ("https://[broken", False),
        ("https://a.b/c|d", False),
        ("https://a.b/c>", False),
        ("https://a.b/c d", False),
        ("javascript:alert(1)//a.b", False),
        ("https://a.b/" + "x" * 300, False),
    ],
)
def test_a_video_is_an_address_that_can_be_linked(playbook: Playbook, address: str, good: bool) -> None:  # noqa: FBT001
    assert good_video(address, playbook.introduction) is good


@pytest.mark.parametrize(
    ("now", "number"),
    [
        ("2026-11-02", -3),
        ("2026-11-17", -3),
        ("2026-11-18", -2),
        ("2026-11-20", 0),
        ("2026-11-23", 1),
        ("2026-11-27", 1),
    ],
)
def test_who_was_added_late_is_asked_today(playbook: Playbook, now: str, number: int) -> None:
    assert ask_day(PATH, datetime.fromisoformat(now).replace(tzinfo=UTC), playbook.introduction) == number


@pytest.mark.parametrize(
    ("added", "number"), [("2026-11-02", 3), ("2026-11-23", 3), ("2026-11-24", 4), ("2026-11-26", 6)]
)
def test_the_contractor_has_two_days_before_the_manager_is_asked(playbook: Playbook, added: str, number: int) -> None:
    assert two_lines_day(PATH, datetime.fromisoformat(added).replace(tzinfo=UTC), playbook.introduction) == number


@pytest.mark.parametrize(
    ("zone", "name"),
    [("Asia/Manila", "Manila"), ("America/New_York", "New York"), ("America/Argentina/Ushuaia", "Ushuaia"), ("UTC", ""),
     ("Etc/GMT+3", "")],
)  # fmt: skip
def test_a_zone_names_a_town(zone: str, name: str) -> None:
    assert town(zone) == name


@pytest.mark.parametrize(("day", "words"), [(20, "today"), (21, "tomorrow"), (23, "on Monday")])
def test_when_a_day_is(day: int, words: str) -> None:
    assert day_words(date(2026, 11, day), date(2026, 11, 20)) == words
