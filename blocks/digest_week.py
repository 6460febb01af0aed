"""A week of a manager's contractors, day by day, as a page that turns."""

from collections.abc import Sequence

from blocks.digest import LOOK, LOOK_ON, LookBack, Worked, lock_line
from blocks.kit import Block, View, actions, button, context, day_name, esc, mention, modal, progress, section
from blocks.log_reminder import REOPEN, record
from playbook.days import Week
from playbook.length import show

LINES_A_SECTION = 8
MOST_SECTIONS = 60
NAME = 40


def week_page(week: Week, worked: Sequence[Worked], *, locked: bool, newest: bool) -> View:
    """Show what each contractor logged on each day of a week, with a way to the weeks around it."""
    title = section(f"*{day_name(week.monday)} – {day_name(week.sunday)}*")
    lock = context(lock_line(LookBack(week, locked, 0, 0)))
    on = [] if newest else [button("Week after", LOOK_ON, week.next.key)]
    turn = actions(button("Week before", LOOK, week.previous.key), *on)
    reopening = locked and len(worked) <= MOST_SECTIONS
    shown = [_reopening(one, week) for one in worked] if reopening else _grouped(worked, week)
    return modal(
        "Hours of the week",
        [title, *(shown or [section("Nobody is on the path with you.")]), lock, turn],
        close="Close",
    )


def _reopening(one: Worked, week: Week) -> Block:
    reopen = button(
        "Reopen", REOPEN, record(one.contractor, week), spoken=f"Reopen this week for {safe(one.name)}"[:75]
    )
    return section(_days_line(one, week), reopen)


def _grouped(worked: Sequence[Worked], week: Week) -> list[Block]:
    lines = [_days_line(one, week) for one in worked[: LINES_A_SECTION * MOST_SECTIONS]]
    return [section("\n".join(lines[at : at + LINES_A_SECTION])) for at in range(0, len(lines), LINES_A_SECTION)]


def _days_line(one: Worked, week: Week) -> str:
    days = [f"{day:%a} {show(one.days[day])}" for day in week.days if one.days.get(day)]
    bar = progress(one.minutes, one.agreed)
    return f"{mention(one.contractor)} {show(one.minutes)} of {show(one.agreed)} {bar}\n{', '.join(days) or 'no log'}"


def safe(name: str) -> str:
    """Make a name safe to show in a sentence."""
    return esc(" ".join(name.split()), NAME)
