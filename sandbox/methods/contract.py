"""What a Web API method is: a row of the table, and the call it answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.app import App, Token, TokenKind
from sandbox.errors import Refused
from sandbox.sockets import Sockets
from sandbox.store import Workspace
from sandbox.users import User

Json = dict[str, Any]
TRUE = frozenset({"1", "true", "True", "on", "yes"})
MOST = 1000

# https://docs.slack.dev/reference/methods : what any method may answer.
COMMON_NAMES = (
    "access_denied account_inactive fatal_error internal_error invalid_arguments invalid_auth invalid_form_data "
    "invalid_json json_not_object missing_scope no_permission not_allowed_token_type not_authed ratelimited "
    "request_timeout service_unavailable team_access_not_granted token_revoked unknown_method"
)
COMMON = frozenset(COMMON_NAMES.split())


@dataclass
class Call:
    """One call of a method: who calls, with what, and where the answer's warnings go."""

    app: App
    sockets: Sockets
    token: Token
    args: Json
    base_url: str
    warnings: list[str] = field(default_factory=list)

    @property
    def workspace(self) -> Workspace:
        """The workspace it is about."""
        return self.app.workspace

    @property
    def caller(self) -> User:
        """The user the token speaks for."""
        return self.workspace.users[self.token.user]

    def text(self, name: str, default: str = "") -> str:
        """Read an argument as text."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Read an argument as yes or no."""
        value = self.args.get(name)
        return default if value is None else value is True or str(value) in TRUE

    def limit(self, default: int = 100, code: str = "invalid_limit") -> int:
        """Read `limit`, 1 to 1000; raises Refused(code)."""
        value = self.args.get("limit")
        if value is None or value == "":
            return default
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise Refused(code) from None
        if not 1 <= number <= MOST:
            raise Refused(code)
        return number

    def parsed(self, name: str, code: str) -> Any:
        """Read an argument that may be a JSON string; raises Refused(code) when it is not JSON."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refused(code) from None

    def need_scope(self, scope: str) -> None:
        """Refuse with missing_scope unless the token has this scope."""
        if scope not in self.token.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(self.token.scopes))


Answerer = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """A method: what answers it, any one scope it needs, what it requires and which errors it may give."""

    answer: Answerer
    scopes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    errors: frozenset[str] = frozenset()
    tokens: tuple[TokenKind, ...] = ("bot", "user")


def method(
    answer: Answerer,
    scopes: str = "",
    required: str = "",
    errors: str = "",
    tokens: tuple[TokenKind, ...] = ("bot", "user"),
) -> Method:
    """Write a row with names separated by spaces."""
    return Method(answer, tuple(scopes.split()), tuple(required.split()), frozenset(errors.split()), tokens)


def refuse_invalid(*problems: str) -> Refused:
    """Refuse with invalid_arguments and Slack's sentences about them."""
    return Refused("invalid_arguments", problems)
