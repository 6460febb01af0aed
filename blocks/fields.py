"""The fields of a form: each draws itself under a name, and `read` gives what was filled in back under that name."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from blocks.kit import Block, clean, option
from playbook.tongue import phrase

Choices = Sequence[tuple[str, str]]


def text(
    name: str,
    label: str,
    value: str = "",
    *,
    most: int = 300,
    lines: bool = False,
    optional: bool = False,
    hint: str = "",
    example: str = "",
) -> Block:
    """Ask for words: one line, or several."""
    element: Block = {"type": "plain_text_input", "multiline": lines, "max_length": most}
    element |= {"initial_value": clean(value, most)} if value else {}
    element |= {"placeholder": _plain(example, 150)} if example else {}
    return _input(name, label, element, optional=optional, hint=hint)


def link(name: str, label: str, value: str = "", *, optional: bool = True, hint: str = "") -> Block:
    """Ask for a web address; Slack checks its form."""
    element: Block = {"type": "url_text_input"} | ({"initial_value": value} if value else {})
    return _input(name, label, element, optional=optional, hint=hint)


def email(name: str, label: str, value: str = "", *, optional: bool = True, hint: str = "") -> Block:
    """Ask for an e-mail address; Slack checks its form."""
    element: Block = {"type": "email_text_input"} | ({"initial_value": value} if value else {})
    return _input(name, label, element, optional=optional, hint=hint)


def clock(name: str, label: str, value: str = "", *, optional: bool = False, hint: str = "") -> Block:
    """Ask for a time of the day (HH:MM)."""
    element: Block = {"type": "timepicker"} | ({"initial_time": value} if value else {})
    return _input(name, label, element, optional=optional, hint=hint)


def choice(
    name: str,
    label: str,
    choices: Choices,
    value: str = "",
    *,
    optional: bool = False,
    hint: str = "",
    live: bool = False,
) -> Block:
    """Ask for one of a list: pairs of (what people read, value). `live` tells the bot at once when it changes."""
    element: Block = {"type": "static_select", "options": _options(choices)} | _chosen(choices, value)
    return _input(name, label, element, optional=optional, hint=hint, live=live)


def radio(name: str, label: str, choices: Choices, value: str = "", *, optional: bool = False, hint: str = "") -> Block:
    """Ask for one of a few (at most ten) that are all in view."""
    element: Block = {"type": "radio_buttons", "options": _options(choices)} | _chosen(choices, value)
    return _input(name, label, element, optional=optional, hint=hint)


def ticks(
    name: str, label: str, choices: Choices, values: Sequence[str] = (), *, optional: bool = True, hint: str = ""
) -> Block:
    """Ask for any of a few (at most ten)."""
    element: Block = {"type": "checkboxes", "options": _options(choices)}
    ticked = [pair for pair in choices if pair[1] in values]
    element |= {"initial_options": _options(ticked)} if ticked else {}
    return _input(name, label, element, optional=optional, hint=hint)


def search(name: str, label: str, value: str = "", *, shown: str = "", optional: bool = False, hint: str = "") -> Block:
    """Ask for one of a list that the bot looks up while somebody types (a route of kind OPTIONS answers).

    `shown` is what people read of the value, where that is something else.
    """
    element: Block = {
        "type": "external_select",
        "min_query_length": 0,
        "placeholder": _plain(phrase("Choose or type"), 150),
    }
    element |= {"initial_option": option(shown or value, value).to_dict()} if value else {}
    return _input(name, label, element, optional=optional, hint=hint)


def person(name: str, label: str, user_id: str = "", *, optional: bool = False, hint: str = "") -> Block:
    """Ask for one person."""
    element: Block = {"type": "users_select"} | ({"initial_user": user_id} if user_id else {})
    return _input(name, label, element, optional=optional, hint=hint)


def people(
    name: str,
    label: str,
    user_ids: Sequence[str] = (),
    *,
    optional: bool = True,
    hint: str = "",
    most: int = 0,
    live: bool = False,
) -> Block:
    """Ask for several people, `most` of them if there is a limit. `live` tells the bot at once when they change."""
    element: Block = {"type": "multi_users_select"} | ({"initial_users": list(user_ids)} if user_ids else {})
    element |= {"max_selected_items": most} if most else {}
    return _input(name, label, element, optional=optional, hint=hint, live=live)


def channel(name: str, label: str, channel_id: str = "", *, optional: bool = True, hint: str = "") -> Block:
    """Ask for a public or private channel."""
    kinds = {"include": ["public", "private"], "exclude_bot_users": True}
    element: Block = {"type": "conversations_select", "filter": kinds}
    element |= {"initial_conversation": channel_id} if channel_id else {}
    return _input(name, label, element, optional=optional, hint=hint)


def day(name: str, label: str, value: date | None = None, *, optional: bool = False, hint: str = "") -> Block:
    """Ask for a date."""
    element: Block = {"type": "datepicker"} | ({"initial_date": value.isoformat()} if value else {})
    return _input(name, label, element, optional=optional, hint=hint)


def moment(name: str, label: str, value: datetime | None = None, *, optional: bool = False, hint: str = "") -> Block:
    """Ask for a day and a time on the clock of whoever fills it in; it is read as the seconds since 1970."""
    element: Block = {"type": "datetimepicker"} | ({"initial_date_time": int(value.timestamp())} if value else {})
    return _input(name, label, element, optional=optional, hint=hint)


def read(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, str | tuple[str, ...]]:
    """Give what was filled in by field name: words, one value, or several; nothing is "" (Slack: view state)."""
    return {name: _answer(answer) for fields in values.values() for name, answer in fields.items()}


def _answer(state: Mapping[str, Any]) -> str | tuple[str, ...]:
    for several in ("selected_options", "selected_users", "selected_conversations", "selected_channels"):
        if several in state:
            return tuple(_value(item) for item in state[several] or ())
    for one in ("value", "selected_option", "selected_user", "selected_conversation", "selected_channel",
                "selected_date", "selected_time", "selected_date_time"):  # fmt: skip
        if one in state:
            return _value(state[one])
    return ""


def _value(item: Any) -> str:
    if isinstance(item, Mapping):
        return str(item.get("value") or "")
    return "" if item is None else str(item)


def _input(name: str, label: str, element: Block, *, optional: bool, hint: str, live: bool = False) -> Block:
    block: Block = {"type": "input", "block_id": name, "label": _plain(label, 2000), "optional": optional}
    block |= {"element": element | {"action_id": name}}
    block |= {"hint": _plain(hint, 2000)} if hint else {}
    return block | ({"dispatch_action": True} if live else {})


def _options(choices: Choices) -> list[Block]:
    return [option(label, value).to_dict() for label, value in choices]


def _chosen(choices: Choices, value: str) -> Block:
    found = [pair for pair in choices if value and pair[1] == value]
    return {"initial_option": _options(found)[0]} if found else {}


def _plain(words: str, most: int) -> Block:
    return {"type": "plain_text", "text": clean(words, most), "emoji": True}
