"""Filling in forms: what each input holds, and what Slack's own client checks."""

from typing import Any

import pytest

from sandbox.errors import Mistake
from sandbox.stateful import client_errors, fill, state
from tests.sandbox.helpers import plain

OPTIONS = [{"text": plain(name), "value": name} for name in ("red", "blue", "green")]
PEOPLE = {"ana": "U1", "bruno": "U2"}


def asked(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": "b", "label": plain("?"), "element": element | {"action_id": "a"}, **more}


def filled(element: dict[str, Any], value: object) -> dict[str, Any]:
    return fill(element | {"action_id": "a"}, value, [], lambda _noun, name: PEOPLE.get(name))


FILLED: list[tuple[dict[str, Any], object, dict[str, Any]]] = [
    ({"type": "plain_text_input"}, "hi", {"value": "hi"}),
    ({"type": "plain_text_input"}, "", {"value": None}),
    ({"type": "number_input"}, 5, {"value": "5"}),
    ({"type": "static_select", "options": OPTIONS}, "red", {"selected_option": OPTIONS[0]}),
    ({"type": "static_select", "option_groups": [{"options": OPTIONS}]}, "blue", {"selected_option": OPTIONS[1]}),
    ({"type": "checkboxes", "options": OPTIONS}, ["red", "green"], {"selected_options": [OPTIONS[0], OPTIONS[2]]}),
    ({"type": "checkboxes", "options": OPTIONS}, None, {"selected_options": []}),
    ({"type": "users_select"}, "ana", {"selected_user": "U1"}),
    ({"type": "multi_users_select"}, ["ana", "bruno"], {"selected_users": ["U1", "U2"]}),
    ({"type": "datepicker"}, "2026-11-23", {"selected_date": "2026-11-23"}),
    ({"type": "timepicker"}, "09:05", {"selected_time": "09:05"}),
    ({"type": "datetimepicker"}, "1763888400", {"selected_date_time": 1763888400}),
]


@pytest.mark.parametrize(("element", "value", "held"), FILLED)
def test_what_an_input_holds(element: dict[str, Any], value: object, held: dict[str, Any]) -> None:
    assert filled(element, value) == {"type": element["type"], **held}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "static_select", "options": OPTIONS}, "pink"),
        ({"type": "users_select"}, "nobody"),
        ({"type": "datepicker"}, "23.11.2026"),
        ({"type": "timepicker"}, "25:00"),
        ({"type": "button"}, "x"),
    ],
)
def test_what_cannot_be_chosen(element: dict[str, Any], value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        filled(element, value)


def test_an_unknown_option_is_explained() -> None:
    with pytest.raises(Mistake, match="no option 'pink'"):
        filled({"type": "radio_buttons", "options": OPTIONS}, "pink")


@pytest.mark.parametrize(
    ("element", "held"),
    [
        ({"type": "plain_text_input", "initial_value": "x"}, {"value": "x"}),
        ({"type": "plain_text_input"}, {"value": None}),
        ({"type": "checkboxes", "options": OPTIONS}, {"selected_options": []}),
        ({"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1]}, {"selected_option": OPTIONS[1]}),
        ({"type": "datepicker", "initial_date": "2026-11-23"}, {"selected_date": "2026-11-23"}),
    ],
)
def test_what_an_input_holds_at_first(element: dict[str, Any], held: dict[str, Any]) -> None:
    assert state([asked(element)]) == {"b": {"a": {"type": element["type"], **held}}}


CHECKED: list[tuple[dict[str, Any], object, bool]] = [
    ({"type": "plain_text_input"}, None, False),
    ({"type": "plain_text_input"}, "   ", False),
    ({"type": "plain_text_input", "min_length": 3}, "ab", False),
    ({"type": "plain_text_input", "min_length": 2}, "ab", True),
    ({"type": "plain_text_input", "max_length": 1}, "ab", False),
    ({"type": "plain_text_input"}, "x" * 3001, False),
    ({"type": "number_input", "is_decimal_allowed": False}, "2.5", False),
    ({"type": "number_input", "is_decimal_allowed": True}, "2.5", True),
    ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2.5", False),
    ({"type": "number_input", "is_decimal_allowed": False, "min_value": "-1"}, "-1", True),
    ({"type": "number_input", "is_decimal_allowed": False}, "two", False),
    ({"type": "email_text_input"}, "ana@example", False),
    ({"type": "email_text_input"}, "ana@example.com", True),
    ({"type": "url_text_input"}, "example.com", False),
    ({"type": "url_text_input"}, "https://example.com/a", True),
    ({"type": "checkboxes", "options": OPTIONS}, [], False),
    ({"type": "multi_static_select", "options": OPTIONS, "max_selected_items": 1}, ["red", "blue"], False),
    ({"type": "multi_static_select", "options": OPTIONS, "max_selected_items": 2}, ["red", "blue"], True),
]


@pytest.mark.parametrize(("element", "value", "fine"), CHECKED)
def test_what_the_client_checks(element: dict[str, Any], value: object, *, fine: bool) -> None:
    block = asked(element)
    errors = client_errors([block], {"b": {"a": filled(element, value)}})

    assert (errors == {}) is fine


def test_optional_inputs_may_be_empty() -> None:
    block = asked({"type": "plain_text_input"}, optional=True)

    assert client_errors([block], state([block])) == {}
