"""What people see of a CSV file of contractors: how it is written, what would come of it, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks.kit import Block, actions, button, clean, context, esc, section, table
from playbook.contractor_csv import EXAMPLE_LINE, TEMPLATE_LINE
from playbook.tongue import numbered, phrase

CONFIRM = "contractor.take_in"
CANCEL = "contractor.leave_out"
ROWS_A_MESSAGE = 20
MOST_PROBLEMS = 20
LONGEST = 2800
HEAD = (phrase("Line"), phrase("Who"), phrase("What"), phrase("First day"), phrase("Role"), phrase("Manager"))
Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Line:
    """One row of the file as it is shown: what would be done (add, change, keep, problem), and the words for it."""

    number: int
    kind: str
    who: str
    what: str
    start: str = ""
    role: str = ""
    manager: str = ""


def explained(most: int) -> Drawn:
    """Explain what belongs into the file, with a line to copy."""
    text = phrase(
        "To add many contractors at once, drop a CSV file here in our direct message. I show what it means first."
    )
    columns = phrase(
        "*Who*: `email`, or `name`, `slack id` or `@handle` of somebody who is in Slack "
        "already\n*Needed*: `start date` (2026-12-01 or 1 Dec 2026), `role`, `project`\n*If you like*: "
        "`bottleneck`, `manager` (you, where none is given), `buddy`, `owner`, `lead`, `operations`: "
        "an e-mail address, @handle or full name; `hours` a week, `days` (Mon-Fri), `from`, `to`, "
        "`country`, `template`"
    )
    lines = f"```{TEMPLATE_LINE}\n{EXAMPLE_LINE}```"
    limits = phrase(
        "Columns in any order, between commas, semicolons or tabs; at most {most} rows and 1 MB.", most=most
    )
    return text, [section(text), section(columns), section(lines), context(limits)]


def tables(lines: Sequence[Line]) -> list[Drawn]:
    """Show every row of the file, as many messages as that takes."""
    parts = [lines[first : first + ROWS_A_MESSAGE] for first in range(0, len(lines), ROWS_A_MESSAGE)]
    return [_part(part, number, len(parts)) for number, part in enumerate(parts, 1)]


def _part(lines: Sequence[Line], number: int, parts: int) -> Drawn:
    which = phrase(" (part {number} of {parts})", number=number, parts=parts) if parts > 1 else ""
    text = phrase(
        "What the file says, line {number} to {number_2}{which}",
        number=lines[0].number,
        number_2=lines[-1].number,
        which=which,
    )
    rows = [
        (str(line.number), clean(line.who, 60), clean(line.what, 120), line.start, clean(line.role, 60),
         clean(line.manager, 60))
        for line in lines
    ]  # fmt: skip
    return text, [section(text), table(HEAD, rows, numbers=(0,))]


def preview(name: str, lines: Sequence[Line], token: str) -> Drawn:
    """Sum up what would be done, name every problem, and ask."""
    adds, changes, problems = ([line for line in lines if line.kind == kind] for kind in ("add", "change", "problem"))
    text = phrase(
        "{name}: {contractor} to add, {changes} to change.",
        name=esc(name, 100),
        contractor=numbered("{n} contractor", "{n} contractors", len(adds)),
        changes=len(changes),
    )
    if problems:
        text += phrase(" {line} cannot be taken.", line=numbered("{n} line", "{n} lines", len(problems)))
    shown = [section(phrase("*{text}*\nNothing is written yet.", text=text)), *_problems(problems)]
    return text, [*shown, actions(*_doors(len(adds), len(changes), token))]


def _doors(adds: int, changes: int, token: str) -> list[Block]:
    cancel = button(phrase("Cancel"), CANCEL, token)
    if not adds and not changes:
        return [cancel]
    label = (
        phrase("Add {contractor}", contractor=numbered("{n} contractor", "{n} contractors", adds))
        if adds
        else phrase("Change {contractor}", contractor=numbered("{n} contractor", "{n} contractors", changes))
    )
    label += phrase(", change {changes}", changes=changes) if adds and changes else ""
    return [button(label, CONFIRM, token, style="primary"), cancel]


def _problems(problems: Sequence[Line]) -> list[Block]:
    if not problems:
        return []
    said: list[str] = []
    for line in problems[:MOST_PROBLEMS]:
        words = phrase(
            "• Line {number} ({who}): {what}", number=line.number, who=esc(line.who, 60), what=esc(line.what, 400)
        )
        if sum(map(len, said)) + len(words) > LONGEST:
            break
        said.append(words)
    more = len(problems) - len(said)
    said += [phrase("…and {more} more, in the table above", more=more)] if more else []
    return [
        section("\n".join(said)),
        context(phrase("Mend these lines in the file and drop it again, or go on without them.")),
    ]


def done(added: int, changed: int, left_out: Sequence[Line]) -> Drawn:
    """Say what came of the file."""
    text = phrase(
        "Done: {contractor} added, {changed} changed. `/contractor` lists everybody.",
        contractor=numbered("{n} contractor", "{n} contractors", added),
        changed=changed,
    )
    return text, [section(text), *_problems(left_out)]


def cancelled() -> Drawn:
    """Say that nothing came of the file."""
    text = phrase("Cancelled. Nothing was written; drop the file again whenever you like.")
    return text, [section(text)]


def over() -> Drawn:
    """Say that there is nothing left to do."""
    text = phrase("This was answered already, or lay here for more than a day. Nothing was done now.")
    return text, [section(text)]
