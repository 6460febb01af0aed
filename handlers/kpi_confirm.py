"""The manager's side of the week: one message on Monday with what waits for them, confirming, and asking about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from blocks import kpi_week as draw
from blocks.kit import mention
from blocks.kpi_week import Waiting
from handlers.contract import Call, Desk, Due, Letters, OpenModal, Reply, Say, memo, soon
from handlers.kpi_look import Concern, concern
from handlers.kpi_measure import asked, measured
from handlers.kpi_question import is_closed, question_again
from playbook.days import DAY, Week, instant, local_day
from playbook.kpi import IN_WORDS, rows_of
from playbook.kpi_measure import Measured
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import contractor, kpi, kpi_week, people
from storage.kpi_week import Results
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.path_tables import Blueprint
from storage.timetable import When

CONFIRM = "kpi.confirm_weekly"
NOT_FOUND = phrase("I can't find that week any more. `/contractor kpi @person` shows how it stands.")


def letter_of(manager_id: str, week: Week) -> str:
    """Name a manager's message about a week."""
    return f"kpi.confirm:{manager_id}:{week.key}"


def confirms_at(desk: Desk, week: Week, zone: str) -> datetime:
    """Say when a week is brought to a manager in a zone: on the Monday after it."""
    day = week.next.monday
    found = instant(day, desk.playbook.kpi.confirm, zone) or instant(day + DAY, desk.playbook.kpi.confirm, zone)
    return found or week.locks_at


async def next_confirm(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when each manager's next Monday message is due; somebody who manages nobody gets none."""
    managers = await people.find_all(desk.team, user_ids)
    leading = {one.manager_id for one in await contractor.managed_by(desk.team, user_ids)}
    whens = {}
    for one, manager in managers.items():
        if one in leading and not manager.deactivated:
            week = Week.of(local_day(desk.now, manager.zone)).previous
            week = week if confirms_at(desk, week, manager.zone) > desk.now else week.next
            due_at = confirms_at(desk, week, manager.zone)
            whens[one] = When(due_at, local_day(due_at, manager.zone), desk.playbook.kpi.confirm, manager.zone)
    return whens


async def confirm_weekly(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring each manager the week before, if anything of it waits for them; a message that is there is edited."""
    managers = await people.find_all(desk.team, [one.subject for one in due])
    weeks = {one: Week.of(local_day(desk.now, manager.zone)).previous for one, manager in managers.items()}
    there = [one for one in weeks if not managers[one].deactivated]
    return [letter for one in there for letter in await to_confirm(desk, one, weeks[one])]


async def to_confirm(desk: Desk, manager_id: str, week: Week) -> Sequence[Letters]:
    """Write a manager's message about a week if anything waits, or edit the one that is there."""
    key = letter_of(manager_id, week)
    waiting, drawn = await _drawn(desk, manager_id, week)
    return [*([Post(key, manager_id, *drawn, lane=Lane.DIGEST)] if waiting else []), Redraw(key, *drawn)]


async def _drawn(desk: Desk, manager_id: str, week: Week) -> tuple[int, draw.Drawn]:
    """Draw a manager's message about a week, and tell how many entries wait."""
    ids = [place.user_id for place in await contractor.managed_by(desk.team, [manager_id])]
    found = await travellers(desk.team, ids, paused=True)
    versions = await kpi.agreed(desk.team, list(found))
    told = await kpi_week.results(desk.team, list(versions), week.monday)
    rows = {one: rows_of(version.rows, desk.playbook.kpi) for one, version in versions.items()}
    weeks = await measured(desk, found, {one: rows[one] for one in told}, week, 0)
    open_ones = [one for one in told if not kpi_week.is_confirmed(told[one])]
    waiting = [_waiting(desk, found[one], versions[one], week, weeks[one][week], told[one]) for one in open_ones]
    missing = [one for one in versions if one not in told and _was_there(found[one], week)]
    return len(waiting), draw.confirmation(week, waiting, len(told) - len(waiting), missing)


def _was_there(one: Traveller, week: Week) -> bool:
    return one.place.paused_at is None and one.path.start <= week.sunday


def _waiting(
    desk: Desk,
    one: Traveller,
    version: Blueprint,
    week: Week,
    shown: Mapping[str, Measured],
    told: Results,
) -> Waiting:
    output, ticks = asked(version, desk)
    lines = [
        (known.name, shown[row.key], _words(told, row.key))
        for row in (*output, *ticks)
        if (known := desk.playbook.kpi.row(row.key)) and row.key in shown
    ]
    changed = any(row.confirmed_by for row in told.values())
    record = f"{one.user_id}:{week.key}:{kpi_week.stamp(told)}"
    return Waiting(one.user_id, one.person.name, lines, record, changed)


def _words(told: Results, key: str) -> str:
    """Give the words beside a value, "" where they are the value."""
    return told[key].words if key in told and told[key].value != IN_WORDS else ""


def _record(value: str) -> tuple[str, Week, str]:
    """Read whose week a button is about, and as it was seen."""
    user_id, _, rest = value.partition(":")
    key, _, stamp = rest.partition(":")
    try:
        return user_id, Week.from_key(key), stamp
    except ValueError:
        raise Sorry(NOT_FOUND) from None


async def confirm(call: Call, desk: Desk) -> Reply:
    """Confirm a week as it was seen; figures that were changed meanwhile are shown first."""
    user_id, week, stamp = _record(call.value)
    about = await concern(call, desk, Action.KPI_CONFIRM, user_id)
    done = await kpi_week.confirm(desk.team, about.id, week.monday, stamp, about.asker.user_id, desk.now)
    await desk.team.session.flush()
    again = await _again(desk, about, week)
    if done:
        await soon(desk, ("home.redraw", about.id), ("home.redraw", about.place.manager_id))
        return Reply().also(*again)
    told = (await kpi_week.results(desk.team, [about.id], week.monday)).get(about.id, {})
    return Say(text=_why_not(about, told)).also(*again)


def _why_not(about: Concern, told: Results) -> str:
    who = mention(about.id)
    if not told:
        return NOT_FOUND
    if kpi_week.is_confirmed(told):
        return phrase(
            "{confirmed_by} confirmed the week of {who} already.",
            confirmed_by=mention(next(iter(told.values())).confirmed_by),
            who=who,
        )
    return phrase(
        "{who} changed the figures just now. They are up to date in the message; please look once more.", who=who
    )


async def _again(desk: Desk, about: Concern, week: Week) -> Sequence[Letters]:
    """Bring the messages of both about a week up to date."""
    manager_id = about.place.manager_id
    mine = Redraw(letter_of(manager_id, week), *(await _drawn(desk, manager_id, week))[1])
    return [mine, *await question_again(desk, about.id, week)]


async def ask(call: Call, desk: Desk) -> Reply:
    """Ask the manager for their question about a week."""
    user_id, week, _ = _record(call.value)
    about = await concern(call, desk, Action.KPI_CONFIRM, user_id)
    return OpenModal(view=draw.ask_form(about.id, week, memo("", f"{about.id}:{week.key}")))


async def asked_about(call: Call, desk: Desk) -> Reply:
    """Bring the manager's question to the contractor, and to nobody else."""
    user_id, week, _ = _record(call.memo_record)
    about = await concern(call, desk, Action.KPI_CONFIRM, user_id)
    if about.person.deactivated:
        raise Sorry(phrase("{about} has left this workspace and cannot be asked any more.", about=mention(about.id)))
    closed = await is_closed(desk, about.id, week)
    words = clean(call.one("words"))[: draw.LONGEST_WORDS]
    drawn = draw.asked_about(about.asker.user_id, week, words, closed=closed)
    key = f"kpi.question:{about.id}:{week.key}:{about.asker.user_id}:{desk.now:%Y%m%d%H%M%S}"
    text = phrase("{about} has your question, privately.", about=mention(about.id))
    return Say(text=text).also(Post(key, about.id, *drawn, lane=Lane.AGENDA))
