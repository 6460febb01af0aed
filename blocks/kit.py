"""The vocabulary of everything people see: small builders over Slack's own models, and escaping.

What is drawn for every letter is written out: the models check each part anew, at fifty times the cost.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from slack_sdk.models import blocks as slack

from playbook import tongue
from playbook.tongue import phrase

Block = dict[str, Any]
View = dict[str, Any]

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
LONGEST = 2900
LONGEST_QUOTE = 1_300
MOST_ROWS = 100
MOST_FACTS = 10
MENU = "menu"
MENU_SIGN = "|"
LONGEST_CELL = 200


class Choice(slack.Option):
    """A choice whose length is looked at when it is put into words (blocks/tongue.py)."""

    def validate_json(self) -> None:
        """Leave it to whoever knows the reader's language."""


class Confirm(slack.ConfirmObject):
    """A question whose length is looked at when it is put into words (blocks/tongue.py)."""

    def validate_json(self) -> None:
        """Leave it to whoever knows the reader's language."""


def clean(text: str, most: int = LONGEST) -> str:
    """Take out what nobody can see (control and direction characters) and cut what is too long with an ellipsis."""
    return tongue.cut(UNSEEN.sub("", text.replace("\r\n", "\n")), most)


def esc(text: str, most: int = LONGEST) -> str:
    """Make somebody's words safe to show: no mention, link or tag of theirs comes alive (Slack: escaping text)."""
    return clean(text, most).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def one_line(text: str, most: int = 150) -> str:
    """Make somebody's words safe and put them on one line."""
    return esc(" ".join(text.split()), most)


def quoted(words: str, most: int = LONGEST_QUOTE) -> str:
    """Show somebody's words as a quotation."""
    return "\n".join(f"> {line}" for line in esc(words, most).split("\n"))


def mention(user_id: str) -> str:
    """Name a person the way Slack does; nobody's id, a dash."""
    return f"<@{user_id}>" if user_id else "–"


def channel(channel_id: str) -> str:
    """Name a channel the way Slack does."""
    return f"<#{channel_id}>"


def when(instant: datetime, form: str = "{date_short_pretty} {time}") -> str:
    """Show an instant on the reader's own clock (Slack: date formatting)."""
    return f"<!date^{int(instant.timestamp())}^{form}|{instant:%Y-%m-%d %H:%M} UTC>"


def day_name(day: date) -> str:
    """Show a calendar day that is the same for everybody."""
    return tongue.day(day)


def short_day(day: date) -> str:
    """Name a calendar day where there is little room, as under a chart."""
    return tongue.short_day(day)


def plural(count: int, one: str, many: str = "") -> str:
    """Count things in words: 1 blocker, 2 blockers."""
    return tongue.numbered(f"{{n}} {one}", f"{{n}} {many or one + 's'}", count)


def progress(done: float, whole: float, cells: int = 8) -> str:
    """Draw how much of a whole is done; it always stands beside the numbers."""
    full = min(cells, round(cells * done / whole)) if whole > 0 else 0
    return "▓" * full + "░" * (cells - full)


def header(text: str) -> Block:
    """Give a message or page its title."""
    return {"type": "header", "text": {"type": "plain_text", "text": clean(text, 150), "emoji": True}}


def section(text: str, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """Say something, in mrkdwn that is already safe, with at most one control beside it."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return block | ({"block_id": block_id} if block_id else {}) | ({"accessory": accessory} if accessory else {})


def facts(pairs: Sequence[tuple[str, str]]) -> Block:
    """Show up to ten facts side by side: pairs of (name, mrkdwn that is already safe)."""
    fields = [{"type": "mrkdwn", "text": f"*{name}*\n{text}"} for name, text in pairs[:MOST_FACTS]]
    return {"type": "section", "fields": fields}


def context(*texts: str) -> Block:
    """Say what is good to know, smaller."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text} for text in texts]}


def divider() -> Block:
    """Draw a line."""
    return slack.DividerBlock().to_dict()


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """Put controls in a row (at most 25)."""
    row: Block = {"type": "actions", "elements": list(elements)}
    return row | ({"block_id": block_id} if block_id else {})


def button(label: str, action_id: str, value: str = "", style: str | None = None, spoken: str | None = None) -> Block:
    """Offer one thing to do; `value` is a bare record id, `spoken` replaces the label for screen readers."""
    control: Block = {"type": "button", "action_id": action_id}
    control["text"] = {"type": "plain_text", "text": label, "emoji": True}
    more = {"value": value, "style": style, "accessibility_label": spoken}
    return control | {name: given for name, given in more.items() if given}


def asking_first(control: Block, title: str, text: str, yes: str, no: str = phrase("Keep it")) -> Block:
    """Ask once more before something that cannot be taken back."""
    confirm = Confirm(title=title, text=slack.PlainTextObject(text=text), confirm=yes, deny=no, style="danger")
    return control | {"confirm": confirm.to_dict()}


def menu(action_id: str, options: Sequence[tuple[str, str]]) -> Block:
    """Offer two to five rarer things behind three dots: pairs of (what people read, value)."""
    return slack.OverflowMenuElement(action_id=action_id, options=[option(*pair) for pair in options]).to_dict()


def menu_of(buttons: Sequence[tuple[str, str, str]]) -> Block:
    """Offer two to five buttons behind three dots: (what people read, action id, record id) each.

    Choosing one is the same as pressing a button of that action.
    """
    options = [option(label, f"{action_id}{MENU_SIGN}{value}") for label, action_id, value in buttons]
    return slack.OverflowMenuElement(action_id=MENU, options=options).to_dict()


def option(label: str, value: str) -> slack.Option:
    """Make one choice of a list."""
    return Choice(text=slack.PlainTextObject(text=clean(label, 75) or "–", emoji=True), value=value)


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = (), most: int = LONGEST_CELL
) -> Block:
    """Show rows and columns as Slack's own table; `numbers` names the columns that are set to the right.

    A cell holds at most `most` characters.
    """
    shown = [head, *rows[: MOST_ROWS - 1]]
    cells = [[{"type": "raw_text", "text": clean(cell, most) or "–"} for cell in row] for row in shown]
    settings = [
        {"align": "right" if at in numbers else "left", "is_wrapped": at not in numbers} for at in range(len(head))
    ]
    return {"type": "table", "rows": cells, "column_settings": settings}


def bars(title: str, categories: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], unit: str) -> Block:
    """Draw amounts side by side as Slack's own chart; values stand in the order of the categories (at most 20)."""
    drawn = [
        {
            "name": clean(name, 20),
            "data": [{"label": label, "value": value} for label, value in zip(categories, values, strict=True)],
        }
        for name, values in series
    ]
    axis = {"categories": list(categories), "y_label": unit}
    chart = {"type": "bar", "series": drawn, "axis_config": axis}
    return {"type": "data_visualization", "title": clean(title, 50), "chart": chart}


def pie(title: str, parts: Sequence[tuple[str, float]]) -> Block:
    """Draw the parts of a whole as Slack's own chart (each part more than nothing, at most 12)."""
    segments = [{"label": clean(label, 20), "value": value} for label, value in parts]
    return {"type": "data_visualization", "title": clean(title, 50), "chart": {"type": "pie", "segments": segments}}


def modal(
    title: str,
    blocks: Sequence[Block],
    callback_id: str = "",
    submit: str = "",
    close: str = phrase("Cancel"),
    memo: str = "",
    *,
    keeps_draft: bool = False,
) -> View:
    """Make a form or a page over what people see; `memo` comes back with it, seen by the person, so never trusted."""
    view: View = {"type": "modal", "title": _plain(title), "close": _plain(close), "blocks": list(blocks)}
    view |= {"callback_id": callback_id} if callback_id else {}
    view |= {"submit": _plain(submit)} if submit else {}
    view |= {"private_metadata": memo} if memo else {}
    return view | ({"notify_on_close": True} if keeps_draft else {})


def page(title: str, text: str, *more: Block) -> View:
    """Make a modal that only tells something."""
    return modal(title, [section(text), *more], close=phrase("Close"))


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": clean(text, 24), "emoji": True}
