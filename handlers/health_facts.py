"""What the rules of health look at: gathered for many contractors at once, in a handful of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.contract import Desk
from playbook.checklist import counts_from
from playbook.days import DAY, Week, last_working_day, local_day, working_days_between
from playbook.digest import silent_days
from playbook.health import Facts, Finding, Kept, Late, Raised, Work, check, fresh
from playbook.tongue import phrase
from storage import access, checklist, digest
from storage import health as store
from storage.path import Traveller, travellers
from storage.path_tables import ChecklistItem
from storage.tables import Blocker
from storage.trust_tables import HealthCheck

ROLES: Mapping[str, str] = {
    "manager": phrase("the manager"),
    "operations": phrase("operations"),
    "buddy": phrase("the Shadow Buddy"),
}
BESIDE_A_NAME = {**ROLES, "manager": phrase("manager"), "buddy": phrase("buddy")}
FAR = timedelta(days=8)
OWN = "contractor"


@dataclass(frozen=True)
class Case:
    """One contractor: the facts, what the rules find in them, and what was asked in the last weeks."""

    traveller: Traveller
    facts: Facts
    found: Sequence[Finding]
    kept: Sequence[HealthCheck]

    @property
    def user_id(self) -> str:
        """Give the contractor's user id."""
        return self.traveller.user_id

    def new(self, desk: Desk) -> Sequence[Finding]:
        """Give what is worth asking now: nothing that was asked, or answered with all good, a short while ago."""
        zone = self.traveller.person.zone
        kept = [_kept(row, zone) for row in self.kept]
        return fresh(self.found, kept, self.facts.today, desk.playbook.health)


def _kept(row: HealthCheck, zone: str) -> Kept:
    at = store.fine_at(row)
    fine = local_day(at, zone) if at else None
    return Kept(row.rule, row.about, row.day, local_day(row.raised_at, zone), fine)


async def cases(desk: Desk, user_ids: Sequence[str], *, week: bool = False) -> Mapping[str, Case]:
    """Gather contractors who have begun, and run the rules; the last days count, or with `week` the last seven."""
    found = await travellers(desk.team, user_ids)
    days = {one: local_day(desk.now, each.person.zone) for one, each in found.items()}
    found = {one: each for one, each in found.items() if each.place.start_date <= days[one]}
    if not found:
        return {}
    ids, today, book = list(found), desk.now.date(), desk.playbook.health
    work = await store.work(desk.team, ids, Week.of(today - FAR).monday, today + DAY)
    last = await digest.last_days(desk.team, ids)
    raised = await store.blockers(desk.team, ids, desk.now - timedelta(days=book.limits.repeat_days))
    lines = await access.lines(desk.team, ids)
    items = await checklist.waiting(desk.team, ids, today + DAY)
    kept = await store.since_all(desk.team, ids, today - timedelta(days=book.history_days))
    gathered = {}
    for one, each in found.items():
        facts = Facts(
            today=days[one],
            since=days[one] - 6 * DAY if week else last_working_day(days[one], each.path.weekdays, each.path.days_off),
            work=[Work(*entry) for entry in work.get(one, ())],
            blockers=[_raised(desk, each, row) for row in raised.get(one, ())],
            unopened=[line.name for line in lines.get(one, ()) if line.opened_at is None],
            late=_late(each, [item for item in items if item.user_id == one], days[one]),
            silent_days=_silent(each, last.get(one), days[one]),
            last=last.get(one),
        )
        gathered[one] = Case(each, facts, check(facts, book), kept.get(one, ()))
    return gathered


def _raised(desk: Desk, one: Traveller, row: Blocker) -> Raised:
    label = next((kind.label for kind in desk.playbook.blocker.kinds if kind.key == row.kind), row.kind)
    return Raised(row.number, row.kind, label, local_day(row.created_at, one.person.zone), row.state != "resolved")


def _silent(one: Traveller, last: date | None, today: date) -> int:
    since = max(one.place.start_date, local_day(one.place.added_at, one.person.zone))
    return silent_days(last, since, today, one.path.weekdays, one.path.days_off)


def _late(one: Traveller, items: Sequence[ChecklistItem], today: date) -> Sequence[Late]:
    """List what waits for somebody else; the day after its own counts from the end of that day."""
    late = []
    for item in items:
        since = counts_from(item.due, item.snoozed_until)
        if item.state == checklist.TODO and item.owner != OWN and since < today:
            days = working_days_between(since, today + DAY, one.path.weekdays, one.path.days_off)
            late.append(Late(item.text, _owner(one, item.owner), item.owner, days))
    return late


def _owner(one: Traveller, role: str) -> str:
    """Name who has something to do, by role and name."""
    person = one.who(role)
    return f"{person.name} ({BESIDE_A_NAME.get(role, role)})" if person else ROLES.get(role, role)
