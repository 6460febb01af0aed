"""The page of a Quarterly Review that both see once both have answered: side by side, with what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.kit import (
    LONGEST,
    Block,
    View,
    actions,
    button,
    clean,
    context,
    divider,
    esc,
    facts,
    mention,
    modal,
    one_line,
    section,
    when,
)
from blocks.kpi import OPEN as KPIS_OPEN
from blocks.review import BACK, TITLE
from blocks.review_item import ITEM, item_line
from playbook.review import KPIS, SLOW, WORDS, ReviewBook, lines
from storage.growth_tables import Review, ReviewItem
from storage.kpi import OPEN as WAITING
from storage.path_tables import Blueprint

WHOLE = "review.whole"
KEEP = "review.keep"
AGREE = "review.agree"
TALK = "review.talk"
THEIRS, OURS = "theirs", "ours"
NOTHING = "–"
PIECE = 550


@dataclass(frozen=True)
class Sheet:
    """A shared review as one of the two sees it.

    `leads` may settle the KPIs as the manager, `mine` as the contractor; `acts` may make items. `version` is the KPI
    blueprint that was proposed or agreed meanwhile. `facts` stand beside the answers: pairs of (name, safe words).
    """

    row: Review
    facts: Sequence[tuple[str, str]] = ()
    items: Sequence[ReviewItem] = ()
    version: Blueprint | None = None
    mine: bool = False
    leads: bool = False
    acts: bool = False


def page(sheet: Sheet, book: ReviewBook, notice: str = "") -> View:
    """Show the whole page."""
    row = sheet.row
    blocks = [
        *([section(notice), divider()] if notice else []),
        section(_head(row)),
        *side_by_side(row, book, whole=True),
        divider(),
        *_beside(sheet),
        *_frictions(sheet, book),
        *_kpis(sheet, book),
        actions(button("All reviews", BACK, row.user_id)),
    ]
    return modal(TITLE, blocks, close="Close")


def writer(row: Review) -> str:
    """Name the manager who wrote the answers; another one may have become manager since."""
    return str(row.ours.get("by") or row.manager_id)


def _head(row: Review) -> str:
    who = f"*Review {row.number} of {mention(row.user_id)}*, with {mention(writer(row))}"
    shared = f"shared {when(row.shared_at, '{date_short}')}" if row.shared_at else ""
    closed = f"closed {when(row.closed_at, '{date_short}')}" if row.closed_at else "under way"
    return " · ".join(filter(None, [who, shared, closed]))


def side_by_side(row: Review, book: ReviewBook, *, whole: bool = False, most: int = 0) -> list[Block]:
    """Show both answers to each question beside each other; what is cut can be read as a whole."""
    most, found = most or book.cut, list[Block]()
    for one in book.questions:
        pair = [answer(row.theirs, one.key, book), answer(row.ours, one.key, book)]
        if any(pair) or one.key != WORDS:
            cut = whole and any(len(each) > most for each in pair)
            spoken = f"Read whole: {one.name}"
            control = button("Read whole", WHOLE, f"{row.id}:{one.key}", spoken=spoken) if cut else None
            found += [section(f"*{one_line(one.name)}*", control), _pair(row, pair, most)]
    return found


def _pair(row: Review, pair: Sequence[str], most: int) -> Block:
    """Put both answers into columns."""
    people = (mention(row.user_id), mention(writer(row)))
    shown = [f"{who}\n{esc(words, most) or NOTHING}" for who, words in zip(people, pair, strict=True)]
    return {"type": "section", "fields": [{"type": "mrkdwn", "text": text} for text in shown]}


def answer(said: Mapping[str, str], key: str, book: ReviewBook) -> str:
    """Give one answer in words; frictions come one a line."""
    words = said.get(key, "")
    if key == KPIS:
        return book.kpi_label(words)
    return "\n".join(f"• {line}" for line in lines(words)) if key == SLOW else words


def read_whole(row: Review, key: str, book: ReviewBook) -> View:
    """Show both answers to one question in full."""
    one = book.question(key)
    pairs = ((row.user_id, row.theirs), (writer(row), row.ours))
    said = [section(text) for who, words in pairs for text in _pieces(mention(who), answer(words, key, book))]
    return modal(TITLE, [section(f"*{one_line(one.name)}*"), *said], close="Back")


def _pieces(head: str, words: str) -> list[str]:
    """Cut words into pieces that fit a section even where every sign is escaped."""
    whole = f"{head}\n{esc(words) or NOTHING}"
    if len(whole) <= LONGEST:
        return [whole]
    return [head, *(esc(words[at : at + PIECE]) for at in range(0, len(words), PIECE))]


def _beside(sheet: Sheet) -> list[Block]:
    return [section("*The quarter in figures*"), facts(sheet.facts)] if sheet.facts else []


# What follows -------------------------------------------------------------------------------------


def frictions(row: Review) -> list[tuple[str, str]]:
    """Give every friction of both sides: pairs of (record of the line, words)."""
    sides = ((THEIRS, row.theirs), (OURS, row.ours))
    return [
        (f"{row.id}:{side}:{at}", line) for side, said in sides for at, line in enumerate(lines(said.get(SLOW, "")))
    ]


def _frictions(sheet: Sheet, book: ReviewBook) -> list[Block]:
    """Offer each friction as something to do, unless it is that already, and list what is to do."""
    there = {item.words for item in sheet.items}
    left = [pair for pair in frictions(sheet.row) if pair[1] not in there]
    full = len(sheet.items) >= book.most_items
    offered = [_friction(*pair) for pair in left] if sheet.acts and not full else []
    blank = [actions(button("Add something to do", ITEM, f"{sheet.row.id}::"))] if sheet.acts and not full else []
    listed = [item_line(one) for one in sheet.items]
    return [section("*Friction becomes something to do*"), *offered, *listed, *blank]


def _friction(record: str, words: str) -> Block:
    return section(
        f"• {esc(words)}", button("Make it an item", ITEM, record, spoken=clean(f"Make an item of: {words}", 75))
    )


def _kpis(sheet: Sheet, book: ReviewBook) -> list[Block]:
    row = sheet.row
    said = [section(f"*KPIs for the next {book.every} days*\n{kpi_words(row, sheet.version)}")]
    if row.closed_at:
        return said
    if sheet.mine and row.kept_at and not row.agreed_at:
        return [*said, actions(*keep_answers(row))]
    waits = sheet.version is not None and sheet.version.state in WAITING
    if not sheet.leads or waits:
        return said
    controls = [button("Recalibrate KPIs", KPIS_OPEN, row.user_id)]
    if not row.kept_at:
        controls.append(button("KPIs stay as they are", KEEP, row.id))
    return [*said, actions(*controls), context("The review closes when both of you agree on the KPIs.")]


def keep_answers(row: Review) -> list[Block]:
    """Give the contractor's two answers to KPIs that stay."""
    return [button("I agree", AGREE, row.id, "primary"), button("Let's talk first", TALK, row.id)]


def kpi_words(row: Review, version: Blueprint | None) -> str:
    """Say how far the KPIs are."""
    if version is not None:
        number, proposed = version.version, _day(version.proposed_at)
        if version.answered_at and version.state not in WAITING:
            return f"KPI version {number}, proposed on {proposed}, agreed on {_day(version.answered_at)}."
        if not row.kept_at:
            return f"KPI version {number}, proposed on {proposed}, is with {mention(row.user_id)}."
    if row.agreed_at:
        return f"The KPIs stay as they are, agreed on {_day(row.agreed_at)}."
    if row.kept_at:
        return f"The KPIs stay as they are, if {mention(row.user_id)} agrees."
    if row.closed_at:
        return "Nothing was changed."
    return "Recalibrate them, or agree that they stay as they are."


def _day(at: datetime) -> str:
    return when(at, "{date_short}")
