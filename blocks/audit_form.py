"""The form behind a week of the audit: its days, each with a way to correct it, and the questions."""

from collections.abc import Sequence
from datetime import date

from blocks import fields
from blocks.audit import Sheet, correction, hours, record, reopening, span, sums_of
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    clean,
    context,
    day_name,
    esc,
    mention,
    modal,
    section,
    when,
)
from blocks.log import ANY_DAY, EDIT, Stored
from blocks.log_line import fit, line, project
from playbook.audit import AuditBook
from playbook.days import Week
from playbook.log import LogBook, show
from playbook.tongue import ENGLISH, capital, numbered, phrase, say
from storage.trust_tables import Audit

FORM = "audit.form"
DAY = "audit.day"
EARLIER = "audit.earlier"
LATER = "audit.later"
MOST_ENTRIES = 40
MOST_DAY_TEXT = 2_000
FOCUS = phrase("Focus time in your tracker looks right")
TRACKER = phrase("Your time tracker stays the paid record; I never look into it. Your word on it is enough.")


def form(sheet: Sheet, book: AuditBook, log_book: LogBook, memo: str, *, earlier: bool, later: bool) -> View:
    """Draw the form of a week: its days, each with a way to correct it, and the questions, filled as answered."""
    audit = sheet.audit or Audit(team_id="", user_id=sheet.user_id, monday=sheet.week.monday)
    felt, focus = ([(one.says, one.key) for one in each] for each in (book.felt, book.focus))
    picks = suggestions(sheet, book, log_book)
    pick = fields.choice(
        "pick", phrase("Or one of these, from your week"), picks, optional=True, hint=phrase("Used if you wrote none.")
    )
    return modal(
        phrase("How my week felt"),
        [
            *_head(sheet, earlier=earlier, later=later),
            *days(sheet, log_book, edit=True),
            fields.radio("felt", phrase("Does this reflect how your week felt?"), felt, audit.felt),
            fields.text(
                "words", phrase("In your words"), audit.words, most=book.longest_words, lines=True, optional=True,
                hint=phrase("With a no, please say what was different. Only you and your manager read it."),
            ),
            fields.radio("focus", FOCUS, focus, audit.focus, optional=True, hint=TRACKER),
            fields.text(
                "heavy", phrase("Which workflow felt heavy?"), audit.heavy, most=book.longest_heavy, optional=True,
                example=phrase("Three tools for one approval"),
            ),
            *([pick] if picks else []),
        ],
        FORM,
        submit=phrase("Save"),
        memo=memo,
    )  # fmt: skip


def _head(sheet: Sheet, *, earlier: bool, later: bool) -> list[Block]:
    fixed = capital(correction(sheet.audit, sheet.minutes))
    until = (
        phrase("Closes {locks_at}", locks_at=when(sheet.week.locks_at))
        if not sheet.closed
        else phrase("This week is closed")
    )
    seen = (
        phrase("{seen_by} has looked at it", seen_by=mention(sheet.audit.seen_by))
        if sheet.audit and sheet.audit.seen_at
        else ""
    )
    return [
        section(f"*{span(sheet.week)}* · {hours(sheet.minutes, sheet.agreed)}"),
        context(" · ".join(each for each in (until, fixed, seen) if each)),
        *turning(sheet.user_id, sheet.week, reopening(sheet), earlier=earlier, later=later),
    ]


def turning(user_id: str, week: Week, more: Sequence[Block] = (), *, earlier: bool, later: bool) -> list[Block]:
    """Offer the weeks beside this one."""
    back = [button(phrase("Week before"), EARLIER, record(user_id, week.previous))] if earlier else []
    on = [button(phrase("Week after"), LATER, record(user_id, week.next))] if later else []
    row = [*back, *on, *more]
    return [actions(*row)] if row else []


def days(sheet: Sheet, book: LogBook, *, edit: bool) -> list[Block]:
    """List the days of a week that have come: with a way to correct each, or with every entry for who only reads."""
    shown = [day for day in sheet.week.days if day <= sheet.today]
    return [_day(sheet, day, book, edit=edit) for day in shown]


def _day(sheet: Sheet, day: date, book: LogBook, *, edit: bool) -> Block:
    mine = [each for each in sheet.entries if each.entry.day == day]
    total = sum(each.entry.minutes for each in mine)
    kinds = ", ".join(f"{esc(name)} {show(minutes)}" for name, minutes in sums_of(mine, book))
    told = kinds if edit else fit([line(each.entry, book, day, links=False) for each in mine], MOST_DAY_TEXT)
    text = f"*{day_name(day)}* · {show(total)}\n{told}" if mine else phrase("*{day}* · nothing", day=day_name(day))
    return section(
        text,
        button(phrase("Edit"), DAY, day.isoformat(), spoken=phrase("Edit {day}", day=day_name(day))) if edit else None,
    )


def day_page(day: date, entries: Sequence[Stored], book: LogBook, memo: str) -> View:
    """List the entries of a day, each with a way to change it, and a way to add one."""
    count = numbered("{n} entry", "{n} entries", len(entries)) if entries else phrase("Nothing")
    rows = [
        section(
            line(each.entry, book, day, links=False),
            button(phrase("Edit"), EDIT, each.id, spoken=phrase("Edit this entry")),
        )
        for each in entries[:MOST_ENTRIES]
    ]
    add = actions(
        button(phrase("Log time"), ANY_DAY, day.isoformat(), spoken=phrase("Log time on {day}", day=day_name(day)))
    )
    back = context(phrase("What you had filled in waits behind this page."))
    return modal(
        phrase("Correct a day"),
        [section(f"*{day_name(day)}*: {count}"), *rows, add, back],
        close=phrase("Back"),
        memo=memo,
    )


def suggestions(sheet: Sheet, book: AuditBook, log_book: LogBook) -> list[tuple[str, str]]:
    """Offer what took most of the week as what may have felt heavy: kinds of work and projects."""
    sums: dict[str, int] = dict(sums_of([each for each in sheet.entries if each.entry.category], log_book))
    for each in sheet.entries:
        if name := project(each.entry.project):
            sums[name] = sums.get(name, 0) + each.entry.minutes
    ordered = sorted(sums.items(), key=lambda pair: -pair[1])[: book.most_suggested]
    return [(clean(f"{name} ({show(minutes)})", 75), clean(say(name, ENGLISH), 75)) for name, minutes in ordered]
