"""Laying checklists: what a workspace made of them, and the items of a contractor following it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel import col, select

from playbook.checklist import SOMEDAY, ChecklistBook, Kept, Thing, dates, grace, plan
from playbook.path import Path
from storage import checklist
from storage.columns import new_id
from storage.database import Team, insert_new
from storage.path_tables import ChecklistItem, ChecklistTemplate
from storage.tables import Contractor

STANDARD = ""


async def names(team: Team) -> tuple[str, ...]:
    """Name the templates that were made for roles, by name."""
    rows = await team.all(team.select(ChecklistTemplate).order_by(col(ChecklistTemplate.name)))
    return tuple(row.name for row in rows if row.name != STANDARD)


async def things(team: Team, name: str, book: ChecklistBook) -> tuple[Thing, ...]:
    """Give the items of a template: that of the name, else the workspace's own standard, else the playbook's."""
    rows = await team.all(team.select(ChecklistTemplate).where(col(ChecklistTemplate.name).in_({name, STANDARD})))
    by_name = {row.name: row for row in rows}
    row = by_name.get(name) or by_name.get(STANDARD)
    return tuple(Thing.model_validate(item) for item in row.items) if row else book.items


async def is_own(team: Team, name: str) -> bool:
    """Tell whether a workspace made this template its own."""
    return await team.get(ChecklistTemplate, name=name) is not None


async def lock_template(team: Team, name: str) -> None:
    """Keep others from changing a template until this change is kept."""
    await team.lock(ChecklistTemplate, name=name)


async def put_template(team: Team, name: str, items: Sequence[Thing], by: str, now: datetime) -> None:
    """Keep a template."""
    dumped = [item.model_dump() for item in items]
    await team.put(ChecklistTemplate, {"name": name}, items=dumped, changed_at=now, changed_by=by)


async def drop_template(team: Team, name: str) -> None:
    """Forget a template; whoever had it has the standard one from now on."""
    await team.change(team.delete(ChecklistTemplate).where(col(ChecklistTemplate.name) == name))
    if name != STANDARD:
        await rename_for_people(team, name, STANDARD)


async def rename_for_people(team: Team, name: str, new: str) -> None:
    """Let everybody who has one template have another name for it."""
    await team.change(team.update(Contractor).where(col(Contractor.template) == name).values(template=new))


async def people_with(team: Team, name: str) -> tuple[str, ...]:
    """Name the contractors who are on the path with a template; those of long ago have no checklist to follow it."""
    on_it = select(col(ChecklistItem.user_id)).where(col(ChecklistItem.team_id) == team.team_id).distinct()
    query = team.select(Contractor).where(col(Contractor.user_id).in_(on_it))
    known = set(await names(team))
    return tuple(
        one.user_id for one in await team.all(query) if (one.template if one.template in known else STANDARD) == name
    )


async def lay(team: Team, user_id: str, items: Sequence[Thing], path: Path, today: date, book: ChecklistBook) -> None:
    """Make a contractor's items follow a template and their days; twice is once, and what is done stays as it is."""
    there = await checklist.of(team, user_id)
    follows = plan(items, [Kept(one.key, one.due, _touched(one)) for one in there])
    days = dates(path, {*(thing.day for thing in items), *(one.day for one in there)})
    order = {thing.key: at for at, thing in enumerate(items)}
    rows = [_row(team, user_id, thing, order[thing.key], days, today, book) for thing in follows.fresh]
    if rows:
        await insert_new(team.session, ChecklistItem, rows)
        await checklist.tick_again(team, user_id, {thing.auto for thing in follows.fresh})
    news = {thing.key: thing for thing in follows.followed}
    for item in there:
        if item.key in follows.gone:
            await team.session.delete(item)
        elif item.state == checklist.TODO:
            _follow(item, news.get(item.key), order, days, today, book)
    await team.session.flush()


def _touched(item: ChecklistItem) -> bool:
    return item.state != checklist.TODO or bool(item.blocker_id)


def _row(
    team: Team,
    user_id: str,
    thing: Thing,
    position: int,
    days: Mapping[int, date],
    today: date,
    book: ChecklistBook,
) -> dict[str, object]:
    due = days[thing.day]
    kept = {"id": new_id(), "team_id": team.team_id, "user_id": user_id, "position": position, "due": due}
    kept |= {"blocker_id": "", "snoozed_until": grace(due, today, book.late_days)}
    return dict(checklist.NOTHING_KEPT) | thing.model_dump() | kept


def _follow(
    item: ChecklistItem,
    thing: Thing | None,
    order: Mapping[str, int],
    days: Mapping[int, date],
    today: date,
    book: ChecklistBook,
) -> None:
    """Give an item that is still to do its words and its day anew; one put off by somebody stays put off."""
    if thing is not None:
        item.position = order[thing.key]
        for name, value in thing.model_dump(exclude={"key"}).items():
            setattr(item, name, value)
    due = days.get(item.day, item.due)
    if due == item.due:
        return
    item.due = due
    late = grace(due, today, book.late_days)
    put_off = item.snoozed_until if item.snoozed_until and today < item.snoozed_until < SOMEDAY else None
    item.snoozed_until = max(put_off, late) if put_off and late else late or put_off


async def add_own(team: Team, user_id: str, text: str, day: int, due: date, owner: str, phase: str) -> ChecklistItem:
    """Add something by hand to a contractor's checklist."""
    key = f"own:{new_id()}"
    item = ChecklistItem(
        team_id=team.team_id, user_id=user_id, key=key, phase=phase, position=999, text=text, owner=owner,
        reason="", day=day, due=due,
    )  # fmt: skip
    team.add(item)
    await team.session.flush()
    return item
