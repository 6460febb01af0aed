"""The pages of the packet: their order, and what the page of the playbook refuses."""

import pytest
from pydantic import ValidationError

from playbook.load import load
from playbook.packet import MOST_RULES, PAGES, PacketBook, first_not_got, neighbours

BOOK = load().packet


@pytest.mark.parametrize(
    ("got", "page"),
    [
        (frozenset(), "north_star"),
        (frozenset({"north_star"}), "map"),
        (frozenset({"map"}), "north_star"),
        (frozenset(PAGES) - {"rules"}, "rules"),
        (frozenset(PAGES), "north_star"),
    ],
)
def test_it_opens_at_the_first_page_not_got(got: frozenset[str], page: str) -> None:
    assert first_not_got(got) == page


@pytest.mark.parametrize(
    ("page", "around"),
    [("north_star", ("", "map")), ("toolbox", ("map", "rules")), ("lexicon", ("rules", ""))],
)
def test_back_and_next(page: str, around: tuple[str, str]) -> None:
    assert neighbours(page) == around


def test_every_role_of_the_map_is_one_of_the_path() -> None:
    assert {one.role for one in BOOK.map} <= {"owner", "lead", "operations", "manager", "buddy", "escalation"}


def test_the_pages_are_those_of_the_guide() -> None:
    values = BOOK.model_dump()
    with pytest.raises(ValidationError, match="in this order"):
        PacketBook.model_validate(values | {"pages": values["pages"][::-1]})


def test_the_rules_fit_one_form() -> None:
    values = BOOK.model_dump()
    rules = [{"key": f"r{n}", "title": "x", "text": "y"} for n in range(MOST_RULES + 1)]
    with pytest.raises(ValidationError, match="at most"):
        PacketBook.model_validate(values | {"rules": tuple(rules)})
    with pytest.raises(ValidationError, match="twice"):
        PacketBook.model_validate(values | {"rules": (rules[0], rules[0])})
