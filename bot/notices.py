"""Telling an admin, once, what could not be delivered and how to mend it."""

from collections.abc import Collection

import structlog

from blocks import delivery as words
from bot.clock import Clock
from storage import outbox, people
from storage.database import Team
from storage.outbox import REPEATABLE, Post
from storage.tables import Letter

log = structlog.get_logger("notices")


class Notices:
    """Writes notices of failed letters into the transaction that notes the failure; each letter has at most one."""

    def __init__(self, clock: Clock, admins: Collection[str]) -> None:
        self._clock = clock
        self._admins = sorted(admins)

    async def tell(self, team: Team, letter: Letter, why: str) -> None:
        """Tell one admin. Nobody is told of a notice that failed, or of a Home, which is drawn again anyway."""
        if letter.key.startswith("notice:") or letter.kind in REPEATABLE:
            return
        admin = await self._admin(team)
        if admin is None:
            log.error("no admin is known to tell of a failed letter", letter=letter.id)
            return
        letter.error = why
        text, blocks = words.notice(letter, words.why(why, words.receiver(letter)))
        await outbox.put(team, [Post(f"notice:{letter.id}", admin, text, blocks)], self._clock.now())

    async def _admin(self, team: Team) -> str | None:
        """Choose the admin to tell: one that the settings name, else one of Slack's, who has not left."""
        known = await people.find_all(team, self._admins)
        here = [one for one in self._admins if one not in known or not known[one].deactivated]
        return next(iter(here or [admin.user_id for admin in await people.admins(team)]), None)
