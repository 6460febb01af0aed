"""The letters about time away: to the manager, to who stands in, to those who are helped, and the welcome back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks import kit
from blocks.kit import Block
from blocks.ooo import Drawn, buttons, span

FEW = 5


@dataclass(frozen=True)
class Told:
    """What a letter says of a stretch; times are instants, lines are plain words."""

    user_id: str
    first: date
    last: date
    today: date
    working: int
    kind: str = ""
    partly: bool = False
    note: str = ""
    deputy_id: str = ""
    by: str = ""
    back_at: datetime | None = None
    blockers: Sequence[tuple[int, str]] = ()
    meetings: Sequence[datetime] = ()
    sessions: Sequence[datetime] = ()
    items: Sequence[str] = ()
    away_id: str = ""

    @property
    def days(self) -> str:
        """Name the days."""
        return span(self.first, self.last, self.today)


@dataclass(frozen=True)
class Summary:
    """What somebody comes back to; pairs are numbers and words of blockers."""

    first: date
    last: date
    today: date
    opened: Sequence[tuple[int, str]] = ()
    answered: Sequence[tuple[int, str]] = ()
    resolved: Sequence[tuple[int, str]] = ()
    moved: Sequence[datetime] = ()
    skipped: Sequence[datetime] = ()
    due: Sequence[str] = ()
    meetings: Sequence[datetime] = ()
    sessions: Sequence[datetime] = ()
    items: Sequence[tuple[date, str]] = ()
    away_id: str = ""


def to_manager(told: Told) -> Drawn:
    """Tell a manager: the days, the type and note, who stands in, and what falls into them."""
    who, how = kit.mention(told.user_id), "partly away" if told.partly else "away"
    if told.back_at:
        return _plain(f"{who} is back since {kit.when(told.back_at)}. It was to be {told.days}.")
    days = kit.plural(told.working, "working day") if told.working else "no working day"
    lines = [f"{who} is {how} *{told.days}* ({days}). You are told, not asked: there is nothing to approve."]
    words = " · ".join(part for part in (told.kind, kit.one_line(told.note, 300)) if part)
    lines += [words] if words else []
    lines += [_deputy(told)] if told.deputy_id else []
    text = "\n".join(lines)
    falls = _falls(told)
    return "\n".join([text, *falls]), [kit.section(text), *([kit.section("\n".join(falls))] if falls else [])]


def _deputy(told: Told) -> str:
    return f"{kit.mention(told.deputy_id)} stands in."


def _falls(told: Told) -> list[str]:
    lines = []
    if told.blockers:
        lines.append(f"Open blockers: {_numbered(told.blockers)}")
    if told.meetings:
        lines.append(f"1:1 in these days: {_moments(told.meetings)}")
    if told.sessions:
        lines.append(f"Shadowing in these days: {_moments(told.sessions)}")
    if told.items:
        lines.append(f"Due in these days: {_few([kit.one_line(one, 80) for one in told.items])}")
    return lines


def _numbered(blockers: Sequence[tuple[int, str]]) -> str:
    return _few([f"#{number} {kit.one_line(words, 80)}" for number, words in blockers])


def _moments(moments: Sequence[datetime]) -> str:
    return _few([kit.when(one) for one in moments])


def _few(parts: Sequence[str]) -> str:
    more = len(parts) - FEW
    return "; ".join(parts[:FEW]) + (f"; and {more} more" if more > 0 else "")


def to_deputy(told: Told) -> Drawn:
    """Tell somebody that they stand in."""
    who = kit.mention(told.user_id)
    if told.back_at:
        return _plain(f"{who} is back since {kit.when(told.back_at)}, so you stand in no more. Thank you.")
    text = f"{who} is away *{told.days}*, and you stand in: blockers that would go to {who} come to you."
    return _plain(f"{text} Tell {who} if these days do not work for you.")


def to_helped(told: Told) -> Drawn:
    """Tell a contractor that somebody who helps them is away, until when, and who stands in."""
    who = kit.mention(told.user_id)
    if told.back_at:
        return _plain(f"{who} is back since {kit.when(told.back_at)}.")
    turn = (
        f"{_deputy(told)} Blockers go there meanwhile." if told.deputy_id else "Blockers go to the next on your path."
    )
    return _plain(f"{who} is away *{told.days}*. {turn}")


def to_oneself(told: Told) -> Drawn:
    """Tell a contractor what their manager noted for them, with the buttons to change it."""
    if told.back_at:
        return _plain(f"{kit.mention(told.by)} noted that you are back. Nothing more is held back for you.")
    how = "partly away" if told.partly else "away"
    text = f"{kit.mention(told.by)} noted that you are {how} *{told.days}*. Is that right? You can change it."
    if told.deputy_id:
        text += f" {_deputy(told)}"
    return text, [kit.section(text), buttons(told.away_id)]


def taken_back(told: Told) -> Drawn:
    """Say that the days were taken back."""
    return _plain(f"Taken back: {kit.mention(told.user_id)} is not away {told.days}. Everything goes on as usual.")


def no_more(told: Told) -> Drawn:
    """Say to somebody whom a stretch concerned that it does no more."""
    return _plain(f"This has changed: you do not stand in for {kit.mention(told.user_id)} {told.days}.")


def week_changed(user_id: str, before: Sequence[int], after: Sequence[int]) -> Drawn:
    """Tell a manager that a contractor's working days are others now."""
    who = kit.mention(user_id)
    return _plain(f"{who} works {_days(after)} from now on; it was {_days(before)}. Everything planned follows.")


def _days(weekdays: Sequence[int]) -> str:
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return ", ".join(names[one] for one in sorted(weekdays))


def welcome(what: Summary) -> Drawn:
    """Welcome somebody back with one summary of what happened, and what is next."""
    lead = f"Welcome back. You were away {span(what.first, what.last, what.today)}, and nothing of it counts as missed."
    happened, ahead = _happened(what), _ahead(what)
    text = "\n".join([lead, *happened, *ahead]) if happened or ahead else f"{lead} Nothing happened that waits for you."
    blocks: list[Block] = [kit.section(lead if happened or ahead else text)]
    blocks += [kit.section("*Meanwhile*\n" + "\n".join(happened))] if happened else []
    blocks += [kit.section("*Next*\n" + "\n".join(ahead))] if ahead else []
    return text, blocks


def _happened(what: Summary) -> list[str]:
    parts = (("opened", what.opened), ("answered", what.answered), ("resolved", what.resolved))
    lines = [f"• {kit.plural(len(some), 'blocker')} {verb}: {_numbered(some)}" for verb, some in parts if some]
    lines += [f"• 1:1 moved to {_moments(what.moved)}"] if what.moved else []
    lines += [f"• 1:1 left out: {_moments(what.skipped)}"] if what.skipped else []
    return lines


def _ahead(what: Summary) -> list[str]:
    due = _few([kit.one_line(one, 80) for one in what.due])
    lines = [f"• {kit.plural(len(what.due), 'item')} of your checklist now due: {due}"] if what.due else []
    lines += [f"• 1:1 {_moments(what.meetings)}"] if what.meetings else []
    lines += [f"• Shadowing {_moments(what.sessions)}"] if what.sessions else []
    later = [f"{kit.one_line(text, 80)} ({kit.day_name(day)})" for day, text in what.items]
    return lines + ([f"• Due this week: {_few(later)}"] if later else [])


def _plain(text: str) -> Drawn:
    return text, [kit.section(text)]
