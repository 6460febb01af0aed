"""The API, told from the front door: tokens that are shown once and can be stopped, and what is read with them."""

import asyncio
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from blocks import api as draw
from bot.api import Api
from bot.feed import Feed
from bot.web import Web
from storage import api as store
from storage.growth_tables import Review
from storage.outward_tables import ApiToken
from storage.path_tables import Blueprint, KpiResult
from tests.world import ROOT, Json, World, words

TOKEN = re.compile(r"ict_[\w-]{43}")
LISTS = ("contractors", "logs", "blockers", "checklists", "kpis", "kpis/results", "reviews")
PAST_ITS_TIME = 120
SLOW = {"reads_at_once": 5, "reads_a_second": 0.001, "guesses_at_once": 2, "guesses_a_second": 0.001}
ASKED_WRONGLY = (
    ("logs?limit=0", 400, "limit is not right: it is a number from 1 to 200"),
    ("logs?limit=201", 400, "from 1 to 200"),
    ("logs?limit=1&limit=2", 400, "limit once"),
    ("logs?since=yesterday", 400, "it is a day, such as 2026-11-23"),
    ("logs?since=2026-02-30", 400, "it is a day"),
    ("logs?sinse=2026-02-03", 400, "do not know the parameter sinse"),
    ("logs?contractor=%27--", 400, "it is the id of a person"),
    ("logs?cursor=AAAA", 404, "no page at this cursor"),
    ("blockers?cursor=WyI5OTk5OTk5OTk5OTk5OTk5OTk5OSJd", 404, "no page at this cursor"),
    ("blockers?state=red", 400, "one of open, seen, on_it, resolved"),
    ("contractors/U0NOBODY", 404, "no such contractor"),
    ("contractors/..%2F..", 400, "id of a person"),
    ("rates", 404, "nothing at this address"),
)
NO_TOKENS = ("", "Bearer", "Bearer ict_", f"Bearer ict_{'a' * 43}", "Basic b2xpdmlhOng=", "Bearer " + "x" * 900)


@pytest.fixture
async def open_world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A world whose bot can be reached over HTTP, on a port of this machine; nobody there asks too fast."""
    book = tmp_path / "playbook"
    shutil.copytree(ROOT / "playbook", book, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    api = book / "api.toml"
    api.write_text(re.sub(r"(reads_at_once|guesses_at_once)( *=) \d+", r"\1\2 100000", api.read_text()))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    world = await World.begin(sqlite_url, public_url=url, port=port, playbook=book)
    yield world
    await world.end()


async def page(world: World, who: str = "olivia") -> str:
    found = await world.modal(who)
    assert found is not None
    return words(found)


async def makes(world: World, name: str = "Payroll report") -> str:
    """Make a token as olivia."""
    await world.types("olivia", "/contractor api")
    await world.press("olivia", draw.ADD)
    await world.submit("olivia", name=name)
    found = TOKEN.search(await page(world))
    assert found, await page(world)
    return found[0]


async def asks(world: World, what: str, token: str = "", method: str = "GET", **headers: str) -> tuple[int, Any, Any]:
    """Ask the API; gives status, body and headers."""
    sent = {**({"Authorization": f"Bearer {token}"} if token else {}), **headers}
    url = f"{world.bot.settings.public_url}/api/v1/{what}"
    async with aiohttp.ClientSession() as http, http.request(method, url, headers=sent) as response:
        body = await response.json(content_type=None) if await response.text() else None
        return response.status, body, response.headers


async def reads(world: World, what: str, token: str) -> list[Json]:
    """Read all of a listing, page by page."""
    found: list[Json] = []
    cursor = ""
    while True:
        joined = f"{what}{'&' if '?' in what else '?'}cursor={cursor}" if cursor else what
        status, body, _ = await asks(world, joined, token)
        assert status == 200, body
        found += body["data"]
        if body["next"] is None:
            return found
        cursor = body["next"]


async def test_every_answer_is_as_described(open_world: World, tmp_path: Path) -> None:
    token = await makes(open_world)
    await open_world.types("ana", "/log 1h build #acme")
    await open_world.types("ana", "/log 2h review #acme")
    await open_world.types("ana", "/blocker waiting for Figma edit access")
    url = f"{open_world.bot.settings.public_url}/api/v1/openapi.json"
    program = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).parent / "schemathesis"),
        *("run", url, "--checks", "all", "--max-examples", "5", "--seed", "1", "--no-color"),
        *("--header", f"Authorization: Bearer {token}", "--generation-database", "none"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=tmp_path,
    )
    try:
        said, _ = await asyncio.wait_for(program.communicate(), PAST_ITS_TIME)
    except TimeoutError:
        program.kill()
        raise
    assert program.returncode == 0, said.decode()
    assert "No issues found" in said.decode()


# Tokens -------------------------------------------------------------------------------------------


async def test_a_token_is_shown_once_works_is_rotated_and_stops(open_world: World) -> None:
    world = open_world
    first = await makes(world)
    shown = await page(world)
    assert "I show it this once" in shown
    assert "never used" in shown
    assert (await asks(world, "contractors", first))[0] == 200
    await world.types("olivia", "/contractor api")
    shown = await page(world)
    assert first not in shown
    assert f"`{first[:8]}…`" in shown
    assert "last used" in shown
    await world.press("olivia", draw.ROTATE)
    second = TOKEN.findall(await page(world))[0]
    assert "The old one has stopped" in await page(world)
    assert (await asks(world, "contractors", first))[0] == 401
    assert (await asks(world, "contractors", second))[0] == 200
    await world.press("olivia", draw.REVOKE)
    assert "The token has stopped" in await page(world)
    assert "No token yet" in await page(world)
    assert (await asks(world, "contractors", second))[0] == 401
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        kept = [str(row.model_dump()) for row in await team.all(team.select(ApiToken))]
    assert len(kept) == 2
    assert not any(token in row for row in kept for token in (first, second)), "only the hash is kept"


async def test_without_a_valid_token_nothing_is_told(open_world: World) -> None:
    await makes(open_world)
    for what in (*LISTS, f"contractors/{open_world.id('ana')}", "contractors/nobody", "logs?limit=wrong"):
        for sent in NO_TOKENS:
            status, body, headers = await asks(open_world, what, **({"Authorization": sent} if sent else {}))
            assert (status, body["title"]) == (401, "Unauthorized"), (what, sent)
            assert headers["WWW-Authenticate"].startswith("Bearer")
            assert headers["Content-Type"].startswith("application/problem+json")
            assert "Access-Control-Allow-Origin" not in headers


async def test_tokens_are_for_admins(world: World) -> None:
    for who in ("bruno", "ana", "lena"):
        await world.types(who, "/contractor api")
        await world.types(who, "/contractor webhooks")
        assert await world.modal(who) is None
    await world.types("olivia", "contractor api", "@app")
    await world.press("olivia", draw.OPEN, "@app")
    assert "I have none here" in await page(world), "there is no address, and the page says so"
    await world.press("olivia", draw.ADD)
    answer = await world.submit("olivia", name=" \u200b ")
    assert answer["errors"] == {"name": "Please give it a name, such as Payroll report."}


# What is read -------------------------------------------------------------------------------------


async def test_what_is_told_is_what_happened_and_nobodys_words(open_world: World) -> None:
    world = open_world
    token = await makes(world)
    ana, jun = world.id("ana"), world.id("jun")
    await world.types("ana", "/log 1h30 secretnote build #acme")
    await world.types("ana", "/log yesterday 2h secretnote review #acme")
    await world.types("jun", "log 45m secretnote #acme", "@app")
    await world.types("ana", "/blocker secretwords about the Figma access")
    logs = await reads(world, "logs?limit=1", token)
    assert sorted(one["minutes"] for one in logs) == [45, 90, 120]
    assert [one["day"] for one in logs] == sorted(one["day"] for one in logs)
    assert {one["contractor_id"] for one in await reads(world, f"logs?contractor={jun}", token)} == {jun}
    assert [one["minutes"] for one in await reads(world, "logs?until=2026-11-22", token)] == [120]
    assert await reads(world, "logs?since=2026-11-24", token) == []
    people = await reads(world, "contractors?limit=1", token)
    assert {one["id"] for one in people} == {ana, jun}
    status, one, _ = await asks(world, f"contractors/{ana}", token)
    assert (status, one["name"], one["weekly_minutes"], one["weekdays"]) == (200, "Ana Reis", 1800, [0, 1, 2, 3, 4])
    assert one["zone"] == "America/Sao_Paulo"
    (blocker,) = await reads(world, "blockers?state=open", token)
    assert (blocker["contractor_id"], blocker["number"]) == (ana, 1)
    assert await reads(world, "blockers?state=resolved", token) == []
    everything = str([await reads(world, what, token) for what in LISTS])
    assert "secret" not in everything


async def test_checklists_kpis_and_reviews_are_told_by_dates_and_states(open_world: World) -> None:
    world = open_world
    await world.add_contractor("lena", path=True)
    await world.settle()
    token, lena = await makes(world), world.id("lena")
    await keeps(world, lena)
    items = await reads(world, f"checklists?contractor={lena}&state=todo&limit=7", token)
    assert len({one["id"] for one in items}) == len(items) > 7
    (version,) = await reads(world, "kpis", token)
    assert (version["version"], version["state"]) == (1, "agreed"), "what is being drafted is nobody's business"
    (measure,) = version["measures"]
    assert measure == {"key": "hours", "target": 30.0, "at_most": False, "unit": "", "counts": True}
    results = {one["key"]: one["value"] for one in await reads(world, "kpis/results?limit=1", token)}
    assert results == {"hours": 31.5, "mood": None}
    (review,) = await reads(world, "reviews", token)
    assert (review["due_on"], review["state"]) == ("2026-12-01", "shared")
    everything = str([await reads(world, what, token) for what in LISTS])
    assert "secret" not in everything


async def test_what_is_asked_wrongly_is_answered_with_what_to_ask(open_world: World) -> None:
    token = await makes(open_world)
    for what, status, said in ASKED_WRONGLY:
        found, body, headers = await asks(open_world, what, token)
        assert (found, body["status"]) == (status, status), what
        assert said in body["detail"], what
        assert headers["Content-Type"].startswith("application/problem+json")


async def test_it_can_only_be_read_and_people_find_out_how(open_world: World) -> None:
    token = await makes(open_world)
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        status, body, headers = await asks(open_world, "logs", token, method)
        assert (status, headers["Allow"]) == (405, "GET, HEAD")
        assert body["detail"] == "This can only be read (GET)."
        assert "Access-Control-Allow-Methods" not in headers
    async with aiohttp.ClientSession(open_world.bot.settings.public_url) as http, http.get("/api") as response:
        told = await response.text()
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert all(f"/api/v1/{what}</code>" in told for what in LISTS)
    status, described, _ = await asks(open_world, "openapi.json")
    assert status == 200
    fields = {name for schema in described["components"]["schemas"].values() for name in schema["properties"]}
    assert not fields & {"note", "text", "words", "feel", "mood", "rate", "tried", "link", "links", "proof", "why_not"}


async def test_who_asks_too_fast_waits_and_looking_writes_at_most_once_a_minute(world: World) -> None:
    bot, book = world.bot, world.bot.playbook.api.model_copy(update=SLOW)
    async with bot.database.team(bot.team_id) as team:
        token = await store.make(team, "one", world.id("olivia"), world.clock.now())
        other = await store.make(team, "other", world.id("olivia"), world.clock.now())
    door = Web(
        bot.healthy,
        Feed(bot.database, bot.playbook, world.clock, bot.team_id, bot.tongues),
        *Api(bot.database, book, world.clock, bot.team_id).routes,
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    await door.start("127.0.0.1", port)
    bot.settings.public_url = f"http://127.0.0.1:{port}"
    assert [(await asks(world, "logs", token))[0] for _ in range(5)] == [200] * 5
    status, body, headers = await asks(world, "logs", token)
    assert (status, body["title"]) == (429, "Too many requests")
    assert int(headers["Retry-After"]) >= 1
    assert (await asks(world, "logs", other))[0] == 200, "others are not slowed down"
    assert [(await asks(world, "logs", "x" * 20))[0] for _ in range(3)] == [401, 401, 429]
    assert (await asks(world, "logs", other))[0] == 200, "somebody who guesses locks nobody out"
    used = await uses(world)
    await world.clock.move_to(world.clock.now() + timedelta(seconds=59))
    await asks(world, "logs", other)
    assert await uses(world) == used
    await world.clock.move_to(world.clock.now() + timedelta(seconds=1))
    await asks(world, "logs", other)
    assert await uses(world) != used
    await door.stop()


async def keeps(world: World, user_id: str) -> None:
    """Keep KPIs, results and a review of somebody, full of words."""
    now, bruno = world.clock.now(), world.id("bruno")
    ids: Json = {"team_id": world.bot.team_id, "user_id": user_id}
    rows = [{"key": "hours", "text": "secrettext", "target": 30.0, "suggested": "secretidea"}]
    drawn: Json = {"rows": rows, "words": "secretwords", "proposed_by": bruno, "proposed_at": now}
    result: Json = {"monday": date(2026, 11, 16), "words": "secret", "entered_at": now}
    answers: Json = {"theirs": {"enjoyed": "secretjoy"}, "ours": {"enjoyed": "secretours"}}
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(Blueprint(**ids, **drawn, version=0, state="draft"))
        team.add(Blueprint(**ids, **drawn, version=1, state="agreed"))
        team.add(KpiResult(**ids, **result, key="hours", value="31,5"))
        team.add(KpiResult(**ids, **result, key="mood", value="secretresult"))
        team.add(Review(**ids, **answers, number=1, due_on=date(2026, 12, 1), opened_at=now, shared_at=now))


async def uses(world: World) -> list[datetime | None]:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return [row.used_at for row in await store.tokens(team)]
