"""What an admin sees of the audit log: who did or looked at what, about whom and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks import fields
from blocks.kit import Block, View, actions, button, context, divider, esc, mention, modal, section, when
from playbook.tongue import numbered, phrase
from playbook.trail import TrailBook

OPEN = "trail.open"
FORM = "trail.filter"
OLDER = "trail.older"
NEWER = "trail.newer"
FILE = "trail.file"

KINDS = ((phrase("Looks and changes"), "all"), (phrase("Looks only"), "looks"), (phrase("Changes only"), "writes"))
SPAN = phrase("The last {days} days")
EVER = phrase("As far back as is kept")
WHAT = phrase(
    "Every change that somebody makes by the bot, and every look at something sensitive of "
    "somebody else. Never what was written. Nobody can change a line, and looking here leaves "
    "one too."
)
NOTHING = phrase("Nothing like this has happened. Choose less above, and show again.")
LOOKED = phrase("{when} · {who} looked at: {what}{about}")
CHANGED = phrase("{when} · {who} changed: {what}{about} (`{name}`)")
COUNT = phrase("{first} to {last} of {lines}, newest first.")
MOST_IN_A_SECTION = 10


@dataclass(frozen=True)
class Line:
    """One row of the audit log, ready to be read."""

    at: datetime
    who: str
    what: str
    about: str
    look: bool
    name: str


@dataclass(frozen=True)
class Chosen:
    """What was chosen in the form: user ids ("" for anybody), all, looks or writes, and a number of days ("" ever).

    `until` (ISO, aware) is when it was chosen: what came later is not on its pages, so that these stand still.
    """

    who: str = ""
    about: str = ""
    only: str = "all"
    days: str = ""
    until: str = ""


def page(lines: Sequence[Line], count: int, skip: int, chosen: Chosen, memo: str, book: TrailBook) -> View:
    """Show a page of lines under the choices that led to it; "Show" in the corner asks anew."""
    parts = [context(WHAT), *_choices(chosen, book), divider()]
    parts += _lines(lines) or [section(NOTHING)]
    if lines:
        shown = COUNT.format(first=skip + 1, last=skip + len(lines), lines=numbered("{n} line", "{n} lines", count))
        parts.append(context(shown))
    return modal(
        phrase("Audit log"),
        [*parts, *_turn(lines, count, skip)],
        FORM,
        submit=phrase("Show"),
        close=phrase("Close"),
        memo=memo,
    )


def _choices(chosen: Chosen, book: TrailBook) -> Sequence[Block]:
    spans = [(SPAN.format(days=days), str(days)) for days in book.days] + [(EVER, "0")]
    return (
        fields.person("actor", phrase("Who"), chosen.who, optional=True),
        fields.person("about", phrase("About whom"), chosen.about, optional=True),
        fields.choice("only", phrase("Looks or changes"), KINDS, chosen.only),
        fields.choice("days", phrase("Since when"), spans, chosen.days or "0"),
    )


def _lines(lines: Sequence[Line]) -> list[Block]:
    said = [_line(line) for line in lines]
    return [section("\n".join(said[at : at + MOST_IN_A_SECTION])) for at in range(0, len(said), MOST_IN_A_SECTION)]


def _line(line: Line) -> str:
    about = f", {mention(line.about)}" if line.about and line.about != line.who else ""
    words = LOOKED if line.look else CHANGED
    what, name = esc(line.what, 60), esc(line.name, 60)
    return words.format(when=when(line.at), who=_who(line.who), what=what, about=about, name=name)


def _turn(lines: Sequence[Line], count: int, skip: int) -> Sequence[Block]:
    older = [button(phrase("Older"), OLDER, str(skip + len(lines)))] if skip + len(lines) < count else []
    newer = [button(phrase("Newer"), NEWER, str(skip))] if skip else []
    file = [button(phrase("Send me these as CSV"), FILE)] if count else []
    return [actions(*newer, *older, *file)] if newer or older or file else []


def needs_a_button() -> tuple[str, list[Block]]:
    """Offer the page where it cannot open by itself."""
    text = phrase("Here is the audit log.")
    return text, [section(text), actions(button(phrase("Open the audit log"), OPEN))]


def _who(actor_id: str) -> str:
    """Name a person, or a program that reads with a token (api:name)."""
    program = actor_id.removeprefix("api:")
    return mention(actor_id) if program == actor_id else phrase("API ({program})", program=esc(program, 60))
