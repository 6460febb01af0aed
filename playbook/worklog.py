"""A worklog in CSV: which column is what, how much was tracked on which day, and where that and the log are apart."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from playbook import spreadsheet
from playbook.contractor_csv import SLASHED
from playbook.contractor_csv import read_day as read_plain_day
from playbook.days import instant, split_at_midnight
from playbook.page import Page
from playbook.sorry import Sorry
from playbook.tongue import phrase

DAY_FIRST, MONTH_FIRST = "day", "month"
NOT_A_WORKLOG = frozenset({"role", "manager", "template", "bottleneck", "jobtitle", "position"})
CLOCKED = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
SPELT = re.compile(
    r"(?:(\d+(?:[.,]\d+)?)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*m(?:in(?:ute)?s?)?)?\s*(?:(\d+)\s*s(?:ec(?:ond)?s?)?)?"
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::[0-5]\d)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
HOUR, MINUTE, FULL_DAY, TWELVE = 3600, 60, 24, 12
LONGEST_CELL = 120


class WorklogBook(Page):
    """How worklogs are read, how far apart is the same, and how long the contractor has it alone."""

    tolerance_minutes: int
    most_rows: int
    most_days: int
    most_problems: int
    answer_days: int
    most_words: int
    columns: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Read:
    """What a file says: tracked minutes by day for each name ("" where it names nobody), and what could not be read.

    `problems` are pairs of (line, sentence).
    """

    tracked: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    problems: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True)
class Day:
    """One day: minutes that were tracked, and minutes in the log."""

    day: date
    tracked: int
    logged: int

    @property
    def apart(self) -> int:
        """Give how many minutes more the log has than the tracker; less than nothing where it has fewer."""
        return self.logged - self.tracked


def fits(head: Sequence[str], book: WorklogBook) -> bool:
    """Tell by its header whether a file is a worklog, and not a list of contractors."""
    if {_word(cell) for cell in head} & NOT_A_WORKLOG:
        return False
    found = _columns(head, book).keys()
    length = found & {"duration", "minutes"} or {"start", "end"} <= found or {"hours", "date"} <= found
    return bool(found & {"date", "start", "start_date"}) and bool(length)


def read(text: str, zone: str, book: WorklogBook) -> Read:
    """Add up a file by name and day, on the clock of a zone; raises Sorry where nothing of it can be read."""
    lines = spreadsheet.lines(text)
    if len(lines) < 2:  # noqa: PLR2004 - a header and a line
        raise Sorry(
            phrase("There is nothing below the header of this file. Please export it once more and send it here.")
        )
    if len(lines) - 1 > book.most_rows:
        raise Sorry(
            phrase(
                "This file has {lines} rows, and I take {most_rows} at a time. Please split it.",
                lines=len(lines) - 1,
                most_rows=book.most_rows,
            )
        )
    columns = _columns(lines[0][1], book)
    order = _order(lines[1:], columns)
    sums: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    problems: list[tuple[int, str]] = []
    for number, cells in lines[1:]:
        said = {name: cells[at] for name, at in columns.items() if at < len(cells) and cells[at]}
        try:
            for day, seconds in _row(said, zone, order):
                sums[said.get("email") or said.get("who", "")][day] += seconds
        except Sorry as sorry:
            problems.append((number, str(sorry)))
    tracked = {who: {day: round(seconds / MINUTE) for day, seconds in days.items()} for who, days in sums.items()}
    return Read(tracked, problems)


def _word(cell: str) -> str:
    plain = unicodedata.normalize("NFKD", cell.casefold())
    return "".join(sign for sign in plain if "a" <= sign <= "z")


def _columns(head: Sequence[str], book: WorklogBook) -> dict[str, int]:
    """Say where each column stands that is read; whatever else the file holds is left alone."""
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        name = next((name for name, words in book.columns.items() if _word(cell) in words), "")
        if name:
            found.setdefault(name, at)
    return found


def _order(lines: Sequence[tuple[int, Sequence[str]]], columns: Mapping[str, int]) -> str:
    """Say what comes first in 3/4/2026 here: DAY_FIRST or MONTH_FIRST, "" where the file does not tell."""
    at = [columns[name] for name in ("date", "start_date", "start") if name in columns]
    cells = [cells[one].split(" ")[0] for _, cells in lines for one in at if one < len(cells)]
    dates = [found for cell in cells if (found := SLASHED.fullmatch(cell))]
    if any(int(one[1]) > TWELVE for one in dates):
        return DAY_FIRST
    return MONTH_FIRST if any(int(one[2]) > TWELVE for one in dates) else ""


def _row(said: Mapping[str, str], zone: str, order: str) -> list[tuple[date, int]]:
    """Give the seconds of one line by day."""
    begin, day = _begin(said, zone, order)
    seconds = _length(said)
    if seconds is None:
        end = _end(said, begin, zone, order)
        if begin is None or end is None:
            raise Sorry(phrase("I find no length here."))
        seconds = int((end - begin).total_seconds())
    if not 0 <= seconds <= FULL_DAY * HOUR:
        raise Sorry(phrase("That is more than a day, or less than nothing."))
    if begin is None:
        return [(day, seconds)]
    spans = split_at_midnight(begin, begin + timedelta(seconds=seconds), zone) if seconds else []
    return [(on, int((until - since).total_seconds())) for on, since, until in spans]


def _begin(said: Mapping[str, str], zone: str, order: str) -> tuple[datetime | None, date]:
    """Give the day of a line, and the moment at which it began if it tells."""
    plain = said.get("date") or said.get("start_date", "")
    day = read_day(plain, order) if plain else None
    whole = _moment(said.get("start", ""), zone, day, order)
    if day is None and whole is None:
        raise Sorry(phrase("I find no date here."))
    return whole, day or (whole.date() if whole else date.min)


def _end(said: Mapping[str, str], begin: datetime | None, zone: str, order: str) -> datetime | None:
    if begin is None or "end" not in said:
        return None
    plain = said.get("end_date") or said.get("date") or said.get("start_date", "")
    end = _moment(said["end"], zone, read_day(plain, order) if plain else begin.date(), order)
    over_night = end is not None and end < begin and "end_date" not in said
    return end + timedelta(days=1) if end is not None and over_night else end


def _moment(text: str, zone: str, day: date | None, order: str) -> datetime | None:
    """Read a moment: a time of the day, or a whole date and time, with its own zone or on the zone's clock."""
    if not text:
        return None
    if day is not None and (found := TIME.fullmatch(text)):
        return _instant(day, _clock(found), zone)
    try:
        whole = datetime.fromisoformat(text)
    except ValueError:
        first, _, rest = text.partition(" ")
        found = TIME.fullmatch(rest.strip())
        if not found:
            raise Sorry(phrase('I can\'t read "{text}" as a time.', text=text)) from None
        return _instant(read_day(first, order), _clock(found), zone)
    return whole.astimezone(UTC) if whole.tzinfo else _instant(whole.date(), whole.time(), zone)


def _instant(day: date, at: time, zone: str) -> datetime:
    moment = instant(day, at, zone)
    if moment is None:
        raise Sorry(phrase("This time did not exist on that day's clock."))
    return moment


def _clock(found: re.Match[str]) -> time:
    hour = int(found[1])
    if found[3]:
        hour = hour % TWELVE + TWELVE * (found[3].casefold() == "p")
    if hour >= FULL_DAY:
        raise Sorry(phrase('"{found}" is no time of the day.', found=found[0]))
    return time(hour, int(found[2]))


def read_day(text: str, order: str) -> date:
    """Read a date; where day and month could be either, as the rest of the file has them."""
    found = SLASHED.fullmatch(text.strip())
    if found and order:
        day, month = (found[1], found[2]) if order == DAY_FIRST else (found[2], found[1])
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)  # noqa: PLR2004 - two figures of a year
        try:
            return date(year, int(month), int(day))
        except ValueError:
            raise Sorry(phrase('"{text}" is no day of the calendar.', text=text)) from None
    return date.fromisoformat(read_plain_day(text))


def _length(said: Mapping[str, str]) -> int | None:
    """Give the seconds that a line tells by itself, None where it tells only from when to when."""
    for name, unit in (("duration", 0), ("hours", HOUR), ("minutes", MINUTE)):
        if name in said:
            return read_length(said[name], unit)
    return None


def read_length(text: str, unit: int = 0) -> int:
    """Read a length in seconds: 1:30, 01:30:00, 1.5h, 1h 30m, 90 min; a bare number in the column's own unit."""
    words = text.casefold().strip()
    if found := CLOCKED.fullmatch(words):
        return int(found[1]) * HOUR + int(found[2]) * MINUTE + int(found[3] or 0)
    if NUMBER.fullmatch(words):
        amount = float(words.replace(",", "."))
        if unit or amount <= FULL_DAY:
            return round(amount * (unit or HOUR))
    elif (found := SPELT.fullmatch(words)) and any(found.groups()):
        hours = float((found[1] or "0").replace(",", "."))
        return round(hours * HOUR) + int(found[2] or 0) * MINUTE + int(found[3] or 0)
    raise Sorry(phrase('I can\'t read "{text}" as a length. Forms I know are 1:30, 1.5 and 1h 30m.', text=text))


def meant(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    """Give the name in a file under which somebody stands who is known by these; None where they do not."""
    known = {_word(one) for one in wanted if _word(one)}
    same = [one for one in names if _word(one) in known]
    if same:
        return same[0]
    if len(names) != 1:
        return None
    parts = {_word(part) for one in wanted for part in one.split() if len(_word(part)) > 2}  # noqa: PLR2004 - initials
    alike = not names[0] or parts & {_word(part) for part in names[0].split()}
    return names[0] if alike else None


def compare(tracked: Mapping[date, int], logged: Mapping[date, int]) -> list[Day]:
    """Put tracked and logged minutes side by side, for every day from the first tracked one to the last."""
    first, last = min(tracked), max(tracked)
    days = sorted({*tracked, *(day for day in logged if first <= day <= last)})
    return [Day(day, tracked.get(day, 0), logged.get(day, 0)) for day in days]


def differences(days: Sequence[Day], tolerance: int) -> list[Day]:
    """Give the days on which the two are further apart than what counts as the same."""
    return [one for one in days if abs(one.apart) > tolerance]
