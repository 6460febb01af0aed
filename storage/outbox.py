"""Letters to people: kept with the change they tell of, delivered once, redrawn in place (DECISIONS.md)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from playbook.quiet import Courtesy
from storage.columns import new_id
from storage.database import Team, insert_new
from storage.post import (
    ALWAYS_AT_ONCE,
    BATCH,
    CAN_BE_REDRAWN,
    CHUNK,
    CLOCK,
    DAY,
    IN_FLIGHT,
    NOT_LEFT,
    REPEATABLE,
    WAITING,
    WHISPERED,
    Cancel,
    Home,
    Lane,
    Letters,
    Post,
    Redraw,
    State,
    Whisper,
)
from storage.rhythm_tables import NudgePace
from storage.tables import Letter

__all__ = [
    "ALWAYS_AT_ONCE",
    "BATCH",
    "CAN_BE_REDRAWN",
    "CHUNK",
    "CLOCK",
    "DAY",
    "IN_FLIGHT",
    "NOT_LEFT",
    "REPEATABLE",
    "WAITING",
    "WHISPERED",
    "Cancel",
    "Home",
    "Lane",
    "Letters",
    "Post",
    "Redraw",
    "State",
    "Whisper",
]


async def put(
    team: Team, posts: Iterable[Post | Redraw | Home | Whisper | Cancel], now: datetime, by: str = ""
) -> None:
    """Write letters into the transaction of the change they tell of; a key that was used before is left as it is.

    `by` is whose doing they are: somebody's (user id), the clock's (CLOCK), or "" for what is an answer to everybody.
    """
    fresh: list[dict[str, Any]] = []
    for post in posts:
        match post:
            case Post():
                fresh.append(_row(team, post, now, by))
            case Redraw():
                await _write(team, fresh)
                await redraw(team, post.key, post.text, post.blocks, now, settled=post.settled)
            case Home():
                await _put_home(team, post, now)
            case Whisper():
                fresh.append(_whisper(team, post, now))
            case Cancel():
                await _write(team, fresh)
                await cancel(team, post.about, now)
    await _write(team, fresh)


async def _write(team: Team, rows: list[dict[str, Any]]) -> None:
    await _follow_parents(team, [row for row in rows if row["thread_key"]], rows)
    for start in range(0, len(rows), CHUNK):
        await insert_new(team.session, Letter, rows[start : start + CHUNK])
    rows.clear()


async def _follow_parents(team: Team, replies: list[dict[str, Any]], fresh: list[dict[str, Any]]) -> None:
    """Let a reply go in no more urgent a lane than the message it answers: it cannot be sent before that."""
    if not replies:
        return
    lanes = {row["key"]: int(row["lane"]) for row in fresh}
    parents = team.select(Letter).where(col(Letter.key).in_({row["thread_key"] for row in replies}))
    lanes |= {parent.key: 0 if parent.ts else parent.lane for parent in await team.all(parents)}
    for row in replies:
        row["lane"] = max(row["lane"], lanes.get(row["thread_key"], 0))


def courtesy(post: Post, by: str) -> Courtesy:
    """Say by which courtesy a letter comes: only what goes to one person's DM and is no blocker can be kept back."""
    to_a_person = post.to.startswith(("U", "W")) and "," not in post.to
    if not to_a_person or post.lane in ALWAYS_AT_ONCE or by in ("", post.to):
        return Courtesy.AT_ONCE
    return Courtesy.UNASKED if by == CLOCK else Courtesy.TOLD


def _row(team: Team, post: Post, now: datetime, by: str = "", kind: str = "message") -> dict[str, Any]:
    why = courtesy(post, by)
    return {
        "id": new_id(),
        "team_id": team.team_id,
        "key": post.key,
        "about": post.about,
        "kind": kind,
        "to": post.to,
        "channel": "",
        "thread_key": post.thread_key,
        "lane": int(post.lane),
        "courtesy": why,
        "nudge": post.nudge,
        "timely": post.timely,
        "good_for": int(post.good_for.total_seconds()),
        "text": post.text,
        "blocks": list(post.blocks),
        "state": State.HELD if why else State.PENDING,
        "carried_by": "",
        "revision": 1,
        "sent_revision": 0,
        "not_before": now,
        "expires_at": now + post.good_for,
        "attempt": 0,
        "lease_owner": "",
        "ts": "",
        "error": "",
        "created_at": now,
        "changed_at": now,
    }


def _whisper(team: Team, one: Whisper, now: datetime) -> dict[str, Any]:
    post = Post(one.key, one.user_id, one.text, one.blocks, Lane.CARD, WHISPERED)
    return _row(team, post, now, kind="whisper") | {"channel": one.channel_id}


async def redraw(
    team: Team, key: str, text: str, blocks: Sequence[Mapping[str, Any]], now: datetime, *, settled: bool = False
) -> bool:
    """Change what a letter says; if it was sent it is edited in place. Tells whether anything is to change."""
    letter = await team.lock(Letter, key=key)
    if letter is None or letter.state not in CAN_BE_REDRAWN:
        return False
    if letter.text == text and letter.blocks == list(blocks):
        return False
    if letter.nudge and letter.answered_at is None and (settled or (_asks(letter.blocks) and not _asks(blocks))):
        letter.answered_at = now
        await as_often_as_before(team, letter.to, [letter.nudge])
    letter.text, letter.blocks = text, [dict(block) for block in blocks]
    letter.revision += 1
    letter.changed_at = now
    if letter.carried_by:
        await show_anew(team, [letter.carried_by], now)
    elif letter.state == State.SENT:
        letter.state, letter.not_before, letter.attempt = State.REVISED, now, 0
    return True


async def show_anew(team: Team, ids: Iterable[str], now: datetime) -> None:
    """Have letters drawn once more because something that they carry has changed."""
    sent = col(Letter.state) == State.SENT
    changed = team.update(Letter).where(col(Letter.id).in_(set(ids)))
    values = {
        "revision": col(Letter.revision) + 1,
        "changed_at": now,
        "not_before": case((sent, now), else_=col(Letter.not_before)),
        "attempt": case((sent, 0), else_=col(Letter.attempt)),
        "state": case((sent, State.REVISED.value), else_=col(Letter.state)),
    }
    await team.change(changed.values(**values).execution_options(synchronize_session=False))


def _asks(blocks: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether anything of its noun can be pressed in a message."""
    controls = (one for block in blocks if block["type"] == "actions" for one in block["elements"])
    theirs = any(not str(one.get("action_id")).startswith("nudge.") for one in controls)
    return theirs or any("accessory" in block for block in blocks)


async def as_often_as_before(team: Team, user_id: str, kinds: Sequence[str]) -> None:
    """Begin anew to count the nudges of these kinds that somebody leaves alone: one was answered, or settled."""
    paces = team.update(NudgePace).where(col(NudgePace.user_id) == user_id, col(NudgePace.kind).in_(kinds))
    await team.change(paces.values(ignored=0, halved_at=None, skipped=False))


async def _put_home(team: Team, home: Home, now: datetime) -> None:
    """Write a person's Home once, then redraw it; publishing is idempotent, so a failed one starts anew."""
    key = f"home:{home.user_id}"
    post = Post(key, home.user_id, "Home", home.blocks, Lane.HOME, timedelta(days=3650))
    row = _row(team, post, now, kind="home")
    if await team.insert_new(Letter, **{name: value for name, value in row.items() if name != "team_id"}):
        return
    await team.change(
        team.update(Letter)
        .where(col(Letter.key) == key, col(Letter.state).in_([State.FAILED, State.EXPIRED, State.CANCELLED]))
        .values(state=State.PENDING, not_before=now, attempt=0)
    )
    await redraw(team, key, "Home", home.blocks, now)


async def homes_anew(team: Team, user_id: str, now: datetime) -> None:
    """Have Homes published once more, since they are read differently now; that of nobody ("") is everybody's."""
    homes = team.select(Letter).where(col(Letter.kind) == "home")
    found = await team.all(homes.where(col(Letter.to) == user_id) if user_id else homes)
    await show_anew(team, [one.id for one in found], now)


async def cancel(team: Team, about: str, now: datetime) -> int:
    """Take back every letter about a subject that has not left yet; tells how many."""
    return await _take_back(team, col(Letter.about) == about, NOT_LEFT, now)


async def cancel_for(team: Team, user_id: str, now: datetime) -> int:
    """Take back everything that waits for somebody who has left; tells how many."""
    return await _take_back(team, col(Letter.to) == user_id, (*NOT_LEFT, State.REVISED), now)


async def _take_back(team: Team, which: Any, states: Sequence[State], now: datetime) -> int:
    """Cancel letters in these states, and those carried by others that still wait, which are drawn without them."""
    gone = {"state": State.CANCELLED, "changed_at": now}
    carrier: Any = aliased(Letter)
    waits = exists().where(
        carrier.team_id == Letter.team_id, carrier.id == Letter.carried_by, carrier.state.in_(WAITING)
    )
    carried = await team.all(team.select(Letter).where(which, col(Letter.state) == State.CARRIED, waits))
    if carried:
        seqs = [one.seq for one in carried]
        await team.change(team.update(Letter).where(col(Letter.seq).in_(seqs)).values(**gone))
        await show_anew(team, [one.carried_by for one in carried], now)
    alone = team.update(Letter).where(which, col(Letter.state).in_(states))
    return await team.change(alone.values(**gone)) + len(carried)


async def find(team: Team, key: str) -> Letter | None:
    """Fetch the letter of an occasion, if it was ever written."""
    return await team.get(Letter, key=key)


async def keys_about(team: Team, about: str) -> Sequence[str]:
    """Give the keys of the letters about a subject, oldest first."""
    query: Any = select(Letter.key).where(Letter.team_id == team.team_id, Letter.about == about)
    return list((await team.session.exec(query.order_by(col(Letter.seq)))).all())


async def note_missed(team: Team, key: str, to: str, now: datetime) -> None:
    """Record an occasion that came too late to be worth saying, so that nothing is ever silently gone."""
    row = _row(team, Post(key, to, ""), now) | {"state": State.EXPIRED, "error": "missed"}
    await insert_new(team.session, Letter, [row])


async def resend(team: Team, letter_id: str, now: datetime) -> Letter | None:
    """Put a failed letter back on its way for another day, and what it carries; None if it did not fail."""
    letter = await team.lock(Letter, id=letter_id)
    if letter is not None and letter.carried_by:
        letter = await team.lock(Letter, id=letter.carried_by)
    if letter is None or letter.state != State.FAILED:
        return None
    letter.state = State.REVISED if letter.ts else State.PENDING
    letter.not_before, letter.expires_at, letter.attempt, letter.error = now, now + DAY, 0, ""
    if letter.kind == BATCH:
        mine = team.update(Letter).where(col(Letter.to) == letter.to, col(Letter.carried_by) == letter.id)
        again = mine.where(col(Letter.state) == State.FAILED)
        await team.change(again.values(state=State.CARRIED, expires_at=now + DAY, error=""))
    return letter
