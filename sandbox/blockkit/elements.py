"""Block elements: one table per kind of button, menu, picker and input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.checks import (
    Check,
    array,
    boolean,
    calendar_date,
    clock_time,
    integer,
    link,
    one_of,
    string,
    tagged,
    timezone,
    web_link,
    written,
)
from sandbox.blockkit.objects import (
    CONFIRM,
    DISPATCH_CONFIG,
    FEEDBACK_BUTTON,
    FILTER,
    LINK_OPTION,
    OPTION,
    OPTION_GROUPS,
    OPTIONS,
    RICH_OPTION,
    SLACK_FILE,
    WORKFLOW,
    plain,
)
from sandbox.blockkit.problem import Problem
from sandbox.blockkit.rich_text import RICH_TEXT
from sandbox.blockkit.rules import exactly_one, initial_among, ordered

DECIMAL = written(re.compile(r"-?\d+(\.\d+)?"), "must be a valid number")
STYLE = one_of("primary", "danger")
IDS = array(string())
FEW_RICH_OPTIONS = array(RICH_OPTION, 1, 10)

ACTION: dict[str, Check] = {"action_id": string(255)}
CONFIRMED: dict[str, Check] = {**ACTION, "confirm": CONFIRM}
CHOICE: dict[str, Check] = {**CONFIRMED, "focus_on_load": boolean}
MENU: dict[str, Check] = {**CHOICE, "placeholder": plain(150)}
MULTI_MENU: dict[str, Check] = {**MENU, "max_selected_items": integer(1)}
FIELD: dict[str, Check] = {
    **ACTION,
    "placeholder": plain(150),
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH_CONFIG,
}
LISTED: dict[str, Check] = {"options": OPTIONS, "option_groups": OPTION_GROUPS}
CONVERSATIONS: dict[str, Check] = {"default_to_current_conversation": boolean, "filter": FILTER}


def numbers_agree(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Ask that a number input starts inside its own bounds, and whole when decimals are off."""
    written_numbers = {name: value[name] for name in ("initial_value", "min_value", "max_value") if name in value}
    for name, digits in written_numbers.items():
        if not value["is_decimal_allowed"] and "." in digits:
            yield Problem("must be an integer", f"{pointer}/{name}")
    if "initial_value" not in value:
        return
    start = float(value["initial_value"])
    if start < float(value.get("min_value", start)) or start > float(value.get("max_value", start)):
        yield Problem("must be between `min_value` and `max_value`", f"{pointer}/initial_value")


BUTTONS: dict[str, Check] = {
    "button": tagged(
        {"text": plain(75)},
        {
            **CONFIRMED,
            "url": link(3000),
            "value": string(2000),
            "style": STYLE,
            "accessibility_label": string(75),
            "agent_prompt": string(4000),
            "agent_prompt_display": string(),
            "visible_to_user_ids": array(string()),
        },
    ),
    "workflow_button": tagged(
        {"text": plain(75), "workflow": WORKFLOW},
        {**CONFIRMED, "style": STYLE, "accessibility_label": string(75)},
    ),
}

CONTEXT_BUTTONS: dict[str, Check] = {
    "feedback_buttons": tagged(
        {"positive_button": FEEDBACK_BUTTON, "negative_button": FEEDBACK_BUTTON},
        ACTION,
    ),
    "icon_button": tagged(
        {"icon": one_of("trash"), "text": plain(75)},
        {
            **CONFIRMED,
            "value": string(2000),
            "accessibility_label": string(75),
            "visible_to_user_ids": array(string(), 0, 10),
        },
    ),
}

IMAGE: dict[str, Check] = {
    "image": tagged(
        {"alt_text": string(2000)},
        {"image_url": web_link(3000), "slack_file": SLACK_FILE},
        exactly_one("image_url", "slack_file"),
    ),
}

OVERFLOW: dict[str, Check] = {"overflow": tagged({"options": array(LINK_OPTION, 1, 5)}, CONFIRMED)}

CHOICES: dict[str, Check] = {
    "checkboxes": tagged(
        {"options": FEW_RICH_OPTIONS},
        {**CHOICE, "initial_options": FEW_RICH_OPTIONS},
        initial_among,
    ),
    "radio_buttons": tagged({"options": FEW_RICH_OPTIONS}, {**CHOICE, "initial_option": RICH_OPTION}, initial_among),
}

SELECTS: dict[str, Check] = {
    "static_select": tagged(
        {},
        {**MENU, **LISTED, "initial_option": OPTION},
        exactly_one("options", "option_groups"),
        initial_among,
    ),
    "external_select": tagged({}, {**MENU, "initial_option": OPTION, "min_query_length": integer(0)}),
    "users_select": tagged({}, {**MENU, "initial_user": string()}),
    "conversations_select": tagged(
        {},
        {**MENU, **CONVERSATIONS, "initial_conversation": string(), "response_url_enabled": boolean},
    ),
    "channels_select": tagged({}, {**MENU, "initial_channel": string(), "response_url_enabled": boolean}),
}

MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": tagged(
        {},
        {**MULTI_MENU, **LISTED, "initial_options": OPTIONS},
        exactly_one("options", "option_groups"),
        initial_among,
    ),
    "multi_external_select": tagged(
        {},
        {**MULTI_MENU, "initial_options": OPTIONS, "min_query_length": integer(0)},
    ),
    "multi_users_select": tagged({}, {**MULTI_MENU, "initial_users": IDS}),
    "multi_conversations_select": tagged({}, {**MULTI_MENU, **CONVERSATIONS, "initial_conversations": IDS}),
    "multi_channels_select": tagged({}, {**MULTI_MENU, "initial_channels": IDS}),
}

PICKERS: dict[str, Check] = {
    "datepicker": tagged({}, {**MENU, "initial_date": calendar_date}),
    "timepicker": tagged({}, {**MENU, "initial_time": clock_time, "timezone": timezone}),
}

# Slack asks for a Unix time of exactly ten digits here.
MOMENT_PICKER: dict[str, Check] = {
    "datetimepicker": tagged({}, {**CHOICE, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
}

FIELDS: dict[str, Check] = {
    "plain_text_input": tagged(
        {},
        {
            **FIELD,
            "initial_value": string(3000, least=0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        ordered("min_length", "max_length"),
    ),
    "email_text_input": tagged({}, {**FIELD, "initial_value": string()}),
    "url_text_input": tagged({}, {**FIELD, "initial_value": string()}),
    "number_input": tagged(
        {"is_decimal_allowed": boolean},
        {**FIELD, "initial_value": DECIMAL, "min_value": DECIMAL, "max_value": DECIMAL},
        ordered("min_value", "max_value"),
        numbers_agree,
    ),
    "file_input": tagged({}, {**ACTION, "filetypes": array(string()), "max_files": integer(1, 10)}),
}

RICH_FIELD: dict[str, Check] = {
    "rich_text_input": tagged(
        {},
        {**FIELD, "initial_value": RICH_TEXT, "min_lines": integer(1, 100), "max_lines": integer(1, 100)},
        ordered("min_lines", "max_lines"),
    ),
}

MENUS: dict[str, Check] = {**CHOICES, **SELECTS, **MULTI_SELECTS, **PICKERS}
ACCESSORIES: dict[str, Check] = {**BUTTONS, **IMAGE, **OVERFLOW, **MENUS}
ACTIONS: dict[str, Check] = {**BUTTONS, **OVERFLOW, **MENUS, **MOMENT_PICKER, **RICH_FIELD}
INPUTS: dict[str, Check] = {**MENUS, **MOMENT_PICKER, **FIELDS, **RICH_FIELD}
