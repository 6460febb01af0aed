"""Everything that is drawn of blockers: accepted by Slack, harmless whatever somebody typed, the same for everybody."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from blocks import blocker as shown
from blocks import blocker_form as forms
from blocks import blocker_letter as letters
from blocks import blocker_list as lists
from blocks import kit
from blocks.blocker_form import Filled, Goes
from playbook import load as playbook
from playbook.blocker import State
from playbook.hours import Hours
from sandbox.blockkit import check_blocks, check_view
from storage.blocker import Case, Sent
from storage.outbox import Post, Redraw
from storage.tables import Blocker, BlockerNote, Person
from tests.said import said

shown = said(shown)
forms = said(forms)
letters = said(letters)
lists = said(lists)
kit = said(kit)

PAGES = playbook.load()
BOOK = PAGES.blocker
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ANA, OLIVIA, BRUNO, LENA = "UANA", "UOLIVIA", "UBRUNO", "ULENA"
HOURS = Hours("Europe/Madrid", frozenset(range(5)), time(9), time(17, 30))
NASTY = [
    "",
    "x",
    "<!channel> <@U0AAAAAAAA> <#C0AAAAAAAA> <https://evil.example|click>",
    "```code``` `tick` *bold*",
    "\x00\x07nul",
    "\u202eabc\u2066",
    "🎉" * 1000,
    "&" * 1000,
    "<" * 1000,
    "a\nb\r\nc",
    "'; DROP TABLE blocker; --",
    "עברית العربية",
]
STATES: dict[State, dict[str, Any]] = {
    State.OPEN: {},
    State.SEEN: {"seen_by": OLIVIA, "seen_at": NOW},
    State.ON_IT: {"seen_by": OLIVIA, "seen_at": NOW, "taken_by": LENA, "taken_at": NOW},
    State.RESOLVED: {"resolved_by": ANA, "resolved_at": NOW + timedelta(hours=1)},
}


def blocker(text: str = "no access", state: State = State.OPEN, number: int = 12, **more: Any) -> Blocker:
    values: dict[str, Any] = {
        "id": f"{number:032x}",
        "team_id": "T",
        "number": number,
        "user_id": ANA,
        "text": text,
        "kind": "access",
        "impact": "stopped",
        "since": NOW - timedelta(minutes=40),
        "state": state,
        "helper_id": OLIVIA,
        "manager_id": BRUNO,
        "escalation_id": LENA,
        "created_at": NOW,
    }
    return Blocker(**values | STATES[state] | more)


def note(verb: str, text: str = "") -> BlockerNote:
    return BlockerNote(team_id="T", blocker_id="1", at=NOW, user_id=ANA, verb=verb, text=text)


def case(one: Blocker, notes: Sequence[BlockerNote] = (), sent: Sequence[Sent] = ()) -> Case:
    people = {user: Person(team_id="T", user_id=user, name=user, zone="UTC") for user in (ANA, OLIVIA, BRUNO, LENA)}
    return Case({}, people, {}, one, NOW, notes, sent)


def card(one: Blocker, viewer: str = OLIVIA, *notes: BlockerNote) -> shown.Drawn:
    return shown.card(case(one, notes), viewer, BOOK, HOURS)


def _initial(view: dict[str, Any]) -> list[str]:
    return [str(block.get("element", {}).get("initial_value", "")) for block in view["blocks"]]


def harmless(whole: object) -> None:
    said = json.dumps(whole, ensure_ascii=False)
    for alive in ("<!channel", "<@U0AAAAAAAA", "<#C0AAAAAAAA", "<https://evil", "\x00", "\u202e", "\u2066"):
        assert alive not in said


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("viewer", [ANA, OLIVIA, ""])
def test_a_card_is_sound_and_harmless_whatever_it_says(text: str, state: State, viewer: str) -> None:
    one = blocker(text, state, tried=text, notify=LENA)
    words, blocks = card(one, viewer, note("ask", text), note("escalate", BRUNO))
    assert check_blocks(blocks, "message") == []
    assert 0 < len(words) < 4000
    assert len(json.dumps(blocks, ensure_ascii=False)) < 13_200
    harmless([words, blocks])


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("state", State)
def test_pages_lists_and_mornings_are_sound(text: str, state: State) -> None:
    many = [blocker(text, state, number=number) for number in range(1, 30)]
    verbs = [note(verb, BRUNO if verb in shown.TO_SOMEBODY else text) for verb in shown.VERBS]
    view = lists.page(case(many[0], verbs * 3), ANA, BOOK, HOURS, "Saved.")
    assert check_view(view) == []
    for words, blocks in (lists.listing("Open", many, 15), lists.morning(many, {many[0].id})):
        assert words
        assert check_blocks(blocks, "message") == []
        harmless([words, blocks])
    harmless(view)


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("kind", ["", *(kind.key for kind in BOOK.kinds)])
def test_forms_are_sound(text: str, kind: str) -> None:
    away = Goes(OLIVIA, "Olivia " * 20, NOW, (BRUNO, "Bruno " * 20))
    filled = Filled(text, kind, "slowed", "1h", text, "https://example.com", (LENA,))
    names = {each.key: "Olivia " * 20 for each in BOOK.kinds}
    for goes in (None, away, Goes(OLIVIA, "Olivia"), Goes("")):
        for memo in ("C1|", f"C1|{1:032x}"):
            view = forms.form(BOOK, filled, names, goes, memo, lead="Look again.")
            assert check_view(view) == []
            assert not {"\x00", "\u202e", "\u2066"} & set("".join(_initial(view)))
    number = 999_999_999
    for view in (forms.ask(number, "|"), forms.update(number, "|", 1000, text), forms.hand(number, "|")):
        assert check_view(view) == []
    assert check_blocks(forms.offers("1", [("Ask " + "x" * 90, shown.NEXT, "1:2")]), "message") == []


def test_everybody_is_told_the_same_and_offered_what_fits_them() -> None:
    def said(viewer: str) -> list[Any]:
        return [block for block in card(blocker(), viewer)[1] if block["type"] != "actions"]

    def offered(viewer: str) -> set[str]:
        buttons = next(block for block in card(blocker(), viewer)[1] if block["type"] == "actions")
        return {element["action_id"] for element in buttons["elements"]}

    assert said(ANA) == said(OLIVIA) == said("")
    assert {shown.RESOLVE, shown.AROUND, shown.DETAILS, shown.UPDATE} <= offered(ANA)
    assert {shown.TAKE, shown.RESOLVE, shown.ASK} <= offered(OLIVIA)
    assert shown.TAKE not in offered(ANA)
    assert shown.AROUND not in offered(OLIVIA)


@pytest.mark.parametrize(("hours_later", "inside"), [(1, True), (4, True), (5, False)])
def test_a_resolved_card_says_how_long_it_took_in_working_time(hours_later: int, *, inside: bool) -> None:
    end = NOW.replace(hour=8) + timedelta(hours=hours_later)
    one = blocker(state=State.RESOLVED, resolved_at=end)
    _, blocks = shown.card(Case({}, {}, {}, one, NOW.replace(hour=8), (), ()), ANA, BOOK, HOURS)
    said = json.dumps(blocks)
    assert f"Took {hours_later} h of" in said
    assert ("inside the 4 h window" in said) is inside


def test_an_away_helpers_day_is_announced() -> None:
    night = NOW.replace(hour=2)
    _, blocks = shown.card(Case({}, {}, {}, blocker(), night, (), ()), ANA, BOOK, HOURS)
    assert f"working day begins {kit.when(NOW.replace(hour=8))}" in json.dumps(blocks, ensure_ascii=False)
    assert shown.day_begins(HOURS, NOW) is None


def test_cards_are_new_once_and_redrawn_ever_after() -> None:
    one = blocker(notify=f"{LENA},UGONE", project_channel="C1")
    first = letters.cards(case(one), PAGES)
    assert {post.to for post in first if isinstance(post, Post)} == {ANA, OLIVIA, LENA, "C1"}
    sent = [Sent(post.key, post.to) for post in first if isinstance(post, Post)]
    assert all(isinstance(post, Redraw) for post in letters.cards(case(one, sent=sent), PAGES))
    assert {post.thread_key for post in letters.thread(case(one, sent=sent), "x", "hi", {ANA})} == {
        each.key for each in sent if each.to != ANA
    }


def test_a_reminder_keeps_its_sentence_until_it_is_resolved() -> None:
    reminded = [Sent("k", OLIVIA, "It has waited.")]
    for state in State:
        (again,) = letters.redrawn(case(blocker(state=state), sent=reminded), PAGES)
        assert again.text.startswith("It has waited.") is (state != State.RESOLVED)
