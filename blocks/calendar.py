"""What people see of their calendar: the page with its private address, and what is said about the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.kit import Block, View, actions, asking_first, button, context, modal, section, when
from playbook.tongue import phrase

OPEN = "calendar.open"
MAKE = "calendar.make"
REVOKE = "calendar.revoke"
FILE = "calendar.file"

WHAT = phrase(
    "Golden Hours, 1:1s, shadowing sessions, reviews and the first Small Win, on your own clock. "
    "Only names and kinds of meetings are in it: no notes, no answers, nothing that anybody "
    "wrote."
)
SHOWN_ONCE = phrase(
    "*Your private address* (I show it this once and keep no copy of it). Whoever has it can "
    "read your calendar, so treat it like a password:"
)
HOW = phrase(
    "*Google*: Other calendars, +, From URL\n*Apple*: File, New Calendar Subscription\n*Outlook*: "
    "Add calendar, Subscribe from web"
)
PASTE = phrase("Paste the address there. Apps look again by themselves; Google may take up to a day.")
NOT_REACHABLE = phrase(
    "A calendar that keeps itself up to date needs an address at which your calendar app can "
    "reach me, and I have none here. An admin can give me one (`PUBLIC_URL`). Until then, take "
    "the file: it holds everything up to now."
)
FILE_COMING = phrase("Your calendar is on its way: in a few seconds you find the file in our direct message.")
FILE_HINT = phrase(
    "Open it and your calendar app takes everything in. It does not keep up by itself; ask for "
    "it again when things move, and the newer file replaces the older entries."
)
FILE_SENT = phrase("Your calendar as a file.")
FILE_TITLE = phrase("Inner Circle calendar")
SCOPE = phrase(
    "the app lacks the permission `files:write`. An admin can paste `manifest.yml` into the app's settings again"
)
STORAGE = phrase("this workspace has no room left for files. An admin can look at it")
NOT_ALLOWED = phrase("this workspace does not let apps send files. An admin can look at it")
LATER = phrase("Slack did not take it ({why}). If no file has come, please try once more in a few minutes")
WHY = {
    "missing_scope": SCOPE,
    "storage_limit_reached": STORAGE,
    "file_uploads_disabled": NOT_ALLOWED,
    "file_uploads_except_images_disabled": NOT_ALLOWED,
    "file_type_not_allowed": NOT_ALLOWED,
}

Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Feed:
    """What is known of somebody's address: when it was made, and when an app last read it."""

    made_at: datetime
    read_at: datetime | None


def page(feed: Feed | None, address: str, notice: str = "", *, reachable: bool) -> View:
    """Show the calendar; `address` only in the moment in which it was made."""
    parts = [section(f"*{notice}*")] if notice else []
    parts.append(section(WHAT))
    parts += _feed(feed, address) if reachable else [section(NOT_REACHABLE)]
    parts += [actions(button(phrase("Send me the file"), FILE)), context(FILE_HINT)]
    return modal(phrase("Your calendar"), parts, close=phrase("Close"))


def _feed(feed: Feed | None, address: str) -> Sequence[Block]:
    if feed is None:
        begin = phrase("Your calendar app can keep all of this up to date by itself, from a private address.")
        return [section(begin), actions(button(phrase("Make an address"), MAKE, style="primary"))]
    shown = [section(SHOWN_ONCE), section(f"```{address}```")] if address else []
    return [*shown, section(_state(feed, shown=bool(address))), section(HOW), context(PASTE), _changes()]


def _state(feed: Feed, *, shown: bool) -> str:
    read = (
        phrase("Last read by an app {read_at}.", read_at=when(feed.read_at))
        if feed.read_at
        else phrase("No app has read it yet.")
    )
    if shown:
        return read
    lost = phrase("I cannot show it again; if you have lost it, make a new one.")
    return phrase(
        "*You have a private address*, made {made_at}. {read} {lost}", made_at=when(feed.made_at), read=read, lost=lost
    )


def _changes() -> Block:
    new = asking_first(
        button(phrase("Make a new one"), MAKE),
        phrase("Make a new address?"),
        phrase("The old one stops at once: calendars that use it no longer hear of changes."),
        phrase("Make a new one"),
    )
    stop = asking_first(
        button(phrase("Revoke"), REVOKE, style="danger"),
        phrase("Revoke the address?"),
        phrase("It stops at once. You can make a new one whenever you like."),
        phrase("Revoke"),
    )
    return actions(new, stop)


def file_failed(why: str) -> Drawn:
    """Say that the file could not be sent, why, and what to do."""
    text = phrase("I could not send you the calendar file: {why}.", why=WHY.get(why) or LATER.format(why=why))
    return text, [section(text), actions(button(phrase("Send me the file"), FILE))]
