"""The digest's lines about contractors' first weeks: checklists, access, and people who are missing."""

from collections.abc import Mapping

from blocks.access import OPEN as ACCESS
from blocks.access_confirm import listed
from blocks.checklist import OPEN as CHECKLIST
from blocks.contractor import EDIT
from blocks.kit import Block, button, day_name, mention, one_line, plural, section
from playbook.digest import Alone, Overdue, Row, Unready

MOST_NAMES = 3
ROLES: Mapping[str, str] = {
    "manager": "manager",
    "operations": "operations",
    "buddy": "Shadow Buddy",
    "owner": "Project Owner",
    "lead": "technical lead",
    "escalation": "escalation contact",
}


def checklist(row: Row, title: str) -> list[Block]:
    """Say what of a checklist is overdue."""
    assert row.overdue is not None  # rows of this kind are about a checklist (playbook/digest.py)
    said, who = late(row.overdue), row.overdue.contractor
    return [section(f"*{title}* · {said}", button("Open", CHECKLIST, who, spoken="Open this checklist"))]


def late(one: Overdue) -> str:
    """Sum up a checklist that is overdue."""
    items = plural(one.items, "item")
    first = "" if one.items == 1 else "oldest: "
    return f"{mention(one.contractor)}: {items} overdue, {first}{one_line(one.oldest, 50)} ({day_name(one.since)})"


def access(row: Row, title: str) -> list[Block]:
    """Say what of somebody's access is missing."""
    assert row.unready is not None  # rows of this kind are about access (playbook/digest.py)
    said, who = unready(row.unready), row.unready.contractor
    return [section(f"*{title}* · {said}", button("Open", ACCESS, who, spoken="Open this contractor's access"))]


def unready(one: Unready) -> str:
    """Sum up what keeps somebody from working safely."""
    who, opened = mention(one.contractor), f"{one.missing} of {plural(one.total, 'tool')}"
    parts = [f"{_start(one)} and {opened} {'is' if one.missing == 1 else 'are'} not open yet"] if one.missing else []
    if one.unconfirmed:
        names = [one_line(name, 20) for name in one.unconfirmed]
        parts.append(f"2FA is not confirmed for {listed(names, MOST_NAMES)}")
    return f"{who}{' ' if one.missing else ': '}{'; '.join(parts)}"


def _start(one: Unready) -> str:
    if one.in_days < 0:
        return "has started"
    soon = {0: "starts today", 1: "starts tomorrow"}
    return soon.get(one.in_days, f"starts on {day_name(one.starts)}")


def missing(row: Row, title: str) -> list[Block]:
    """Say who is missing around somebody."""
    assert row.alone is not None  # rows of this kind are about people (playbook/digest.py)
    said, who = lonely(row.alone), row.alone.contractor
    return [section(f"*{title}* · {said}", button("Edit", EDIT, who, spoken="Choose who helps this contractor"))]


def lonely(one: Alone) -> str:
    """Sum up who is missing around somebody."""
    nobody = f"has no {_named(one.nobody, 'or')}" if one.nobody else ""
    verb = "has" if len(one.left) == 1 else "have"
    gone = f"their {_named(one.left, 'and')} {verb} left" if one.left else ""
    said = ", and ".join(part for part in (nobody, gone) if part)
    return f"{mention(one.contractor)}{' ' if nobody else ': '}{said}"


def _named(roles: tuple[str, ...], word: str) -> str:
    names = [ROLES[role] for role in roles]
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else names[0]
