"""A report as files: checked anew, gathered, and rendered as a picture or a document."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from blocks.kit import one_line
from blocks.report_paper import SENT, Paper, file_name
from blocks.report_pdf import pdf
from blocks.report_png import png
from handlers.contract import Desk, Maker
from handlers.report_facts import YOUR_TEAM, Wish, report_of
from playbook.report import with_moods
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import people
from storage.parcel import Parcel

REPORT, PNG, PDF = "report", "png", "pdf"
TEAM_OF = phrase("Team of {who}")
GONE = phrase("This report can't be made any more. `/circle report` makes it anew.")


async def made(desk: Desk, user_id: str, value: str) -> Parcel:
    """Make a report that somebody asked for, as a picture or a document."""
    form, _, rest = value.partition(":")
    whose, _, weeks = rest.partition(":")
    person = await people.find(desk.team, user_id)
    spans = {str(desk.playbook.report.weeks), str(desk.playbook.report.quarter)}
    if person is None or person.deactivated or weeks not in spans:
        raise Sorry(GONE)
    paper = await paper_of(desk, user_id, Wish(whose, int(weeks)))
    name = file_name(paper, form)
    return Parcel(SENT.format(name=one_line(paper.name), span=paper.span), partial(_render, form, paper, name))


async def paper_of(desk: Desk, user_id: str, wish: Wish) -> Paper:
    """Gather what is on paper; one person's mood is not, since a file can be passed on."""
    person = await people.find(desk.team, user_id)
    if person is None:
        raise Sorry(GONE)
    report = await report_of(desk, person, wish)
    whose = await people.find(desk.team, wish.whose)
    if whose is not None:
        report = replace(report, trend=with_moods(report.trend, {}), mood="")
        return Paper(report, whose.name, person.name, desk.now)
    name = TEAM_OF.format(who=person.name) if report.name == YOUR_TEAM else report.name
    return Paper(report, name, person.name, desk.now)


def _render(form: str, paper: Paper, name: str) -> Mapping[str, bytes]:
    return {name: (png if form == PNG else pdf)(paper)}


MAKERS: Mapping[str, Maker] = {REPORT: made}
