"""Logged time: entries, the stopwatch, what people said of empty days, weeks opened again, and unsent forms."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, tuple_
from sqlmodel import col, select

from playbook.webhook import LOG_CREATED
from storage import webhook
from storage.columns import new_id
from storage.database import Team
from storage.tables import DayAnswer, Draft, LogEntry, Timer, WeekReopened

FORM = "log.form"
DRAFT_LIVES = timedelta(hours=24)
STEM = 30
TOLD = ("day", "minutes", "starts_at", "ends_at", "project", "category")
MOST_AT_ONCE = 24
Day = tuple[str, date]


@dataclass(frozen=True)
class Ledger:
    """One person's minutes by day and project over some days; `latest` is when the newest of them was written."""

    rows: tuple[tuple[date, str, int], ...] = ()
    latest: datetime | None = None

    @property
    def by_day(self) -> dict[date, int]:
        """Give the minutes of each day that has any."""
        days: dict[date, int] = {}
        for day, _project, minutes in self.rows:
            days[day] = days.get(day, 0) + minutes
        return days

    @property
    def projects(self) -> tuple[str, ...]:
        """Name the projects with time on them, the most recent first."""
        newest = sorted(self.rows, key=lambda row: row[0], reverse=True)
        return tuple(dict.fromkeys(project for _day, project, minutes in newest if project and minutes))


LEDGER: Any = (
    select(
        col(LogEntry.day),
        col(LogEntry.project),
        func.sum(case((col(LogEntry.undone).is_(True), 0), else_=col(LogEntry.minutes))),
        func.max(col(LogEntry.created_at)),
    )
    .where(col(LogEntry.team_id) == bindparam("team_id"), col(LogEntry.user_id) == bindparam("user_id"))
    .where(col(LogEntry.day).between(bindparam("since"), bindparam("until")))
    .where(col(LogEntry.id).not_in(bindparam("without", expanding=True)))
    .group_by(col(LogEntry.day), col(LogEntry.project))
)


async def ledger(team: Team, user_id: str, since: date, until: date, without: Collection[str] = ()) -> Ledger:
    """Add up a person's minutes by day and project, both dates included, without the entries named."""
    about = {"team_id": team.team_id, "user_id": user_id, "since": since, "until": until, "without": list(without)}
    found = (await team.session.exec(LEDGER, params=about)).all()
    rows = tuple((day, project, int(total)) for day, project, total, _ in found)
    return Ledger(rows, max((written for *_, written in found), default=None))


async def taken(
    team: Team, user_id: str, start: datetime, end: datetime, without: Collection[str] = ()
) -> Sequence[tuple[datetime, datetime]]:
    """Fetch from when to when the person's entries touch a stretch of time."""
    query = (
        select(col(LogEntry.starts_at), col(LogEntry.ends_at))
        .where(LogEntry.team_id == team.team_id, LogEntry.user_id == user_id, col(LogEntry.undone).is_(False))
        .where(col(LogEntry.starts_at) < end, col(LogEntry.ends_at) > start, col(LogEntry.id).not_in(set(without)))
    )
    found = (await team.session.exec(query)).all()
    return [(since, until) for since, until in found if since and until]


async def ever(team: Team, user_id: str) -> bool:
    """Tell whether the person has written any entry before, undone or not."""
    return await team.first(_own(team, user_id)) is not None


async def write(
    team: Team, user_id: str, entries: Sequence[Mapping[str, Any]], now: datetime, latest: datetime | None = None
) -> tuple[str, ...]:
    """Write entries that were sent in one go and give their ids, which share a stem.

    Each entry has day, minutes and what else is known; they count as newer than `latest`, even within one instant.
    """
    stem = new_id()[:STEM]
    ids = tuple(f"{stem}{number:02x}" for number in range(len(entries)))
    first = now if latest is None or latest < now else latest + timedelta(microseconds=1)
    blank: dict[str, Any] = {"project": "", "category": "", "note": "", "links": "", "feel": ""}
    for number, (entry_id, entry) in enumerate(zip(ids, entries, strict=True)):
        at = first + timedelta(microseconds=number)
        row = {**blank, "starts_at": None, "ends_at": None, **entry}
        await team.insert(LogEntry, id=entry_id, user_id=user_id, created_at=at, changed_at=now, undone=False, **row)
        told = {name: row[name] for name in TOLD}
        await webhook.tell(team, LOG_CREATED, entry_id, {"id": entry_id, "contractor": user_id, **told}, now)
    return ids


async def change(team: Team, user_id: str, entry_id: str, entry: Mapping[str, Any], now: datetime) -> bool:
    """Give an entry other contents, and bring it back if it was undone; tells whether there is such an entry."""
    own = team.update(LogEntry).where(col(LogEntry.id) == entry_id, col(LogEntry.user_id) == user_id)
    return await team.change(own.values(changed_at=now, undone=False, **entry)) == 1


async def mark(team: Team, user_id: str, ids: Collection[str], now: datetime, *, undone: bool) -> int:
    """Undo entries, or bring them back; tells how many that changed."""
    own = team.update(LogEntry).where(col(LogEntry.id).in_(set(ids)), col(LogEntry.user_id) == user_id)
    fresh = own.where(col(LogEntry.undone).is_(not undone))
    return await team.change(fresh.values(undone=undone, changed_at=now))


async def find(team: Team, user_id: str, entry_id: str) -> LogEntry | None:
    """Fetch one of the person's entries, undone or not."""
    return await team.first(_own(team, user_id).where(col(LogEntry.id) == entry_id))


async def together(team: Team, user_id: str, entry_id: str) -> Sequence[LogEntry]:
    """Fetch the entries that were sent in one go with this one, undone or not."""
    ids = [f"{entry_id[:STEM]}{number:02x}" for number in range(MOST_AT_ONCE)]
    query = _own(team, user_id).where(col(LogEntry.id).in_([entry_id, *ids]))
    return await team.all(query.order_by(col(LogEntry.created_at)))


async def last(team: Team, user_id: str, *, undone: bool = False) -> LogEntry | None:
    """Fetch what the person wrote last; `undone` counts what was undone too."""
    query = _own(team, user_id).order_by(col(LogEntry.created_at).desc())
    return await team.first(query if undone else query.where(col(LogEntry.undone).is_(False)))


async def between(team: Team, user_id: str, since: date, until: date) -> Sequence[LogEntry]:
    """Fetch the person's entries of some days, both dates included, in the order of the days."""
    query = _own(team, user_id).where(col(LogEntry.undone).is_(False), col(LogEntry.day).between(since, until))
    return await team.all(query.order_by(col(LogEntry.day), col(LogEntry.created_at)))


def _own(team: Team, user_id: str) -> Any:
    return team.select(LogEntry).where(col(LogEntry.user_id) == user_id)


async def projects(team: Team, user_id: str) -> Sequence[str]:
    """Name the person's projects, the one with the newest day first."""
    newest = func.max(col(LogEntry.day))
    query = (
        select(col(LogEntry.project))
        .where(LogEntry.team_id == team.team_id, LogEntry.user_id == user_id, LogEntry.project != "")
        .where(col(LogEntry.undone).is_(False))
        .group_by(col(LogEntry.project))
        .order_by(newest.desc(), col(LogEntry.project))
    )
    return (await team.session.exec(query)).all()


async def logged(team: Team, user_ids: Collection[str], since: date, until: date) -> frozenset[Day]:
    """Tell on which of some days these people logged anything: pairs of (user id, day)."""
    query = (
        select(col(LogEntry.user_id), col(LogEntry.day))
        .where(LogEntry.team_id == team.team_id, col(LogEntry.user_id).in_(set(user_ids)))
        .where(col(LogEntry.day).between(since, until), col(LogEntry.undone).is_(False))
        .distinct()
    )
    return frozenset((user_id, day) for user_id, day in (await team.session.exec(query)).all())


async def start(team: Team, user_id: str, now: datetime, **about: str) -> bool:
    """Start the person's stopwatch; tells whether it was not running yet."""
    about = {"project": "", "category": "", "note": "", **about}
    return await team.insert_new(Timer, user_id=user_id, started_at=now, **about)


async def timer(team: Team, user_id: str) -> Timer | None:
    """Fetch the person's stopwatch if it is running; nobody else may stop it meanwhile."""
    return await team.lock(Timer, user_id=user_id)


async def timers(team: Team, user_ids: Collection[str]) -> Mapping[str, Timer]:
    """Fetch the stopwatches of these people that are running."""
    rows = await team.all(team.select(Timer).where(col(Timer.user_id).in_(set(user_ids))))
    return {row.user_id: row for row in rows}


async def stop(team: Team, user_id: str) -> None:
    """Put the person's stopwatch back to nothing."""
    await team.change(team.delete(Timer).where(col(Timer.user_id) == user_id))


async def say_of_day(team: Team, user_id: str, day: date, answer: str) -> None:
    """Keep what the person said of a day without a log: "off", "muted" or "tomorrow"."""
    await team.put(DayAnswer, {"user_id": user_id, "day": day}, answer=answer)


async def said_of_days(team: Team, days: Collection[Day]) -> Mapping[Day, str]:
    """Fetch what people said of their days: pairs of (user id, day)."""
    if not days:
        return {}
    asked = tuple_(col(DayAnswer.user_id), col(DayAnswer.day)).in_(list(days))
    rows = await team.all(team.select(DayAnswer).where(asked))
    return {(row.user_id, row.day): row.answer for row in rows}


async def reopened(team: Team, user_id: str) -> frozenset[date]:
    """Name the Mondays of the weeks that were opened again for the person."""
    rows = await team.all(team.select(WeekReopened).where(col(WeekReopened.user_id) == user_id))
    return frozenset(row.monday for row in rows)


async def reopen(team: Team, user_id: str, monday: date, by: str, now: datetime) -> bool:
    """Open a week again for the person; tells whether it was closed until now."""
    return await team.insert_new(WeekReopened, user_id=user_id, monday=monday, by=by, at=now)


async def keep_draft(team: Team, user_id: str, values: Mapping[str, Any], now: datetime) -> None:
    """Keep what the person had typed into the form, in place of what was kept before."""
    await team.put(Draft, {"user_id": user_id, "form": FORM}, values=dict(values), at=now)


async def draft(team: Team, user_id: str, now: datetime) -> Draft | None:
    """Fetch what the person had typed into the form less than a day ago."""
    found = await team.get(Draft, user_id=user_id, form=FORM)
    return found if found and now - found.at < DRAFT_LIVES else None


async def drop_draft(team: Team, user_id: str) -> None:
    """Forget what the person had typed into the form."""
    await team.change(team.delete(Draft).where(col(Draft.user_id) == user_id, col(Draft.form) == FORM))
