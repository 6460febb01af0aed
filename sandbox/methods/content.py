"""What a message says: reading text, blocks, attachments and metadata as strictly as Slack does."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox.blockkit import check_blocks
from sandbox.errors import Refused
from sandbox.methods.contract import Call, Json

LONGEST_TEXT = 40_000
LONGEST_UPDATE = 4_000
LONGEST_BLOCKS = 13_200
MOST_ATTACHMENTS = 100
LARGEST_METADATA = 16_000


@dataclass(frozen=True)
class Content:
    """A message's content; None means the argument was not given."""

    text: str | None
    blocks: list[Json] | None
    attachments: list[Json] | None
    metadata: Json | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.text or self.blocks or self.attachments)


def read(call: Call, too_long: str, *, metadata: bool = True) -> Content:
    """Read the content arguments; raises Refused as chat.* methods do (`too_long` names the code for blocks)."""
    if call.args.get("markdown_text") and (call.args.get("text") or call.args.get("blocks")):
        raise Refused("markdown_text_conflict")
    return Content(_text(call), read_blocks(call, too_long), _attachments(call), _metadata(call) if metadata else None)


def read_blocks(call: Call, too_long: str) -> list[Json] | None:
    """Read `blocks`; raises Refused("invalid_blocks") with what is wrong with them."""
    blocks = call.parsed("blocks", "invalid_blocks_format")
    if blocks is None:
        return None
    valid_blocks(blocks)
    if blocks and len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > LONGEST_BLOCKS:
        raise Refused(too_long)
    return list(blocks)


def valid_blocks(blocks: Any) -> None:
    """Refuse blocks that a message cannot hold; none at all is fine."""
    if blocks == []:
        return
    problems = check_blocks(blocks, "message")
    if any(problem.code == "invalid_blocks_format" for problem in problems):
        raise Refused("invalid_blocks_format")
    if problems:
        raise Refused("invalid_blocks", tuple(str(problem) for problem in problems))


def shortened(call: Call, text: str) -> str:
    """Cut text as chat.postMessage does, with a warning."""
    if len(text) <= LONGEST_TEXT:
        return text
    call.warnings.append("message_truncated")
    return text[:LONGEST_TEXT]


def _text(call: Call) -> str | None:
    value = call.args.get("markdown_text") or call.args.get("text")
    return None if value is None else str(value)


def _attachments(call: Call) -> list[Json] | None:
    attachments = call.parsed("attachments", "invalid_arguments")
    if attachments is None:
        return None
    if not isinstance(attachments, list):
        raise Refused("invalid_arguments", ("must be an array [json-pointer:/attachments]",))
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    return attachments


def _metadata(call: Call) -> Json | None:
    metadata: object = call.parsed("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if metadata == {}:
        return {}
    if not isinstance(metadata, dict):
        raise Refused("invalid_metadata_format")
    known = {"event_type", "event_payload", "entities"}
    payload, event_type = metadata.get("event_payload"), metadata.get("event_type")
    if not isinstance(event_type, str) or not event_type or not isinstance(payload, dict) or set(metadata) - known:
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise Refused("metadata_too_large")
    return metadata
