"""The Block Kit validator: elements, options and rich text."""

from typing import Any

import pytest

from sandbox.blockkit import check_blocks

Json = dict[str, Any]


def plain(text: str = "Hello") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Hello*") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a", **more: object) -> Json:
    return {"text": plain(), "value": value, **more}


def rich(*inline: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(inline)}]}


OPTIONS = [option("a"), option("b")]
GROUPS = [{"label": plain(), "options": OPTIONS}]
CONFIRM: Json = {"title": plain(), "text": mrkdwn(), "confirm": plain("Yes"), "deny": plain("No")}
TRIGGER: Json = {"url": "https://slack.com/shortcuts/x", "customizable_input_parameters": [{"name": "a", "value": ""}]}
MENU: Json = {"action_id": "pick", "placeholder": plain(), "confirm": CONFIRM, "focus_on_load": True}
FIELD: Json = {
    "action_id": "words",
    "placeholder": plain(),
    "focus_on_load": False,
    "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]},
}
CHOICE = {key: MENU[key] for key in ("action_id", "confirm", "focus_on_load")}
CONVERSATIONS: Json = {
    "default_to_current_conversation": True,
    "filter": {"include": ["im", "public"], "exclude_bot_users": True, "exclude_external_shared_channels": False},
}

ANYWHERE: list[Json] = [
    {"type": "checkboxes", "options": [option("a", description=mrkdwn()), {"text": mrkdwn(), "value": "b"}], **CHOICE},
    {"type": "checkboxes", "options": OPTIONS, "initial_options": [option("b")]},
    {"type": "radio_buttons", "options": OPTIONS, "initial_option": option("a"), **CHOICE},
    {"type": "static_select", "options": OPTIONS, "initial_option": option("b"), **MENU},
    {"type": "static_select", "option_groups": GROUPS, "initial_option": option("b")},
    {"type": "external_select", "min_query_length": 0, "initial_option": option("z"), **MENU},
    {"type": "users_select", "initial_user": "U1", **MENU},
    {"type": "conversations_select", "initial_conversation": "C1", "response_url_enabled": True, **CONVERSATIONS, **MENU},
    {"type": "channels_select", "initial_channel": "C1", "response_url_enabled": True, **MENU},
    {"type": "multi_static_select", "options": OPTIONS, "initial_options": OPTIONS, "max_selected_items": 2, **MENU},
    {"type": "multi_static_select", "option_groups": GROUPS},
    {"type": "multi_external_select", "min_query_length": 0, "initial_options": OPTIONS, **MENU},
    {"type": "multi_users_select", "initial_users": ["U1"], "max_selected_items": 1, **MENU},
    {"type": "multi_conversations_select", "initial_conversations": ["C1"], **CONVERSATIONS, **MENU},
    {"type": "multi_channels_select", "initial_channels": ["C1"], **MENU},
    {"type": "datepicker", "initial_date": "2024-02-29", **MENU},
    {"type": "timepicker", "initial_time": "08:45", "timezone": "America/Sao_Paulo", **MENU},
    {"type": "timepicker", "initial_time": "23:59"},
    {"type": "timepicker", "initial_time": "10:00"},
]  # fmt: skip
BUTTONS: list[Json] = [
    {"type": "button", "text": plain()},
    {
        "type": "button",
        "text": plain(),
        "action_id": "go",
        "url": "https://example.com",
        "value": "v",
        "style": "danger",
        "confirm": {**CONFIRM, "style": "danger"},
        "accessibility_label": "Go",
        "agent_prompt": "Do",
        "agent_prompt_display": "Do",
        "visible_to_user_ids": ["U1"],
    },
    {"type": "workflow_button", "text": plain(), "workflow": {"trigger": TRIGGER}, "style": "primary"},
    {"type": "overflow", "options": [option("a", url="https://example.com", description=plain())], "confirm": CONFIRM},
]
MOMENT: Json = {"type": "datetimepicker", "initial_date_time": 1628633820, **CHOICE}
RICH_FIELD: Json = {
    "type": "rich_text_input",
    "initial_value": rich({"type": "text", "text": "Hi"}),
    "min_lines": 1,
    "max_lines": 100,
    **FIELD,
}
FIELDS: list[Json] = [
    {"type": "plain_text_input", "initial_value": "", "multiline": True, "min_length": 0, "max_length": 3000, **FIELD},
    {"type": "email_text_input", "initial_value": "a@example.com", **FIELD},
    {"type": "url_text_input", "initial_value": "https://example.com", **FIELD},
    {"type": "number_input", "is_decimal_allowed": False, "initial_value": "5", "min_value": "-1", "max_value": "9", **FIELD},
    {"type": "number_input", "is_decimal_allowed": True, "initial_value": "0.25"},
    {"type": "file_input", "filetypes": ["pdf"], "max_files": 10, "action_id": "papers"},
]  # fmt: skip
IMAGES: list[Json] = [
    {"type": "image", "image_url": "http://example.com/a.png", "alt_text": "A"},
    {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A"},
    {"type": "image", "slack_file": {"url": "https://files.slack.com/a"}, "alt_text": "A"},
]
ALL = [*ANYWHERE, *BUTTONS, MOMENT, RICH_FIELD, *FIELDS, *IMAGES]
PLACES = {
    "accessory": [*ANYWHERE, *BUTTONS, *IMAGES],
    "actions": [*ANYWHERE, *BUTTONS, MOMENT, RICH_FIELD],
    "input": [*ANYWHERE, MOMENT, RICH_FIELD, *FIELDS],
    "context": IMAGES,
}
POINTERS = {"accessory": "accessory", "actions": "elements/0", "input": "element", "context": "elements/0"}


def inside(place: str, element: Json) -> Json:
    blocks: dict[str, Json] = {
        "accessory": {"type": "section", "text": plain(), "accessory": element},
        "actions": {"type": "actions", "elements": [element]},
        "input": {"type": "input", "label": plain(), "element": element},
        "context": {"type": "context", "elements": [element]},
    }
    return blocks[place]


def said(block: Json) -> list[str]:
    return [str(problem) for problem in check_blocks([block], "message")]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("element", ALL, ids=lambda element: element["type"])
def test_where_each_element_may_stand(element: Json, place: str) -> None:
    at = f"/blocks/0/{POINTERS[place]}"
    refusal = [
        f"failed to match all allowed schemas [json-pointer:{at}]",
        f"unsupported type: {element['type']} [json-pointer:{at}/type]",
    ]
    assert said(inside(place, element)) == ([] if element in PLACES[place] else refusal)


def place_of(element: Json) -> str:
    return next(place for place in PLACES if element["type"] in {one["type"] for one in PLACES[place]})


@pytest.mark.parametrize("element", ALL, ids=lambda element: element["type"])
def test_unknown_properties_are_refused(element: Json) -> None:
    place = place_of(element)
    wrong = f"invalid additional property: colour [json-pointer:/blocks/0/{POINTERS[place]}]"
    assert said(inside(place, {**element, "colour": 1}))[1:] == [wrong]


@pytest.mark.parametrize("element", [one for one in ALL if one not in IMAGES], ids=lambda element: element["type"])
def test_action_ids_have_255_characters(element: Json) -> None:
    place = place_of(element)
    assert said(inside(place, {**element, "action_id": "a" * 255})) == []
    wrong = f"must be less than 256 characters [json-pointer:/blocks/0/{POINTERS[place]}/action_id]"
    assert said(inside(place, {**element, "action_id": "a" * 256}))[-1] == wrong


def longer(length: int) -> Json:
    return plain("a" * length)


BUTTON = BUTTONS[0]
SELECT: Json = {"type": "static_select", "options": OPTIONS}
WORDS: Json = {"type": "plain_text_input"}
NUMBER: Json = {"type": "number_input", "is_decimal_allowed": False}
LINES: Json = {"type": "rich_text_input"}
WRONG: list[tuple[Json, Json, str, str]] = [
    (BUTTON, {"text": longer(76)}, "text/text", "must be less than 76 characters"),
    (BUTTON, {"text": mrkdwn()}, "text/type", "must be a valid enum value"),
    (BUTTON, {"value": "v" * 2001}, "value", "must be less than 2001 characters"),
    (BUTTON, {"url": "https://" + "e" * 2993}, "url", "must be less than 3001 characters"),
    (BUTTON, {"url": "not a link"}, "url", "must be a valid URL"),
    (BUTTON, {"style": "default"}, "style", "must be a valid enum value"),
    (BUTTON, {"accessibility_label": "a" * 76}, "accessibility_label", "must be less than 76 characters"),
    (BUTTON, {"agent_prompt": "a" * 4001}, "agent_prompt", "must be less than 4001 characters"),
    (BUTTON, {"confirm": {**CONFIRM, "title": longer(101)}}, "confirm/title/text", "must be less than 101 characters"),
    (BUTTON, {"confirm": {**CONFIRM, "text": longer(301)}}, "confirm/text/text", "must be less than 301 characters"),
    (BUTTON, {"confirm": {**CONFIRM, "confirm": longer(31)}}, "confirm/confirm/text", "must be less than 31 characters"),
    (BUTTON, {"confirm": {**CONFIRM, "deny": longer(31)}}, "confirm/deny/text", "must be less than 31 characters"),
    (BUTTON, {"confirm": {**CONFIRM, "style": "red"}}, "confirm/style", "must be a valid enum value"),
    (BUTTON, {"confirm": {"title": plain(), "text": plain(), "deny": plain()}}, "confirm", "missing required field: confirm"),
    (BUTTONS[2], {"text": longer(76)}, "text/text", "must be less than 76 characters"),
    (BUTTONS[2], {"accessibility_label": "a" * 76}, "accessibility_label", "must be less than 76 characters"),
    (BUTTONS[2], {"workflow": {"trigger": {"url": "u:" + "e" * 2999}}}, "workflow/trigger/url", "must be less than 3001 characters"),
    (BUTTONS[3], {"options": [{"text": longer(76), "value": "a"}]}, "options/0/text/text", "must be less than 76 characters"),
    (BUTTONS[3], {"options": [option(description=longer(76))]}, "options/0/description/text", "must be less than 76 characters"),
    (ANYWHERE[0], {"options": [{"text": longer(76), "value": "a"}]}, "options/0/text/text", "must be less than 76 characters"),
    (ANYWHERE[0], {"options": [option(description=longer(76))]}, "options/0/description/text", "must be less than 76 characters"),
    (IMAGES[0], {"image_url": "https://e.co/" + "a" * 2988}, "image_url", "must be less than 3001 characters"),
    (BUTTONS[2], {"workflow": {}}, "workflow", "missing required field: trigger"),
    (BUTTONS[3], {"options": []}, "options", "must provide at least 1 items"),
    (BUTTONS[3], {"options": OPTIONS * 3}, "options", "no more than 5 items allowed"),
    (BUTTONS[3], {"options": [option(url="u:" + "e" * 2999)]}, "options/0/url", "must be less than 3001 characters"),
    (ANYWHERE[0], {"options": OPTIONS * 6}, "options", "no more than 10 items allowed"),
    (ANYWHERE[0], {"initial_options": [option("z")]}, "initial_options/0", "must be one of the provided options"),
    (ANYWHERE[0], {"initial_options": []}, "initial_options", "must provide at least 1 items"),
    (ANYWHERE[2], {"options": OPTIONS * 6}, "options", "no more than 10 items allowed"),
    (ANYWHERE[2], {"initial_option": option("z")}, "initial_option", "must be one of the provided options"),
    (SELECT, {"options": [option(f"v{n}") for n in range(101)]}, "options", "no more than 100 items allowed"),
    (SELECT, {"options": []}, "options", "must provide at least 1 items"),
    (SELECT, {"option_groups": GROUPS}, "", "must not define both `options` and `option_groups`"),
    (SELECT, {"initial_option": option("z")}, "initial_option", "must be one of the provided options"),
    (SELECT, {"initial_option": {**option("a"), "text": plain("Other")}}, "initial_option", "must be one of the provided options"),
    (SELECT, {"options": [option("a", url="https://e.co")]}, "options/0", "invalid additional property: url"),
    (SELECT, {"options": [{"text": mrkdwn(), "value": "a"}]}, "options/0/text/type", "must be a valid enum value"),
    (SELECT, {"options": [{"text": plain()}]}, "options/0", "missing required field: value"),
    (SELECT, {"options": [{"value": "a"}]}, "options/0", "missing required field: text"),
    (SELECT, {"options": [{"text": longer(76), "value": "a"}]}, "options/0/text/text", "must be less than 76 characters"),
    (SELECT, {"options": [option("v" * 151)]}, "options/0/value", "must be less than 151 characters"),
    (SELECT, {"options": [option("")]}, "options/0/value", "must be more than 0 characters"),
    (SELECT, {"options": [option("a", description=longer(76))]}, "options/0/description/text", "must be less than 76 characters"),
    (SELECT, {"placeholder": longer(151)}, "placeholder/text", "must be less than 151 characters"),
    (SELECT, {"placeholder": mrkdwn()}, "placeholder/type", "must be a valid enum value"),
    (SELECT, {"max_selected_items": 2}, "", "invalid additional property: max_selected_items"),
    (SELECT, {"focus_on_load": "yes"}, "focus_on_load", "must be a boolean"),
    ({"type": "static_select"}, {}, "", "must define either `options` or `option_groups`"),
    ({"type": "static_select"}, {"option_groups": GROUPS * 101}, "option_groups", "no more than 100 items allowed"),
    ({"type": "static_select"}, {"option_groups": [{"label": longer(76), "options": OPTIONS}]}, "option_groups/0/label/text", "must be less than 76 characters"),
    ({"type": "static_select"}, {"option_groups": GROUPS, "initial_option": option("z")}, "initial_option", "must be one of the provided options"),
    ({"type": "external_select"}, {"min_query_length": -1}, "min_query_length", "must be greater than -1"),
    ({"type": "external_select"}, {"min_query_length": True}, "min_query_length", "must be an integer"),
    ({"type": "external_select"}, {"options": OPTIONS}, "", "invalid additional property: options"),
    ({"type": "users_select"}, {"initial_users": ["U1"]}, "", "invalid additional property: initial_users"),
    ({"type": "conversations_select"}, {"filter": {"include": []}}, "filter/include", "must provide at least 1 items"),
    ({"type": "conversations_select"}, {"filter": {"include": ["dm"]}}, "filter/include/0", "must be a valid enum value"),
    ({"type": "multi_users_select"}, {"max_selected_items": 0}, "max_selected_items", "must be greater than 0"),
    ({"type": "multi_users_select"}, {"initial_users": "U1"}, "initial_users", "must be an array"),
    ({"type": "multi_static_select"}, {"options": OPTIONS, "initial_options": [option("z")]}, "initial_options/0", "must be one of the provided options"),
    ({"type": "datepicker"}, {"initial_date": "2023-02-29"}, "initial_date", "must be a valid date in the format YYYY-MM-DD"),
    ({"type": "datepicker"}, {"initial_date": "20240229"}, "initial_date", "must be a valid date in the format YYYY-MM-DD"),
    ({"type": "timepicker"}, {"initial_time": "8:45"}, "initial_time", "must be a valid time in the format HH:mm"),
    ({"type": "timepicker"}, {"initial_time": "24:00"}, "initial_time", "must be a valid time in the format HH:mm"),
    ({"type": "timepicker"}, {"timezone": "Mars/Olympus"}, "timezone", "must be a valid timezone"),
    ({"type": "timepicker"}, {"timezone": ["UTC"]}, "timezone", "must be a valid timezone"),
    ({"type": "timepicker"}, {"timezone": "../etc/passwd"}, "timezone", "must be a valid timezone"),
    ({"type": "datetimepicker"}, {"initial_date_time": 999}, "initial_date_time", "must be greater than 999999999"),
    ({"type": "datetimepicker"}, {"initial_date_time": 1628633820000}, "initial_date_time", "must be less than 10000000000"),
    ({"type": "datetimepicker"}, {"initial_date_time": "1628633820"}, "initial_date_time", "must be an integer"),
    ({"type": "datetimepicker"}, {"placeholder": plain()}, "", "invalid additional property: placeholder"),
    (WORDS, {"min_length": 3001}, "min_length", "must be less than 3001"),
    (WORDS, {"max_length": 0}, "max_length", "must be greater than 0"),
    (WORDS, {"max_length": 3001}, "max_length", "must be less than 3001"),
    (WORDS, {"min_length": 5, "max_length": 4}, "min_length", "`min_length` must be less than or equal to `max_length`"),
    (WORDS, {"initial_value": "a" * 3001}, "initial_value", "must be less than 3001 characters"),
    (WORDS, {"initial_value": 5}, "initial_value", "must be a string"),
    (WORDS, {"placeholder": longer(151)}, "placeholder/text", "must be less than 151 characters"),
    (WORDS, {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"] * 3}}, "dispatch_action_config/trigger_actions_on", "no more than 2 items allowed"),
    (WORDS, {"confirm": CONFIRM}, "", "invalid additional property: confirm"),
    (WORDS, {"dispatch_action_config": {}}, "dispatch_action_config", "missing required field: trigger_actions_on"),
    (WORDS, {"dispatch_action_config": {"trigger_actions_on": ["on_blur"]}}, "dispatch_action_config/trigger_actions_on/0", "must be a valid enum value"),
    ({"type": "number_input"}, {}, "", "missing required field: is_decimal_allowed"),
    (NUMBER, {"initial_value": 5}, "initial_value", "must be a string"),
    (NUMBER, {"initial_value": "five"}, "initial_value", "must be a valid number"),
    (NUMBER, {"initial_value": "0.5"}, "initial_value", "must be an integer"),
    (NUMBER, {"min_value": "9", "max_value": "1"}, "min_value", "`min_value` must be less than or equal to `max_value`"),
    (NUMBER, {"initial_value": "9", "max_value": "1"}, "initial_value", "must be between `min_value` and `max_value`"),
    ({"type": "file_input"}, {"max_files": 11}, "max_files", "must be less than 11"),
    ({"type": "file_input"}, {"max_files": 0}, "max_files", "must be greater than 0"),
    ({"type": "file_input"}, {"placeholder": plain()}, "", "invalid additional property: placeholder"),
    (LINES, {"initial_value": "text"}, "initial_value", "must be an object"),
    (LINES, {"min_lines": 0}, "min_lines", "must be greater than 0"),
    (LINES, {"min_lines": 101}, "min_lines", "must be less than 101"),
    (LINES, {"max_lines": 0}, "max_lines", "must be greater than 0"),
    (LINES, {"max_lines": 101}, "max_lines", "must be less than 101"),
    (LINES, {"min_lines": 9, "max_lines": 3}, "min_lines", "`min_lines` must be less than or equal to `max_lines`"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("element", "change", "at", "wrong"), WRONG, ids=lambda part: part if isinstance(part, str) else ""
)
def test_wrong_elements(element: Json, change: Json, at: str, wrong: str) -> None:
    place = place_of(element)
    pointer = "/".join(["/blocks/0", POINTERS[place], *([at] if at else [])])
    assert said(inside(place, {**element, **change}))[-1] == f"{wrong} [json-pointer:{pointer}]"


STYLE: Json = {"bold": True, "italic": False, "strike": True, "code": False, "underline": True}
INLINE: list[Json] = [
    {"type": "text", "text": "Hi", "style": STYLE},
    {"type": "link", "url": "mailto:a@example.com", "text": "Write", "unsafe": True, "style": STYLE},
    {"type": "user", "user_id": "U1", "style": {"highlight": True}},
    {"type": "channel", "channel_id": "C1", "style": {"unlink": True}},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "team", "team_id": "T1"},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 0, "format": "{ago}"},
    {"type": "color", "value": "#4A154B"},
    {"type": "emoji", "name": "wave", "unicode": "1f44b", "skin_tone": 1},
    {
        "type": "date",
        "timestamp": 1720710212,
        "format": "{date_num} at {time}",
        "fallback": "then",
        "url": "https://e.co",
    },
]
SECTION: Json = {"type": "rich_text_section", "elements": INLINE}
PARTS: list[Json] = [
    SECTION,
    {"type": "rich_text_section", "elements": []},
    {"type": "rich_text_list", "style": "bullet", "indent": 0, "offset": 0, "elements": []},
    {"type": "rich_text_list", "style": "ordered", "indent": 8, "offset": 3, "border": 1, "elements": [SECTION]},
    {"type": "rich_text_quote", "border": 0, "elements": INLINE},
    {"type": "rich_text_preformatted", "border": 0, "elements": INLINE[:2]},
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part["type"])
def test_rich_text(part: Json) -> None:
    assert said({"type": "rich_text", "block_id": "b", "elements": [part]}) == []


def listed(**more: object) -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": [], **more}


RICH_WRONG: list[tuple[Json, str]] = [
    (INLINE[0], "unsupported type: text [json-pointer:/blocks/0/elements/0/type]"),
    (listed(style="dash"), "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]"),
    (listed(indent=9), "must be less than 9 [json-pointer:/blocks/0/elements/0/indent]"),
    (listed(border=2), "must be less than 2 [json-pointer:/blocks/0/elements/0/border]"),
    (listed(offset=-1), "must be greater than -1 [json-pointer:/blocks/0/elements/0/offset]"),
    (listed(elements=INLINE[:1]), "unsupported type: text [json-pointer:/blocks/0/elements/0/elements/0/type]"),
    ({"type": "rich_text_list", "elements": []}, "missing required field: style [json-pointer:/blocks/0/elements/0]"),
    ({"type": "rich_text_section"}, "missing required field: elements [json-pointer:/blocks/0/elements/0]"),
    ({"type": "rich_text_preformatted", "elements": INLINE[2:3]}, "unsupported type: user [json-pointer:/blocks/0/elements/0/elements/0/type]"),
]  # fmt: skip
INLINE_WRONG: list[tuple[Json, str, str]] = [
    ({"type": "text", "text": ""}, "/text", "must be more than 0 characters"),
    ({"type": "text", "text": "a", "style": {"loud": True}}, "/style", "invalid additional property: loud"),
    ({"type": "text", "text": "a", "style": {"highlight": True}}, "/style", "invalid additional property: highlight"),
    ({"type": "text", "text": "a", "style": "bold"}, "/style", "must be an object"),
    ({"type": "link", "text": "a"}, "", "missing required field: url"),
    ({"type": "link", "url": "here"}, "/url", "must be a valid URL"),
    ({"type": "link", "url": "u:" + "e" * 2999}, "/url", "must be less than 3001 characters"),
    ({"type": "emoji", "name": "wave", "skin_tone": 0}, "/skin_tone", "must be greater than 0"),
    ({"type": "user"}, "", "missing required field: user_id"),
    ({"type": "broadcast", "range": "all"}, "/range", "must be a valid enum value"),
    ({"type": "emoji", "name": "wave", "skin_tone": 7}, "/skin_tone", "must be less than 7"),
    ({"type": "date", "format": "{date}"}, "", "missing required field: timestamp"),
    ({"type": "date", "timestamp": 1, "format": "soon"}, "/format", "must be a valid date format"),
    ({"type": "date", "timestamp": 1, "format": "{day}"}, "/format", "must be a valid date format"),
    ({"type": "date", "timestamp": "1", "format": "{ago}"}, "/timestamp", "must be an integer"),
    ({"type": "mrkdwn", "text": "a"}, "/type", "unsupported type: mrkdwn"),
]


@pytest.mark.parametrize(("part", "last"), RICH_WRONG)
def test_wrong_rich_text(part: Json, last: str) -> None:
    assert said({"type": "rich_text", "elements": [part]})[-1] == last


@pytest.mark.parametrize(("inline", "at", "wrong"), INLINE_WRONG)
def test_wrong_inline_elements(inline: Json, at: str, wrong: str) -> None:
    assert said(rich(inline))[-1] == f"{wrong} [json-pointer:/blocks/0/elements/0/elements/0{at}]"
