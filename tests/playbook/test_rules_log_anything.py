"""Whatever is typed after `/log`: it is read without failing, and every word of it is somewhere."""

import time
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playbook.load import load
from playbook.log import Entry, LogRequest, duration, problems, read, spans
from playbook.words import clean, unescape
from tests.said import said

load = said(load)
duration = said(duration)
problems = said(problems)
read = said(read)
spans = said(spans)
clean = said(clean)
unescape = said(unescape)

BOOK = load().log
NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
ZONES = st.sampled_from(
    ["UTC", "Asia/Manila", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia", "Africa/Casablanca"]
)
PIECES = [
    "2h", "2h30", "30m", "2", "20", "2,5", "9-12", "22-2", "9am-1pm", "from", "9", "to", "an", "hour", "and", "a",
    "half", "yesterday", "mon", "on", "last", "friday", "3", "mar", "2026-03-03", "3/3", "today", "#acme", "#7",
    "#beta,", "@research", "@r", "@foo", "https://a.io/x", "<https://a.io|text>", "<#C1|acme>", "<@U1|ana>", ";",
    "\n", "copy", "for", "'; DROP TABLE x;--", "`code`", "R&amp;D", "same", "start", "\u05e9\u05dc\u05d5\u05dd",
    "\U0001f389", "2,", "-", ":", "0h", "week", "99999999999h", "(2h)", "~2h",
]  # fmt: skip
SENTENCES = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
MOMENTS = st.datetimes(datetime(2011, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), SENTENCES), MOMENTS, ZONES, st.sampled_from([(), ("Acme", "beta")]))
@example("\x00", NOW, "UTC", ())
@example("\ud800 2h", NOW, "UTC", ())
@example("<#>", NOW, "UTC", ())
@example("1" * 3000, NOW, "UTC", ())
def test_any_text_is_read(text: str, now: datetime, zone: str, projects: tuple[str, ...]) -> None:
    request = read(text, now, zone, BOOK, projects)
    for entry in request.entries:
        assert entry.minutes >= 0
        assert (entry.start is None) == (entry.end is None)
    assert request.ready == (not request.questions)
    assert all("{" not in each or "{" in text for each in request.questions)
    assert request.verb or not request.ready or all(entry.minutes for entry in request.entries)
    answers = problems(request.entries, now, zone, BOOK)
    assert len(answers) == len(request.entries)


def kept(request: LogRequest) -> str:
    """Gather all the places where words can be."""
    return " ".join([request.verb, *request.unclear, *(_kept(entry) for entry in request.entries)])


def _kept(entry: Entry) -> str:
    category = BOOK.category(entry.category)
    names = " ".join(category.names) if category else ""
    parts = (entry.note, entry.length, entry.when, entry.project, names, *entry.links)
    return " ".join(parts)


def plain(word: str) -> str:
    """Leave out what only marks or separates a word."""
    return "".join(sign for sign in word.casefold() if unicodedata.category(sign)[0] in "LNS" or sign == "'")


LOST = st.lists(
    st.sampled_from([piece for piece in PIECES if "|" not in piece and piece not in ("@r", "R&amp;D")]), max_size=12
).map(" ".join)


@settings(max_examples=600, deadline=None)
@given(
    st.one_of(
        LOST,
        st.text(alphabet=st.characters(blacklist_characters="<>&\ue000\ue001\ue002\ue003\ue004\ue005"), max_size=60),
    )
)
@example("mon; tue; 2h x")
@example("2h foo; mon")
@example("start 2h copy")
@example("9-12 aug; 3/3, 20 x")
def test_nothing_typed_is_lost(text: str) -> None:
    request = read(text, NOW, "Europe/Madrid", BOOK)
    everything = plain(kept(request))
    for word in unescape(clean(text)).split():
        if plain(word).strip("'|") and request.verb not in ("help", "last week", "week", "same"):
            assert plain(word) in everything, (word, request)


@given(st.text(max_size=40))
def test_any_length_is_read(text: str) -> None:
    minutes = duration(text, BOOK)
    assert minutes is None or minutes >= 0
    assert all(span.minutes >= 0 for span in spans(text, NOW.date(), "Europe/Madrid", BOOK))


HEAVY = [
    "a; ",
    "2h a, ",
    "1h 2h x, 3h,",
    "<@",
    "https://(",
    "2 ",
    "9-",
    "mon\n",
    "@foo ",
    "half a ",
    "1",
    "(",
    "\u00bd",
]


@pytest.mark.parametrize("piece", HEAVY)
def test_long_text_takes_no_long_time(piece: str) -> None:
    text = (piece * 3000)[: BOOK.text_limit]
    begun = time.process_time()
    read(text, NOW, "Europe/Madrid", BOOK, ("Acme", "beta"))
    assert time.process_time() - begun < 2
