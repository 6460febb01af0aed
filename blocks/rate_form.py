"""The forms of a rate review: how often, inviting, preparing, the outcome, and amounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from blocks import fields
from blocks.kit import View, context, mention, modal, section
from blocks.rate import DECIDED, INVITED, NO_KEY, PLANNED, PREPARED, SEALED, dated
from playbook.rate import Decision, RateBook
from playbook.rate_amount import Sealed
from playbook.tongue import numbered, phrase

TELLS = ((phrase("They may read how often their rate is looked at"), "yes"),)
TELL = ((phrase("Tell them the outcome and the next day"), "yes"),)
TELL_AMOUNT = ((phrase("They may see the amount after, behind a button"), "yes"),)
ENCRYPTED = phrase("Kept encrypted, and never part of a message.")
NO_AMOUNTS = phrase("Please leave amounts out: the bot has no key to encrypt them with.")
ASKED = (
    ("took_on", phrase("What I took on")),
    ("changed", phrase("What has changed since we last talked")),
    ("wish", phrase("What I wish for")),
)


def plan(user_id: str, months: int, next_on: date, note: str, book: RateBook, *, tells: bool) -> View:
    """Ask how often a contractor's rate is looked at, and when next."""
    choices = [(numbered("{n} month", "{n} months", one), str(one)) for one in book.choices]
    blocks = [
        section(phrase("How often do you look at the rate of {user_id}?", user_id=mention(user_id))),
        fields.radio("months", phrase("Every"), choices, str(months)),
        fields.day(
            "next",
            phrase("Next review"),
            next_on,
            hint=phrase("Left as it is, it follows when you choose other months."),
        ),
        fields.ticks("tells", phrase("What they read before an invitation"), TELLS, ["yes"] if tells else []),
    ]
    return modal(phrase("How often"), blocks, PLANNED, phrase("Save"), memo=note)


def invite(user_id: str, meet_on: date | None, words: str, note: str, book: RateBook, *, able: bool) -> View:
    """Ask for the day of the talk, and words for the contractor."""
    blocks = [
        section(
            phrase(
                "{who} gets a message, sees what is worth knowing for you both, and can prepare.",
                who=mention(user_id),
            )
        ),
        fields.day("meet", phrase("Day of the talk"), meet_on),
        fields.text(
            "words", phrase("Words for them"), words, most=book.longest_words, lines=True, optional=True,
            hint=phrase("They stand on their page. ") + (ENCRYPTED if able else NO_AMOUNTS),
        ),
    ]  # fmt: skip
    return modal(phrase("Invite to a rate review"), blocks, INVITED, phrase("Invite"), memo=note)


def prepare(words: Mapping[str, str], note: str, book: RateBook, *, able: bool) -> View:
    """Ask the contractor what they would like to say."""
    hint = context(phrase("Your manager reads this, and nobody else. ") + (ENCRYPTED if able else NO_AMOUNTS))
    asked = [
        fields.text(name, label, words.get(name, ""), most=book.longest_words, lines=True, optional=True)
        for name, label in ASKED
    ]
    return modal(phrase("Prepare"), [*asked, hint], PREPARED, phrase("Save"), memo=note)


def decide(user_id: str, known: Decision, note: str, book: RateBook, months: int, *, able: bool, tell: bool) -> View:
    """Ask how a review ended, and when the next one is."""
    choices = [(one.label, one.key) for one in book.outcomes]
    hint = phrase(
        "Left empty, it is {month} after the talk. For later: until when.",
        month=numbered("{n} month", "{n} months", months),
    )
    blocks = [
        section(phrase("How did the rate review of {user_id} end?", user_id=mention(user_id))),
        fields.radio("outcome", phrase("Outcome"), choices, known.outcome),
        fields.day(
            "held", phrase("Day of the talk"), known.held_on, optional=True, hint=phrase("Not needed for later.")
        ),
        fields.day("next", phrase("Next review"), known.next_on, optional=True, hint=hint),
        fields.ticks("tell", phrase("The contractor"), TELL, ["yes"] if tell else []),
        context(phrase("Amounts come on the next page, if you like.") if able else NO_KEY),
    ]
    return modal(phrase("Outcome"), blocks, DECIDED, phrase("Save"), memo=note)


@dataclass(frozen=True)
class Asked:
    """What is asked beside the amounts: private words only of who noted the outcome, and whether they may be seen.

    `told`: the contractor knows the outcome; `shared`: they may see the amount.
    """

    mine: bool
    told: bool = False
    shared: bool = False


def amounts(user_id: str, kept: str, sealed: Sealed, note: str, book: RateBook, asked: Asked) -> View:
    """Ask for amounts and the manager's own words, all of them optional."""
    units, most = [(one.label, one.key) for one in book.units], book.longest_words
    text = phrase(
        "What you write here is encrypted. Only the manager of {user_id} reads amounts, only you your words.",
        user_id=mention(user_id),
    )
    blocks = [
        section(f"{kept}\n{text}"),
        fields.text("before", phrase("Amount before"), sealed.before, most=20, optional=True),
        fields.text("after", phrase("Amount after"), sealed.after, most=20, optional=True),
        fields.text(
            "currency",
            phrase("Currency"),
            sealed.currency,
            most=3,
            optional=True,
            hint=phrase("Three letters, like EUR"),
        ),
        fields.choice("unit", phrase("For"), units, sealed.unit, optional=True),
    ]
    if asked.mine:
        blocks.append(fields.text("words", phrase("For yourself"), sealed.words, most=most, lines=True, optional=True))
    if asked.told:
        blocks.append(fields.ticks("amount", phrase("The contractor"), TELL_AMOUNT, ["yes"] if asked.shared else []))
    return modal(phrase("Amounts"), blocks, SEALED, phrase("Save"), close=phrase("Not now"), memo=note)


def kept(user_id: str, next_on: date) -> str:
    """Say that an outcome is kept, and when the next review is."""
    return phrase(
        "The outcome is kept. The next rate review of {user_id} is on {next_on}.",
        user_id=mention(user_id),
        next_on=dated(next_on),
    )
