"""Webhooks: who is told of what. `tell` writes one delivery for each address that wants an event, and sends nothing.

Events carry ids, names, numbers, times and projects; never what somebody wrote or felt.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from storage import people
from storage.columns import new_id
from storage.database import Team
from storage.outward_tables import Webhook, WebhookDelivery

WAITING, DELIVERED, FAILED = "waiting", "delivered", "failed"
STOPPED = "stopped before it got there"
PEOPLE = ("contractor", "helper", "manager", "to", "by")
MESSAGE = "msg_"


async def wanted(team: Team, event: str) -> Sequence[str]:
    """Name the webhooks that want to be told of an event; where there are none, this costs next to nothing."""
    key = f"webhook:{team.team_id}"
    if key not in team.known:
        running = team.select(Webhook).where(col(Webhook.stopped_at).is_(None))
        team.known[key] = {row.id: tuple(row.events) for row in await team.all(running)}
    return [hook_id for hook_id, events in team.known[key].items() if event in events]


async def tell(team: Team, event: str, occasion: str, data: Mapping[str, Any], now: datetime) -> None:
    """Have every webhook that wants it told of an event, once for an occasion, with the transaction of what happened.

    `data` holds plain values. The ids of people (see PEOPLE) become an id and a name.
    """
    if hooks := await wanted(team, event):
        body = {"type": event, "timestamp": now.isoformat(), "data": await _with_names(team, data)}
        for hook_id in hooks:
            await put(team, hook_id, event, f"{event}:{occasion}", body, now)


async def put(team: Team, hook_id: str, event: str, occasion: str, body: Mapping[str, Any], now: datetime) -> str:
    """Write one delivery, unless this webhook was told of the occasion before; gives its id.

    It counts as newer than those before it, even within one instant.
    """
    delivery_id = f"{MESSAGE}{new_id()}"
    theirs = select(func.max(WebhookDelivery.made_at)).where(
        col(WebhookDelivery.team_id) == team.team_id, col(WebhookDelivery.webhook_id) == hook_id
    )
    latest: datetime | None = (await team.session.exec(theirs)).one()
    await team.insert_new(
        WebhookDelivery,
        id=delivery_id,
        webhook_id=hook_id,
        event=event,
        occasion=occasion,
        body=dict(body),
        made_at=now if latest is None or latest < now else latest + timedelta(microseconds=1),
        state=WAITING,
        attempts=0,
        next_at=now,
        status=0,
        answer="",
        tried_at=None,
    )
    return delivery_id


async def _with_names(team: Team, data: Mapping[str, Any]) -> dict[str, Any]:
    known = await people.find_all(team, {data[name] for name in PEOPLE if data.get(name)})

    def plain(name: str, value: Any) -> Any:
        if name in PEOPLE:
            return {"id": value, "name": known[value].name if value in known else ""} if value else None
        return value.isoformat() if isinstance(value, date | datetime | time) else value

    return {name: plain(name, value) for name, value in data.items()}


# The addresses --------------------------------------------------------------------------------------


async def hooks(team: Team) -> Sequence[Webhook]:
    """Fetch every webhook, oldest first."""
    return await team.all(team.select(Webhook).order_by(col(Webhook.made_at), col(Webhook.id)))


async def find(team: Team, hook_id: str) -> Webhook | None:
    """Fetch one webhook, which nobody else may change meanwhile."""
    return await team.lock(Webhook, id=hook_id) if hook_id else None


async def add(team: Team, url: str, events: Sequence[str], sealed: str, by: str, now: datetime) -> Webhook:
    """Keep a new webhook."""
    row = Webhook(team_id=team.team_id, url=url, events=list(events), sealed=sealed, made_at=now, made_by=by)
    team.add(row)
    await changed(team)
    return row


async def change(team: Team, hook: Webhook, **values: Any) -> None:
    """Change what is kept of a webhook."""
    for name, value in values.items():
        setattr(hook, name, value)
    await changed(team)


async def remove(team: Team, hook_id: str) -> None:
    """Forget a webhook and all its deliveries."""
    await team.change(team.delete(WebhookDelivery).where(col(WebhookDelivery.webhook_id) == hook_id))
    await team.change(team.delete(Webhook).where(col(Webhook.id) == hook_id))
    await changed(team)


async def stop(team: Team, hook: Webhook, by: str, now: datetime) -> None:
    """Stop a webhook; what was on its way stays, to be sent again by hand. `by` is "" where the bot gave up."""
    await change(team, hook, stopped_at=now, stopped_by=by)
    theirs = team.update(WebhookDelivery).where(col(WebhookDelivery.webhook_id) == hook.id)
    on_its_way = theirs.where(col(WebhookDelivery.state) == WAITING)
    await team.change(on_its_way.values(state=FAILED, answer=STOPPED))


async def resume(team: Team, hook: Webhook) -> None:
    """Let a webhook be told again of what happens from now on."""
    await change(team, hook, stopped_at=None, stopped_by="", failing_since=None)


async def changed(team: Team) -> None:
    """Have it looked up anew who wants to be told."""
    await team.session.flush()
    team.known.pop(f"webhook:{team.team_id}", None)


# What was sent --------------------------------------------------------------------------------------


async def deliveries(team: Team, hook_id: str, most: int) -> Sequence[WebhookDelivery]:
    """Fetch the newest deliveries of a webhook, newest first."""
    query = team.select(WebhookDelivery).where(col(WebhookDelivery.webhook_id) == hook_id)
    return await team.all(
        query.order_by(col(WebhookDelivery.made_at).desc(), col(WebhookDelivery.id).desc()).limit(most)
    )


async def delivery(team: Team, delivery_id: str) -> WebhookDelivery | None:
    """Fetch one delivery, as it is now."""
    return await team.lock(WebhookDelivery, id=delivery_id) if delivery_id else None


async def again(team: Team, row: WebhookDelivery, now: datetime) -> None:
    """Have a delivery sent again at once, under its old id, so that its receiver can tell that it is the same."""
    row.state, row.attempts, row.next_at = WAITING, 0, now
    await team.session.flush()
