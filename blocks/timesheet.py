"""What people see of timesheets: choosing a month, the words that go with the files, and last month's offer."""

from collections.abc import Sequence

from blocks import fields
from blocks.kit import Block, View, actions, button, context, mention, modal, one_line, section
from playbook.month import Month
from playbook.spreadsheet import clock, hours
from playbook.timesheet import Timesheet
from playbook.tongue import numbered, phrase

OPEN = "timesheet.open"
SEND = "timesheet.send"
FORM = "timesheet.form"
CLOSES = phrase("Weeks close on the Tuesday after them; until then the figures can still change.")
Drawn = tuple[str, list[Block]]


def form(user_id: str, months: Sequence[Month], chosen: Month, memo: str, *, own: bool) -> View:
    """Ask which month is wanted."""
    whose = phrase("your days") if own else phrase("the days of {user_id}", user_id=mention(user_id))
    words = phrase(
        "You get {whose} by project, with totals by day, week and month, as a CSV file and a PDF to print.", whose=whose
    )
    blocks = [
        section(words),
        fields.choice("month", phrase("Month"), [(one.title, one.key) for one in months], chosen.key),
        context(CLOSES),
    ]
    return modal(phrase("Timesheet"), blocks, FORM, submit=phrase("Send me the files"), memo=memo)


def words(sheet: Timesheet, *, own: bool) -> str:
    """Say what is in the files."""
    whose = phrase("Your timesheet") if own else phrase("The timesheet of {sheet}", sheet=one_line(sheet.name, 80))
    total = sheet.whole.total
    said = phrase(
        "{whose} for {title}: {total} h ({total_2} hours){sheet}.",
        whose=whose,
        title=sheet.month.title,
        total=clock(total),
        total_2=hours(total),
        sheet=_projects(sheet),
    )
    return f"{said} {CLOSES}" if sheet.open_weeks else said


def _projects(sheet: Timesheet) -> str:
    return (
        phrase(" for {project}", project=numbered("{n} project", "{n} projects", len(sheet.projects)))
        if sheet.projects
        else ""
    )


def offer(sheet: Timesheet) -> Drawn:
    """Offer last month's timesheet to a contractor."""
    total = sheet.whole.total
    text = phrase(
        "{title} is over. You logged {total} h ({total_2} hours){sheet}; your timesheet is ready, "
        "for your invoice or your own files.",
        title=sheet.month.title,
        total=clock(total),
        total_2=hours(total),
        sheet=_projects(sheet),
    )
    value = f"{sheet.user_id}:{sheet.month.key}"
    blocks = [section(text), actions(button(phrase("Send me the timesheet"), SEND, value, style="primary"))]
    return text, [*blocks, *([context(CLOSES)] if sheet.open_weeks else [])]
