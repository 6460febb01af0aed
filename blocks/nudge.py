"""The exits of every nudge (Done, Later, Not relevant), and the line that stands where one was."""

from collections.abc import Mapping, Sequence
from typing import Any

from blocks.kit import Block, actions, button, context, option, section
from playbook.tongue import first_line, phrase
from storage.tables import Letter

DONE = "nudge.done"
SNOOZE = "nudge.snooze"
IRRELEVANT = "nudge.irrelevant"
AGAIN = "nudge.again"
AS_BEFORE = "nudge.as_before"
CHOICES = ((phrase("In an hour"), "hour"), (phrase("Tomorrow"), "tomorrow"), (phrase("On Monday"), "monday"))
SOME_KIND = phrase("reminders of this kind")
MOST_BLOCKS = 50

Said = tuple[str, list[Block]]


def exits(letter_id: str) -> Block:
    """Offer the three ways out of a nudge: it is done, it can wait, it does not matter."""
    later: Block = {
        "type": "static_select",
        "action_id": SNOOZE,
        "placeholder": {"type": "plain_text", "text": phrase("Later")},
    }
    later["options"] = [option(label, f"{choice}:{letter_id}").to_dict() for label, choice in CHOICES]
    return actions(
        button(phrase("Done"), DONE, letter_id, spoken=phrase("Done, this needs nothing more")),
        later,
        button(
            phrase("Not relevant"), IRRELEVANT, letter_id, spoken=phrase("Not relevant, do not ask about this again")
        ),
    )


def with_exits(letter: Letter) -> list[dict[str, Any]]:
    """Give a letter's blocks, and below them its ways out if it is a nudge that still asks for something."""
    if not letter.nudge or letter.answered_at is not None or len(letter.blocks) >= MOST_BLOCKS:
        return letter.blocks
    return [*(letter.blocks or [section(letter.text)]), exits(letter.id)]


def _line(said: str, before: str, *more: Block) -> Said:
    about = first_line(before)
    return f"{said}\n{about}", [section(said), context(about), *([actions(*more)] if more else [])]


def done(before: str) -> Said:
    """Thank for what is done; `before` is what the nudge said."""
    return _line(phrase("Done, thank you."), before)


def later(before: str, words: str, *, rests: bool) -> Said:
    """Say when the nudge comes back; `rests`: the hour that was wished for ends outside their working day."""
    because = phrase("An hour from now is outside your day, so I will") if rests else phrase("I will")
    return _line(phrase("{because} bring this back {words}.", because=because, words=words), before)


def irrelevant(before: str, about: str, letter_id: str) -> Said:
    """Promise not to ask again, with a way to take it back; `about` says about what ("this", "that day")."""
    again = button(
        phrase("Ask me again"), AGAIN, letter_id, spoken=phrase("Take it back: do ask me about {about}", about=about)
    )
    return _line(phrase("All right, I will not ask about {about} again.", about=about), before, again)


def less_often(kind: str, count: int, letter_id: str) -> list[Block]:
    """Say once that a kind of nudges comes half as often from now on, with a way back."""
    return [
        context(less_often_words(kind, count)),
        actions(
            button(
                phrase("As often as before"),
                AS_BEFORE,
                letter_id,
                spoken=phrase("Send {kind} as often as before", kind=kind),
            )
        ),
    ]


def without_note(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give a message's blocks without the note that its kind comes less often."""
    at = next((at for at, block in enumerate(blocks) if _has(block, AS_BEFORE)), None)
    kept = blocks if at is None else [*blocks[: at - 1], *blocks[at + 1 :]]
    return [dict(block) for block in kept]


def _has(block: Mapping[str, Any], action_id: str) -> bool:
    return any(element.get("action_id") == action_id for element in block.get("elements") or ())


def less_often_words(kind: str, count: int) -> str:
    """Say in one sentence that a kind of nudges comes half as often from now on; `kind` in words, in the plural."""
    those = (
        phrase("the last one")
        if count == 1
        else phrase("the last two")
        if count == 2  # noqa: PLR2004
        else phrase("the last {count}", count=count)
    )
    return phrase("You left {those} of these alone, so {kind} come half as often now.", those=those, kind=kind)


def as_before(kind: str) -> str:
    """Confirm that a kind of nudges comes as often as it used to."""
    return phrase("All right: {kind} come as often as before.", kind=kind)
