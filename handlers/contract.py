"""What passes between the machine and the handlers: a `Call` and a `Desk` go in, a `Reply` or `Post`s come out."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from blocks.kit import Block, View
from playbook.file import File
from playbook.load import Playbook
from storage import outbox, parcel, timetable
from storage.database import Team
from storage.parcel import Parcel
from storage.path import Traveller
from storage.timetable import When
from storage.trail import Trace
from storage.vault import Vault

Answers = Mapping[str, str | tuple[str, ...]]
Letters = outbox.Letters
WORKSPACE = "workspace"


class Kind(StrEnum):
    """The ways in which somebody, or Slack, can call on the bot."""

    COMMAND = "command"
    FORM = "form"
    CLOSED = "closed"
    ACTION = "action"
    SHORTCUT = "shortcut"
    OPTIONS = "options"
    EVENT = "event"


@dataclass(frozen=True)
class Call:
    """One interaction, read once into plain values: who, where, and what they typed, filled in or pressed."""

    kind: Kind
    name: str
    team_id: str
    user_id: str
    text: str = ""
    value: str = ""
    channel_id: str = ""
    memo: str = ""
    fields: Answers = field(default_factory=dict)
    view_id: str = ""
    from_home: bool = False
    message_text: str = ""
    message_user: str = ""
    message_ts: str = ""
    people: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    event: Mapping[str, Any] = field(default_factory=dict)
    emails: frozenset[str] = frozenset()
    files: tuple[File, ...] = ()
    handles: Mapping[str, str] = field(default_factory=dict)

    @property
    def memo_channel(self) -> str:
        """The conversation from which the form was opened, "" if from none."""
        return self.memo.partition("|")[0]

    @property
    def memo_record(self) -> str:
        """The id of the record the form is about, "" if it is about none; never trusted."""
        return self.memo.partition("|")[2].partition("|")[0]

    @property
    def memo_origin(self) -> str:
        """The id of the record of another noun that led to the form, "" if none did; never trusted."""
        return self.memo.partition("|")[2].partition("|")[2]

    def one(self, name: str) -> str:
        """Give what was filled into a field that takes one value."""
        answer = self.fields.get(name, "")
        return answer.strip() if isinstance(answer, str) else ""

    def many(self, name: str) -> tuple[str, ...]:
        """Give what was filled into a field that takes several values."""
        answer = self.fields.get(name, ())
        return answer if isinstance(answer, tuple) else ()


def memo(channel_id: str, record_id: str = "", origin_id: str = "") -> str:
    """Write down where a form was opened and what it is about, for `memo_channel`, `memo_record` and `memo_origin`."""
    return f"{channel_id}|{record_id}" + (f"|{origin_id}" if origin_id else "")


@dataclass(frozen=True)
class Desk:
    """What one piece of work may use: one team's records in one transaction, the playbook, the time, the duties.

    `admins` are the user ids that the settings name as admins, beside Slack's own admins and owners; `bot_user_id` is
    the bot's own. `public_url` is the address at which people reach the bot over HTTP, "" where they cannot. `vault`
    seals what the store must not tell; `trace` is where the audit log learns whom the work was about. `local_webhooks`
    lets webhooks call this machine.
    """

    team: Team
    playbook: Playbook
    now: datetime
    admins: frozenset[str] = frozenset()
    duties: Sequence["Duty"] = ()
    bot_user_id: str = ""
    public_url: str = ""
    vault: Vault = field(default_factory=Vault)
    trace: Trace = field(default_factory=Trace)
    local_webhooks: bool = False


async def soon(desk: Desk, *pairs: tuple[str, str]) -> None:
    """Have duties run right after this: pairs of (duty, subject)."""
    await timetable.soon(desk.team, desk.now, *pairs)


async def send_file(desk: Desk, user_id: str, what: str, value: str = "") -> None:
    """Have files made and sent to somebody in their direct message, right after this (see `Maker`)."""
    await parcel.ask(desk.team, user_id, what, value, desk.now)


async def arm(desk: Desk, *subjects: str, contractor: bool = False, manager: bool = False) -> None:
    """Write down when each standing duty is next due for contractors or managers, afresh."""
    gone: dict[str, list[str]] = defaultdict(list)
    for duty in desk.duties:
        wanted = (contractor and duty.for_contractors) or (manager and duty.for_managers)
        if wanted and duty.next is not None:
            whens = await duty.next(desk, subjects)
            await timetable.put(desk.team, duty.name, whens)
            for subject in set(subjects) - set(whens):
                gone[subject].append(duty.name)
    for subject, names in gone.items():
        await timetable.drop(desk.team, subject, names)


async def lay(desk: Desk, user_id: str) -> None:
    """Have everything prepared, right after this, that a contractor's path is made of (see `Duty.lays`)."""
    await soon(desk, *((duty.name, user_id) for duty in desk.duties if duty.lays))


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the person sees; by itself, nothing. `also` adds messages to others, kept in the same transaction."""

    posts: tuple[Letters, ...] = ()

    def also(self, *posts: Letters) -> Self:
        """Give the same reply with messages to other people."""
        return replace(self, posts=(*self.posts, *posts))


@dataclass(frozen=True)
class Say(Reply):
    """Tell only the person who asked, where they asked."""

    text: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True)
class OpenModal(Reply):
    """Open a form over what they see."""

    view: View


@dataclass(frozen=True)
class PushModal(Reply):
    """Open a form over the form they are in."""

    view: View


@dataclass(frozen=True)
class ReplaceModal(Reply):
    """Show another page in the form they are in."""

    view: View


@dataclass(frozen=True)
class FixFields(Reply):
    """Keep the form open with a sentence under each field that needs another look."""

    errors: Mapping[str, str]


@dataclass(frozen=True)
class ReplaceMessage(Reply):
    """Put the outcome in the place of the message whose button they pressed."""

    text: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True)
class Options(Reply):
    """What a search field offers: pairs of (what people read, value)."""

    options: Sequence[tuple[str, str]]


Handler = Callable[[Call, Desk], Awaitable[Reply]]
Wanted = Callable[[Call, Desk], Awaitable[Sequence[str]]]


@dataclass(frozen=True)
class Route:
    """One thing people can ask of the bot. `opens`: may open a form, so a slow answer opens it as "Loading".

    `files`, of an event: names the files of it that are to be fetched before the handler runs, by id. People whom
    these name are met as well, and the call's `handles` gives their ids.
    """

    kind: Kind
    name: str
    handler: Handler
    opens: bool = False
    files: Wanted | None = None


@dataclass(frozen=True)
class Sheet:
    """A kind of CSV file that people may send to the bot in its direct message.

    `fits` tells by its first line whether a file is one, `refusal` why somebody may not send it ("" where they may).
    `taken` answers it, as the call's only file; `explained` is the command that shows what belongs into it.
    """

    what: str
    explained: str
    fits: Callable[[Sequence[str], "Desk"], bool]
    refusal: Callable[[Call, Desk], Awaitable[str]]
    taken: Handler


@dataclass(frozen=True)
class Due:
    """One occasion that has come: for whom, and the instant it was due (aware, UTC)."""

    subject: str
    due_at: datetime
    day: date | None = None


@dataclass(frozen=True)
class Duty:
    """One thing the bot does unasked.

    `run` is given every subject of a team that is due at once, and draws their messages. `next` says when each is due
    again, strictly after now; without it an occasion happens once. What is later than `catch_up` is recorded, not run.
    `at_once` is how many subjects `run` is given at most: few where each is much work, since nothing else is done then.
    `for_contractors` and `for_managers` name the standing duties that everybody of that kind has. `once`: `next` says
    when, even if that has passed, and running it is the end of it. `lays`: prepares something of a contractor's path;
    run soon after somebody was put on it, and again whenever what was agreed with them has changed. `for_workspace`:
    planned once for all, at the start (subject WORKSPACE).
    """

    name: str
    run: Callable[[Desk, Sequence[Due]], Awaitable[Sequence[Letters]]]
    next: Callable[[Desk, Sequence[str]], Awaitable[Mapping[str, When]]] | None = None
    catch_up: timedelta = timedelta(hours=12)
    for_contractors: bool = False
    for_managers: bool = False
    at_once: int = 200
    once: bool = False
    lays: bool = False
    for_workspace: bool = False


# Makes the files that somebody (a user id) asked for by a name and a value; checks anew that they may have them, and
# raises Sorry where they may not. What takes long is done by the parcel's `render`, outside any transaction.
Maker = Callable[[Desk, str, str], Awaitable[Parcel]]


@dataclass(frozen=True)
class Sample:
    """One message of the path as it would be sent for a contractor, for those who want to read it beforehand.

    `to` is whose it is (contractor, manager, operations, buddy, channel), `when` says in words when it would come.
    `draw` gives its text and blocks, or None where nothing would be sent for this contractor.
    """

    name: str
    to: str
    when: str
    draw: Callable[[Desk, Traveller], Awaitable[tuple[str, Sequence[Block]] | None]]
