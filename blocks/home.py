"""The Home tab: the next step first, then one's own hours and blockers, one's contractors, and an admin's office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks.blocker import NAMES, OPEN, RAISE, TAKE_OVER
from blocks.contractor import ADD, LIST
from blocks.delivery import row as failed_row
from blocks.digest import LOOK, NUDGE_HELPER, short_name
from blocks.kit import (
    Block,
    actions,
    bars,
    button,
    context,
    day_name,
    divider,
    header,
    mention,
    one_line,
    plural,
    section,
    short_day,
    table,
    when,
)
from blocks.log import ANY_DAY, TODAY, YESTERDAY, Totals, totals_line
from blocks.workspace import meter
from playbook.blocker import State
from playbook.days import Week
from playbook.length import show
from playbook.workspace import Step
from storage.tables import Blocker, Letter

PAGE = "home.page"
PAGE_BACK = "home.page_back"
HELP = "circle.help"

MOST_STUCK = 5
MOST_THEIRS = 15
MOST_FAILED = 8
PAGE_ROWS = 40


@dataclass(frozen=True)
class Mine:
    """A contractor's own part: their totals, the minutes of each day of this week, and what is open."""

    totals: Totals
    week: Sequence[tuple[date, int]]
    stuck: Sequence[Blocker]
    manager_id: str
    helpers: Sequence[tuple[str, str]]
    starts: date | None
    empty_day: date | None
    types_only: bool
    paused: datetime | None = None


@dataclass(frozen=True)
class Member:
    """One of a manager's contractors, in minutes; `before` is their last working day, None before they begin."""

    user_id: str
    name: str
    before: date | None
    yesterday: int
    week: int
    agreed: int
    stuck: int
    paused: date | None = None


@dataclass(frozen=True)
class Theirs:
    """A manager's part: one page of their contractors, all of their open blockers."""

    members: Sequence[Member]
    stuck: Sequence[Blocker]
    page: int
    week: Week

    @property
    def pages(self) -> int:
        """Count the pages that the contractors fill."""
        return max(1, -(-len(self.members) // PAGE_ROWS))


@dataclass(frozen=True)
class Office:
    """An admin's part: how many are on the path, and what could not be delivered, with the reason in words."""

    on_the_path: int
    failed: Sequence[tuple[Letter, str]]
    set_up: Sequence[Step] = ()
    tested_at: datetime | None = None


@dataclass(frozen=True)
class Face:
    """What one person's Home is made of; parts that are None are not theirs."""

    user_id: str
    mine: Mine | None
    theirs: Theirs | None
    office: Office | None
    waiting: Sequence[Blocker]
    ask: str


def draw(face: Face) -> list[Block]:
    """Draw somebody's Home: at most a hundred blocks, however much there is."""
    blocks: list[Block] = []
    if face.mine is not None:
        blocks += _mine(face.mine)
    if face.waiting:
        blocks += _waiting(face.waiting)
    if face.theirs is not None:
        blocks += _theirs(face.theirs)
    if face.office is not None:
        blocks += _office(face.office)
    if not blocks:
        blocks += _stranger(face)
    return [*blocks, divider(), _foot()]


def _mine(mine: Mine) -> list[Block]:
    parts = [
        header("Your day"),
        section(_next_step(mine)),
        actions(
            button("Log today", TODAY, style="primary"),
            button("Yesterday", YESTERDAY, spoken="Log yesterday"),
            _any_day(),
            button("Raise a blocker", RAISE),
        ),
        section(_capital(totals_line(mine.totals))),
        *_chart(mine),
        *_open(mine),
        context(_people(mine)),
        context(f"Your hours are seen by you, {mention(mine.manager_id)} and the admins; blockers by those who help."),
    ]
    typing = "You can type to me in the Messages tab: `log 2h review`, or `blocked: waiting for access`."
    return [*parts, context(typing)] if mine.types_only else parts


def _next_step(mine: Mine) -> str:
    """Say the one thing that is next."""
    if mine.paused is not None:
        since = when(mine.paused, "{date_short}")
        return f"*Paused since {since}*: nothing is asked of you. {mention(mine.manager_id)} knows when it goes on."
    if mine.starts is not None:
        manager = f"{mention(mine.manager_id)} is your manager, and glad to answer questions."
        return f"*Next*: you start on {day_name(mine.starts)}. {manager}"
    if mine.empty_day is not None:
        return f"*Next*: {day_name(mine.empty_day)} is still empty in your log. Ten seconds while you remember it."
    if not mine.totals.minutes:
        return "*Next*: nothing is logged for today yet. One line is enough, at the end of the day or as you go."
    if mine.stuck:
        first = mine.stuck[0]
        return f"*Next*: {mention(_with(first))} has your blocker #{first.number}. If it is solved, say so."
    return "*All done*: today is logged and nothing keeps you waiting."


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
    rows = [section(_line(one, with_whom=True), _button("Open", OPEN, one)) for one in mine.stuck[:MOST_STUCK]]
    more = len(mine.stuck) - MOST_STUCK
    rest = [context(f"…and {more} more: `/blocker mine` lists them.")] if more > 0 else []
    return [section(f"*{plural(len(mine.stuck), 'open blocker')}*"), *rows, *rest]


def _line(blocker: Blocker, *, with_whom: bool) -> str:
    whom = f"with {mention(_with(blocker))}" if with_whom else f"from {mention(blocker.user_id)}"
    state = NAMES[State(blocker.state)].lower()
    return f"*#{blocker.number}* {one_line(blocker.text, 120)}\n{state}, {whom}, since {when(blocker.created_at)}"


def _with(blocker: Blocker) -> str:
    return blocker.taken_by or blocker.helper_id


def _button(label: str, action: str, blocker: Blocker) -> Block:
    return button(label, action, blocker.id, spoken=f"{label}: blocker {blocker.number}")


def _people(mine: Mine) -> str:
    named = [f"{mention(user)} {what}" for user, what in mine.helpers]
    return " · ".join([f"Your people: {mention(mine.manager_id)} manager", *named])


def _waiting(blockers: Sequence[Blocker]) -> list[Block]:
    """Show what waits for this person's help."""
    rows = [section(_line(one, with_whom=False), _button("Open", OPEN, one)) for one in blockers[:MOST_STUCK]]
    more = len(blockers) - MOST_STUCK
    rest = [context(f"…and {more} more: `/blocker list` shows them.")] if more > 0 else []
    return [header("Waiting for you"), *rows, *rest]


def _theirs(theirs: Theirs) -> list[Block]:
    first = theirs.page * PAGE_ROWS
    rows = [_member(one) for one in theirs.members[first : first + PAGE_ROWS]]
    head = ["Contractor", "Day", "Logged", "This week", "Agreed", "Blockers"]
    return [
        header("Your contractors"),
        section(_sum_up(theirs)),
        table(head, rows, numbers=(2, 3, 4, 5)),
        actions(button("See each day", LOOK, theirs.week.key), button("Who does what", LIST), *_turn(theirs)),
        *_theirs_stuck(theirs.stuck),
    ]


def _sum_up(theirs: Theirs) -> str:
    week = sum(one.week for one in theirs.members)
    people = plural(len(theirs.members), "contractor")
    stuck = plural(len(theirs.stuck), "open blocker") if theirs.stuck else "no open blockers"
    page = f" · page {theirs.page + 1} of {theirs.pages}" if theirs.pages > 1 else ""
    return f"{people}, {show(week)} logged this week, {stuck}{page}"


def _member(one: Member) -> list[str]:
    counts = [show(one.week), show(one.agreed), str(one.stuck)]
    if one.paused is not None:
        return [short_name(one.name), "paused since", day_name(one.paused), *counts]
    before = day_name(one.before) if one.before else "not yet"
    logged = "–" if one.before is None else show(one.yesterday) if one.yesterday else "no log"
    return [short_name(one.name), before, logged, *counts]


def _turn(theirs: Theirs) -> list[Block]:
    back = [button("Page before", PAGE_BACK, str(theirs.page - 1))] if theirs.page > 0 else []
    on = [button("Next page", PAGE, str(theirs.page + 1))] if theirs.page + 1 < theirs.pages else []
    return [*back, *on]


def _theirs_stuck(blockers: Sequence[Blocker]) -> list[Block]:
    blocks: list[Block] = []
    for one in blockers[:MOST_THEIRS]:
        said = f"*#{one.number}* {mention(one.user_id)}: {one_line(one.text, 120)}"
        state = f"{NAMES[State(one.state)].lower()}, with {mention(_with(one))}, since {when(one.created_at)}"
        rest = (_button("Take it over", TAKE_OVER, one), _button("Nudge kindly", NUDGE_HELPER, one))
        blocks += [section(f"{said}\n{state}"), actions(_button("Open", OPEN, one), *rest)]
    more = len(blockers) - MOST_THEIRS
    return [*blocks, context(f"…and {more} more: `/blocker list` shows them.")] if more > 0 else blocks


def _office(office: Office) -> list[Block]:
    people = plural(office.on_the_path, "contractor") if office.on_the_path else "Nobody yet"
    top = [
        header("Admin"),
        *(meter(office.set_up, office.tested_at) if office.set_up else []),
        section(f"{people} on the path. {_delivered(office)}"),
        actions(button("Add contractor", ADD), button("All contractors", LIST)),
    ]
    rows = [block for letter, why in office.failed[:MOST_FAILED] for block in failed_row(letter, why)]
    more = len(office.failed) > MOST_FAILED
    return [*top, *rows, *([context("…and more; these come first.")] if more else [])]


def _delivered(office: Office) -> str:
    if not office.failed:
        return "Every message has arrived."
    return "Some messages did not arrive; here is why, and what to do:"


def _stranger(face: Face) -> list[Block]:
    """Say what this is to somebody who is not part of it yet."""
    what = "Inner Circle helps contractors log their time and get unstuck, and tells their managers what needs them."
    return [
        header("Welcome"),
        section(f"{what}\nYou are not on the path yet. An admin adds people with `/contractor add`; {face.ask}"),
        actions(button("How it works", HELP)),
        context("I keep your name and time zone as Slack has them, and nothing else."),
    ]


def _foot() -> Block:
    return context("`/log` · `/blocker` · `/contractor` · `/circle help`, or write to me in the Messages tab")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
