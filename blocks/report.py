"""What people see of a report: sentences that say the point, charts, a table of the weeks, and files to share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from blocks import report_words as words
from blocks.kit import (
    Block,
    View,
    actions,
    bars,
    button,
    clean,
    context,
    esc,
    header,
    modal,
    section,
    table,
)
from playbook.report import Trend
from playbook.tongue import numbered, phrase

OPEN = "report.open"
SHOW = "report.show"
PEOPLE = "report.people"
TURN = "report.turn"
TURN_ON = "report.turn_on"
PNG = "report.png"
PDF = "report.pdf"

TEAM = "team"
HOUR = 60
MOST_SERIES = 5
OTHER = phrase("Other")
NAME = 40
IN_OUR_MESSAGE = phrase("The charts, the table and the files are in our direct message.")

Drawn = tuple[str, list[Block]]


def record(whose: str, weeks: int, page: int = 0) -> str:
    """Write down which report a button is about: whose it is (a contractor's, or the team's), its weeks, the page."""
    return f"{whose}:{weeks}:{page}"


@dataclass(frozen=True)
class Row:
    """One contractor of a team's report."""

    user_id: str
    name: str
    trend: Trend


@dataclass(frozen=True)
class Report:
    """A report ready to be drawn: whose it is, what it is called, its weeks, the sentence about the mood, its people.

    `title` is safe mrkdwn and `name` the same in plain words; `labels` name the categories and `moods` the moods.
    """

    whose: str
    title: str
    name: str
    trend: Trend
    labels: Mapping[str, str]
    moods: Mapping[str, str]
    mood: str
    other: int
    people: Sequence[Row] = ()
    notes: Sequence[str] = field(default=())

    @property
    def weeks(self) -> int:
        """Count its weeks."""
        return len(self.trend.parts)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say the whole point, without markup."""
        return (
            words.hours(self.trend, self.labels),
            words.blockers(self.trend),
            words.items(self.trend),
            self.mood,
        )


def draw(report: Report) -> Drawn:
    """Draw a report week by week."""
    hours, blockers, items, mood = report.sentences
    text = f"{esc(report.name)}, {words.span(report.trend)}: {' '.join(report.sentences)}"
    return clean(text), [
        header(clean(report.name)),
        section(f"{report.title} · {words.span(report.trend)}"),
        section(hours),
        *hours_chart(report.trend, report.labels),
        section(blockers),
        *_second_chart(report.trend),
        section(f"{items}\n{mood}"),
        table(
            words.table_head(report.trend),
            words.table_rows(report.trend, report.moods),
            numbers=range(1, len(words.HEAD)),
        ),
        *(context(note) for note in report.notes),
        actions(*_controls(report)),
        context(words.NOT_IN_FILES),
    ]


def _controls(report: Report) -> list[Block]:
    span = button(_weeks(report.other), SHOW, record(report.whose, report.other))
    people = [button(phrase("By contractor"), PEOPLE, record(report.whose, report.weeks))] if report.people else []
    return [span, *people, *_files(report)]


def _files(report: Report) -> list[Block]:
    here = record(report.whose, report.weeks)
    return [
        button("PNG", PNG, here, spoken=phrase("Share this report as a PNG picture")),
        button("PDF", PDF, here, spoken=phrase("Share this report as a PDF document")),
    ]


def _weeks(count: int) -> str:
    return phrase("See {count} weeks", count=count)


def hours_chart(trend: Trend, labels: Mapping[str, str]) -> list[Block]:
    """Draw the hours of each week by category; the smaller ones together."""
    if not trend.logged:
        return []
    names = [words.week(part.week) for part in trend.parts]
    drawn = [(name, [round(value / HOUR, 2) for value in values]) for name, values in by_category(trend, labels)]
    return [bars(phrase("Hours a week by category"), names, drawn, phrase("Hours"))]


def by_category(trend: Trend, labels: Mapping[str, str]) -> list[tuple[str, list[int]]]:
    """Give the minutes of each week for the categories with the most, and for the others together."""
    kinds = [key for key, _ in trend.categories]
    rest = kinds[MOST_SERIES:] if len(kinds) > MOST_SERIES + 1 else []
    shown = [key for key in kinds if key not in rest]
    series = [(labels.get(key, key), [part.minutes.get(key, 0) for part in trend.parts]) for key in shown]
    others = [sum(part.minutes.get(key, 0) for key in rest) for part in trend.parts]
    return [*series, (OTHER, others)] if rest else series


def _second_chart(trend: Trend) -> list[Block]:
    """Draw how long blockers took, or where there was none, how the checklist went (Slack takes two charts)."""
    names = [words.week(part.week) for part in trend.parts]
    if trend.blockers.seen is not None:
        found = [trend.of(part) for part in trend.parts]
        series = [
            (phrase("Until answered"), [_hours(one.seen) for one in found]),
            (phrase("Until resolved"), [_hours(one.resolved) for one in found]),
        ]
        return [bars(phrase("Blockers: median hours of the helper"), names, series, phrase("Working hours"))]
    if not trend.done and not trend.planned:
        return []
    items = [(phrase("Done"), [float(part.done) for part in trend.parts])]
    items += [(phrase("Planned"), [float(part.planned) for part in trend.parts])]
    return [bars(phrase("Checklist items a week"), names, items, phrase("Items"))]


def _hours(minutes: int | None) -> float:
    return round((minutes or 0) / HOUR, 2)


def people(report: Report, page: int, size: int) -> Drawn:
    """Draw a team contractor by contractor, by name, so many on a page."""
    pages = max(1, -(-len(report.people) // size))
    page = min(max(page, 0), pages - 1)
    shown = report.people[page * size : (page + 1) * size]
    rows = [words.person_row(clean(one.name, NAME), one.trend) for one in shown]
    count = numbered("{n} contractor", "{n} contractors", len(report.people))
    text = phrase(
        "{report}, {trend}, {count} by name, page {page} of {pages}.",
        report=esc(report.name),
        trend=words.span(report.trend),
        count=count,
        page=page + 1,
        pages=pages,
    )
    return text, [
        header(clean(report.name)),
        section(
            phrase(
                "{title} · {trend} · {count} by name", title=report.title, trend=words.span(report.trend), count=count
            )
        ),
        table(words.PEOPLE_HEAD, rows, numbers=range(1, len(words.PEOPLE_HEAD))),
        context(
            phrase("Page {page} of {pages}. Nobody is ranked, and nobody's mood is here.", page=page + 1, pages=pages)
        ),
        actions(
            *_turns(report, page, pages),
            button(phrase("By week"), SHOW, record(report.whose, report.weeks)),
            *_files(report),
        ),
    ]


def _turns(report: Report, page: int, pages: int) -> list[Block]:
    back = [button(phrase("Previous"), TURN, record(report.whose, report.weeks, page - 1))] if page else []
    on = [button(phrase("Next"), TURN_ON, record(report.whose, report.weeks, page + 1))] if page + 1 < pages else []
    return [*back, *on]


def short_page(report: Report) -> View:
    """Say the point of a report over what people see, where no chart can be drawn, and where the rest is."""
    lines = "\n".join(report.sentences)
    said = section(f"{report.title} · {words.span(report.trend)}")
    return modal(phrase("Report"), [said, section(lines), context(IN_OUR_MESSAGE)], close=phrase("Close"))
