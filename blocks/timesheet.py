"""What people see of timesheets: choosing a month, the words that go with the files, and last month's offer."""

from collections.abc import Sequence

from blocks import fields
from blocks.kit import Block, View, actions, button, context, mention, modal, one_line, plural, section
from playbook.month import Month
from playbook.spreadsheet import clock, hours
from playbook.timesheet import Timesheet

OPEN = "timesheet.open"
SEND = "timesheet.send"
FORM = "timesheet.form"
CLOSES = "Weeks close on the Tuesday after them; until then the figures can still change."
Drawn = tuple[str, list[Block]]


def form(user_id: str, months: Sequence[Month], chosen: Month, memo: str, *, own: bool) -> View:
    """Ask which month is wanted."""
    whose = "your days" if own else f"the days of {mention(user_id)}"
    words = f"You get {whose} by project, with totals by day, week and month, as a CSV file and a PDF to print."
    blocks = [
        section(words),
        fields.choice("month", "Month", [(one.title, one.key) for one in months], chosen.key),
        context(CLOSES),
    ]
    return modal("Timesheet", blocks, FORM, submit="Send me the files", memo=memo)


def words(sheet: Timesheet, *, own: bool) -> str:
    """Say what is in the files."""
    whose = "Your timesheet" if own else f"The timesheet of {one_line(sheet.name, 80)}"
    total = sheet.whole.total
    said = f"{whose} for {sheet.month.title}: {clock(total)} h ({hours(total)} hours){_projects(sheet)}."
    return f"{said} {CLOSES}" if sheet.open_weeks else said


def _projects(sheet: Timesheet) -> str:
    return f" for {plural(len(sheet.projects), 'project')}" if sheet.projects else ""


def offer(sheet: Timesheet) -> Drawn:
    """Offer last month's timesheet to a contractor."""
    total = sheet.whole.total
    text = (
        f"{sheet.month.title} is over. You logged {clock(total)} h ({hours(total)} hours){_projects(sheet)}; "
        "your timesheet is ready, for your invoice or your own files."
    )
    value = f"{sheet.user_id}:{sheet.month.key}"
    blocks = [section(text), actions(button("Send me the timesheet", SEND, value, style="primary"))]
    return text, [*blocks, *([context(CLOSES)] if sheet.open_weeks else [])]
