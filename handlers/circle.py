"""One name for everything: `/circle`, and what people write to the bot in its direct message."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from blocks import circle as draw
from blocks.audit import OPEN as HOW_IT_FELT
from blocks.blocker import RAISE
from blocks.calendar import OPEN as CALENDAR
from blocks.checklist import OPEN
from blocks.contractor import ADD
from blocks.export import OPEN as EXPORT
from blocks.golden import OPEN as GOLDEN
from blocks.health import OPEN as HEALTH
from blocks.ladder import OPEN as LADDER
from blocks.learn import OPEN as LEARN
from blocks.log import TODAY
from blocks.mydata import OPEN as MY_DATA
from blocks.oneonone import AGENDA
from blocks.ooo import OPEN as AWAY
from blocks.purpose import OPEN as BELONGS
from blocks.rate import OPEN as RATE
from blocks.report import OPEN as REPORT
from blocks.review import OPEN as REVIEWS
from blocks.show import OPEN as SHOWN
from blocks.timesheet import OPEN as TIMESHEET
from blocks.tongue_page import LABEL as LANGUAGE_LABEL
from blocks.tongue_page import OPEN as LANGUAGE
from blocks.whois import OPEN as LOOK_UP
from blocks.wiki import OPEN as WIKI
from blocks.worklog import OPEN as WORKLOG
from handlers.contract import Call, Desk, Duty, Handler, Kind, OpenModal, PushModal, ReplaceModal, Reply, Route, Say
from handlers.who import asker, farewell
from playbook.blocker_command import from_message
from playbook.log import LogBook, read
from playbook.tongue import phrase
from playbook.whois import is_question
from playbook.words import clean
from storage import people

HELP = {"", "help", "?", "hi", "hello", "hey"}
FORMS = {
    "log": (phrase("Log time"), TODAY),
    "blocker": (phrase("Raise a blocker"), RAISE),
    "contractor": (phrase("Add contractor"), ADD),
    "whois": (phrase("Look something up"), LOOK_UP),
    "checklist": (phrase("Open the checklist"), OPEN),
    "audit": (phrase("How the week felt"), HOW_IT_FELT),
    "golden": (phrase("Golden Hours"), GOLDEN),
    "1on1": (phrase("Open the 1:1"), AGENDA),
    "show": (phrase("Show your work"), SHOWN),
    "purpose": (phrase("What belongs where"), BELONGS),
    "wiki": (phrase("Open the wiki list"), WIKI),
    "ooo": (phrase("Choose the days"), AWAY),
    "health": (phrase("Open my health page"), HEALTH),
    "calendar": (phrase("Open the calendar"), CALENDAR),
    "export": (phrase("Choose what to export"), EXPORT),
    "timesheet": (phrase("Choose the month"), TIMESHEET),
    "worklog": (phrase("Open worklogs"), WORKLOG),
    "ladder": (phrase("Open my ladder"), LADDER),
    "learn": (phrase("Open my courses"), LEARN),
    "rate": (phrase("Open my rate page"), RATE),
    "mydata": (phrase("Open my data"), MY_DATA),
    "language": (LANGUAGE_LABEL, LANGUAGE),
    "idioma": (LANGUAGE_LABEL, LANGUAGE),
    "review": (phrase("Open my reviews"), REVIEWS),
    "report": (phrase("See the report"), REPORT),
}
NOT_A_COMMAND = {"", "help", "contractor", "worklog"}
SAYS_MORE = {"", "file_share", "thread_broadcast"}


def route(commands: Mapping[str, Handler]) -> Handler:
    """Give the handler of `/circle`, over those of the other commands by name (log, blocker, contractor)."""

    async def command(call: Call, desk: Desk) -> Reply:
        """Do what the command that is named first would do."""
        verb, rest = _split(call.text)
        if verb in commands:
            return await commands[verb](replace(call, name=f"/{verb}", text=rest), desk)
        if words := farewell(await asker(call, desk)):
            return _say(draw.farewell(words))
        return _say(draw.help_page() if verb in HELP else draw.short_help())

    return command


def message(commands: Mapping[str, Handler], files: Handler) -> Handler:
    """Give the handler of what people write to the bot, over those of the commands by name, and that of files."""

    async def written(call: Call, desk: Desk) -> Reply:
        """Answer a direct message; messages of apps, edits and channels are none of ours."""
        if not _is_ours(call):
            return Reply()
        name, text = await _meant(call, desk)
        if name in {"", "help"} and (words := farewell(await asker(call, desk))):
            return _say(draw.farewell(words))
        if call.event.get("files") and name in NOT_A_COMMAND:
            return await files(call, desk)
        if name in commands:
            reply = await commands[name](replace(call, text=text), desk)
            return _spoken(reply, name)
        return _say(draw.help_page() if name == "help" else draw.short_help())

    return written


async def help_asked(_call: Call, _desk: Desk) -> Reply:
    """Show the help from a button."""
    return _say(draw.help_page())


def _is_ours(call: Call) -> bool:
    event = call.event
    known = str(event.get("subtype") or "") in SAYS_MORE
    return event.get("channel_type") == "im" and known and not event.get("bot_id") and bool(call.user_id)


async def _meant(call: Call, desk: Desk) -> tuple[str, str]:
    """Say which command a message means, and the words for it."""
    verb, rest = _split(call.text)
    if verb in FORMS:
        return verb, rest
    if " ".join(call.text.split()).casefold().rstrip("!.") in desk.playbook.ooo.verbs.back:
        return "ooo", "back"
    if from_message(call.text, desk.playbook.blocker) is not None:
        return "blocker", call.text
    if is_question(call.text, desk.playbook.whois):
        return "whois", call.text
    if verb in HELP and not rest:
        return "help", ""
    person = await people.find(desk.team, call.user_id)
    zone = person.zone if person else "UTC"
    return ("log", call.text) if is_log(call.text, desk.now, zone, desk.playbook.log) else ("", "")


def is_log(text: str, now: datetime, zone: str, book: LogBook) -> bool:
    """Tell whether a message without a command is plainly about time: a length first, or a word of `/log`."""
    request = read(text, now, zone, book)
    if request.verb and not request.entries:
        return request.verb != "help" and request.ready
    said = clean(text)
    begins = said[:1].isdecimal() and not said.isdecimal()
    return begins and any(entry.minutes for entry in request.entries)


def _split(text: str) -> tuple[str, str]:
    first, _, rest = text.strip().partition(" ")
    return first.casefold().lstrip("/").rstrip(":"), rest.strip()


def _spoken(reply: Reply, name: str) -> Reply:
    """Offer a button where a form was to open, which Slack only allows after a press or a command."""
    if isinstance(reply, OpenModal | PushModal | ReplaceModal):
        return _say(draw.needs_a_form(*FORMS[name])).also(*reply.posts)
    return reply


def _say(drawn: draw.Drawn) -> Say:
    text, blocks = drawn
    return Say(text=text, blocks=blocks)


ROUTES: tuple[Route, ...] = (Route(Kind.ACTION, draw.HELP, help_asked),)
DUTIES: tuple[Duty, ...] = ()
