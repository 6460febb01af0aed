"""Reading a CSV file of contractors: which column is what, and what each row says, in whatever way it was written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from playbook import spreadsheet
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.weekday import WEEKDAYS

# From what people write above a column, in small letters without signs, to what it holds.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "handle": ("slack", "slackid", "handle", "slackhandle", "user", "userid"),
    "who": ("name", "fullname", "contractor", "person"),
    "email": ("email", "mail", "emailaddress"),
    "start_date": ("startdate", "start", "starts", "begins", "firstday"),
    "role": ("role", "title", "jobtitle", "position"),
    "bottleneck": ("bottleneck", "solves", "problem"),
    "project": ("project", "team"),
    "manager_id": ("manager", "managedby"),
    "buddy": ("buddy", "shadowbuddy"),
    "owner": ("owner", "projectowner"),
    "lead": ("lead", "technicallead", "creativelead", "technicalorcreativelead", "techlead"),
    "operations": ("operations", "ops"),
    "weekly_minutes": ("hours", "hoursaweek", "hoursperweek", "weeklyhours"),
    "weekdays": ("days", "workingdays", "weekdays"),
    "day_start": ("from", "daystart", "daystarts"),
    "day_end": ("to", "until", "dayend", "dayends"),
    "country": ("country", "holidays", "holidaycountry"),
    "template": ("template", "checklist", "checklisttemplate"),
}
WHO = frozenset({"handle", "who", "email"})
PEOPLE = ("manager_id", "buddy", "owner", "lead", "operations")
TEMPLATE_LINE = (
    "email,start date,role,bottleneck,project,manager,buddy,owner,lead,operations,hours,days,from,to,country,template"
)
EXAMPLE_LINE = (
    "mia@example.com,2026-12-01,QA engineer,Releases wait for tests,Acme checkout,"
    "@bruno,,,,olivia@example.com,30,Mon-Fri,09:00,17:30,PH,"
)
LONGEST_CELL = 300
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]+)\.?,?[ -]+(\d{4})")
NAMED_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2}|\d{4})")
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?")
DAYS = re.compile(r"[a-z]+|[-–—]|[^a-z\s]")
FULL_WEEK = 7


@dataclass(frozen=True)
class Row:
    """One line of the file: what it says as the form's answers, names still as written, and what is wrong with it."""

    line: int
    who: str = ""
    email: str = ""
    answers: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    template: str = ""
    problems: Sequence[str] = ()


def read(text: str, most: int) -> Sequence[Row]:
    """Read every row of a file; raises Sorry where it is empty, has no header, nothing below it, or too many rows."""
    lines = [(number, [cell[:LONGEST_CELL] for cell in cells]) for number, cells in spreadsheet.lines(text)]
    if not lines:
        raise Sorry(phrase("This file is empty. `/contractor import` shows what belongs into it."))
    columns = _columns(lines[0][1])
    if len(lines) == 1:
        raise Sorry(phrase("There is a header in this file and nothing below it. Add one line for each contractor."))
    if len(lines) - 1 > most:
        raise Sorry(
            phrase(
                "This file has {lines} rows, and I take {most} at a time. Please split it.",
                lines=len(lines) - 1,
                most=most,
            )
        )
    return tuple(_row(number, columns, cells) for number, cells in lines[1:])


def fits(head: Sequence[str]) -> bool:
    """Tell whether the first line of a file heads a list of contractors: who it is about, and something about them."""
    found = spreadsheet.named(head, COLUMNS)
    return bool(found & WHO and found - WHO)


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Say where each column stands; raises Sorry without a header, or where two columns are the same."""
    found = spreadsheet.columns(head, COLUMNS)
    if not found.keys() & WHO or not found.keys() - WHO:
        raise Sorry(
            phrase(
                "I find no header in this file. Its first line names the columns, like: email, start date, "
                "role, project, manager. `/contractor import` has a line to copy."
            )
        )
    return found


def _row(line: int, columns: Mapping[str, int], cells: Sequence[str]) -> Row:
    said = {name: cells[at] for name, at in columns.items() if at < len(cells) and cells[at]}
    answers: dict[str, str | tuple[str, ...]] = {}
    problems = []
    for name in ("role", "bottleneck", "project", "weekly_minutes"):
        answers |= {name: said[name]} if name in said else {}
    for name, reader in (("start_date", read_day), ("weekdays", read_days), ("day_start", read_clock),
                         ("day_end", read_clock)):  # fmt: skip
        try:
            answers |= {name: reader(said[name])} if name in said else {}
        except Sorry as sorry:
            problems.append(str(sorry))
    who, email = said.get("handle") or said.get("who", ""), said.get("email", "")
    if "@" in who[1:] and not email:
        who, email = "", who
    return Row(
        line,
        who,
        email,
        answers,
        {name: said[name] for name in PEOPLE if name in said},
        said.get("country", ""),
        said.get("template", ""),
        tuple(problems),
    )


def read_day(text: str) -> str:
    """Read a date that can only mean one day, as ISO writes it; anything else is refused with Sorry."""
    words = text.casefold()
    iso, named, first = ISO.fullmatch(words), NAMED.fullmatch(words), NAMED_FIRST.fullmatch(words)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        if named:
            return date(int(named[3]), _month(named[2]), int(named[1])).isoformat()
        if first:
            return date(int(first[3]), _month(first[1]), int(first[2])).isoformat()
    except ValueError:
        raise Sorry(phrase('"{text}" is no day of the calendar.', text=text)) from None
    if SLASHED.fullmatch(words):
        raise Sorry(
            phrase(
                'Day first, or month first? "{text}" leaves that open. Write it like 2026-12-01 or 1 Dec 2026.',
                text=text,
            )
        )
    raise Sorry(phrase('I can\'t read "{text}" as a date. Write it like 2026-12-01 or 1 Dec 2026.', text=text))


def _month(word: str) -> int:
    full = word[:3]
    if full not in MONTHS:
        raise ValueError(word)
    return MONTHS.index(full) + 1


def read_clock(text: str) -> str:
    """Read a time of the day (9, 9:30, 17.30, 5pm) as HH:MM; anything else is refused with Sorry."""
    found = CLOCK.fullmatch(text.casefold().strip())
    if not found:
        raise Sorry(phrase('I can\'t read "{text}" as a time. Write it like 09:00.', text=text))
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + 12 * (found[3] == "pm") if 1 <= hour <= 12 else 99  # noqa: PLR2004 - a clock's face
    try:
        return f"{time(hour, minute):%H:%M}"
    except ValueError:
        raise Sorry(phrase('"{text}" is no time of the day. Write it like 09:00.', text=text)) from None


def read_days(text: str) -> tuple[str, ...]:
    """Read working days (Mon-Fri, Mon Wed Thu, Sunday to Thursday) as numbers, 0 for Monday; else Sorry."""
    days: set[int] = set()
    last, until = -1, False
    for word in DAYS.findall(text.casefold()):
        if word in {"-", "–", "—", "to"}:
            until = last >= 0
        elif word[0].isalpha() and word not in {"and", "to"}:
            day = _weekday(word, text)
            days |= {(last + step) % FULL_WEEK for step in range((day - last) % FULL_WEEK + 1)} if until else {day}
            last, until = day, False
    if not days:
        raise Sorry(
            phrase('I can\'t read "{text}" as working days. Write them like Mon-Fri or Mon, Wed, Thu.', text=text)
        )
    return tuple(str(day) for day in sorted(days))


def _weekday(word: str, text: str) -> int:
    found = [at for at, day in enumerate(WEEKDAYS) if len(word) > 1 and day.startswith(word.removesuffix("s") or word)]
    if len(found) != 1:
        raise Sorry(
            phrase('I can\'t read "{text}" as working days. Write them like Mon-Fri or Mon, Wed, Thu.', text=text)
        )
    return found[0]
