"""Which averages of moods may be shown: each over enough people, and nobody's own to be worked out from several."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.report_mood import HIGHEST, LOWEST, Figure, Given, publish

LEAST = 4


def told(manager: str, *moods: int) -> list[Given]:
    return [Given(f"{manager}{number}", manager, mood, manager) for number, mood in enumerate(moods)]


def felt(manager: str, *moods: float, first: int = 50) -> list[Given]:
    return [Given(f"{manager}{number}", manager, felt=mood) for number, mood in enumerate(moods, first)]


@pytest.mark.parametrize(("given", "teams", "everybody"), [
    ([], {}, None),
    (told("B", 1, 2, 3), {}, None),
    (told("B", 1, 2, 3) + felt("B", 5), {}, None),
    (told("B", 1, 2, 3, 4), {"B": Figure(2.5, 4)}, Figure(2.5, 4)),
    (told("B", 1, 2, 3, 4) + felt("B", 5, 5, 5), {"B": Figure(2.5, 4)}, Figure(2.5, 4)),
    (felt("B", 4, 4, 4, 4) + told("B", 1), {"B": Figure(4, 4)}, Figure(4, 4)),
    (told("B", 5, 5, 5, 5), {"B": Figure(HIGHEST, 4)}, Figure(HIGHEST, 4)),
    (told("B", 1, 1, 1, 1), {"B": Figure(LOWEST, 4)}, Figure(LOWEST, 4)),
    # Everybody minus one team leaves too few, so they are left out; or enough, so they count.
    (told("B", 2, 2, 2, 2) + told("L", 5), {"B": Figure(2, 4)}, Figure(2, 4)),
    (told("B", 2, 2, 2, 2) + told("L", 4, 4, 4, 4), {"B": Figure(2, 4), "L": Figure(4, 4)}, Figure(3, 8)),
    (told("B", 3, 3) + told("L", 3, 3), {}, None),
    (told("B", 3, 3) + told("L", 3, 3) + told("M", 3, 3), {}, Figure(3, 6)),
    (told("B", 3, 3, 3) + told("L", 5), {}, None),
    (felt("B", 3, 3) + felt("L", 3, 3), {}, Figure(3, 4)),
    (felt("B", 3, 3) + felt("L", 3), {}, None),
])  # fmt: skip
def test_what_may_be_shown(given: list[Given], teams: dict[str, Figure], everybody: Figure | None) -> None:
    found = publish(given, LEAST)
    assert dict(found.teams) == teams
    assert found.everybody == everybody
    assert found.of("") == everybody
    assert found.of("nobody") is None


def test_what_was_told_to_a_manager_before_is_not_the_new_ones() -> None:
    moved = Given("B9", "L", 1, "B")
    assert dict(publish([*told("L", 3, 3, 3), moved], LEAST).teams) == {}
    assert set(publish([*told("B", 3, 3, 3), moved], LEAST).teams) == {"B"}


MOODS = st.none() | st.integers(1, 5)
PEOPLE = st.lists(st.tuples(st.sampled_from("BLM"), MOODS, st.sampled_from("BLM"), MOODS), max_size=14).map(
    lambda rows: [
        Given(f"U{number}", manager, mood, whom if mood else "", feel)
        for number, (manager, mood, whom, feel) in enumerate(rows)
    ]
)


@given(PEOPLE)
def test_every_figure_is_over_enough_people_and_so_is_the_difference_of_any(given: list[Given]) -> None:
    found = publish(given, LEAST)
    people = {name: figure.people for name, figure in found.teams.items()}
    assert all(count >= LEAST for count in people.values())
    assert all(LOWEST <= figure.mean <= HIGHEST and (figure.mean * 2).is_integer() for figure in found.teams.values())
    if found.everybody is None:
        assert not people
        return
    assert found.everybody.people >= LEAST
    subsets = chain.from_iterable(combinations(people, count) for count in range(len(people) + 1))
    for teams in subsets:
        left = found.everybody.people - sum(people[one] for one in teams)
        assert left == 0 or left >= LEAST
