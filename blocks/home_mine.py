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
    progress,
    section,
    short_day,
)
from blocks.kpi import OPEN as KPIS
from blocks.ladder import OPEN as LADDER
from blocks.log import ANY_DAY, TODAY, YESTERDAY, Totals, totals_line
from blocks.ooo import OPEN as AWAY
from blocks.packet import OPEN as PACKET
from blocks.report_home import Lately
from blocks.report_home import draw as lately
from playbook.tongue import capital, numbered, phrase
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
    ladder: str = ""


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
        header(phrase("Your day")),
        section(_next_step(mine), _next_button(mine)),
        actions(
            button(phrase("Log today"), TODAY, style="primary"),
            button(phrase("Yesterday"), YESTERDAY, spoken=phrase("Log yesterday")),
            _any_day(),
            button(phrase("Raise a blocker"), RAISE),
            *([] if mine.rhythm.away else [button(phrase("I am away"), AWAY)]),
        ),
        section(_capital(totals_line(mine.totals))),
        *_chart(mine),
        *_open(mine),
        *rows(mine.asks, mine.step),
        *_way(mine),
        *lately(mine.lately),
        context(_people(mine)),
    ]
    typing = phrase("You can type to me in the Messages tab: `log 2h review`, or `blocked: waiting for access`.")
    return [*parts, context(typing)] if mine.types_only else parts


def _next_step(mine: Mine) -> str:
    """Say the one thing that is next."""
    manager = mention(mine.manager_id)
    if mine.step == "paused":
        since = _capital(mine.way.where) if mine.way else phrase("Paused")
        return phrase(
            "*{since}*: nothing is asked of you. {manager} knows when it goes on.", since=since, manager=manager
        )
    if mine.step in mine.asks:
        return (
            phrase("*Next*: {asks}", asks=mine.asks[mine.step][0])
            if mine.step != "away"
            else _capital(mine.asks["away"][0])
        )
    first = f"#{mine.stuck[0].number}" if mine.stuck else ""
    whom = mention(with_whom(mine.stuck[0])) if mine.stuck else ""
    late = numbered("{n} item", "{n} items", mine.way.late if mine.way else 0)
    starts = phrase("you start on {starts}", starts=day_name(mine.starts)) if mine.starts else ""
    said = {
        "introduce": phrase("say who you are. It takes 45 seconds, and then the team knows whom to say hi to."),
        "agree": phrase(
            "{manager} proposes how you both see that the work goes well. Agree, or say what you see otherwise.",
            manager=manager,
        ),
        "read": phrase("your welcome packet: why the work matters, whom to ask, and the words people use here."),
        "second_factor": phrase("confirm that your second factor (2FA) is on, tool by tool."),
        "overdue": phrase(
            "{late} of your checklist waited longer than planned. Tick, snooze, or ask for help.", late=late
        ),
        "starts": phrase(
            "{starts}. {manager} is your manager, and glad to answer questions.", starts=starts, manager=manager
        ),
        "gap": phrase(
            "{empty_day} is still empty in your log. Ten seconds while you remember it.",
            empty_day=day_name(mine.empty_day),
        )
        if mine.empty_day
        else "",
        "log": phrase("nothing is logged for today yet. One line is enough, at the end of the day or as you go."),
        "stuck": phrase("{whom} has your blocker {first}. If it is solved, say so.", whom=whom, first=first),
    }
    words = said.get(mine.step)
    return (
        phrase("*Next*: {words}", words=words)
        if words
        else phrase("*All done*: today is logged and nothing keeps you waiting.")
    )


def _next_button(mine: Mine) -> Block | None:
    shown = {
        "introduce": (phrase("Introduce yourself"), INTRODUCE),
        "agree": (phrase("Look at the KPIs"), KPIS),
        "read": (phrase("Open the packet"), PACKET),
        "second_factor": (phrase("Open my access"), ACCESS),
        "overdue": (phrase("Open my checklist"), CHECKLIST),
    }
    if mine.step in mine.asks:
        return mine.asks[mine.step][1]
    return button(*shown[mine.step]) if mine.step in shown else None


def _any_day() -> Block:
    ask = {"type": "plain_text", "text": phrase("A date"), "emoji": True}
    return {"type": "datepicker", "action_id": ANY_DAY, "placeholder": ask}


def _chart(mine: Mine) -> list[Block]:
    if not mine.totals.week:
        return []
    names = [short_day(day) for day, _ in mine.week]
    hours = [round(minutes / 60, 2) for _, minutes in mine.week]
    return [bars(phrase("Your hours this week"), names, [(phrase("Logged"), hours)], phrase("Hours"))]


def _open(mine: Mine) -> list[Block]:
    if not mine.stuck:
        return []
    rows = [
        section(blocker_line(one, with_helper=True), blocker_button(phrase("Open"), BLOCKER_OPEN, one))
        for one in mine.stuck[:MOST_STUCK]
    ]
    more = len(mine.stuck) - MOST_STUCK
    rest = [context(phrase("…and {more} more: `/blocker mine` lists them.", more=more))] if more > 0 else []
    return [section(f"*{numbered('{n} open blocker', '{n} open blockers', len(mine.stuck))}*"), *rows, *rest]


def _way(mine: Mine) -> list[Block]:
    """Show the path: where on it the contractor is, and the ways into its parts."""
    way = mine.way
    buttons = [
        button(phrase("My checklist"), CHECKLIST),
        button(phrase("Welcome packet"), PACKET),
        button(phrase("My KPIs"), KPIS),
        button(phrase("Ladder"), LADDER),
        button(phrase("How work goes"), HEALTH),
        button(phrase("Who sees what about me"), PRIVACY),
    ]
    if way is None:
        return [actions(*buttons)]
    shown = {
        phrase("Path"): way.where,
        phrase("Checklist"): _of(way.checklist) + (phrase(", {late} late", late=way.late) if way.late else ""),
        phrase("Welcome packet"): phrase("{packet} pages", packet=_of(way.packet)) if way.packet[1] else "",
        "KPIs": way.kpis,
        phrase("Access"): way.access,
        phrase("Next 1:1"): way.one_on_one
        or phrase("not planned yet; {manager_id} plans it", manager_id=mention(mine.manager_id)),
        phrase("Golden Hours"): way.golden,
        phrase("Shadowing"): way.shadowing,
        phrase("Ladder"): way.ladder,
    }
    return [
        header(phrase("Your path")),
        facts([(name, text) for name, text in shown.items() if text]),
        actions(*buttons),
    ]


def _of(pair: tuple[int, int]) -> str:
    done, whole = pair
    return phrase("{done} {done_2} of {whole}", done=progress(done, whole), done_2=done, whole=whole) if whole else ""


def _people(mine: Mine) -> str:
    named = [f"{mention(user)} {what}" for user, what in mine.helpers]
    return " · ".join([phrase("Your people: {manager_id} manager", manager_id=mention(mine.manager_id)), *named])


def _capital(text: str) -> str:
    return capital(text)
