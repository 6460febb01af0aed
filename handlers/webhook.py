"""Webhooks: admins add, try, stop and remove the addresses outside that are told of what happens."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from secrets import token_bytes

from blocks import webhook as draw
from blocks.kit import View
from blocks.webhook import Hook, Sent
from handlers.contract import Call, Desk, Duty, FixFields, Kind, OpenModal, ReplaceModal, Reply, Route, Say, memo
from handlers.path import actor
from handlers.who import asker
from playbook import webhook as rules
from playbook.roles import Action, require
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.webhook import Secret
from storage import webhook
from storage.columns import new_id
from storage.outward_tables import Webhook

SECRET_BYTES = 32
GONE = phrase(
    "This webhook is not there any more. Somebody may have removed it; `/contractor webhooks` shows the others."
)
GONE_DELIVERY = phrase("This delivery is not kept any more. `/contractor webhooks` shows the newest ones.")
FULL = phrase("{most} webhooks are as many as fit. Please remove one first.")
STOPPED = phrase("This webhook is stopped. Press Resume first, then it can be sent something.")
CHOOSE = phrase("Please choose at least one.")
TWICE = phrase("This address is a webhook already. Change that one instead, so that it is told everything once.")
MADE = phrase("It is told of what happens from now on.")
CHANGED = phrase("Changed.")
TURNED = phrase("It has a new secret. The old one signs as well for {hours} hours.")
TESTED = phrase("A test is on its way. Press Look again in a moment to see what came of it.")
HELD = phrase("Stopped. What was on its way is kept below and can be sent again.")
RESUMED = phrase("It is told again of what happens from now on. What was missed can be sent again below.")
REMOVED = phrase("Removed. It is told nothing more.")
SENT_AGAIN = phrase("It is on its way once more, under its old id.")
ON_ITS_WAY = phrase("This one is on its way already.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor webhooks`; typed to the bot, where no page can open by itself, with a button."""
    await _admin(call, desk)
    if call.kind is Kind.EVENT:
        text, blocks = draw.needs_a_button()
        return Say(text=text, blocks=blocks)
    return OpenModal(view=await _all(desk))


async def opened(call: Call, desk: Desk) -> Reply:
    """Show the list, in the place of the page from which it was asked for."""
    await _admin(call, desk)
    view = await _all(desk)
    return ReplaceModal(view=view) if call.view_id and not call.from_home else OpenModal(view=view)


async def shown(call: Call, desk: Desk) -> Reply:
    """Show one webhook with its deliveries."""
    return await _one(desk, await _hook(call, desk))


async def add(call: Call, desk: Desk) -> Reply:
    """Open the empty form."""
    await _admin(call, desk)
    return ReplaceModal(view=draw.form(desk.playbook.webhook.events, memo("")))


async def edit(call: Call, desk: Desk) -> Reply:
    """Open the form of a webhook."""
    hook = await _hook(call, desk)
    return ReplaceModal(view=draw.form(desk.playbook.webhook.events, memo("", hook.id), hook.url, hook.events))


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep a new webhook, whose secret is shown once; or what was changed of one that is there."""
    await _admin(call, desk)
    url, events = call.one(draw.URL), [one for one in rules.EVENTS if one in call.many(draw.EVENTS)]
    if errors := await _errors(call, desk, url, events):
        return FixFields(errors=errors)
    if call.memo_record:
        hook = await _find(desk, call.memo_record)
        await webhook.change(desk.team, hook, url=url, events=events)
        return await _one(desk, hook, CHANGED)
    most = desk.playbook.webhook.most
    if len(await webhook.hooks(desk.team)) >= most:
        raise Sorry(FULL.format(most=most))
    secret = rules.written(token_bytes(SECRET_BYTES))
    sealed = desk.vault.seal(Secret(secret).write())
    hook = await webhook.add(desk.team, url, events, sealed, call.user_id, desk.now)
    return await _one(desk, hook, MADE, secret)


async def _errors(call: Call, desk: Desk, url: str, events: list[str]) -> dict[str, str]:
    taken = any(one.url == url and one.id != call.memo_record for one in await webhook.hooks(desk.team))
    found = {
        draw.URL: rules.wrong(url, local=desk.local_webhooks) or (TWICE if taken else ""),
        draw.EVENTS: "" if events else CHOOSE,
    }
    return {field: sentence for field, sentence in found.items() if sentence}


async def tested(call: Call, desk: Desk, hook: Webhook) -> str:
    """Send a webhook a message that tells of nothing."""
    if hook.stopped_at is not None:
        raise Sorry(STOPPED)
    body = {"type": rules.TEST, "timestamp": desk.now.isoformat(), "data": {"by": {"id": call.user_id}}}
    await webhook.put(desk.team, hook.id, rules.TEST, f"{rules.TEST}:{new_id()}", body, desk.now)
    return TESTED


async def stopped(call: Call, desk: Desk, hook: Webhook) -> str:
    """Stop a webhook."""
    if hook.stopped_at is None:
        await webhook.stop(desk.team, hook, call.user_id, desk.now)
    return HELD


async def resumed(_call: Call, desk: Desk, hook: Webhook) -> str:
    """Let a webhook go on."""
    await webhook.resume(desk.team, hook)
    return RESUMED


def doing(act: Callable[[Call, Desk, Webhook], Awaitable[str]]) -> Callable[[Call, Desk], Awaitable[Reply]]:
    """Give the handler of a button that does something with one webhook, and shows it with what came of it."""

    async def pressed(call: Call, desk: Desk) -> Reply:
        hook = await _hook(call, desk)
        return await _one(desk, hook, await act(call, desk, hook))

    return pressed


async def turned(call: Call, desk: Desk) -> Reply:
    """Give a webhook a new secret, shown once; the old one signs as well for a while."""
    hook, hours = await _hook(call, desk), desk.playbook.webhook.overlap_hours
    secret, until = rules.written(token_bytes(SECRET_BYTES)), desk.now + timedelta(hours=hours)
    kept = Secret.read(desk.vault.unseal(hook.sealed)).turned(secret, until)
    await webhook.change(desk.team, hook, sealed=desk.vault.seal(kept.write()))
    return await _one(desk, hook, TURNED.format(hours=hours), secret)


async def removed(call: Call, desk: Desk) -> Reply:
    """Forget a webhook."""
    hook = await _hook(call, desk)
    await webhook.remove(desk.team, hook.id)
    return ReplaceModal(view=await _all(desk, REMOVED))


async def again(call: Call, desk: Desk) -> Reply:
    """Send a delivery once more."""
    await _admin(call, desk)
    row = await webhook.delivery(desk.team, call.value)
    if row is None:
        raise Sorry(GONE_DELIVERY)
    hook = await _find(desk, row.webhook_id)
    if hook.stopped_at is not None:
        raise Sorry(STOPPED)
    if row.state == webhook.WAITING:
        return await _one(desk, hook, ON_ITS_WAY)
    await webhook.again(desk.team, row, desk.now)
    return await _one(desk, hook, SENT_AGAIN)


async def _admin(call: Call, desk: Desk) -> None:
    who = await asker(call, desk)
    require(Action.WEBHOOK_CHANGE, await actor(desk, who.person))


async def _hook(call: Call, desk: Desk) -> Webhook:
    await _admin(call, desk)
    return await _find(desk, call.value)


async def _find(desk: Desk, hook_id: str) -> Webhook:
    hook = await webhook.find(desk.team, hook_id)
    if hook is None:
        raise Sorry(GONE)
    return hook


async def _all(desk: Desk, notice: str = "") -> View:
    book, rows = desk.playbook.webhook, await webhook.hooks(desk.team)
    return draw.page([_shown(row) for row in rows], book.events, book.most, notice, able=desk.vault.able)


async def _one(desk: Desk, hook: Webhook, notice: str = "", secret: str = "") -> Reply:
    book = desk.playbook.webhook
    rows = await webhook.deliveries(desk.team, hook.id, book.shown)
    sent = [
        Sent(row.id, row.event, row.made_at, row.state, row.attempts, row.next_at, row.status, row.answer)
        for row in rows
    ]
    return ReplaceModal(view=draw.one(_shown(hook), sent, book.events, book.overlap_hours, notice, secret))


def _shown(row: Webhook) -> Hook:
    made, stopped = (row.made_at, row.made_by), (row.stopped_at, row.stopped_by)
    return Hook(row.id, row.url, row.events, *made, row.failing_since, *stopped)


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.SHOW, shown),
    Route(Kind.ACTION, draw.ADD, add),
    Route(Kind.ACTION, draw.EDIT, edit),
    Route(Kind.FORM, draw.FORM, saved),
    Route(Kind.ACTION, draw.TEST, doing(tested)),
    Route(Kind.ACTION, draw.STOP, doing(stopped)),
    Route(Kind.ACTION, draw.RESUME, doing(resumed)),
    Route(Kind.ACTION, draw.TURN, turned),
    Route(Kind.ACTION, draw.REMOVE, removed),
    Route(Kind.ACTION, draw.AGAIN, again),
)
DUTIES: tuple[Duty, ...] = ()
