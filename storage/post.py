"""What a letter is: how urgent, how far it has come, and the kinds of things that are put into the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import Any


class Lane(IntEnum):
    """Who goes first when many letters wait."""

    ESCALATION = 0
    RED_FLAG = 1
    CARD = 2
    AGENDA = 3
    NUDGE = 5
    DIGEST = 7
    HOME = 8


class State(StrEnum):
    """How far a letter has come. `revised` is a sent letter whose content has changed since.

    `held` waits until it may be said (bot/gate.py), and `carried` goes the way of the letter that carries it: several
    that come together are one message (storage/batch.py).
    """

    HELD = "held"
    CARRIED = "carried"
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    REVISED = "revised"
    UPDATING = "updating"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"


IN_FLIGHT = (State.SENDING, State.UPDATING, State.UNKNOWN)
WAITING = (State.PENDING, State.REVISED)
NOT_LEFT = (State.PENDING, State.HELD)
CAN_BE_REDRAWN = (
    State.HELD, State.CARRIED, State.PENDING, State.SENDING, State.SENT, State.REVISED, State.UPDATING, State.UNKNOWN,
)  # fmt: skip
ALWAYS_AT_ONCE = (Lane.ESCALATION, Lane.CARD, Lane.HOME)
CLOCK = "clock"
BATCH = "batch"
DAY = timedelta(hours=24)
WHISPERED = timedelta(minutes=15)
REPEATABLE = ("home", "whisper")
CHUNK = 500


@dataclass(frozen=True)
class Post:
    """A message to a person (`to` U..., as a DM), a group (U...,U...) or a channel (C...).

    Its key names the occasion for ever. `nudge` names the kind of nudge it is (playbook/nudge.toml), "" for what is
    none; `timely` is what is about a moment that will not wait, such as a meeting in ten minutes.
    """

    key: str
    to: str
    text: str
    blocks: Sequence[Mapping[str, Any]] = ()
    lane: Lane = Lane.NUDGE
    good_for: timedelta = DAY
    about: str = ""
    thread_key: str = ""
    nudge: str = ""
    timely: bool = False


@dataclass(frozen=True)
class Redraw:
    """New content for a letter, wherever it is on its way; nothing happens if no such letter was ever written.

    `settled`: what a nudge asked for has happened. One that had buttons and has none any more is settled by itself.
    """

    key: str
    text: str
    blocks: Sequence[Mapping[str, Any]] = ()
    settled: bool = False


@dataclass(frozen=True)
class Home:
    """What a person's Home tab is to show from now on."""

    user_id: str
    blocks: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Whisper:
    """A message in a channel that only one person sees, and that is gone when they leave it (Slack: postEphemeral)."""

    key: str
    user_id: str
    channel_id: str
    text: str
    blocks: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Cancel:
    """What is no longer worth saying: every letter about this subject that has not left yet."""

    about: str


Letters = Post | Redraw | Home | Whisper | Cancel
