"""What people type, turned into what Slack stores: escaping, mentions and rich text."""

import re
from collections.abc import Mapping
from typing import Any

Names = Mapping[str, str]
WORD_END = r"(?![\w.-]*\w)"
TOKEN = re.compile(r"<(@|#|!|https?:|mailto:)([^<>|]*)(?:\|([^<>]*))?>")
URL = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"]")


def escape(text: str) -> str:
    """Escape the three characters Slack's markup is made of."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Undo `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str, people: Names, channels: Names) -> str:
    """Turn typed text into mrkdwn: `people` gives ids by lower-case handle and name, `channels` ids by name."""
    found = _marked(escape(text), people, channels, with_handles=False)
    return URL.sub(lambda match: f"<{match.group()}>", found)


def command_text(text: str, people: Names, channels: Names) -> str:
    """Turn a command's text into what Slack sends with should_escape: `<@U…|handle>` and `<#C…|name>`."""
    return _marked(escape(text), people, channels, with_handles=True)


def _marked(text: str, people: Names, channels: Names, *, with_handles: bool) -> str:
    names = sorted(people, key=len, reverse=True)
    if names:
        pattern = re.compile(rf"(?<![\w@])@({'|'.join(map(re.escape, names))}){WORD_END}", re.IGNORECASE)
        text = pattern.sub(lambda match: _mention(match.group(1), people, with_handles=with_handles), text)
    rooms = sorted(channels, key=len, reverse=True)
    if rooms:
        pattern = re.compile(rf"(?<![\w#&])#({'|'.join(map(re.escape, rooms))}){WORD_END}")
        text = pattern.sub(lambda match: f"<#{channels[match.group(1)]}|{match.group(1)}>", text)
    return text


def _mention(name: str, people: Names, *, with_handles: bool) -> str:
    user = people[name.lower()]
    if not with_handles:
        return f"<@{user}>"
    handle = next(known for known, owner in people.items() if owner == user)
    return f"<@{user}|{handle}>"


def rich_text(text: str, block_id: str) -> list[dict[str, Any]]:
    """Give the rich_text block Slack stores beside a typed message."""
    parts: list[dict[str, Any]] = []
    position = 0
    for match in TOKEN.finditer(text):
        _plain(parts, text[position : match.start()])
        parts.append(_rich(match))
        position = match.end()
    _plain(parts, text[position:])
    section = {"type": "rich_text_section", "elements": parts}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def _plain(parts: list[dict[str, Any]], text: str) -> None:
    if text:
        parts.append({"type": "text", "text": unescape(text)})


def _rich(match: re.Match[str]) -> dict[str, Any]:
    kind, rest, label = match.groups()
    if kind == "@":
        return {"type": "user", "user_id": rest}
    if kind == "#":
        return {"type": "channel", "channel_id": rest}
    if kind == "!":
        return {"type": "broadcast", "range": rest}
    link = {"type": "link", "url": unescape(kind + rest)}
    return {**link, "text": unescape(label)} if label else link
