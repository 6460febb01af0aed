"""The form about a contractor, in three pages: who they are, the people around them, and their time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blocks import fields
from blocks.contractor import HELPS, LABELS, LONG_DAYS
from blocks.kit import Block, View, actions, asking_first, button, context, esc, mention, modal, one_line, section
from playbook.holidays import country_name
from playbook.tongue import phrase

FORM = "contractor.form"
PEOPLE = "contractor.people"
TIME = "contractor.time"
BACK = "contractor.back"
AFRESH = "contractor.afresh"
STANDARD = "standard"
COUNTRY = "home_country"
MOST_TEMPLATES = 99
MOVES = phrase("May be changed later; what was not sent yet moves with it")

Answers = Mapping[str, str | tuple[str, ...]]

# Which fields stand on which page, in the order of the pages.
PAGES: Mapping[str, tuple[str, ...]] = {
    FORM: ("person", "email", "start_date", "role", "bottleneck", "project", "template"),
    PEOPLE: ("manager_id", *LABELS),
    TIME: (COUNTRY, "weekdays", "day_start", "day_end", "weekly_minutes", "project_channel"),
}
NAMES: Mapping[str, str] = {
    "person": phrase("Person"),
    "email": "E-mail",
    "start_date": phrase("Start date"),
    "role": phrase("Role"),
    "bottleneck": phrase("Bottleneck"),
    "project": phrase("Project"),
    "template": phrase("Checklist template"),
    "manager_id": phrase("Manager"),
    **LABELS,
    COUNTRY: phrase("Holiday country"),
    "weekdays": phrase("Working days"),
    "day_start": phrase("Day starts"),
    "day_end": phrase("Day ends"),
    "weekly_minutes": phrase("Hours a week"),
    "project_channel": phrase("Project channel"),
}


@dataclass(frozen=True)
class Sheet:
    """What a page is drawn from: the answers so far, and whom the form is about.

    `known` is the user id of somebody on the path, `awaited` the address of somebody expected; both "" when adding.
    `returns` tells that they left and come back. `notes` are said at the top, `clock` is the contractor's zone and time
    in words.
    """

    answers: Answers
    memo: str
    known: str = ""
    awaited: str = ""
    notes: Sequence[str] = ()
    clock: str = ""
    templates: Sequence[str] = ()
    kept: bool = False
    returns: bool = False

    def one(self, name: str) -> str:
        """Give the answer to a field that takes one value."""
        answer = self.answers.get(name, "")
        return answer if isinstance(answer, str) else ""

    def many(self, name: str) -> tuple[str, ...]:
        """Give the answer to a field that takes several values."""
        answer = self.answers.get(name, ())
        return answer if isinstance(answer, tuple) else ()


def page(name: str, sheet: Sheet) -> View:
    """Draw one page of the form."""
    drawn = {FORM: _who, PEOPLE: _people, TIME: _time}[name](sheet)
    title = phrase("Edit contractor") if sheet.known or sheet.awaited else phrase("Add contractor")
    last = phrase("Save") if sheet.known or sheet.awaited else phrase("Add")
    title, last = (phrase("They come back"), phrase("Begin")) if sheet.returns else (title, last)
    step = context(phrase("Step {name} of {pages}", name=list(PAGES).index(name) + 1, pages=len(PAGES)))
    notes = [context(*sheet.notes[:10])] if sheet.notes else []
    submit = last if name == TIME else phrase("Next")
    return modal(title, [step, *notes, *drawn], name, submit=submit, memo=sheet.memo, keeps_draft=True)


def _who(sheet: Sheet) -> list[Block]:
    kept = [_kept()] if sheet.kept else []
    templates = [(phrase("Standard"), STANDARD), *((one, one) for one in sheet.templates[:MOST_TEMPLATES])]
    return [
        *kept,
        *_subject(sheet),
        fields.day("start_date", phrase("Start date"), _day(sheet.one("start_date")), hint=MOVES),
        fields.text("role", phrase("Role"), sheet.one("role"), most=80, example=phrase("Product designer")),
        fields.text(
            "bottleneck",
            phrase("Bottleneck they solve"),
            sheet.one("bottleneck"),
            most=150,
            optional=True,
            example=phrase("Half of our visitors leave at the checkout"),
            hint=phrase("One sentence: what will run better because they are here"),
        ),
        fields.text("project", phrase("Project"), sheet.one("project"), most=80, example=phrase("Acme checkout")),
        fields.choice("template", phrase("Checklist template"), templates, sheet.one("template") or STANDARD),
    ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _kept() -> Block:
    ask = phrase("What you had typed is taken out of the form; what was agreed before stays as it is.")
    again = asking_first(
        button(phrase("Start afresh"), AFRESH), phrase("Start afresh?"), ask, phrase("Start afresh"), phrase("Keep it")
    )
    return section(phrase("This is what you had typed before."), again)


def cleared(memo: str) -> View:
    """Say that what was typed is forgotten, with a way into the form as it is without it."""
    words = phrase("What you had typed is gone from the form.")
    again = actions(button(phrase("Open the form"), AFRESH, "open", style="primary"))
    return modal(phrase("Start afresh"), [section(words), again], close=phrase("Close"), memo=memo)


def _subject(sheet: Sheet) -> list[Block]:
    if sheet.returns:
        again = phrase(
            "A new path begins on the start date: checklist, welcome packet and tools anew. What was is kept."
        )
        return [
            section(
                phrase(
                    "{known} was on the path before, and this was agreed then. {again}",
                    known=mention(sheet.known),
                    again=again,
                )
            )
        ]
    if sheet.known:
        told = phrase("What you change here is told to them.")
        return [section(phrase("{known} is on the path already. {told}", known=mention(sheet.known), told=told))]
    if sheet.awaited:
        told = phrase("is not in Slack yet. Their path starts by itself when they join with this address.")
        return [section(f"*{one_line(sheet.awaited)}* {told}")]
    return [
        fields.person("person", phrase("Contractor"), sheet.one("person"), optional=True),
        fields.email(
            "email",
            phrase("Or their e-mail address"),
            sheet.one("email"),
            hint=phrase("For somebody who has no Slack account yet: their path starts by itself when they join"),
        ),
    ]


def _people(sheet: Sheet) -> list[Block]:
    manager = phrase("Gets the daily digest, and blockers after 4 hours")
    return [
        fields.person("manager_id", phrase("Manager"), sheet.one("manager_id"), hint=manager),
        *(
            fields.person(
                role, LABELS[role], sheet.one(role), optional=True, hint=phrase("Helps with {helps}", helps=HELPS[role])
            )
            for role in LABELS
        ),
        _back(FORM),
    ]


def _time(sheet: Sheet) -> list[Block]:
    country = sheet.one(COUNTRY)
    return [
        context(sheet.clock),
        fields.search(
            COUNTRY,
            phrase("Holiday country"),
            country,
            shown=country_name(country),
            optional=True,
            hint=phrase("Public holidays there are none of their working days"),
        ),
        fields.ticks(
            "weekdays",
            phrase("Working days"),
            [(LONG_DAYS[day], str(day)) for day in range(7)],
            sheet.many("weekdays"),
            optional=False,
        ),
        fields.clock(
            "day_start", phrase("Day starts"), sheet.one("day_start"), hint=phrase("On the contractor's own clock")
        ),
        fields.clock(
            "day_end",
            phrase("Day ends"),
            sheet.one("day_end"),
            hint=phrase("May be after midnight, like 22:00 to 06:00"),
        ),
        fields.text(
            "weekly_minutes", phrase("Hours a week, as agreed"), sheet.one("weekly_minutes"), most=10, example="30"
        ),
        fields.channel(
            "project_channel",
            phrase("Project channel"),
            sheet.one("project_channel"),
            hint=phrase("Blocker cards appear there. I must be in it: /invite @Inner Circle"),
        ),
        _back(PEOPLE),
    ]


def _back(page_name: str) -> Block:
    return actions(button(phrase("Back"), BACK, page_name, spoken=phrase("Back to the step before")))


def problems_elsewhere(errors: Mapping[str, str]) -> list[str]:
    """Say what needs another look on a page that was left already."""
    return [f"*{NAMES.get(name, name)}*: {esc(sentence)}" for name, sentence in errors.items()]
