"""What the bot does: ROUTES (asked: commands, forms, buttons, events) and DUTIES (unasked: what the clock brings)."""

from collections.abc import Mapping

from handlers import (
    blocker,
    circle,
    contractor,
    delivery,
    digest,
    home,
    log,
    people,
    workspace,
    workspace_samples,
    workspace_test,
)
from handlers.contract import Duty, Handler, Kind, Route, Sample

# What comes after /contractor and is another noun's matter.
VERBS: Mapping[str, Handler] = {
    "setup": workspace.set_up,
    "selftest": workspace_test.self_test,
    "test": workspace_samples.opened,
}

COMMANDS: Mapping[str, Handler] = {
    "log": log.typed,
    "blocker": blocker.typed,
    "contractor": contractor.route(VERBS),
}

# Every message of the path, for those who want to read it beforehand.
SAMPLES: tuple[Sample, ...] = (*workspace_samples.SAMPLES,)

ROUTES: tuple[Route, ...] = (
    Route(Kind.COMMAND, "/circle", circle.route(COMMANDS), opens=True),
    Route(Kind.COMMAND, "/contractor", COMMANDS["contractor"], opens=True),
    Route(Kind.EVENT, "message", circle.message(COMMANDS)),
    *log.ROUTES,
    *blocker.ROUTES,
    *digest.ROUTES,
    *contractor.ROUTES,
    *home.ROUTES,
    *circle.ROUTES,
    *people.ROUTES,
    *delivery.ROUTES,
    *workspace.ROUTES,
    *workspace_samples.routes(SAMPLES),
)

DUTIES: tuple[Duty, ...] = (
    *log.DUTIES,
    *blocker.DUTIES,
    *digest.DUTIES,
    *home.DUTIES,
    *workspace.DUTIES,
)
