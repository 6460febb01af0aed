"""The digest's lines about contractors' first weeks: checklists, access, and people who are missing."""

from collections.abc import Mapping

from blocks.access import OPEN as ACCESS
from blocks.access_confirm import listed
from blocks.checklist import OPEN as CHECKLIST
from blocks.contractor import EDIT
from blocks.kit import Block, button, day_name, mention, one_line, section
from playbook.digest import Alone, Overdue, Row, Unready
from playbook.tongue import numbered, phrase

MOST_NAMES = 3
ROLES: Mapping[str, str] = {
    "manager": "manager",
    "operations": "operations",
    "buddy": phrase("Shadow Buddy"),
    "owner": phrase("Project Owner"),
    "lead": phrase("technical lead"),
    "escalation": phrase("escalation contact"),
}


def checklist(row: Row, title: str) -> list[Block]:
    """Say what of a checklist is overdue."""
    assert row.overdue is not None  # rows of this kind are about a checklist (playbook/digest.py)
    said, who = late(row.overdue), row.overdue.contractor
    return [
        section(f"*{title}* · {said}", button(phrase("Open"), CHECKLIST, who, spoken=phrase("Open this checklist")))
    ]


def late(one: Overdue) -> str:
    """Sum up a checklist that is overdue."""
    items = numbered("{n} item", "{n} items", one.items)
    first = "" if one.items == 1 else phrase("oldest: ")
    return phrase(
        "{contractor}: {items} overdue, {first}{oldest} ({since})",
        contractor=mention(one.contractor),
        items=items,
        first=first,
        oldest=one_line(one.oldest, 50),
        since=day_name(one.since),
    )


def access(row: Row, title: str) -> list[Block]:
    """Say what of somebody's access is missing."""
    assert row.unready is not None  # rows of this kind are about access (playbook/digest.py)
    said, who = unready(row.unready), row.unready.contractor
    return [
        section(
            f"*{title}* · {said}", button(phrase("Open"), ACCESS, who, spoken=phrase("Open this contractor's access"))
        )
    ]


def unready(one: Unready) -> str:
    """Sum up what keeps somebody from working safely."""
    who, tools = mention(one.contractor), numbered("{n} tool", "{n} tools", one.total)
    shut = numbered(
        "{start} and {n} of {tools} is not open yet",
        "{start} and {n} of {tools} are not open yet",
        one.missing,
        start=_start(one),
        tools=tools,
    )
    parts = [shut] if one.missing else []
    if one.unconfirmed:
        names = [one_line(name, 20) for name in one.unconfirmed]
        parts.append(phrase("2FA is not confirmed for {names}", names=listed(names, MOST_NAMES)))
    return f"{who}{' ' if one.missing else ': '}{'; '.join(parts)}"


def _start(one: Unready) -> str:
    if one.in_days < 0:
        return phrase("has started")
    soon = {0: phrase("starts today"), 1: phrase("starts tomorrow")}
    return soon.get(one.in_days, phrase("starts on {starts}", starts=day_name(one.starts)))


def missing(row: Row, title: str) -> list[Block]:
    """Say who is missing around somebody."""
    assert row.alone is not None  # rows of this kind are about people (playbook/digest.py)
    said, who = lonely(row.alone), row.alone.contractor
    return [
        section(
            f"*{title}* · {said}", button(phrase("Edit"), EDIT, who, spoken=phrase("Choose who helps this contractor"))
        )
    ]


def lonely(one: Alone) -> str:
    """Sum up who is missing around somebody."""
    nobody = phrase("has no {nobody}", nobody=_named(one.nobody, phrase("or"))) if one.nobody else ""
    left = _named(one.left, phrase("and")) if one.left else ""
    gone = numbered("their {left} has left", "their {left} have left", len(one.left), left=left) if left else ""
    said = phrase(", and ").join(part for part in (nobody, gone) if part)
    return f"{mention(one.contractor)}{' ' if nobody else ': '}{said}"


def _named(roles: tuple[str, ...], word: str) -> str:
    names = [ROLES[role] for role in roles]
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else names[0]
