"""Show your work: which messages are long, and which show something on video; only counts leave this file, no words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from playbook.page import Page

CODE = re.compile(r"```.*?```", re.DOTALL)
NO_PARAGRAPH = re.compile(r"\s*(?:[-*+•◦▪>]|&gt;|\d{1,3}[.)])\s?")
LINK = re.compile(r"https?://([^\s/|>:]+)(/[^\s|>]*)?", re.IGNORECASE)
CLIP = "clip"


class ShowBook(Page):
    """When a message is long, and whose links count as shown work (guide: Build a "Show Your Work" Culture)."""

    paragraphs: int
    characters: int
    minutes: int
    record: str
    services: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Measured:
    """What is kept of a message: how many paragraphs and characters it had, and whose videos it showed."""

    paragraphs: int = 0
    characters: int = 0
    services: tuple[str, ...] = ()

    def long(self, book: ShowBook) -> bool:
        """Say whether two minutes of video may be easier to follow."""
        return self.paragraphs > book.paragraphs or self.characters > book.characters


def measure(text: str, files: Iterable[Mapping[str, Any]], book: ShowBook) -> Measured:
    """Measure a message as Slack tells of it."""
    plain = CODE.sub("", text)
    parts = [part for part in re.split(r"\n\s*\n|\n", plain) if part.strip()]
    told = [part for part in parts if not NO_PARAGRAPH.match(part)]
    return Measured(len(told), len(LINK.sub("", plain)), _services(text, files, book))


def _services(text: str, files: Iterable[Mapping[str, Any]], book: ShowBook) -> tuple[str, ...]:
    found = [_service(match[1].lower(), match[2] or "", book) for match in LINK.finditer(text)]
    clips = [CLIP for file in files if _is_video(file)]
    return tuple(dict.fromkeys(one for one in (*found, *clips) if one))


def _service(host: str, path: str, book: ShowBook) -> str:
    return next((name for name, places in book.services.items() if any(_at(host, path, one) for one in places)), "")


def _at(host: str, path: str, place: str) -> bool:
    wanted, _, begins = place.partition("/")
    return (host == wanted or host.endswith(f".{wanted}")) and path.startswith(f"/{begins}" if begins else "")


def _is_video(file: Mapping[str, Any]) -> bool:
    return str(file.get("mimetype") or "").startswith("video/") or file.get("subtype") == "slack_video"


SAID = frozenset({"", "file_share", "thread_broadcast", "me_message"})
GONE = "message_deleted"
IN_CHANNELS = frozenset({"channel", "group"})


def without_words(event: Mapping[str, Any], book: ShowBook) -> Mapping[str, Any] | None:
    """Give what is kept of an event: of what is said in channels its measure alone, None where that says nothing.

    Every other event is given as it is.
    """
    if event.get("type") != "message" or event.get("channel_type") not in IN_CHANNELS:
        return event
    kept = {name: event[name] for name in ("type", "subtype", "channel", "channel_type", "user", "ts") if name in event}
    subtype = str(event.get("subtype") or "")
    if subtype == GONE:
        return kept | {"deleted_ts": str(event.get("deleted_ts") or "")}
    if subtype not in SAID or event.get("bot_id") or not event.get("user"):
        return None
    found = measure(str(event.get("text") or ""), event.get("files") or (), book)
    if not found.services and not found.long(book):
        return None
    return kept | {"measured": [found.paragraphs, found.characters, list(found.services)]}


def measured(event: Mapping[str, Any]) -> Measured:
    """Read the measure of an event that was kept without its words."""
    paragraphs, characters, services = event.get("measured") or (0, 0, ())
    return Measured(int(paragraphs), int(characters), tuple(str(one) for one in services))
