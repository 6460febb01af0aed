"""Letting nudges go: the one place where it is decided whether one that is about to leave may."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import nudge as draw
from blocks.kit import section
from playbook.nudge import NudgeBook
from storage import nudge as store
from storage.database import Team
from storage.outbox import State
from storage.tables import Letter

AT_ONCE = 50


async def may_go(team: Team, letter: Letter, book: NudgeBook, now: datetime) -> bool:
    """Say whether a letter may leave now; a nudge that may not is taken back, with the reason in its `error`.

    Ask once for each, when everything else lets it go: what goes is counted.
    """
    if not letter.nudge:
        return True
    verdict = await store.decide(team, letter, book, now)
    if verdict.why_not:
        await store.keep_back(team, letter, verdict.why_not, now)
        return False
    if verdict.says:
        kind = book.kinds.get(letter.nudge, "reminders of this kind")
        text = f"{letter.text}\n{draw.less_often_words(kind, book.ignored)}"
        letter.blocks = [
            *(letter.blocks or [section(letter.text)]),
            *draw.less_often(kind, book.ignored, letter.id),
        ]
        letter.text = text
    letter.released_at = letter.released_at or now
    return True


async def release(session: AsyncSession, book: NudgeBook, now: datetime) -> None:
    """Let those nudges go whose moment has come."""
    for letter in await store.due(session, now, AT_ONCE):
        if await may_go(Team(session, letter.team_id), letter, book, now):
            letter.state, letter.not_before = State.PENDING, now
