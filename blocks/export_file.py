"""The files of an export: one CSV for each kind of record, harmless whatever anybody wrote."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from playbook.export import Order, Span
from playbook.kpi import Kpi
from playbook.load import Playbook
from playbook.spreadsheet import Cell, clock, hours, there, written
from storage.export import Records
from storage.path_tables import ChecklistItem

Rows = tuple[Sequence[str], Sequence[Sequence[Cell]]]
WHO = ("contractor", "slack id")
MINUTE = timedelta(minutes=1)
STATES = {"todo": "open", "done": "done", "na": "not applicable"}


def files(order: Order, records: Records, book: Playbook) -> Mapping[str, bytes]:
    """Write every file of an order; how work felt stands only in what people take out about themselves."""
    tables: dict[str, Rows] = {}
    for kind in order.kinds:
        tables |= TABLES[kind](order, records, book)
    return {f"{name}{_days(order.span)}.csv": written(*table) for name, table in tables.items()}


def _days(span: Span) -> str:
    return f"_{span.first.isoformat()}_{span.last.isoformat()}"


def _who(records: Records, user_id: str) -> tuple[str, str]:
    return records.name(user_id), user_id


def _logs(order: Order, records: Records, book: Playbook) -> Mapping[str, Rows]:
    head = [
        *WHO, "day", "minutes", "h:mm", "hours", "from (UTC)", "to (UTC)", "from (local)", "to (local)", "zone",
        "project", "category", "what", "links", "logged (UTC)", *(["felt"] if order.own else []),
    ]  # fmt: skip
    felt = {one.key: one.label for one in book.log.feelings}
    rows: list[Sequence[Cell]] = []
    for one in records.logs:
        zone, category = records.zone(one.user_id), book.log.category(one.category)
        rows.append([
            *_who(records, one.user_id), one.day, one.minutes, clock(one.minutes), hours(one.minutes),
            one.starts_at, one.ends_at, there(one.starts_at, zone), there(one.ends_at, zone), zone,
            one.project, category.label if category else one.category, one.note, one.links, one.created_at,
            *([felt.get(one.feel, one.feel)] if order.own else []),
        ])  # fmt: skip
    return {"logs": (head, rows)}


def _blockers(_: Order, records: Records, book: Playbook) -> Mapping[str, Rows]:
    head = [
        *WHO, "number", "what", "kind", "impact", "tried", "link", "state", "stuck since (UTC)", "raised (UTC)",
        "raised (local)", "zone", "seen (UTC)", "taken (UTC)", "resolved (UTC)", "resolved (local)",
        "to seen (h:mm)", "to seen (hours)", "to resolved (h:mm)", "to resolved (hours)", "helper", "resolved by",
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for one in records.blockers:
        zone, impact = records.zone(one.user_id), book.blocker.impact(one.impact)
        rows.append([
            *_who(records, one.user_id), one.number, one.text, book.blocker.kind(one.kind).label,
            impact.label if impact else one.impact, one.tried, one.link, one.state, one.since, one.created_at,
            there(one.created_at, zone), zone, one.seen_at, one.taken_at, one.resolved_at,
            there(one.resolved_at, zone), *_lasted(one.created_at, one.seen_at),
            *_lasted(one.created_at, one.resolved_at), records.name(one.helper_id), records.name(one.resolved_by),
        ])  # fmt: skip
    return {"blockers": (head, rows)}


def _lasted(since: datetime, until: datetime | None) -> tuple[Cell, Cell]:
    if until is None:
        return "", ""
    minutes = max(until - since, timedelta(0)) // MINUTE
    return clock(minutes), hours(minutes)


def _checklists(_: Order, records: Records, book: Playbook) -> Mapping[str, Rows]:
    head = [
        *WHO, "phase", "item", "whose", "day of the path", "due", "state", "done (UTC)", "done (local)", "zone",
        "done by", "proof", "verified (UTC)",
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for one in records.items:
        zone = records.zone(one.user_id)
        rows.append([
            *_who(records, one.user_id), book.checklist.phase_name(one.phase), one.text, one.owner, one.day, one.due,
            STATES.get(one.state, one.state), one.done_at, there(one.done_at, zone), zone, records.name(one.done_by),
            _proof(one), one.verified_at,
        ])  # fmt: skip
    return {"checklists": (head, rows)}


def _proof(item: ChecklistItem) -> str:
    """Give the proof where it is the contractor's own; what others wrote is theirs."""
    return item.proof if item.done_by == item.user_id else ""


def _kpis(_: Order, records: Records, book: Playbook) -> Mapping[str, Rows]:
    versions = [(one, tuple(Kpi.read(row) for row in one.rows)) for one in records.versions]
    known = {(one.user_id, kpi.key): kpi for one, kpis in versions for kpi in kpis}
    head = [
        *WHO, "week", "kpi", "kind", "target", "result", "words", "entered (UTC)", "entered (local)", "zone",
        "confirmed (UTC)", "confirmed by",
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for one in records.results:
        zone, kpi = records.zone(one.user_id), known.get((one.user_id, one.key))
        rows.append([
            *_who(records, one.user_id), one.monday, kpi.text if kpi else one.key, book.kpi.tab_of(one.key),
            kpi.goal if kpi else "", one.value, one.words, one.entered_at, there(one.entered_at, zone), zone,
            one.confirmed_at, records.name(one.confirmed_by) if one.confirmed_at else "",
        ])  # fmt: skip
    agreed: list[Sequence[Cell]] = [
        [*_who(records, one.user_id), one.version, one.proposed_at, one.answered_at, "now" if one.state == "agreed"
         else "before", kpi.text, book.kpi.tab_of(kpi.key), kpi.target, kpi.goal, kpi.by]
        for one, kpis in versions
        for kpi in kpis
        if kpi.on
    ]  # fmt: skip
    titles = [
        *WHO, "version", "proposed (UTC)", "agreed (UTC)", "counts", "kpi", "kind", "target", "target in words",
        "measured by",
    ]  # fmt: skip
    return {"kpi-results": (head, rows), "kpi-versions": (titles, agreed)}


TABLES: Mapping[str, Callable[[Order, Records, Playbook], Mapping[str, Rows]]] = {
    "logs": _logs,
    "blockers": _blockers,
    "checklists": _checklists,
    "kpis": _kpis,
}
