"""Looking at a health check: who may, every rule with what it says now, and the page of it."""

from collections.abc import Sequence

from blocks import flag as flags
from blocks import health as draw
from blocks.kit import Block, View, mention, section
from handlers.contract import Call, Desk
from handlers.health_facts import Case, cases
from handlers.path import may_about
from handlers.who import asker
from playbook.days import DAY
from playbook.flag import ONE_OFF
from playbook.health import Finding
from playbook.health_words import all_fine, say_day
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor
from storage import flag as flag_store
from storage import health as store
from storage.trust_tables import HealthCheck

NOT_YOURS = phrase(
    "Health checks are for a contractor and their manager only. `/contractor` shows who is on "
    "the path with you, and `/circle health` your own page."
)
NOT_NOW = phrase(
    "There is nothing to look at: they have not started yet, or their path is paused. `/contractor` shows which."
)


async def case_of(call: Call, desk: Desk, action: Action, user_id: str) -> Case:
    """Give the contractor somebody asks about; refused unless they may do this."""
    who, place = await asker(call, desk), await contractor.find(desk.team, user_id)
    if place is None or not await may_about(desk, action, who.person, place):
        raise Sorry(NOT_YOURS)
    case = (await cases(desk, [user_id], week=True)).get(user_id)
    if case is None:
        raise Sorry(NOT_NOW)
    return case


def lines_of(desk: Desk, case: Case) -> Sequence[draw.Line]:
    """Say of every rule what it asks now, or that it is fine."""
    book, lines = desk.playbook.health, list[draw.Line]()
    for rule in book.rules:
        rows = {row.id: row for one in case.found if one.rule == rule.key for row in [_row(desk, case, one)]}
        fine = all_fine(rule, case.facts, book.limits)
        found = [draw.Line(rule.title, "", row, kept=row in case.kept) for row in rows.values()]
        lines += found or [draw.Line(rule.title, fine)]
    return lines


def _row(desk: Desk, case: Case, one: Finding) -> HealthCheck:
    """Give the question that a finding was kept as: of the same day, else the latest about the same.

    What nobody has been asked yet is shown without buttons, for there is nothing to answer.
    """
    same = [row for row in case.kept if row.rule == one.rule]
    exact = [row for row in same if row.day == one.day] or [row for row in same if row.about == one.about]
    return exact[-1] if exact else store.row_of(desk.team, case.user_id, one, desk.now)


async def _flags(desk: Desk, case: Case, *, leads: bool) -> list[Block]:
    """List the red flags: a contractor sees all of theirs, a manager those that they have heard of."""
    first = case.facts.today - desk.playbook.health.history_days * DAY
    rows = await flag_store.of(desk.team, case.user_id, first)
    seen = [row for row in rows if not leads or (row.manager_at is not None and row.answer != ONE_OFF)]
    listed = flags.lines(seen, desk.playbook.flag, own=not leads, name=case.traveller.person.name)
    return [section(phrase("*Signs of overwork*")), *listed]


async def view(desk: Desk, case: Case, *, leads: bool) -> View:
    """Draw the page: every rule, the red flags that may be seen, and what was asked in the last weeks."""
    book, person = desk.playbook.health, case.traveller.person
    who = person.name if leads else phrase("You")
    parts = draw.rules(lines_of(desk, case), who, book, leads=leads)
    parts += await _flags(desk, case, leads=leads)
    past = [row for row in reversed(case.kept) if not leads or row.contractor_at is not None]
    head = phrase(
        "{case} · {today}: what the log, the blockers and the checklist say.",
        case=mention(case.user_id),
        today=say_day(case.facts.today),
    )
    return draw.page(case.user_id, head, parts, past, who, book)
