"""Everything that is drawn of logged time: accepted by Slack, and harmless whatever somebody typed."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from blocks import log as shown
from blocks import log_form as drawn
from blocks import log_line
from blocks import log_reminder as letters
from blocks.log import Stored, Totals
from blocks.log_form import Row
from playbook import load as playbook
from playbook.days import Week
from playbook.log import Entry
from sandbox.blockkit import check_blocks, check_view
from tests.said import said

shown = said(shown)
drawn = said(drawn)
log_line = said(log_line)
letters = said(letters)

BOOK = playbook.load().log
MON = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TOTALS = Totals(MON, MON, 375, 1260, 360, 1800)
NASTY = [
    "",
    "<!channel> <@U0AAAAAAAA> <#C0AAAAAAAA>",
    "`code` *bold* ~no~ \x00\x07",
    "🎉" * 100,
    "\u202eabc\u2066",
    "x" * 3000,
    "a\nb\r\nc",
    "'; DROP TABLE log_entry; --",
    "&lt;!here&gt;",
    "&" * 300,
]


def entry(note: str = "", minutes: int = 150, **more: Any) -> Entry:
    return Entry(MON, minutes, note=note, **({"category": "build", "project": "acme"} | more))


def stored(*entries: Entry) -> list[Stored]:
    return [Stored(f"{number:032x}", each) for number, each in enumerate(entries)]


def parsed(part: Any) -> list[str]:
    """Give every text in which Slack looks for mentions and links."""
    if isinstance(part, dict) and part.get("type") == "mrkdwn":
        return [part["text"]]
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [text for each in inner for text in parsed(each)]


def fine(said: shown.Said) -> str:
    text, blocks = said
    assert text
    assert check_blocks(blocks, "message") == []
    whole = "\n".join([text, *parsed(blocks)])
    for alive in ("<!channel", "<!here", "<@U0AAAAAAAA", "<#C0AAAAAAAA", "\x00", "\u202e"):
        assert alive not in whole
    return text


@pytest.mark.parametrize("note", NASTY)
def test_whatever_is_typed_is_drawn_safely(note: str) -> None:
    one = stored(entry(note, project=note[:200], links=("https://x.example/a|b>c",)))
    many = stored(*(entry(note, minutes, category=kind.key) for minutes, kind in enumerate(BOOK.categories, start=1)))
    week = Week.of(MON)
    for each in (
        shown.saved(one, [TOTALS], BOOK, first=True),
        shown.saved(many, [TOTALS, TOTALS], BOOK),
        shown.undone(one, TOTALS, BOOK),
        shown.of_day(many, TOTALS, BOOK),
        shown.of_week(week, many, TOTALS, [360] * 5 + [0, 0], BOOK, closed=False),
        shown.picker(many, BOOK, MON),
        shown.started(NOW, shown.about(note, "build", note, BOOK)),
        drawn.unfinished([note or "?"], MON),
    ):
        fine(each)


@pytest.mark.parametrize("note", NASTY)
def test_the_form_is_accepted_and_reads_back(note: str) -> None:
    rows = [Row(MON.isoformat(), "2h", note[:300], "build", note, "https://x.example", "good")] * drawn.MOST_ROWS
    view = drawn.form(rows, BOOK, "C1|", [note or "?"], closed=MON)
    assert check_view(view) == []
    names = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert len(set(names)) == len(names) == 5 * len(drawn.NAMES)
    assert set(names) >= set(drawn.PROJECTS[:5])


def test_ten_entries_of_a_line_all_fit_into_the_form() -> None:
    view = drawn.form([Row(MON.isoformat(), "2h")] * BOOK.entries_limit, BOOK, "C1|", ["one more look"])
    assert check_view(view) == []
    assert drawn.PROJECTS[-1] in json.dumps(view)


def test_the_form_of_an_entry_offers_to_remove_it_and_no_more_rows() -> None:
    view = drawn.form([Row(MON.isoformat(), "2h")], BOOK, "C1|e", entry_id="e")
    assert check_view(view) == []
    assert shown.REMOVE in json.dumps(view)
    assert drawn.ANOTHER_ROW not in json.dumps(view)


def test_rows_are_read_back_by_their_names() -> None:
    answers = {
        "day": "2026-11-23",
        "length": "2h",
        "note": " x ",
        "length_2": "",
        "day_2": "2026-11-22",
        "length_4": "9h",
    }
    first, second = drawn.rows(answers)
    assert (first.day, first.length, first.note) == ("2026-11-23", "2h", "x")
    assert (second.day, second.used) == ("2026-11-22", False)
    assert drawn.from_values(drawn.as_values([first, second])) == (first, second)


def test_a_hundred_entries_still_fit() -> None:
    many = stored(*(entry("n" * 300, 1) for _ in range(130)))
    fine(shown.of_day(many, TOTALS, BOOK))
    fine(shown.of_week(Week.of(MON), many, TOTALS, [360] * 7, BOOK, closed=True))


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        (TOTALS, "today 6 h 15 of 6 h ▓▓▓▓▓▓▓▓ · week 21 h of 30 h"),
        (Totals(date(2026, 11, 22), MON, 60, 60, 0, 1800), "yesterday 1 h · week of Mon 16 Nov 1 h of 30 h"),
        (
            Totals(date(2026, 11, 20), MON, 180, 180, 360, 1800),
            "Fri 20 Nov 3 h of 6 h ▓▓▓▓░░░░ · week of Mon 16 Nov 3 h of 30 h",
        ),
    ],
)
def test_totals_stand_against_what_was_agreed(totals: Totals, said: str) -> None:
    assert shown.totals_line(totals) == said


def test_empty_days_and_weeks_teach() -> None:
    for line in (
        shown.of_day([], TOTALS, BOOK),
        shown.of_week(Week.of(MON), [], TOTALS, [0] * 7, BOOK, closed=False),
    ):
        assert "/log" in json.dumps(line[1])
        fine(line)


def test_letters_are_accepted_and_say_the_whole_in_words() -> None:
    week = Week.of(MON)
    for line in (
        letters.reminder(MON, typing=True, running_since=NOW),
        letters.reminder(MON, typing=False),
        letters.follow_up(MON),
        *(letters.answered(MON, answer) for answer in ("off", "tomorrow", "muted", "logged")),
        letters.ask_to_reopen("U1", week, MON),
        letters.reopened_by("U1", week, "U2"),
        letters.open_again(week, "U2"),
        drawn.closed(week),
        shown.help_text([category.key for category in BOOK.categories]),
    ):
        fine(line)


def test_a_link_is_shown_by_its_site_and_cannot_break_out() -> None:
    assert log_line.linked("https://loom.com/a|b>c&d") == "<https://loom.com/a%7Cb%3Ec&amp;d|loom.com>"
    assert log_line.linked("https://[broken") == "<https://[broken|link>"


def test_lines_that_do_not_fit_are_counted() -> None:
    assert log_line.fit(["a", "b"]) == "a\nb"
    assert log_line.fit(["x" * 60] * 3, room=130) == "\n".join(["x" * 60, "x" * 60, "… and 1 more"])
    assert len(log_line.within("&" * 5000)) <= log_line.ROOM
    assert log_line.within("fine") == "fine"
