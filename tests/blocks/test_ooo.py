"""What is shown of time away: how stretches are named, and that long lists and long words hold."""

from datetime import UTC, date, datetime

import pytest

from blocks import ooo as draw
from blocks import ooo_letter as letters
from blocks.ooo import Gone, Noted
from blocks.ooo_letter import Summary, Told
from tests.said import said

draw = said(draw)
letters = said(letters)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG = "<!here> *" + "w" * 300


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), "Tue 1 Dec"),
        (date(2026, 12, 1), date(2026, 12, 4), "Tue 1 – Fri 4 Dec"),
        (date(2026, 11, 30), date(2026, 12, 4), "Mon 30 Nov – Fri 4 Dec"),
        (date(2026, 12, 28), date(2027, 1, 5), "Mon 28 Dec – Tue 5 Jan 2027"),
        (date(2027, 1, 4), date(2027, 1, 4), "Mon 4 Jan 2027"),
        (date(2025, 12, 29), date(2026, 1, 2), "Mon 29 Dec 2025 – Fri 2 Jan"),
    ],
)
def test_a_stretch_is_named_as_short_as_it_is_clear(first: date, last: date, shown: str) -> None:
    assert draw.span(first, last, TODAY) == shown


@pytest.mark.parametrize(
    ("last", "working", "said"),
    [
        (1, 1, "(1 day)"),
        (1, 0, "not a working day anyway"),
        (4, 4, "(4 working days)"),
        (6, 4, "6 days, 4 working days"),
    ],
)
def test_days_are_counted_plainly(last: int, working: int, said: str) -> None:
    text, _ = draw.noted(Noted("1", "", date(2026, 12, 1), date(2026, 12, last), TODAY, working))
    assert said in text


def test_a_list_of_two_hundred_who_are_away_holds() -> None:
    gone = [
        Gone(f"U{number:011}", TODAY, TODAY, kind="holiday", note=LONG, deputy_id="U1" * 6) for number in range(200)
    ]
    text, blocks = draw.who(gone, [("<@U1>", TODAY, LONG)] * 8, TODAY, 14)
    assert "and 170 more" in text
    assert "<!here>" not in text
    lengths = [len(block["text"]["text"]) for block in blocks if block["type"] == "section"]
    assert max(lengths) <= 3000
    assert sum(lengths) <= 13_000


def test_letters_hold_with_long_words_and_many_of_them() -> None:
    many = [(number, LONG) for number in range(50)]
    told = Told("U1", TODAY, TODAY, TODAY, 1, "Off", note=LONG, blockers=many, meetings=[NOW] * 50, items=[LONG] * 60)
    summary = Summary(
        TODAY, TODAY, TODAY, many, many, many, [NOW] * 50, [NOW] * 50, [LONG] * 60, [NOW] * 50, [NOW] * 50
    )
    for text, blocks in (letters.to_manager(told), letters.welcome(summary)):
        assert "<!here>" not in text
        assert all(len(block["text"]["text"]) <= 3000 for block in blocks if block["type"] == "section")


def test_holidays_say_in_words_what_they_count_as() -> None:
    days = [(date(2026, 11, 30), "Bonifacio Day", False), (date(2026, 12, 8), "Feast", True)]
    text, blocks = draw.announced(days, "Philippines", "stem", date(2026, 11, 26))
    assert text.splitlines()[0] == "Monday is Bonifacio Day in Philippines. I count it as a day off."
    assert "Tue 8 Dec is Feast in Philippines. You work on it" in text
    assert [block["accessory"]["text"]["text"] for block in blocks] == ["I'm working", "Day off after all"]
