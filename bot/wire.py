"""Slack's payloads, read once into a `Call` and the few things needed to answer it (Slack: interactivity payloads)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from blocks import fields, kit
from bot.batch import part_of
from handlers.contract import Call, Kind
from playbook.words import MENTION

CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")
KINDS = {
    "block_actions": Kind.ACTION,
    "view_submission": Kind.FORM,
    "view_closed": Kind.CLOSED,
    "shortcut": Kind.SHORTCUT,
    "message_action": Kind.SHORTCUT,
    "block_suggestion": Kind.OPTIONS,
}
CHOSEN = ("selected_user", "selected_date", "selected_time", "selected_conversation", "selected_channel", "value")
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Envelope:
    """A call, and how to answer it: none of this is the handlers' business.

    `part` is the id of the letter that was pressed, where several stand in one message; never trusted.
    """

    call: Call
    trigger_id: str = ""
    response_url: str = ""
    view_id: str = ""
    view_hash: str = ""
    in_home: bool = False
    part: str = ""

    @property
    def occasion(self) -> str:
        """What names this very interaction, so that one that is delivered twice is worked on once."""
        if self.call.kind is Kind.FORM:
            return f"{self.view_id}:{self.view_hash}"
        return self.trigger_id

    @property
    def in_modal(self) -> bool:
        """Whether the person is in a modal of ours."""
        return bool(self.view_id) and not self.in_home


def read(body: Body) -> Envelope:
    """Read any interaction that a person can have with the bot."""
    if "command" in body:
        return _command(body)
    kind = KINDS[body["type"]]
    view: Body = body.get("view") or {}
    pressed: Body = (body.get("actions") or [{}])[0]
    part = part_of(str(pressed.get("block_id") or ""))
    body = {**body, "state": _of_part(body.get("state") or {}, part)} if part else body
    answers = fields.read((view.get("state") or body.get("state") or {}).get("values") or {})
    action = _pressed(pressed)
    message: Body = body.get("message") or {}
    value = _value(action) if kind is Kind.ACTION else str(body.get("value") or "")
    words = " ".join([value, str(message.get("text") or "")])
    call = Call(
        kind=kind,
        name=_name(kind, body, action, view),
        team_id=_team(body),
        user_id=body["user"]["id"],
        text=value if kind is Kind.OPTIONS else "",
        value=value,
        channel_id=str((body.get("channel") or {}).get("id") or ""),
        memo=str(view.get("private_metadata") or ""),
        fields=answers,
        view_id=str(view.get("id") or ""),
        from_home=view.get("type") == "home",
        message_text=str(message.get("text") or ""),
        message_user=str(message.get("user") or ""),
        message_ts=str(message.get("ts") or ""),
        people=frozenset({body["user"]["id"], *_people(body), *MENTION.findall(words)}),
        channels=frozenset(_channels(body)),
        emails=frozenset(_emails(body)),
    )
    return Envelope(
        call,
        trigger_id=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
        view_id=call.view_id,
        view_hash=str(view.get("hash") or ""),
        in_home=call.from_home,
        part=part,
    )


def _command(body: Body) -> Envelope:
    text = str(body.get("text") or "")
    call = Call(
        kind=Kind.COMMAND,
        name=body["command"],
        team_id=body["team_id"],
        user_id=body["user_id"],
        text=text,
        channel_id=str(body.get("channel_id") or ""),
        people=frozenset({body["user_id"], *MENTION.findall(text)}),
        channels=frozenset(CHANNEL.findall(text)),
    )
    return Envelope(
        call, trigger_id=str(body.get("trigger_id") or ""), response_url=str(body.get("response_url") or "")
    )


def read_event(team_id: str, event: Body) -> Call:
    """Read an event into a call; who it is about stands in different places for different events."""
    about = event.get("user") or ""
    user_id = str(about.get("id") or "") if isinstance(about, Mapping) else str(about)
    text = str(event.get("text") or "")
    channel = event.get("channel") or ""
    return Call(
        kind=Kind.EVENT,
        name=str(event.get("type")),
        team_id=team_id,
        user_id=user_id,
        text=text,
        channel_id=channel if isinstance(channel, str) else str(channel.get("id") or ""),
        message_ts=str(event.get("ts") or ""),
        people=frozenset(filter(None, {user_id, *MENTION.findall(text)})),
        channels=frozenset(CHANNEL.findall(text)),
        event=event,
    )


def _team(body: Body) -> str:
    return str((body.get("team") or {}).get("id") or body.get("team_id") or body["user"]["team_id"])


def _name(kind: Kind, body: Body, action: Body, view: Body) -> str:
    match kind:
        case Kind.ACTION:
            return str(action.get("action_id"))
        case Kind.OPTIONS:
            return str(body.get("action_id"))
        case Kind.FORM | Kind.CLOSED:
            return str(view.get("callback_id"))
        case _:
            return str(body.get("callback_id"))


def _pressed(action: Body) -> Body:
    """Take what was chosen behind three dots for the button it stands for (see `kit.menu_of`)."""
    if action.get("action_id") != kit.MENU:
        return action
    name, _, value = str((action.get("selected_option") or {}).get("value") or "").partition(kit.MENU_SIGN)
    return {"type": "button", "action_id": name, "value": value}


def _of_part(state: Body, part: str) -> Body:
    """Keep what was filled in within one part of a message: its other parts may have fields of the same name."""
    values: Body = state.get("values") or {}
    return {"values": {name: given for name, given in values.items() if part_of(name) == part}}


def _value(action: Body) -> str:
    chosen = (action.get(name) for name in CHOSEN)
    value = next(filter(None, chosen), None) or (action.get("selected_option") or {}).get("value")
    return str(value or "")


def _people(body: Body) -> Iterator[str]:
    for answer in _states(body):
        yield from filter(None, [answer.get("selected_user"), *(answer.get("selected_users") or ())])


def _channels(body: Body) -> Iterator[str]:
    for answer in _states(body):
        one = (answer.get("selected_conversation"), answer.get("selected_channel"))
        several = (*(answer.get("selected_conversations") or ()), *(answer.get("selected_channels") or ()))
        yield from filter(None, [*one, *several])


def _emails(body: Body) -> Iterator[str]:
    for answer in _states(body):
        if answer.get("type") == "email_text_input" and answer.get("value"):
            yield str(answer["value"]).strip()


def _states(body: Body) -> Iterator[Body]:
    values = ((body.get("view") or {}).get("state") or body.get("state") or {}).get("values") or {}
    for block in values.values():
        yield from block.values()
    yield from body.get("actions") or ()
