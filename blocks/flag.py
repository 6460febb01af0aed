"""What a contractor reads when their log shows signs of overwork, and what the manager reads of it later."""

from collections.abc import Mapping, Sequence

from blocks import fields
from blocks.health import ADD_ABOUT
from blocks.kit import Block, View, actions, button, clean, context, day_name, esc, mention, modal, one_line, section
from playbook.flag import ONE_OFF, SCOPE, TALK, FlagBook, reason, suggestion
from playbook.tongue import phrase
from storage.trust_tables import RedFlag

OPEN = "flag.open"
FINE = "flag.one_off"
TOO_MUCH = "flag.scope"
SCOPE_FORM = "flag.scope_form"
TO_TALK = "flag.talk"
AGAIN = "flag.again"
MOST_NAME = 40
MOST_SHOWN = 20
LONGEST_REASON = 400
LONGEST_WORDS = 500

Drawn = tuple[str, list[Block]]

SAID: Mapping[str, str] = {
    ONE_OFF: phrase("You said it was a one-off, so it stays between us."),
    SCOPE: phrase("You said there is too much scope. Your manager reads that in the next digest."),
    TALK: phrase("I have told your manager that you would like to talk about it."),
}


def why(row: RedFlag, who: str, book: FlagBook) -> str:
    """Say what was logged, safe to show."""
    rule = book.rule(row.rule)
    return esc(reason(rule, row.day, row.facts, who), LONGEST_REASON) if rule else ""


def what_now(row: RedFlag, book: FlagBook) -> str:
    """Ask about the scope, safe to show."""
    rule = book.rule(row.rule)
    return esc(suggestion(rule, row.facts), LONGEST_REASON) if rule else ""


def note(rows: Sequence[RedFlag], manager: str, book: FlagBook) -> Drawn:
    """Tell a contractor kindly, first of all; `manager` is the name of whom they can talk to, "" for nobody.

    Once they have answered, it shows what they said.
    """
    said = [why(row, phrase("You"), book) for row in rows]
    first, answer = rows[0], rows[0].answer
    head = section("\n".join(said) + ("" if answer else f"\n{book.words.kind}"))
    if answer:
        words = phrase("\nYour words: {first}", first=one_line(first.words, LONGEST_WORDS)) if first.words else ""
        again = actions(button(phrase("Change my answer"), AGAIN, first.id))
        return f"{said[0]} {SAID[answer]}", [head, context(f"{SAID[answer]}{words}"), again]
    talk = (
        [button(phrase("Talk to {split}", split=clean(" ".join(manager.split()), MOST_NAME)), TO_TALK, first.id)]
        if manager
        else []
    )
    choices = [
        button(phrase("One-off, I'm fine"), FINE, first.id),
        button(phrase("Too much scope"), TOO_MUCH, first.id),
        *talk,
    ]
    return f"{said[0]} {book.words.kind}", [head, actions(*choices), context(book.words.source)]


def settled(rows: Sequence[RedFlag]) -> Drawn:
    """Put in the place of a note that what was logged has been corrected."""
    days = ", ".join(dict.fromkeys(day_name(row.day) for row in rows))
    text = phrase("✓ {days}: your log has been corrected, so there is nothing to look at any more.", days=days)
    return text, [section(text)]


def scope_form(memo: str, words: str = "") -> View:
    """Ask what is too much, if the contractor wants to say it."""
    hint = phrase("Your manager reads this in the next digest, with a question about what could wait.")
    asked = fields.text(
        "words", phrase("What could go, move or wait?"), words, most=300, lines=True, optional=True, hint=hint
    )
    return modal(phrase("Too much scope"), [asked], SCOPE_FORM, submit=phrase("Send"), memo=memo)


def wants_to_talk(user_id: str, rows: Sequence[RedFlag], name: str, book: FlagBook) -> Drawn:
    """Tell the manager at once, because the contractor asked for it."""
    text = phrase("{user_id} would like to talk with you about their workload.", user_id=mention(user_id))
    said = "\n".join(f"• {why(row, name, book)}" for row in rows)
    ask = what_now(rows[0], book)
    return text, [section(f"{text}\n{said}\n{ask}"), actions(talk_button(rows[0]))]


def talk_button(row: RedFlag) -> Block:
    """Offer to put it on the list of the next 1:1."""
    return button(phrase("Talk in 1:1"), ADD_ABOUT, f"flag:{row.id}")


def page(user_id: str, rows: Sequence[RedFlag], book: FlagBook, *, own: bool, name: str) -> View:
    """Show every red flag that still holds, to the contractor or to their manager."""
    lead = (
        phrase("Signs of overwork, only from what was logged.")
        if own
        else phrase("Signs of overwork of {user_id}.", user_id=mention(user_id))
    )
    return modal(phrase("Red flags"), [section(lead), *lines(rows, book, own=own, name=name)], close=phrase("Close"))


def lines(rows: Sequence[RedFlag], book: FlagBook, *, own: bool, name: str) -> list[Block]:
    """List flags, the newest first."""
    newest = sorted(rows, key=lambda row: (row.day, row.rule), reverse=True)[:MOST_SHOWN]
    said = [f"• {why(row, phrase('You') if own else name, book)}{_state(row, own=own)}" for row in newest]
    parts = [said[at : at + 5] for at in range(0, len(said), 5)]
    return [section("\n".join(part)) for part in parts] or [section(phrase("✓ None in the last four weeks."))]


def _state(row: RedFlag, *, own: bool) -> str:
    words = f' "{one_line(row.words, 200)}"' if row.words else ""
    if not own:
        return phrase(" They say there is too much scope.{words}", words=words) if row.answer == SCOPE else ""
    heard = phrase(" Your manager has heard of it.") if row.manager_at else phrase(" Your manager has not heard of it.")
    answer = {
        ONE_OFF: phrase(" You: a one-off."),
        SCOPE: phrase(" You: too much scope.{words}", words=words),
        TALK: phrase(" You: let's talk."),
    }
    return answer.get(row.answer, "") + heard
