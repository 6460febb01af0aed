"""The messages of a Quarterly Review: it is open, it waits, both are in, the KPIs stay, and what came of it."""

from collections.abc import Sequence
from datetime import date, timedelta

from blocks.kit import Block, actions, button, context, divider, mention, section
from blocks.review import ANSWER, BLIND, SHOW, WHO_READS
from blocks.review_item import full_day, item_line
from blocks.review_page import keep_answers, kpi_words, side_by_side
from playbook.review import ReviewBook
from playbook.tongue import phrase
from storage.growth_tables import Review, ReviewItem
from storage.path_tables import Blueprint

Drawn = tuple[str, list[Block]]
ASK_YOU = phrase(
    "Your Quarterly Review is open: what you enjoyed, where our processes slow you down, and "
    "whether your KPIs are realistic. Five questions, about ten minutes. What you type is kept "
    "when you close the form."
)
ASK_MANAGER = phrase(
    "The Quarterly Review of {who} is open: what went well, where our side slows them down, and "
    "whether the KPIs are realistic. Five questions, about ten minutes. What you type is kept "
    "when you close the form."
)
REMIND_YOU = phrase("Your Quarterly Review still waits for your answers.")
REMIND_MANAGER = phrase("The Quarterly Review of {who} still waits for your answers.")
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
MOST_SHOWN, FEW, MOST_LISTED = 10_000, 120, 8


def ask_key(row: Review, user_id: str) -> str:
    """Name the message by which a review opens for one of the two."""
    return f"review.ask:{row.id}:{user_id}"


def remind_key(row: Review, user_id: str) -> str:
    """Name the reminder to one of the two."""
    return f"review.remind:{row.id}:{user_id}"


def page_key(row: Review, user_id: str) -> str:
    """Name the page of a review as one of the two has it."""
    return f"review.page:{row.id}:{user_id}"


def keep_key(row: Review) -> str:
    """Name the question whether the KPIs stay; there may be another one after they talked."""
    return f"review.keep:{row.id}:{row.kept_at:%Y%m%d%H%M%S}" if row.kept_at else f"review.keep:{row.id}"


def closed_key(row: Review, user_id: str) -> str:
    """Name the summary that one of the two gets."""
    return f"review.closed:{row.id}:{user_id}"


def about(row: Review, user_id: str) -> str:
    """Name what is asked of one of the two."""
    return f"review:{row.id}:{user_id}"


def ask(row: Review, *, mine: bool, there: bool) -> Drawn:
    """Open a review for one of the two; afterwards, in the same place, say how it stands."""
    if row.closed_at and not row.shared_at:
        text = phrase("This Quarterly Review was closed without answers. Nothing is needed from you.")
        return text, [section(text)]
    if row.shared_at:
        text = phrase("Both of you have answered. The page is in your messages with me.")
        return text, [section(text), actions(button(phrase("Open the page"), SHOW, row.id))]
    if there:
        text = phrase(
            "Your answers to the Quarterly Review are in. You see the page when the other side has answered, too."
        )
        return text, [section(text), actions(button(phrase("Change my answers"), ANSWER, row.id))]
    text = ASK_YOU if mine else ASK_MANAGER.format(who=mention(row.user_id))
    return text, [section(text), actions(button(phrase("Answer"), ANSWER, row.id, "primary")), context(BLIND)]


def remind(row: Review, other: str, *, mine: bool, other_in: bool) -> Drawn:
    """Call an open review to mind, once."""
    mine_waits = REMIND_YOU if mine else REMIND_MANAGER.format(who=mention(row.user_id))
    also = (
        phrase("{other} has answered.", other=mention(other))
        if other_in
        else phrase("{other} has not answered yet, either.", other=mention(other))
    )
    text = f"{mine_waits} {also}"
    return text, [section(text), actions(button(phrase("Answer"), ANSWER, row.id, "primary")), context(BLIND)]


def answered(*, there: bool) -> Drawn:
    """Say in the place of a reminder that what it asked for has happened, or is not needed any more."""
    text = (
        phrase("Your answers to the Quarterly Review are in.") if there else phrase("This Quarterly Review is closed.")
    )
    return text, [section(text)]


def page(row: Review, book: ReviewBook) -> Drawn:
    """Give one of the two the page as soon as both have answered."""
    text = phrase(
        "Both of you have answered: here is the Quarterly Review of {row}, side by side.", row=mention(row.user_id)
    )
    rest = phrase("Talk it over, turn what slows you down into something to do, and agree on the KPIs.")
    shown = side_by_side(row, book)
    if len(str(shown)) > MOST_SHOWN:
        shown = side_by_side(row, book, most=FEW)
    blocks = [section(text), *shown, divider()]
    return text, [*blocks, actions(button(phrase("Open the page"), SHOW, row.id, "primary")), context(rest, WHO_READS)]


def keep(row: Review, manager_id: str) -> Drawn:
    """Ask the contractor whether the KPIs stay as they are; afterwards say what became of it."""
    by = mention(manager_id)
    if row.agreed_at or row.closed_at:
        text = phrase("The KPIs are settled, and this Quarterly Review is closed.")
        return text, [section(text)]
    if not row.kept_at:
        text = phrase("You would like to talk about the KPIs first. {by} knows.", by=by)
        return text, [section(text)]
    text = phrase(
        "{by} proposes that your KPIs stay as they are for the next 90 days. With your yes the review closes.", by=by
    )
    return text, [section(text), actions(*keep_answers(row))]


def replaced() -> Drawn:
    """Say in the place of that question that new KPIs were proposed."""
    text = phrase("New KPIs were proposed meanwhile. They are in your messages with me.")
    return text, [section(text)]


def talk(row: Review) -> Drawn:
    """Tell the manager that the contractor wants to talk about the KPIs before the review closes."""
    text = phrase("{row} would like to talk about the KPIs before the review closes.", row=mention(row.user_id))
    return text, [section(text), actions(button(phrase("Open the page"), SHOW, row.id))]


def closed(row: Review, items: Sequence[ReviewItem], version: Blueprint | None, coming: date | None) -> Drawn:
    """Sum up for both what came of a review."""
    text = phrase(
        "The Quarterly Review of {row} is closed. {row_2}", row=mention(row.user_id), row_2=kpi_words(row, version)
    )
    listed = [item_line(one) for one in items[:MOST_LISTED]]
    if len(items) > MOST_LISTED:
        listed.append(context(phrase("…and {items} more on the page.", items=len(items) - MOST_LISTED)))
    todo = [section(phrase("*To do*")), *listed] if listed else [context(phrase("Nothing to mend was written down."))]
    after = [context(phrase("The next one opens on {coming}.", coming=full_day(coming)))] if coming else []
    return text, [section(text), *todo, actions(button(phrase("Read it again"), SHOW, row.id)), *after]
