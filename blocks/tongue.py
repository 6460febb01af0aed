"""Blocks and views put into words for their reader, within the lengths that Slack allows (Slack: Block Kit)."""

from collections.abc import Mapping
from typing import Any

from playbook.tongue import Tongue, clean, cut, say

UNSPOKEN = frozenset(
    ("private_metadata", "value", "action_id", "block_id", "callback_id", "type", "url", "external_id")
)
# The longest text of a control, by the name under which it stands in what holds it; what is not here may be 3,000 long.
LONGEST = {"title": 24, "submit": 24, "close": 24, "placeholder": 150, "label": 2_000, "hint": 2_000, "description": 75}
IN_A_BUTTON, IN_A_HEADER, IN_A_QUESTION = 75, 150, {"title": 100, "text": 300, "confirm": 30, "deny": 30}
LONGEST_BARE = {"accessibility_label": 75, "alt_text": 2_000}
IN_A_CHART = {"title": 50, "x_label": 50, "y_label": 50, "name": 20, "label": 20, "categories": 20}
LONGEST_TEXT, LONGEST_FIELD = 3_000, 2_000


def spoken(shown: Any, tongue: Tongue, name: str = "", holder: str = "") -> Any:
    """Put everything that is read into words; `name` and `holder` say where it stands."""
    if isinstance(shown, str):
        return cut(say(shown, tongue), LONGEST_BARE[name]) if name in LONGEST_BARE else say(shown, tongue)
    if isinstance(shown, Mapping):
        return _object(shown, tongue, name, holder)
    if isinstance(shown, list | tuple):
        return [spoken(one, tongue, name, holder) for one in shown]
    return shown


def _object(shown: Mapping[str, Any], tongue: Tongue, name: str, holder: str) -> dict[str, Any]:
    kind = str(shown.get("type", name))
    said = {
        key: value if key in UNSPOKEN else spoken(value, tongue, key, "confirm" if name == "confirm" else kind)
        for key, value in shown.items()
    }
    if kind == "plain_text" and isinstance(said.get("text"), str):
        said["text"] = _fitting(said["text"], name, holder)
    elif kind == "mrkdwn":
        said["text"] = _whole_lines(said["text"], LONGEST_FIELD if name == "fields" else LONGEST_TEXT)
    return _charted(said) if kind == "data_visualization" else said


def _charted(part: Any, name: str = "") -> Any:
    """Cut what is too long for a chart; the same everywhere in it, since points find their category by its words."""
    if isinstance(part, Mapping):
        return {key: _charted(value, key) for key, value in part.items()}
    if isinstance(part, list):
        return [_charted(one, name) for one in part]
    return cut(part, IN_A_CHART[name]) if isinstance(part, str) and name in IN_A_CHART else part


def _whole_lines(text: str, most: int) -> str:
    """Leave out the last lines of what a language needs more room for than Slack gives."""
    if len(text) <= most:
        return text
    kept = text[: most - 2]
    return kept[: kept.rfind("\n") if "\n" in kept else kept.rfind(" ")] + "\n…"


def _fitting(text: str, name: str, holder: str) -> str:
    """Cut what a language needs more room for than Slack gives."""
    most = {"button": IN_A_BUTTON, "header": IN_A_HEADER}.get(holder, LONGEST.get(name, LONGEST_TEXT))
    if holder == "confirm":
        most = IN_A_QUESTION.get(name, most)
    elif name == "text" and holder in ("options", "option"):
        most = IN_A_BUTTON
    return cut(text, most)


__all__ = ["clean", "spoken"]
