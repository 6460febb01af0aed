"""What people are written about a rate review, and how what is worth knowing before one is put into words."""

from collections.abc import Sequence
from datetime import date

from blocks.kit import (
    LONGEST,
    Block,
    actions,
    button,
    clean,
    context,
    day_name,
    esc,
    mention,
    one_line,
    quoted,
    section,
    table,
)
from playbook.rate import Agreed, Facts, Outcome, Tenure, Trend
from playbook.tongue import numbered, phrase
from storage.growth_tables import RateReview

OPEN = "rate.open"
LIST = "rate.list"
LIST_ON = "rate.list_on"
PLAN = "rate.plan"
PLANNED = "rate.planned"
INVITE = "rate.invite"
INVITED = "rate.invited"
DECIDE = "rate.decide"
CORRECT = "rate.correct"
DECIDED = "rate.decided"
AMOUNTS = "rate.amounts"
CHANGE = "rate.change"
SEALED = "rate.sealed"
PREPARE = "rate.prepare"
PREPARED = "rate.prepared"
OWN_AMOUNT = "rate.own_amount"

Drawn = tuple[str, list[Block]]
Lines = Sequence[tuple[str, str]]
LONGEST_LINE = 440
LONGEST_WORDS = 600
LONGEST_SECTION = 2990
ONLY_YOU = phrase(
    "Only you see this. {who} hears of a review when you invite them, and sees an amount only if you say so."
)
NO_KEY = phrase(
    "Amounts and private words are only kept encrypted, and the bot has no key yet. Whoever runs "
    "the bot can set ENCRYPTION_KEY; everything else works without it."
)


def dated(day: date) -> str:
    """Name a day with its year: Tue 1 Dec 2026."""
    return f"{day_name(day)} {day.year}"


def about(row: RateReview) -> str:
    """Name what the letters about a review are about."""
    return f"rate:{row.id}"


def notice_key(user_id: str, due_on: date, kind: str, manager_id: str) -> str:
    """Name what a manager is told of a review: so many days before, or that it is overdue."""
    return f"rate:{user_id}:{due_on}:{kind}:{manager_id}"


def invite_key(row: RateReview) -> str:
    """Name the invitation to a review."""
    return f"rate:{row.id}:invite:{row.meet_on}"


def outcome_key(row: RateReview) -> str:
    """Name what the contractor is told of how a review ended."""
    return f"rate:{row.id}:outcome:{row.outcome}:{row.next_on}"


# What is worth knowing ------------------------------------------------------------------------------


def lines(facts: Facts, *, private: bool) -> Lines:
    """Put what is worth knowing into plain words: pairs of (name, words); some are for the manager alone."""
    skills = ", ".join(facts.skills)
    stage = facts.stage.replace("_", " ").capitalize()
    since = phrase(", since {stage_on}", stage_on=dated(facts.stage_on)) if facts.stage_on else ""
    shared = [
        (phrase("Here for"), phrase("{tenure}, since {start}", tenure=long(facts.tenure), start=dated(facts.start))),
        ("KPIs", _kpis(facts)),
        (
            phrase("Skills"),
            phrase("Courses finished: {skills}", skills=skills) if skills else phrase("No course is finished yet."),
        ),
        (phrase("Stage"), f"{stage}{since}" if stage else phrase("Nothing is noted on the ladder yet.")),
    ]
    return [(name, clean(words, LONGEST_LINE)) for name, words in (shared + (_private(facts) if private else []))]


def long(tenure: Tenure) -> str:
    """Say how long somebody has been here."""
    years, months = numbered("{n} year", "{n} years", tenure.years), numbered("{n} month", "{n} months", tenure.months)
    if tenure.years and tenure.months:
        return phrase("{years} and {months}", years=years, months=months)
    return years if tenure.years else months if tenure.months else phrase("less than a month")


def _kpis(facts: Facts) -> str:
    if not facts.newer.confirmed and not facts.older.confirmed:
        return phrase("No week of the last {weeks} was entered and confirmed.", weeks=facts.weeks * 2)
    newer, older = _trend(facts.newer), _trend(facts.older)
    return phrase(
        "Last {weeks} weeks: {newer}. The {weeks} weeks before: {older}.", weeks=facts.weeks, newer=newer, older=older
    )


def _trend(trend: Trend) -> str:
    if not trend.confirmed:
        return phrase("none confirmed")
    if not trend.counted:
        return phrase("{confirmed} confirmed, told in words", confirmed=trend.confirmed)
    return phrase(
        "{confirmed} confirmed, on target in {on_target} of {counted}",
        confirmed=trend.confirmed,
        on_target=trend.on_target,
        counted=trend.counted,
    )


def _private(facts: Facts) -> list[tuple[str, str]]:
    before = (
        f"{facts.before}, {dated(facts.before_on)}"
        if facts.before and facts.before_on
        else phrase("This is the first.")
    )
    return [(phrase("Last quarterly review"), _agreed(facts.agreed)), (phrase("Last rate review"), before)]


def _agreed(agreed: Agreed | None) -> str:
    if agreed is None:
        return phrase("None has been shared yet.")
    found = [phrase("Number {number}, {day}", number=agreed.number, day=dated(agreed.day))]
    found += [phrase("KPIs agreed anew")] if agreed.kpis_agreed else []
    found += [f"{words} ({(phrase('done') if done else phrase('open'))})" for words, done in agreed.items]
    return "; ".join(found)


def said(label: str, words: str) -> Block:
    """Show somebody's words under a label."""
    return section(f"*{label}*\n{quoted(words, LONGEST_WORDS)}"[:LONGEST_SECTION])


def told(found: Lines) -> Block:
    """Show what is worth knowing in a form or on a page, where there is no table."""
    words = "\n".join(f"*{name}*  {one_line(line, LONGEST_LINE)}" for name, line in found)
    return section(words[:LONGEST])


# Letters --------------------------------------------------------------------------------------------


def notice(user_id: str, due_on: date, today: date, facts: Facts, row: RateReview | None) -> Drawn:
    """Tell the manager of a review before it comes, with what is worth knowing."""
    text = phrase(
        "{user_id} A talk that comes by itself is worth more than one that was asked for.",
        user_id=ahead(user_id, due_on, today),
    )
    blocks = [
        section(text),
        table((phrase("Worth knowing"), phrase("What I know")), lines(facts, private=True), most=LONGEST_LINE),
    ]
    return text, [*blocks, *_next_steps(user_id, row), context(ONLY_YOU.format(who=mention(user_id)))]


def moved(user_id: str, due_on: date, row: RateReview | None) -> Drawn:
    """Put the new day in the place of what a manager was told of the old one."""
    text = phrase(
        "The rate review of {user_id} is due on {due_on} now.", user_id=mention(user_id), due_on=dated(due_on)
    )
    return text, [section(text), *_next_steps(user_id, row)]


def overdue(user_id: str, due_on: date, row: RateReview | None) -> Drawn:
    """Remind the manager once of a review that has not been held."""
    text = phrase(
        "The rate review of {user_id} was due on {due_on}, and I know of no outcome.",
        user_id=mention(user_id),
        due_on=dated(due_on),
    )
    more = phrase("Note how it ended, or put it off to a day that suits you both: both take a minute.")
    return text, [section(f"{text}\n{more}"), *_next_steps(user_id, row), context(phrase("Only you see this."))]


def ahead(user_id: str, due_on: date, today: date) -> str:
    """Say when a review is due."""
    days = (due_on - today).days
    if days < 0:
        return phrase(
            "The rate review of {user_id} was due on {due_on}.", user_id=mention(user_id), due_on=dated(due_on)
        )
    if days == 0:
        return phrase("The rate review of {user_id} is due today.", user_id=mention(user_id))
    return phrase(
        "The rate review of {user_id} is due on {due_on}, in {day}.",
        user_id=mention(user_id),
        due_on=dated(due_on),
        day=numbered("{n} day", "{n} days", days),
    )


def _next_steps(user_id: str, row: RateReview | None) -> list[Block]:
    first = button(phrase("Invite"), INVITE, user_id, "primary", phrase("Invite them to their rate review"))
    if row is not None and row.invited_at:
        first = button(phrase("Change the invitation"), INVITE, user_id)
    rest = (
        button(phrase("Note the outcome"), DECIDE, user_id),
        button(phrase("Open"), OPEN, user_id, spoken=phrase("Open the rate review")),
    )
    return [actions(first, *rest)]


def noticed(user_id: str, row: RateReview) -> Drawn:
    """Put how things stand in the place of what a manager was told of a review."""
    if row.decided_at and row.next_on:
        text = phrase(
            "The outcome of the rate review of {user_id} is noted. The next is on {next_on}.",
            user_id=mention(user_id),
            next_on=dated(row.next_on),
        )
        return text, [section(text, button(phrase("Open"), OPEN, user_id, spoken=phrase("Open the rate review")))]
    day = dated(row.meet_on or row.due_on)
    text = phrase("You invited {user_id} to talk about their rate on {day}.", user_id=mention(user_id), day=day)
    return text, [section(text), *_next_steps(user_id, row)]


def invitation(row: RateReview, by: str, *, moved: bool = False) -> Drawn:
    """Invite the contractor; what their manager wrote stands on their page, not here."""
    day = dated(row.meet_on or row.due_on)
    text = phrase("{by} invites you to talk about your rate on {day}.", by=mention(by), day=day)
    if moved:
        text = phrase("{by} moved the talk about your rate to {day}.", by=mention(by), day=day)
    more = phrase(
        "You need not ask for this: it comes on a date. See what is worth knowing, and say what you would like to say."
    )
    return text, [
        section(f"{text}\n{more}"),
        actions(button(phrase("Open"), OPEN, style="primary", spoken=phrase("Open my rate page"))),
    ]


def prepared(user_id: str, row: RateReview) -> Drawn:
    """Tell the manager that the contractor has prepared; their words stand on the page."""
    text = phrase(
        "{user_id} has prepared the talk about their rate on {meet_on}.",
        user_id=mention(user_id),
        meet_on=dated(row.meet_on or row.due_on),
    )
    return text, [section(text, button(phrase("Open"), OPEN, user_id, spoken=phrase("Open the rate review")))]


def amount_shared(row: RateReview) -> Drawn:
    """Tell the contractor that they may see the amount now, without saying it."""
    text = phrase(
        "{decided_by} noted the amount of your rate review for you to see.", decided_by=mention(row.decided_by)
    )
    return text, [section(text, button(phrase("Show the amount"), OWN_AMOUNT, row.id))]


def outcome(row: RateReview, book: Outcome) -> Drawn:
    """Tell the contractor how their review ended; an amount stands behind a button, never in a message."""
    next_on = phrase("We look at it again on {next_on}.", next_on=dated(row.next_on)) if row.next_on else ""
    if row.held_on:
        text = phrase(
            "{decided_by} noted your rate review of {held_on}. {told} {next_on}",
            decided_by=mention(row.decided_by),
            held_on=dated(row.held_on),
            told=esc(book.told),
            next_on=next_on,
        )
    else:
        text = phrase(
            "{decided_by} put your rate review off. {told} {next_on}",
            decided_by=mention(row.decided_by),
            told=esc(book.told),
            next_on=next_on,
        )
    more = [button(phrase("Show the amount"), OWN_AMOUNT, row.id, "primary")] if row.amount_told else []
    open_page = button(phrase("Open"), OPEN, spoken=phrase("Open my rate page"))
    return text.strip(), [section(text.strip()), actions(*more, open_page)]
