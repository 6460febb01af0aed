"""What admins see of setting up: the first message, the meter in Home, and what is told of channels that are gone."""

from collections.abc import Sequence
from datetime import datetime

from blocks.contractor import ADD
from blocks.kit import Block, actions, button, channel, context, mention, one_line, progress, section, when
from playbook.tongue import phrase
from playbook.workspace import Step

SET_UP = "workspace.set_up"
SELF_TEST = "workspace.self_test"
AGAIN = "workspace.test_again"
SAMPLES_OPEN = "workspace.samples"

Drawn = tuple[str, list[Block]]


def welcome() -> Drawn:
    """Greet the first admin after the installation."""
    text = phrase(
        "Hello! I am Inner Circle, and I was just installed here. Press Set up: it takes about three minutes."
    )
    rest = phrase(
        "Three short pages: where newcomers are introduced and who helps them, when your team works, "
        "and whom to ask about what. Until you have chosen who may add contractors, nobody can, and "
        "I write to nobody."
    )
    return text, [section(f"{text}\n{rest}"), actions(_set_up(style="primary"))]


def welcomed(by: str, steps: Sequence[Step]) -> Drawn:
    """Put the outcome in the place of the first message."""
    text = phrase(
        "Inner Circle was set up by {by}. {steps}", by=mention(by), steps=_still(steps) or phrase("Nothing is missing.")
    )
    row = actions(_set_up(phrase("Change it")), *_tries(), button(phrase("Add contractor"), ADD))
    return text, [section(text), row]


def set_up_first() -> Drawn:
    """Tell an admin that it has to be chosen first who may add contractors."""
    text = phrase(
        "Nobody may add contractors yet, because it was not chosen who may. Press Set up: it is on the first page."
    )
    return text, [section(text), actions(_set_up(style="primary"))]


def needs_a_button(label: str, action_id: str) -> Drawn:
    """Offer the form that cannot open by itself in a conversation."""
    text = phrase("I need a form for this: press {label}.", label=label)
    return text, [section(text), actions(button(label, action_id, style="primary"))]


def chosen_for(by: str, parts: Sequence[str]) -> Drawn:
    """Tell somebody what they were chosen for."""
    text = phrase("{by} set up Inner Circle and chose you: {parts}.", by=mention(by), parts="; ".join(parts))
    return text, [section(text), context(phrase("If somebody else should do this, tell {by}.", by=mention(by)))]


def meter(steps: Sequence[Step], tested_at: datetime | None = None) -> list[Block]:
    """Show how far the set-up has come and what is missing; a line is enough when it is complete."""
    done, missing = sum(step.done for step in steps), _still(steps)
    tested = phrase(" · last self-test {tested_at}", tested_at=when(tested_at)) if tested_at else ""
    if not missing:
        return [
            section(phrase("Set-up complete{tested}", tested=tested)),
            actions(_set_up(phrase("Change set-up")), *_tries()),
        ]
    drawn = phrase(
        "*Set-up* {done} {done_2} of {steps}{tested}",
        done=progress(done, len(steps), len(steps)),
        done_2=done,
        steps=len(steps),
        tested=tested,
    )
    return [section(f"{drawn}\n{missing}"), actions(_set_up(style="primary"), *_tries())]


def _still(steps: Sequence[Step]) -> str:
    missing = [words for step in steps for words in step.missing]
    return phrase("Still to choose: {missing}.", missing=", ".join(missing)) if missing else ""


def _set_up(label: str = phrase("Set up"), style: str | None = None) -> Block:
    return button(label, SET_UP, style=style)


def _tries() -> tuple[Block, ...]:
    return button(phrase("Self-test"), SELF_TEST), button(phrase("Test messages"), SAMPLES_OPEN)


def lost_introductions(channel_id: str, name: str, what: str) -> Drawn:
    """Tell an admin that newcomers cannot be introduced where they were to be; `what` became of the channel."""
    text = phrase(
        "{channel_id} {what}. Newcomers were to be introduced there.",
        channel_id=_channel(channel_id, name, what),
        what=what,
    )
    ask = phrase("Choose another channel under Set up, or mend this one; until then introductions wait.")
    return text, [section(f"{text}\n{ask}"), actions(_set_up(style="primary"), button(phrase("Self-test"), SELF_TEST))]


def lost_project(channel_id: str, name: str, what: str, contractors: Sequence[str]) -> Drawn:
    """Tell a manager or admin that blocker cards of some contractors have no channel any more."""
    named = ", ".join(mention(one) for one in contractors[:10])
    more = phrase(" and {contractors} more", contractors=len(contractors) - 10) if len(contractors) > 10 else ""  # noqa: PLR2004 - see above
    text = phrase(
        "{channel_id} {what}. It is the project channel of {named}{more}.",
        channel_id=_channel(channel_id, name, what),
        what=what,
        named=named,
        more=more,
    )
    ask = phrase(
        "Choose another with `/contractor edit @person`; until then blockers still reach the person who helps."
    )
    return text, [section(f"{text}\n{ask}")]


def _channel(channel_id: str, name: str, what: str) -> str:
    return f"*#{one_line(name, 80)}*" if what == DELETED else channel(channel_id)


DELETED = phrase("was deleted")
ARCHIVED = phrase("was archived")
THROWN_OUT = phrase("is closed to me: I was taken out of it")
