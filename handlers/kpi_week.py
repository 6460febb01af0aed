"""The contractor's week in KPIs: the question on their last working day, and what they enter."""

from collections.abc import Sequence

from blocks import kpi_week as draw
from blocks.kpi import Line
from handlers.contract import Call, Desk, FixFields, Letters, OpenModal, Reply, Say, memo, soon
from handlers.kpi_confirm import CONFIRM, confirms_at, letter_of, next_confirm, to_confirm
from handlers.kpi_look import Concern, concern
from handlers.kpi_measure import asked, line
from handlers.kpi_question import WEEKLY, is_closed, next_weekly, question_again, told_of
from playbook.days import Week, local_day
from playbook.kpi import IN_WORDS, Kpi, read_value
from playbook.kpi_measure import NO, YES
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import kpi, kpi_week, people, timetable
from storage.outbox import Lane, Post
from storage.path_tables import Blueprint

NOT_AGREED = phrase(
    "There are no agreed KPIs yet, so there is nothing to enter. They count once you and your manager agree."
)
CLOSED = phrase("That week is closed. Tell your manager what is missing; they can open it again with you.")


async def plan(desk: Desk, user_id: str, manager_id: str) -> None:
    """Write down when the contractor is asked next and when the manager confirms, where that is not planned yet."""
    await timetable.put(desk.team, WEEKLY, await next_weekly(desk, [user_id]))
    if CONFIRM not in {row.duty for row in await timetable.of(desk.team, manager_id)}:
        await timetable.put(desk.team, CONFIRM, await next_confirm(desk, [manager_id]))


async def enter(call: Call, desk: Desk) -> Reply:
    """Open the form of a week, filled with what was entered before."""
    about = await concern(call, desk, Action.KPI_ENTER, "")
    week, version = await _week(desk, about, call.value)
    told = await told_of(desk, about.id, week)
    output, ticks = asked(version, desk)
    filled = {key: _again(row.value, row.words) for key, row in told.items()}
    shown, chosen = _plain(desk, output), _plain(desk, ticks)
    if not shown and not chosen:
        raise Sorry(NOT_AGREED)
    return OpenModal(view=draw.form(week, shown, chosen, filled, memo("", week.key), desk.playbook.kpi))


def _again(value: str, words: str) -> str:
    """Write what was entered the way it was typed."""
    return words if value == IN_WORDS else ", ".join(filter(None, [value, words]))


def _plain(desk: Desk, rows: Sequence[Kpi]) -> Sequence[Line]:
    return [line(row, known, {}) for row in rows if (known := desk.playbook.kpi.row(row.key))]


async def _week(desk: Desk, about: Concern, key: str) -> tuple[Week, Blueprint]:
    """Read which week a button or form is about, and what is agreed; refused when it is closed or has not begun."""
    this = Week.of(local_day(desk.now, about.person.zone))
    try:
        week = Week.from_key(key) if key else this
    except ValueError:
        raise Sorry(phrase("I can't find that week. Please open your KPIs once more.")) from None
    if week > this:
        raise Sorry(phrase("That week has not begun yet."))
    if await is_closed(desk, about.id, week):
        raise Sorry(CLOSED)
    version = (await kpi.agreed(desk.team, [about.id])).get(about.id)
    if version is None:
        raise Sorry(NOT_AGREED)
    return week, version


async def entered(call: Call, desk: Desk) -> Reply:
    """Keep a week, ask the manager to look at it, and take a confirmation back that was given before."""
    about = await concern(call, desk, Action.KPI_ENTER, "")
    week, version = await _week(desk, about, call.memo_record)
    values = _filled(call, desk, version)
    if not any(value for value, _ in values.values() if value != NO):
        return FixFields(
            {next(iter(values), draw.TICKS): phrase("Write a line or tick something first; a word is enough.")}
        )
    done = await kpi_week.enter(desk.team, about.id, week.monday, values, desk.now)
    if not done.changed:
        return Say(text=phrase("Nothing had changed, so all stays as it was."))
    await desk.team.session.flush()
    await soon(desk, ("home.redraw", about.id), ("home.redraw", about.place.manager_id))
    posts = [*await question_again(desk, about.id, week), *await _to_manager(desk, about, week, done.taken_back)]
    return Say(text=draw.kept(week, done.taken_back)).also(*posts)


def _filled(call: Call, desk: Desk, version: Blueprint) -> dict[str, tuple[str, str]]:
    output, ticks = asked(version, desk)
    values = {row.key: read_value(call.one(row.key), desk.playbook.kpi) for row in output}
    ticked = call.many(draw.TICKS)
    return values | {row.key: (YES if row.key in ticked else NO, "") for row in ticks}


async def _to_manager(desk: Desk, about: Concern, week: Week, taken_back: str) -> Sequence[Letters]:
    """Let the manager's Monday message follow, or come now when Monday has passed."""
    manager = await people.find(desk.team, about.place.manager_id)
    if manager is None or manager.deactivated:
        return ()
    await plan(desk, about.id, manager.user_id)
    key = letter_of(manager.user_id, week)
    now_too = desk.now >= confirms_at(desk, week, manager.zone)
    letters = await to_confirm(desk, manager.user_id, week) if now_too else ()
    if not taken_back:
        return letters
    told = f"{key}:changed:{about.id}:{desk.now:%Y%m%d%H%M%S}"
    return [
        *letters,
        Post(told, manager.user_id, *draw.changed_since(about.id, week), lane=Lane.AGENDA, thread_key=key),
    ]
