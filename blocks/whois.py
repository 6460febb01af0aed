"""What people see of Who's Who and the Internal Lexicon: answers, what nobody has explained yet, and questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    clean,
    context,
    divider,
    esc,
    mention,
    modal,
    one_line,
    section,
    when,
)
from blocks.packet_page import topic_line
from playbook.tongue import numbered, phrase
from storage.path_tables import Term, Topic

OPEN = "whois.open"
FIND = "whois.find"
ASK = "whois.ask"
ADD = "whois.add"
WRITE = "whois.write"
ANSWER = "whois.answer"
HAND_ON = "whois.hand_on"
BACK = "whois.back"
NEXT = "whois.next"
SEARCH_FORM = "whois.search_form"
ANSWER_FORM = "whois.answer_form"
HAND_FORM = "whois.hand_form"
EXPLAIN = "whois.explain"

TITLE = phrase("Who's who and words")
MOST_SHOWN = 25
LABEL = 40
HELP = phrase(
    "*`/whois`* opens Who's Who and the lexicon.\n`/whois budget` says whom to ask, `/whois OKR` "
    "what it means, `/whois @person` who somebody is\n`/whois add OKR = objectives and key "
    "results` writes a meaning down\n`/whois list` shows everything, `/whois edit OKR` and "
    "`/whois remove OKR` change it\n`/whois import` takes a CSV file of either (managers and "
    "admins)\nOr write to me: `who handles the budget?`, `what does OKR mean?`. *Explain "
    "acronyms* is in every message's menu."
)

Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Person:
    """Somebody who answers a question: for what, in words that are already safe, and whether they are still here."""

    user_id: str
    line: str
    here: bool = True


def write_to(team_id: str, user_id: str) -> Block:
    """Offer to open a conversation with somebody (Slack: deep links)."""
    control = button(phrase("Write to them"), WRITE, user_id)
    return control | {"url": f"slack://user?team={team_id}&id={user_id}"}


def answer(team_id: str, people: Sequence[Person], terms: Sequence[Term], *, may_change: bool) -> Drawn:
    """Say whom to ask, and what a term means and who wrote that."""
    blocks = [section(one.line, write_to(team_id, one.user_id) if one.here else None) for one in people]
    for term in terms:
        blocks += _meaning(term, may_change=may_change)
    said = [*(one.line for one in people), *(f"{one_line(term.term, 80)}: {one_line(term.meaning)}" for term in terms)]
    return clean(" ".join(said).replace("*", "")), blocks


def _meaning(term: Term, *, may_change: bool) -> list[Block]:
    change = button(phrase("Change"), ADD, term.key, spoken=phrase("Change what it means")) if may_change else None
    by = (
        phrase("Written by {changed_by}", changed_by=mention(term.changed_by))
        if term.changed_by
        else phrase("Written down here")
    )
    at = f", {when(term.changed_at, '{date_short_pretty}')}" if term.changed_at else ""
    return [section(f"*{one_line(term.term, 80)}*: {one_line(term.meaning, 500)}", change), context(f"{by}{at}")]


def unknown(words: str, near: Sequence[str], asked: Term | None, me: str, *, may_add: bool) -> Drawn:
    """Say that nobody has written this down yet, what is near, and how to get an answer."""
    if asked is not None:
        text = phrase("Somebody asked for *{words}* already, and nobody has answered yet.", words=one_line(words, 80))
    else:
        text = phrase("Nobody has written that down yet: *{words}*.", words=one_line(words, 80))
    guesses = [
        section(phrase("Did you mean *{one}*?", one=one_line(one, 80)), button(phrase("Show it"), FIND, one))
        for one in near
    ]
    waits = asked is not None and me in asked.asked_by.split(",")
    ask = (
        [] if waits else [button(phrase("Tell me too") if asked else phrase("Ask for it"), ASK, words, style="primary")]
    )
    add = [button(phrase("Write it down"), ADD, words)] if may_add else []
    ways = [actions(*ask, *add)] if ask or add else []
    return text, [
        section(text),
        *guesses,
        *ways,
        *([context(phrase("You will be told as soon as it is there."))] if waits else []),
    ]


def asked(words: str, to: str) -> Drawn:
    """Say whom the question went to."""
    who = phrase("I asked {to}", to=mention(to)) if to else phrase("It was asked already")
    text = phrase(
        "{who} what *{words}* means. I write to you as soon as there is an answer.", who=who, words=one_line(words, 80)
    )
    return text, [section(text)]


def browse(
    topics: Sequence[Topic], terms: Sequence[Term], left: frozenset[str], page: int, memo: str, *, may_add: bool
) -> View:
    """Open Who's Who and the lexicon: a field to look something up, and everything there is, in pages."""
    lines = [topic_line(one, left) for one in topics] + [_listed(one) for one in terms]
    pages = max(1, -(-len(lines) // MOST_SHOWN))
    page = min(max(page, 0), pages - 1)
    shown = lines[page * MOST_SHOWN : (page + 1) * MOST_SHOWN]
    words = phrase("Nobody has written anything down yet. Look a word up all the same, and I ask somebody for you.")
    count = phrase(
        "{line} of Who's Who, {term}",
        line=numbered("{n} line", "{n} lines", len(topics)),
        term=numbered("{n} term", "{n} terms", len(terms)),
    )
    turns = [
        *([button(phrase("Back"), BACK, str(page - 1))] if page else []),
        *([button(phrase("Next"), NEXT, str(page + 1))] if page + 1 < pages else []),
        *([button(phrase("Add a term"), ADD)] if may_add else []),
    ]
    blocks = [
        fields.text("query", phrase("Whom do you look for, or which word?"), most=80, example=phrase("budget, OKR")),
        context(
            phrase("{count} · page {page} of {pages}", count=count, page=page + 1, pages=pages) if lines else count
        ),
        *([section(line) for line in shown] or [section(words)]),
        *([actions(*turns)] if turns else []),
    ]
    return modal(TITLE, blocks, SEARCH_FORM, submit=phrase("Look up"), close=phrase("Close"), memo=memo)


def _listed(term: Term) -> str:
    meaning = one_line(term.meaning, 500) or phrase("_nobody has answered yet_")
    return f"• *{one_line(term.term, 80)}*: {meaning}"


def found(drawn: Drawn, memo: str) -> View:
    """Show an answer in the place of what was looked up in."""
    return modal(
        TITLE,
        [*drawn[1], actions(button(phrase("Look up something else"), NEXT, "0"))],
        close=phrase("Close"),
        memo=memo,
    )


def explained(
    known: Sequence[Term], unknown_words: Sequence[str], asked_for: Mapping[str, Term], me: str, memo: str
) -> View:
    """Explain the words of a message, to the one who asked alone."""
    blocks: list[Block] = [section(f"*{one_line(one.term, 80)}*: {one_line(one.meaning, 500)}") for one in known]
    if known and unknown_words:
        blocks.append(divider())
    blocks += [_unexplained(one, asked_for.get(one), me) for one in unknown_words]
    if not blocks:
        blocks = [section(phrase("I see no word here that the lexicon explains, and none that looks like an acronym."))]
    blocks.append(context(phrase("Only you see this. The message itself is not kept.")))
    return modal(phrase("Explain acronyms"), blocks, close=phrase("Close"), memo=memo)


def _unexplained(word: str, row: Term | None, me: str) -> Block:
    if row is not None and me in row.asked_by.split(","):
        return section(
            phrase("*{word}*: asked for. You will be told as soon as somebody answers.", word=one_line(word, 80))
        )
    label = phrase("Tell me too") if row is not None else phrase("Ask for it")
    words = (
        phrase("asked for already, not answered yet") if row is not None else phrase("nobody has written that down yet")
    )
    return section(f"*{one_line(word, 80)}*: {words}", button(label, ASK, word))


def question(term: str, key: str, askers: Sequence[str]) -> Drawn:
    """Bring a question to the one who may know."""
    first, more = mention(askers[0]) if askers else phrase("Somebody"), len(askers) - 1
    who = (
        phrase(
            "{first} and {other_person} ask",
            first=first,
            other_person=numbered("{n} other person", "{n} other people", more),
        )
        if more > 0
        else phrase("{first} asks", first=first)
    )
    text = phrase("{who} what *{term}* means.", who=who, term=one_line(term, 80))
    return text, [
        section(text),
        actions(button(phrase("Answer"), ANSWER, key, style="primary"), button(phrase("Pass on"), HAND_ON, key)),
        context(
            phrase("One sentence is enough. It goes to those who asked, and into the lexicon for everybody after them.")
        ),
    ]


def settled(term: str, by: str, meaning: str) -> Drawn:
    """Say in the place of the question that it has been answered."""
    text = phrase(
        "{by} explained *{term}*: {meaning}", by=mention(by), term=one_line(term, 80), meaning=one_line(meaning, 500)
    )
    return text, [section(text), context(phrase("It is in the lexicon now, and those who asked were told. Thank you."))]


def passed_on(term: str, to: str) -> Drawn:
    """Say in the place of the question whom it went to."""
    text = phrase("What *{term}* means was passed on to {to}.", term=one_line(term, 80), to=mention(to))
    return text, [section(text)]


def dropped(term: str) -> Drawn:
    """Say in the place of the question that nobody needs the answer any more."""
    text = phrase(
        "*{term}* was taken out of the lexicon, so there is nothing to answer any more.", term=one_line(term, 80)
    )
    return text, [section(text)]


def gone(term: str, by: str) -> Drawn:
    """Tell somebody who asked that the term was taken out before anybody explained it."""
    text = phrase(
        "{by} took *{term}* out of the lexicon before anybody explained it.", by=mention(by), term=one_line(term, 80)
    )
    return text, [section(phrase("{text} You can ask {by} directly.", text=text, by=mention(by)))]


def told(term: str, meaning: str, by: str) -> Drawn:
    """Bring the answer to somebody who asked."""
    text = f"*{one_line(term, 80)}*: {one_line(meaning, 500)}"
    return text, [
        section(phrase("You asked what this means.\n{text}", text=text)),
        context(phrase("{by} wrote it, and the lexicon has it.", by=mention(by))),
    ]


def answer_form(term: str, askers: Sequence[str], memo: str) -> View:
    """Ask for the meaning of a term that somebody wants to know."""
    who = ", ".join(mention(one) for one in askers[:10]) or phrase("Somebody")
    blocks = [
        section(phrase("{who} would like to know what *{term}* means.", who=who, term=one_line(term, 80))),
        fields.text(
            "meaning",
            phrase("What it means"),
            most=500,
            lines=True,
            example=phrase("In a sentence or two, as you would say it"),
        ),
    ]
    return modal(phrase("Explain a term"), blocks, ANSWER_FORM, submit=phrase("Send"), memo=memo)


def hand_form(term: str, memo: str) -> View:
    """Ask who knows better."""
    blocks = [
        section(phrase("Who knows what *{term}* means?", term=esc(term, 80))),
        fields.person("person", phrase("Pass it on to")),
    ]
    return modal(phrase("Pass on"), blocks, HAND_FORM, submit=phrase("Pass on"), memo=memo)
