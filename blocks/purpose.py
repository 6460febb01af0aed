"""What people see of a channel's purpose: the form, the card in the channel, and the question to each contractor."""

from collections.abc import Sequence

from blocks import fields
from blocks.kit import Block, View, actions, button, channel, clean, context, esc, mention, modal, quoted, section
from playbook.purpose import PurposeBook
from playbook.tongue import phrase
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
    named = (
        (phrase("Here in Slack"), row.slack),
        (phrase("In the tracker"), row.tracker),
        (phrase("On video"), row.video),
    )
    return [f"*{title}:* {esc(clean(text))}" for title, text in named if text.strip()]


def card(row: ChannelPurpose, agreed: Sequence[str], waiting: Sequence[str]) -> Drawn:
    """Show it in the channel, with who agreed and whose word is still to come."""
    text = phrase("What belongs where in {channel_id}", channel_id=channel(row.channel_id))
    blocks = [
        section("\n".join([f"*{text}*", *lines(row)])),
        actions(
            button(phrase("I agree"), AGREE, row.channel_id, "primary"),
            button(phrase("Change it"), EDIT, row.channel_id),
        ),
    ]
    told = [phrase("Proposed by {proposed_by}", proposed_by=mention(row.proposed_by))]
    told += [phrase("agreed by {agreed}", agreed=_named(agreed))] if agreed else []
    told += [phrase("to be answered by {waiting}", waiting=_named(waiting))] if waiting else []
    return f"{text}: " + " ".join(lines(row)).replace("*", ""), [*blocks, context(" · ".join(told))]


def _named(ids: Sequence[str]) -> str:
    more = phrase(" and {ids} more", ids=len(ids) - MOST_NAMED) if len(ids) > MOST_NAMED else ""
    return ", ".join(mention(one) for one in ids[:MOST_NAMED]) + more


def ask(row: ChannelPurpose) -> Drawn:
    """Ask a contractor whether that suits them."""
    text = phrase(
        "{proposed_by} wrote down what belongs where in {channel_id}. Does that suit you?",
        proposed_by=mention(row.proposed_by),
        channel_id=channel(row.channel_id),
    )
    return text, [
        section("\n".join([text, *lines(row)])),
        actions(
            button(phrase("I agree"), AGREE, row.channel_id, "primary"),
            button(phrase("Let's discuss"), DISCUSS, row.channel_id),
        ),
    ]


def answered(row: ChannelPurpose) -> Drawn:
    """Put the outcome in the place of the question."""
    text = phrase(
        "You agreed to what belongs where in {channel_id}. It is pinned there and in your packet.",
        channel_id=channel(row.channel_id),
    )
    return text, [section("\n".join([text, *lines(row)]))]


def outdated(row: ChannelPurpose) -> Drawn:
    """Say that a question is about words that have changed since."""
    text = phrase(
        "What belongs where in {channel_id} has been written anew since. The new words come to you.",
        channel_id=channel(row.channel_id),
    )
    return text, [section(text)]


def discussed(row: ChannelPurpose, user_id: str, words: str) -> Drawn:
    """Tell who proposed it what a contractor would change."""
    text = phrase(
        "{user_id} would like to talk about what belongs where in {channel_id}.",
        user_id=mention(user_id),
        channel_id=channel(row.channel_id),
    )
    return text, [
        section(f"{text}\n{quoted(words)}"),
        actions(button(phrase("Change it"), EDIT, row.channel_id, "primary")),
    ]


def form(row: ChannelPurpose | None, channel_id: str, book: PurposeBook, note: str) -> View:
    """Ask what belongs where in a channel."""
    shown = (row.slack, row.tracker, row.video) if row else (book.slack, book.tracker, book.video)
    blocks = [
        section(phrase("Said once, nobody has to guess. The channel sees it, and its contractors are asked to agree.")),
        fields.channel(
            "channel", phrase("Channel"), channel_id, optional=False, hint=phrase("I must be in it, and pin it there")
        ),
        fields.text("slack", phrase("Here in Slack"), shown[0], optional=False, lines=True, most=book.most),
        fields.text("tracker", phrase("In the tracker"), shown[1], optional=True, lines=True, most=book.most),
        fields.text("video", phrase("On video"), shown[2], optional=True, lines=True, most=book.most),
    ]
    return modal(phrase("What belongs where"), blocks, FORM, phrase("Propose"), memo=note)


def page(row: ChannelPurpose) -> View:
    """Show it to somebody who may not change it."""
    return modal(
        phrase("What belongs where"),
        [section("\n".join([channel(row.channel_id), *lines(row)]))],
        close=phrase("Close"),
    )


def words(row: ChannelPurpose, book: PurposeBook, note: str) -> View:
    """Ask what a contractor would change."""
    blocks = [
        section("\n".join(lines(row))),
        fields.text("words", phrase("What would you change?"), optional=False, lines=True, most=book.most),
    ]
    return modal(phrase("Let's discuss"), blocks, WORDS, phrase("Send"), memo=note)
