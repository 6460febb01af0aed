"""Webhooks: how messages are signed, which addresses are taken, and when it is tried again."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from playbook import load
from playbook.webhook import (
    EVENTS,
    NOT_A_URL,
    NOT_SAFE,
    TOO_LONG,
    WITH_NAME,
    Secret,
    WebhookBook,
    body,
    headers,
    sign,
    written,
    wrong,
)

BOOK = load.load().webhook
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OLD, NEW = written(b"o" * 32), written(b"n" * 32)


def test_signing_agrees_with_the_example_that_the_specification_publishes() -> None:
    at = datetime.fromtimestamp(1614265330, UTC)
    signed = sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", at, '{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(secret=st.binary(min_size=24, max_size=64), said=st.dictionaries(st.text(), st.text() | st.integers()))
def test_what_is_signed_is_recognised_and_nothing_else(secret: bytes, said: dict[str, object]) -> None:
    now, words = datetime.now(UTC), body(said)
    sent = dict(headers([written(secret)], "msg_1", now, words))
    assert Verifier(written(secret)).verify(words, sent) == json.loads(words)
    for changed in ({"webhook-id": "msg_2"}, {"webhook-timestamp": str(int(now.timestamp()) - 1)}):
        with pytest.raises(WebhookVerificationError):
            Verifier(written(secret)).verify(words, sent | changed)
    with pytest.raises(WebhookVerificationError):
        Verifier(written(secret + b"x")).verify(words, sent)


def test_the_old_secret_signs_as_well_for_a_while() -> None:
    turned = Secret(OLD).turned(NEW, NOW + DAY)
    assert Secret.read(turned.write()) == turned
    assert turned.at(NOW) == [NEW, OLD]
    assert turned.at(NOW + DAY) == [NEW]
    assert Secret.read(Secret(OLD).write()).at(NOW) == [OLD]
    now = datetime.now(UTC)
    both = dict(headers([NEW, OLD], "msg_1", now, "{}"))
    assert [Verifier(one).verify("{}", both) for one in (OLD, NEW)] == [{}, {}]


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://example.com/hooks", ""),
        ("https://example.com:8443/hooks?a=b", ""),
        ("https://bücher.example/ä", ""),
        ("", NOT_A_URL),
        ("example.com/hooks", NOT_A_URL),
        ("https://", NOT_A_URL),
        ("https:///hooks", NOT_A_URL),
        ("https://example.com:port/", NOT_A_URL),
        ("https://example.com:99999/", NOT_A_URL),
        ("https://exam ple.com/", NOT_A_URL),
        ("https://example.com/\u202egnp", NOT_A_URL),
        ("https://[::1/", NOT_A_URL),
        ("http://example.com/hooks", NOT_SAFE),
        ("ftp://example.com/hooks", NOT_SAFE),
        ("javascript://example.com/%0aalert(1)", NOT_SAFE),
        ("https://user:word@example.com/", WITH_NAME),
        ("https://user@example.com/", WITH_NAME),
        ("https://example.com/" + "a" * 500, TOO_LONG),
    ],
)
def test_which_addresses_are_taken(url: str, problem: str) -> None:
    assert wrong(url) == problem


def test_on_ones_own_machine_http_will_do() -> None:
    assert wrong("http://127.0.0.1:8080/hook", local=True) == ""
    assert wrong("ftp://127.0.0.1/hook", local=True) == NOT_SAFE


def test_waits_grow_and_last_longer_than_a_webhook_may_fail() -> None:
    waits = [BOOK.wait(attempt) for attempt in range(1, len(BOOK.again) + 1)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert sum(waits, timedelta()) > timedelta(days=BOOK.give_up_days), "one lost message is enough to give up"
    assert BOOK.wait(0) == waits[0]
    assert BOOK.wait(99) == waits[-1]
    assert not BOOK.over(len(BOOK.again))
    assert BOOK.over(len(BOOK.again) + 1)


@pytest.mark.parametrize("change", [{"events": {"log.created": "x"}}, {"again": ()}, {"again": (0,)}])
def test_a_page_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        WebhookBook.model_validate(BOOK.model_dump() | change)
    assert set(BOOK.events) == set(EVENTS)
