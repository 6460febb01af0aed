"""Changing when a 1:1 is: moving it, leaving it out, asking for another time, and saying what became of it."""

from datetime import UTC, datetime

from blocks import oneonone as draw
from blocks import oneonone_form as form
from blocks import oneonone_letter as letter
from blocks.kit import mention, one_line, when
from handlers.contract import (
    Call,
    Desk,
    FixFields,
    Kind,
    Letters,
    OpenModal,
    ReplaceMessage,
    Reply,
    Say,
    memo,
    soon,
)
from handlers.oneonone_keep import kept, told_one_moved, told_skipped
from handlers.oneonone_letters import off
from handlers.oneonone_pair import Pair, allowed
from handlers.oneonone_run import finish
from playbook.oneonone import problem
from playbook.oneonone_rhythm import Rhythm
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.tongue import weekday as tongue_weekday
from playbook.words import clean, fill
from storage import oneonone
from storage.oneonone import State
from storage.outbox import Lane, Post
from storage.rhythm_tables import Meeting

OVER = phrase("That 1:1 is over or was left out, so there is nothing to change. `/1on1` shows the next one.")
BEFORE = phrase("That 1:1 is still to come. Move or skip it if it will not take place.")
DIGITS = 11  # of the seconds since 1970, until long after anybody plans
UNCHANGED = phrase("Nothing had changed, so all stays as it was.")


def wrong_day(pair: Pair, at: datetime, desk: Desk, *, weekly: bool) -> str:
    """Say why a moment suits one of the two not, "" if it suits both."""
    book = desk.playbook.oneonone
    if wrong := problem(at, desk.now, pair.zones, book):
        return wrong
    for side in pair.sides:
        if side.off(at):
            return fill(book.sentences.away, who=side.name)
        if weekly and not side.works(at):
            return fill(book.sentences.weekday, who=side.name, weekday=tongue_weekday(side.day(at)))
    return ""


def moment(call: Call) -> datetime | None:
    """Read the moment that was chosen, None for none."""
    chosen = call.one("at")
    return datetime.fromtimestamp(int(chosen), UTC) if chosen.isdecimal() and len(chosen) <= DIGITS else None


async def repeat(desk: Desk, pair: Pair, at: datetime, by: str) -> str:
    """Let the 1:1 be every week at a moment's weekday and time of the manager's clock; names the day."""
    new = Rhythm.of(at, pair.manager.hours.zone)
    await oneonone.set_series(desk.team, pair.user_id, new.weekday, new.at, new.zone, by, desk.now)
    return new.day_name


def now_clocks(pair: Pair, now: datetime) -> str:
    """Say what time it is for both."""
    return phrase("Now it is {now}.", now=pair.clocks(now))


async def _planned(call: Call, desk: Desk, action: Action, meeting_id: str) -> tuple[Pair, Meeting]:
    pair, meeting = await allowed(call, desk, action, meeting_id)
    if meeting.state != State.PLANNED:
        raise Sorry(OVER)
    return pair, meeting


async def _is_weekly(desk: Desk, pair: Pair) -> bool:
    return pair.user_id in await oneonone.series_of(desk.team, [pair.user_id])


async def move(call: Call, desk: Desk) -> Reply:
    """Open the form in which a manager moves a 1:1."""
    pair, meeting = await _planned(call, desk, Action.ONE_ON_ONE_LEAD, call.value)
    weekly, note = await _is_weekly(desk, pair), memo(call.channel_id, meeting.id)
    return OpenModal(view=form.move(meeting.at, pair.user_id, now_clocks(pair, desk.now), note, weekly=weekly))


async def moved(call: Call, desk: Desk) -> Reply:
    """Keep the new time, and tell the contractor."""
    pair, meeting = await _planned(call, desk, Action.ONE_ON_ONE_LEAD, call.memo_record)
    at, weekly = moment(call) or desk.now, draw.WEEKLY in call.many("rhythm")
    wrong = wrong_day(pair, at, desk, weekly=weekly)
    if wrong:
        return FixFields({"at": wrong})
    if at == meeting.at and not weekly:
        return Say(text=UNCHANGED)
    before, why = meeting.at, clean(call.one("why"))[: form.LONGEST_REASON]
    meeting.moved_from, meeting.at, meeting.why = meeting.moved_from or before, at, why
    day = await repeat(desk, pair, at, call.user_id) if weekly else ""
    rhythm = phrase("It is every {day} at this time from then on.", day=day) if day else ""
    because = " ".join(filter(None, [f"“{one_line(why, 300)}”" if why else "", rhythm]))
    letters = [*await kept(desk, [pair.user_id])]
    letters.append(told_one_moved(pair, meeting, before, because, desk.now, pair.user_id))
    text = phrase(
        "Moved: 1:1 with {pair}, {at}. {rhythm} I have told them.",
        pair=mention(pair.user_id),
        at=when(at, draw.MOMENT),
        rhythm=rhythm,
    )
    return Say(text=" ".join(text.split())).also(*letters)


async def skip(call: Call, desk: Desk) -> Reply:
    """Open the form in which a manager leaves a 1:1 out."""
    pair, meeting = await _planned(call, desk, Action.ONE_ON_ONE_LEAD, call.value)
    weekly, note = await _is_weekly(desk, pair), memo(call.channel_id, meeting.id)
    return OpenModal(view=form.skip(meeting.at, pair.user_id, note, weekly=weekly))


async def left_out(call: Call, desk: Desk) -> Reply:
    """Leave a 1:1 out, or end the series, and tell the contractor."""
    pair, meeting = await _planned(call, desk, Action.ONE_ON_ONE_LEAD, call.memo_record)
    why, for_good = clean(call.one("why"))[: form.LONGEST_REASON], call.one("which") == form.FOR_GOOD
    meeting.state, meeting.why = State.SKIPPED, why
    words = f"“{one_line(why, 300)}”" if why else ""
    if for_good:
        return await _end(call, desk, pair, meeting, words)
    letters = [*await kept(desk, [pair.user_id])]
    found = (await oneonone.next_meetings(desk.team, [pair.user_id], desk.now)).get(pair.user_id)
    after = found.at if found else None
    letters += told_skipped(pair, meeting, words, after, call.user_id)
    then = (
        phrase("The next one is {after}.", after=when(after, draw.MOMENT))
        if after
        else phrase("No other one is planned.")
    )
    text = phrase(
        "Skipped: 1:1 with {pair} of {meeting}. {then} I have told them.",
        pair=mention(pair.user_id),
        meeting=when(meeting.at),
        then=then,
    )
    return Say(text=text).also(*letters)


async def _end(call: Call, desk: Desk, pair: Pair, meeting: Meeting, words: str) -> Reply:
    await oneonone.drop_series(desk.team, pair.user_id)
    ahead = (await oneonone.of(desk.team, [pair.user_id], desk.now)).get(pair.user_id, ())
    letters: list[Letters] = []
    for one in {each.id: each for each in (meeting, *ahead)}.values():
        if one.state in (State.PLANNED, State.SKIPPED):
            one.state = State.SKIPPED
            letters += off(one, phrase("The 1:1 of {one} does not take place.", one=when(one.at)))
    letters += await kept(desk, [pair.user_id])
    key = f"oneonone.ended:{pair.user_id}:{desk.now.isoformat()}"
    drawn = letter.ended(pair.manager.user_id, call.user_id, words)
    text = phrase("Ended: there is no weekly 1:1 with {pair} any more. I have told them.", pair=mention(pair.user_id))
    return Say(text=text).also(*letters, Post(key, pair.user_id, *drawn, Lane.AGENDA))


async def ask(call: Call, desk: Desk) -> Reply:
    """Open the form in which a contractor asks for another time."""
    pair, meeting = await _planned(call, desk, Action.ONE_ON_ONE_PREPARE, call.value)
    note = memo(call.channel_id, meeting.id)
    return OpenModal(view=form.ask(meeting.at, pair.manager.user_id, now_clocks(pair, desk.now), note))


async def asked(call: Call, desk: Desk) -> Reply:
    """Pass on to the manager what the contractor would like instead."""
    pair, meeting = await _planned(call, desk, Action.ONE_ON_ONE_PREPARE, call.memo_record)
    wish, why = moment(call), clean(call.one("why"))[: form.LONGEST_REASON]
    if wish and (wrong := wrong_day(pair, wish, desk, weekly=False)):
        return FixFields({"at": wrong})
    clocks = phrase("That is {wish}.", wish=pair.clocks(wish)) if wish else ""
    drawn = letter.asked(meeting.id, pair.user_id, meeting.at, wish, clocks, why)
    post = Post(f"oneonone.ask:{meeting.id}:{desk.now.isoformat()}", pair.manager.user_id, *drawn, Lane.AGENDA)
    return Say(
        text=phrase("I have asked {manager}. You hear from me when it moves.", manager=mention(pair.manager.user_id))
    ).also(post)


async def held(call: Call, desk: Desk) -> Reply:
    """Note that a 1:1 took place without the bot."""
    return await _became(call, desk, State.HELD, phrase("Noted: your 1:1 with {who} of {at} took place."))


async def not_held(call: Call, desk: Desk) -> Reply:
    """Note that a 1:1 did not take place."""
    return await _became(call, desk, State.SKIPPED, phrase("Noted: your 1:1 with {who} of {at} did not take place."))


async def _became(call: Call, desk: Desk, state: State, words: str) -> Reply:
    pair, meeting = await _planned(call, desk, Action.ONE_ON_ONE_LEAD, call.value)
    if meeting.at > desk.now:
        raise Sorry(BEFORE)
    meeting.state, meeting.ended_at = state, desk.now
    letters = await kept(desk, [pair.user_id])
    letters += await finish(desk, pair.traveller, meeting) if state == State.HELD else []
    await soon(desk, ("home.redraw", pair.user_id), ("home.redraw", pair.manager.user_id))
    text = fill(words, who=mention(pair.user_id), at=when(meeting.at))
    if call.kind is Kind.ACTION:
        return ReplaceMessage(text=text, blocks=letter.moot(text)[1]).also(*letters)
    return Say(text=text).also(*letters)
