"""The letters about time away: to the manager, to who stands in, to those who are helped, and the welcome back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks import kit
from blocks.kit import Block
from blocks.ooo import Drawn, buttons, span
from playbook.tongue import numbered, phrase

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
    who, how = kit.mention(told.user_id), phrase("partly away") if told.partly else phrase("away")
    if told.back_at:
        return _plain(
            phrase(
                "{who} is back since {back_at}. It was to be {days}.",
                who=who,
                back_at=kit.when(told.back_at),
                days=told.days,
            )
        )
    days = numbered("{n} working day", "{n} working days", told.working) if told.working else phrase("no working day")
    lines = [
        phrase(
            "{who} is {how} *{days}* ({days_2}). You are told, not asked: there is nothing to approve.",
            who=who,
            how=how,
            days=told.days,
            days_2=days,
        )
    ]
    words = " · ".join(part for part in (told.kind, kit.one_line(told.note, 300)) if part)
    lines += [words] if words else []
    lines += [_deputy(told)] if told.deputy_id else []
    text = "\n".join(lines)
    falls = _falls(told)
    return "\n".join([text, *falls]), [kit.section(text), *([kit.section("\n".join(falls))] if falls else [])]


def _deputy(told: Told) -> str:
    return phrase("{deputy_id} stands in.", deputy_id=kit.mention(told.deputy_id))


def _falls(told: Told) -> list[str]:
    lines = []
    if told.blockers:
        lines.append(phrase("Open blockers: {blockers}", blockers=_numbered(told.blockers)))
    if told.meetings:
        lines.append(phrase("1:1 in these days: {meetings}", meetings=_moments(told.meetings)))
    if told.sessions:
        lines.append(phrase("Shadowing in these days: {sessions}", sessions=_moments(told.sessions)))
    if told.items:
        lines.append(phrase("Due in these days: {few}", few=_few([kit.one_line(one, 80) for one in told.items])))
    return lines


def _numbered(blockers: Sequence[tuple[int, str]]) -> str:
    return _few([f"#{number} {kit.one_line(words, 80)}" for number, words in blockers])


def _moments(moments: Sequence[datetime]) -> str:
    return _few([kit.when(one) for one in moments])


def _few(parts: Sequence[str]) -> str:
    more = len(parts) - FEW
    return "; ".join(parts[:FEW]) + (phrase("; and {more} more", more=more) if more > 0 else "")


def to_deputy(told: Told) -> Drawn:
    """Tell somebody that they stand in."""
    who = kit.mention(told.user_id)
    if told.back_at:
        return _plain(
            phrase(
                "{who} is back since {back_at}, so you stand in no more. Thank you.",
                who=who,
                back_at=kit.when(told.back_at),
            )
        )
    text = phrase(
        "{who} is away *{days}*, and you stand in: blockers that would go to {who} come to you.",
        who=who,
        days=told.days,
    )
    return _plain(phrase("{text} Tell {who} if these days do not work for you.", text=text, who=who))


def to_helped(told: Told) -> Drawn:
    """Tell a contractor that somebody who helps them is away, until when, and who stands in."""
    who = kit.mention(told.user_id)
    if told.back_at:
        return _plain(phrase("{who} is back since {back_at}.", who=who, back_at=kit.when(told.back_at)))
    turn = (
        phrase("{told} Blockers go there meanwhile.", told=_deputy(told))
        if told.deputy_id
        else phrase("Blockers go to the next on your path.")
    )
    return _plain(phrase("{who} is away *{days}*. {turn}", who=who, days=told.days, turn=turn))


def to_oneself(told: Told) -> Drawn:
    """Tell a contractor what their manager noted for them, with the buttons to change it."""
    if told.back_at:
        return _plain(
            phrase("{by} noted that you are back. Nothing more is held back for you.", by=kit.mention(told.by))
        )
    how = phrase("partly away") if told.partly else phrase("away")
    text = phrase(
        "{by} noted that you are {how} *{days}*. Is that right? You can change it.",
        by=kit.mention(told.by),
        how=how,
        days=told.days,
    )
    if told.deputy_id:
        text += f" {_deputy(told)}"
    return text, [kit.section(text), buttons(told.away_id)]


def taken_back(told: Told) -> Drawn:
    """Say that the days were taken back."""
    return _plain(
        phrase(
            "Taken back: {told} is not away {days}. Everything goes on as usual.",
            told=kit.mention(told.user_id),
            days=told.days,
        )
    )


def no_more(told: Told) -> Drawn:
    """Say to somebody whom a stretch concerned that it does no more."""
    return _plain(
        phrase(
            "This has changed: you do not stand in for {told} {days}.", told=kit.mention(told.user_id), days=told.days
        )
    )


def week_changed(user_id: str, before: Sequence[int], after: Sequence[int]) -> Drawn:
    """Tell a manager that a contractor's working days are others now."""
    who = kit.mention(user_id)
    return _plain(
        phrase(
            "{who} works {after} from now on; it was {before}. Everything planned follows.",
            who=who,
            after=_days(after),
            before=_days(before),
        )
    )


def _days(weekdays: Sequence[int]) -> str:
    names = (phrase("Mon"), phrase("Tue"), phrase("Wed"), phrase("Thu"), phrase("Fri"), phrase("Sat"), phrase("Sun"))
    return ", ".join(names[one] for one in sorted(weekdays))


def welcome(what: Summary) -> Drawn:
    """Welcome somebody back with one summary of what happened, and what is next."""
    lead = phrase(
        "Welcome back. You were away {first}, and nothing of it counts as missed.",
        first=span(what.first, what.last, what.today),
    )
    happened, ahead = _happened(what), _ahead(what)
    text = (
        "\n".join([lead, *happened, *ahead])
        if happened or ahead
        else phrase("{lead} Nothing happened that waits for you.", lead=lead)
    )
    blocks: list[Block] = [kit.section(lead if happened or ahead else text)]
    blocks += [kit.section(phrase("*Meanwhile*") + "\n" + "\n".join(happened))] if happened else []
    blocks += [kit.section(phrase("*Next*") + "\n" + "\n".join(ahead))] if ahead else []
    return text, blocks


def _happened(what: Summary) -> list[str]:
    parts = (("opened", what.opened), ("answered", what.answered), ("resolved", what.resolved))
    lines = [
        f"• {numbered('{n} blocker', '{n} blockers', len(some))} {verb}: {_numbered(some)}"
        for verb, some in parts
        if some
    ]
    lines += [phrase("• 1:1 moved to {moved}", moved=_moments(what.moved))] if what.moved else []
    lines += [phrase("• 1:1 left out: {skipped}", skipped=_moments(what.skipped))] if what.skipped else []
    return lines


def _ahead(what: Summary) -> list[str]:
    due = _few([kit.one_line(one, 80) for one in what.due])
    lines = (
        [
            phrase(
                "• {item} of your checklist now due: {due}",
                item=numbered("{n} item", "{n} items", len(what.due)),
                due=due,
            )
        ]
        if what.due
        else []
    )
    lines += [f"• 1:1 {_moments(what.meetings)}"] if what.meetings else []
    lines += [phrase("• Shadowing {sessions}", sessions=_moments(what.sessions))] if what.sessions else []
    later = [f"{kit.one_line(text, 80)} ({kit.day_name(day)})" for day, text in what.items]
    return lines + ([phrase("• Due this week: {later}", later=_few(later))] if later else [])


def _plain(text: str) -> Drawn:
    return text, [kit.section(text)]
