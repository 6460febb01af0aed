"""Methods that open, push, update and publish views."""

import json

from sandbox.blockkit import check_view
from sandbox.errors import Refused
from sandbox.methods.contract import Call, Json, method, refuse_invalid
from sandbox.triggers import Trigger
from sandbox.views import View

LARGEST = 250_000


def open_view(call: Call) -> Json:
    """Open a modal as a new root."""
    content, trigger = _content(call, "modal"), _trigger(call)
    view = call.app.views.open(trigger.user, content, _now(call))
    trigger.spent = True
    return _answer(call, view)


def push(call: Call) -> Json:
    """Put a modal on top of the one that was just used."""
    content, trigger = _content(call, "modal"), _trigger(call)
    onto = call.app.views.find(trigger.view or "")
    if onto is None:
        raise Refused("not_found")
    view = call.app.views.push(onto, content, _now(call))
    trigger.spent = True
    return _answer(call, view)


def update(call: Call) -> Json:
    """Change an open modal."""
    views = call.app.views
    if not call.text("view_id") and not call.text("external_id"):
        raise refuse_invalid("missing required field: view_id")
    view = views.find(call.text("view_id")) or views.called(call.text("external_id"))
    content = _content(call, view.content["type"] if view else "modal")
    if view is None:
        raise Refused("not_found")
    _same_hash(call, view)
    views.update(view, content, _now(call))
    return _answer(call, view)


def publish(call: Call) -> Json:
    """Publish somebody's Home."""
    if not call.workspace.manifest.features.app_home.home_tab_enabled:
        raise Refused("not_enabled")
    user = call.workspace.users.get(call.text("user_id"))
    if user is None or user.deleted:
        raise refuse_invalid("user not found [json-pointer:/user_id]")
    content = _content(call, "home")
    home = call.app.views.homes.get(user.id)
    if home is not None:
        _same_hash(call, home)
    return _answer(call, call.app.views.publish(user.id, content, _now(call)))


def checked(content: object, kind: str) -> Json:
    """Give a view that Slack would show; raises Refused with what is wrong with it."""
    problems = check_view(content)
    if problems:
        raise refuse_invalid(*(str(problem) for problem in problems))
    assert isinstance(content, dict), "a view without problems is an object"
    if content["type"] != kind:
        raise refuse_invalid(f"unsupported type: {content['type']} [json-pointer:/view/type]")
    if len(json.dumps(content)) > LARGEST:
        raise Refused("view_too_large")
    return content


def _content(call: Call, kind: str) -> Json:
    return checked(call.parsed("view", "invalid_arguments"), kind)


def _trigger(call: Call) -> Trigger:
    trigger_id = call.text("trigger_id") or call.text("interactivity_pointer")
    if not trigger_id:
        raise refuse_invalid("missing required field: trigger_id")
    return call.app.triggers.look(trigger_id)


def _same_hash(call: Call, view: View) -> None:
    if call.text("hash") and call.text("hash") != view.hash:
        raise Refused("hash_conflict")


def _now(call: Call) -> float:
    return call.workspace.clock.now().timestamp()


def _answer(call: Call, view: View) -> Json:
    call.workspace.watch.touch([view.user])
    return {"view": call.app.views.wire(view)}


OPENING = "duplicate_external_id exchanged_trigger_id expired_trigger_id invalid_trigger_id view_too_large"

METHODS = {
    "views.open": method(open_view, "", "view", OPENING, tokens=("bot",)),
    "views.push": method(push, "", "view", f"{OPENING} not_found push_limit_reached", tokens=("bot",)),
    "views.update": method(
        update, "", "view", "duplicate_external_id hash_conflict not_found view_too_large", tokens=("bot",)
    ),
    "views.publish": method(
        publish,
        "",
        "user_id view",
        "duplicate_external_id hash_conflict not_enabled view_too_large",
        tokens=("bot",),
    ),
}
