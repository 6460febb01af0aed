"""A team's mood: which averages may be shown, so that nobody's own can be read in one or worked out from several.

Once a week has closed, everybody who gave a mood in it is put into groups that do not overlap, each large enough; every
view shows such a group, or all of them together. What was shown once stays as it was, whoever joins, pauses or leaves.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

LOWEST, HIGHEST = 1.5, 4.5


@dataclass(frozen=True)
class Given:
    """What one person gave in a week: to whom they told a mood for their 1:1, and how their logged days felt.

    `manager_id` is who manages them. The mood they told is known to the one they told; how days felt, to nobody else.
    """

    user_id: str
    manager_id: str
    told: float | None = None
    told_to: str = ""
    felt: float | None = None


@dataclass(frozen=True)
class Figure:
    """An average over so many people."""

    mean: float
    people: int


@dataclass(frozen=True)
class Published:
    """What may be shown of a week: of each manager's team, and of everybody; what may not is missing, or None."""

    teams: Mapping[str, Figure] = field(default_factory=dict)
    everybody: Figure | None = None

    def of(self, manager_id: str) -> Figure | None:
        """Give a team's figure; "" means everybody's."""
        return self.teams.get(manager_id) if manager_id else self.everybody


Group = tuple[float, ...]
Key = Callable[[Given], str]


def publish(given: Iterable[Given], least: int) -> Published:
    """Group what was given in a closed week: what was told to one manager, else how the days of their team felt.

    The two are never mixed: who knows some of the moods could work out the rest. Whoever is in no group large enough
    counts only for everybody, and only where they are enough whatever any single manager among them knows already.
    """
    people = list(given)
    told = _large([one for one in people if one.told is not None], lambda one: one.told_to, least)
    left = _without(people, told)
    felt = _large([one for one in left if one.felt is not None], lambda one: one.manager_id, least)
    rest = _rest(_without(left, felt), least)
    by_told = {manager: _told(theirs) for manager, theirs in told.items()}
    by_felt = {manager: _felt(theirs) for manager, theirs in felt.items()}
    teams = {manager: _figure(each) for manager, each in (by_felt | by_told).items()}
    return Published(teams, _all([*by_told.values(), *by_felt.values(), rest]))


def _large(people: Sequence[Given], key: Key, least: int) -> Mapping[str, Sequence[Given]]:
    groups: dict[str, list[Given]] = defaultdict(list)
    for one in people:
        groups[key(one)].append(one)
    return {name: each for name, each in groups.items() if name and len(each) >= least}


def _without(people: Sequence[Given], groups: Mapping[str, Sequence[Given]]) -> Sequence[Given]:
    taken = {one.user_id for each in groups.values() for one in each}
    return [one for one in people if one.user_id not in taken]


def _rest(people: Sequence[Given], least: int) -> Group:
    """Give what those told or felt who are in no group; nothing where they are too few."""
    told = [one for one in people if one.told is not None]
    knows = max((sum(one.told_to == each.told_to for one in told) for each in told), default=0)
    if len(told) - knows >= least:
        return _told(told)
    felt = _felt([one for one in people if one.felt is not None])
    return felt if len(felt) >= least else ()


def _told(people: Sequence[Given]) -> Group:
    return tuple(one.told for one in people if one.told is not None)


def _felt(people: Sequence[Given]) -> Group:
    return tuple(one.felt for one in people if one.felt is not None)


def _all(groups: Sequence[Group]) -> Figure | None:
    everybody = [value for group in groups for value in group]
    return _figure(everybody) if everybody else None


def _figure(values: Sequence[float]) -> Figure:
    """Take the average in steps of a half, and never at the very ends, where it would be everybody's own."""
    mean = sum(values) / len(values)
    return Figure(min(HIGHEST, max(LOWEST, round(mean * 2) / 2)), len(values))
