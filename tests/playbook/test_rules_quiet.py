"""Quiet: the one rule of everything scheduled, as one table of examples, and what holds of it whatever the calendar."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from playbook import load as playbook
from playbook.days import zone_names
from playbook.holidays import DaysOff
from playbook.hours import Hours, at_work
from playbook.quiet import MERGE, Calendar, Courtesy, QuietBook, Sent, next_opening, opens, quiet_hours, release

BOOK = playbook.load().quiet
MON_FRI = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
MADRID, MANILA, NEW_YORK, APIA, BEIRUT = (
    "Europe/Madrid", "Asia/Manila", "America/New_York", "Pacific/Apia", "Asia/Beirut",
)  # fmt: skip
USUAL = Calendar(MADRID, MON_FRI, (), time(20), time(8))
TOLD, UNASKED = Courtesy.TOLD, Courtesy.UNASKED
MINUTE = timedelta(minutes=1)


def at(text: str, zone: str = MADRID) -> datetime:
    """Read a moment on a zone's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def of(
    zone: str = MADRID,
    work: tuple[int, int] = (9, 17),
    weekdays: frozenset[int] = MON_FRI,
    free: Collection[date] = (),
    own: tuple[int, int] | None = None,
) -> Calendar:
    """Make somebody's calendar: by their working time, or by quiet hours of their own."""
    quiet = tuple(map(time, own)) if own else quiet_hours(time(work[0]), time(work[1]), BOOK)
    return Calendar(zone, weekdays, free, *quiet)


@dataclass(frozen=True)
class Case:
    """One row: what is to leave when, to whom, after what, and what becomes of it (None: now)."""

    why: str
    now: str
    then: str | None
    who: Calendar = USUAL
    courtesy: Courtesy = UNASKED
    today: int = 0
    last: str = ""
    timely: bool = False
    of_today: bool = False
    dnd: str = ""


NIGHT = of(work=(22, 6))
PH = of(MANILA, free=DaysOff("PH"))
AWAY = of(free=frozenset(date(2026, 11, day) for day in range(23, 28)))
TABLE = (
    Case("in the middle of a working day", "2026-11-23T12:00", None),
    Case("the first minute of the morning", "2026-11-23T08:00", None),
    Case("a minute before that", "2026-11-23T07:59", "2026-11-23T08:00"),
    Case("the last minute of the day", "2026-11-23T19:59", None),
    Case("quiet hours have begun", "2026-11-23T20:00", "2026-11-24T08:00"),
    Case("in the night", "2026-11-24T04:00", "2026-11-24T08:00"),
    Case("told in the night", "2026-11-24T04:00", "2026-11-24T08:00", courtesy=TOLD),
    Case("an answer in the night", "2026-11-24T04:00", None, courtesy=Courtesy.AT_ONCE),
    Case("Friday night", "2026-11-27T21:00", "2026-11-30T08:00"),
    Case("Saturday noon", "2026-11-28T12:00", "2026-11-30T08:00"),
    Case("Saturday noon of somebody who works on Saturdays", "2026-11-28T12:00", None, of(weekdays=frozenset({5}))),
    Case("a public holiday in Manila", "2026-11-30T10:00", "2026-12-01T08:00", PH),
    Case("the night before it", "2026-11-27T21:00", "2026-12-01T08:00", PH),
    Case("that holiday, for somebody who works on it", "2026-11-30T10:00", None,
         of(MANILA, free=DaysOff("PH", worked=frozenset({date(2026, 11, 30)})))),
    Case("a week away", "2026-11-23T12:00", "2026-11-30T08:00", AWAY),
    Case("told during a week away", "2026-11-25T12:00", "2026-11-30T08:00", AWAY, TOLD),
    Case("clocks went forward in the night", "2026-03-28T23:00", "2026-03-29T08:00", of(weekdays=EVERY_DAY)),
    Case("clocks went back in the night", "2026-10-24T23:00", "2026-10-25T08:00", of(weekdays=EVERY_DAY)),
    Case("quiet hours end in an hour that is skipped", "2026-03-29T00:30", "2026-03-29T03:30",
         replace(of(weekdays=EVERY_DAY), quiet_until=time(2, 30))),
    Case("midnight is skipped", "2026-03-28T22:00", "2026-03-29T01:00",
         replace(of(BEIRUT, weekdays=EVERY_DAY), quiet_until=time(0))),
    Case("a Friday that Samoa skipped", "2011-12-29T21:00", "2011-12-31T08:00", of(APIA, weekdays=EVERY_DAY)),
    Case("the same, with Saturday off", "2011-12-29T21:00", "2012-01-02T08:00", of(APIA)),
    Case("a night shift, at work", "2026-11-24T03:00", None, NIGHT),
    Case("a night shift, an hour before", "2026-11-23T21:00", None, NIGHT),
    Case("a night shift, just before that", "2026-11-23T20:59", "2026-11-23T21:00", NIGHT),
    Case("a night shift, two hours after", "2026-11-24T08:00", None, NIGHT),
    Case("a night shift, asleep", "2026-11-24T12:00", "2026-11-24T21:00", NIGHT),
    Case("Friday's night shift is Friday's, on Saturday too", "2026-11-28T03:00", None, NIGHT),
    Case("Sunday's night is off", "2026-11-30T03:00", "2026-11-30T21:00", NIGHT),
    Case("an early start", "2026-11-23T06:10", None, of(work=(7, 15))),
    Case("and an early evening", "2026-11-23T18:00", "2026-11-24T06:00", of(work=(7, 15))),
    Case("quiet hours of one's own win", "2026-11-23T18:30", "2026-11-24T10:00", of(own=(18, 10))),
    Case("at noon, for a siesta", "2026-11-23T14:30", "2026-11-23T16:00", of(own=(14, 16))),
    Case("no quiet hours at all", "2026-11-24T04:00", None, of(own=(0, 0))),
    Case("notifications paused", "2026-11-23T12:00", "2026-11-23T13:30", dnd="2026-11-23T13:30"),
    Case("paused until the evening", "2026-11-23T12:00", "2026-11-24T08:00", dnd="2026-11-23T21:00"),
    Case("told while paused", "2026-11-23T12:00", "2026-11-23T13:30", courtesy=TOLD, dnd="2026-11-23T13:30"),
    Case("a pause that is over", "2026-11-23T12:00", None, dnd="2026-11-23T11:00"),
    Case("the third of a day", "2026-11-23T16:00", None, today=2, last="2026-11-23T12:00"),
    Case("the fourth of a day", "2026-11-23T16:00", "2026-11-24T08:00", today=3, last="2026-11-23T12:00"),
    Case("the fourth on a Friday", "2026-11-27T16:00", "2026-11-30T08:00", today=3, last="2026-11-27T12:00"),
    Case("the fourth, told", "2026-11-23T16:00", None, courtesy=TOLD, today=3, last="2026-11-23T15:50"),
    Case("the fourth, which cannot wait", "2026-11-23T16:00", MERGE, today=3, last="2026-11-23T12:00", timely=True),
    Case("the fourth, which cannot wait, at night", "2026-11-23T23:00", "2026-11-24T08:00", today=3, timely=True),
    Case("the fourth, which is about today", "2026-11-23T16:00", MERGE, today=3, last="2026-11-23T12:00", of_today=True),
    Case("the fourth, told, about today", "2026-11-23T16:00", None, courtesy=TOLD, today=3, of_today=True),
    Case("ten minutes after another, about today", "2026-11-23T12:10", "2026-11-23T12:30", today=1,
         last="2026-11-23T12:00", of_today=True),
    Case("ten minutes after another", "2026-11-23T12:10", "2026-11-23T12:30", today=1, last="2026-11-23T12:00"),
    Case("half an hour after another", "2026-11-23T12:30", None, today=1, last="2026-11-23T12:00"),
    Case("ten minutes after, and timely", "2026-11-23T12:10", None, today=1, last="2026-11-23T12:00", timely=True),
    Case("ten minutes after, and told", "2026-11-23T12:10", None, courtesy=TOLD, today=1, last="2026-11-23T12:00"),
    Case("gathered into the night", "2026-11-23T19:50", "2026-11-24T08:00", today=1, last="2026-11-23T19:45"),
)  # fmt: skip


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.why)
def test_the_one_rule(case: Case) -> None:
    zone = case.who.zone
    now = at(case.now, zone)
    last, dnd = (at(text, zone) if text else None for text in (case.last, case.dnd))
    haste = {"timely": case.timely, "of_today": case.of_today}
    then = release(now, case.who, Sent(case.today, last), case.courtesy, BOOK, **haste, dnd_until=dnd)
    assert then == (case.then if case.then == MERGE else at(case.then or case.now, zone))


def test_the_usual_numbers() -> None:
    assert (BOOK.quiet_from, BOOK.quiet_until, BOOK.cap, BOOK.gather) == (time(20), time(8), 3, 30)
    with pytest.raises(ValidationError, match="cap must be 1 or more"):
        QuietBook(**BOOK.model_dump() | {"cap": 0})


@pytest.mark.parametrize(
    ("work", "quiet"),
    [
        ((9, 17), (20, 0, 8, 0)),
        ((8, 20), (20, 0, 8, 0)),
        ((7, 15), (17, 30, 6, 0)),
        ((12, 21), (23, 30, 11, 0)),
        ((22, 6), (8, 30, 21, 0)),
        ((0, 0), (0, 0, 0, 0)),
    ],
)
def test_quiet_hours_lie_around_working_time(work: tuple[int, int], quiet: tuple[int, int, int, int]) -> None:
    assert quiet_hours(time(work[0]), time(work[1]), BOOK) == (time(*quiet[:2]), time(*quiet[2:]))


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
moments = st.datetimes(datetime(2011, 1, 1), datetime(2030, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001
zones = st.sampled_from(zone_names())
weeks = st.frozensets(st.integers(0, 6), min_size=1)
frees = st.one_of(
    st.frozensets(st.dates(date(2011, 1, 1), date(2030, 1, 1)), max_size=5),
    st.sampled_from(["PH", "ES", "BR", ""]).map(DaysOff),
)
calendars = st.builds(Calendar, zones, weeks, frees, clocks, clocks)
sents = st.builds(Sent, st.integers(0, 5), st.none())
maybe = st.one_of(st.none(), moments)


@settings(deadline=None)
@given(moments, calendars, maybe)
def test_it_opens_no_earlier_than_now_and_then_is_open(now: datetime, who: Calendar, dnd: datetime | None) -> None:
    moment = opens(now, who, dnd)
    assert moment >= max(now, dnd or now)
    assert at_work(who.waking, moment)
    assert opens(moment, who, dnd) == moment


@settings(deadline=None)
@given(moments, calendars, st.integers(1, 60 * 24 * 14))
def test_what_opens_later_is_closed_until_then(now: datetime, who: Calendar, minutes: int) -> None:
    moment = opens(now, who)
    between = now + minutes * MINUTE
    assert between >= moment or not at_work(who.waking, between)


@settings(deadline=None)
@given(
    now=moments,
    who=calendars,
    courtesy=st.sampled_from(list(Courtesy)),
    today=st.integers(0, 5),
    last=maybe,
    dnd=maybe,
    timely=st.booleans(),
    of_today=st.booleans(),
)
def test_whatever_is_let_go_later_is_let_go_when_its_time_comes(
    now: datetime,
    who: Calendar,
    courtesy: Courtesy,
    today: int,
    last: datetime | None,
    dnd: datetime | None,
    *,
    timely: bool,
    of_today: bool,
) -> None:
    sent = Sent(today, min(last, now) if last else None)
    haste = {"timely": timely, "of_today": of_today}
    then = release(now, who, sent, courtesy, BOOK, **haste, dnd_until=dnd)
    if isinstance(then, str):
        assert timely or of_today
        assert today >= BOOK.cap
        return
    assert then >= now
    assert courtesy is Courtesy.AT_ONCE or opens(then, who, dnd) == then
    assert release(then, who, Sent(0, sent.last), courtesy, BOOK, **haste, dnd_until=dnd) == then


@settings(deadline=None)
@given(moments, calendars)
def test_the_next_opening_is_later_and_begins_a_day_of_theirs(now: datetime, who: Calendar) -> None:
    then = next_opening(now, who)
    assert then > now
    assert opens(then, who) == then


@settings(deadline=None)
@given(moments, zones, weeks, clocks, clocks)
def test_nobody_is_in_quiet_hours_at_their_own_work(
    now: datetime, zone: str, weekdays: frozenset[int], start: time, end: time
) -> None:
    works = Hours(zone, weekdays, start, end)
    who = Calendar(zone, weekdays, (), *quiet_hours(start, end, BOOK))
    assert not at_work(works, now) or at_work(who.waking, now)
