"""Submitting and closing modals: the checks of Slack's client, and what the app may answer."""

from typing import Any

from sandbox import payloads
from sandbox.blocks import elements
from sandbox.delivery import Answer
from sandbox.errors import Mistake, Refused
from sandbox.hands import Hands, Spot
from sandbox.methods.views import checked
from sandbox.stateful import SLOTS, client_errors
from sandbox.users import User
from sandbox.views import View

Json = dict[str, Any]
TROUBLE = "We had some trouble connecting. Try again?"


class Forms(Hands):
    """What people do with modals as a whole."""

    async def submit(self, who: str, view: str = "", values: Json | None = None) -> Json:
        """Submit the modal in front of somebody, after filling in `values` (by block_id or action_id)."""
        user = self.actor(who)
        form = self.modal(user, view)
        if not form.content.get("submit"):
            raise Mistake("This view has nothing to submit.")
        for name, value in (values or {}).items():
            await self._answer_question(user, form, name, value)
        form.errors, form.failed = client_errors(form.blocks, form.values), None
        self.workspace.watch.touch([user.id])
        if form.errors:
            return {"response_action": "errors", "errors": dict(form.errors), "by": "client"}
        trigger = self.app.triggers.give(user.id, form.id)
        shown = self.app.views.wire(form)
        urls = self._response_urls(user, form)
        answer = await self.app.interact(payloads.view_submission(self.app.frame, user, shown, trigger, urls))
        told = self._answered(form, answer)
        self.workspace.watch.touch([user.id])
        return told

    async def close(self, who: str, view: str = "", *, everything: bool = False) -> Json:
        """Close a modal with Cancel, or with the X (`everything`) its whole stack."""
        user = self.actor(who)
        form = self.modal(user, view)
        whole = everything or bool(form.content.get("clear_on_close"))
        closed = self.app.views.clear(form) if whole else form
        if not whole:
            self.app.views.close(form)
        self.workspace.watch.touch([user.id])
        if closed.content.get("notify_on_close"):
            shown = self.app.views.wire(closed)
            await self.app.interact(payloads.view_closed(self.app.frame, user, shown, is_cleared=whole))
        return {}

    async def _answer_question(self, user: User, form: View, name: str, value: object) -> None:
        for block, element in list(elements(form.blocks)):
            if element["type"] in SLOTS and name in (block["block_id"], element["action_id"]):
                spot = Spot(user, block, element, form.values, view=form)
                if SLOTS[element["type"]] == "value":
                    self._fill(spot, value)  # the app hears of typed text only when somebody presses Enter
                else:
                    await self._choose(spot, value)
                return
        raise Mistake(f"The form has no input {name!r}.")

    def _response_urls(self, user: User, form: View) -> list[Json]:
        urls = []
        for block in form.blocks:
            element = block.get("element", {})
            if not element.get("response_url_enabled"):
                continue
            held = form.values[block["block_id"]][element["action_id"]]
            channel = held.get("selected_conversation") or held.get("selected_channel")
            if channel in self.workspace.channels:
                url = self.app.responses.give("actions", channel, user.id)
                asked = {"block_id": block["block_id"], "action_id": element["action_id"]}
                urls.append(asked | {"channel_id": channel, "response_url": url})
        return urls

    def _answered(self, form: View, answer: Answer) -> Json:
        if not answer.acked:
            return _failed(form)
        payload = answer.payload or {}
        if self.app.views.find(form.id) is None:
            return {"response_action": "none"}
        try:
            return self._follow(form, payload)
        except (Refused, AttributeError):
            return _failed(form)

    def _follow(self, form: View, payload: Json) -> Json:
        views, now = self.app.views, self.workspace.clock.now().timestamp()
        action = payload.get("response_action")
        if action is None and not payload:
            self._close_after(form)
            return {"response_action": "none"}
        if action == "clear":
            views.clear(form)
        elif action == "update":
            views.update(form, checked(payload.get("view"), "modal"), now)
        elif action == "push":
            views.push(form, checked(payload.get("view"), "modal"), now)
        elif action == "errors" and _names_inputs(form, payload.get("errors")):
            form.errors = dict(payload["errors"])
            return {"response_action": "errors", "errors": dict(form.errors), "by": "app"}
        else:
            return _failed(form)
        return {"response_action": action}

    def _close_after(self, form: View) -> None:
        if form.content.get("clear_on_close"):
            self.app.views.clear(form)
        else:
            self.app.views.close(form)


def _names_inputs(form: View, errors: object) -> bool:
    inputs = {block["block_id"] for block in form.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        return False
    return all(block in inputs and isinstance(sentence, str) for block, sentence in errors.items())


def _failed(form: View) -> Json:
    form.failed = TROUBLE
    return {"response_action": "failed", "failed": TROUBLE}
