"""The page on which people choose how they read: language, clock, lengths of time; admins also for everybody else."""

from dataclasses import dataclass
from datetime import time

from blocks import fields
from blocks.kit import View, actions, button, modal, page, section
from playbook.tongue import length, oclock, phrase
from playbook.tongue_catalogue import CLOCKS, LANGUAGES, LENGTHS

OPEN = "tongue.open"
FORM = "tongue.choose"
USUAL = "usual"
FIVE_PAST_TWO, TWO_AND_A_HALF_HOURS = time(14, 5), 150
LABEL = phrase("Language and clock")

CLOCK_NAMES = {"24": phrase("24 hours: 14:05"), "12": phrase("12 hours: 2:05 pm")}
LENGTH_NAMES = {
    "hours": phrase("Hours and minutes: 2 h 30"),
    "clock": phrase("Like a clock: 2:30"),
    "decimal": phrase("Decimal: 2.5 h"),
}
AS_HERE = (phrase("As is usual in this workspace"), USUAL)
AS_IN_SLACK = (phrase("As in my Slack, or as is usual in this workspace"), USUAL)
WHAT = phrase(
    "Choose how I write to you. It changes nothing for anybody else, and what is already sent stays as it is."
)
NOT_THESE = phrase("Please choose one from the list. Nothing was changed.")


@dataclass(frozen=True)
class Chosen:
    """What somebody chose, "" as is usual; `usual` is the workspace's language, None for who may not choose it."""

    language: str = ""
    clock: str = ""
    lengths: str = ""
    usual: str | None = None


def form(chosen: Chosen) -> View:
    """Ask for the language, the clock and the lengths, and an admin for the language of channels."""
    languages = tuple((name, code) for code, name in LANGUAGES.items())
    clocks = tuple((CLOCK_NAMES[one], one) for one in CLOCKS)
    lengths = tuple((LENGTH_NAMES[one], one) for one in LENGTHS)
    asked = [
        section(WHAT),
        fields.radio("language", phrase("Language"), (AS_IN_SLACK, *languages), chosen.language or USUAL),
        fields.radio("clock", phrase("Clock"), (AS_HERE, *clocks), chosen.clock or USUAL),
        fields.radio("lengths", phrase("Lengths of time"), (AS_HERE, *lengths), chosen.lengths or USUAL),
    ]
    if chosen.usual is not None:
        hint = phrase("For people who chose nothing, and for what I write in channels. You see this as an admin.")
        asked.append(fields.radio("usual", phrase("Language of this workspace"), languages, chosen.usual, hint=hint))
    return modal(LABEL, asked, FORM, phrase("Save"))


def saved() -> View:
    """Say, in the language that was chosen, how things are written from now on."""
    words = phrase(
        "From now on I write to you like this: five past two in the afternoon is {clock}, and two and a half hours "
        "are {length}.",
        clock=oclock(FIVE_PAST_TWO),
        length=length(TWO_AND_A_HALF_HOURS),
    )
    return page(LABEL, words, actions(button(phrase("Change it again"), OPEN)))
