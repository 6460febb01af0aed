"""Looking at what was logged, day by day and week by week, and opening a closed week again."""

from blocks import log as shown
from blocks import log_reminder as letters
from handlers import who
from handlers.contract import Call, Desk, Reply, Say, soon
from handlers.log_form import as_day, worker_of
from handlers.log_save import Worker, day_agreed, read_rows, totals
from playbook.days import Week
from playbook.log import LogRequest
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor as contractors
from storage import log as store
from storage import outbox, people
from storage.outbox import Lane, Post, Redraw

NOT_YOURS = phrase("Only the contractor's manager or an admin can open that week again.")


async def day(_call: Call, worker: Worker, _request: LogRequest) -> Reply:
    """Show today."""
    week = Week.of(worker.today)
    rows = await store.between(worker.desk.team, worker.id, week.monday, week.sunday)
    minutes = {each: sum(row.minutes for row in rows if row.day == each) for each in week.days}
    mine = read_rows([row for row in rows if row.day == worker.today])
    text, blocks = shown.of_day(mine, totals(worker, worker.today, minutes), worker.desk.playbook.log)
    return Say(text=text, blocks=blocks)


async def this_week(_call: Call, worker: Worker, _request: LogRequest) -> Reply:
    """Show the week so far."""
    return await _week(worker, Week.of(worker.today))


async def last_week(_call: Call, worker: Worker, _request: LogRequest) -> Reply:
    """Show the week before."""
    return await _week(worker, Week.of(worker.today).previous)


async def _week(worker: Worker, week: Week) -> Reply:
    desk = worker.desk
    rows = read_rows(await store.between(desk.team, worker.id, week.monday, week.sunday))
    minutes = {each: sum(row.entry.minutes for row in rows if row.entry.day == each) for each in week.days}
    about = worker.today if worker.today in week.days else week.sunday
    agreed = [day_agreed(worker, each) for each in week.days]
    locked = week.locked(desk.now) and week.monday not in await store.reopened(desk.team, worker.id)
    text, blocks = shown.of_week(week, rows, totals(worker, about, minutes), agreed, desk.playbook.log, closed=locked)
    return Say(text=text, blocks=blocks)


async def ask_to_reopen(call: Call, desk: Desk) -> Reply:
    """Ask the manager to open a closed week again; at most once a day."""
    worker = await worker_of(call, desk)
    monday = as_day(call.value)
    if monday is None or monday > worker.today:
        raise Sorry(phrase("I can't tell which week that is. `/log last week` shows the last one."))
    week, manager_id = Week.of(monday), worker.contractor.manager_id
    if not week.locked(desk.now) or week.monday in await store.reopened(desk.team, worker.id):
        return Say(text=phrase("The week of {week} is open. Log away with `/log`.", week=letters.span(week)))
    manager = await people.find(desk.team, manager_id)
    if manager is None or manager.deactivated:
        raise Sorry(
            phrase("Your manager has left this workspace. An admin can help: {desk}", desk=await who.whom_to_ask(desk))
        )
    key = letters.reopen_key(worker.id, week, worker.today)
    if await outbox.find(desk.team, key):
        return Say(
            text=phrase(
                "You have asked today already; <@{manager_id}> has your request in their messages with me.",
                manager_id=manager_id,
            )
        )
    post = Post(key, manager_id, *letters.ask_to_reopen(worker.id, week, worker.today), lane=Lane.AGENDA)
    return Say(
        text=phrase(
            "I asked <@{manager_id}> to open the week of {week}. I'll tell you here.",
            manager_id=manager_id,
            week=letters.span(week),
        )
    ).also(post)


async def reopen(call: Call, desk: Desk) -> Reply:
    """Open a closed week again for a contractor, and tell them."""
    presser = await who.asker(call, desk)
    user_id, week, asked = _record(call.value)
    contractor = await contractors.find(desk.team, user_id)
    if contractor is None or not who.manages(presser, contractor):
        raise Sorry(NOT_YOURS)
    if week.monday > desk.now.date() or not week.locked(desk.now):
        return Say(text=phrase("That week is still open; nothing to do."))
    manager_id = presser.person.user_id
    new = await store.reopen(desk.team, user_id, week.monday, manager_id, desk.now)
    await soon(desk, ("home.redraw", user_id), ("digest.redraw", contractor.manager_id))
    text, blocks = letters.reopened_by(user_id, week, manager_id if new else "")
    told = Post(f"log.reopened:{user_id}:{week.key}", user_id, *letters.open_again(week, manager_id), lane=Lane.AGENDA)
    letter = (Redraw(f"log.reopen:{call.value}", text, blocks),) if asked and new else ()
    reply = Reply() if asked and new else Say(text=text, blocks=blocks)
    return reply.also(told, *letter)


def _record(value: str) -> tuple[str, Week, str]:
    """Read whose week a button is about, and the day of the request if it came from one."""
    user_id, _, rest = value.partition(":")
    key, _, asked = rest.partition(":")
    try:
        return user_id, Week.from_key(key), asked
    except ValueError:
        raise Sorry(NOT_YOURS) from None
