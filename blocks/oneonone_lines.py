"""What is known for each part of a 1:1, as lines of safe mrkdwn; each function gives nothing where nothing is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from blocks.health import ANSWERS as HEALTH_ANSWERS
from blocks.kit import day_name, esc, mention, one_line, when
from playbook.audit import AuditBook
from playbook.flag import SCOPE, FlagBook
from playbook.flag import TALK as FLAG_TALK
from playbook.flag import reason as why_flag
from playbook.health import GRANTED, HealthBook
from playbook.health_words import reason as why_check
from playbook.kpi_measure import Measured
from playbook.tongue import numbered, phrase
from storage.checklist import Progress
from storage.path_tables import ChecklistItem
from storage.rhythm_tables import Meeting, Point
from storage.tables import Blocker
from storage.trust_tables import Audit, HealthCheck, RedFlag, Sprint, WikiItem

LONGEST = 160
MOST_NAMED = 3
SAID = {
    **HEALTH_ANSWERS,
    GRANTED: phrase("operations were asked to open it"),
    SCOPE: phrase("too much scope"),
    FLAG_TALK: phrase("to be talked about in the 1:1"),
}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def said(text: str, most: int = LONGEST) -> str:
    """Quote somebody's words on one line."""
    return f"“{one_line(text, most)}”"


def lasted(length: timedelta) -> str:
    """Say how long something took, roughly: 40 min, 3 h, 2 days."""
    if length < HOUR:
        return phrase("{max} min", max=max(1, int(length.total_seconds() // 60)))
    return (
        phrase("{length} h", length=int(length / HOUR))
        if length < 2 * DAY
        else phrase("{length} days", length=int(length / DAY))
    )


def mood(meeting: Meeting, before: Sequence[Meeting], moods: Mapping[str, str]) -> list[str]:
    """Say how somebody is, and how they were in their last four 1:1s, the oldest first."""
    now = moods.get(meeting.mood, "")
    told = [f"{moods[one.mood]} ({day_name(one.at.date())})" for one in before if one.mood in moods][-4:]
    lines = [phrase("Now: *{now}*", now=now)] if now else []
    return lines + ([phrase("Before: {told}", told=" → ".join(told))] if told else [])


def flags(rows: Sequence[RedFlag], book: FlagBook, name: str) -> list[str]:
    """Say which signs of long days the contractor has seen, in the words in which they were told, with their answer."""
    rules = [(row, book.rule(row.rule)) for row in rows]
    told = [(row, why_flag(rule, row.day, row.facts, name) if rule else _named(row)) for row, rule in rules]
    return [f"{one_line(why, LONGEST)}{_answer(row.answer, row.words)}" for row, why in told]


def _named(row: RedFlag | HealthCheck) -> str:
    """Name what a rule said that is in the playbook no more."""
    return f"{row.rule.replace('_', ' ').capitalize()} · {day_name(row.day)}"


def _answer(answer: str, words: str) -> str:
    told = f" · _{SAID.get(answer, one_line(answer.replace('_', ' '), 40))}_" if answer else ""
    return told + (f" {said(words)}" if words else "")


def slows(meeting: Meeting) -> list[str]:
    """Say what slows the contractor down."""
    return [phrase("Slows down: {slows}", slows=said(meeting.slows))] if meeting.slows else []


def blockers(rows: Sequence[Blocker], now: datetime) -> list[str]:
    """List open blockers first, then those that went away, with the time until somebody answered."""
    ordered = sorted(rows, key=lambda row: (row.resolved_at is not None, row.number))
    return [f"#{row.number} {one_line(row.text, 110)} · {_state(row, now)}{_answered(row)}" for row in ordered]


def _state(row: Blocker, now: datetime) -> str:
    if row.resolved_at is not None:
        by = phrase(" by {resolved_by}", resolved_by=mention(row.resolved_by)) if row.resolved_by else ""
        return phrase("resolved after {resolved_at}{by}", resolved_at=lasted(row.resolved_at - row.created_at), by=by)
    by = phrase(", {taken_by} is on it", taken_by=mention(row.taken_by)) if row.taken_by else ""
    return phrase("*open* for {now}{by}", now=lasted(now - row.created_at), by=by)


def _answered(row: Blocker) -> str:
    first = min(filter(None, (row.seen_at, row.taken_at, row.resolved_at)), default=None)
    return (
        phrase(" · answered after {first}", first=lasted(first - row.created_at))
        if first
        else phrase(" · no answer yet")
    )


def heavy(meeting: Meeting, audits: Sequence[Audit]) -> list[str]:
    """Say which workflow felt heavy, from what was prepared and from the audit."""
    mine = [phrase("Felt heavy: {heavy}", heavy=said(meeting.heavy))] if meeting.heavy else []
    told = {" ".join(row.heavy.split()): row for row in audits if row.heavy and row.heavy != meeting.heavy}
    return mine + [
        phrase("Felt heavy in the week of {monday}: {words}", monday=day_name(row.monday), words=said(words))
        for words, row in told.items()
    ]


def felt(audits: Sequence[Audit], book: AuditBook) -> list[str]:
    """Say how weeks felt, as their answers are named in the audit."""
    return [
        phrase("Does the week of {monday} look as it felt? {row}", monday=day_name(row.monday), row=_felt(row, book))
        for row in audits
        if row.felt
    ]


def _felt(row: Audit, book: AuditBook) -> str:
    words = f": {said(row.words)}" if row.words else ""
    focus = (
        phrase(" · Focus time {focus}", focus=esc(book.focus_label(row.focus))) if book.focus_label(row.focus) else ""
    )
    return f"*{esc(book.felt_label(row.felt)) or one_line(row.felt, 40)}*{words}{focus}"


def checks(rows: Sequence[HealthCheck], book: HealthBook, name: str) -> list[str]:
    """Say what was asked about how work goes and the contractor has seen, in its own words, with the answer."""
    return [f"{_asked(row, book, name)}{_answer(row.answer, row.words)}" for row in rows]


def _asked(row: HealthCheck, book: HealthBook, name: str) -> str:
    rule = book.rule(row.rule)
    if rule is None:
        return one_line(_named(row), LONGEST)
    return f"*{esc(rule.title)}* · {one_line(why_check(rule, row.day, row.facts, name), LONGEST)}"


def wiki(rows: Sequence[WikiItem]) -> list[str]:
    """Name what is still to be written down."""
    shown = [f"#{row.number} {one_line(row.question, 70)}" for row in rows[:MOST_NAMED]]
    more = phrase(" and {rows} more", rows=len(rows) - MOST_NAMED) if len(rows) > MOST_NAMED else ""
    return [phrase("To write down: {shown}{more}", shown="; ".join(shown), more=more)] if rows else []


def sprints(rows: Sequence[Sprint]) -> list[str]:
    """Say how a Small Win Sprint goes or went."""
    return [phrase("Small Win Sprint {task}: {row}", task=said(row.task, 80), row=_sprint(row)) for row in rows]


def _sprint(row: Sprint) -> str:
    if not row.answered_at:
        return "done" if row.done_at else phrase("due {due_at}", due_at=when(row.due_at))
    tools = {"yes": phrase("had the tools"), "no": phrase("tools were missing")}.get(row.had_tools, "")
    clear = {"yes": phrase("instructions were clear"), "no": phrase("instructions were unclear")}.get(row.clear, "")
    told = [one_line(words, 80) for words in (row.missing, row.unclear) if words]
    return "; ".join(filter(None, [tools, clear, *told])) or "answered"


def kpis(rows: Sequence[tuple[str, Measured]]) -> list[str]:
    """Say how each KPI stands and why: pairs of (name, how it stands)."""
    return [f"{one.sign} *{one_line(name, 60)}* {one.state}: {one_line(one.why, 110)}" for name, one in rows]


def checklist(done: Progress | None, overdue: Sequence[ChecklistItem]) -> list[str]:
    """Say how far the checklist is, and what is overdue."""
    if done is None:
        return []
    named = "; ".join(one_line(item.text, 60) for item in overdue[:MOST_NAMED])
    late = (
        phrase(" · *{item} overdue*: {named}", item=numbered("{n} item", "{n} items", done.overdue), named=named)
        if done.overdue and named
        else ""
    )
    more = (
        phrase("; and {overdue} more", overdue=len(overdue) - MOST_NAMED) if named and len(overdue) > MOST_NAMED else ""
    )
    return [
        phrase("Checklist: {done} of {total} done{late}{more}", done=done.done, total=done.total, late=late, more=more)
    ]


def question(meeting: Meeting) -> list[str]:
    """Say what the contractor wants to ask."""
    return [phrase("Question: {question}", question=said(meeting.question))] if meeting.question else []


def decided(rows: Sequence[Point]) -> list[str]:
    """Remind, once, of what was decided last time."""
    return [phrase("Decided last time: {row}", row=one_line(row.text, LONGEST)) for row in rows]


@dataclass(frozen=True)
class Waiting:
    """The points that wait for a 1:1, as lines by the part they belong to."""

    by_part: Mapping[str, Sequence[str]]


def points(rows: Sequence[Point], meeting_id: str, keys: Sequence[str], today: date) -> Waiting:
    """Sort what waits by part, what is left from last time first; an unknown part counts as the last."""
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda one: (not _is_old(one, meeting_id), one.added_at)):
        part = row.part if row.part in keys else keys[-1]
        found.setdefault(part, []).append(_point(row, meeting_id, today))
    return Waiting(found)


def by_when(day: date | None, today: date) -> str:
    """Say by when something is to be done, and whether that has passed; "" for no day."""
    past = phrase(" (past)") if day and day < today else ""
    return phrase(" · due {due}{or_}", due=day_name(day), or_=past) if day else ""


def _is_old(row: Point, meeting_id: str) -> bool:
    return row.carried > 0 or row.meeting_id not in ("", meeting_id)


def _point(row: Point, meeting_id: str, today: date) -> str:
    head = phrase("From last time: ") if _is_old(row, meeting_id) else ""
    kind = phrase("*To do* ") if row.kind == "action" else ""
    link = (
        phrase(" · <{link}|message>", link=row.link) if row.link.startswith("https://") and "|" not in row.link else ""
    )
    due = by_when(row.due, today)
    who = f" · {mention(row.owner_id or row.by)}"
    again = (
        phrase(" · carried over {time}", time=numbered("{n} time", "{n} times", row.carried)) if row.carried > 1 else ""
    )
    return f"{head}{kind}{one_line(row.text, LONGEST)}{who}{due}{again}{link}"
