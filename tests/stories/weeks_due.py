"""What has to come in the four weeks: for whom, on which day, and of which kind, worked out from the calendar alone."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.stories.weeks_cast import DAY, FIRST, HOLIDAYS, LAST, LEADS, SPAN, TEAM, begun, logged, works
from tests.stories.weeks_rule import quiet

Due = tuple[str, date, str]

# How the keys of the letters begin that are of the rhythm; what is of the path has its own story (test_path.py).
KINDS: Mapping[str, str] = {
    "audit.ask:": "audit question",
    "audit.last:": "audit last call",
    "audit.week:": "audit of the week",
    "blocker.morning:": "still stuck",
    "digest:": "digest",
    "flag.note:": "red flag",
    "golden.change:": "clock change",
    "golden.start:": "Golden Hours",
    "health.question:": "health question",
    "health.tell:": "health for the manager",
    "ladder.question:": "discussion question",
    "log.follow_up:": "log follow-up",
    "log.reminder:": "log reminder",
    "oneonone.agenda:": "1:1 agenda",
    "oneonone.follow_up:": "1:1 follow-up",
    "oneonone.moved:": "1:1 moved",
    "oneonone.prepare:": "1:1 preparation",
    "oneonone.strategy:": "1:1 strategy",
    "ooo:holiday:": "holiday",
    "review.ask:": "review",
    "review.remind:": "review reminder",
    "timesheet:": "timesheet",
}
# The 1:1s, UTC. Ana's of 22 October is moved by her days off, that of 29 October by Bruno's; the clocks of Madrid go back,
# that of Kolkata does not.
MEETINGS: Mapping[str, tuple[str, ...]] = {
    "ana": ("2026-10-15T14:00", "2026-10-23T14:00", "2026-10-30T15:00", "2026-11-05T15:00"),
    "jun": ("2026-10-20T08:00", "2026-10-27T09:00", "2026-11-03T09:00"),
    "lena": ("2026-10-14T13:00", "2026-10-21T13:00", "2026-10-28T13:00", "2026-11-04T13:00"),
}
# Whose weeks, by their Mondays, were answered as soon as they were asked about.
AT_ONCE = {
    ("ana", date(2026, 10, 12)),
    ("ana", date(2026, 10, 26)),
    ("ana", date(2026, 11, 2)),
    ("jun", date(2026, 10, 19)),
}

# What happens once, because of what somebody did.
FACTS: tuple[tuple[str, str, str], ...] = (
    ("ana", "2026-10-14", "red flag"),  # twelve hours and a half
    ("jun", "2026-11-01", "red flag"),  # seven days in a row
    ("ana", "2026-10-15", "health question"),  # access is missing
    ("jun", "2026-10-19", "health question"),  # what Bruno owes on the checklist
    ("jun", "2026-10-26", "health question"),
    ("jun", "2026-10-27", "health question"),  # five hours of research
    ("jun", "2026-11-03", "health question"),  # left out, as Jun answers none of them; so it comes again
    ("jun", "2026-11-04", "health question"),
    ("lena", "2026-10-28", "health question"),  # what Priya owes
    ("lena", "2026-11-04", "health question"),
    ("bruno", "2026-10-16", "health for the manager"),
    ("bruno", "2026-10-19", "health for the manager"),
    ("bruno", "2026-10-26", "health for the manager"),
    ("bruno", "2026-10-28", "health for the manager"),  # left out in the same way
    ("bruno", "2026-10-30", "health for the manager"),
    # Jun's question of the 4th reaches him on the 5th, since his day was full; and again
    ("bruno", "2026-11-05", "health for the manager"),
    ("bruno", "2026-11-06", "health for the manager"),
    ("bruno", "2026-11-02", "discussion question"),  # the first working day of the month
    ("priya", "2026-11-02", "discussion question"),
    ("ana", "2026-11-03", "timesheet"),  # the 2nd is a holiday where she lives
    ("jun", "2026-11-03", "timesheet"),
    ("ana", "2026-11-03", "review"),  # her 90th day is over, and Lena's
    ("bruno", "2026-11-03", "review"),
    ("lena", "2026-11-03", "review"),
    ("priya", "2026-11-03", "review"),
    ("ana", "2026-11-06", "review reminder"),
    ("bruno", "2026-11-06", "review reminder"),
    ("lena", "2026-11-06", "review reminder"),
    ("priya", "2026-11-06", "review reminder"),
    ("lena", "2026-11-03", "timesheet"),
    ("priya", "2026-10-29", "health for the manager"),
    ("priya", "2026-11-05", "health for the manager"),
    ("ana", "2026-10-14", "clock change"),
    ("bruno", "2026-10-14", "clock change"),
    ("jun", "2026-10-20", "clock change"),
    ("bruno", "2026-10-20", "clock change"),
    ("ana", "2026-10-16", "Golden Hours"),  # with a blocker that waits for Olivia
    ("olivia", "2026-10-16", "Golden Hours"),
    ("ana", "2026-10-16", "still stuck"),
    ("jun", "2026-10-29", "still stuck"),
    ("jun", "2026-10-30", "still stuck"),
    ("ana", "2026-10-15", "1:1 moved"),
    ("bruno", "2026-10-15", "1:1 moved"),
    ("ana", "2026-10-26", "1:1 moved"),
    ("bruno", "2026-10-26", "1:1 moved"),
    ("bruno", "2026-10-12", "audit of the week"),  # of the week before these four; a holiday of Bruno's
)


def before(who: str, day: date, count: int = 1) -> date:
    """Give somebody's working day before a day, or the one that lies so many before it."""
    for _ in range(count):
        day -= DAY
        while not works(who, day):
            day -= DAY
    return day


def after(who: str, day: date) -> date:
    """Give somebody's working day after a day."""
    day += DAY
    while not works(who, day):
        day += DAY
    return day


def due() -> Counter[Due]:
    """Count everything that has to come, by person, day on their calendar, and kind."""
    facts = ((who, date.fromisoformat(day), kind) for who, day, kind in FACTS)
    rules = (facts, _logs(), _audits(), _meetings(), _digests(), _days_off(), _golden())
    return Counter(one for rule in rules for one in rule if FIRST <= one[1] <= LAST)


def _logs() -> Iterator[Due]:
    """Remind of each working day without a log, and once more on the next one."""
    for who in LEADS:
        for day in (one for one in SPAN if begun(who, one) and not logged(who, one)):
            yield who, day, "log reminder"
            yield who, after(who, day), "log follow-up"


def _audits() -> Iterator[Due]:
    """Ask on each contractor's last working day of a week, call once more on Monday, and show managers theirs."""
    for monday in SPAN[::7]:
        week, next_one = SPAN[(monday - FIRST).days :][:7], monday + 7 * DAY
        for who in LEADS:
            worked = [day for day in week if begun(who, day)]
            if not worked:
                continue
            yield who, worked[-1], "audit question"
            if works(who, next_one) and (who, monday) not in AT_ONCE:
                yield who, next_one, "audit last call"
        yield from ((lead, next_one, "audit of the week") for lead in set(LEADS.values()) if works(lead, next_one))


def _meetings() -> Iterator[Due]:
    """Ask both a working day before each 1:1, give both the agenda two hours before, and ask what became of it."""
    for who, moments in MEETINGS.items():
        for moment in moments:
            at, lead = datetime.fromisoformat(f"{moment}+00:00"), LEADS[who]
            for one, kind in ((who, "1:1 preparation"), (lead, "1:1 strategy")):
                clock = at.astimezone(ZoneInfo(TEAM[one].zone))
                yield one, before(one, clock.date()), kind
                yield one, (clock - timedelta(hours=2)).date(), "1:1 agenda"
            later = (at + timedelta(hours=2)).astimezone(ZoneInfo(TEAM[lead].zone))
            yield lead, later.date() + quiet(TEAM[lead], later.time()) * DAY, "1:1 follow-up"


def _digests() -> Iterator[Due]:
    """Write to both managers on each working day after the one on which the bot came."""
    for lead in sorted(set(LEADS.values())):
        yield from ((lead, day, "digest") for day in SPAN[1:] if works(lead, day))


def _days_off() -> Iterator[Due]:
    """Announce holidays two working days before, and welcome back who was away."""
    for who in LEADS:
        near = [day for day in HOLIDAYS[who] if FIRST < day < LAST + 14 * DAY and day.weekday() in TEAM[who].weekdays]
        yield from ((who, before(who, day, 2), "holiday") for day in near)
    for who, member in TEAM.items():
        if member.away:
            yield who, after(who, member.away[-1]), "welcome back"


def _golden() -> Iterator[Due]:
    """Tell Jun before each of his Golden Hours that a session is not planned; it waits for Lena, who is asleep then."""
    agreed = date(2026, 10, 20)
    yield from (
        ("jun", day, "Golden Hours") for day in SPAN if day > agreed and works("jun", day) and works("bruno", day)
    )
