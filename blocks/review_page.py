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
from playbook.tongue import phrase
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
        actions(button(phrase("All reviews"), BACK, row.user_id)),
    ]
    return modal(TITLE, blocks, close=phrase("Close"))


def writer(row: Review) -> str:
    """Name the manager who wrote the answers; another one may have become manager since."""
    return str(row.ours.get("by") or row.manager_id)


def _head(row: Review) -> str:
    who = phrase(
        "*Review {number} of {row}*, with {row_2}",
        number=row.number,
        row=mention(row.user_id),
        row_2=mention(writer(row)),
    )
    shared = phrase("shared {shared_at}", shared_at=when(row.shared_at, "{date_short}")) if row.shared_at else ""
    closed = (
        phrase("closed {closed_at}", closed_at=when(row.closed_at, "{date_short}"))
        if row.closed_at
        else phrase("under way")
    )
    return " · ".join(filter(None, [who, shared, closed]))


def side_by_side(row: Review, book: ReviewBook, *, whole: bool = False, most: int = 0) -> list[Block]:
    """Show both answers to each question beside each other; what is cut can be read as a whole."""
    most, found = most or book.cut, list[Block]()
    for one in book.questions:
        pair = [answer(row.theirs, one.key, book), answer(row.ours, one.key, book)]
        if any(pair) or one.key != WORDS:
            cut = whole and any(len(each) > most for each in pair)
            spoken = phrase("Read whole: {one}", one=one.name)
            control = button(phrase("Read whole"), WHOLE, f"{row.id}:{one.key}", spoken=spoken) if cut else None
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
    return modal(TITLE, [section(f"*{one_line(one.name)}*"), *said], close=phrase("Back"))


def _pieces(head: str, words: str) -> list[str]:
    """Cut words into pieces that fit a section even where every sign is escaped."""
    whole = f"{head}\n{esc(words) or NOTHING}"
    if len(whole) <= LONGEST:
        return [whole]
    return [head, *(esc(words[at : at + PIECE]) for at in range(0, len(words), PIECE))]


def _beside(sheet: Sheet) -> list[Block]:
    return [section(phrase("*The quarter in figures*")), facts(sheet.facts)] if sheet.facts else []


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
    blank = (
        [actions(button(phrase("Add something to do"), ITEM, f"{sheet.row.id}::"))] if sheet.acts and not full else []
    )
    listed = [item_line(one) for one in sheet.items]
    return [section(phrase("*Friction becomes something to do*")), *offered, *listed, *blank]


def _friction(record: str, words: str) -> Block:
    return section(
        f"• {esc(words)}",
        button(
            phrase("Make it an item"), ITEM, record, spoken=clean(phrase("Make an item of: {words}", words=words), 75)
        ),
    )


def _kpis(sheet: Sheet, book: ReviewBook) -> list[Block]:
    row = sheet.row
    said = [
        section(phrase("*KPIs for the next {every} days*\n{row}", every=book.every, row=kpi_words(row, sheet.version)))
    ]
    if row.closed_at:
        return said
    if sheet.mine and row.kept_at and not row.agreed_at:
        return [*said, actions(*keep_answers(row))]
    waits = sheet.version is not None and sheet.version.state in WAITING
    if not sheet.leads or waits:
        return said
    controls = [button(phrase("Recalibrate KPIs"), KPIS_OPEN, row.user_id)]
    if not row.kept_at:
        controls.append(button(phrase("KPIs stay as they are"), KEEP, row.id))
    return [*said, actions(*controls), context(phrase("The review closes when both of you agree on the KPIs."))]


def keep_answers(row: Review) -> list[Block]:
    """Give the contractor's two answers to KPIs that stay."""
    return [button(phrase("I agree"), AGREE, row.id, "primary"), button(phrase("Let's talk first"), TALK, row.id)]


def kpi_words(row: Review, version: Blueprint | None) -> str:
    """Say how far the KPIs are."""
    if version is not None:
        number, proposed = version.version, _day(version.proposed_at)
        if version.answered_at and version.state not in WAITING:
            return phrase(
                "KPI version {number}, proposed on {proposed}, agreed on {answered_at}.",
                number=number,
                proposed=proposed,
                answered_at=_day(version.answered_at),
            )
        if not row.kept_at:
            return phrase(
                "KPI version {number}, proposed on {proposed}, is with {row}.",
                number=number,
                proposed=proposed,
                row=mention(row.user_id),
            )
    if row.agreed_at:
        return phrase("The KPIs stay as they are, agreed on {agreed_at}.", agreed_at=_day(row.agreed_at))
    if row.kept_at:
        return phrase("The KPIs stay as they are, if {row} agrees.", row=mention(row.user_id))
    if row.closed_at:
        return phrase("Nothing was changed.")
    return phrase("Recalibrate them, or agree that they stay as they are.")


def _day(at: datetime) -> str:
    return when(at, "{date_short}")
