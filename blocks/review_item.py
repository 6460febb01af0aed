"""What people see of a friction that became something to do: its form, its line, and what its owner is told."""

from collections.abc import Sequence
from datetime import date

from blocks import fields
from blocks.kit import Block, View, actions, button, context, day_name, esc, mention, modal, quoted, section, when
from playbook.review import ReviewBook
from playbook.tongue import phrase
from storage.growth_tables import Review, ReviewItem

ITEM = "review.item"
ITEM_FORM = "review.item_form"
ITEM_BACK = "review.page"
DONE = "review.done"

Drawn = tuple[str, list[Block]]


def full_day(day: date) -> str:
    """Name a day with its year: Tue 1 Dec 2026."""
    return f"{day_name(day)} {day.year}"


def item_key(item: ReviewItem) -> str:
    """Name what an owner was told of an item."""
    return f"review.item:{item.id}"


def asked_key(item: ReviewItem) -> str:
    """Name the one question about an item that is late."""
    return f"review.item_asked:{item.id}"


def item_line(item: ReviewItem) -> Block:
    """Show one item with its owner and its day, and a way to tick it."""
    if item.done_at:
        done = phrase(
            "✓ {item}\n{owner_id} · done {done_at}",
            item=esc(item.words),
            owner_id=mention(item.owner_id),
            done_at=when(item.done_at, "{date_short}"),
        )
        return section(done)
    due = phrase(" · by {due_on}", due_on=day_name(item.due_on)) if item.due_on else ""
    return section(f"○ {esc(item.words)}\n{mention(item.owner_id)}{due}", button(phrase("Done"), DONE, item.id))


def form(
    row: Review, words: str, owners: Sequence[tuple[str, str]], day: date, book: ReviewBook, note: str, owner: str = ""
) -> View:
    """Ask who mends something, and by when; `owners` are pairs of (name and role, user id)."""
    blocks = [
        fields.text(
            "item",
            phrase("What is to be done"),
            words,
            most=book.most_line,
            lines=True,
            hint=phrase("Its owner reads these words."),
        ),
        fields.choice("owner", phrase("Who takes it"), owners, owner),
        fields.day("day", phrase("By when"), day),
        actions(button(phrase("Back without saving"), ITEM_BACK, row.id)),
    ]
    return modal(phrase("Something to do"), blocks, ITEM_FORM, phrase("Save"), memo=note)


def told(item: ReviewItem) -> Drawn:
    """Tell an owner what is theirs; once it is done, say so in the same place."""
    if item.done_at:
        text = phrase(
            "Done {done_at} by {done_by}, thank you.", done_at=when(item.done_at), done_by=mention(item.done_by)
        )
        return text, [section(f"{text}\n{quoted(item.words)}")]
    by = full_day(item.due_on) if item.due_on else phrase("when it suits you")
    text = phrase("Something to mend is yours: {item} By {by}.", item=esc(item.words, 200), by=by)
    head = phrase("Something to mend is yours, from the Quarterly Review of {item}:", item=mention(item.user_id))
    rest = phrase("{made_by} wrote it down, to be done by {by}.", made_by=mention(item.made_by), by=by)
    return text, [
        section(f"{head}\n{quoted(item.words)}"),
        actions(button(phrase("Done"), DONE, item.id)),
        context(rest),
    ]


def late(item: ReviewItem) -> Drawn:
    """Ask an owner once about an item whose day has passed."""
    if item.done_at:
        return told(item)
    day = full_day(item.due_on) if item.due_on else "now"
    text = phrase("How far is this? It was meant to be done by {day}: {item}", day=day, item=esc(item.words, 200))
    more = phrase("If it needs longer or somebody else, tell them both: it is on the next 1:1 as well.")
    head = phrase("How far is this? It was meant to be done by {day}, for {item}.", day=day, item=mention(item.user_id))
    return text, [
        section(f"{head}\n{quoted(item.words)}"),
        actions(button(phrase("Done"), DONE, item.id)),
        context(more),
    ]


def finished(item: ReviewItem) -> Drawn:
    """Tell who wrote an item down that it is done."""
    text = phrase(
        "{done_by} has done what the review of {item} found.", done_by=mention(item.done_by), item=mention(item.user_id)
    )
    return text, [section(f"{text}\n{quoted(item.words)}")]
