"""What the bot does: ROUTES (asked: commands, forms, buttons, events) and DUTIES (unasked: what the clock brings)."""

from collections.abc import Mapping

from handlers import (
    access,
    blocker,
    buddy,
    calendar,
    checklist,
    circle,
    contractor,
    delivery,
    digest,
    home,
    introduction,
    kpi,
    log,
    oneonone,
    packet,
    people,
    whois,
    workspace,
    workspace_samples,
    workspace_test,
)
from handlers.contract import Duty, Handler, Kind, Route, Sample

# What comes after /contractor and is another noun's matter.
VERBS: Mapping[str, Handler] = {
    "1on1": oneonone.command,
    "access": access.verb,
    "packet": packet.command,
    "kpi": kpi.typed,
    "checklist": checklist.templates,
    "intro": introduction.command,
    **buddy.VERBS,
    "setup": workspace.set_up,
    "selftest": workspace_test.self_test,
    "test": workspace_samples.opened,
}

COMMANDS: Mapping[str, Handler] = {
    "log": log.typed,
    "blocker": blocker.typed,
    "checklist": checklist.command,
    "contractor": contractor.route(VERBS),
    "whois": whois.typed,
}

# What comes after /circle, or is written to the bot, and has no command of its own.
WORDS: Mapping[str, Handler] = {
    **COMMANDS,
    "calendar": calendar.command,
}

# Every message of the path, for those who want to read it beforehand, in the order in which the nouns come into play.
SAMPLES: tuple[Sample, ...] = (
    *contractor.SAMPLES,
    *access.SAMPLES,
    *packet.SAMPLES,
    *introduction.SAMPLES,
    *buddy.SAMPLES,
    *checklist.SAMPLES,
    *kpi.SAMPLES,
    *oneonone.SAMPLES,
    *whois.SAMPLES,
)

ROUTES: tuple[Route, ...] = (
    Route(Kind.COMMAND, "/circle", circle.route(WORDS), opens=True),
    Route(Kind.COMMAND, "/contractor", COMMANDS["contractor"], opens=True),
    Route(Kind.EVENT, "message", circle.message(WORDS, contractor.dropped), files=contractor.wanted),
    *log.ROUTES,
    *blocker.ROUTES,
    *checklist.ROUTES,
    *digest.ROUTES,
    *contractor.ROUTES,
    *kpi.ROUTES,
    *home.ROUTES,
    *introduction.ROUTES,
    *buddy.ROUTES,
    *calendar.ROUTES,
    *circle.ROUTES,
    *people.ROUTES,
    *delivery.ROUTES,
    *oneonone.ROUTES,
    *access.ROUTES,
    *packet.ROUTES,
    *whois.ROUTES,
    *workspace.ROUTES,
    *workspace_samples.routes(SAMPLES),
)

DUTIES: tuple[Duty, ...] = (
    *log.DUTIES,
    *blocker.DUTIES,
    *checklist.DUTIES,
    *digest.DUTIES,
    *kpi.DUTIES,
    *contractor.DUTIES,
    *home.DUTIES,
    *access.DUTIES,
    *packet.DUTIES,
    *introduction.DUTIES,
    *buddy.DUTIES,
    *workspace.DUTIES,
)
