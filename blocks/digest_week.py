"""A week of a manager's contractors, day by day, as a page that turns."""

from collections.abc import Sequence

from blocks.digest import LOOK, LOOK_ON, LookBack, Worked, lock_line
from blocks.kit import Block, View, actions, button, context, day_name, esc, mention, modal, progress, section
from blocks.log_reminder import REOPEN, record
from playbook.days import Week
from playbook.length import show
from playbook.tongue import phrase, short_weekday

LINES_A_SECTION = 8
MOST_SECTIONS = 60
NAME = 40


def week_page(week: Week, worked: Sequence[Worked], *, locked: bool, newest: bool) -> View:
    """Show what each contractor logged on each day of a week, with a way to the weeks around it."""
    title = section(f"*{day_name(week.monday)} – {day_name(week.sunday)}*")
    lock = context(lock_line(LookBack(week, locked, 0, 0)))
    on = [] if newest else [button(phrase("Week after"), LOOK_ON, week.next.key)]
    turn = actions(button(phrase("Week before"), LOOK, week.previous.key), *on)
    reopening = locked and len(worked) <= MOST_SECTIONS
    shown = [_reopening(one, week) for one in worked] if reopening else _grouped(worked, week)
    return modal(
        phrase("Hours of the week"),
        [title, *(shown or [section(phrase("Nobody is on the path with you."))]), lock, turn],
        close=phrase("Close"),
    )


def _reopening(one: Worked, week: Week) -> Block:
    reopen = button(
        phrase("Reopen"),
        REOPEN,
        record(one.contractor, week),
        spoken=phrase("Reopen this week for {one}", one=safe(one.name))[:75],
    )
    return section(_days_line(one, week), reopen)


def _grouped(worked: Sequence[Worked], week: Week) -> list[Block]:
    lines = [_days_line(one, week) for one in worked[: LINES_A_SECTION * MOST_SECTIONS]]
    return [section("\n".join(lines[at : at + LINES_A_SECTION])) for at in range(0, len(lines), LINES_A_SECTION)]


def _days_line(one: Worked, week: Week) -> str:
    days = [f"{short_weekday(day)} {show(one.days[day])}" for day in week.days if one.days.get(day)]
    bar = progress(one.minutes, one.agreed)
    return phrase(
        "{contractor} {minutes} of {agreed} {bar}\n{days}",
        contractor=mention(one.contractor),
        minutes=show(one.minutes),
        agreed=show(one.agreed),
        bar=bar,
        days=", ".join(days) or phrase("no log"),
    )


def safe(name: str) -> str:
    """Make a name safe to show in a sentence."""
    return esc(" ".join(name.split()), NAME)
