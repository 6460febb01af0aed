"""Deliveries to webhooks on their way: which are due, who sends them, and what came of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from playbook.webhook import WebhookBook
from storage import webhook
from storage.database import Team
from storage.outward_tables import Webhook, WebhookDelivery
from storage.webhook import DELIVERED, FAILED, WAITING

BATCH = 200
LONGEST_ANSWER = 200

NEXT_AT: Any = select(func.min(col(WebhookDelivery.next_at))).where(col(WebhookDelivery.state) == WAITING)


async def due(team: Team, now: datetime) -> Sequence[WebhookDelivery]:
    """Fetch what is due, in the order in which it happened."""
    waiting = team.select(WebhookDelivery).where(
        col(WebhookDelivery.state) == WAITING, col(WebhookDelivery.next_at) <= now
    )
    return await team.all(waiting.order_by(col(WebhookDelivery.made_at), col(WebhookDelivery.id)).limit(BATCH))


async def claim(team: Team, row: WebhookDelivery, now: datetime, book: WebhookBook) -> Webhook | None:
    """Take a delivery to send it; None where somebody else was faster, or where its webhook is gone.

    Taking it plans the next attempt, so that one that is cut off is made again.
    """
    hook = await team.get(Webhook, id=row.webhook_id)
    mine = team.update(WebhookDelivery).where(
        col(WebhookDelivery.id) == row.id,
        col(WebhookDelivery.state) == WAITING,
        col(WebhookDelivery.attempts) == row.attempts,
        col(WebhookDelivery.next_at) <= now,
    )
    if hook is None or hook.stopped_at is not None:
        await team.change(mine.values(state=FAILED, answer=webhook.STOPPED))
        return None
    attempts = row.attempts + 1
    taken = mine.values(attempts=attempts, tried_at=now, next_at=now + book.wait(attempts))
    return hook if await team.change(taken) else None


async def went(team: Team, delivery_id: str, hook_id: str, status: int) -> None:
    """Note that a delivery has arrived, and with it that its webhook answers."""
    mine = team.update(WebhookDelivery).where(col(WebhookDelivery.id) == delivery_id)
    await team.change(mine.values(state=DELIVERED, status=status, answer=""))
    hook = team.update(Webhook).where(col(Webhook.id) == hook_id, col(Webhook.failing_since).is_not(None))
    await team.change(hook.values(failing_since=None))


async def failed(
    team: Team, delivery_id: str, hook_id: str, status: int, answer: str, now: datetime, book: WebhookBook
) -> Webhook | None:
    """Note that an attempt has failed; gives the webhook, None if it is gone."""
    row = await team.lock(WebhookDelivery, id=delivery_id)
    if row is not None:
        row.status, row.answer = status, answer[:LONGEST_ANSWER]
        row.state = FAILED if book.over(row.attempts) else row.state
    hook = await team.lock(Webhook, id=hook_id)
    if hook is not None and hook.failing_since is None:
        hook.failing_since = now
    await team.session.flush()
    return hook


async def put_off(team: Team, hook_id: str, until: datetime, now: datetime) -> None:
    """Let everything else of a webhook that is due wait as well, without counting it as an attempt."""
    theirs = team.update(WebhookDelivery).where(
        col(WebhookDelivery.webhook_id) == hook_id,
        col(WebhookDelivery.state) == WAITING,
        col(WebhookDelivery.next_at) <= now,
    )
    await team.change(theirs.values(next_at=until))


async def forget(session: AsyncSession, before: datetime) -> None:
    """Drop what came to its end before an instant."""
    settled = col(WebhookDelivery.state) != WAITING
    await session.exec(delete(WebhookDelivery).where(settled, col(WebhookDelivery.made_at) < before))
