"""Letting nudges go: the one place where it is decided whether one that is about to leave may."""

from datetime import datetime

from blocks import nudge as draw
from blocks.kit import section
from playbook.nudge import NudgeBook
from storage import nudge as store
from storage.database import Team
from storage.tables import Letter


async def may_go(team: Team, letter: Letter, book: NudgeBook, now: datetime) -> bool:
    """Say whether a letter may leave now; a nudge that may not is taken back, with the reason in its `error`."""
    why = await store.why_not(team, letter, book, now) if letter.nudge else ""
    if why:
        await store.keep_back(team, letter, why, book, now)
    return not why


async def went(team: Team, letter: Letter, book: NudgeBook, now: datetime) -> None:
    """Count a nudge that goes now, and let it say, this once, if its kind comes less often from now on."""
    if not letter.nudge or not await store.went(team, letter, book, now):
        return
    kind = book.kinds.get(letter.nudge, draw.SOME_KIND)
    note = draw.less_often(kind, book.ignored, letter.id)
    letter.blocks = [*(letter.blocks or [section(letter.text)]), *note]
    letter.text += f"\n{draw.less_often_words(kind, book.ignored)}"
