"""How fast letters may leave, and how errors are told apart: plain values in, plain values out."""

from typing import Any

import pytest
from aiohttp import ClientConnectorError, ServerDisconnectedError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.outcome import DEFAULT_PAUSE, LONGEST_PAUSE, Outcome, of_error
from bot.pace import Bucket, Pace

START = 1_000.0


def used(rate: float, most: float, times: list[float]) -> list[bool]:
    """Ask a bucket at these seconds, and take whenever it lets one through."""
    bucket = Bucket(rate, most, most, START)
    through = []
    for at in times:
        ready = bucket.ready(START + at) > 0
        if ready:
            bucket.take()
        through.append(ready)
    return through


@pytest.mark.parametrize(
    ("rate", "most", "times", "through"),
    [
        (1, 1, [0, 0, 0.9, 1, 1.5, 2], [True, False, False, True, False, True]),
        (1, 2, [0, 0, 0, 1, 1], [True, True, False, True, False]),
        (4, 8, [0] * 9, [True] * 8 + [False]),
        (1, 2, [0, 0, 100, 100, 100], [True, True, True, True, False]),
        (0.5, 1, [0, 1, 1.9, 2], [True, False, False, True]),
    ],
)
def test_a_bucket_lets_through_what_its_rate_allows(
    rate: float, most: float, times: list[float], through: list[bool]
) -> None:
    assert used(rate, most, times) == through


def test_no_second_ever_sees_more_than_the_rate_and_the_burst() -> None:
    bucket, left = Bucket(3, 5, 5, START), []
    for tick in range(2_000):
        now = START + tick / 100
        if bucket.ready(now):
            bucket.take()
            left.append(now)
    assert len(left) <= 20 * 3 + 5
    assert len(left) >= 20 * 3
    for now in left:
        assert sum(now <= other < now + 1 for other in left) <= 3 + 5


def test_a_bucket_tells_how_long_to_wait() -> None:
    bucket = Bucket(2, 1, 1, START)
    assert bucket.wait(START) == 0
    bucket.take()
    assert bucket.wait(START) == pytest.approx(0.5)
    assert bucket.wait(START + 0.4) == pytest.approx(0.1)
    bucket.close(START + 30)
    bucket.close(START + 10)
    assert bucket.ready(START + 29.9) == 0
    assert bucket.wait(START + 10) == pytest.approx(20)
    assert bucket.wait(START + 30) == 0


def test_a_workspace_that_is_closed_stops_no_other() -> None:
    pace = Pace(100, 8)
    pace.of("T1").close(pace.of("T1").at + HOUR)
    pace.of("T2").take()
    assert list(pace.closed()) == ["T1"]
    assert pace.least_open() >= 7


HOUR = 3600.0


def answer(status: int, body: Any, headers: dict[str, Any] | None = None) -> SlackApiError:
    """Make the error that the SDK raises for an answer."""
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="https://slack.com/api/chat.postMessage",
        req_args={},
        data=body,
        headers=headers or {},
        status_code=status,
    )
    return SlackApiError("it went wrong", response)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("1", 1.0),
        ("30", 30.0),
        ("0", 1.0),
        ("-5", 1.0),
        ("1.5", 1.5),
        ("600", 600.0),
        ("1e9", LONGEST_PAUSE),
        ("inf", LONGEST_PAUSE),
        ("nan", 1.0),
        ("abc", DEFAULT_PAUSE),
        ("Wed, 21 Oct 2026 07:28:00 GMT", DEFAULT_PAUSE),
        (["12"], 12.0),
        ("", DEFAULT_PAUSE),
        (None, DEFAULT_PAUSE),
    ],
)
@pytest.mark.parametrize("name", ["Retry-After", "retry-after"])
def test_how_long_slack_asks_us_to_wait(name: str, given: Any, seconds: float) -> None:
    result = of_error(answer(429, {"ok": False, "error": "ratelimited"}, {} if given is None else {name: given}))
    assert (result.outcome, result.wait) == (Outcome.LIMITED, seconds)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (answer(429, {}), Outcome.LIMITED),
        (answer(200, {"ok": False, "error": "rate_limited"}), Outcome.LIMITED),
        (answer(200, {"ok": False, "error": "is_archived"}), Outcome.REFUSED),
        (answer(200, {"ok": False, "error": "token_revoked"}), Outcome.STOPPED),
        (answer(200, {"ok": False, "error": "brand_new"}), Outcome.UNKNOWN),
        (answer(200, {"ok": False, "error": "fatal_error"}), Outcome.UNKNOWN),
        (answer(200, {}), Outcome.UNKNOWN),
        (answer(500, {}), Outcome.UNKNOWN),
        (SlackApiError("no response at all", {}), Outcome.UNKNOWN),
        (TimeoutError(), Outcome.UNKNOWN),
        (ServerDisconnectedError(), Outcome.UNKNOWN),
        (ConnectionResetError(), Outcome.UNKNOWN),
        (AttributeError("a list where an object was due"), Outcome.UNKNOWN),
        (ClientConnectorError(None, OSError("refused")), Outcome.NOT_SENT),  # type: ignore[arg-type]
    ],
)
def test_how_errors_are_told_apart(error: Exception, outcome: Outcome) -> None:
    assert of_error(error).outcome is outcome
