"""How fair a window is, in words: who bends, by how much, for whom it is night, and for whom it is a day off."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from playbook.days import WEEK_DAYS, instant, local_time
from playbook.golden import GoldenBook, GoldenHours, GoldenWeek, minutes
from playbook.golden_find import BOTH, FULL_DAY, HOUR, Bend, Party, judge
from playbook.length import show
from playbook.tongue import phrase
from playbook.words import fill


def fairness(bends: Sequence[Bend], book: GoldenBook) -> str:
    """Say how fair a window is, in words: who stays inside the working day, who bends and by how much."""
    said, bending = book.sentences, [bend for bend in bends if bend.bends]
    if not bending:
        return said.fair if len(bends) <= BOTH else said.fair_many
    parts = [asks(bend, book) for bend in bends]
    words = ", ".join(parts)
    return f"{words}. {_whole(bends, bending, book)}".strip()


def _whole(bends: Sequence[Bend], bending: Sequence[Bend], book: GoldenBook) -> str:
    said = book.sentences
    most = max(bending, key=lambda bend: bend.bends)
    if len(bending) == 1:
        return fill(said.one_bends, name=most.party.name)
    if most.bends >= BOTH * min(bend.bends for bend in bending):
        return fill(said.most, name=most.party.name)
    return said.shared if len(bending) == len(bends) else ""


def asks(bend: Bend, book: GoldenBook) -> str:
    """Say what a window asks of one of them."""
    said, name = book.sentences, bend.party.name
    if not bend.bends:
        return fill(said.inside, name=name)
    if not bend.inside:
        way, length = (said.far_before, bend.early) if bend.early else (said.far_after, bend.late)
        return fill(way, name=name, length=show(length))
    parts = [(said.early, bend.early), (said.late, bend.late)]
    return phrase(" and ").join(fill(way, name=name, length=show(length)) for way, length in parts if length)


def warnings(bends: Sequence[Bend], book: GoldenBook) -> tuple[str, ...]:
    """Say for whom a window reaches out of waking hours."""
    return tuple(
        fill(
            book.sentences.quiet,
            window=f"{bend.begin:%H:%M}–{bend.end:%H:%M}",
            name=bend.party.name,
            until=f"{bend.party.waking(book).end:%H:%M}",
            **{"from": f"{bend.party.waking(book).start:%H:%M}"},
        )
        for bend in bends
        if bend.quiet
    )


def off_days(week: GoldenWeek, parties: Sequence[Party], monday: date, book: GoldenBook) -> Mapping[int, str]:
    """Name for each weekday with a window those for whom it is no working day."""
    found: dict[int, str] = {}
    for weekday, window in week.windows:
        there = {bend.party for bend in judge(parties, window, monday + timedelta(days=weekday), book)}
        missing = [party.name for party in parties if party not in there]
        found |= {weekday: ", ".join(missing)} if missing else {}
    return found


def warnings_of(week: GoldenWeek, parties: Sequence[Party], monday: date, book: GoldenBook) -> tuple[str, ...]:
    """Say for whom any window of a week reaches out of waking hours, each sentence once."""
    days = {window: monday + timedelta(days=weekday) for weekday, window in reversed(week.windows)}
    said = [one for window, day in days.items() for one in warnings(judge(parties, window, day, book), book)]
    return tuple(dict.fromkeys(said))


def reference(day: date) -> date:
    """Give the Monday of the week that windows are looked for in: the next full one."""
    return day + timedelta(days=WEEK_DAYS - day.weekday())


def moved(week: GoldenWeek, zone: str, monday: date) -> GoldenWeek:
    """Write the windows of a week on another zone's clock, as they are in the week of that Monday."""
    rows = []
    for weekday, window in week.windows:
        begin = instant(monday + timedelta(days=weekday), window.start, week.zone)
        length = minutes(window.start, window.end)
        if begin is not None:
            start = local_time(begin, zone)
            end = (start.hour * HOUR + start.minute + length) % FULL_DAY
            there = GoldenHours(start.time().replace(fold=0), time(*divmod(end, HOUR)), zone)
            rows.append((start.weekday(), there))
    return GoldenWeek(tuple(sorted(rows, key=lambda row: row[0])), zone)
