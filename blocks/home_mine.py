"""A contractor's own part of Home: the next step, the day and the week, what is open, and the path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from blocks.access import OPEN as ACCESS
from blocks.blocker import OPEN as BLOCKER_OPEN
from blocks.blocker import RAISE
from blocks.checklist import OPEN as CHECKLIST
from blocks.health import OPEN as HEALTH
from blocks.home_rhythm import Ask, Rhythm, asks, rows
from blocks.home_row import blocker_button, blocker_line, with_whom
from blocks.introduction import OPEN as INTRODUCE
from blocks.kit import (
    Block,
    actions,
    bars,
    button,
    context,
    day_name,
    facts,
    header,
    mention,
    plural,
    progress,
    section,
    short_day,
)
from blocks.kpi import OPEN as KPIS
from blocks.log import ANY_DAY, TODAY, YESTERDAY, Totals, totals_line
from blocks.ooo import OPEN as AWAY
from blocks.packet import OPEN as PACKET
from blocks.report_home import Lately
from blocks.report_home import draw as lately
from storage.tables import Blocker

PRIVACY = "home.privacy"
MOST_STUCK = 5


@dataclass(frozen=True)
class Way:
    """Where a contractor is on the path; every text is ready to be shown, "" where there is nothing to say.

    `checklist` and `packet` are pairs of done and of all; `late` counts items that are overdue.
    """

    where: str
    checklist: tuple[int, int] = (0, 0)
    late: int = 0
    packet: tuple[int, int] = (0, 0)
    kpis: str = ""
    access: str = ""
    golden: str = ""
    one_on_one: str = ""
    shadowing: str = ""


@dataclass(frozen=True)
class Mine:
    """A contractor's own part: their totals, the minutes of each day of this week, what is open, and their path.

    `step` is what is next (see playbook/home.py); `starts` is their first day while it is still to come.
    """

    totals: Totals
    week: Sequence[tuple[date, int]]
    stuck: Sequence[Blocker]
    manager_id: str
    helpers: Sequence[tuple[str, str]]
    starts: date | None
    empty_day: date | None
    types_only: bool
    step: str = "log"
    way: Way | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)
    lately: Lately | None = None

    @property
    def asks(self) -> Mapping[str, Ask]:
        """Say what of the rhythm waits, with the button that settles it."""
        found = asks(self.rhythm, self.manager_id, self.totals.today)
        return {"away": found["away"]} if self.rhythm.off else found


def draw(mine: Mine) -> list[Block]:
    """Draw it."""
    parts = [
        header("Your day"),
        section(_next_step(mine), _next_button(mine)),
        actions(
            button("Log today", TODAY, style="primary"),
            button("Yesterday", YESTERDAY, spoken="Log yesterday"),
            _any_day(),
            button("Raise a blocker", RAISE),
            *([] if mine.rhythm.away else [button("I am away", AWAY)]),
        ),
        section(_capital(totals_line(mine.totals))),
        *_chart(mine),
        *_open(mine),
        *rows(mine.asks, mine.step),
        *_way(mine),
        *lately(mine.lately),
        context(_people(mine)),
    ]
    typing = "You can type to me in the Messages tab: `log 2h review`, or `blocked: waiting for access`."
    return [*parts, context(typing)] if mine.types_only else parts


def _next_step(mine: Mine) -> str:
    """Say the one thing that is next."""
    manager = mention(mine.manager_id)
    if mine.step == "paused":
        since = _capital(mine.way.where) if mine.way else "Paused"
        return f"*{since}*: nothing is asked of you. {manager} knows when it goes on."
    if mine.step in mine.asks:
        return f"*Next*: {mine.asks[mine.step][0]}" if mine.step != "away" else _capital(mine.asks["away"][0])
    first = f"#{mine.stuck[0].number}" if mine.stuck else ""
    whom = mention(with_whom(mine.stuck[0])) if mine.stuck else ""
    late = plural(mine.way.late if mine.way else 0, "item")
    starts = f"you start on {day_name(mine.starts)}" if mine.starts else ""
    said = {
        "introduce": "say who you are. It takes 45 seconds, and then the team knows whom to say hi to.",
        "agree": f"{manager} proposes how you both see that the work goes well. Agree, or say what you see otherwise.",
        "read": "your welcome packet: why the work matters, whom to ask, and the words people use here.",
        "second_factor": "confirm that your second factor (2FA) is on, tool by tool.",
        "overdue": f"{late} of your checklist waited longer than planned. Tick, snooze, or ask for help.",
        "starts": f"{starts}. {manager} is your manager, and glad to answer questions.",
        "gap": f"{day_name(mine.empty_day)} is still empty in your log. Ten seconds while you remember it."
        if mine.empty_day
        else "",
        "log": "nothing is logged for today yet. One line is enough, at the end of the day or as you go.",
        "stuck": f"{whom} has your blocker {first}. If it is solved, say so.",
    }
    words = said.get(mine.step)
    return f"*Next*: {words}" if words else "*All done*: today is logged and nothing keeps you waiting."


def _next_button(mine: Mine) -> Block | None:
    shown = {
        "introduce": ("Introduce yourself", INTRODUCE),
        "agree": ("Look at the KPIs", KPIS),
        "read": ("Open the packet", PACKET),
        "second_factor": ("Open my access", ACCESS),
        "overdue": ("Open my checklist", CHECKLIST),
    }
    if mine.step in mine.asks:
        return mine.asks[mine.step][1]
    return button(*shown[mine.step]) if mine.step in shown else None


def _any_day() -> Block:
    ask = {"type": "plain_text", "text": "A date", "emoji": True}
    return {"type": "datepicker", "action_id": ANY_DAY, "placeholder": ask}


def _chart(mine: Mine) -> list[Block]:
    if not mine.totals.week:
        return []
    names = [short_day(day) for day, _ in mine.week]
    hours = [round(minutes / 60, 2) for _, minutes in mine.week]
    return [bars("Your hours this week", names, [("Logged", hours)], "Hours")]


def _open(mine: Mine) -> list[Block]:
    if not mine.stuck:
        return []
    rows = [
        section(blocker_line(one, with_helper=True), blocker_button("Open", BLOCKER_OPEN, one))
        for one in mine.stuck[:MOST_STUCK]
    ]
    more = len(mine.stuck) - MOST_STUCK
    rest = [context(f"…and {more} more: `/blocker mine` lists them.")] if more > 0 else []
    return [section(f"*{plural(len(mine.stuck), 'open blocker')}*"), *rows, *rest]


def _way(mine: Mine) -> list[Block]:
    """Show the path: where on it the contractor is, and the ways into its parts."""
    way = mine.way
    buttons = [
        button("My checklist", CHECKLIST),
        button("Welcome packet", PACKET),
        button("My KPIs", KPIS),
        button("How work goes", HEALTH),
        button("Who sees what about me", PRIVACY),
    ]
    if way is None:
        return [actions(*buttons)]
    shown = {
        "Path": way.where,
        "Checklist": _of(way.checklist) + (f", {way.late} late" if way.late else ""),
        "Welcome packet": f"{_of(way.packet)} pages" if way.packet[1] else "",
        "KPIs": way.kpis,
        "Access": way.access,
        "Next 1:1": way.one_on_one or f"not planned yet; {mention(mine.manager_id)} plans it",
        "Golden Hours": way.golden,
        "Shadowing": way.shadowing,
    }
    return [header("Your path"), facts([(name, text) for name, text in shown.items() if text]), actions(*buttons)]


def _of(pair: tuple[int, int]) -> str:
    done, whole = pair
    return f"{progress(done, whole)} {done} of {whole}" if whole else ""


def _people(mine: Mine) -> str:
    named = [f"{mention(user)} {what}" for user, what in mine.helpers]
    return " · ".join([f"Your people: {mention(mine.manager_id)} manager", *named])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
