"""Webhooks: sends what was written down to be told, outside any transaction, and tries again what did not arrive."""

import asyncio
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import aiohttp
import structlog

from blocks import webhook as draw
from bot import address
from bot.clock import Clock
from playbook import webhook as rules
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.webhook import Secret, WebhookBook
from storage import outbox, webhook, webhook_queue
from storage.database import Database
from storage.outbox import Lane, Post
from storage.outward_tables import Webhook, WebhookDelivery
from storage.vault import Vault

log = structlog.get_logger("webhook")

GONE = 410
GOOD = range(200, 300)
AT_ONCE = 20
GOOD_FOR = timedelta(days=14)
NO_ANSWER = phrase("no answer within {seconds} seconds")
NOT_REACHED = phrase("it could not be reached")
NOT_TRUSTED = phrase("its certificate could not be trusted")
NO_SECRET = phrase("the secret could not be read: the bot has lost its encryption key")
TOO_LARGE = phrase("the message was too large to send")


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: the status, 0 where nobody answered, and what was answered or went wrong."""

    status: int
    answer: str = ""

    @property
    def well(self) -> bool:
        """Tell whether it arrived."""
        return self.status in GOOD


class Webhooks:
    """Sends deliveries. Those of one webhook go one after the other; one that is slow keeps no other waiting.

    `wake` is called when somebody is to read that a webhook was stopped. `local` lets it call this machine (tests).
    """

    def __init__(
        self,
        database: Database,
        vault: Vault,
        book: WebhookBook,
        clock: Clock,
        wake: Callable[[], None],
        *,
        local: bool = False,
    ) -> None:
        self._database = database
        self._vault = vault
        self._book = book
        self._clock = clock
        self._wake = wake
        self._local = local
        self._busy: set[str] = set()
        self._session: aiohttp.ClientSession | None = None

    async def work(self, team_id: str) -> int:
        """Send all that is due, except of webhooks that are being told just now; gives how many attempts that was."""
        async with self._database.team_reading(team_id) as team:
            due = await webhook_queue.due(team, self._clock.now())
        by_hook = groupby(sorted(due, key=lambda row: row.webhook_id), lambda row: row.webhook_id)
        queues = [(hook_id, list(rows)) for hook_id, rows in by_hook if hook_id not in self._busy]
        return sum(await asyncio.gather(*(self._one_by_one(team_id, *queue) for queue in queues)))

    async def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            await self._session.close()

    async def _one_by_one(self, team_id: str, hook_id: str, rows: Sequence[WebhookDelivery]) -> int:
        """Send to one webhook; when it does not answer at all, the rest waits until it is tried again."""
        self._busy.add(hook_id)
        try:
            for number, row in enumerate(rows, 1):
                if not await self._one(team_id, row):
                    return number
        except Exception:
            log.exception("webhook could not be worked on", webhook=hook_id)
            return 0
        finally:
            self._busy.discard(hook_id)
        return len(rows)

    async def _one(self, team_id: str, row: WebhookDelivery) -> bool:
        """Make one attempt; tells whether there is sense in going on with the next."""
        now = self._clock.now()
        async with self._database.team(team_id) as team:
            hook = await webhook_queue.claim(team, row, now, self._book)
        if hook is None:
            return True
        outcome = await self._sent(hook, row, now)
        async with self._database.team(team_id) as team:
            if outcome.well:
                await webhook_queue.went(team, row.id, hook.id, outcome.status)
                return True
            fresh = await webhook_queue.failed(team, row.id, hook.id, *_told(outcome), now, self._book)
            if fresh is not None and fresh.stopped_at is None and self._gives_up(fresh, outcome, now):
                await webhook.stop(team, fresh, "", now)
                await outbox.put(team, [_given_up(fresh, outcome, now)], now)
                self._wake()
            elif not outcome.status:
                await webhook_queue.put_off(team, hook.id, now + self._book.wait(row.attempts + 1), now)
        log.warning("webhook did not take it", webhook=hook.id, status=outcome.status)
        return bool(outcome.status) and outcome.status != GONE

    def _gives_up(self, hook: Webhook, outcome: Outcome, now: datetime) -> bool:
        since = hook.failing_since or now
        return outcome.status == GONE or now - since >= timedelta(days=self._book.give_up_days)

    async def _sent(self, hook: Webhook, row: WebhookDelivery, now: datetime) -> Outcome:
        body = rules.body(row.body)
        if len(body.encode()) > self._book.largest:
            return Outcome(0, TOO_LARGE)
        try:
            secrets = Secret.read(self._vault.unseal(hook.sealed)).at(now)
            if not self._local:
                address.check(hook.url)
            return await self._posted(hook.url, body, rules.headers(secrets, row.id, now, body))
        except Sorry:
            return Outcome(0, NO_SECRET)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Outcome(0, self._why(error))

    async def _posted(self, url: str, body: str, headers: Mapping[str, str]) -> Outcome:
        kind = {"content-type": "application/json", "user-agent": "InnerCircle"}
        request = self._client().post(url, data=body.encode(), headers={**kind, **headers}, allow_redirects=False)
        async with request as answer:
            said = await answer.content.read(webhook_queue.LONGEST_ANSWER * 4)
            return Outcome(answer.status, said.decode("utf-8", "replace"))

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = None if self._local else address.PublicOnly()
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, limit=AT_ONCE),
                timeout=aiohttp.ClientTimeout(total=self._book.patience),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session

    def _why(self, error: Exception) -> str:
        """Say in words why nobody was reached."""
        if isinstance(error, TimeoutError):
            return NO_ANSWER.format(seconds=self._book.patience)
        cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
        if isinstance(cause, address.NotPublic):
            return address.REFUSED
        return NOT_TRUSTED if isinstance(cause, ssl.SSLError | ssl.CertificateError) else NOT_REACHED


def _told(outcome: Outcome) -> tuple[int, str]:
    return outcome.status, outcome.answer


def _given_up(hook: Webhook, outcome: Outcome, now: datetime) -> Post:
    text, blocks = draw.given_up(hook.url, gone=outcome.status == GONE)
    key = f"webhook:stopped:{hook.id}:{now.isoformat()}"
    return Post(key, hook.made_by, text, blocks, Lane.AGENDA, GOOD_FOR)
