"""The pages of rate reviews: everybody's for a manager, one contractor's, their amounts, and the contractor's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blocks.kit import Block, View, actions, button, context, divider, mention, modal, one_line, plural, quoted, section
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
from storage.growth_tables import RatePlan, RateReview

TITLE = "Rate review"
ON_A_PAGE = 15
NOTHING_PREPARED = "Nothing yet."


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
    every = f"{ahead(sheet.user_id, sheet.plan.next_on, sheet.today)} One comes every {sheet.plan.months} months."
    blocks = [
        *news,
        section(every, button("How often", PLAN, sheet.user_id, spoken="Change how often and when")),
        *_invited(sheet),
        told(sheet.lines),
        _controls(sheet),
        *_ended(sheet, book),
        context(ONLY_YOU.format(who=mention(sheet.user_id))),
        *([] if sheet.able else [context(NO_KEY)]),
    ]
    return modal(TITLE, blocks, close="Close")


def _invited(sheet: Sheet) -> list[Block]:
    row = sheet.row
    if row is None or row.invited_at is None:
        return [section("They have not been invited yet, and know nothing of it.")]
    text = f"*Invited* to talk on {dated(row.meet_on or row.due_on)}."
    words = [said("Your words to them", sheet.words)] if sheet.words else []
    return [section(text), *words, section("*What they prepared*"), *_prepared(sheet.prepared)]


def _prepared(words: Mapping[str, str] | None) -> list[Block]:
    shown = [said(label, words[name]) for name, label in ASKED if words and words.get(name)]
    return shown or [section(NOTHING_PREPARED)]


def _controls(sheet: Sheet) -> Block:
    invited = sheet.row is not None and sheet.row.invited_at
    first = button("Invite", INVITE, sheet.user_id, "primary", "Invite them to their rate review")
    first = button("Change the invitation", INVITE, sheet.user_id) if invited else first
    return actions(first, button("Note the outcome", DECIDE, sheet.user_id))


def _ended(sheet: Sheet, book: RateBook) -> list[Block]:
    if not sheet.ended:
        return []
    words = "\n".join(f"• {line(row, book)}" for row in sheet.ended)
    newest = sheet.ended[0]
    controls = [button("Correct the last one", CORRECT, newest.id)]
    if sheet.able:
        sealed = any(row.sealed for row in sheet.ended)
        controls += [button("Show amounts", AMOUNTS, sheet.user_id)] if sealed else []
        controls += [] if newest.sealed else [button("Add amounts", CHANGE, newest.id)]
    return [section(f"*Reviews so far*\n{words}"), actions(*controls)]


def line(row: RateReview, book: RateBook) -> str:
    """Sum up a review that has ended, without any amount."""
    known = book.outcome(row.outcome)
    label = known.label if known else row.outcome
    day = f"{dated(row.held_on)}: " if row.held_on else f"due {dated(row.due_on)}: "
    told_too = ", they know" if row.told_at else ""
    return f"{day}{label}, noted by {mention(row.decided_by)}{told_too}"


def amounts(user_id: str, rows: Sequence[tuple[RateReview, Sealed]], reader: str, book: RateBook) -> View:
    """Show the amounts of a contractor's reviews; private words only to whoever wrote them."""
    shown = [part for row, sealed in rows for part in _amounts(row, sealed, reader, book)]
    nothing = section(f"No amounts were noted for {mention(user_id)}.")
    return modal("Amounts", [*(shown or [nothing]), context("Only their manager sees this.")], close="Close")


def _amounts(row: RateReview, sealed: Sealed, reader: str, book: RateBook) -> list[Block]:
    before, after = sealed.written("before", book) or "–", sealed.written("after", book) or "–"
    shown = [f"*{line(row, book)}*"]
    shown += [f"Before {one_line(before)}, after {one_line(after)}"] if sealed.before or sealed.after else []
    shown += [quoted(sealed.words, 500)] if sealed.words and row.decided_by == reader else []
    return [section("\n".join(shown)[:2990], button("Change", CHANGE, row.id, spoken="Change these amounts"))]


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
    turns = [button("Previous", LIST, str(at - 1))] if at else []
    turns += [button("Next", LIST_ON, str(at + 1))] if at + 1 < pages else []
    more = [context(f"Page {at + 1} of {pages}"), actions(*turns)] if turns else []
    whole = section(f"*{plural(len(rows), 'contractor')}*, by the day of their rate review. Only you see this.")
    return modal("Rate reviews", [whole, *shown, *more], close="Close")


def _row(row: Row, today: date, overdue_days: int) -> Block:
    late = (today - row.due_on).days >= overdue_days
    state = "overdue since" if late else "was due on" if row.due_on < today else "due on"
    invited = ", invited" if row.invited else ""
    words = f"{mention(row.user_id)}: {state} {dated(row.due_on)}, every {row.months} months{invited}"
    return section(words, button("Open", OPEN, row.user_id, spoken="Open the rate review"))


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
    return modal("My rate", [*news, *shown], close="Close")


def _usual(found: Mine) -> str:
    who = mention(found.manager_id)
    if found.months:
        return f"Your rate is looked at every {found.months} months. {who} invites you when it is time; no need to ask."
    return f"{who} invites you when it is time to talk about your rate. If that is on your mind now, bring it to a 1:1."


def _result(row: RateReview, book: RateBook) -> list[Block]:
    known = book.outcome(row.outcome)
    if row.told_at is None or known is None:
        return []
    held = f"*Your rate review of {dated(row.held_on)}*\n" if row.held_on else ""
    next_on = f" We look at it again on {dated(row.next_on)}." if row.next_on else ""
    show = button("Show the amount", OWN_AMOUNT, row.id) if row.amount_told else None
    return [section(f"{held}{known.told}{next_on}", show)]


def _invitation(found: Mine, row: RateReview) -> list[Block]:
    if row.invited_at is None:
        return []
    day = dated(row.meet_on or row.due_on)
    text = f"{mention(row.invited_by)} invited you to talk about your rate on {day}."
    label = "Change what I prepared" if found.prepared else "Prepare"
    can = [] if row.decided_at else [actions(button(label, PREPARE, row.id, None if found.prepared else "primary"))]
    return [
        section(text),
        *([said("Their words", found.words)] if found.words else []),
        section("*Worth knowing, for you both*"),
        told(found.lines),
        section("*What I prepared*"),
        *_prepared(found.prepared),
        *can,
    ]


def own_amount(row: RateReview, sealed: Sealed, book: RateBook) -> View:
    """Show the contractor the amount that their manager let them see."""
    day = f" of {dated(row.held_on)}" if row.held_on else ""
    text = f"After your rate review{day}: *{one_line(sealed.written('after', book)) or 'no amount is noted'}*"
    return modal("My rate", [section(text), context("Only you and your manager see this.")], close="Close")
