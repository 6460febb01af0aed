"""Where on the path contractors are, as their Homes and their managers' show it: gathered for many at once."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from blocks.home_mine import Way
from blocks.home_rhythm import Rhythm
from blocks.kit import day_name, when
from handlers.contract import Desk
from handlers.home_rhythm import Led, due_sprint
from playbook.access import AccessProgress
from playbook.days import local_day
from playbook.golden import next_day
from playbook.home import Charge, Standing, needs, next_step
from playbook.tongue import ENGLISH, phrase, say
from storage import access, buddy, checklist, introduction, kpi, kpi_week, packet
from storage.checklist import Progress
from storage.path import Traveller, concerning, travellers
from storage.path_tables import Blueprint, Introduction, Shadowing

PAGES = 5
AGREED = "agreed"
WAITS = {
    "proposed": phrase("proposed, waits for an answer"),
    "discussed": phrase("to be talked about"),
    "agreed": "agreed",
}
LAST_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Paths:
    """How far the paths of several contractors have come, each part by user id; who is missing has nothing of it."""

    travellers: Mapping[str, Traveller]
    checklists: Mapping[str, Progress]
    pages: Mapping[str, Collection[str]]
    blueprints: Mapping[str, Blueprint]
    access: Mapping[str, AccessProgress]
    introductions: Mapping[str, Introduction]
    sessions: Mapping[str, Shadowing]
    to_confirm: Mapping[str, int]


async def owed(desk: Desk, user_ids: Collection[str]) -> Mapping[str, int]:
    """Count the items of others' checklists that each of several people owns and that are due by now."""
    found = await travellers(desk.team, await concerning(desk.team, user_ids))
    count: Counter[str] = Counter()
    for item in await checklist.waiting(desk.team, list(found), desk.now.date()):
        owner = found[item.user_id].id_of(item.owner, "manager", "escalation")
        count[owner] += owner != item.user_id and item.state == checklist.TODO
    return count


async def paths_of(desk: Desk, user_ids: Collection[str]) -> Paths:
    """Ask the database for everything at once."""
    team, ids = desk.team, list(user_ids)
    return Paths(
        travellers=await travellers(team, ids, paused=True),
        checklists=await checklist.progress(team, ids, desk.now.date()),
        pages=await packet.pages_read(team, ids),
        blueprints=await kpi.current(team, ids),
        access=await access.progress(team, ids),
        introductions=await introduction.find_all(team, ids),
        sessions=await buddy.next_sessions(team, ids, desk.now),
        to_confirm=await kpi_week.to_confirm(team, ids, desk.now.date() - LAST_WEEK),
    )


def standing(
    desk: Desk, paths: Paths, user_id: str, found_rhythm: Rhythm, *, gap: bool, logged: bool, stuck: bool
) -> str:
    """Name what is next for a contractor."""
    found = paths.travellers.get(user_id)
    tools, state = paths.access.get(user_id), paths.introductions.get(user_id)
    laid = user_id in paths.checklists
    return next_step(
        Standing(
            day=found.path.today(desk.now) if found else 1,
            paused=found is not None and found.place.paused_at is not None,
            introduction=state.state if state else "",
            blueprint=_blueprint(paths, user_id),
            pages_left=PAGES - len(paths.pages.get(user_id, ())) if laid else 0,
            second_factors_left=tools.critical - tools.confirmed if tools else 0,
            overdue=_overdue(paths, user_id),
            gap=gap,
            logged=logged,
            stuck=stuck,
            away=found_rhythm.off,
            audit=found_rhythm.audit is not None,
            prepare=found_rhythm.meeting is not None,
            sprint=due_sprint(desk, found_rhythm),
            wiki=found_rhythm.wiki > 0,
            review=found_rhythm.review is not None,
            item=bool(found_rhythm.items),
        )
    )


def _blueprint(paths: Paths, user_id: str) -> str:
    found = paths.blueprints.get(user_id)
    return found.state if found else ""


def _overdue(paths: Paths, user_id: str) -> int:
    found = paths.checklists.get(user_id)
    return found.overdue if found else 0


def way(desk: Desk, paths: Paths, user_id: str, ladder: str = "") -> Way | None:
    """Say where on the path a contractor is."""
    found = paths.travellers.get(user_id)
    if found is None:
        return None
    progress = paths.checklists.get(user_id)
    tools, session = paths.access.get(user_id), paths.sessions.get(user_id)
    meeting = found.place.one_on_one_at
    return Way(
        where=_where(desk, found),
        checklist=(progress.done, progress.total) if progress else (0, 0),
        late=progress.overdue if progress else 0,
        packet=(len(paths.pages.get(user_id, ())), PAGES) if progress else (0, 0),
        kpis=_kpis(paths, user_id),
        access=_access(tools) if tools and tools.total else "",
        golden=_golden(desk, found),
        one_on_one=when(meeting, "{date_short_pretty} {time}") if meeting and meeting > desk.now else "",
        shadowing=when(session.at, "{date_short_pretty} {time}") if session else "",
        ladder=ladder,
    )


def _access(tools: AccessProgress) -> str:
    opened = phrase("{opened} of {total} open", opened=tools.opened, total=tools.total)
    return (
        phrase(
            "{opened}, 2FA {confirmed} of {critical}", opened=opened, confirmed=tools.confirmed, critical=tools.critical
        )
        if tools.critical
        else opened
    )


def _where(desk: Desk, found: Traveller) -> str:
    """Say on which day of the path somebody is, and in which phase of it."""
    if found.place.paused_at is not None:
        return phrase(
            "paused since {paused_at}", paused_at=day_name(local_day(found.place.paused_at, found.person.zone))
        )
    number = found.path.today(desk.now)
    day, phase = phrase("Day {number}", number=number), desk.playbook.path.phase(number)
    return day if say(day, ENGLISH) == say(phase, ENGLISH) else f"{day} · {phase}"


def _kpis(paths: Paths, user_id: str) -> str:
    found = paths.blueprints.get(user_id)
    if found is None:
        return phrase("not written down yet")
    dated = (
        phrase(" on {date}", date=day_name(found.answered_at.date()))
        if found.state == AGREED and found.answered_at
        else ""
    )
    return phrase(
        "version {version}, {state}{dated}",
        version=found.version,
        state=WAITS.get(found.state, found.state),
        dated=dated,
    )


def _golden(desk: Desk, found: Traveller) -> str:
    """Write the Golden Hours on both clocks: the contractor's own, and the manager's."""
    if found.golden is None:
        return ""
    today, manager = local_day(desk.now, found.golden.zone), found.who("manager")
    day = next_day(found.golden, today)
    if day is None:
        return ""
    named = "" if day == today else f"{day_name(day)}: "
    said = [phrase("{named}{day} for you", named=named, day=found.golden.words(day, found.person.zone))]
    if manager is not None and manager.zone != found.person.zone:
        said.append(
            phrase("{day} for <@{manager}>", day=found.golden.words(day, manager.zone), manager=manager.user_id)
        )
    return "\n".join([*said, *([] if found.agreed else [phrase("_the workspace's, until yours are agreed_")])])


def member_path(
    desk: Desk, paths: Paths, user_id: str, rhythm: Led
) -> tuple[str, tuple[int, int, int], tuple[str, ...]]:
    """Say for a manager where a contractor is, how the checklist is (done, all, late), and what needs the manager."""
    found = paths.travellers.get(user_id)
    if found is None:
        return "", (0, 0, 0), ()
    progress = paths.checklists.get(user_id, Progress())
    day = found.path.today(desk.now)
    counted = (progress.done, progress.total, progress.overdue)
    where = ", ".join(filter(None, [_where(desk, found), rhythm.away]))
    return where, counted, needs(_charge(paths, found, day, rhythm))


def _charge(paths: Paths, found: Traveller, day: int, rhythm: Led) -> Charge:
    user_id, tools = found.user_id, paths.access.get(found.user_id)
    state = paths.introductions.get(user_id)
    return Charge(
        day=day,
        introduction=state.state if state else "",
        blueprint=_blueprint(paths, user_id),
        has_buddy=found.who("buddy") is not None,
        tools_left=tools.total - tools.opened if tools else 0,
        overdue=_overdue(paths, user_id),
        one_on_one=rhythm.meets,
        to_confirm=paths.to_confirm.get(user_id, 0),
        paused=found.place.paused_at is not None,
        laid=user_id in paths.checklists,
        strategy=rhythm.strategy,
        answer=rhythm.answer,
        flag=rhythm.flag,
        audit=rhythm.audit,
        golden=rhythm.golden,
        sprint=rhythm.sprint,
        review=rhythm.review,
        course=rhythm.course,
        rate=rhythm.rate,
    )
