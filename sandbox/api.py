"""The Web API's front desk: tokens, scopes, arguments, faults, and Slack's manner of answering."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sandbox import arguments, ids
from sandbox.app import App, Token
from sandbox.errors import Refused
from sandbox.faults import Faults
from sandbox.journal import Journal
from sandbox.methods import METHODS
from sandbox.methods.contract import COMMON, Call, Json, Method
from sandbox.sockets import Sockets

OPEN = frozenset({"api.test"})
NOBODY = Token("", "bot", "", ())
HTML = "<!DOCTYPE html><html><head><title>Slack</title></head><body>Service unavailable</body></html>"


class UnlistedError(Exception):
    """The sandbox was about to give an error that Slack does not list for this method: a fault of the sandbox."""


class Api:
    """Answers /api/<method>."""

    def __init__(self, app: App, sockets: Sockets, journal: Journal, faults: Faults) -> None:
        self._app, self._sockets, self._journal, self._faults = app, sockets, journal, faults

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, well or with the fault that was set for it."""
        name = request.match_info["method"]
        fault, _, detail = self._faults.strike(name).partition(":")
        if fault == "delay":
            await asyncio.sleep(float(detail))
        if fault == "drop_before":
            return self._dropped(request)
        if fault in ("error", "status", "ratelimit", "html"):
            return self._faulty(name, fault, detail)
        answer, scopes = await self._answer(request, name)
        if fault == "drop_after":
            return self._dropped(request)
        if fault == "no_ts":
            answer = {key: value for key, value in answer.items() if key not in ("ts", "message", "message_ts")}
        return _response(answer, scopes)

    async def _answer(self, request: web.Request, name: str) -> tuple[Json, Mapping[str, str]]:
        args: Json = {}
        entry = self._journal.note("in", name, args)
        warnings: list[str] = []
        token, method = NOBODY, METHODS.get(name)
        try:
            read, warnings = await arguments.read(request)
            secret = arguments.secret(request, read)
            args |= read
            if method is None:
                raise Refused("unknown_method")  # noqa: TRY301 - one place turns refusals into answers
            token = self._authenticated(secret, name, method)
            call = Call(self._app, self._sockets, token, args, _base(request), warnings)
            answer = {"ok": True, **_run(method, call)}
        except Refused as refusal:
            _guard(name, method, refusal)
            answer = _refusal(refusal)
        entry.answer = _warned(answer, warnings)
        return entry.answer, _scope_headers(token, method)

    def _authenticated(self, secret: str, name: str, method: Method) -> Token:
        if name in OPEN:
            return NOBODY
        if not secret:
            raise Refused("not_authed")
        token = self._app.token(secret)
        if token is None:
            raise Refused("invalid_auth")
        if token.kind not in method.tokens:
            raise Refused("not_allowed_token_type")
        if method.scopes and not set(method.scopes).intersection(token.scopes):
            raise Refused("missing_scope", needed=",".join(method.scopes), provided=",".join(token.scopes))
        return token

    def _faulty(self, name: str, fault: str, detail: str) -> web.Response:
        entry = self._journal.note("in", name, {})
        entry.note = f"fault: {fault} {detail}".strip()
        if fault == "error":
            return _response({"ok": False, "error": detail}, {})
        if fault == "ratelimit":
            limited = _response({"ok": False, "error": "ratelimited"}, {"Retry-After": detail})
            limited.set_status(429)
            return limited
        status = int(detail) if fault == "status" else 200
        return web.Response(status=status, text=HTML, content_type="text/html")

    @staticmethod
    def _dropped(request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=499)


def _run(method: Method, call: Call) -> Json:
    missing = [name for name in method.required if call.args.get(name) in (None, "")]
    if missing:
        problems = tuple(f"missing required field: {name}" for name in missing)
        raise Refused("invalid_arguments", problems)
    return method.answer(call)


def _guard(name: str, method: Method | None, refusal: Refused) -> None:
    if name == "api.test" or refusal.code in COMMON:
        return
    if method is None or refusal.code not in method.errors:
        raise UnlistedError(f"{name} has no error {refusal.code!r}")


def _refusal(refusal: Refused) -> Json:
    answer: Json = {"ok": False, "error": refusal.code}
    if refusal.needed is not None:
        answer |= {"needed": refusal.needed, "provided": refusal.provided}
    if refusal.errors:
        answer["errors"] = list(refusal.errors)
    if refusal.problems:
        messages = [f"[ERROR] {problem}" for problem in refusal.problems]
        errors = {"errors": list(refusal.problems)} if refusal.code == "invalid_blocks" else {}
        answer |= errors | {"response_metadata": {"messages": messages}}
    return answer


def _warned(answer: Json, warnings: list[str]) -> Json:
    if not warnings:
        return answer
    metadata = {**answer.get("response_metadata", {}), "warnings": list(warnings)}
    return answer | {"warning": ",".join(warnings), "response_metadata": metadata}


def _scope_headers(token: Token, method: Method | None) -> dict[str, str]:
    headers = {"x-oauth-scopes": ",".join(token.scopes)} if token.scopes else {}
    if method is not None and method.scopes:
        headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
    return headers


def _response(answer: Any, headers: Mapping[str, str]) -> web.Response:
    return web.Response(
        text=json.dumps(answer, ensure_ascii=False),
        content_type="application/json",
        charset="utf-8",
        headers={**headers, "x-slack-req-id": ids.secret(16)},
    )


def _base(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"
