"""What people see of the path stays within what Slack takes."""

import json
from datetime import UTC, date, datetime, time

import pytest

from blocks import contractor as draw
from blocks.contractor import Filled, days_of, hours_of
from blocks.delivery import WHY, notice, why
from sandbox.blockkit import check_blocks, check_view
from storage.tables import Contractor, Letter, Person

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


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    "filled",
    [
        Filled(weekly_minutes=1800, weekdays=frozenset({0})),
        Filled("U1", date(2026, 11, 2), "U2", LONG[:80], LONG[:80], "C1", 2250, frozenset(range(7)), helpers=HELPERS),
    ],
)
def test_slack_takes_the_form(filled: Filled, *, known: bool) -> None:
    assert check_view(draw.form(filled, "C1|U1", known=known)) == []


@pytest.mark.parametrize("people", [1, 20, 21, 200])
def test_slack_takes_every_list(people: int) -> None:
    blocks = draw.listed([(place(n), person(n)) for n in range(people)])
    assert check_blocks(blocks, "message") == []
    assert check_view({"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": blocks}) == []
    assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS
    assert "<!here>" not in json.dumps(blocks)


@pytest.mark.parametrize("guest", ["", "multi", "single"])
def test_slack_takes_the_first_words(guest: str) -> None:
    for text, blocks in (
        draw.welcome(place(), person(guest=guest), HELPERS),
        draw.to_manager(place(), "Europe/Madrid"),
        draw.changed(place(), "Europe/Madrid", HELPERS),
        draw.without_manager("U0BRUNO0000", [f"U{n:010}" for n in range(200)]),
    ):
        assert check_blocks(blocks, "message") == []
        assert 0 < len(text) < 4000
    assert check_blocks(draw.nobody(), "message") == []
    for may_edit in (True, False):
        assert check_blocks(draw.card(place(), "Europe/Madrid", HELPERS, may_edit=may_edit), "message") == []


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
