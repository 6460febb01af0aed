"""Files are fetched from Slack's own host only, with the token, whole, and not without end."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.files import LARGEST, Files
from bot.slack import Slack

TOKEN = "xoxb-1"
CSV = b"email,role\na@b.co,QA"


class Host:
    """A host that gives files to who has the token, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def give(self, request: web.Request) -> web.Response:
        """Give the file of a path."""
        self.asked.append((request.path, request.headers.get("Authorization", "")))
        match request.path:
            case "/files-pri/good.csv":
                return web.Response(body=CSV, content_type="text/csv")
            case "/files-pri/large.csv":
                return web.Response(body=b"x" * (LARGEST + 1), content_type="text/csv")
            case "/files-pri/login.csv":
                return web.Response(text="<html>Sign in</html>", content_type="text/html")
            case "/files-pri/away.csv":
                return web.Response(status=302, headers={"Location": "/files-pri/good.csv"})
        return web.Response(status=404, text="gone")


@pytest.fixture
async def server() -> AsyncIterator[tuple[TestServer, Host]]:
    host = Host()
    app = web.Application()
    app.router.add_get("/{path:.*}", host.give)
    served = TestServer(app)
    await served.start_server()
    yield served, host
    await served.close()


@pytest.fixture
async def files(server: tuple[TestServer, Host]) -> AsyncIterator[Files]:
    api = str(server[0].make_url("/api/"))
    slack = Slack(TOKEN, api)
    yield Files(slack, TOKEN, api)
    await slack.close()


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("good.csv", ""),
        ("large.csv", "larger than 1 MB"),
        ("login.csv", "did not let me read"),
        ("away.csv", "did not let me read"),
        ("gone.csv", "did not let me read"),
    ],
)
async def test_what_comes_of_a_file(server: tuple[TestServer, Host], files: Files, path: str, problem: str) -> None:
    url = str(server[0].make_url(f"/files-pri/{path}"))
    found = await files.fetch({"name": path, "url_private_download": url})
    assert problem in found.problem
    assert bool(found.problem) is bool(problem)
    assert found.data == (b"" if problem else CSV)
    assert server[1].asked == [(f"/files-pri/{path}", f"Bearer {TOKEN}")]


@pytest.mark.parametrize(
    "url", ["https://files.slack.com.example.com/a.csv", "http://files.slack.com/a.csv", "", "a.csv"]
)
async def test_the_token_goes_nowhere_else(server: tuple[TestServer, Host], files: Files, url: str) -> None:
    found = await files.fetch({"name": "a.csv", "url_private": url})
    assert "not kept in Slack" in found.problem
    other = str(server[0].make_url("/files-pri/good.csv")).replace("127.0.0.1", "localhost")
    assert (await files.fetch({"name": "a.csv", "url_private": other})).problem
    assert server[1].asked == []


async def test_a_host_that_is_not_there_is_said_in_words(files: Files, server: tuple[TestServer, Host]) -> None:
    url = str(server[0].make_url("/files-pri/good.csv"))
    await server[0].close()
    assert "did not let me read" in (await files.fetch({"name": "a.csv", "url_private": url})).problem
