"""Security preparation: what is still to be done for each tool, by whom, and when people are asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from playbook.page import Page


class Moment(Page):
    """A day of the path, and a time on somebody's clock."""

    day: int
    at: time


class AccessWords(Page):
    """What is explained at length."""

    how: str


class AccessBook(Page):
    """When people are asked, and for whom tools that were added later are laid."""

    new_tools_days: int
    just_asked_minutes: int
    prepare: Moment
    remind: Moment
    confirm: Moment
    nudge: Moment
    words: AccessWords


class Stage(StrEnum):
    """How far the access to one tool has come: what is missing next."""

    TO_OPEN = "to open"
    TO_CONFIRM = "to confirm"
    TO_VERIFY = "to verify"
    READY = "ready"


class Step(StrEnum):
    """What somebody can do about one tool."""

    OPEN = "open"
    SHUT = "shut"
    CONFIRM = "confirm"
    DENY = "deny"
    VERIFY = "verify"
    DOUBT = "doubt"


@dataclass(frozen=True)
class Line:
    """One tool of the Toolbox, and how far one contractor's access to it has come."""

    tool_id: str
    name: str
    how: str = ""
    link: str = ""
    critical: bool = False
    opened_at: datetime | None = None
    opened_by: str = ""
    confirmed_at: datetime | None = None
    verified_at: datetime | None = None
    verified_by: str = ""

    @property
    def stage(self) -> Stage:
        """Say what is missing next."""
        if self.opened_at is None:
            return Stage.TO_OPEN
        if not self.critical or self.verified_at is not None:
            return Stage.READY
        return Stage.TO_CONFIRM if self.confirmed_at is None else Stage.TO_VERIFY

    @property
    def unconfirmed(self) -> bool:
        """Say whether a second factor is wanted and not confirmed."""
        return self.critical and self.confirmed_at is None


@dataclass(frozen=True)
class Closing:
    """One tool of somebody who leaves: whether it is known to be open for them, and who closed it when."""

    tool_id: str
    name: str
    link: str = ""
    critical: bool = False
    opened: bool = True
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def to_close(self) -> bool:
        """Say whether it is open and nobody has closed it."""
        return self.opened and self.closed_at is None


@dataclass(frozen=True)
class Rights:
    """What somebody may do about a contractor's access: open tools, confirm their own, verify."""

    opens: bool = False
    confirms: bool = False
    verifies: bool = False


@dataclass(frozen=True)
class AccessProgress:
    """How many tools are open, how many critical ones are confirmed and verified, of how many."""

    opened: int = 0
    confirmed: int = 0
    verified: int = 0
    total: int = 0
    critical: int = 0


def progress(lines: Iterable[Line]) -> AccessProgress:
    """Count how far a contractor's access has come."""
    tools = tuple(lines)
    critical = [line for line in tools if line.critical]
    return AccessProgress(
        opened=sum(line.opened_at is not None for line in tools),
        confirmed=sum(line.confirmed_at is not None for line in critical),
        verified=sum(line.verified_at is not None for line in critical),
        total=len(tools),
        critical=len(critical),
    )


def next_step(line: Line, rights: Rights) -> Step | None:
    """Say the one thing that somebody can do next about a tool, or take back; None when there is nothing."""
    if rights.confirms and line.critical:
        return Step.CONFIRM if line.confirmed_at is None else Step.DENY
    if rights.opens and line.opened_at is None:
        return Step.OPEN
    if rights.verifies and line.critical and line.confirmed_at is not None:
        return Step.VERIFY if line.verified_at is None else Step.DOUBT
    return Step.SHUT if rights.opens else None


def takes_new_tools(start: date, today: date, book: AccessBook) -> bool:
    """Say whether tools that are in the Toolbox today are laid for somebody who starts, or started, on a day."""
    return today - start <= timedelta(days=book.new_tools_days)


def just_asked(asked: datetime, now: datetime, book: AccessBook) -> bool:
    """Say whether somebody was asked so shortly ago that a reminder would be unkind."""
    return now - asked < timedelta(minutes=book.just_asked_minutes)
