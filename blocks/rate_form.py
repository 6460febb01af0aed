"""The forms of a rate review: how often, inviting, preparing, the outcome, and amounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from blocks import fields
from blocks.kit import View, context, mention, modal, plural, section
from blocks.rate import DECIDED, INVITED, NO_KEY, PLANNED, PREPARED, SEALED, dated
from playbook.rate import Decision, RateBook
from playbook.rate_amount import Sealed

TELLS = (("They may read how often their rate is looked at", "yes"),)
TELL = (("Tell them the outcome and the next day", "yes"),)
TELL_AMOUNT = (("They may see the amount after, behind a button", "yes"),)
ENCRYPTED = "Kept encrypted, and never part of a message."
NO_AMOUNTS = "Please leave amounts out: the bot has no key to encrypt them with."
ASKED = (
    ("took_on", "What I took on"),
    ("changed", "What has changed since we last talked"),
    ("wish", "What I wish for"),
)


def plan(user_id: str, months: int, next_on: date, note: str, book: RateBook, *, tells: bool) -> View:
    """Ask how often a contractor's rate is looked at, and when next."""
    choices = [(plural(one, "month"), str(one)) for one in book.choices]
    blocks = [
        section(f"How often do you look at the rate of {mention(user_id)}?"),
        fields.radio("months", "Every", choices, str(months)),
        fields.day("next", "Next review", next_on, hint="Left as it is, it follows when you choose other months."),
        fields.ticks("tells", "What they read before an invitation", TELLS, ["yes"] if tells else []),
    ]
    return modal("How often", blocks, PLANNED, "Save", memo=note)


def invite(user_id: str, meet_on: date | None, words: str, note: str, book: RateBook, *, able: bool) -> View:
    """Ask for the day of the talk, and words for the contractor."""
    blocks = [
        section(f"{mention(user_id)} gets a message, sees what is worth knowing for you both, and can prepare."),
        fields.day("meet", "Day of the talk", meet_on),
        fields.text(
            "words", "Words for them", words, most=book.longest_words, lines=True, optional=True,
            hint="They stand on their page. " + (ENCRYPTED if able else NO_AMOUNTS),
        ),
    ]  # fmt: skip
    return modal("Invite to a rate review", blocks, INVITED, "Invite", memo=note)


def prepare(words: Mapping[str, str], note: str, book: RateBook, *, able: bool) -> View:
    """Ask the contractor what they would like to say."""
    hint = context("Your manager reads this, and nobody else. " + (ENCRYPTED if able else NO_AMOUNTS))
    asked = [
        fields.text(name, label, words.get(name, ""), most=book.longest_words, lines=True, optional=True)
        for name, label in ASKED
    ]
    return modal("Prepare", [*asked, hint], PREPARED, "Save", memo=note)


def decide(user_id: str, known: Decision, note: str, book: RateBook, months: int, *, able: bool, tell: bool) -> View:
    """Ask how a review ended, and when the next one is."""
    choices = [(one.label, one.key) for one in book.outcomes]
    hint = f"Left empty, it is {plural(months, 'month')} after the talk. For later: until when."
    blocks = [
        section(f"How did the rate review of {mention(user_id)} end?"),
        fields.radio("outcome", "Outcome", choices, known.outcome),
        fields.day("held", "Day of the talk", known.held_on, optional=True, hint="Not needed for later."),
        fields.day("next", "Next review", known.next_on, optional=True, hint=hint),
        fields.ticks("tell", "The contractor", TELL, ["yes"] if tell else []),
        context("Amounts come on the next page, if you like." if able else NO_KEY),
    ]
    return modal("Outcome", blocks, DECIDED, "Save", memo=note)


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
    text = (
        f"What you write here is encrypted. Only the manager of {mention(user_id)} reads amounts, only you your words."
    )
    blocks = [
        section(f"{kept}\n{text}"),
        fields.text("before", "Amount before", sealed.before, most=20, optional=True),
        fields.text("after", "Amount after", sealed.after, most=20, optional=True),
        fields.text("currency", "Currency", sealed.currency, most=3, optional=True, hint="Three letters, like EUR"),
        fields.choice("unit", "For", units, sealed.unit, optional=True),
    ]
    if asked.mine:
        blocks.append(fields.text("words", "For yourself", sealed.words, most=most, lines=True, optional=True))
    if asked.told:
        blocks.append(fields.ticks("amount", "The contractor", TELL_AMOUNT, ["yes"] if asked.shared else []))
    return modal("Amounts", blocks, SEALED, "Save", close="Not now", memo=note)


def kept(user_id: str, next_on: date) -> str:
    """Say that an outcome is kept, and when the next review is."""
    return f"The outcome is kept. The next rate review of {mention(user_id)} is on {dated(next_on)}."
