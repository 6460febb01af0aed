"""Everything about access stays within what Slack takes, however many tools there are and whatever they are called."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from blocks import access as draw
from blocks import access_confirm as question
from blocks.access import About
from playbook.access import AccessProgress, Line, Rights
from sandbox.blockkit import check_blocks, check_view
from tests.said import said

draw = said(draw)
question = said(question)

AT = datetime(2026, 11, 3, 9, tzinfo=UTC)
ABOUT = About("U0ANA", date(2026, 11, 3), manager_id="U0BRUNO", left=True)
HOSTILE = "<!channel> & *bold* \u202eevil | " * 12
MOST_CHARACTERS = 13_200
EVERYTHING = Rights(opens=True, confirms=False, verifies=True)


def tools(count: int, done: str = "", *, critical: bool = True, name: str = HOSTILE) -> Sequence[Line]:
    return [
        Line(
            f"{number:032}", f"{number} {name}"[:80], HOSTILE, f"https://example.com/{'a' * 200}|{number}", critical,
            AT if "o" in done else None, "U0OLIVIA000",
            AT if "c" in done else None, AT if "v" in done else None, "U0OLIVIA000",
        )
        for number in range(count)
    ]  # fmt: skip


def mrkdwn(part: Any) -> Iterator[str]:
    """Give every text in which marks would come alive."""
    if isinstance(part, dict) and part.get("type") == "mrkdwn":
        yield part["text"]
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for one in inner:
        yield from mrkdwn(one)


@pytest.mark.parametrize("done", ["", "o", "oc", "ocv"])
@pytest.mark.parametrize("count", [0, 1, 5, 6, 11, 60, 200])
def test_slack_takes_every_letter(count: int, done: str) -> None:
    lines = tools(count, done)
    for text, blocks in (
        draw.prepare(ABOUT, lines),
        draw.reminder(ABOUT, lines),
        question.confirm("U0ANA", lines),
        question.reminder("U0ANA", lines),
    ):
        assert check_blocks(blocks, "message") == []
        assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS
        assert 0 < len(text) < 3000
        assert "<!channel>" not in " ".join([text, *mrkdwn(blocks)])


@pytest.mark.parametrize("done", ["", "o", "oc", "ocv"])
@pytest.mark.parametrize("count", [1, 10, 11, 60, 200, 400])
def test_slack_takes_every_page_and_form(count: int, done: str) -> None:
    lines = tools(count, done)
    for number in (0, 1, 99):
        for rights in (EVERYTHING, Rights(confirms=True), Rights(verifies=True)):
            view = draw.page(ABOUT, lines, rights, number, "|U0ANA:1")
            assert check_view(view) == []
            assert len(view["blocks"]) <= 100
    assert check_view(draw.open_form(ABOUT, lines, "|U0ANA:1")) == []
    assert check_view(question.confirm_form(lines, "|U0ANA:1")) == []
    assert check_view(draw.page(ABOUT, [], EVERYTHING, 0, "")) == []
    assert check_view(question.how("words")) == []


def test_what_does_not_fit_is_counted_and_what_is_missing_comes_first() -> None:
    lines = [*tools(60, "o"), Line("last", "The one that is missing")]
    shown = json.dumps(draw.prepare(ABOUT, lines)[1], ensure_ascii=False)
    assert shown.index("The one that is missing") < shown.index("opened by")
    assert "more. “Tick one by one” has them all." in shown


LINES = [
    (AccessProgress(), ""),
    (AccessProgress(opened=5, total=7), "Access: 5 of 7 open"),
    (AccessProgress(5, 3, 1, 7, 4), "Access: 5 of 7 open, 2FA 3 of 4 confirmed"),
]


@pytest.mark.parametrize(("counted", "said"), LINES)
def test_the_line_for_home(counted: AccessProgress, said: str) -> None:
    assert draw.home_line(counted) == said


LINKS = [
    ("https://example.com/a", "<https://example.com/a|link>"),
    ("https://example.com/a?b=1&c=<x>|y", "<https://example.com/a?b=1&amp;c=&lt;x&gt;%7Cy|link>"),
    ("javascript:alert(1)", ""), ("", ""), ("ask Olivia", ""), ("https://example.com/" + "a" * 300, ""),
]  # fmt: skip


@pytest.mark.parametrize(("link", "shown"), LINKS)
def test_only_web_addresses_become_links(link: str, shown: str) -> None:
    assert draw.web(link) == shown


NAMES = [
    ([], ""), (["GitHub"], "GitHub"), (["GitHub", "Figma"], "GitHub and Figma"), (list("ABC"), "A, B and C"),
    (list("ABCDEFG"), "A, B, C, D, E and 2 more"),
]  # fmt: skip


@pytest.mark.parametrize(("names", "said"), NAMES)
def test_names_in_a_sentence(names: list[str], said: str) -> None:
    assert question.listed(names) == said


def test_who_confirmed_and_who_verified_and_when() -> None:
    [line] = tools(1, "ocv", name="GitHub")
    said = draw.proof("U0ANA", line)
    assert said.startswith("2FA on 0 GitHub: confirmed by <@U0ANA> <!date^")
    assert ", verified by <@U0OLIVIA000> <!date^" in said
