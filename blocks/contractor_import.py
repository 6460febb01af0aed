"""What people see of a CSV file of contractors: how it is written, what would come of it, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks.kit import Block, actions, button, clean, context, esc, plural, section, table
from playbook.contractor_csv import EXAMPLE_LINE, TEMPLATE_LINE

CONFIRM = "contractor.take_in"
CANCEL = "contractor.leave_out"
ROWS_A_MESSAGE = 20
MOST_PROBLEMS = 20
LONGEST = 2800
HEAD = ("Line", "Who", "What", "Start", "Role", "Manager")
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
    text = "To add many contractors at once, drop a CSV file here in our direct message. I show what it means first."
    columns = (
        "*Who*: `email`, or `name`, `slack id` or `@handle` of somebody who is in Slack already\n"
        "*Needed*: `start date` (2026-12-01 or 1 Dec 2026), `role`, `project`\n"
        "*If you like*: `bottleneck`, `manager` (you, where none is given), `buddy`, `owner`, `lead`, `operations`: "
        "an e-mail address, @handle or full name; `hours` a week, `days` (Mon-Fri), `from`, `to`, `country`, `template`"
    )
    lines = f"```{TEMPLATE_LINE}\n{EXAMPLE_LINE}```"
    limits = f"Columns in any order, between commas, semicolons or tabs; at most {most} rows and 1 MB."
    return text, [section(text), section(columns), section(lines), context(limits)]


def tables(lines: Sequence[Line]) -> list[Drawn]:
    """Show every row of the file, as many messages as that takes."""
    parts = [lines[first : first + ROWS_A_MESSAGE] for first in range(0, len(lines), ROWS_A_MESSAGE)]
    return [_part(part, number, len(parts)) for number, part in enumerate(parts, 1)]


def _part(lines: Sequence[Line], number: int, parts: int) -> Drawn:
    which = f" (part {number} of {parts})" if parts > 1 else ""
    text = f"What the file says, line {lines[0].number} to {lines[-1].number}{which}"
    rows = [
        (str(line.number), clean(line.who, 60), clean(line.what, 120), line.start, clean(line.role, 60),
         clean(line.manager, 60))
        for line in lines
    ]  # fmt: skip
    return text, [section(text), table(HEAD, rows, numbers=(0,))]


def preview(name: str, lines: Sequence[Line], token: str) -> Drawn:
    """Sum up what would be done, name every problem, and ask."""
    adds, changes, problems = ([line for line in lines if line.kind == kind] for kind in ("add", "change", "problem"))
    text = f"{esc(name, 100)}: {plural(len(adds), 'contractor')} to add, {len(changes)} to change."
    if problems:
        text += f" {plural(len(problems), 'line')} cannot be taken."
    shown = [section(f"*{text}*\nNothing is written yet."), *_problems(problems)]
    return text, [*shown, actions(*_doors(len(adds), len(changes), token))]


def _doors(adds: int, changes: int, token: str) -> list[Block]:
    cancel = button("Cancel", CANCEL, token)
    if not adds and not changes:
        return [cancel]
    label = f"Add {plural(adds, 'contractor')}" if adds else f"Change {plural(changes, 'contractor')}"
    label += f", change {changes}" if adds and changes else ""
    return [button(label, CONFIRM, token, style="primary"), cancel]


def _problems(problems: Sequence[Line]) -> list[Block]:
    if not problems:
        return []
    said: list[str] = []
    for line in problems[:MOST_PROBLEMS]:
        words = f"• Line {line.number} ({esc(line.who, 60)}): {esc(line.what, 400)}"
        if sum(map(len, said)) + len(words) > LONGEST:
            break
        said.append(words)
    more = len(problems) - len(said)
    said += [f"…and {more} more, in the table above"] if more else []
    return [section("\n".join(said)), context("Mend these lines in the file and drop it again, or go on without them.")]


def done(added: int, changed: int, left_out: Sequence[Line]) -> Drawn:
    """Say what came of the file."""
    text = f"Done: {plural(added, 'contractor')} added, {changed} changed. `/contractor` lists everybody."
    return text, [section(text), *_problems(left_out)]


def cancelled() -> Drawn:
    """Say that nothing came of the file."""
    text = "Cancelled. Nothing was written; drop the file again whenever you like."
    return text, [section(text)]


def over() -> Drawn:
    """Say that there is nothing left to do."""
    text = "This was answered already, or lay here for more than a day. Nothing was done now."
    return text, [section(text)]
