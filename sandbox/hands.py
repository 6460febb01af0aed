"""Pressing and choosing: what happens with an element of a message, a modal or a Home."""

from dataclasses import dataclass
from typing import Any

from sandbox import payloads
from sandbox.blockkit import check_blocks
from sandbox.blocks import elements
from sandbox.channels import Channel, Message
from sandbox.delivery import Answer
from sandbox.errors import Mistake
from sandbox.lookup import Lookup
from sandbox.stateful import SLOTS, Values, fill, option, state
from sandbox.users import User
from sandbox.views import View

Json = dict[str, Any]


@dataclass(frozen=True)
class Spot:
    """An element where somebody is, with what belongs to it."""

    user: User
    block: Json
    element: Json
    values: Values
    channel: Channel | None = None
    message: Message | None = None
    view: View | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What the app's offers for this element are remembered by."""
        place = self.view.id if self.view else self.message.ts if self.message else ""
        return self.user.id, place, str(self.element["action_id"])


class Hands(Lookup):
    """What people do with buttons, menus and inputs."""

    async def press(
        self,
        who: str,
        action_id: str,
        *,
        block_id: str = "",
        option_value: str | None = None,
        channel: str = "",
        ts: str = "",
        view: str = "",
        home: bool = False,
    ) -> Json:
        """Press a button, or pick an option of an overflow menu or a select; waits for the acknowledgement."""
        spot = self._spot(who, action_id, block_id, channel, ts, view, home=home)
        kind = spot.element["type"]
        if kind in SLOTS:
            return await self._choose(spot, option_value)
        if kind == "overflow" and option_value is None:
            raise Mistake("Say which option of the menu.")
        return _told(await self._act(spot, _pressed(spot, option_value)))

    async def choose(
        self,
        who: str,
        action_id: str,
        value: object,
        *,
        block_id: str = "",
        channel: str = "",
        ts: str = "",
        view: str = "",
        home: bool = False,
    ) -> Json:
        """Fill an input; the app is told where Slack would tell it."""
        return await self._choose(self._spot(who, action_id, block_id, channel, ts, view, home=home), value)

    async def options(
        self,
        who: str,
        action_id: str,
        value: str,
        *,
        block_id: str = "",
        channel: str = "",
        ts: str = "",
        view: str = "",
        home: bool = False,
    ) -> Json:
        """Type into an external select and get what the app offers."""
        spot = self._spot(who, action_id, block_id, channel, ts, view, home=home)
        if not spot.element["type"].endswith("external_select"):
            raise Mistake("Only an external select asks the app for its options.")
        asked = payloads.block_suggestion(
            self.app.frame, spot.user, self._place(spot), spot.block["block_id"], spot.element["action_id"], value
        )
        answer = await self.app.interact(asked)
        offered = _offered(spot.element, answer)
        flat = [one for group in offered["option_groups"] for one in group["options"]]
        self.app.offered[spot.key] = [*self.app.offered.get(spot.key, []), *offered["options"], *flat]
        return offered

    async def _choose(self, spot: Spot, value: object) -> Json:
        filled = self._fill(spot, value)
        if spot.block["type"] == "input" and not spot.block.get("dispatch_action"):
            return {"acked": True, "sent": False}
        return _told(await self._act(spot, _described(spot) | filled))

    def _fill(self, spot: Spot, value: object) -> Json:
        offered = self.app.offered.get(spot.key, [])
        filled = fill(spot.element, value, offered, lambda noun, name: self._resolve(spot.user, noun, name))
        spot.values.setdefault(spot.block["block_id"], {})[spot.element["action_id"]] = filled
        if spot.view is not None:
            spot.view.errors.pop(spot.block["block_id"], None)
        self.workspace.watch.touch([spot.user.id])
        return filled

    async def _act(self, spot: Spot, action: Json) -> Answer:
        now = self.workspace.clock.now().timestamp()
        trigger = self.app.triggers.give(spot.user.id, spot.view.id if spot.view and not _is_home(spot.view) else None)
        sent = payloads.block_actions(
            self.app.frame,
            spot.user,
            self._place(spot),
            action | {"action_ts": f"{now:.6f}"},
            trigger,
            self._response_url(spot),
        )
        return await self.app.interact(sent)

    def _spot(self, who: str, action_id: str, block_id: str, channel: str, ts: str, view: str, *, home: bool) -> Spot:
        user = self.actor(who)
        if channel:
            room = self.channel(user, channel)
            message = self.message(user, room, ts)
            values = self._message_values(user, room, message)
            block, element = _element(message.blocks, action_id, block_id)
            return Spot(user, block, element, values, channel=room, message=message)
        seen = self.home(user) if home or self._is_home_id(user, view) else self.modal(user, view)
        block, element = _element(seen.blocks, action_id, block_id)
        return Spot(user, block, element, seen.values, view=seen)

    def _is_home_id(self, user: User, view: str) -> bool:
        home = self.app.views.homes.get(user.id)
        return home is not None and home.id == view

    def _message_values(self, user: User, channel: Channel, message: Message) -> Values:
        key = (user.id, channel.id, message.ts)
        values = state(message.blocks, self.app.filled.get(key))
        self.app.filled[key] = values
        return values

    def _place(self, spot: Spot) -> payloads.Place:
        if spot.view is not None:
            return payloads.in_view(self.app.views.wire(spot.view))
        assert spot.channel is not None, "what is not in a view is in a message"
        assert spot.message is not None, "the same"
        shown = self.workspace.message_wire(spot.channel, spot.message)
        return payloads.in_message(spot.channel, spot.message, shown, spot.values)

    def _response_url(self, spot: Spot) -> str:
        if spot.channel is None or spot.message is None:
            return ""
        message = spot.message
        return self.app.responses.give("actions", spot.channel.id, spot.user.id, message.ts, message.thread_ts)

    def _resolve(self, user: User, noun: str, name: str) -> str | None:
        if noun == "user":
            found = self.workspace.find_person(name)
            return found.id if found else None
        return self.channel(user, name).id


def _element(blocks: list[Json], action_id: str, block_id: str) -> tuple[Json, Json]:
    for block, element in elements(blocks):
        if element["action_id"] == action_id and block_id in ("", block["block_id"]):
            return block, element
    raise Mistake(f"There is nothing with the action_id {action_id!r} to use there.", 404)


def _described(spot: Spot) -> Json:
    return {
        "type": spot.element["type"],
        "action_id": spot.element["action_id"],
        "block_id": spot.block["block_id"],
    }


def _pressed(spot: Spot, chosen: str | None) -> Json:
    element = spot.element
    action = _described(spot) | {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    if element["type"] == "overflow":
        action["selected_option"] = option(element, chosen, [])
    return action


def _offered(element: Json, answer: Answer) -> Json:
    payload = answer.payload if isinstance(answer.payload, dict) else {}
    options, groups = payload.get("options") or [], payload.get("option_groups") or []
    offered = {"option_groups": groups} if groups else {"options": options}
    if (options or groups) and _would_refuse(element, offered):
        options, groups = [], []
    return {"acked": answer.acked, "options": options, "option_groups": groups}


def _would_refuse(element: Json, offered: Json) -> bool:
    """Check what the app offers as the options of a static select, which have the same limits."""
    select = {"type": "static_select", "action_id": element["action_id"], **offered}
    return bool(check_blocks([{"type": "actions", "elements": [select]}], "modal"))


def _is_home(view: View) -> bool:
    return bool(view.content["type"] == "home")


def _told(answer: Answer) -> Json:
    return {"acked": answer.acked, "sent": True} | ({"error": answer.error} if answer.error else {})
