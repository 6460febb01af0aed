"""What people see of the packet, Who's Who and the lexicon stays within what Slack takes."""

import json
from datetime import UTC, datetime

import pytest

from blocks import packet as draw
from blocks import packet_edit as edit
from blocks import whois as look
from blocks import whois_edit as write
from blocks.kit import View
from blocks.packet_page import parts
from playbook.load import load
from playbook.packet import AUDIENCE, GOALS, MISSION, OWN_RULES, PAGES, TOOLBOX, rule_name
from sandbox.blockkit import check_blocks, check_view
from storage.packet import Contents
from storage.path_tables import Term, Tool, Topic
from tests.said import said

draw = said(draw)
edit = said(edit)
look = said(look)
write = said(write)
parts = said(parts)
load = said(load)
rule_name = said(rule_name)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BOOK = load().packet
AMPS = "&" * 2500
LONG = "Maximiliane <!here> & Alexandra " * 80
ME = "U0ANA000000"
ROLES = {one.role: f"U0{one.role.upper()}" for one in BOOK.map}
MOST_CHARACTERS = 13_200


def contents(words: str = AMPS, *, terms: int = 300, tools: int = 60, topics: int = 200) -> Contents:
    texts = {MISSION: words, AUDIENCE: words, OWN_RULES: words} | dict.fromkeys(GOALS, words[:300])
    texts |= {rule_name(rule.key): words for rule in BOOK.rules}
    return Contents(
        ME,
        ROLES,
        texts,
        [tool(n, words) for n in range(tools)],
        [term(n, words) for n in range(terms)],
        [topic(n, words) for n in range(topics)],
        frozenset({"U2"}),
    )


def tool(number: int, words: str) -> Tool:
    named = f"{number} {words}"[:80]
    link = f"https://{words}"[:200]
    return Tool(team_id="T1", name=named, purpose=named, how=words[:300], link=link, critical=True, position=number)


def term(number: int, words: str, meaning: str | None = None) -> Term:
    named = f"{number} {words}"[:80]
    said = words[:500] if meaning is None else meaning
    return Term(
        team_id="T1", key=named.casefold(), term=named, meaning=said, asked_by=ME, changed_by="U2", changed_at=NOW
    )


def topic(number: int, words: str) -> Topic:
    named = f"{number} {words}"[:80]
    return Topic(
        team_id="T1", key=named.casefold(), topic=named, user_id=f"U{number}", note=words[:200],
        changed_by="U2", changed_at=NOW,
    )  # fmt: skip


def alive(part: object) -> str:
    """Give all that Slack reads as marked text, in which a mention would come alive."""
    if isinstance(part, list):
        return " ".join(alive(one) for one in part)
    if not isinstance(part, dict):
        return ""
    own = str(part.get("text")) if part.get("type") == "mrkdwn" else ""
    return " ".join([own, *(alive(one) for one in part.values())])


def fits(view: View) -> None:
    assert check_view(view) == []
    assert "<!here>" not in alive(view)


@pytest.mark.parametrize("words", [AMPS, LONG[:2500], "x" * 2500, "short", "a\nb\n\nc"])
@pytest.mark.parametrize("page", PAGES)
def test_slack_takes_every_part_of_every_page(page: str, words: str) -> None:
    held = contents(words)
    for part in range(len(parts(page, held, BOOK))):
        for got in ({}, {page: NOW}):
            fits(draw.reader(held, BOOK, page, part, got, f"C1|{ME}:{page}:{part}", mine=True, note="x"))


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_page_says_something(page: str) -> None:
    for held in (Contents(), Contents(ME), Contents(ME, ROLES)):
        (part,) = parts(page, held, BOOK)
        assert all(len(block["text"]["text"]) > 1 for block in part)
        assert check_blocks(part, "message") == []


def test_got_it_stands_on_the_last_part_only() -> None:
    held = contents("short")
    count = len(parts("lexicon", held, BOOK))
    views = [draw.reader(held, BOOK, "lexicon", part, {}, "", mine=True) for part in range(count)]
    assert [("submit" in view) for view in views] == [False] * (count - 1) + [True]
    assert "submit" not in draw.reader(held, BOOK, "lexicon", count - 1, {}, "", mine=False)


def test_every_tool_stands_under_its_purpose() -> None:
    tools = [Tool(team_id="T1", name=f"n{n}", purpose=("Design", "Code")[n % 2], how="x") for n in range(6)]
    (part,) = parts(TOOLBOX, Contents(ME, tools=tools), BOOK)
    assert [block["text"]["text"].splitlines()[0] for block in part] == ["*Design*", "*Code*"]


@pytest.mark.parametrize("got", [{}, {"map": NOW}, dict.fromkeys(PAGES, NOW)])
def test_slack_takes_the_letters(got: dict[str, datetime]) -> None:
    shown = [draw.letter(BOOK, ME, got, "U2"), draw.letter(BOOK, ME, got, ""), draw.finished(BOOK, ME, got)]
    for sent_at in (None, NOW):
        shown += [draw.state(BOOK, contents(), got, sent_at, NOW, may_send=may) for may in (True, False)]
    for text, blocks in shown:
        assert check_blocks(blocks, "message") == []
        assert 0 < len(text) < 4000
    fits(draw.through(contents(), BOOK, got, ""))


@pytest.mark.parametrize("words", [AMPS, LONG[:2500]])
def test_slack_takes_the_editor(words: str) -> None:
    for held in (contents(words), Contents()):
        fits(edit.menu(held, BOOK, "C1|list", "Saved."))
        for page in range(3):
            fits(edit.tools(held.tools, page, ""))
        for part in ("north_star", "rules", "goals"):
            values = edit.texts_of(part, held, BOOK)
            fits(edit.text_form(part, values, BOOK, [draw.changed_meanwhile("U2", NOW, "x")], ""))
            drawn = [block for one in parts("rules", held, BOOK) for block in one]
            fits(draw.preview("x", drawn))
    fits(edit.tool_form(tool(1, words), ("note",), "", "1" * 32))
    fits(edit.tool_form(None, (), ""))


@pytest.mark.parametrize("words", [AMPS, LONG])
def test_slack_takes_the_lists_of_two_hundred(words: str) -> None:
    held = contents(words, terms=200)
    for page in (0, 5, 9, 99):
        fits(write.terms(held.terms, page, ""))
        fits(write.topics(held.topics, held.left, page, ""))
        fits(look.browse(held.topics, held.terms, held.left, page, "", may_add=True))
    fits(write.terms((), 0, ""))
    fits(write.topics((), frozenset(), 0, ""))
    fits(look.browse((), (), frozenset(), 0, "", may_add=False))
    fits(write.term_form(words[:80], words[:500], "note", "", "key"))
    fits(write.topic_form(words[:80], "U1", words[:200], "note", "", "key"))


@pytest.mark.parametrize("words", [AMPS, LONG])
def test_slack_takes_every_answer(words: str) -> None:
    asked, many = term(1, words, ""), [f"U{n}" for n in range(200)]
    people = [look.Person("U1", "*x*: <@U1>"), look.Person("U2", "*y*: <@U2>", here=False)]
    shown = [
        look.answer("T1", people, [term(n, words) for n in range(5)], may_change=True),
        look.unknown(words[:80], [f"{n}{words}"[:80] for n in range(3)], None, ME, may_add=True),
        look.unknown(words[:80], (), asked, ME, may_add=False),
        look.unknown(words[:80], (), asked, "U9", may_add=False),
        look.asked(words[:80], "U1"),
        look.question(words[:80], words[:80], many),
        look.settled(words[:80], "U1", words[:500]),
        look.passed_on(words[:80], "U1"),
        look.dropped(words[:80]),
        look.gone(words[:80], "U1"),
        look.told(words[:80], words[:500], "U1"),
    ]
    for text, blocks in shown:
        assert check_blocks(blocks, "message") == []
        assert "<!here>" not in alive(blocks)
        assert 0 < len(text) < 4000
        assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS + 6000
        fits(look.found((text, blocks), ""))
    fits(look.answer_form(words[:80], many, ""))
    fits(look.hand_form(words[:80], ""))
    names = [f"{n} {words}"[:80] for n in range(10)]
    fits(look.explained([term(n, words) for n in range(10)], names, {names[0]: asked}, ME, ""))
    fits(look.explained((), (), {}, ME, ""))
