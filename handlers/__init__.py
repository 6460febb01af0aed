"""What the bot does: ROUTES (asked: commands, forms, buttons, events) and DUTIES (unasked: what the clock brings)."""

from collections.abc import Mapping

from handlers import (
    access,
    audit,
    blocker,
    buddy,
    calendar,
    checklist,
    circle,
    contractor,
    delivery,
    digest,
    flag,
    golden,
    health,
    home,
    introduction,
    kpi,
    log,
    nudge,
    offboarding,
    oneonone,
    ooo,
    packet,
    people,
    purpose,
    show,
    sprint,
    whois,
    wiki,
    worklog,
    workspace,
    workspace_samples,
    workspace_test,
)
from handlers.contract import Duty, Handler, Kind, Maker, Route, Sample

# What comes after /contractor and is another noun's matter.
VERBS: Mapping[str, Handler] = {
    "1on1": oneonone.command,
    "golden": golden.command,
    "access": access.verb,
    "audit": audit.verb,
    "packet": packet.command,
    "kpi": kpi.typed,
    "checklist": checklist.templates,
    "intro": introduction.command,
    **buddy.VERBS,
    **health.VERBS,
    "setup": workspace.set_up,
    "selftest": workspace_test.self_test,
    "test": workspace_samples.opened,
    "sprint": sprint.command,
    "offboard": offboarding.command,
}

COMMANDS: Mapping[str, Handler] = {
    "1on1": oneonone.typed,
    "log": log.typed,
    "blocker": blocker.typed,
    "checklist": checklist.command,
    "contractor": contractor.route(VERBS),
    "whois": whois.typed,
    "ooo": ooo.command,
}

# What comes after /circle, or is written to the bot, and has no command of its own.
WORDS: Mapping[str, Handler] = {
    **COMMANDS,
    **health.VERBS,
    "audit": audit.command,
    "calendar": calendar.command,
    "golden": golden.command,
    "purpose": purpose.command,
    "show": show.command,
    "wiki": wiki.command,
    "worklog": worklog.command,
}

# What is done with a file that is dropped into the bot's DM: its header tells whose matter it is.
FILES = worklog.dropped(contractor.dropped, contractor.wanted)

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
    *purpose.SAMPLES,
    *sprint.SAMPLES,
    *audit.SAMPLES,
    *health.SAMPLES,
    *flag.SAMPLES,
    *wiki.SAMPLES,
    *offboarding.SAMPLES,
    *worklog.SAMPLES,
)

# The files that people can ask for, by name (see handlers/contract.py, `send_file`).
MAKERS: Mapping[str, Maker] = {}

ROUTES: tuple[Route, ...] = (
    Route(Kind.COMMAND, "/circle", circle.route(WORDS), opens=True),
    Route(Kind.COMMAND, "/contractor", COMMANDS["contractor"], opens=True),
    Route(Kind.EVENT, "message", show.beside(circle.message(WORDS, FILES)), files=worklog.wanted(contractor.wanted)),
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
    *nudge.ROUTES,
    *oneonone.ROUTES,
    *audit.ROUTES,
    *golden.ROUTES,
    *ooo.ROUTES,
    *health.ROUTES,
    *flag.ROUTES,
    *access.ROUTES,
    *packet.ROUTES,
    *whois.ROUTES,
    *show.ROUTES,
    *purpose.ROUTES,
    *sprint.ROUTES,
    *wiki.ROUTES,
    *offboarding.ROUTES,
    *worklog.ROUTES,
    *workspace.ROUTES,
    *workspace_samples.routes(SAMPLES),
)

DUTIES: tuple[Duty, ...] = (
    *log.DUTIES,
    *blocker.DUTIES,
    *checklist.DUTIES,
    *digest.DUTIES,
    *kpi.DUTIES,
    *oneonone.DUTIES,
    *contractor.DUTIES,
    *home.DUTIES,
    *access.DUTIES,
    *packet.DUTIES,
    *introduction.DUTIES,
    *buddy.DUTIES,
    *audit.DUTIES,
    *golden.DUTIES,
    *purpose.DUTIES,
    *sprint.DUTIES,
    *wiki.DUTIES,
    *offboarding.DUTIES,
    *worklog.DUTIES,
    *ooo.DUTIES,
    *workspace.DUTIES,
    *health.DUTIES,
    *flag.DUTIES,
)
