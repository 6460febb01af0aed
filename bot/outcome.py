"""What became of an attempt to deliver: told apart by a table."""

import re
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import ClientConnectorError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError

from storage.outbox import REPEATABLE, State
from storage.queue import LOOKS
from storage.tables import Letter

REFUSED = frozenset(
    [
        "app_access_restricted",
        "as_user_not_supported",
        "attachment_payload_limit_exceeded",
        "cannot_dm_bot",
        "cannot_reply_to_message",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "is_archived",
        "is_inactive",
        "markdown_text_conflict",
        "message_limit_exceeded",
        "message_not_found",
        "messages_tab_disabled",
        "metadata_must_be_sent_from_app",
        "metadata_too_large",
        "method_not_supported_for_channel_type",
        "missing_scope",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "not_enabled",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "too_many_attachments",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "view_too_large",
    ]
)
STOPS_THE_TEAM = frozenset(
    [
        "account_inactive",
        "ekm_access_denied",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    ]
)
LIMITED = frozenset(["ratelimited", "rate_limited", "message_limit_exceeded_for_now"])
NOBODY_KNOWS = frozenset(
    [
        "duplicate_client_msg_id",
        "fatal_error",
        "internal_error",
        "post_failed",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "update_failed",
    ]
)
CODE = re.compile(r"[a-z0-9_]+")
DEFAULT_PAUSE = 30.0
LONGEST_PAUSE = 3600.0
MOST_EDITS = 100


class Outcome(StrEnum):
    """The ways in which an attempt can end; `not yet` is one that was not even made."""

    SENT = "sent"
    NOT_YET = "not yet"
    NOT_SENT = "not sent"
    LIMITED = "limited"
    REFUSED = "refused"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Result:
    """How an attempt ended: where and under which ts, or why not; `wait` in seconds when Slack asks for patience."""

    outcome: Outcome
    channel: str = ""
    ts: str = ""
    why: str = ""
    wait: float = 0.0


def of_error(error: Exception) -> Result:
    """Sort an error; whatever is not certain either way is unknown, new error codes among it."""
    if isinstance(error, ClientConnectorError | ConnectionTimeoutError):
        return Result(Outcome.NOT_SENT, why="no connection")
    if not isinstance(error, SlackApiError):
        return Result(Outcome.UNKNOWN, why=type(error).__name__)
    status = getattr(error.response, "status_code", None) or getattr(error.response, "status", 0)
    code = _code(error)
    if status == 429 or code in LIMITED:  # noqa: PLR2004 - HTTP: too many requests
        return Result(Outcome.LIMITED, why="ratelimited", wait=_retry_after(error))
    if code in STOPS_THE_TEAM:
        return Result(Outcome.STOPPED, why=code)
    if code in REFUSED:
        return Result(Outcome.REFUSED, why=code)
    return Result(Outcome.UNKNOWN, why=code or f"http {status}")


def says_no(why: str) -> bool:
    """Tell whether this is an error code by which Slack refuses, rather than one that leaves things open.

    A letter that was answered so, and then is not in its conversation, was refused, even if we never heard of the code.
    """
    return CODE.fullmatch(why) is not None and why not in NOBODY_KNOWS


def _code(error: SlackApiError) -> str:
    data = error.response.get("error") if hasattr(error.response, "get") else None
    return str(data or "")


def _retry_after(error: SlackApiError) -> float:
    given = getattr(error.response, "headers", None) or {}
    headers = {str(name).lower(): value for name, value in dict(given).items()}
    value = headers.get("retry-after", "")
    value = value[0] if isinstance(value, list) else value
    try:
        return min(max(1.0, float(value)), LONGEST_PAUSE)
    except (TypeError, ValueError):
        return DEFAULT_PAUSE


def can_be_repeated(letter: Letter) -> bool:
    """Tell whether showing it twice does no harm: an edit, a Home, or a whisper."""
    return letter.state == State.UPDATING or letter.kind in REPEATABLE


def hopeless(letter: Letter, result: Result) -> bool:
    """Tell whether an edit has been tried often enough: where Slack says no, or for about half a day."""
    return letter.attempt >= (LOOKS if says_no(result.why) else MOST_EDITS)
