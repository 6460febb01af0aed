"""Reading a Web API request: arguments from the query, a form, multipart or JSON, and the token."""

import json
from typing import Any

from aiohttp import web

from sandbox.errors import Refused

Json = dict[str, Any]


async def read(request: web.Request) -> tuple[Json, list[str]]:
    """Give the arguments and warnings; raises Refused for a body that cannot be read."""
    args: Json = dict(request.query)
    if request.method != "POST":
        return args, []
    if request.content_type == "application/json":
        warnings = [] if request.charset else ["missing_charset"]
        return args | _json(await request.text()), warnings
    return args | await _form(request), []


def secret(request: web.Request, args: Json) -> str:
    """Find the token, in the header or among the arguments, and take it out of these."""
    given = str(args.pop("token", "") or "")
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else given


def _json(body: str) -> Json:
    if not body.strip():
        return {}
    try:
        data = json.loads(body)
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(data, dict):
        raise Refused("json_not_object")
    return data


async def _form(request: web.Request) -> Json:
    try:
        form = await request.post()
    except ValueError:
        raise Refused("invalid_form_data") from None
    return {name: value for name, value in form.items() if isinstance(value, str)}
