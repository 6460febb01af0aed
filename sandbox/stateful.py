"""Inputs: what they hold, how a person fills them in, and what Slack's own client checks before it sends."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from sandbox.blocks import elements
from sandbox.errors import Mistake

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]
Resolve = Callable[[str, str], str | None]

SLOTS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
LISTS = frozenset({"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"})
INITIALS = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "value": "initial_value",
    "rich_text_value": "initial_value",
}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
WEB = re.compile(r"https?://\S+")
WHOLE, DECIMAL = re.compile(r"[+-]?\d+"), re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)")


def state(blocks: list[Json], before: Values | None = None) -> Values:
    """Give what every input holds at first; values survive where block_id and action_id stayed the same."""
    values: Values = {}
    for block, element in elements(blocks):
        if element["type"] not in SLOTS:
            continue
        kept = (before or {}).get(block["block_id"], {}).get(element["action_id"])
        same = kept is not None and kept["type"] == element["type"]
        held = kept if same and kept is not None else _initial(element)
        values.setdefault(block["block_id"], {})[element["action_id"]] = held
    return values


def copied(values: Mapping[str, Mapping[str, Json]]) -> Values:
    """Copy what is filled in, so that what was sent does not change afterwards."""
    return {block_id: dict(held) for block_id, held in values.items()}


def _initial(element: Json) -> Json:
    slot = SLOTS[element["type"]]
    empty: object = [] if slot in LISTS else None
    return {"type": element["type"], slot: element.get(INITIALS.get(slot, ""), empty)}


def fill(element: Json, value: object, options: list[Json], resolve: Resolve) -> Json:
    """Give what the input holds once a person chose this; raises Mistake where Slack's client would not let them."""
    slot = SLOTS.get(element["type"])
    if slot is None:
        raise Mistake(f"Nothing can be filled into a {element['type']}.")
    filled: object
    if slot in LISTS:
        several = value if isinstance(value, list) else [] if value in (None, "") else [value]
        filled = [_one(element, slot, item, options, resolve) for item in several]
    else:
        filled = None if value in (None, "") else _one(element, slot, value, options, resolve)
    return {"type": element["type"], slot: filled}


def _one(element: Json, slot: str, value: Any, options: list[Json], resolve: Resolve) -> object:
    if slot.startswith("selected_option"):
        return option(element, value, options)
    if slot in PLAIN:
        return PLAIN[slot](value)
    return _resolved(slot, str(value), resolve)


def _resolved(slot: str, value: str, resolve: Resolve) -> str:
    noun = "user" if "user" in slot else "conversation"
    found = resolve(noun, value)
    if found is None:
        raise Mistake(f"There is no {noun} {value!r} to choose.")
    return found


def _rich(text: str) -> Json:
    part = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [part]}


PLAIN: dict[str, Callable[[Any], object]] = {
    "value": str,
    "files": dict,
    "selected_date_time": int,
    "selected_date": lambda value: date.fromisoformat(str(value)).isoformat(),
    "selected_time": lambda value: time.fromisoformat(str(value)).strftime("%H:%M"),
    "rich_text_value": lambda value: value if isinstance(value, dict) else _rich(str(value)),
}


def option(element: Json, value: Any, options: list[Json]) -> Json:
    """Find the option with this value among the element's own and those its app offered."""
    wanted = value.get("value") if isinstance(value, dict) else value
    groups = [choice for group in element.get("option_groups", []) for choice in group["options"]]
    for choice in [*element.get("options", []), *groups, *options]:
        if choice.get("value") == wanted:
            return dict(choice)
    raise Mistake(f"There is no option {wanted!r} to choose.")


def client_errors(blocks: list[Json], values: Values) -> dict[str, str]:
    """Give the sentences Slack's own client shows under inputs before it sends anything, by block_id."""
    errors = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        held = values[block["block_id"]][block["element"]["action_id"]]
        sentence = _fault(block, held[SLOTS[held["type"]]])
        if sentence:
            errors[block["block_id"]] = sentence
    return errors


def _fault(block: Json, value: Any) -> str:
    element = block["element"]
    if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
        return "" if block.get("optional") else "Please complete this required field."
    check = CHECKS.get(element["type"])
    if check is not None:
        return check(element, value)
    most = element.get("max_selected_items")
    return f"Please choose at most {most}." if most and isinstance(value, list) and len(value) > most else ""


def _email_fault(_element: Json, value: str) -> str:
    return "" if EMAIL.fullmatch(value) else "Please enter a valid email address."


def _url_fault(_element: Json, value: str) -> str:
    return "" if WEB.fullmatch(value) else "Please enter a valid URL."


def _length_fault(element: Json, value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please use at least {least} characters."
    return f"Please use at most {most} characters." if len(value) > most else ""


def _number_fault(element: Json, value: str) -> str:
    pattern = DECIMAL if element.get("is_decimal_allowed") else WHOLE
    if not pattern.fullmatch(value.strip()):
        return "Please enter a number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Please enter {least} or more."
    return f"Please enter {most} or less." if most is not None and float(value) > float(most) else ""


CHECKS: dict[str, Callable[[Json, str], str]] = {
    "plain_text_input": _length_fault,
    "number_input": _number_fault,
    "email_text_input": _email_fault,
    "url_text_input": _url_fault,
}
