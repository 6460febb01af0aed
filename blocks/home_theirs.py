"""A manager's part of Home: what needs them first, then each contractor with the path, the hours and the blockers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from blocks.access import OPEN as ACCESS
from blocks.audit import OPEN as AUDIT
from blocks.blocker import NAMES, OPEN, TAKE_OVER
from blocks.buddy import OPEN as BUDDY
from blocks.checklist import OPEN as CHECKLIST
from blocks.contractor import ADD, LIST, SHOW
from blocks.digest import LOOK, NUDGE_HELPER, short_name
from blocks.flag import OPEN as FLAG
from blocks.golden import OPEN as GOLDEN
from blocks.health import OPEN as HEALTH
from blocks.home_row import blocker_button, with_whom
from blocks.introduction import OPEN as INTRODUCTION
from blocks.kit import (
    Block,
    actions,
    button,
    context,
    day_name,
    header,
    mention,
    one_line,
    section,
    table,
    when,
)
from blocks.kpi import OPEN as KPIS
from blocks.learn import OPEN as LEARN
from blocks.oneonone import OPEN as ONE_ON_ONE
from blocks.oneonone import STRATEGY
from blocks.rate import OPEN as RATE
from blocks.report_home import Lately
from blocks.report_home import draw as lately
from blocks.review import ANSWER as REVIEW
from blocks.sprint import OPEN as SPRINT
from playbook.blocker import State
from playbook.days import Week
from playbook.home import NEEDS as URGENT
from playbook.length import show
from playbook.tongue import numbered, phrase
from storage.tables import Blocker

PAGE = "home.page"
PAGE_BACK = "home.page_back"

MOST_STUCK = 8
MOST_NEEDS = 8
PAGE_ROWS = 40

# What a manager is needed for (playbook/home.py): what to say of whom, the button, what it opens, and its name.
NEEDS = {
    "strategy": (
        phrase("Your 1:1 with {who} is within a day, and your line of strategy is still to be written"),
        phrase("Write the line"),
        STRATEGY,
        phrase("strategy line"),
    ),
    "approve": (
        phrase("{who} wrote an introduction that waits for your yes"),
        phrase("Look at it"),
        INTRODUCTION,
        phrase("introduction"),
    ),
    "discuss": (
        phrase("{who} would like to talk about the KPIs you proposed"),
        phrase("Open the KPIs"),
        KPIS,
        phrase("KPIs"),
    ),
    "review": (
        phrase("The Quarterly Review of {who} waits for your answers"),
        phrase("Answer"),
        REVIEW,
        phrase("Quarterly Review"),
    ),
    "two_lines": (
        phrase("{who} has not been introduced yet; two lines from you are enough"),
        phrase("Write two lines"),
        INTRODUCTION,
        phrase("introduction"),
    ),
    "draft": (
        phrase("{who} has no KPIs yet: say together what going well means"),
        phrase("Draft KPIs"),
        KPIS,
        phrase("KPIs"),
    ),
    "tools": (phrase("{who} has tools that are not open yet"), phrase("Open access"), ACCESS, phrase("tools")),
    "buddy": (phrase("{who} has no Shadow Buddy yet"), phrase("Choose a buddy"), BUDDY, phrase("buddy")),
    "overdue": (
        phrase("{who} has checklist items that waited longer than planned"),
        phrase("Open checklist"),
        CHECKLIST,
        phrase("checklist"),
    ),
    "confirm": (
        phrase("{who} entered results that wait for your look"),
        phrase("Look at them"),
        KPIS,
        phrase("results"),
    ),
    "answer": (
        phrase("{who} was asked how work goes, and you can answer too"),
        phrase("Look at it"),
        HEALTH,
        phrase("health check"),
    ),
    "course": (
        phrase("{who} would like to learn something, and the answer is yours"),
        phrase("Look at it"),
        LEARN,
        phrase("course"),
    ),
    "rate": (
        phrase("The rate review of {who} is due: invite them, or note how it ended"),
        phrase("Open it"),
        RATE,
        phrase("rate review"),
    ),
    "flag": (
        phrase("{who} logged very long days: what could be taken off?"),
        phrase("See more"),
        FLAG,
        phrase("long days"),
    ),
    "audit": (phrase("{who} said how the week felt"), phrase("Look at it"), AUDIT, phrase("audit")),
    "sprint": (
        phrase("{who} has had no Small Win Sprint yet"),
        phrase("Give a small win"),
        SPRINT,
        phrase("Small Win Sprint"),
    ),
    "golden_answer": (
        phrase("{who} proposed Golden Hours, and the answer is yours"),
        phrase("Look at them"),
        GOLDEN,
        phrase("Golden Hours"),
    ),
    "one_on_one": (phrase("{who} has no weekly 1:1 planned yet"), phrase("Plan the 1:1"), ONE_ON_ONE, phrase("1:1")),
    "golden": (
        phrase("{who} has no Golden Hours agreed yet"),
        phrase("Choose together"),
        GOLDEN,
        phrase("Golden Hours"),
    ),
}


ORDER = tuple(key for key, _ in URGENT)


@dataclass(frozen=True)
class Member:
    """One of a manager's contractors, in minutes; `before` is their last working day, None before they begin.

    `path` says where on the path they are; `checklist` counts what is done, all, and late; `needs` are keys of NEEDS.
    `meeting` is their next 1:1 on the manager's clock; `values` are the records behind buttons that need another one.
    """

    user_id: str
    name: str
    before: date | None
    yesterday: int
    week: int
    agreed: int
    stuck: int
    path: str = ""
    checklist: tuple[int, int, int] = (0, 0, 0)
    needs: Sequence[str] = ()
    meeting: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Theirs:
    """A manager's part: one page of their contractors, all of their open blockers; may they add contractors."""

    members: Sequence[Member]
    stuck: Sequence[Blocker]
    page: int
    week: Week
    adds: bool = False
    lately: Lately | None = None

    @property
    def pages(self) -> int:
        """Count the pages that the contractors fill."""
        return max(1, -(-len(self.members) // PAGE_ROWS))


def draw(theirs: Theirs) -> list[Block]:
    """Draw it."""
    first = theirs.page * PAGE_ROWS
    rows = [_member(one) for one in theirs.members[first : first + PAGE_ROWS]]
    head = [
        phrase("Contractor"),
        phrase("Path"),
        phrase("Checklist"),
        phrase("Last day"),
        phrase("This week"),
        phrase("Next 1:1"),
        phrase("Blockers"),
    ]
    add = [button(phrase("Add contractor"), ADD)] if theirs.adds else []
    return [
        header(phrase("Your contractors")),
        section(_sum_up(theirs), _choose()),
        *_needs(theirs.members),
        table(head, rows, numbers=(4, 6)),
        actions(
            button(phrase("See each day"), LOOK, theirs.week.key),
            button(phrase("Who does what"), LIST),
            *add,
            *_turn(theirs),
        ),
        *_stuck(theirs.stuck),
        *lately(theirs.lately),
    ]


def _choose() -> Block:
    """Offer to open one contractor, found by typing a part of the name."""
    ask = {"type": "plain_text", "text": phrase("Open a contractor"), "emoji": True}
    return {"type": "external_select", "action_id": SHOW, "placeholder": ask, "min_query_length": 0}


def _sum_up(theirs: Theirs) -> str:
    week = sum(one.week for one in theirs.members)
    people = numbered("{n} contractor", "{n} contractors", len(theirs.members))
    stuck = (
        numbered("{n} open blocker", "{n} open blockers", len(theirs.stuck))
        if theirs.stuck
        else phrase("no open blockers")
    )
    page = phrase(" · page {page} of {pages}", page=theirs.page + 1, pages=theirs.pages) if theirs.pages > 1 else ""
    return phrase(
        "{people}, {week} logged this week, {stuck}{page}", people=people, week=show(week), stuck=stuck, page=page
    )


def _needs(members: Sequence[Member]) -> list[Block]:
    """Show for whom something waits for the manager: the most urgent thing with its button, the rest by name."""
    asked = sorted((one for one in members if one.needs), key=lambda one: ORDER.index(one.needs[0]))
    if not asked:
        return [context(phrase("Nothing on their paths needs you right now."))]
    rows = [_need(one) for one in asked[:MOST_NEEDS]]
    more = len(asked) - MOST_NEEDS
    rest = (
        [
            context(
                phrase(
                    "…and {contractor} more; these come first.",
                    contractor=numbered("{n} contractor", "{n} contractors", more),
                )
            )
        ]
        if more > 0
        else []
    )
    return [section(phrase("*What needs you*")), *rows, *rest]


def _need(member: Member) -> Block:
    words, label, action_id, _ = NEEDS[member.needs[0]]
    rest = list(dict.fromkeys(NEEDS[key][3] for key in member.needs[1:]))
    also = phrase("\n_Then: {rest}_", rest=", ".join(rest)) if rest else ""
    spoken = f"{label}: {member.name}"[:75]
    control = button(label, action_id, member.values.get(member.needs[0], member.user_id), spoken=spoken)
    return section(words.format(who=mention(member.user_id)) + also, control)


def _member(one: Member) -> list[str]:
    logged = "–" if one.before is None else show(one.yesterday) if one.yesterday else phrase("no log")
    last = f"{day_name(one.before)}: {logged}" if one.before else phrase("not yet")
    return [
        short_name(one.name),
        one.path,
        _checklist(one),
        last,
        phrase("{week} of {agreed}", week=show(one.week), agreed=show(one.agreed)),
        one.meeting or "–",
        str(one.stuck),
    ]


def _checklist(one: Member) -> str:
    done, whole, late = one.checklist
    return (phrase("{done} of {whole}", done=done, whole=whole) if whole else "–") + (
        phrase(", {late} late", late=late) if late else ""
    )


def _turn(theirs: Theirs) -> list[Block]:
    back = [button(phrase("Page before"), PAGE_BACK, str(theirs.page - 1))] if theirs.page > 0 else []
    on = [button(phrase("Next page"), PAGE, str(theirs.page + 1))] if theirs.page + 1 < theirs.pages else []
    return [*back, *on]


def _stuck(blockers: Sequence[Blocker]) -> list[Block]:
    blocks: list[Block] = []
    for one in blockers[:MOST_STUCK]:
        said = f"*#{one.number}* {mention(one.user_id)}: {one_line(one.text, 120)}"
        state = phrase(
            "{lower}, with {one}, since {created_at}",
            lower=NAMES[State(one.state)],
            one=mention(with_whom(one)),
            created_at=when(one.created_at),
        )
        rest = (
            blocker_button(phrase("Take it over"), TAKE_OVER, one),
            blocker_button(phrase("Nudge kindly"), NUDGE_HELPER, one),
        )
        blocks += [section(f"{said}\n{state}"), actions(blocker_button(phrase("Open"), OPEN, one), *rest)]
    more = len(blockers) - MOST_STUCK
    return (
        [*blocks, context(phrase("…and {more} more: `/blocker list` shows them.", more=more))] if more > 0 else blocks
    )
