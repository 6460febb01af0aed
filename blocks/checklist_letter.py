"""The morning message of somebody who has something to do: by contractor, kept up to date through the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks.checklist import DONE, OPEN, SIGNS, VERIFY
from blocks.kit import (
    Block,
    actions,
    button,
    clean,
    context,
    day_name,
    divider,
    mention,
    one_line,
    section,
    when,
)
from playbook.checklist import State, counts_from
from playbook.tongue import numbered, phrase
from storage.path_tables import ChecklistItem

Drawn = tuple[str, list[Block]]
MOST_BLOCKS = 46


@dataclass(frozen=True)
class Row:
    """One item of a morning message as it stands; `proof` for one that waits to be verified."""

    item: ChecklistItem
    state: State
    proof: bool = False

    @property
    def open(self) -> bool:
        """Whether there is still something to do."""
        return self.proof or self.state not in {State.DONE, State.NOT_APPLICABLE}


@dataclass(frozen=True)
class Morning:
    """What one owner has before them on a day, by contractor; `most` rows are shown.

    `opens_week`: it is their first working day of a week.
    """

    user_id: str
    day: date
    rows: Mapping[str, Sequence[Row]]
    most: int
    opens_week: bool = True


def key(user_id: str, day: date) -> str:
    """Name the morning message of somebody's day; there is one."""
    return f"checklist:{user_id}:{day}"


def about(user_id: str) -> str:
    """Name the subject of somebody's morning messages."""
    return f"checklist.morning:{user_id}"


def day_of(letter_key: str) -> date:
    """Give the day of a morning message from its name."""
    return date.fromisoformat(letter_key.rpartition(":")[2])


def is_open(block: Mapping[str, object]) -> bool:
    """Tell whether a block of a morning message still offers something to do."""
    return f"'{DONE}'" in str(block) or f"'{VERIFY}'" in str(block)


def moved_on(day: date) -> Drawn:
    """Close the message of a day whose rest stands in the next one."""
    text = phrase("{day} is over; what was left stands in the next list.", day=day_name(day))
    return text, [context(text)]


def morning(shown: Morning) -> Drawn:
    """Draw it: what is late first, then what is for today, and what became of it since."""
    everything = [row for rows in shown.rows.values() for row in rows]
    still = [row for row in everything if row.open]
    if not still:
        return _all_done(shown, everything)
    late = sum(row.state is State.OVERDUE for row in still)
    proofs = sum(row.proof for row in still)
    parts = [numbered("{n} thing", "{n} things", len(still) - proofs)] if len(still) > proofs else []
    parts += [phrase("{proof} to verify", proof=numbered("{n} proof", "{n} proofs", proofs))] if proofs else []
    overdue = phrase(", {late} of them overdue", late=late) if late else ""
    text = phrase(
        "For you on {day}: {parts}{overdue}.",
        day=day_name(shown.day),
        parts=phrase(" and ").join(parts),
        overdue=overdue,
    )
    blocks = [section(f"☀️ {text}"), *_people(shown)]
    return text, [*blocks, actions(button(phrase("Open"), OPEN, _one(shown), spoken=phrase("Open the checklist")))]


def _one(shown: Morning) -> str:
    """Name the contractor whose checklist opens; of several, none: then the overview does."""
    return next(iter(shown.rows)) if len(shown.rows) == 1 else ""


def _all_done(shown: Morning, rows: Sequence[Row]) -> Drawn:
    text = phrase(
        "All done for {day}: {thing}. Thank you, that helps everybody.",
        day=day_name(shown.day),
        thing=numbered("{n} thing", "{n} things", len(rows)),
    )
    if not rows:
        text = phrase("Nothing is left for {day}. Thank you.", day=day_name(shown.day))
    lines = [_closed(row) for row in rows[: shown.most]]
    blocks = [section(f"🎉 {text}"), *(context(line) for line in lines)]
    return text, [*blocks, actions(button(phrase("Open"), OPEN, _one(shown), spoken=phrase("Open the checklist")))]


def _people(shown: Morning) -> list[Block]:
    blocks: list[Block] = []
    count = total = 0
    for user_id, rows in shown.rows.items():
        total += len(rows)
        room = shown.most - count
        if room <= 0:
            continue
        own = user_id == shown.user_id
        blocks += [divider(), section(phrase("*On your own path*") if own else f"*{mention(user_id)}*")]
        blocks += [block for row in rows[:room] for block in _row(row)]
        count += min(len(rows), room)
    more = total - count
    return [
        *blocks[:MOST_BLOCKS],
        *([context(phrase("…and {more} more: press Open to see them.", more=more))] if more > 0 else []),
    ]


def _row(row: Row) -> list[Block]:
    item = row.item
    if not row.open:
        return [context(_closed(row))]
    spoken = clean(" ".join(item.text.split()), 60)
    if row.proof:
        confirmed = phrase(
            "confirmed by {done_by} {done_at}: {proof}",
            done_by=mention(item.done_by),
            done_at=_day(item.done_at),
            proof=one_line(item.proof, 200),
        )
        said = f"🔎 {one_line(item.text, 160)}\n{confirmed}"
        return [
            section(said, button(phrase("Verify"), VERIFY, item.id, spoken=phrase("Verify: {spoken}", spoken=spoken)))
        ]
    sign, word = SIGNS[row.state]
    day = (
        ""
        if row.state is State.TODAY
        else phrase(", due {due}", due=day_name(counts_from(item.due, item.snoozed_until)))
    )
    said = f"{sign} {one_line(item.text, 160)}\n_{word}{day}_"
    return [section(said, button(phrase("Done"), DONE, item.id, spoken=phrase("Done: {spoken}", spoken=spoken)))]


def _closed(row: Row) -> str:
    item, (sign, word) = row.item, SIGNS[row.state]
    by = phrase(" by {done_by}", done_by=mention(item.done_by)) if item.done_by else ""
    at = f" {when(item.done_at, '{time}')}" if item.done_at else ""
    return f"{sign} ~{one_line(item.text, 160).replace('~', '-')}~ {word}{by}{at}"


def _day(moment: datetime | None) -> str:
    return when(moment, "{date_short}") if moment else ""
