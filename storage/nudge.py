"""Nudges: whose they are, what becomes of the message when they are put aside, who wants none, and each kind's pace."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from playbook.nudge import Last, NudgeBook, Pace, Step, step
from playbook.quiet import Courtesy
from storage import outbox
from storage.columns import new_id
from storage.database import Team
from storage.outbox import DAY, State
from storage.rhythm_tables import NudgePace, NudgeRefusal
from storage.tables import Letter

NEVER_SEEN = (State.HELD, State.PENDING, State.EXPIRED, State.CANCELLED, State.FAILED)
SETTLED, REFUSED, HALVED, ASIDE = "settled", "not relevant", "halved", "put aside"
Said = tuple[str, list[dict[str, Any]]]
USUAL = "0,1,2,3,4"


def subject(letter: Letter) -> str:
    """Name what a nudge is about, as far as its noun has said; else it is only about itself."""
    return letter.about or letter.key


def beside(letter_id: str) -> str:
    """Name what the message is about that stands where a nudge was."""
    return f"nudge:{letter_id}"


# Putting aside ----------------------------------------------------------------------------------


async def put_aside(team: Team, letter: Letter, said: Said, now: datetime, behind: str = "") -> None:
    """Leave a short line where a nudge is; the nudge itself stays behind the line, with nothing of it to be seen.

    The line takes the id, so that whatever is known of the message (where it is, what it carries) is known of the line;
    the nudge gets another one (`behind`).
    """
    place = {name: getattr(letter, name) for name in type(letter).model_fields if name not in ("seq", "team_id")}
    letter.id, letter.ts, letter.carried_by = behind or new_id(), "", ""
    letter.state, letter.error, letter.changed_at = State.CANCELLED, ASIDE, now
    await team.session.flush()
    key = f"{letter.key}:aside:{place['id']}"
    line = Letter(team_id="", **place | {"key": key, "about": beside(letter.id), "nudge": "", "lease_owner": ""})
    line.state = line.state if line.carried_by else State.SENT
    team.add(line)
    await team.session.flush()
    await outbox.redraw(team, key, *said, now)


def put_off(letter: Letter, back: datetime) -> None:
    """Have a nudge that was put aside come again at a moment."""
    letter.state, letter.error, letter.not_before = State.HELD, "", back
    letter.courtesy = Courtesy.TOLD  # its reader wished for that moment, so nothing but quiet keeps it from them
    letter.expires_at = back + max(timedelta(seconds=letter.good_for), DAY)
    letter.sent_revision, letter.attempt, letter.released_at, letter.answered_at = 0, 0, None, None


async def line_of(team: Team, letter: Letter) -> Letter | None:
    """Fetch the newest line that stands where a nudge was."""
    lines = team.select(Letter).where(col(Letter.about) == beside(letter.id))
    return await team.first(lines.order_by(col(Letter.seq).desc()))


async def show_again(team: Team, letter: Letter, now: datetime) -> None:
    """Put a nudge back into the place of its line."""
    line = await line_of(team, letter)
    if line is None or letter.state != State.CANCELLED:
        return
    place = {name: getattr(line, name) for name in ("id", "channel", "ts", "carried_by")}
    state = line.state if line.carried_by else State.SENT
    said = letter.text, letter.blocks
    await team.session.delete(line)
    await team.session.flush()
    for name, value in place.items():
        setattr(letter, name, value)
    letter.state, letter.text, letter.error, letter.answered_at = state, "", "", None
    await team.session.flush()
    await outbox.redraw(team, letter.key, *said, now)


async def brought_back(team: Team, keys: Collection[str], since: datetime) -> frozenset[str]:
    """Name those of these nudges that were put off until later, or have come back since a moment."""
    later = team.select(Letter).where(col(Letter.key).in_(keys))
    found = [one for one in await team.all(later) if one.state == State.HELD or one.changed_at >= since]
    lines = select(col(Letter.about)).where(col(Letter.team_id) == team.team_id)
    lines = lines.where(col(Letter.about).in_([beside(one.id) for one in found]))
    there = set((await team.session.exec(lines)).all()) if found else set()
    return frozenset(one.key for one in found if beside(one.id) in there)


async def unanswered(
    team: Team, user_ids: Collection[str], kinds: Collection[str], since: datetime
) -> Sequence[Letter]:
    """Fetch the nudges of some kinds written since a moment that people have neither answered nor been spared."""
    asked = team.select(Letter).where(col(Letter.to).in_(set(user_ids)), col(Letter.state).in_(outbox.CAN_BE_REDRAWN))
    asked = asked.where(col(Letter.nudge).in_(kinds), col(Letter.answered_at).is_(None))
    return await team.all(asked.where(col(Letter.created_at) >= since).order_by(col(Letter.seq)))


# Not relevant -----------------------------------------------------------------------------------


async def refuse(team: Team, letter: Letter, kinds: Sequence[str], now: datetime) -> None:
    """Remember that somebody wants no nudges of these kinds about this."""
    for kind in kinds:
        await team.put(NudgeRefusal, {"user_id": letter.to, "kind": kind, "about": subject(letter)}, at=now)


async def take_back(team: Team, letter: Letter, kinds: Sequence[str]) -> None:
    """Forget that somebody wanted no nudges of these kinds about this."""
    gone = team.delete(NudgeRefusal).where(
        col(NudgeRefusal.user_id) == letter.to,
        col(NudgeRefusal.kind).in_(kinds),
        col(NudgeRefusal.about) == subject(letter),
    )
    await team.change(gone)


async def refused(team: Team, user_id: str, kind: str, about: str) -> bool:
    """Say whether somebody wants no nudge of a kind about something."""
    return await team.get(NudgeRefusal, user_id=user_id, kind=kind, about=about) is not None


# How often --------------------------------------------------------------------------------------


async def pressed(team: Team, user_id: str, ts: str) -> None:
    """Note that somebody pressed something in a message of theirs: whatever nudges are in it were not ignored."""
    shown = await team.all(team.select(Letter).where(col(Letter.to) == user_id, col(Letter.ts) == ts))
    if not shown:
        return
    carried = team.select(Letter).where(
        col(Letter.to) == user_id, col(Letter.carried_by).in_([one.id for one in shown])
    )
    nudges = [one for one in (*shown, *await team.all(carried)) if one.nudge]
    if not nudges:
        return
    await outbox.as_often_as_before(team, user_id, [one.nudge for one in nudges])
    answered = team.update(NudgePace).where(
        col(NudgePace.user_id) == user_id, col(NudgePace.last_key).in_([one.key for one in nudges])
    )
    await team.change(answered.values(last_key=""))


async def why_not(team: Team, letter: Letter, book: NudgeBook, now: datetime) -> str:
    """Say why a nudge that is about to leave is not to go, "" if it may; nothing is counted yet."""
    if letter.answered_at is not None:
        return SETTLED
    if await refused(team, letter.to, letter.nudge, subject(letter)):
        return REFUSED
    if await line_of(team, letter) is not None:  # it was promised
        return ""
    return "" if (await _step(team, letter, book, now)).goes else HALVED


async def unwanted(team: Team, user_id: str, kind: str, about: str, book: NudgeBook, now: datetime) -> str:
    """Say why a nudge that somebody else wishes for would not go; one that is left out counts as left out."""
    words: dict[str, Any] = {"key": "", "kind": "message", "lane": 0, "text": "", "state": ""}
    times = dict.fromkeys(("not_before", "expires_at", "created_at", "changed_at"), now)
    wished = Letter(**words | times, team_id="", about=about, to=user_id, nudge=kind)
    why = await why_not(team, wished, book, now)
    if why == HALVED:
        await _count(team, wished, await _step(team, wished, book, now), now)
    return why


async def left_out(team: Team, keys: Collection[str]) -> frozenset[str]:
    """Name those of these nudges that nobody will see, because their kind comes less often."""
    if not keys:
        return frozenset()
    gone = team.select(Letter).where(col(Letter.key).in_(set(keys)), col(Letter.error) == HALVED)
    return frozenset(one.key for one in await team.all(gone.where(col(Letter.state) == State.CANCELLED)))


async def keep_back(team: Team, letter: Letter, why: str, book: NudgeBook, now: datetime) -> None:
    """Take a nudge back that may not go; where it was put off, its line says how it ended."""
    if why == HALVED:
        await _count(team, letter, await _step(team, letter, book, now), now)
    letter.state, letter.error, letter.changed_at = State.CANCELLED, why, now
    line = await line_of(team, letter)
    if why == SETTLED and line is not None:
        await outbox.redraw(team, line.key, letter.text, letter.blocks, now)


async def went(team: Team, letter: Letter, book: NudgeBook, now: datetime) -> bool:
    """Count a nudge that goes; tells whether it is to say, this once, that its kind comes less often."""
    letter.released_at = now
    if await line_of(team, letter) is not None:
        await team.put(NudgePace, {"user_id": letter.to, "kind": letter.nudge}, last_key=letter.key)
        return False
    taken = await _step(team, letter, book, now)
    await _count(team, letter, taken, now)
    return taken.says


async def _step(team: Team, letter: Letter, book: NudgeBook, now: datetime) -> Step:
    row = await _pace(team, letter)
    last = await _last(team, row.last_key if row else "", book, now)
    return step(Pace(row.ignored, row.halved_at is not None, row.skipped) if row else Pace(), last, book.ignored)


async def _count(team: Team, letter: Letter, taken: Step, now: datetime) -> None:
    row, pace = await _pace(team, letter), taken.pace
    halved_at = (row.halved_at if row and row.halved_at else now) if pace.halved else None
    values = {"ignored": pace.ignored, "skipped": pace.skipped, "halved_at": halved_at, "last_key": letter.key}
    await team.put(NudgePace, {"user_id": letter.to, "kind": letter.nudge}, **values)


async def _pace(team: Team, letter: Letter) -> NudgePace | None:
    return await team.lock(NudgePace, user_id=letter.to, kind=letter.nudge)


async def _last(team: Team, key: str, book: NudgeBook, now: datetime) -> Last:
    """Say what became of the last nudge of a kind; what nobody saw was not ignored."""
    last = await team.get(Letter, key=key) if key else None
    if last is None:
        return Last.NONE
    if now - (last.released_at or last.changed_at) < timedelta(hours=book.together):
        return Last.TOGETHER
    if last.answered_at is not None:
        return Last.ANSWERED
    return Last.NONE if last.state in NEVER_SEEN else Last.IGNORED
