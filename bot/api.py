"""The read-only API over HTTP: who has a token reads what is told (storage/api_models.py); others learn nothing."""

import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from typing import Any

import structlog
from aiohttp import web

from bot import api_spec as spec
from bot.clock import Clock
from bot.pace import Bucket, Pace
from playbook.api import ApiBook
from playbook.days import DAY
from storage import api, api_read, trail
from storage.api_models import Problem, Told
from storage.api_read import CONTRACTORS, LISTINGS, LOGS, Filter, Listing
from storage.database import Database
from storage.outward_tables import ApiToken

log = structlog.get_logger("api")

Answer = Callable[[web.Request], Awaitable[web.Response]]
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
PAGE_HEADERS = {**HEADERS, "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
BEARER = re.compile(r"Bearer +([\w-]{10,200})", re.IGNORECASE | re.ASCII)
DAY_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LIMIT = re.compile(r"\d{1,6}", re.ASCII)
NOT_LET_IN = "Send a valid token as `Authorization: Bearer ...`. An admin makes one in Slack with `/contractor api`."
SLOWER = "Please ask less often; try again in {seconds} seconds."
UNKNOWN = "I do not know the parameter {name}."
TWICE = "Send the parameter {name} once."
WRONG = "The parameter {name} is not right: {words}."
NO_PAGE = "There is no page at this cursor: it is `next` of the page before, and nothing else."
NOBODY = "There is no such contractor."
NOTHING = "There is nothing at this address. /api/v1/openapi.json lists what there is."
ONLY_READING = "This can only be read (GET)."
BROKEN = "Something went wrong on our side. Please try again."
TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    404: "Not found",
    405: "Method not allowed",
    429: "Too many requests",
}


class Trouble(Exception):
    """Why there is no answer: a status, a sentence, and headers."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}

    @property
    def response(self) -> web.Response:
        """Give it as it is answered."""
        problem = Problem(title=TITLES.get(self.status, "Problem"), status=self.status, detail=self.detail)
        headers = {**HEADERS, **self.headers}
        return web.Response(
            status=self.status, body=problem.model_dump_json().encode(), content_type=spec.PROBLEM, headers=headers
        )


class Api:
    """Answers below `/api`. Every read is one transaction that cannot write."""

    def __init__(self, database: Database, book: ApiBook, clock: Clock, team_id: str) -> None:
        self._database = database
        self._book = book
        self._clock = clock
        self._team_id = team_id
        self._readers = Pace(book.reads_a_second, book.reads_at_once)
        self._guessers = Pace(book.guesses_a_second, book.guesses_at_once)
        self._document = json.dumps(spec.document(book)).encode()

    @property
    def routes(self) -> list[web.RouteDef]:
        """Give the addresses for `Web`; what is not among them is answered as a problem, too."""
        found = [web.get(f"{spec.BASE}/{each.name}", _kindly(self._listing(each))) for each in LISTINGS]
        found.append(web.get(f"{spec.BASE}/{CONTRACTORS.name}/{{id}}", _kindly(self._one)))
        found += [web.get(f"{spec.BASE}/openapi.json", self._described), web.get("/api", self._page)]
        closed = [web.route("*", route.path, _only_reading) for route in found]
        return [*found, *closed, web.route("*", "/api/{rest:.*}", _nothing)]

    async def _described(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._document, content_type="application/json", headers=HEADERS)

    async def _page(self, _request: web.Request) -> web.Response:
        return web.Response(text=spec.page(), content_type="text/html", headers=PAGE_HEADERS)

    def _listing(self, listing: Listing) -> Answer:
        async def answer(request: web.Request) -> web.Response:
            async with self._database.team_reading(self._team_id) as team:
                token = self._let_in(request, await api.owner(team, _token(request)))
                chosen, after, most = self._asked(listing, request)
                page = await api_read.page(team, listing, chosen, after, most)
            await self._looked(token)
            data = [one.model_dump(mode="json") for one in page.data]
            return _json({"data": data, "next": page.next or None})

        return answer

    async def _one(self, request: web.Request) -> web.Response:
        user_id = request.match_info["id"]
        async with self._database.team_reading(self._team_id) as team:
            token = self._let_in(request, await api.owner(team, _token(request)))
            _only(request, ())
            if not re.fullmatch(spec.PERSON, user_id):
                raise Trouble(400, WRONG.format(name="id", words="it is the id of a person in Slack"))
            found: Told | None = await api_read.one(team, user_id)
        await self._looked(token)
        if found is None:
            raise Trouble(404, NOBODY)
        return _json(found.model_dump(mode="json"))

    def _let_in(self, request: web.Request, token: ApiToken | None) -> ApiToken:
        """Let a valid token through at its pace; guessing is slowed down by where it comes from."""
        bucket = self._readers.of(token.id) if token else self._guessers.of(request.remote or "")
        _slow_down(bucket)
        if token is None:
            raise Trouble(401, NOT_LET_IN, {"WWW-Authenticate": 'Bearer realm="inner-circle"'})
        return token

    async def _looked(self, token: ApiToken) -> None:
        """Remember that a token was used, at most once a minute: the only thing that is ever written here.

        The trail of looks has it too, with the token's name as who looked.
        """
        now = self._clock.now()
        if token.used_at is None or now - token.used_at >= timedelta(seconds=self._book.noted_every):
            async with self._database.team(self._team_id) as team:
                await api.was_used(team, token, now)
                await trail.note(team, now, f"api:{token.name}", "api.read", look=True)

    def _asked(self, listing: Listing, request: web.Request) -> tuple[Mapping[str, Any], tuple[Any, ...], int]:
        """Read what is asked for; raises Trouble for what is not right, since what is ignored is never noticed."""
        given = _only(request, ("limit", "cursor", *(one.name for one in listing.filters)))
        chosen = {one.name: _read(one, given[one.name]) for one in listing.filters if one.name in given}
        if listing is LOGS and not chosen.keys() & {"since", "cursor"}:
            chosen["since"] = self._long_ago(chosen.get("until"))
        return chosen, _after(listing, given.get("cursor")), self._most(given.get("limit"))

    def _long_ago(self, until: date | None) -> date:
        last = until or self._clock.now().date()
        return date.min if last.toordinal() <= self._book.days else last - self._book.days * DAY

    def _most(self, limit: str | None) -> int:
        most = self._book.most_of_a_page
        if limit is None:
            return self._book.page
        if not LIMIT.fullmatch(limit) or not 1 <= int(limit) <= most:
            raise Trouble(400, WRONG.format(name="limit", words=f"it is a number from 1 to {most}"))
        return int(limit)


def _token(request: web.Request) -> str:
    found = BEARER.fullmatch(request.headers.get("Authorization", "").strip())
    return found[1] if found else ""


def _slow_down(bucket: Bucket) -> None:
    now = time.monotonic()
    if not bucket.ready(now):
        seconds = str(max(1, round(bucket.wait(now) + 0.5)))
        raise Trouble(429, SLOWER.format(seconds=seconds), {"Retry-After": seconds})
    bucket.take()


def _only(request: web.Request, known: tuple[str, ...]) -> Mapping[str, str]:
    """Give the parameters, each of which is known and there once."""
    for name in request.query:
        if name not in known:
            raise Trouble(400, UNKNOWN.format(name=name[:50]))
        if len(request.query.getall(name)) > 1:
            raise Trouble(400, TWICE.format(name=name))
    return request.query


def _read(one: Filter, value: str) -> Any:
    if one.choices:
        good = value in one.choices
    else:
        good = bool(re.fullmatch(spec.PERSON, value) if one.kind is str else DAY_WRITTEN.fullmatch(value))
    try:
        return one.kind(value) if good else _not_right(one)
    except ValueError:
        return _not_right(one)


def _not_right(one: Filter) -> Any:
    usual = "it is the id of a person in Slack" if one.kind is str else "it is a day, such as 2026-11-23"
    words = f"it is one of {', '.join(one.choices)}" if one.choices else usual
    raise Trouble(400, WRONG.format(name=one.name, words=words))


def _after(listing: Listing, cursor: str | None) -> tuple[Any, ...]:
    if cursor is None:
        return ()
    try:
        return api_read.read_cursor(listing, cursor)
    except ValueError:
        raise Trouble(404, NO_PAGE) from None


def _json(value: Any) -> web.Response:
    body = json.dumps(value, ensure_ascii=False).encode()
    return web.Response(body=body, content_type="application/json", headers=HEADERS)


def _kindly(answer: Answer) -> Answer:
    """Turn what went wrong into a problem that a program can read."""

    async def answered(request: web.Request) -> web.Response:
        try:
            return await answer(request)
        except Trouble as trouble:
            return trouble.response
        except Exception:
            log.exception("api could not answer", path=request.path)
            return Trouble(500, BROKEN).response

    return answered


async def _only_reading(_request: web.Request) -> web.Response:
    return Trouble(405, ONLY_READING, {"Allow": "GET, HEAD"}).response


async def _nothing(_request: web.Request) -> web.Response:
    return Trouble(404, NOTHING).response
