"""What admins see of webhooks: the list, one of them with its deliveries, its form, and that one was stopped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    context,
    divider,
    mention,
    modal,
    one_line,
    section,
    when,
)
from playbook.tongue import phrase

OPEN = "webhook.open"
SHOW = "webhook.show"
ADD = "webhook.add"
EDIT = "webhook.edit"
FORM = "webhook.form"
TEST = "webhook.test"
TURN = "webhook.turn"
STOP = "webhook.stop"
RESUME = "webhook.resume"
REMOVE = "webhook.remove"
AGAIN = "webhook.again"

URL, EVENTS = "url", "events"
TITLE = phrase("Webhooks")
WHAT = phrase(
    "A webhook tells a program of yours what happens here, as it happens. It is told ids, names, "
    "numbers, times and projects; never a note, a blocker's words or how somebody feels. Every "
    "message is signed (Standard Webhooks)."
)
NONE_YET = phrase("No webhook yet.")
FULL = phrase("{most} webhooks are as many as fit. Remove one to add another.")
NO_KEY = phrase(
    "A webhook's secret is only kept encrypted, and I have no key for that yet. Whoever runs me "
    "can set `ENCRYPTION_KEY`; until then no webhook can be added."
)
SHOWN_ONCE = phrase(
    "*Its secret* (I show it this once). Give it to the program that receives the messages, and nobody else:"
)
RUNNING = phrase("Running since {made}.")
FAILING = phrase("Failing since {since}; I keep trying.")
STOPPED = phrase("Stopped by {who} {at}. It is told nothing.")
GAVE_UP = phrase("Stopped {at} because it did not take my messages. It is told nothing.")
DELIVERED = phrase("Delivered (HTTP {status}).")
WAITING = phrase("On its way.")
RETRYING = phrase("Not yet: {why}. Next attempt {at}.")
FAILED = phrase("Not delivered: {why}.")
ATTEMPTS = (phrase("1 attempt."), phrase("{count} attempts."))
GIVEN_UP = phrase("I have stopped the webhook to {url}: it took none of my messages for days. It is told nothing now.")
GIVEN_UP_GONE = phrase(
    "I have stopped the webhook to {url}: it answered that it is gone (410). It is told nothing now."
)
NEXT = phrase("When the other side is well again, press Resume; what was missed can be sent again from its list.")

Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Hook:
    """One webhook as it is shown; `stopped_by` is "" where the bot gave up."""

    id: str
    url: str
    events: Sequence[str]
    made_at: datetime
    made_by: str
    failing_since: datetime | None = None
    stopped_at: datetime | None = None
    stopped_by: str = ""


@dataclass(frozen=True)
class Sent:
    """One delivery as it is shown; `state` is waiting, delivered or failed."""

    id: str
    event: str
    made_at: datetime
    state: str
    attempts: int
    next_at: datetime
    status: int = 0
    answer: str = ""


def page(hooks: Sequence[Hook], events: Mapping[str, str], most: int, notice: str = "", *, able: bool) -> View:
    """Show every webhook."""
    parts = [section(f"*{notice}*")] if notice else []
    parts += [section(WHAT), *([] if able else [section(NO_KEY)]), divider()]
    for hook in hooks:
        words = f"*{one_line(hook.url, 300)}*\n{state(hook)}\n{_named(hook, events)}"
        parts.append(
            section(words, button(phrase("Open"), SHOW, hook.id, spoken=phrase("Open {url}", url=hook.url[:60])))
        )
    parts += [] if hooks else [section(NONE_YET)]
    if able and len(hooks) < most:
        parts.append(actions(button(phrase("Add a webhook"), ADD, style="primary")))
    elif able:
        parts.append(context(FULL.format(most=most)))
    return modal(TITLE, parts, close=phrase("Close"))


def state(hook: Hook) -> str:
    """Say in a sentence how a webhook is."""
    if hook.stopped_at is not None:
        at = when(hook.stopped_at)
        return STOPPED.format(who=mention(hook.stopped_by), at=at) if hook.stopped_by else GAVE_UP.format(at=at)
    return (
        FAILING.format(since=when(hook.failing_since))
        if hook.failing_since
        else RUNNING.format(made=when(hook.made_at))
    )


def _named(hook: Hook, events: Mapping[str, str]) -> str:
    return " · ".join(events.get(name, name) for name in hook.events)


def one(
    hook: Hook, sent: Sequence[Sent], events: Mapping[str, str], overlap: int, notice: str = "", secret: str = ""
) -> View:
    """Show one webhook with its newest deliveries; `secret` only in the moment in which it was made."""
    parts = [section(f"*{notice}*")] if notice else []
    parts += [section(SHOWN_ONCE), section(f"```{secret}```")] if secret else []
    parts.append(
        section(
            phrase(
                "*{url}*\n{hook} Made by {made_by}.",
                url=one_line(hook.url, 500),
                hook=state(hook),
                made_by=mention(hook.made_by),
            )
        )
    )
    parts += [section(phrase("It is told: {hook}", hook=_named(hook, events))), _doings(hook, overlap), divider()]
    parts.append(section(phrase("*Newest deliveries*") if sent else phrase("Nothing was sent to it yet.")))
    parts += [_sent(each, events) for each in sent]
    parts.append(actions(button(phrase("Look again"), SHOW, hook.id), button(phrase("All webhooks"), OPEN)))
    return modal(TITLE, parts, close=phrase("Close"))


def _doings(hook: Hook, overlap: int) -> Block:
    turn = asking_first(
        button(phrase("New secret"), TURN, hook.id),
        phrase("Make a new secret?"),
        phrase("The old one signs as well for {overlap} hours, so that the receiver can change over.", overlap=overlap),
        phrase("Make a new one"),
    )
    remove = asking_first(
        button(phrase("Remove"), REMOVE, hook.id, style="danger"),
        phrase("Remove this webhook?"),
        phrase("It is told nothing more, and its deliveries are forgotten. This cannot be taken back."),
        phrase("Remove"),
    )
    running = [button(phrase("Send a test"), TEST, hook.id), button(phrase("Stop"), STOP, hook.id)]
    switch = [button(phrase("Resume"), RESUME, hook.id, style="primary")] if hook.stopped_at else running
    return actions(*switch, button(phrase("Change"), EDIT, hook.id), turn, remove)


def _sent(sent: Sent, events: Mapping[str, str]) -> Block:
    count = ATTEMPTS[0] if sent.attempts == 1 else ATTEMPTS[1].format(count=sent.attempts)
    came = f"{_came(sent)} {count}" if sent.attempts else _came(sent)
    words = f"{when(sent.made_at)} · *{events.get(sent.event, sent.event)}*\n{came}"
    waits = sent.state == "waiting"
    return section(words, None if waits else button(phrase("Send again"), AGAIN, sent.id))


def _came(sent: Sent) -> str:
    if sent.state == "delivered":
        return DELIVERED.format(status=sent.status)
    said = one_line(sent.answer, 150)
    why = " ".join(part for part in (phrase("HTTP {status}", status=sent.status) if sent.status else "", said) if part)
    if sent.state == "waiting":
        return RETRYING.format(why=why, at=when(sent.next_at)) if why else WAITING
    return FAILED.format(why=why)


def form(events: Mapping[str, str], memo: str, url: str = "", chosen: Sequence[str] = ()) -> View:
    """Ask for an address and for what it is to be told."""
    choices = [(label, name) for name, label in events.items()]
    hint = phrase("It begins with https:// and can be reached from the internet.")
    blocks = [
        fields.link(URL, phrase("Address"), url, optional=False, hint=hint),
        fields.ticks(EVENTS, phrase("What it is told"), choices, chosen, optional=False),
        actions(button(phrase("All webhooks"), OPEN)),
    ]
    return modal(phrase("Webhook"), blocks, FORM, phrase("Save"), memo=memo)


def given_up(url: str, *, gone: bool) -> Drawn:
    """Tell whoever made a webhook that it was stopped."""
    text = (GIVEN_UP_GONE if gone else GIVEN_UP).format(url=one_line(url, 300))
    return text, [section(f"{text}\n{NEXT}"), actions(button(phrase("Webhooks"), OPEN))]


def needs_a_button() -> Drawn:
    """Offer the page that cannot open by itself in a conversation."""
    text = phrase("I need a page for this: press Webhooks.")
    return text, [section(text), actions(button(phrase("Webhooks"), OPEN, style="primary"))]
