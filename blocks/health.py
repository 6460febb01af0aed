"""What people see of a health check: questions with their reasons, what was answered, and the page of every rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blocks import fields
from blocks.access import OPEN as ACCESS
from blocks.kit import Block, View, actions, button, context, day_name, esc, mention, modal, one_line, section
from playbook.health import FINE, GRANTED, HELP, TALK, HealthBook
from playbook.health_words import reason
from playbook.tongue import numbered, phrase
from storage.health import SAID
from storage.trust_tables import HealthCheck

OPEN = "health.open"
HELP_ME = "health.help"
HELP_FORM = "health.help_form"
ALL_GOOD = "health.fine"
GRANT = "health.grant"
GRANT_FORM = "health.grant_form"
ADD_ABOUT = "oneonone.add_about"
LONGEST_REASON = 500
LONGEST_WORDS = 300
MOST_SAID = 3
MOST_HISTORY = 30
LINES_A_SECTION = 6

Drawn = tuple[str, list[Block]]

SOURCE = phrase("Only what was logged, raised and ticked is looked at, never messages or who is online.")
SHOWN_FIRST = (
    phrase(
        "You see this first; your manager not before an hour from now, and nothing that you answer with “All good”. "
    )
    + SOURCE
)
ANSWERS: Mapping[str, str] = {
    FINE: phrase("all good"),
    HELP: phrase("something would help"),
    TALK: phrase("to be talked about in the 1:1"),
}


@dataclass(frozen=True)
class Line:
    """One rule on the page: what it says, or the question it asks; one that is not kept can't be answered yet."""

    title: str
    said: str
    row: HealthCheck | None = None
    kept: bool = True


def why(row: HealthCheck, who: str, book: HealthBook) -> str:
    """Say why a question is asked, safe to show."""
    rule = book.rule(row.rule)
    return esc(reason(rule, row.day, row.facts, who), LONGEST_REASON) if rule else ""


def said_of(row: HealthCheck) -> list[str]:
    """Say in words what was answered, the latest last, safe to show."""
    return [_answered(one) for one in row.facts.get(SAID, ())][-MOST_SAID:]


def _answered(one: Mapping[str, str]) -> str:
    who, words = mention(one["by"]), one_line(one["words"], LONGEST_WORDS)
    if one["answer"] == GRANTED:
        return phrase("{who} asked operations to open: {words}", who=who, words=words)
    return f"{who}: {ANSWERS.get(one['answer'], one['answer'])}" + (f", “{words}”" if words else "")


def asked(row: HealthCheck, who: str, book: HealthBook, *, leads: bool, kept: bool = True) -> list[Block]:
    """Ask one question, with its reason, a suggestion, and the buttons of whoever reads it, or what was answered."""
    rule = book.rule(row.rule)
    if rule is None:
        return []
    head = section(
        phrase(
            "*{title}* · {row}\n{question}\nWhat could help: {suggestion}",
            title=esc(rule.title),
            row=why(row, who, book),
            question=esc(rule.question),
            suggestion=esc(rule.suggestion),
        )
    )
    said = [context(f"✓ {' · '.join(said_of(row))}")] if row.facts.get(SAID) else []
    return [head, *said, *(_buttons(row, book, leads=leads) if kept else [])]


def _buttons(row: HealthCheck, book: HealthBook, *, leads: bool) -> list[Block]:
    rule = book.rule(row.rule)
    answered = any((one["by"] != row.user_id) is leads for one in row.facts.get(SAID, ()))
    if rule is None or row.answer == FINE or answered:
        return []
    first = [button(phrase("Grant access"), GRANT, row.id)] if leads and rule.grants else []
    first = first if leads else [button(rule.yes, HELP_ME, row.id)]
    talk = button(phrase("Talk in 1:1"), ADD_ABOUT, f"health:{row.id}")
    return [actions(*first, talk, button(phrase("All good"), ALL_GOOD, row.id))]


def _in_order(rows: Sequence[HealthCheck], book: HealthBook) -> Sequence[HealthCheck]:
    """Put questions by contractor, and each contractor's in the order of the rules."""
    place = {rule.key: number for number, rule in enumerate(book.rules)}
    return sorted(rows, key=lambda row: (row.user_id, place.get(row.rule, len(place)), row.day, row.about))


def question(rows: Sequence[HealthCheck], book: HealthBook) -> Drawn:
    """Ask a contractor, before anybody else hears of it."""
    rows = _in_order(rows, book)
    text = phrase(
        "{question} about how work goes. {rows}",
        question=numbered("{n} question", "{n} questions", len(rows)),
        rows=why(rows[0], phrase("You"), book),
    )
    blocks = [
        section(
            phrase(
                "{question} about how work goes: would something make it easier?",
                question=numbered("{n} question", "{n} questions", len(rows)),
            )
        )
    ]
    blocks += [block for row in rows[: book.most] for block in asked(row, phrase("You"), book, leads=False)]
    more = [_more(len(rows) - book.most, "")] if len(rows) > book.most else []
    return text, [*blocks, *more, context(SHOWN_FIRST)]


def for_manager(rows: Sequence[HealthCheck], names: Mapping[str, str], book: HealthBook) -> Drawn:
    """Tell a manager what their contractors have been asked; `names` gives these by their ids."""
    rows = _in_order(rows, book)
    people = list(dict.fromkeys(row.user_id for row in rows))
    more_people = len(people) - MOST_SAID
    about = ", ".join(mention(one) for one in people[:MOST_SAID])
    about += phrase(" and {more_people} more", more_people=more_people) if more_people > 0 else ""
    lead = phrase(
        "How work goes for {about}: {question}, no verdict. They have seen the same first.",
        about=about,
        question=numbered("{n} question", "{n} questions", len(rows)),
    )
    blocks = [section(lead)]
    for row in rows[: book.most]:
        blocks += asked(row, names.get(row.user_id, ""), book, leads=True)
    more = [_more(len(rows) - book.most, people[-1])] if len(rows) > book.most else []
    first = why(rows[0], names.get(rows[0].user_id, ""), book)
    return f"{lead} {first}", [*blocks, *more, context(SOURCE)]


def _more(count: int, user_id: str) -> Block:
    return section(phrase("…and {count} more.", count=count), button(phrase("See everything"), OPEN, user_id))


def ran(manager_id: str, lines: Sequence[Line], book: HealthBook) -> Drawn:
    """Tell a contractor that their manager ran a health check, with the same page."""
    found = sum(line.row is not None for line in lines)
    result = numbered("{n} question", "{n} questions", found) if found else phrase("nothing stuck")
    text = phrase(
        "{manager_id} ran a health check: {result}. This is what they see.",
        manager_id=mention(manager_id),
        result=result,
    )
    return text, [section(text), *rules(lines, phrase("You"), book, leads=False), context(SOURCE)]


def rules(lines: Sequence[Line], who: str, book: HealthBook, *, leads: bool) -> list[Block]:
    """Show every rule: what it asks, each with its buttons, and then what is fine, all in one."""
    blocks = [block for line in lines if line.row for block in asked(line.row, who, book, leads=leads, kept=line.kept)]
    fine = [f"✓ {esc(line.title)}: {esc(line.said)}" for line in lines if line.row is None]
    return [*blocks, *([section("\n".join(fine))] if fine else [])]


def page(
    user_id: str, head: str, parts: Sequence[Block], history: Sequence[HealthCheck], who: str, book: HealthBook
) -> View:
    """Show everything that is said about somebody's work, and what was asked in the last weeks."""
    past = [f"• {day_name(row.day)}: {why(row, who, book)}{_outcome(row)}" for row in history[:MOST_HISTORY]]
    chunks = [past[at : at + LINES_A_SECTION] for at in range(0, len(past), LINES_A_SECTION)]
    listed = [section("\n".join(chunk)) for chunk in chunks] or [section(phrase("Nothing was asked."))]
    blocks = [section(head), *parts, section(phrase("*Asked in the last four weeks*")), *listed, context(SOURCE)]
    return modal(phrase("Health check"), blocks, close=phrase("Close"), memo=f"|{user_id}")


def _outcome(row: HealthCheck) -> str:
    return f" ({said_of(row)[-1]})" if row.facts.get(SAID) else phrase(" (no answer yet)")


def help_form(label: str, memo: str) -> View:
    """Ask a contractor what would help, if they want to say it."""
    hint = phrase("Your manager reads this together with the question.")
    asked_words = fields.text(
        "words", phrase("What would help?"), most=LONGEST_WORDS, lines=True, optional=True, hint=hint
    )
    return modal(
        phrase("What would help"), [section(esc(label)), asked_words], HELP_FORM, submit=phrase("Send"), memo=memo
    )


def grant_form(user_id: str, operations_id: str, words: str, memo: str) -> View:
    """Ask a manager which access a contractor needs; operations opens it."""
    lead = phrase(
        "{operations_id} is asked to open this for {user_id}, and both of you see it.",
        operations_id=mention(operations_id),
        user_id=mention(user_id),
    )
    which = fields.text(
        "words",
        phrase("Which access"),
        words,
        most=LONGEST_WORDS,
        lines=True,
        example=phrase("Read access to BigQuery"),
    )
    return modal(phrase("Grant access"), [section(lead), which], GRANT_FORM, submit=phrase("Ask operations"), memo=memo)


def please_open(row: HealthCheck, manager_id: str, words: str) -> Drawn:
    """Ask operations to open something for a contractor."""
    text = phrase(
        "{manager_id} asks you to give {row} access: {words}",
        manager_id=mention(manager_id),
        row=mention(row.user_id),
        words=one_line(words, LONGEST_WORDS),
    )
    return text, [section(text), actions(button(phrase("Open their access"), ACCESS, row.user_id, style="primary"))]
