"""An entry in one line of safe text, and what keeps lines within the room that Slack gives them."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from blocks.kit import day_name, esc, one_line
from playbook.days import DAY
from playbook.log import Entry, LogBook, show
from playbook.tongue import phrase

ROOM = 2800
LONGEST_NOTE = 320
LONGEST_PROJECT = 100


def label(key: str, book: LogBook) -> str:
    """Name a category as people read it; one that the playbook no longer has, by its key."""
    category = book.category(key)
    return category.label if category else key


def project(name: str) -> str:
    """Name a project: one word with a #, several words as they are."""
    return name if not name or " " in name else f"#{name}"


def day_word(day: date, today: date) -> str:
    """Name a day as people speak of it: today, yesterday, Mon 2 Mar."""
    return {today: phrase("today"), today - DAY: phrase("yesterday")}.get(day, day_name(day))


def linked(url: str) -> str:
    """Show a link by the name of its site, so that nothing in the address can break out of it."""
    safe = esc(url.replace("|", "%7C").replace(">", "%3E").replace("<", "%3C"))
    return f"<{safe}|{esc(_site(url))}>"


def _site(url: str) -> str:
    try:
        return urlsplit(url).hostname or phrase("link")
    except ValueError:
        return phrase("link")


def line(entry: Entry, book: LogBook, today: date, *, links: bool = True) -> str:
    """Tell one entry in a line of safe mrkdwn: 2 h 30 · Build · landing page · #acme."""
    parts = [
        show(entry.minutes),
        "" if entry.day == today else day_word(entry.day, today),
        esc(label(entry.category, book)),
        one_line(entry.note, LONGEST_NOTE),
        one_line(project(entry.project), LONGEST_PROJECT),
    ]
    said = " · ".join(part for part in parts if part)
    for url in entry.links if links else ():
        with_link = f"{said} · {linked(url)}"
        said = with_link if len(with_link) < ROOM else said
    return said


def fit(lines: Sequence[str], room: int = ROOM) -> str:
    """Put lines under each other as far as they fit into one section, and count the rest."""
    kept: list[str] = []
    for number, each in enumerate(lines):
        if sum(len(one) + 1 for one in [*kept, each]) > room:
            return "\n".join([*kept, phrase("… and {lines} more", lines=len(lines) - number)])
        kept.append(each)
    return "\n".join(kept)


def within(text: str, room: int = ROOM) -> str:
    """Make words safe and short enough for one section, however much the escaping adds."""
    most = room
    while len(said := esc(text, most)) > room:
        most -= max(1, (len(said) - room) // 4)
    return said


def named(entry: Entry, book: LogBook) -> str:
    """Name an entry in plain text, for a list to choose from."""
    what = " ".join(entry.note.split()) or project(entry.project)
    parts = (day_name(entry.day), show(entry.minutes), label(entry.category, book), what)
    return " · ".join(part for part in parts if part)
