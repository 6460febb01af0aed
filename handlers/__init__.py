"""What the bot does: ROUTES (asked: commands, forms, buttons, events) and DUTIES (unasked: what the clock brings)."""

from collections.abc import Mapping

from handlers import blocker, circle, contractor, delivery, digest, home, log, people
from handlers.contract import Duty, Handler, Kind, Route, Sample

# What comes after /contractor and is another noun's matter.
VERBS: Mapping[str, Handler] = {}

COMMANDS: Mapping[str, Handler] = {
    "log": log.typed,
    "blocker": blocker.typed,
    "contractor": contractor.route(VERBS),
}

# Every message of the path, for those who want to read it beforehand.
SAMPLES: tuple[Sample, ...] = (*contractor.SAMPLES,)

ROUTES: tuple[Route, ...] = (
    Route(Kind.COMMAND, "/circle", circle.route(COMMANDS), opens=True),
    Route(Kind.COMMAND, "/contractor", COMMANDS["contractor"], opens=True),
    Route(Kind.EVENT, "message", circle.message(COMMANDS, contractor.dropped), files=contractor.wanted),
    *log.ROUTES,
    *blocker.ROUTES,
    *digest.ROUTES,
    *contractor.ROUTES,
    *home.ROUTES,
    *circle.ROUTES,
    *people.ROUTES,
    *delivery.ROUTES,
)

DUTIES: tuple[Duty, ...] = (
    *log.DUTIES,
    *blocker.DUTIES,
    *digest.DUTIES,
    *contractor.DUTIES,
    *home.DUTIES,
)
