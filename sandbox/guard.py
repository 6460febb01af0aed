"""Who may use the control API: programs on this machine and our own page, never another site in somebody's browser."""

from urllib.parse import urlsplit

from aiohttp import web

OURS = frozenset({"127.0.0.1", "localhost", "::1"})
FOREIGN = frozenset({"cross-site", "same-site"})


def fault(request: web.Request) -> str:
    """Say why a request to the control API is refused, or nothing."""
    if _hostname(f"//{request.host}") not in OURS:
        return "The control API answers only on this machine."
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return "The control API does not answer other sites."
    if request.headers.get("Sec-Fetch-Site") in FOREIGN:
        return "The control API does not answer other sites."
    if request.method in ("POST", "PATCH") and request.content_type != "application/json":
        return "Send JSON, with content-type application/json."
    return ""


def _hostname(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
