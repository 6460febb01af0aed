"""The pages of rate reviews: everybody's for a manager, one contractor's, their amounts, and the contractor's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blocks.kit import Block, View, actions, button, context, divider, mention, modal, one_line, quoted, section
from blocks.rate import (
    AMOUNTS,
    CHANGE,
    CORRECT,
    DECIDE,
    INVITE,
    LIST,
    LIST_ON,
    NO_KEY,
    ONLY_YOU,
    OPEN,
    OWN_AMOUNT,
    PLAN,
    PREPARE,
    Lines,
    ahead,
    dated,
    said,
    told,
)
from blocks.rate_form import ASKED
from playbook.rate import RateBook
from playbook.rate_amount import Sealed
from playbook.tongue import numbered, phrase
from storage.growth_tables import RatePlan, RateReview

TITLE = phrase("Rate review")
ON_A_PAGE = 15
NOTHING_PREPARED = phrase("Nothing yet.")


@dataclass(frozen=True)
class Sheet:
    """One contractor's reviews as their manager sees them.

    `row` is the one that waits, `prepared` what the contractor wrote for it, `words` what they were invited with.
    """

    user_id: str
    plan: RatePlan
    today: date
    lines: Lines
    row: RateReview | None
    ended: Sequence[RateReview]
    words: str = ""
    prepared: Mapping[str, str] | None = None
    able: bool = True


def page(sheet: Sheet, book: RateBook, notice: str = "") -> View:
    """Show one contractor's reviews to their manager."""
    news = [section(notice), divider()] if notice else []
    every = phrase(
        "{sheet} One comes every {months} months.",
        sheet=ahead(sheet.user_id, sheet.plan.next_on, sheet.today),
        months=sheet.plan.months,
    )
    blocks = [
        *news,
        section(every, button(phrase("How often"), PLAN, sheet.user_id, spoken=phrase("Change how often and when"))),
        *_invited(sheet),
        told(sheet.lines),
        _controls(sheet),
        *_ended(sheet, book),
        context(ONLY_YOU.format(who=mention(sheet.user_id))),
        *([] if sheet.able else [context(NO_KEY)]),
    ]
    return modal(TITLE, blocks, close=phrase("Close"))


def _invited(sheet: Sheet) -> list[Block]:
    row = sheet.row
    if row is None or row.invited_at is None:
        return [section(phrase("They have not been invited yet, and know nothing of it."))]
    text = phrase("*Invited* to talk on {meet_on}.", meet_on=dated(row.meet_on or row.due_on))
    words = [said(phrase("Your words to them"), sheet.words)] if sheet.words else []
    return [section(text), *words, section(phrase("*What they prepared*")), *_prepared(sheet.prepared)]


def _prepared(words: Mapping[str, str] | None) -> list[Block]:
    shown = [said(label, words[name]) for name, label in ASKED if words and words.get(name)]
    return shown or [section(NOTHING_PREPARED)]


def _controls(sheet: Sheet) -> Block:
    invited = sheet.row is not None and sheet.row.invited_at
    first = button(phrase("Invite"), INVITE, sheet.user_id, "primary", phrase("Invite them to their rate review"))
    first = button(phrase("Change the invitation"), INVITE, sheet.user_id) if invited else first
    return actions(first, button(phrase("Note the outcome"), DECIDE, sheet.user_id))


def _ended(sheet: Sheet, book: RateBook) -> list[Block]:
    if not sheet.ended:
        return []
    words = "\n".join(f"• {line(row, book)}" for row in sheet.ended)
    newest = sheet.ended[0]
    controls = [button(phrase("Correct the last one"), CORRECT, newest.id)]
    if sheet.able:
        sealed = any(row.sealed for row in sheet.ended)
        controls += [button(phrase("Show amounts"), AMOUNTS, sheet.user_id)] if sealed else []
        controls += [] if newest.sealed else [button(phrase("Add amounts"), CHANGE, newest.id)]
    return [section(phrase("*Reviews so far*\n{words}", words=words)), actions(*controls)]


def line(row: RateReview, book: RateBook) -> str:
    """Sum up a review that has ended, without any amount."""
    known = book.outcome(row.outcome)
    label = known.label if known else row.outcome
    day = f"{dated(row.held_on)}: " if row.held_on else phrase("due {due_on}: ", due_on=dated(row.due_on))
    told_too = phrase(", they know") if row.told_at else ""
    return phrase(
        "{day}{label}, noted by {decided_by}{told_too}",
        day=day,
        label=label,
        decided_by=mention(row.decided_by),
        told_too=told_too,
    )


def amounts(user_id: str, rows: Sequence[tuple[RateReview, Sealed]], reader: str, book: RateBook) -> View:
    """Show the amounts of a contractor's reviews; private words only to whoever wrote them."""
    shown = [part for row, sealed in rows for part in _amounts(row, sealed, reader, book)]
    nothing = section(phrase("No amounts were noted for {user_id}.", user_id=mention(user_id)))
    return modal(
        phrase("Amounts"),
        [*(shown or [nothing]), context(phrase("Only their manager sees this."))],
        close=phrase("Close"),
    )


def _amounts(row: RateReview, sealed: Sealed, reader: str, book: RateBook) -> list[Block]:
    before, after = sealed.written("before", book) or "–", sealed.written("after", book) or "–"
    shown = [f"*{line(row, book)}*"]
    shown += (
        [phrase("Before {before}, after {after}", before=one_line(before), after=one_line(after))]
        if sealed.before or sealed.after
        else []
    )
    shown += [quoted(sealed.words, 500)] if sealed.words and row.decided_by == reader else []
    return [
        section(
            "\n".join(shown)[:2990], button(phrase("Change"), CHANGE, row.id, spoken=phrase("Change these amounts"))
        )
    ]


@dataclass(frozen=True)
class Row:
    """A contractor in the list: when their review is due, and whether they were invited."""

    user_id: str
    due_on: date
    months: int
    invited: bool = False


def listed(rows: Sequence[Row], at: int, today: date, overdue_days: int) -> View:
    """List the contractors of a manager by the day of their review, what is overdue first."""
    ordered = sorted(rows, key=lambda row: (row.due_on, row.user_id))
    pages = max(1, -(-len(ordered) // ON_A_PAGE))
    at = min(max(at, 0), pages - 1)
    shown = [_row(row, today, overdue_days) for row in ordered[at * ON_A_PAGE : (at + 1) * ON_A_PAGE]]
    turns = [button(phrase("Previous"), LIST, str(at - 1))] if at else []
    turns += [button(phrase("Next"), LIST_ON, str(at + 1))] if at + 1 < pages else []
    more = [context(phrase("Page {at} of {pages}", at=at + 1, pages=pages)), actions(*turns)] if turns else []
    whole = section(
        phrase(
            "*{contractor}*, by the day of their rate review. Only you see this.",
            contractor=numbered("{n} contractor", "{n} contractors", len(rows)),
        )
    )
    return modal(phrase("Rate reviews"), [whole, *shown, *more], close=phrase("Close"))


def _row(row: Row, today: date, overdue_days: int) -> Block:
    late = (today - row.due_on).days >= overdue_days
    state = phrase("overdue since") if late else phrase("was due on") if row.due_on < today else phrase("due on")
    invited = phrase(", invited") if row.invited else ""
    words = phrase(
        "{row}: {state} {due_on}, every {months} months{invited}",
        row=mention(row.user_id),
        state=state,
        due_on=dated(row.due_on),
        months=row.months,
        invited=invited,
    )
    return section(words, button(phrase("Open"), OPEN, row.user_id, spoken=phrase("Open the rate review")))


@dataclass(frozen=True)
class Mine:
    """A contractor's own page: the review they know of, what their manager wrote, and what they prepared.

    `months` is how often rates are looked at, 0 where that is not told.
    """

    manager_id: str
    months: int
    row: RateReview | None = None
    lines: Lines = ()
    words: str = ""
    prepared: Mapping[str, str] | None = None


def mine(found: Mine, book: RateBook, notice: str = "") -> View:
    """Show a contractor what they may know of their rate reviews."""
    news = [section(notice), divider()] if notice else []
    row = found.row
    shown = [section(_usual(found))] if row is None else [*_result(row, book), *_invitation(found, row)]
    return modal(phrase("My rate"), [*news, *shown], close=phrase("Close"))


def _usual(found: Mine) -> str:
    who = mention(found.manager_id)
    if found.months:
        return phrase(
            "Your rate is looked at every {months} months. {who} invites you when it is time; no need to ask.",
            months=found.months,
            who=who,
        )
    return phrase(
        "{who} invites you when it is time to talk about your rate. If that is on your mind now, bring it to a 1:1.",
        who=who,
    )


def _result(row: RateReview, book: RateBook) -> list[Block]:
    known = book.outcome(row.outcome)
    if row.told_at is None or known is None:
        return []
    held = phrase("*Your rate review of {held_on}*\n", held_on=dated(row.held_on)) if row.held_on else ""
    next_on = phrase(" We look at it again on {next_on}.", next_on=dated(row.next_on)) if row.next_on else ""
    show = button(phrase("Show the amount"), OWN_AMOUNT, row.id) if row.amount_told else None
    return [section(f"{held}{known.told}{next_on}", show)]


def _invitation(found: Mine, row: RateReview) -> list[Block]:
    if row.invited_at is None:
        return []
    day = dated(row.meet_on or row.due_on)
    text = phrase(
        "{invited_by} invited you to talk about your rate on {day}.", invited_by=mention(row.invited_by), day=day
    )
    label = phrase("Change what I prepared") if found.prepared else phrase("Prepare")
    can = [] if row.decided_at else [actions(button(label, PREPARE, row.id, None if found.prepared else "primary"))]
    return [
        section(text),
        *([said(phrase("Their words"), found.words)] if found.words else []),
        section(phrase("*Worth knowing, for you both*")),
        told(found.lines),
        section(phrase("*What I prepared*")),
        *_prepared(found.prepared),
        *can,
    ]


def own_amount(row: RateReview, sealed: Sealed, book: RateBook) -> View:
    """Show the contractor the amount that their manager let them see."""
    day = phrase(" of {held_on}", held_on=dated(row.held_on)) if row.held_on else ""
    text = phrase(
        "After your rate review{day}: *{written}*",
        day=day,
        written=one_line(sealed.written("after", book)) or phrase("no amount is noted"),
    )
    return modal(
        phrase("My rate"),
        [section(text), context(phrase("Only you and your manager see this."))],
        close=phrase("Close"),
    )
