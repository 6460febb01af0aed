"""The report's place in Home: two sentences, the hours of the last weeks as a chart, and the way to all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from blocks import report_words as words
from blocks.kit import Block, button, section, table
from blocks.report import OPEN, TEAM, hours_chart
from playbook.report import Trend
from playbook.tongue import phrase

TITLE = phrase("*Your last weeks*: {hours}\n{blockers}")
TEAM_TITLE = phrase("*Your team's last weeks*: {hours}\n{blockers}")


@dataclass(frozen=True)
class Lately:
    """The last weeks of a contractor, or of a manager's team, and what the log's categories are called.

    Slack takes one table and two charts in a Home: `charted` and `tabled` say which of them there is room for.
    """

    trend: Trend
    labels: Mapping[str, str] = field(default_factory=dict)
    team: bool = False
    charted: bool = True
    tabled: bool = True


def draw(lately: Lately | None) -> list[Block]:
    """Draw it; nothing while nothing is known."""
    if lately is None or lately.trend.empty:
        return []
    said = (TEAM_TITLE if lately.team else TITLE).format(
        hours=words.hours(lately.trend, lately.labels), blockers=words.blockers(lately.trend)
    )
    return [
        section(said, button(phrase("Report"), OPEN, TEAM if lately.team else "", spoken=phrase("Open the report"))),
        *(hours_chart(lately.trend, lately.labels) if lately.charted else []),
        *([_table(lately.trend)] if lately.tabled else []),
    ]


def _table(trend: Trend) -> Block:
    return table(words.table_head(trend), words.table_rows(trend, {}), numbers=range(1, len(words.HEAD)))
