"""What people see of a channel's purpose: the form, the card in the channel, and the question to each contractor."""

from collections.abc import Sequence

from blocks import fields
from blocks.kit import Block, View, actions, button, channel, clean, context, esc, mention, modal, quoted, section
from playbook.purpose import PurposeBook
from storage.trust_tables import ChannelPurpose

OPEN = "purpose.open"
EDIT = "purpose.edit"
AGREE = "purpose.agree"
DISCUSS = "purpose.discuss"
FORM = "purpose.form"
WORDS = "purpose.words"

MOST_NAMED = 20

Drawn = tuple[str, list[Block]]


def card_key(channel_id: str) -> str:
    """Name the card in a channel; there is one, edited in place."""
    return f"purpose:{channel_id}"


def ask_key(row: ChannelPurpose, user_id: str) -> str:
    """Name the question to a contractor about one version."""
    return f"purpose:{row.channel_id}:{row.version}:{user_id}"


def about(row: ChannelPurpose) -> str:
    """Name what the questions about a version are about."""
    return f"purpose:{row.channel_id}:{row.version}"


def lines(row: ChannelPurpose) -> list[str]:
    """Say what belongs where, one line each."""
    named = (("Here in Slack", row.slack), ("In the tracker", row.tracker), ("On video", row.video))
    return [f"*{title}:* {esc(clean(text))}" for title, text in named if text.strip()]


def card(row: ChannelPurpose, agreed: Sequence[str], waiting: Sequence[str]) -> Drawn:
    """Show it in the channel, with who agreed and whose word is still to come."""
    text = f"What belongs where in {channel(row.channel_id)}"
    blocks = [
        section("\n".join([f"*{text}*", *lines(row)])),
        actions(
            button("I agree", AGREE, row.channel_id, "primary"),
            button("Change it", EDIT, row.channel_id),
        ),
    ]
    told = [f"Proposed by {mention(row.proposed_by)}"]
    told += [f"agreed by {_named(agreed)}"] if agreed else []
    told += [f"to be answered by {_named(waiting)}"] if waiting else []
    return f"{text}: " + " ".join(lines(row)).replace("*", ""), [*blocks, context(" · ".join(told))]


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return ", ".join(mention(one) for one in ids[:MOST_NAMED]) + more


def ask(row: ChannelPurpose) -> Drawn:
    """Ask a contractor whether that suits them."""
    text = f"{mention(row.proposed_by)} wrote down what belongs where in {channel(row.channel_id)}. Does that suit you?"
    return text, [
        section("\n".join([text, *lines(row)])),
        actions(
            button("I agree", AGREE, row.channel_id, "primary"),
            button("Let's discuss", DISCUSS, row.channel_id),
        ),
    ]


def answered(row: ChannelPurpose) -> Drawn:
    """Put the outcome in the place of the question."""
    text = f"You agreed to what belongs where in {channel(row.channel_id)}. It is pinned there and in your packet."
    return text, [section("\n".join([text, *lines(row)]))]


def outdated(row: ChannelPurpose) -> Drawn:
    """Say that a question is about words that have changed since."""
    text = f"What belongs where in {channel(row.channel_id)} has been written anew since. The new words come to you."
    return text, [section(text)]


def discussed(row: ChannelPurpose, user_id: str, words: str) -> Drawn:
    """Tell who proposed it what a contractor would change."""
    text = f"{mention(user_id)} would like to talk about what belongs where in {channel(row.channel_id)}."
    return text, [section(f"{text}\n{quoted(words)}"), actions(button("Change it", EDIT, row.channel_id, "primary"))]


def form(row: ChannelPurpose | None, channel_id: str, book: PurposeBook, note: str) -> View:
    """Ask what belongs where in a channel."""
    shown = (row.slack, row.tracker, row.video) if row else (book.slack, book.tracker, book.video)
    blocks = [
        section("Said once, nobody has to guess. The channel sees it, and its contractors are asked to agree."),
        fields.channel("channel", "Channel", channel_id, optional=False, hint="I must be in it, and pin it there"),
        fields.text("slack", "Here in Slack", shown[0], optional=False, lines=True, most=book.most),
        fields.text("tracker", "In the tracker", shown[1], optional=True, lines=True, most=book.most),
        fields.text("video", "On video", shown[2], optional=True, lines=True, most=book.most),
    ]
    return modal("What belongs where", blocks, FORM, "Propose", memo=note)


def page(row: ChannelPurpose) -> View:
    """Show it to somebody who may not change it."""
    return modal("What belongs where", [section("\n".join([channel(row.channel_id), *lines(row)]))], close="Close")


def words(row: ChannelPurpose, book: PurposeBook, note: str) -> View:
    """Ask what a contractor would change."""
    blocks = [
        section("\n".join(lines(row))),
        fields.text("words", "What would you change?", optional=False, lines=True, most=book.most),
    ]
    return modal("Let's discuss", blocks, WORDS, "Send", memo=note)
