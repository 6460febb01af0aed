"""The tongue of each reader, remembered; and replies put into words for them."""

import time
from collections.abc import Mapping
from dataclasses import replace

from blocks.tongue import spoken
from handlers.contract import FixFields, OpenModal, Options, PushModal, ReplaceMessage, ReplaceModal, Reply, Say
from playbook.tongue import Tongue, say
from playbook.tongue_catalogue import LANGUAGES, Catalogues
from storage import tongue
from storage.database import Database
from storage.tables import Preference

FRESH_SECONDS = 60.0


class Tongues:
    """Tells how somebody reads. What was chosen is read anew once a minute, and at once when it was changed here."""

    def __init__(self, database: Database, catalogues: Catalogues) -> None:
        self._database = database
        self._catalogues = catalogues
        self._known: dict[str, tuple[float, Mapping[str, Preference], Mapping[str, str]]] = {}

    def forget(self, team_id: str) -> None:
        """Read anew the next time."""
        self._known.pop(team_id, None)

    async def of(self, team_id: str, reader: str) -> Tongue:
        """Say how a person reads; a channel or a group reads as the workspace does.

        Who chose no language reads in that of their Slack, if it is another than English and one of ours.
        """
        known, locales = await self._chosen(team_id)
        own, usual = known.get(reader), known.get(tongue.EVERYBODY)
        slacks = Preference(team_id=team_id, user_id=reader, language=_ours(locales.get(reader, "")))
        chosen = [one for one in (own, slacks, usual) if one is not None]

        def first(name: str) -> str:
            return next((value for one in chosen if (value := getattr(one, name))), "")

        return self._catalogues.tongue(first("language"), first("clock"), first("lengths"))

    async def _chosen(self, team_id: str) -> tuple[Mapping[str, Preference], Mapping[str, str]]:
        read_at, known, locales = self._known.get(team_id, (0.0, {}, {}))
        if team_id not in self._known or time.monotonic() - read_at > FRESH_SECONDS:
            async with self._database.team_reading(team_id) as team:
                known, locales = await tongue.everything(team), await tongue.locales(team)
            self._known[team_id] = (time.monotonic(), known, locales)
        return known, locales


def _ours(locale: str) -> str:
    language = locale.partition("-")[0]
    return language if language in LANGUAGES else ""


def put(reply: Reply, reader: Tongue) -> Reply:
    """Put a reply into words."""
    match reply:
        case Say():
            return replace(reply, text=say(reply.text, reader), blocks=spoken(reply.blocks, reader))
        case ReplaceMessage():
            return replace(reply, text=say(reply.text, reader), blocks=spoken(reply.blocks, reader))
        case OpenModal() | PushModal() | ReplaceModal():
            return replace(reply, view=spoken(reply.view, reader))
        case FixFields():
            return replace(reply, errors={name: say(words, reader) for name, words in reply.errors.items()})
        case Options():
            return replace(reply, options=[(say(label, reader), value) for label, value in reply.options])
    return reply
