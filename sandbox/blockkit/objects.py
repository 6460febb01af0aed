"""Composition objects: texts, options, confirmations and the other small parts of blocks and elements."""

from __future__ import annotations

from sandbox.blockkit.checks import (
    WRONG_ENUM,
    Check,
    Shape,
    array,
    boolean,
    kinds,
    link,
    one_of,
    string,
    tagged,
)
from sandbox.blockkit.rules import exactly_one

TEXT_MOST = 3000


def _plain_table(most: int) -> Shape:
    return tagged({"text": string(most)}, {"emoji": boolean})


def _mrkdwn_table(most: int) -> Shape:
    return tagged({"text": string(most)}, {"verbatim": boolean})


def plain(most: int = TEXT_MOST) -> Check:
    """Accept a plain_text object only."""
    return kinds({"plain_text": _plain_table(most)}, WRONG_ENUM)


def text(most: int = TEXT_MOST) -> Check:
    """Accept a plain_text or mrkdwn object."""
    return kinds(text_tables(most), WRONG_ENUM)


def text_tables(most: int = TEXT_MOST) -> dict[str, Check]:
    """Both kinds of text object, for lists that hold texts among other things."""
    return {"plain_text": _plain_table(most), "mrkdwn": _mrkdwn_table(most)}


CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)

OPTION_VALUE = string(150)
OPTION = Shape({"text": plain(75), "value": OPTION_VALUE}, {"description": plain(75)})
LINK_OPTION = Shape({"text": plain(75), "value": OPTION_VALUE}, {"description": plain(75), "url": link(3000)})
RICH_OPTION = Shape({"text": text(75), "value": OPTION_VALUE}, {"description": text(75)})
OPTIONS = array(OPTION, 1, 100)
OPTION_GROUP = Shape({"label": plain(75), "options": OPTIONS})
OPTION_GROUPS = array(OPTION_GROUP, 1, 100)

FILTER = Shape(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
DISPATCH_CONFIG = Shape(
    {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)},
)
SLACK_FILE = Shape({}, {"id": string(), "url": link()}, (exactly_one("id", "url"),))
FEEDBACK_BUTTON = Shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

INPUT_PARAMETER = Shape({"name": string(), "value": string(least=0)})
TRIGGER = Shape({"url": link(3000)}, {"customizable_input_parameters": array(INPUT_PARAMETER)})
WORKFLOW = Shape({"trigger": TRIGGER})

# fmt: off
ICON_NAMES = (
    "archive", "book", "bookmark", "bot", "bug", "calendar", "call", "caret-left",
    "caret-right", "check", "clipboard", "code", "comment", "compass", "copy", "cube",
    "download", "edit", "email", "eye-closed", "eye-open", "file", "flag", "folder",
    "gear", "globe", "heart", "help", "image", "info", "key", "lightbulb",
    "link", "map", "mobile", "new-window", "pin", "plus", "refine", "refresh",
    "rocket", "save", "screen", "share", "sparkle", "star", "star-filled", "tag",
    "thumbs-down", "thumbs-up", "trash", "upload", "user", "warning",
)
# fmt: on
SLACK_ICON = kinds({"icon": tagged({"name": one_of(*ICON_NAMES)})})
