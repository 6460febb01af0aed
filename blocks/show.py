"""What people see of "show your work": the private hint, the switch, and what a channel is told of it."""

from collections.abc import Sequence

from blocks import fields
from blocks.kit import Block, View, actions, button, channel, context, mention, modal, plural, section
from playbook.show import ShowBook

OPEN = "show.open"
RECORD = "show.record"
LATER = "show.later"
NEVER = "show.never"
AGAIN = "show.again"
OFF = "show.off"
FORM = "show.form"

MOST_LISTED = 20
HELP = (
    "*`/circle show`* lists the channels in which a long message earns its author a private hint to show it on video.\n"
    "`/circle show on` and `/circle show off` switch it for the channel you are in.\n"
    "I count paragraphs and video links there; no words are kept."
)

Drawn = tuple[str, list[Block]]


def hint(channel_id: str, book: ShowBook) -> Drawn:
    """Suggest a short video to the author of a long message, in private."""
    text = (
        f"That is a lot to type and to read. Would {book.minutes} minutes of video be quicker for you and for them? "
        "Show your screen, say it once, and paste the link here."
    )
    return text, [
        section(text),
        actions(
            button("Record a video", RECORD, channel_id, "primary") | {"url": book.record},
            button("Not this time", LATER, channel_id),
            button("Never here", NEVER, channel_id, spoken="No more hints in this channel"),
        ),
        context("Only you see this, once a day at most. I counted paragraphs; I keep no words."),
    ]


def left_alone() -> Drawn:
    """Say that all is well as it is."""
    text = "All right. Text it is."
    return text, [section(text)]


def never(channel_id: str) -> Drawn:
    """Say that no more hints come in a channel, and how to have them again."""
    text = f"All right, no more hints for you in {channel(channel_id)}."
    return text, [section(text, button("Hint again", AGAIN, channel_id))]


def again(channel_id: str) -> Drawn:
    """Say that hints come again."""
    text = f"Long messages of yours in {channel(channel_id)} get a hint again, once a day at most."
    return text, [section(text)]


def announced(by: str, book: ShowBook) -> Drawn:
    """Tell a channel that from now on its long messages earn a hint."""
    text = (
        f"{mention(by)} switched on *Show your work* in here: when a contractor or manager writes more than "
        f"{book.paragraphs} paragraphs, I suggest {book.minutes} minutes of video to them, in private and once a day "
        "at most. I count paragraphs and video links, and keep no words."
    )
    return text, [section(text), context("Leads and admins switch it off with `/circle show off`.")]


def switched_off(by: str) -> Drawn:
    """Tell a channel that nothing is counted in it any more."""
    text = f"{mention(by)} switched off *Show your work* in here. I do not look at messages in this channel any more."
    return text, [section(text)]


def page(on: Sequence[str], videos: int, refused: Sequence[str], note: str, *, may_switch: bool) -> View:
    """List where it is switched on, and let leads and admins switch it."""
    rows = [
        section(
            channel(one), button("Switch off", OFF, one, spoken="Switch off in this channel") if may_switch else None
        )
        for one in on[:MOST_LISTED]
    ]
    nowhere = [section("It is switched on in no channel yet.")] if not on else []
    more = [context(f"and {plural(len(on) - MOST_LISTED, 'more channel')}")] if len(on) > MOST_LISTED else []
    silent = (
        [context("No hints for you in " + ", ".join(channel(one) for one in refused[:MOST_LISTED]))] if refused else []
    )
    pick = [fields.channel("channel", "Switch it on in", optional=True, hint="I must be in it")] if may_switch else []
    blocks = [
        section("In these channels, a long message earns its author a private hint to show it on video instead."),
        *rows,
        *nowhere,
        *more,
        *pick,
        context(f"You showed your work in {plural(videos, 'video')} in the last four weeks."),
        *silent,
    ]
    return modal("Show your work", blocks, FORM if may_switch else "", "Switch on" if may_switch else "", memo=note)
