"""Test messages: the form that asks which, and each message with its mark and without anything that works."""

from collections.abc import Iterator, Sequence
from typing import Any

from blocks import fields
from blocks.kit import Block, View, clean, context, esc, mention, modal, one_line, section
from playbook.tongue import phrase

FORM = "workspace.samples_form"
ALL = "all"
MOST_BLOCKS = 50
PARTS = (
    (phrase("Everything"), ALL),
    (phrase("What the contractor gets"), "contractor"),
    (phrase("What the manager gets"), "manager"),
    (phrase("What operations gets"), "operations"),
    (phrase("What the buddy gets"), "buddy"),
    (phrase("What channels get"), "channel"),
)

Drawn = tuple[str, list[Block]]


def form(templates: Sequence[str]) -> View:
    """Ask for whom the messages are to be drawn, and which of them."""
    intro = section(phrase("I send you every message of the path now, marked as a test. Nobody else gets anything."))
    choices = [(name, name) for name in templates[:99]]
    template = [
        fields.choice("template", phrase("Template"), choices, optional=True, hint=phrase("For the example contractor"))
    ]
    blocks = [
        intro,
        fields.person(
            "sample_of",
            phrase("Contractor"),
            optional=True,
            hint=phrase("Left empty, the messages are for an example contractor: you"),
        ),
        *(template if choices else []),
        fields.radio("part", phrase("Which messages"), PARTS, ALL),
    ]
    return modal(phrase("Test messages"), blocks, FORM, submit=phrase("Send me these"))


def coming(count: int, user_id: str, name: str) -> Drawn:
    """Say how many messages are coming; `name` is the example's where it is nobody on the path."""
    whose = (
        phrase("as {user_id} would cause them", user_id=mention(user_id))
        if not name
        else phrase("for an example contractor called {name}", name=esc(name))
    )
    pace = phrase(" Slack lets me send about one a second.") if count > 10 else ""  # noqa: PLR2004 - ten seconds are a wait
    many = phrase("1 message is") if count == 1 else phrase("{count} messages are", count=count)
    text = phrase("Test · {many} coming, {whose}.{pace} Nobody else gets anything.", many=many, whose=whose, pace=pace)
    return text, [section(text)]


def marked(name: str, receiver: str, when: str, text: str, blocks: Sequence[Block]) -> Drawn:
    """Mark a message as a test, and take out of it whatever could be pressed."""
    mark = phrase(
        "Test · {name} · would go to {receiver} {when}",
        name=one_line(name, 80),
        receiver=receiver,
        when=one_line(when, 120),
    )
    shown = [drawn for block in blocks for drawn in _harmless(block)] or [section(esc(text))]
    return clean(phrase("Test · {text}", text=text)), [context(mark), *shown[: MOST_BLOCKS - 1]]


def _harmless(block: Block) -> Iterator[Block]:
    """Give a block without its controls, which are named instead."""
    kind = block["type"]
    if kind in {"actions", "input"}:
        controls = block.get("elements") or [block.get("element") or {}]
        yield _named(controls)
        return
    if kind == "section" and _works(block.get("accessory") or {}):
        yield {name: value for name, value in block.items() if name not in {"accessory", "block_id"}}
        yield _named([block["accessory"]])
        return
    yield {name: value for name, value in block.items() if name != "block_id"}


def _works(accessory: Block) -> bool:
    return bool(accessory) and accessory["type"] != "image"


def _named(controls: Sequence[Block]) -> Block:
    labels = " · ".join(f"[{esc(_label(one), 80)}]" for one in controls)
    return context(phrase("{labels} (nothing to press in a test)", labels=labels))


def _label(control: Block) -> str:
    words: Any = control.get("text") or control.get("placeholder") or {"text": phrase("a menu")}
    return str(words.get("text"))
