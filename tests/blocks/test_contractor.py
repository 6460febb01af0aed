"""What people see of the path stays within what Slack takes."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from blocks import contractor as draw
from blocks import contractor_form as form
from blocks import contractor_import as sheet
from blocks import contractor_letter as letter
from blocks import contractor_newcomer as guests
from blocks.contractor import Listing, days_of, hours_of
from blocks.contractor_form import COUNTRY, PAGES, Answers, Sheet
from blocks.contractor_import import Line
from blocks.delivery import WHY, notice, why
from sandbox.blockkit import check_blocks, check_view
from storage.path_tables import Invite
from storage.tables import Contractor, Letter, Person
from tests.said import said

draw = said(draw)
form = said(form)
sheet = said(sheet)
letter = said(letter)
guests = said(guests)
days_of = said(days_of)
hours_of = said(hours_of)
notice = said(notice)
why = said(why)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG = "Maximiliane <!here> & Alexandra " * 3
HELPERS = {"manager": "U0BRUNO0000", "operations": "U0OLIVIA000", "owner": "", "lead": "U0LENA00000", "buddy": ""}
MOST_CHARACTERS = 13_200


def place(number: int = 1) -> Contractor:
    return Contractor(
        team_id="T1", user_id=f"U{number:010}", manager_id="U0BRUNO0000", role=LONG[:80], project=LONG[:80],
        project_channel="C0ACME00000", start_date=date(2026, 11, 2), weekly_minutes=1800, weekdays="0,1,2,3,4",
        day_start=time(9), day_end=time(17, 30), added_at=NOW, added_by="U0OLIVIA000",
    )  # fmt: skip


def person(number: int = 1, guest: str = "") -> Person:
    return Person(
        team_id="T1", user_id=f"U{number:010}", name=LONG[:80], zone="America/Argentina/Buenos_Aires", guest=guest
    )


FULL: Answers = {
    "start_date": "2026-12-01", "role": LONG[:80], "bottleneck": LONG[:150], "project": LONG[:80], "template": "Design",
    "manager_id": "U0BRUNO0000", "buddy": "U0LENA00000", "operations": "U0OLIVIA000", COUNTRY: "PH",
    "weekdays": tuple("0123456"), "day_start": "22:00", "day_end": "06:00", "weekly_minutes": "37.5",
    "project_channel": "C0ACME00000",
}  # fmt: skip
EMPTY: Answers = {"weekdays": ("0",), "day_start": "09:00", "day_end": "17:00"}


def invite(number: int = 1) -> Invite:
    return Invite(
        team_id="T1", email=f"{'long' * 19}{number}@example.com", values={"role": LONG, "project": LONG},
        manager_id="U0BRUNO0000", start_date=date(2026, 12, 1), added_at=NOW, added_by="U0OLIVIA000",
    )  # fmt: skip


@pytest.mark.parametrize("page", list(PAGES))
@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(EMPTY, "|", clock="known later"),
        Sheet(FULL, "C1|U1", known="U1", notes=[LONG] * 12, clock="Asia/Manila", templates=["Design"] * 200, kept=True),
        Sheet(FULL, "C1|a@b.co", awaited="a" * 60 + "@example.com", notes=[LONG], clock="Asia/Manila"),
    ],
)
def test_slack_takes_every_page_of_the_form(page: str, sheet: Sheet) -> None:
    view = form.page(page, sheet)
    assert check_view(view) == []
    assert set(PAGES[page]) >= {block["block_id"] for block in view["blocks"] if block["type"] == "input"}


@pytest.mark.parametrize(("people", "expected"), [(1, 0), (0, 1), (10, 0), (11, 0), (200, 200)])
def test_slack_takes_every_page_of_the_list(people: int, expected: int) -> None:
    listing = Listing([(place(n), person(n)) for n in range(people)], [invite(n) for n in range(expected)])
    seen = ""
    for page in range(listing.pages):
        blocks = draw.listed(replace(listing, page=page))
        assert check_blocks(blocks, "message") == []
        assert check_view({"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": blocks}) == []
        assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS
        seen += json.dumps(blocks)
    assert "<!here>" not in seen
    assert all(f"<@U{n:010}>" in seen for n in range(people))
    assert all(f"{n}@example.com" in seen for n in range(expected))


@pytest.mark.parametrize("guest", ["", "multi", "single"])
def test_slack_takes_the_first_words(guest: str) -> None:
    for text, blocks in (
        letter.welcome(place(), person(guest=guest), HELPERS),
        letter.welcome(place(), person(guest=guest), HELPERS, date(2026, 12, 1)),
        letter.to_manager(place(), "Europe/Madrid"),
        letter.to_buddy(place()),
        letter.several_for_manager(["<@U1> is on the path with you as manager."] * 200),
        letter.changed(place(), "Europe/Madrid", HELPERS),
        letter.moved(place(), date(2026, 12, 1)),
        letter.moved_around(place(), date(2026, 12, 1)),
        letter.paused(place(), "U0OLIVIA000"),
        letter.resumed(place()),
        letter.paused_for_manager(place(), "U0OLIVIA000"),
        letter.resumed_for_manager(place(), "U0OLIVIA000"),
        letter.expected_for_manager(invite()),
        letter.late(invite()),
        letter.arrived(place(), invite().email),
        letter.not_begun("U1", invite().email, "why"),
        guests.question("U1", "Asia/Manila"),
        guests.tomorrow("U1", "Tue 1 Dec"),
        draw.without_manager("U0BRUNO0000", [f"U{n:010}" for n in range(200)]),
    ):
        assert check_blocks(blocks, "message") == []
        assert 0 < len(text) < 4000
        assert "<!here>" not in json.dumps([text, blocks])
    assert check_blocks(draw.nobody(), "message") == []


@pytest.mark.parametrize("paused", [None, NOW])
@pytest.mark.parametrize("may", [True, False])
def test_slack_takes_a_card(paused: datetime | None, *, may: bool) -> None:
    there = place()
    there.paused_at, there.bottleneck, there.country, there.template = paused, LONG[:150], "PH", LONG[:75]
    blocks = draw.card(there, "Europe/Madrid", HELPERS, may_edit=may, may_pause=may)
    assert check_view(draw.card_page(blocks)) == []
    assert check_view(draw.card_page(draw.expected_card(invite()))) == []
    assert ("Paused since" in json.dumps(blocks)) is (paused is not None)
    assert ("contractor.resume" in json.dumps(blocks)) is (may and paused is not None)


@pytest.mark.parametrize("rows", [1, 25, 26, 200])
def test_slack_takes_the_preview_of_a_file(rows: int) -> None:
    lines = [Line(n, "problem", LONG, LONG * 3, "Tue 1 Dec 2026", LONG, LONG) for n in range(2, rows + 2)]
    for text, blocks in (
        *sheet.tables(lines),
        sheet.preview(LONG * 3, lines, "1" * 32),
        sheet.done(200, 200, lines),
        sheet.explained(200),
    ):
        assert check_blocks(blocks, "message") == []
        assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS
        assert 0 < len(text) < 4000
        raw = [block for block in blocks if block["type"] != "table"]
        assert "<!here>" not in json.dumps([text, raw])


@pytest.mark.parametrize(
    ("weekdays", "said"),
    [
        ({0, 1, 2, 3, 4}, "Mon–Fri"),
        ({0, 2, 3}, "Mon, Wed, Thu"),
        ({5, 6}, "Sat, Sun"),
        ({0}, "Mon"),
        ({6, 0, 1, 2, 3}, "Mon, Tue, Wed, Thu, Sun"),
        (set(range(7)), "Mon–Sun"),
    ],
)
def test_working_days_in_a_few_letters(weekdays: set[int], said: str) -> None:
    assert days_of(frozenset(weekdays)) == said


@pytest.mark.parametrize(("minutes", "said"), [(1800, "30"), (2250, "37.5"), (2265, "37.75"), (60, "1"), (1200, "20")])
def test_hours_as_people_type_them(minutes: int, said: str) -> None:
    assert hours_of(minutes) == said


@pytest.mark.parametrize("code", [*WHY, "unknown whether it arrived: not_in_channel", "brand_new_error", ""])
def test_every_refusal_is_told_in_words_with_a_next_step(code: str) -> None:
    letter = Letter(
        id="1" * 32, team_id="T1", key="k", kind="message", to="C0ACME00000", lane=2, state="failed", blocks=[],
        text="<@U0ANA000000> " * 100, not_before=NOW, expires_at=NOW, created_at=NOW, changed_at=NOW, error=code,
    )  # fmt: skip
    sentence = why(code, "<#C0ACME00000>")
    text, blocks = notice(letter, sentence)
    assert check_blocks(blocks, "message") == []
    assert sentence in text
    assert "{" not in text
    assert json.dumps(blocks).count("<@U0ANA000000>") == json.dumps(blocks).count("<@")
