"""What people see of "show your work": the private hint, the switch, and what a channel is told of it."""

from collections.abc import Sequence

from blocks import fields
from blocks.kit import Block, View, actions, button, channel, context, mention, modal, section
from playbook.show import ShowBook
from playbook.tongue import numbered, phrase

OPEN = "show.open"
RECORD = "show.record"
LATER = "show.later"
NEVER = "show.never"
AGAIN = "show.again"
OFF = "show.off"
FORM = "show.form"

MOST_LISTED = 20
HELP = phrase(
    "*`/circle show`* lists the channels in which a long message earns its author a private hint "
    "to show it on video.\n`/circle show on` and `/circle show off` switch it for the channel you "
    "are in.\nI count paragraphs and video links there; no words are kept."
)

Drawn = tuple[str, list[Block]]


def hint(channel_id: str, book: ShowBook) -> Drawn:
    """Suggest a short video to the author of a long message, in private."""
    text = phrase(
        "That is a lot to type and to read. Would {minutes} minutes of video be quicker for you and "
        "for them? Show your screen, say it once, and paste the link here.",
        minutes=book.minutes,
    )
    return text, [
        section(text),
        actions(
            button(phrase("Record a video"), RECORD, channel_id, "primary") | {"url": book.record},
            button(phrase("Not this time"), LATER, channel_id),
            button(phrase("Never here"), NEVER, channel_id, spoken=phrase("No more hints in this channel")),
        ),
        context(phrase("Only you see this, once a day at most. I counted paragraphs; I keep no words.")),
    ]


def left_alone() -> Drawn:
    """Say that all is well as it is."""
    text = phrase("All right. Text it is.")
    return text, [section(text)]


def never(channel_id: str) -> Drawn:
    """Say that no more hints come in a channel, and how to have them again."""
    text = phrase("All right, no more hints for you in {channel_id}.", channel_id=channel(channel_id))
    return text, [section(text, button(phrase("Hint again"), AGAIN, channel_id))]


def again(channel_id: str) -> Drawn:
    """Say that hints come again."""
    text = phrase(
        "Long messages of yours in {channel_id} get a hint again, once a day at most.", channel_id=channel(channel_id)
    )
    return text, [section(text)]


def announced(by: str, book: ShowBook) -> Drawn:
    """Tell a channel that from now on its long messages earn a hint."""
    text = phrase(
        "{by} switched on *Show your work* in here: when a contractor or manager writes more than "
        "{paragraphs} paragraphs, I suggest {minutes} minutes of video to them, in private and once "
        "a day at most. I count paragraphs and video links, and keep no words.",
        by=mention(by),
        paragraphs=book.paragraphs,
        minutes=book.minutes,
    )
    return text, [section(text), context(phrase("Leads and admins switch it off with `/circle show off`."))]


def switched_off(by: str) -> Drawn:
    """Tell a channel that nothing is counted in it any more."""
    text = phrase(
        "{by} switched off *Show your work* in here. I do not look at messages in this channel any more.",
        by=mention(by),
    )
    return text, [section(text)]


def page(on: Sequence[str], videos: int, refused: Sequence[str], note: str, *, may_switch: bool) -> View:
    """List where it is switched on, and let leads and admins switch it."""
    rows = [
        section(
            channel(one),
            button(phrase("Switch off"), OFF, one, spoken=phrase("Switch off in this channel")) if may_switch else None,
        )
        for one in on[:MOST_LISTED]
    ]
    nowhere = [section(phrase("It is switched on in no channel yet."))] if not on else []
    more = (
        [
            context(
                phrase(
                    "and {more_channel}",
                    more_channel=numbered("{n} more channel", "{n} more channels", len(on) - MOST_LISTED),
                )
            )
        ]
        if len(on) > MOST_LISTED
        else []
    )
    silent = (
        [context(phrase("No hints for you in ") + ", ".join(channel(one) for one in refused[:MOST_LISTED]))]
        if refused
        else []
    )
    pick = (
        [fields.channel("channel", phrase("Switch it on in"), optional=True, hint=phrase("I must be in it"))]
        if may_switch
        else []
    )
    blocks = [
        section(
            phrase("In these channels, a long message earns its author a private hint to show it on video instead.")
        ),
        *rows,
        *nowhere,
        *more,
        *pick,
        context(
            phrase(
                "You showed your work in {video} in the last four weeks.",
                video=numbered("{n} video", "{n} videos", videos),
            )
        ),
        *silent,
    ]
    return modal(
        phrase("Show your work"),
        blocks,
        FORM if may_switch else "",
        phrase("Switch on") if may_switch else "",
        memo=note,
    )
