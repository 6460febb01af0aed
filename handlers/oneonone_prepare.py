"""Preparing a 1:1: what the contractor wants to talk about, and the manager's line of strategy."""

from blocks import oneonone_form as form
from blocks import oneonone_letter as letter
from handlers.contract import Call, Desk, FixFields, OpenModal, Reply, Say, memo, soon
from handlers.oneonone_keep import REDRAW
from handlers.oneonone_letters import is_over, prepare_key, strategy_key
from handlers.oneonone_pair import Pair, allowed
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import oneonone
from storage.outbox import Redraw
from storage.rhythm_tables import Meeting

TOO_LATE = phrase("This 1:1 has begun or is over, so it stays as it was prepared. `/1on1` shows the next one.")
KEPT = phrase("It is on the agenda. You can change it until the 1:1 begins.")
EMPTY = phrase("You left everything open, which is fine: the agenda shows what is known anyway.")


async def _open(call: Call, desk: Desk, action: Action, meeting_id: str) -> tuple[Pair, Meeting]:
    pair, meeting = await allowed(call, desk, action, meeting_id)
    if is_over(meeting, desk.now):
        raise Sorry(TOO_LATE)
    return pair, meeting


async def prepare(call: Call, desk: Desk) -> Reply:
    """Open the form in which a contractor prepares, filled with what they typed or sent before."""
    pair, meeting = await _open(call, desk, Action.ONE_ON_ONE_PREPARE, call.value)
    told = {name: str(getattr(meeting, name)) for name in form.ANSWERS}
    typed = await oneonone.draft(desk.team, call.user_id, meeting.id, desk.now)
    moods = [(words, value) for value, words in desk.playbook.oneonone.moods.items()][::-1]
    note = memo(call.channel_id, meeting.id)
    return OpenModal(view=form.prepare(meeting.at, pair.manager.user_id, moods, told | dict(typed), note))


async def closed(call: Call, desk: Desk) -> Reply:
    """Keep what was typed when the form was closed."""
    meeting = await oneonone.find(desk.team, call.memo_record)
    if meeting is not None and meeting.user_id == call.user_id:
        await oneonone.keep_draft(desk.team, call.user_id, meeting.id, _answers(call, desk), desk.now)
    return Reply()


def _answers(call: Call, desk: Desk) -> dict[str, str]:
    told = {name: clean(call.one(name))[: form.LONGEST_ANSWER] for name in form.ANSWERS}
    return told | {"mood": told["mood"] if desk.playbook.oneonone.mood(told["mood"]) else ""}


async def prepared(call: Call, desk: Desk) -> Reply:
    """Keep what the contractor prepared."""
    pair, meeting = await _open(call, desk, Action.ONE_ON_ONE_PREPARE, call.memo_record)
    await soon(desk, ("home.redraw", meeting.user_id))
    answers = _answers(call, desk)
    for name, words in answers.items():
        setattr(meeting, name, words)
    meeting.prepared_at = desk.now
    await oneonone.drop_draft(desk.team, call.user_id, meeting.id)
    await soon(desk, (REDRAW, meeting.id))
    drawn = letter.prepared(meeting.id, pair.manager.user_id, meeting.at)
    return Say(text=KEPT if any(answers.values()) else EMPTY).also(Redraw(prepare_key(meeting), *drawn))


async def strategy(call: Call, desk: Desk) -> Reply:
    """Open the form in which a manager writes their line."""
    _, meeting = await _open(call, desk, Action.ONE_ON_ONE_LEAD, call.value)
    note = memo(call.channel_id, meeting.id)
    return OpenModal(view=form.strategy(meeting.at, meeting.user_id, meeting.strategy, note))


async def written(call: Call, desk: Desk) -> Reply:
    """Keep the manager's line."""
    _, meeting = await _open(call, desk, Action.ONE_ON_ONE_LEAD, call.memo_record)
    line = " ".join(clean(call.one("line")).split())[: form.LONGEST_LINE]
    if not line:
        return FixFields({"line": phrase("Please write one line: it tells them what their work is for.")})
    meeting.strategy, meeting.strategy_at = line, desk.now
    shown = (("home.redraw", meeting.manager_id), ("digest.redraw", meeting.manager_id))
    await soon(desk, (REDRAW, meeting.id), *shown)
    drawn = letter.written(meeting.id, meeting.user_id, meeting.at, line)
    return Say(text=KEPT).also(Redraw(strategy_key(meeting), *drawn))
