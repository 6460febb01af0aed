"""What those see who write Who's Who and the lexicon: the lists with what can be changed, and the two forms."""

from collections.abc import Sequence

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    context,
    modal,
    one_line,
    section,
)
from blocks.packet import MENU
from blocks.packet_page import topic_line
from blocks.whois_import import EXPLAIN as IMPORT
from playbook.tongue import numbered, phrase
from storage.path_tables import Term, Topic

TERMS = "whois.terms"
TERMS_BACK = "whois.terms_back"
TERMS_NEXT = "whois.terms_next"
TERM = "whois.term"
TERM_NEW = "whois.term_new"
TERM_FORM = "whois.term_form"
TERM_REMOVE = "whois.term_remove"
TERM_PREVIEW = "whois.term_preview"
TOPICS = "whois.topics"
TOPICS_BACK = "whois.topics_back"
TOPICS_NEXT = "whois.topics_next"
TOPIC = "whois.topic"
TOPIC_NEW = "whois.topic_new"
TOPIC_FORM = "whois.topic_form"
TOPIC_REMOVE = "whois.topic_remove"
TOPIC_PREVIEW = "whois.topic_preview"
SUGGEST = "whois.suggest"

MOST_SHOWN = 20


def _list(title: str, rows: Sequence[Block], count: str, page: int, memo: str, *controls: Block) -> View:
    pages = max(1, -(-len(rows) // MOST_SHOWN))
    where = phrase("{count} · page {page} of {pages}", count=count, page=page + 1, pages=pages) if pages > 1 else count
    blocks = [context(where), *rows[page * MOST_SHOWN : (page + 1) * MOST_SHOWN]]
    return modal(title, [*blocks, actions(*controls)], close=phrase("Close"), memo=memo)


def _turns(back: Block, ahead: Block, page: int, count: int) -> list[Block]:
    last = (page + 1) * MOST_SHOWN >= count
    return [*([back] if page else []), *([] if last else [ahead])]


def within(page: int, count: int) -> int:
    """Give a page that there is."""
    return min(max(page, 0), max(0, (count - 1) // MOST_SHOWN))


def terms(rows: Sequence[Term], page: int, memo: str) -> View:
    """List the lexicon for those who write it; what waits for a meaning comes first."""
    ordered = sorted(rows, key=lambda one: (bool(one.meaning), one.key))
    page = within(page, len(rows))
    drawn = [
        section(_term(one), button(phrase("Edit"), TERM, one.key, spoken=phrase("Edit this term"))) for one in ordered
    ]
    empty = [section(phrase("No term is written down yet."))]
    back, ahead = button(phrase("Back"), TERMS_BACK, str(page - 1)), button(phrase("Next"), TERMS_NEXT, str(page + 1))
    start = [] if any(one.meaning for one in rows) else [button(phrase("Start with these"), SUGGEST, "")]
    add = button(phrase("Add a term"), TERM_NEW, style="primary")
    controls = (*_turns(back, ahead, page, len(rows)), add, *start, _import(), _menu())
    return _list(
        phrase("Internal lexicon"), drawn or empty, numbered("{n} term", "{n} terms", len(rows)), page, memo, *controls
    )


def _term(one: Term) -> str:
    meaning = one_line(one.meaning, 500) or phrase("_somebody asked, and it waits for a meaning_")
    return f"*{one_line(one.term, 80)}*: {meaning}"


def topics(rows: Sequence[Topic], left: frozenset[str], page: int, memo: str) -> View:
    """List Who's Who for those who write it."""
    page = within(page, len(rows))
    drawn = [
        section(topic_line(one, left), button(phrase("Edit"), TOPIC, one.key, spoken=phrase("Edit this line")))
        for one in rows
    ]
    empty = [
        section(phrase("Nobody is written down yet. A line says whom to ask about what: budget, invoices, holidays."))
    ]
    back, ahead = button(phrase("Back"), TOPICS_BACK, str(page - 1)), button(phrase("Next"), TOPICS_NEXT, str(page + 1))
    add = button(phrase("Add a line"), TOPIC_NEW, style="primary")
    controls = (*_turns(back, ahead, page, len(rows)), add, _import(), _menu())
    return _list(
        phrase("Who's Who"), drawn or empty, numbered("{n} line", "{n} lines", len(rows)), page, memo, *controls
    )


def _import() -> Block:
    return button(phrase("Import"), IMPORT, spoken=phrase("Import many from a CSV file"))


def _menu() -> Block:
    return button(phrase("All parts"), MENU, spoken=phrase("Back to all parts of the packet"))


def term_form(term: str, meaning: str, note: str, memo: str, key: str = "") -> View:
    """Ask what a term means; `key` is the term's when it is there already."""
    blocks = [
        *([section(note)] if note else []),
        fields.text("term", phrase("Term"), term, most=80, example="OKR"),
        fields.text(
            "meaning",
            phrase("What it means"),
            meaning,
            most=500,
            lines=True,
            example=phrase("Objectives and key results: …"),
        ),
        actions(button(phrase("Preview"), TERM_PREVIEW), *_remove(TERM_REMOVE, key, phrase("this term"))),
    ]
    return modal(
        phrase("Edit term") if key else phrase("Add a term"), blocks, TERM_FORM, submit=phrase("Save"), memo=memo
    )


def topic_form(topic: str, user_id: str, words: str, note: str, memo: str, key: str = "") -> View:
    """Ask whom to go to about something; `key` is the line's when it is there already."""
    blocks = [
        *([section(note)] if note else []),
        fields.text("topic", phrase("About what"), topic, most=80, example=phrase("Budget")),
        fields.person("person", phrase("Whom to ask"), user_id),
        fields.text(
            "words", phrase("Good to know"), words, most=200, optional=True, example=phrase("Also approves travel")
        ),
        actions(button(phrase("Preview"), TOPIC_PREVIEW), *_remove(TOPIC_REMOVE, key, phrase("this line"))),
    ]
    return modal(
        phrase("Edit Who's Who") if key else phrase("Add to Who's Who"),
        blocks,
        TOPIC_FORM,
        submit=phrase("Save"),
        memo=memo,
    )


def _remove(action_id: str, key: str, what: str) -> list[Block]:
    if not key:
        return []
    control = button(phrase("Remove"), action_id, key, style="danger")
    return [
        asking_first(
            control,
            phrase("Remove {what}?", what=what),
            phrase("It disappears from every packet and from /whois."),
            phrase("Remove"),
        )
    ]
