"""What a contractor sees of the weekly audit: the question about a week, with its log, and their answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocks.kit import (
    Block,
    actions,
    button,
    context,
    day_name,
    mention,
    one_line,
    pie,
    quoted,
    section,
    short_day,
    table,
    when,
)
from blocks.log import MORE, Stored
from blocks.log_form import ASK
from blocks.log_line import label
from playbook.audit import MOSTLY, NO, YES, AuditBook
from playbook.days import Week
from playbook.log import LogBook, show
from playbook.tongue import capital, phrase
from storage.trust_tables import Audit

OPEN = "audit.open"
SAY_YES = "audit.yes"
SAY_MOSTLY = "audit.mostly"
SAY_NO = "audit.no"
TALK = "oneonone.add_about"
MOST_KINDS = 6
MOST_PARTS = 6
LONGEST_QUOTE = 600
OTHER = phrase("Everything else")

Drawn = tuple[str, list[Block]]
Sums = list[tuple[str, int]]


@dataclass(frozen=True)
class Sheet:
    """One week of a contractor: what is logged (oldest day first), what was agreed, and what they said of it.

    `closed` unless its log can be changed; `today` is the contractor's own date.
    """

    user_id: str
    week: Week
    entries: Sequence[Stored]
    agreed: int
    audit: Audit | None
    closed: bool
    today: date

    @property
    def minutes(self) -> int:
        """Give what is logged."""
        return sum(each.entry.minutes for each in self.entries)

    @property
    def answered(self) -> bool:
        """Say whether they answered."""
        return self.audit is not None and self.audit.answered_at is not None


def record(user_id: str, week: Week) -> str:
    """Name a contractor's week as the record that buttons are about."""
    return f"{user_id}:{week.monday}"


def about(user_id: str, week: Week) -> str:
    """Name a contractor's week as what a question, or a point for the 1:1, is about."""
    return f"audit:{record(user_id, week)}"


def span(week: Week) -> str:
    """Name a week by its first and last day."""
    return f"{day_name(week.monday)} – {day_name(week.sunday)}"


def hours(minutes: int, agreed: int) -> str:
    """Say what was logged beside what was agreed: 31 h of 30 h."""
    return phrase("{minutes} of {agreed}", minutes=show(minutes) if minutes else "0 h", agreed=show(agreed))


def correction(audit: Audit | None, minutes: int) -> str:
    """Say what the log was changed to after the answer, "" if it was not."""
    if audit is None or audit.corrected_at is None:
        return ""
    if audit.minutes == minutes:
        return phrase("corrected after the answer, still {minutes}", minutes=show(minutes))
    return phrase(
        "corrected after the answer: {minutes} → {minutes_2}", minutes=show(audit.minutes), minutes_2=show(minutes)
    )


def question(sheet: Sheet, book: AuditBook, log_book: LogBook, *, last: bool = False) -> Drawn:
    """Ask how a week felt, with its log as table and chart; or show what was answered."""
    if sheet.answered:
        return _answer(sheet, book, log_book)
    if not sheet.minutes:
        return _empty(sheet, last=last)
    head = phrase("One last look before the week closes") if last else phrase("Does this reflect how your week felt?")
    text = phrase(
        "{head}: {week}, {minutes} in your log. Yes, mostly, or no?",
        head=head,
        week=span(sheet.week),
        minutes=hours(sheet.minutes, sheet.agreed),
    )
    ask = "" if not last else phrase(" Does this reflect how it felt?")
    return text, [
        section(
            phrase(
                "*{head}*{ask}\n{week} · {minutes} in your log",
                head=head,
                ask=ask,
                week=span(sheet.week),
                minutes=hours(sheet.minutes, sheet.agreed),
            )
        ),
        *_shown(sheet, log_book),
        _quick(sheet),
        context(
            phrase(
                "One press is enough. Your manager reads it before the week closes {locks_at}.",
                locks_at=when(sheet.week.locks_at),
            )
        ),
    ]


def _quick(sheet: Sheet) -> Block:
    key = record(sheet.user_id, sheet.week)
    return actions(
        button(phrase("Yes"), SAY_YES, key, style="primary", spoken=phrase("Yes, the log reflects how my week felt")),
        button(phrase("Mostly"), SAY_MOSTLY, key, spoken=phrase("The log mostly reflects how my week felt")),
        button(phrase("No, let me say"), SAY_NO, key),
        button(
            phrase("Open"), OPEN, key, spoken=phrase("Open the week of {monday}", monday=day_name(sheet.week.monday))
        ),
    )


def _empty(sheet: Sheet, *, last: bool) -> Drawn:
    """Ask kindly about a week of which nothing is logged."""
    key, until = record(sheet.user_id, sheet.week), when(sheet.week.locks_at)
    head = phrase("One last look before the week closes") if last else phrase("How was your week?")
    said = phrase(
        "Nothing is in your log for {week}. If you worked, there is still time to fill it in.", week=span(sheet.week)
    )
    text = f"{head} {said}"
    return text, [
        section(
            phrase(
                "*{head}*\n{said} Is an empty week right, or would you like to say how it was?", head=head, said=said
            )
        ),
        actions(
            button(phrase("Log time"), MORE),
            button(phrase("Yes, it was empty"), SAY_YES, key),
            button(phrase("No, let me say"), SAY_NO, key),
        ),
        context(phrase("The week closes {until}. Nothing is wrong with a quiet week.", until=until)),
    ]


def _answer(sheet: Sheet, book: AuditBook, log_book: LogBook) -> Drawn:
    """Show what was answered, whether the log was corrected since, and that the manager has looked."""
    audit, key = sheet.audit, record(sheet.user_id, sheet.week)
    if audit is None:
        return "", []
    said = phrase(
        "Your week of {week}: you said “{felt}”, thank you.", week=span(sheet.week), felt=book.felt_label(audit.felt)
    )
    seen = (
        phrase("{seen_by} has looked at it", seen_by=mention(audit.seen_by))
        if audit.seen_at
        else phrase("Your manager has not looked at it yet")
    )
    told = [each for each in (capital(correction(audit, sheet.minutes)), seen) if each]
    words = f"\n{quoted(audit.words, LONGEST_QUOTE)}" if audit.words else ""
    more = reopening(sheet) if audit.felt == NO else []
    return f"{said} {'. '.join(told)}.", [
        section(f"✓ {said}{words}\n{_fixed(sheet)}"),
        *(_shown(sheet, log_book) if sheet.minutes else ()),
        actions(button(phrase("Open"), OPEN, key, spoken=phrase("Open my answer and the days")), *more),
        context(" · ".join([*told, *_rest(audit, book)])),
    ]


def _fixed(sheet: Sheet) -> str:
    now = phrase("{minutes} in your log.", minutes=hours(sheet.minutes, sheet.agreed))
    if sheet.audit is None or sheet.audit.felt != NO:
        return now
    how = (
        phrase("The week is closed; your manager can open it again.")
        if sheet.closed
        else phrase("Open has an Edit for each day.")
    )
    return f"{now} {how}"


def _rest(audit: Audit, book: AuditBook) -> list[str]:
    """Tell what else was said: of the tracker, and of what felt heavy."""
    focus = phrase("focus time: {focus}", focus=book.focus_label(audit.focus)) if audit.focus else ""
    heavy = phrase("heavy: {heavy}", heavy=one_line(audit.heavy)) if audit.heavy else ""
    return [each for each in (focus, heavy) if each]


def reopening(sheet: Sheet) -> list[Block]:
    """Offer to have a closed week opened again."""
    return [button(phrase("Ask to reopen"), ASK, sheet.week.monday.isoformat())] if sheet.closed else []


def _shown(sheet: Sheet, book: LogBook) -> list[Block]:
    """Draw a week as a table of days and kinds of work with totals, and as a chart."""
    kinds, shown = sums_of(sheet.entries, book), []
    if len(kinds) > MOST_KINDS:
        kinds = [*kinds[: MOST_KINDS - 1], (OTHER, sum(minutes for _, minutes in kinds[MOST_KINDS - 1 :]))]
    names = [name for name, _ in kinds]
    for day in sheet.week.days:
        mine = dict(_folded([each for each in sheet.entries if each.entry.day == day], names, book))
        shown.append([short_day(day), *(_cell(mine.get(name, 0)) for name in names), _cell(sum(mine.values()))])
    shown.append([phrase("Total"), *(_cell(minutes) for _, minutes in kinds), _cell(sheet.minutes)])
    grid = table([phrase("Day"), *names, phrase("Total")], shown, numbers=range(1, len(names) + 2))
    return [
        grid,
        pie(
            phrase("Week of {monday}, in hours", monday=day_name(sheet.week.monday)),
            [(n, round(m / 60, 2)) for n, m in kinds],
        ),
    ]


def _folded(entries: Sequence[Stored], names: Sequence[str], book: LogBook) -> Sums:
    sums = sums_of(entries, book)
    rest = sum(minutes for name, minutes in sums if name not in names)
    return [*((name, minutes) for name, minutes in sums if name in names), *([(OTHER, rest)] if rest else [])]


def sums_of(entries: Sequence[Stored], book: LogBook) -> Sums:
    """Add up a log by kind of work, the largest first."""
    sums: dict[str, int] = {}
    for each in entries:
        name = label(each.entry.category, book) or phrase("No category")
        sums[name] = sums.get(name, 0) + each.entry.minutes
    return sorted(sums.items(), key=lambda pair: -pair[1])


def _cell(minutes: int) -> str:
    return show(minutes) if minutes else "–"


def thanks(sheet: Sheet, felt: str) -> str:
    """Answer a contractor who answered."""
    said = {
        YES: phrase("Good to hear."),
        MOSTLY: phrase("Noted, with what is between the lines."),
        NO: phrase("Thank you for saying so."),
    }
    fix = (
        ""
        if sheet.closed or felt != NO
        else phrase(" The days can be corrected until the week closes: open it and press Edit.")
    )
    ask = (
        phrase(" The week is closed, so ask your manager to open it again if hours are missing.")
        if sheet.closed
        else ""
    )
    return phrase(
        "{felt} Your manager reads it before your next 1:1.{fix}{ask}",
        felt=said.get(felt, phrase("Kept.")),
        fix=fix,
        ask=ask if felt == NO else "",
    )
