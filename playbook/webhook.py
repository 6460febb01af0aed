"""Webhooks: what can be told, how a message is signed (Standard Webhooks), and when it is tried again."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import model_validator

from playbook.page import Page
from playbook.tongue import phrase

LOG_CREATED = "log.created"
BLOCKER_OPENED = "blocker.opened"
BLOCKER_ESCALATED = "blocker.escalated"
BLOCKER_RESOLVED = "blocker.resolved"
CHECKLIST_DONE = "checklist.done"
REVIEW_DUE = "review.due"
EVENTS = (LOG_CREATED, BLOCKER_OPENED, BLOCKER_ESCALATED, BLOCKER_RESOLVED, CHECKLIST_DONE, REVIEW_DUE)
TEST = "webhook.test"
BEGINS = "whsec_"
LONGEST_URL = 500
NOT_A_URL = phrase("Please use a whole address, like https://example.com/hooks/inner-circle.")
NOT_SAFE = phrase("Please use an address that begins with https://, so that nobody on the way can read along.")
WITH_NAME = phrase("Please leave out the name and password; what I send is signed, and that is how it is recognised.")
TOO_LONG = phrase("That address is too long; up to {longest_url} characters fit.", longest_url=LONGEST_URL)


class WebhookBook(Page):
    """How webhooks behave."""

    most: int
    patience: int
    largest: int
    again: tuple[int, ...]
    give_up_days: int
    overlap_hours: int
    shown: int
    keep_days: int
    events: Mapping[str, str]

    @model_validator(mode="after")
    def whole(self) -> Self:
        """Take exactly the events that there are, and waits that are longer than nothing."""
        if set(self.events) != set(EVENTS):
            raise ValueError(f"needs a name for each of {', '.join(EVENTS)}, and for nothing else")
        if not self.again or min(self.again) <= 0:
            raise ValueError("needs at least one wait, each longer than nothing")
        return self

    def wait(self, attempts: int) -> timedelta:
        """Say how long after so many attempts the next one comes; after the last, as long as before."""
        return timedelta(minutes=self.again[min(max(attempts, 1), len(self.again)) - 1])

    def over(self, attempts: int) -> bool:
        """Say whether so many attempts were all."""
        return attempts > len(self.again)


@dataclass(frozen=True)
class Secret:
    """What messages are signed with: the secret of now, and the one before it for as long as it still signs."""

    now: str
    before: str = ""
    until: datetime | None = None

    def at(self, moment: datetime) -> Sequence[str]:
        """Give what signs at a moment, the newest first."""
        return [self.now, self.before] if self.before and self.until and moment < self.until else [self.now]

    def turned(self, new: str, until: datetime) -> "Secret":
        """Put a new one in its place; the one of now signs as well until then."""
        return Secret(new, self.now, until)

    def write(self) -> str:
        """Write it down, to be sealed."""
        return json.dumps([self.now, self.before, self.until.isoformat() if self.until else ""])

    @classmethod
    def read(cls, words: str) -> Self:
        """Read what `write` wrote."""
        now, before, until = json.loads(words)
        return cls(now, before, datetime.fromisoformat(until) if until else None)


def written(secret: bytes) -> str:
    """Write a secret the way receivers know it."""
    return BEGINS + base64.b64encode(secret).decode()


def sign(secret: str, message_id: str, at: datetime, body: str) -> str:
    """Sign a message: HMAC-SHA256 over its id, its time in whole seconds, and its body."""
    key = base64.b64decode(secret.removeprefix(BEGINS))
    signed = hmac.new(key, f"{message_id}.{int(at.timestamp())}.{body}".encode(), hashlib.sha256)
    return f"v1,{base64.b64encode(signed.digest()).decode()}"


def headers(secrets: Sequence[str], message_id: str, at: datetime, body: str) -> Mapping[str, str]:
    """Give the headers with which a message can be recognised as ours."""
    signatures = " ".join(sign(secret, message_id, at, body) for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signatures,
    }


def body(event: Mapping[str, Any]) -> str:
    """Write an event down; the same event is always the same text."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def wrong(url: str, *, local: bool = False) -> str:
    """Say what is wrong with an address, "" if nothing is; `local` lets http through as well (tests and the demo)."""
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return NOT_A_URL
    if not whole or any(sign.isspace() or not sign.isprintable() for sign in url):
        return NOT_A_URL
    if parts.scheme not in (("https", "http") if local else ("https",)):
        return NOT_SAFE
    if parts.username is not None or parts.password is not None:
        return WITH_NAME
    return TOO_LONG if len(url) > LONGEST_URL else ""
