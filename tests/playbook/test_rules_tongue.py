"""How sentences are put into words for their reader: marks, gaps, plural forms, days, clocks and lengths."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.tongue import spoken
from playbook.tongue import (
    ENGLISH,
    MARKS,
    Tongue,
    clean,
    cut,
    day,
    day_and_month,
    length,
    length_words,
    month,
    numbered,
    oclock,
    phrase,
    say,
    sentence_of,
    short_day,
    short_month,
    short_weekday,
    weekday,
    whole_day,
)
from playbook.tongue_catalogue import Catalogues
from playbook.tongue_collect import sentences

BACKWARDS = Tongue("xx", lambda one, many, n: (many if n not in (None, 1) else one).upper(), ENGLISH.show)
TYPED = st.text(st.characters(exclude_characters="\ue000\ue001\ue002\ue003\ue004\ue005"))
MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("as it is", "as it is"),
        (phrase("Saved."), "Saved."),
        (phrase("Saved for {who}.", who="ana"), "Saved for ana."),
        (phrase("Saved for {who}.").format(who="ana"), "Saved for ana."),
        (phrase("{what}, then.", what=phrase("Saved for {who}", who="ana")), "Saved for ana, then."),
        (" and ".join([phrase("one"), "2", phrase("three")]), "one and 2 and three"),
        (f"*{phrase('Saved.')}*", "*Saved.*"),
        (phrase("A {gap} that nobody fills"), "A {gap} that nobody fills"),
        (phrase("{who} likes braces", who="{what}"), "{what} likes braces"),
        (numbered("{n} item", "{n} items", 1), "1 item"),
        (numbered("{n} item", "{n} items", 0), "0 items"),
        (numbered("{n} item of {who}", "{n} items of {who}", 3, who="ana"), "3 items of ana"),
        (phrase("Due {day}", day=day(MONDAY)), "Due Mon 2 Mar"),
        (short_day(MONDAY), "Mon 2"),
        (short_weekday(MONDAY), "Mon"),
        (day_and_month(MONDAY), "2 Mar"),
        (short_month(MONDAY), "Mar"),
        (month(MONDAY), "March 2026"),
        (whole_day(MONDAY), "2 March 2026"),
        (weekday(MONDAY), "Monday"),
        (oclock(time(9, 5)), "09:05"),
        (oclock(datetime(2026, 3, 2, 14, 5)), "14:05"),  # noqa: DTZ001 - the clock on somebody's wall
        (length(150), "2 h 30"),
    ],
)
def test_a_marked_text_in_english(marked: str, said: str) -> None:
    assert say(marked, ENGLISH) == said


def test_only_the_sentence_is_translated_not_what_stands_in_its_gaps() -> None:
    assert say(phrase("saved for {WHO}", WHO="ana"), BACKWARDS) == "SAVED FOR ana"
    assert say("typed " + numbered("one", "many", 2), BACKWARDS) == "typed MANY"
    assert sentence_of(phrase("Saved for {who}.", who="ana")) == "Saved for {who}."
    assert sentence_of("typed") == "typed"


def test_what_is_too_long_is_cut_in_the_language_of_its_reader() -> None:
    fits = phrase("Saved for {who}.", who="ana")
    assert say(cut(fits, 14), ENGLISH) == "Saved for ana."
    assert say(cut(fits, 10), ENGLISH) == "Saved for…"
    assert say(cut(fits, 10), BACKWARDS) == "SAVED FOR…"
    assert say(cut(phrase("a &amp; b"), 5), ENGLISH) == "a …"
    assert cut(fits, 1_000) is fits
    assert cut("typed", 5) == "typed"


@given(st.lists(TYPED, max_size=4), TYPED)
def test_whatever_stands_in_the_gaps_comes_out_unchanged(inner: list[str], outer: str) -> None:
    nested = outer
    for words in inner:
        nested = phrase("<{words}|{nested}>", words=words, nested=nested)
    plain = outer
    for words in inner:
        plain = f"<{words}|{plain}>"
    assert say(nested, ENGLISH) == plain


@given(TYPED)
def test_a_text_without_marks_is_left_alone(text: str) -> None:
    assert say(text, BACKWARDS) == text
    assert clean(text) == text


@given(st.text(st.sampled_from("a{}n \ue001\ue002\ue003\ue005")))
def test_no_mark_comes_out_of_a_broken_text(text: str) -> None:
    assert not MARKS.search(say(phrase("Said: ") + text, ENGLISH))
    assert not MARKS.search(clean(text))


@pytest.mark.parametrize(
    ("language", "long", "short", "whole"),
    [
        ("en", "Mon 2 Mar", "Mon 2", "Monday"),
        ("es", "lun 2 mar", "lun 2", "lunes"),
        ("pt", "seg 2 mar", "seg 2", "segunda-feira"),
    ],
)
def test_days_in_each_language(language: str, long: str, short: str, whole: str) -> None:
    reader = Catalogues().tongue(language)
    assert [say(one, reader).replace(",", "") for one in (day(MONDAY), short_day(MONDAY), weekday(MONDAY))] == [
        long,
        short,
        whole,
    ]


@pytest.mark.parametrize(
    ("language", "clock", "lengths", "said"),
    [
        ("en", "24", "hours", "14:05, 2 h 30"),
        ("en", "12", "decimal", "2:05 PM, 2.5 h"),
        ("pt", "24", "decimal", "14:05, 2,5 h"),
        ("es", "24", "clock", "14:05, 2:30"),
        ("es", "12", "decimal", "2:05 p. m., 2,5 h"),
        ("tlh", "13", "ells", "14:05, 2 h 30"),
    ],
)
def test_clocks_and_lengths_in_each_form(language: str, clock: str, lengths: str, said: str) -> None:
    reader = Catalogues().tongue(language, clock, lengths)
    shown = say(f"{oclock(time(14, 5))}, {length(150)}", reader)
    assert shown.replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("minutes", "form", "said"),
    [
        (0, "hours", "0 min"), (45, "hours", "45 min"), (60, "hours", "1 h"), (65, "hours", "1 h 05"),
        (45, "clock", "0:45"), (605, "clock", "10:05"), (60, "decimal", "1 h"), (45, "decimal", "0.75 h"), (100, "decimal", "1.67 h"),
    ],
)  # fmt: skip
def test_lengths_of_time(minutes: int, form: str, said: str) -> None:
    assert length_words(minutes, form) == said


def test_what_screen_readers_hear_and_charts_name_fits_once_it_is_in_words() -> None:
    button = {"type": "button", "accessibility_label": phrase("Done: " + "long " * 20)}
    assert len(spoken(button, BACKWARDS)["accessibility_label"]) == 75
    series = {"name": phrase("everybody who was there"), "data": [{"label": "Mon", "value": 1}]}
    chart = {"type": "data_visualization", "title": "t" * 60, "chart": {"series": [series], "type": "bar"}}
    drawn = spoken(chart, BACKWARDS)
    assert len(drawn["title"]) == 50
    assert drawn["chart"] == {"series": [series | {"name": "EVERYBODY WHO WAS T…"}], "type": "bar"}


def test_sentences_between_the_braces_of_an_f_string_are_collected() -> None:
    collected = {sentence for sentence, _ in sentences()}
    assert {" (my guess)", " · critical"} <= collected
