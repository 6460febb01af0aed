"""`/log` text, row by row: what is typed, and what is understood of it (Wednesday 25 November 2026, 15:00 UTC)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from playbook.load import Playbook
from playbook.log import Entry, LogRequest, read
from tests.said import said

read = said(read)

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
ZONE = "Europe/Madrid"


def told(entry: Entry) -> str:
    """Write an entry in one line: day, minutes, range on the person's clock, project, category, links, note."""
    clock = ""
    if entry.start and entry.end:
        start, end = (moment.astimezone(ZoneInfo(ZONE)) for moment in (entry.start, entry.end))
        clock = f" {start:%H:%M}-{end:%H:%M}"
    marks = f"{entry.project and ' #' + entry.project}{entry.category and ' @' + entry.category}"
    links = "".join(f" ~{link}" for link in entry.links)
    return f"{entry.day.day} {entry.day:%b} {entry.minutes}{clock}{marks}{links}{entry.note and ' | ' + entry.note}"


LENGTHS = [
    ("2h30", "25 Nov 150"),
    ("2h30m", "25 Nov 150"),
    ("2h 30m", "25 Nov 150"),
    ("2h 30", "25 Nov 150"),
    ("2 h 30", "25 Nov 150"),
    ("2H30M", "25 Nov 150"),
    ("2.5h", "25 Nov 150"),
    ("2,5h", "25 Nov 150"),
    ("2,5", "25 Nov 150"),
    ("2.5", "25 Nov 150"),
    (".5h", "25 Nov 30"),
    ("0.25h", "25 Nov 15"),
    ("2", "25 Nov 120"),
    ("16", "25 Nov 960"),
    ("150m", "25 Nov 150"),
    ("150 min", "25 Nov 150"),
    ("150 minutes", "25 Nov 150"),
    ("2:30", "25 Nov 150"),
    ("0:45", "25 Nov 45"),
    ("2:30h", "25 Nov 150"),
    ("1 hour 15 minutes", "25 Nov 75"),
    ("1 hour and 15 minutes", "25 Nov 75"),
    ("1hr15min", "25 Nov 75"),
    ("1 hr 15 mins", "25 Nov 75"),
    ("half hour", "25 Nov 30"),
    ("half an hour", "25 Nov 30"),
    ("a half hour", "25 Nov 30"),
    ("an hour", "25 Nov 60"),
    ("one hour", "25 Nov 60"),
    ("an hour and a half", "25 Nov 90"),
    ("one and a half hours", "25 Nov 90"),
    ("two hours", "25 Nov 120"),
    ("a quarter of an hour", "25 Nov 15"),
    ("quarter hour", "25 Nov 15"),
    ("thirty minutes", "25 Nov 30"),
    ("1/2 hour", "25 Nov 30"),
    ("½h", "25 Nov 30"),
    ("1½ hours", "25 Nov 90"),
    ("~2h", "25 Nov 120"),
    ("(2h)", "25 Nov 120"),
    ("2h.", "25 Nov 120"),
    ("2h: design", "25 Nov 120 | design"),
    ("2h, design", "25 Nov 120 | design"),
    ("1 hour, 15 minutes", "25 Nov 75"),
]

RANGES = [
    ("9-12:30", "25 Nov 210 09:00-12:30"),
    ("9:00-12:30", "25 Nov 210 09:00-12:30"),
    ("09:00-12:30", "25 Nov 210 09:00-12:30"),
    ("9:00 - 12:30", "25 Nov 210 09:00-12:30"),
    ("9.15-12.30", "25 Nov 195 09:15-12:30"),
    ("9am-1pm", "25 Nov 240 09:00-13:00"),
    ("9 am - 1 pm", "25 Nov 240 09:00-13:00"),
    ("9AM-1PM", "25 Nov 240 09:00-13:00"),
    ("9:15am-1:30pm", "25 Nov 255 09:15-13:30"),
    ("9-1pm", "25 Nov 240 09:00-13:00"),
    ("1-3pm", "25 Nov 120 13:00-15:00"),
    ("9am-1", "25 Nov 240 09:00-13:00"),
    ("12pm-1pm", "25 Nov 60 12:00-13:00"),
    ("12am-1am", "25 Nov 60 00:00-01:00"),
    ("9\u201312", "25 Nov 180 09:00-12:00"),
    ("9\u201412", "25 Nov 180 09:00-12:00"),
    ("9..12", "25 Nov 180 09:00-12:00"),
    ("9 to 12:30", "25 Nov 210 09:00-12:30"),
    ("from 9 to 12:30", "25 Nov 210 09:00-12:30"),
    ("9 until 12", "25 Nov 180 09:00-12:00"),
    ("10-2", "25 Nov 240 10:00-14:00"),
    ("9-5", "25 Nov 480 09:00-17:00"),
    ("12-1", "25 Nov 60 12:00-13:00"),
    ("yesterday 20-24", "24 Nov 240 20:00-00:00"),
    ("9-12:30 standup and mail #acme", "25 Nov 210 09:00-12:30 #acme | standup and mail"),
    ("landing page 9-12", "25 Nov 180 09:00-12:00 | landing page"),
    ("mon 9-12 review", "23 Nov 180 09:00-12:00 | review"),
    ("#acme @build 9:00 - 12:30 thing", "25 Nov 210 09:00-12:30 #acme @build | thing"),
    ("2h fix 3-5 bugs", "25 Nov 120 | fix 3-5 bugs"),
]

DAYS = [
    ("today 2h", "25 Nov 120"),
    ("yesterday 2h", "24 Nov 120"),
    ("Yesterday: 2h", "24 Nov 120"),
    ("2h yesterday", "24 Nov 120"),
    ("2h yesterday evening call", "24 Nov 120 | evening call"),
    ("tomorrow 2h", "26 Nov 120"),
    ("day before yesterday 2h", "23 Nov 120"),
    ("the day before yesterday 2h", "23 Nov 120"),
    ("2 days ago 2h", "23 Nov 120"),
    ("1 day ago 2h", "24 Nov 120"),
    ("mon 4h", "23 Nov 240"),
    ("Monday 4h", "23 Nov 240"),
    ("tue 4h", "24 Nov 240"),
    ("tues 4h", "24 Nov 240"),
    ("wed 4h", "25 Nov 240"),
    ("last wed 4h", "18 Nov 240"),
    ("thu 4h", "19 Nov 240"),
    ("thursday 4h", "19 Nov 240"),
    ("fri 4h", "20 Nov 240"),
    ("last friday 4h", "20 Nov 240"),
    ("on friday 4h", "20 Nov 240"),
    ("sat 4h", "21 Nov 240"),
    ("sun 4h", "22 Nov 240"),
    ("4h landing page mon", "23 Nov 240 | landing page"),
    ("landing page mon 4h", "23 Nov 240 | landing page"),
    ("landing page 4h mon copy", "23 Nov 240 | landing page copy"),
    ("3 mar 2h", "3 Mar 120"),
    ("mar 3 2h", "3 Mar 120"),
    ("3 march 2h", "3 Mar 120"),
    ("3rd of march 2h", "3 Mar 120"),
    ("march 3rd 2h", "3 Mar 120"),
    ("March 3rd, 2026 2h", "3 Mar 120"),
    ("3 march 2026 2h", "3 Mar 120"),
    ("2026-03-03 2h", "3 Mar 120"),
    ("2h 2026-03-03 review", "3 Mar 120 | review"),
    ("2h 3 mar review", "3 Mar 120 | review"),
    ("tue 24 nov 2h", "24 Nov 120"),
    ("1st nov 2h", "1 Nov 120"),
    ("24 dec 2h", "24 Dec 120"),
    ("2h slides for friday", "25 Nov 120 | slides for friday"),
    ("2h ready by monday", "25 Nov 120 | ready by monday"),
    ("2h plan the week", "25 Nov 120 | plan the week"),
    ("2h the friday retro notes", "25 Nov 120 | the friday retro notes"),
    ("2h call at 10:30", "25 Nov 120 | call at 10:30"),
]

MARKS = [
    ("2h #acme", "25 Nov 120 #acme"),
    ("#acme 2h", "25 Nov 120 #acme"),
    ("2h landing #acme copy", "25 Nov 120 #acme | landing copy"),
    ("2h #acme, copy", "25 Nov 120 #acme | copy"),
    ("2h #acme-web", "25 Nov 120 #acme-web"),
    ("2h #Acme", "25 Nov 120 #Acme"),
    ("2h <#C123|acme> copy", "25 Nov 120 #acme | copy"),
    ("2h <#C123> copy", "25 Nov 120 #C123 | copy"),
    ("2h fix #123", "25 Nov 120 | fix #123"),
    ("2h learn C#", "25 Nov 120 | learn C#"),
    ("2h @research", "25 Nov 120 @research"),
    ("2h @Research", "25 Nov 120 @research"),
    ("2h @res", "25 Nov 120 @research"),
    ("2h @rev", "25 Nov 120 @review"),
    ("2h @b", "25 Nov 120 @build"),
    ("2h @build", "25 Nov 120 @build"),
    ("2h @dev", "25 Nov 120 @build"),
    ("2h @meeting", "25 Nov 120 @meetings"),
    ("2h @call", "25 Nov 120 @meetings"),
    ("2h @1:1", "25 Nov 120 @meetings"),
    ("2h @admin", "25 Nov 120 @admin"),
    ("2h @wait", "25 Nov 120 @waiting"),
    ("2h @blocked", "25 Nov 120 @waiting"),
    ("2h @learn", "25 Nov 120 @learning"),
    ("@learning 2h", "25 Nov 120 @learning"),
    ("2h @build @dev", "25 Nov 120 @build"),
    ("2h mail ana@example.com", "25 Nov 120 | mail ana@example.com"),
    ("2h pair with <@U123|ana>", "25 Nov 120 | pair with <@U123|ana>"),
    ("2h demo https://loom.com/x", "25 Nov 120 ~https://loom.com/x | demo"),
    ("2h <https://loom.com/x> demo", "25 Nov 120 ~https://loom.com/x | demo"),
    ("2h <http://loom.com/x|loom.com/x> demo", "25 Nov 120 ~http://loom.com/x | demo"),
    ("2h <https://a.io/c?x=1&amp;y=2|design doc>", "25 Nov 120 ~https://a.io/c?x=1&y=2 | design doc"),
    ("2h see https://a.io/x.", "25 Nov 120 ~https://a.io/x | see ."),
    ("2h https://a.io/p_(q) x", "25 Nov 120 ~https://a.io/p_(q) | x"),
    ("2h https://a.io https://b.io x", "25 Nov 120 ~https://a.io ~https://b.io | x"),
    ("2h https://a.io https://a.io x", "25 Nov 120 ~https://a.io | x"),
    ("2h30 landing page copy #acme @research https://loom.com/x",
     "25 Nov 150 #acme @research ~https://loom.com/x | landing page copy"),
    ("https://loom.com/x copy @research #acme 2h30 yesterday",
     "24 Nov 150 #acme @research ~https://loom.com/x | copy"),
]  # fmt: skip

NOTES = [
    ("2h fixing checkout", "25 Nov 120 | fixing checkout"),
    ("fixing checkout 2h", "25 Nov 120 | fixing checkout"),
    ("fixing 2h checkout", "25 Nov 120 | fixing checkout"),
    ("2h - landing page", "25 Nov 120 | landing page"),
    ("2 landing page", "25 Nov 120 | landing page"),
    ("404 page fix 2h", "25 Nov 120 | 404 page fix"),
    ("review 2 tickets 1h", "25 Nov 60 | review 2 tickets"),
    ("2h R&amp;D", "25 Nov 120 | R&D"),
    ("2h a &lt; b &gt; c", "25 Nov 120 | a < b > c"),
    (
        "2h \U0001f469\u200d\U0001f469\u200d\U0001f467 family",
        "25 Nov 120 | \U0001f469\u200d\U0001f469\u200d\U0001f467 family",
    ),
    (":tada: 2h launch", "25 Nov 120 | :tada: launch"),
    (
        "2h \u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
        "25 Nov 120 | \u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    ),
    ("2h \u202eevil\u202c note", "25 Nov 120 | evil note"),
    ("2h nul\x00l \x07bell", "25 Nov 120 | null bell"),
    ("2h `npm run x; y` fix", "25 Nov 120 | `npm run x; y` fix"),
    ("2h Robert'); DROP TABLE log_entry;--", "25 Nov 120 | Robert'); DROP TABLE log_entry;--"),
    ("2h {braces} %s %(x)s", "25 Nov 120 | {braces} %s %(x)s"),
    ("2h fix; then test", "25 Nov 120 | fix; then test"),
    ("2h fix; 3 tickets left", "25 Nov 120 | fix; 3 tickets left"),
    ("  2h\t tabs   and  spaces ", "25 Nov 120 | tabs and spaces"),
    ("2h help me with css", "25 Nov 120 | help me with css"),
    ("start of sprint 2h", "25 Nov 120 | start of sprint"),
    ("today 2h week plan", "25 Nov 120 | week plan"),
    ("spent an hour on this 2h", "25 Nov 120 | spent an hour on this"),
]


@pytest.mark.parametrize(("text", "expected"), LENGTHS + RANGES + DAYS + MARKS + NOTES)
def test_one_entry(text: str, expected: str, playbook: Playbook) -> None:
    request = read(text, NOW, ZONE, playbook.log)
    assert [told(entry) for entry in request.entries] == [expected]
    assert (request.verb, request.unclear, request.questions) == ("", (), ())
    assert request.ready


def test_the_table_is_long_enough() -> None:
    rows = LENGTHS + RANGES + DAYS + MARKS + NOTES
    assert len({text for text, _ in rows}) == len(rows) >= 150


SEVERAL = [
    ("2h acme; 30m review", ["25 Nov 120 | acme", "25 Nov 30 | review"]),
    ("2h acme;30m review", ["25 Nov 120 | acme", "25 Nov 30 | review"]),
    ("2h acme\n30m review", ["25 Nov 120 | acme", "25 Nov 30 | review"]),
    ("2h acme, 30m review", ["25 Nov 120 | acme", "25 Nov 30 | review"]),
    ("2 acme; 1 review", ["25 Nov 120 | acme", "25 Nov 60 | review"]),
    ("2h #a @build x; 1h #b @rev y", ["25 Nov 120 #a @build | x", "25 Nov 60 #b @review | y"]),
    ("yesterday 2h acme; 30m review", ["24 Nov 120 | acme", "24 Nov 30 | review"]),
    ("yesterday 2h acme; today 30m review", ["24 Nov 120 | acme", "25 Nov 30 | review"]),
    ("yesterday:\n2h acme\n30m review", ["24 Nov 120 | acme", "24 Nov 30 | review"]),
    ("mon\n2h a\n1h b\ntue\n3h c", ["23 Nov 120 | a", "23 Nov 60 | b", "24 Nov 180 | c"]),
    ("9-12 a; 13-15:30 b", ["25 Nov 180 09:00-12:00 | a", "25 Nov 150 13:00-15:30 | b"]),
    ("22-2 deploy", ["24 Nov 120 22:00-00:00 | deploy", "25 Nov 120 00:00-02:00 | deploy"]),
    ("mon 22-2 deploy", ["23 Nov 120 22:00-00:00 | deploy", "24 Nov 120 00:00-02:00 | deploy"]),
    ("mon 10pm-2am deploy", ["23 Nov 120 22:00-00:00 | deploy", "24 Nov 120 00:00-02:00 | deploy"]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_entries(text: str, expected: list[str], playbook: Playbook) -> None:
    request = read(text, NOW, ZONE, playbook.log)
    assert [told(entry) for entry in request.entries] == expected
    assert request.ready


VERBS = [
    ("", ""), ("   ", ""), ("today", "today"), ("Today", "today"), ("week", "week"), ("this week", "week"),
    ("last week", "last week"), ("LAST  WEEK", "last week"), ("same", "same"), ("again", "same"), ("start", "start"),
    ("stop", "stop"), ("edit", "edit"), ("undo", "undo"), ("undo!", "undo"), ("help", "help"), ("?", "help"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verb"), VERBS)
def test_a_verb_alone(text: str, verb: str, playbook: Playbook) -> None:
    request = read(text, NOW, ZONE, playbook.log)
    assert request.verb == verb
    assert request.ready
    assert [told(entry) for entry in request.entries] in ([], ["25 Nov 0"])


PREFIXED = [
    ("start #acme landing page", "start", "25 Nov 0 #acme | landing page"),
    ("start @build", "start", "25 Nov 0 @build"),
    ("stop done with copy", "stop", "25 Nov 0 | done with copy"),
    ("same 2h", "same", "25 Nov 120"),
    ("same yesterday", "same", "24 Nov 0"),
    ("same 9-12 tests", "same", "25 Nov 180 09:00-12:00 | tests"),
]


@pytest.mark.parametrize(("text", "verb", "expected"), PREFIXED)
def test_a_verb_and_what_it_is_about(text: str, verb: str, expected: str, playbook: Playbook) -> None:
    request = read(text, NOW, ZONE, playbook.log)
    assert (request.verb, [told(entry) for entry in request.entries]) == (verb, [expected])
    assert request.ready


UNCLEAR = [
    ("landing page", (), "25 Nov 0 | landing page", "How long"),
    ("yesterday", (), "24 Nov 0", "How long"),
    ("#acme @build", (), "25 Nov 0 #acme @build", "How long"),
    ("2-3h copy", (), "25 Nov 0 | 2-3h copy", "How long"),
    ("2h-3h copy", (), "25 Nov 0 | 2h-3h copy", "How long"),
    ("-2h copy", (), "25 Nov 0 | -2h copy", "How long"),
    ("9-9 copy", (), "25 Nov 0 | 9-9 copy", "How long"),
    ("20", ("20",), "25 Nov 0", "how long it took"),
    ("90 copy", ("90",), "25 Nov 0 | 90 copy", "how long it took"),
    ("fix bug 42", ("42",), "25 Nov 0 | fix bug 42", "how long it took"),
    ("landing page copy 2", ("2",), "25 Nov 0 | landing page copy 2", "how long it took"),
    ("2h 30 tickets", ("2h 30",), "25 Nov 0 | 2h 30 tickets", "how long it took"),
    ("1h call about 2h outage", ("1h, 2h",), "25 Nov 0 | 1h call about 2h outage", "more than one length"),
    ("0h copy", ("0h",), "25 Nov 0 | copy", "no time at all"),
    ("3/3 2h copy", ("3/3",), "25 Nov 120 | copy", "a day?"),
    ("2h 3/4 copy", ("3/4",), "25 Nov 120 | copy", "a day?"),
    ("2h copy 3/4/2026", ("3/4/2026",), "25 Nov 120 | copy", "a day?"),
    ("3.4.2026 2h", ("3.4.2026",), "25 Nov 120", "a day?"),
    ("2026-02-30 2h", ("2026-02-30",), "25 Nov 120", "a day?"),
    ("31 feb 2h", ("31 feb",), "25 Nov 120", "a day?"),
    ("2h @foo copy", ("@foo",), "25 Nov 120 | copy", "Research, Build, Review"),
    ("2h @r copy", ("@r",), "25 Nov 120 | copy", "Research or Review"),
    ("2h @reserch copy", ("@reserch",), "25 Nov 120 | copy", "Research"),
    ("2h @build @admin copy", ("@admin",), "25 Nov 120 @build | copy", "one category"),
    ("2h #a #b copy", ("#b",), "25 Nov 120 #a | copy", "one project"),
    ("mon; tue 2h", (), "23 Nov 0", "How long"),
]


@pytest.mark.parametrize(("text", "unclear", "draft", "question"), UNCLEAR)
def test_what_is_unclear_is_asked(
    text: str, unclear: tuple[str, ...], draft: str, question: str, playbook: Playbook
) -> None:
    request = read(text, NOW, ZONE, playbook.log)
    assert not request.ready
    assert request.draft
    assert told(request.draft) == draft
    assert request.unclear == unclear
    assert any(question in each for each in request.questions)
    assert not any("{" in each for each in request.questions)


def test_the_stopwatch_takes_no_length(playbook: Playbook) -> None:
    request = read("start 2h", NOW, ZONE, playbook.log)
    assert (request.verb, request.unclear, request.ready) == ("start", ("2h",), False)


def test_a_known_project_is_spelt_as_it_is_known(playbook: Playbook) -> None:
    request = read("2h #LANDING-page x", NOW, ZONE, playbook.log, ["Acme", "Landing page"])
    assert request.ready
    assert request.entries[0].project == "Landing page"


@pytest.mark.parametrize(("typed", "suggested"), [("#acmee", "Acme"), ("#landing", "Landing page"), ("#zzz", "add it")])
def test_an_unknown_project_is_asked_about_and_kept(typed: str, suggested: str, playbook: Playbook) -> None:
    request = read(f"2h {typed} x", NOW, ZONE, playbook.log, ["Acme", "Landing page"])
    assert request.unclear == (typed,)
    assert suggested in request.questions[0]
    assert request.entries[0].project == typed[1:]


def test_what_is_more_than_fits_is_asked_about(playbook: Playbook) -> None:
    request = read("; ".join(f"1h task{n}" for n in range(12)), NOW, ZONE, playbook.log)
    assert len(request.entries) == playbook.log.entries_limit
    assert request.unclear == ("1h task10; 1h task11",)


def test_a_novel_is_given_back_whole(playbook: Playbook) -> None:
    text = "2h " + "word " * 700
    request = read(text, NOW, ZONE, playbook.log)
    assert request == LogRequest(unclear=(text.strip(),), questions=request.questions)
    assert "3000" in request.questions[0]


def test_a_long_note_is_kept_whole(playbook: Playbook) -> None:
    note = "n" * 400
    assert read(f"2h {note}", NOW, ZONE, playbook.log).entries[0].note == note


def test_today_is_the_persons_own_day(playbook: Playbook) -> None:
    late = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
    days = [read("2h", late, zone, playbook.log).entries[0].day.day for zone in ("Asia/Manila", "America/New_York")]
    assert days == [26, 25]


def test_a_date_without_a_year_is_the_last_one(playbook: Playbook) -> None:
    years = [read(f"{day} 2h", NOW, ZONE, playbook.log).entries[0].day.year for day in ("24 dec", "24 nov", "25 nov")]
    assert years == [2025, 2026, 2026]


def test_a_range_over_a_clock_change_counts_real_time(playbook: Playbook) -> None:
    now = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
    spring = read("2026-03-08 1:30-3:30", now, "America/New_York", playbook.log).entries
    autumn = read("2025-11-02 0:30-3:30", now, "America/New_York", playbook.log).entries
    assert [entry.minutes for entry in (*spring, *autumn)] == [60, 240]


def test_the_words_for_length_and_day_are_kept(playbook: Playbook) -> None:
    entry = read("Mon 9:00 - 12:30, review", NOW, ZONE, playbook.log).entries[0]
    assert (entry.when, entry.length, entry.note) == ("Mon", "9:00 - 12:30,", "review")
