"""The digest's lines about the day itself: its 1:1s with the line of strategy, and who is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocks.kit import Block, button, day_name, mention, section, when
from blocks.oneonone import STRATEGY
from playbook.tongue import phrase
from storage.rhythm_tables import Away, Meeting

MOST_NAMED, FEW_NAMED = 6, 2
PARTLY = "partly"
PLANNED = "planned"


@dataclass(frozen=True)
class Today:
    """A manager's day: its 1:1s, earliest first, and each stretch away with the date it is for that contractor."""

    meetings: Sequence[Meeting] = ()
    away: Sequence[tuple[Away, date]] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything."""
        return bool(self.meetings or self.away)


def lines(today: Today, *, full: bool = False) -> list[Block]:
    """Draw at most two lines: the 1:1s of today, and who is away; shorter ones where the message is full."""
    most = FEW_NAMED if full else MOST_NAMED
    return [*_meetings(today.meetings, most), *_away(today.away, most)]


def _meetings(rows: Sequence[Meeting], most: int) -> list[Block]:
    if not rows:
        return []
    missing = next((one for one in rows if _lacks(one)), None)
    spoken = phrase("Write the line of strategy for the first 1:1 without one")
    control = button(phrase("Write the line"), STRATEGY, missing.id, spoken=spoken) if missing else None
    said = [f"{when(one.at, '{time}')} {mention(one.user_id)}{_line(one)}" for one in rows[:most]]
    return [section(phrase("🗓️ *1:1s today* · {it}", it=", ".join([*said, *_more(len(rows), most)])), control)]


def _lacks(one: Meeting) -> bool:
    return one.state == PLANNED and not one.strategy


def _line(one: Meeting) -> str:
    if one.state != PLANNED:
        return ""
    return phrase(" (your line is there)") if one.strategy else phrase(" (your line is missing)")


def _away(rows: Sequence[tuple[Away, date]], most: int) -> list[Block]:
    if not rows:
        return []
    said = [f"{mention(row.user_id)}{_until(row, today)}" for row, today in rows[:most]]
    return [section(phrase("🌴 *Away today* · {it}", it=", ".join([*said, *_more(len(rows), most)])))]


def _until(row: Away, today: date) -> str:
    if row.kind == PARTLY:
        return phrase(" partly")
    return phrase(" until {last}", last=day_name(row.last)) if row.last > today else ""


def _more(count: int, most: int) -> list[str]:
    rest = count - most
    return [phrase("and {rest} more", rest=rest)] if rest > 0 else []
