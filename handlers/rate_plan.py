"""Planning a rate review: how often, and inviting the contractor to the next one."""

from collections.abc import Sequence
from datetime import date, timedelta

from blocks import rate as draw
from blocks import rate_form as form
from blocks.kit import mention
from handlers.contract import Call, Desk, FixFields, Letters, ReplaceModal, Reply, memo, soon
from handlers.path import tick
from handlers.rate_clock import plan_notices
from handlers.rate_look import Concern, lead, page, shut, words_of
from playbook.days import DAY, next_working_day
from playbook.rate import OVERDUE, first_after
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import rate as store
from storage.outbox import Cancel, Lane, Post, Redraw

TICK = "rate"
FAR = timedelta(days=366)
DUE, ROW = "due", "row"
CHANGED = phrase(
    "This review has changed meanwhile, so nothing was kept. `/contractor rate @person` shows how it stands."
)
TAKEN = phrase("A review was due on that day already. Please choose another one.")


def day_of(text: str) -> date | None:
    """Read a day as forms give it, None for none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


async def follow(desk: Desk, about: Concern) -> None:
    """Let what is due, and both Homes, follow a change."""
    await plan_notices(desk, about.id)
    await soon(desk, ("home.redraw", about.id), ("home.redraw", about.asker.user_id))


def redrawn(desk: Desk, about: Concern, due_on: date, drawn: draw.Drawn) -> Sequence[Letters]:
    """Let what the manager was told of a review follow."""
    kinds = (*(str(days) for days in desk.playbook.rate.notices), OVERDUE)
    keys = [draw.notice_key(about.id, due_on, kind, about.asker.user_id) for kind in kinds]
    return [Redraw(key, *drawn, settled=True) for key in keys]


# How often ------------------------------------------------------------------------------------------


async def plan(call: Call, desk: Desk) -> Reply:
    """Open the form of how often and when next."""
    about = await lead(call, desk, call.value)
    plan, note = about.plan, memo("", about.id)
    view = form.plan(about.id, plan.months, plan.next_on, note, desk.playbook.rate, tells=plan.tells)
    return ReplaceModal(view=view)


async def planned(call: Call, desk: Desk) -> Reply:
    """Keep how often and when next; other months move the day, unless it was chosen too."""
    about, book = await lead(call, desk, call.memo_record), desk.playbook.rate
    typed, chosen = call.one("months"), day_of(call.one("next"))
    if typed not in {str(one) for one in book.choices}:
        return FixFields({"months": phrase("Please choose how often.")})
    months, today, before = int(typed), about.today(desk), about.plan.next_on
    next_on = chosen or before
    if next_on == before and months != about.plan.months:
        next_on = await _counted(desk, about, months)
    if next_on != before and next_on <= today:
        return FixFields({"next": phrase("Please choose a day that is still to come.")})
    if await store.taken(desk.team, about.id, next_on):
        return FixFields({"next": TAKEN})
    tells = "yes" in call.many("tells")
    await store.plan(desk.team, about.id, months, next_on, about.asker.user_id, desk.now, tells=tells)
    if tells:  # a tick that the contractor sees must not tell what they were not to know
        await tick(desk, about.id, TICK, about.asker.user_id)
    await follow(desk, about)
    notice = phrase("Kept: every {months} months, next on {next_on}.", months=months, next_on=draw.dated(next_on))
    letters: list[Letters] = []
    if next_on != before:
        letters += [Cancel(draw.about(about.row))] if about.row else []
        letters += redrawn(desk, about, before, draw.moved(about.id, next_on, about.row))
    return ReplaceModal(view=await page(desk, about, notice)).also(*letters)


async def _counted(desk: Desk, about: Concern, months: int) -> date:
    """Count the next day from the last talk, or from the start where there was none."""
    held = next((row.held_on for row in await store.ended(desk.team, about.id) if row.held_on), None)
    return first_after(held or about.traveller.place.start_date, months, about.today(desk))


# Inviting -------------------------------------------------------------------------------------------


async def invite(call: Call, desk: Desk) -> Reply:
    """Open the invitation, filled with what was sent before."""
    about = await lead(call, desk, call.value)
    row, today = about.row, about.today(desk)
    path = about.traveller.path
    usual = next_working_day(max(about.plan.next_on, today) - DAY, path.weekdays, path.days_off)
    meet_on = row.meet_on if row and row.meet_on else usual if usual <= today + FAR else None
    note = memo("", about.id, f"{DUE}:{about.plan.next_on}")
    words = words_of(desk, row)
    return ReplaceModal(view=form.invite(about.id, meet_on, words, note, desk.playbook.rate, able=desk.vault.able))


async def invited(call: Call, desk: Desk) -> Reply:
    """Let the contractor see the review, and tell them; a day that has changed is told as well."""
    about = await lead(call, desk, call.memo_record)
    if call.memo_origin != f"{DUE}:{about.plan.next_on}":
        raise Sorry(CHANGED)
    meet_on = day_of(call.one("meet"))
    wrong = _meet_problem(about, meet_on, about.today(desk))
    if wrong or meet_on is None:
        return FixFields({"meet": wrong})
    row = about.row or await store.begin(desk.team, about.id, about.plan.next_on, desk.now)
    moved = row.invited_at is not None and row.meet_on != meet_on
    row.meet_on, row.invited_by, row.invited_at = meet_on, about.asker.user_id, row.invited_at or desk.now
    row.invite_words = shut(desk, clean(call.one("words"))[: desk.playbook.rate.longest_words])
    await desk.team.session.flush()
    await tick(desk, about.id, TICK, about.asker.user_id)
    await follow(desk, about)
    drawn = draw.invitation(row, about.asker.user_id, moved=moved)
    told = Post(draw.invite_key(row), about.id, *drawn, lane=Lane.AGENDA, about=draw.about(row))
    again = redrawn(desk, about, row.due_on, draw.noticed(about.id, row))
    notice = phrase(
        "{about} is invited for {meet_on}, and reads it in their own working time.",
        about=mention(about.id),
        meet_on=draw.dated(meet_on),
    )
    return ReplaceModal(view=await page(desk, about, notice)).also(told, *again)


def _meet_problem(about: Concern, day: date | None, today: date) -> str:
    if day is None:
        return phrase("Please choose the day on which you talk.")
    if day < today:
        return phrase("That day has passed. Please choose one that is still to come.")
    if day > today + FAR:
        return phrase("That is more than a year away. Please choose a nearer day.")
    path = about.traveller.path
    if day.weekday() not in path.weekdays or day in path.days_off:
        return phrase("They do not work on that day. Please choose another one.")
    return ""
