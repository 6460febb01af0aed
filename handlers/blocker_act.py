"""What people do with a blocker: each verb once, whether typed or pressed, twice, too late, or by two at once."""

from blocks import blocker as shown
from blocks import blocker_form as forms
from blocks import blocker_letter as letters
from blocks import kit
from handlers.blocker_work import NOT_YOURS, Work, as_page, done, over, refreshed, resolved_already, spoken, wound
from handlers.contract import (
    Desk,
    Reply,
    Say,
    memo,
)
from playbook.blocker import State
from playbook.days import day_start, local_day
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import blocker as store
from storage import blocker_change as change
from storage import people
from storage.blocker import Case
from storage.outbox import Cancel


async def see(work: Work) -> Reply:
    """Note that a helper saw it."""
    work.need(Action.BLOCKER_SEE)
    if work.blocker.state == State.RESOLVED:
        return resolved_already(work)
    if not await change.see(work.desk.team, work.blocker, work.me, work.desk.now):
        who, when = kit.mention(work.blocker.seen_by), kit.when(work.blocker.seen_at or work.desk.now)
        return Say(
            text=phrase("{number} was seen by {who} {when}. Nothing changed.", number=work.number, who=who, when=when)
        )
    return await done(
        work,
        phrase(
            "{blocker} sees that you have seen {number}.", blocker=kit.mention(work.blocker.user_id), number=work.number
        ),
    )


async def take(work: Work) -> Reply:
    """Note that somebody is on it; the second helper learns who was first."""
    work.need(Action.BLOCKER_TAKE)
    blocker = work.blocker
    if blocker.state == State.RESOLVED:
        return resolved_already(work)
    if blocker.state == State.ON_IT:
        return _taken_already(work)
    return await _take(work)


async def take_over(work: Work) -> Reply:
    """Put somebody in the place of the one who is on it."""
    work.need(Action.BLOCKER_TAKE)
    if work.blocker.state == State.RESOLVED:
        return resolved_already(work)
    if work.blocker.taken_by == work.me:
        return _taken_already(work)
    return await _take(work, over=True)


async def _take(work: Work, *, over: bool = False) -> Reply:
    await change.take(work.desk.team, work.blocker, work.me, work.desk.now, over=over)
    told = letters.thread(
        work.case, f"take:{_stamp(work)}", phrase("🟠 {me} is on it.", me=kit.mention(work.me)), {work.me}
    )
    text = phrase(
        "You are on {number}. {blocker} sees it, and the clock stops reminding.",
        number=work.number,
        blocker=kit.mention(work.blocker.user_id),
    )
    return await done(work, text, Cancel(store.about(work.blocker)), *told)


def _taken_already(work: Work) -> Reply:
    since = kit.when(work.blocker.taken_at or work.desk.now)
    if work.blocker.taken_by == work.me:
        return Say(
            text=phrase("You are on {number} already, since {since}. Nothing changed.", number=work.number, since=since)
        )
    text = phrase(
        "{taken_by} is on {number} since {since}, so nothing changed.",
        taken_by=kit.mention(work.blocker.taken_by),
        number=work.number,
        since=since,
    )
    text += phrase(" You can take it over, or add what you know to its thread.")
    return spoken(text, forms.offers(work.blocker.id, [(phrase("Take it over"), shown.TAKE_OVER, "")]))


async def resolve(work: Work, *, around: bool = False) -> Reply:
    """Note that it is solved, or that the contractor found a way around it."""
    work.need(Action.BLOCKER_RESOLVE)
    if work.blocker.state == State.RESOLVED:
        return resolved_already(work)
    await change.resolve(work.desk.team, work.blocker, work.me, work.desk.now, around=around)
    who = kit.mention(work.me)
    how = phrase("🟢 {who} found a way around it.", who=who) if around else phrase("🟢 {who} resolved it.", who=who)
    told = letters.thread(work.case, f"resolve:{_stamp(work)}", how, {work.me})
    text = (
        phrase("🟢 {number} is worked around. Everybody on it sees that.", number=work.number)
        if around
        else phrase("🟢 {number} is resolved. Everybody on it sees that.", number=work.number)
    )
    return await done(work, text, Cancel(store.about(work.blocker)), *told)


async def around(work: Work) -> Reply:
    """Note that the contractor found a way around it."""
    return await resolve(work, around=True)


async def reopen(work: Work) -> Reply:
    """Open a resolved one again, and turn to the helper with a new message."""
    work.need(Action.BLOCKER_REOPEN)
    if work.blocker.state != State.RESOLVED:
        return Say(
            text=phrase("{number} is open already: {blocker}", number=work.number, blocker=shown.trail(work.blocker))
        )
    await change.reopen(work.desk.team, work.blocker, work.me, work.desk.now)
    await _move_on(work)
    case = await wound(work.desk, work.blocker)
    lead = phrase("{me} opened this again: it is back.", me=kit.mention(work.me))
    again = letters.reminder(case, case.blocker.helper_id, f"reopen:{case.blocker.round}", lead, work.desk.playbook)
    text = phrase(
        "{number} is open again. {helper_id} has been asked.",
        number=work.number,
        helper_id=kit.mention(case.blocker.helper_id),
    )
    return await done(work, text, *([again] if case.blocker.helper_id != work.me else []))


async def _move_on(work: Work) -> None:
    """Give it to the next on the path where the helper has left meanwhile."""
    helper = work.blocker.helper_id
    if not work.case.active(helper) and (to := work.case.after(helper)):
        await change.hand(work.desk.team, work.blocker, to, helper or work.me, work.desk.now, "rehelp")


async def still(work: Work) -> Reply:
    """Note, once a morning, that the contractor is still stuck; a clock that had stopped runs again."""
    blocker, desk = work.blocker, work.desk
    if work.me != blocker.user_id:
        raise Sorry(NOT_YOURS)
    if blocker.state == State.RESOLVED:
        return resolved_already(work)
    today = local_day(desk.now, work.who.person.zone)
    begun = day_start(today, work.who.person.zone)
    if any(note.verb == "still" and note.at >= begun for note in work.case.notes):
        return Say(
            text=phrase(
                "{helper_id} knows already that you are still stuck on {number}.",
                helper_id=kit.mention(blocker.helper_id),
                number=work.number,
            )
        )
    await change.still(desk.team, blocker, work.me, desk.now)
    case = await wound(desk, blocker) if await change.stopped(desk.team, blocker) else work.case
    lead = phrase("{me} is still stuck on this.", me=kit.mention(work.me))
    to = blocker.taken_by if case.active(blocker.taken_by) else blocker.helper_id
    again = letters.reminder(case, to, f"still:{today}", lead, desk.playbook)
    return await done(
        work,
        phrase("Thank you. {to} knows that {number} still holds you up.", to=kit.mention(again.to), number=work.number),
        again,
    )


async def update(work: Work, words: str) -> Reply:
    """Add words to a blocker, and tell everybody on it."""
    work.need(Action.BLOCKER_UPDATE)
    if work.me == work.blocker.helper_id:
        await change.see(work.desk.team, work.blocker, work.me, work.desk.now)
    await change.say(work.desk.team, work.blocker, "update", work.me, work.desk.now, words)
    text = f"💬 {kit.mention(work.me)}: {kit.esc(words)}"
    told = letters.thread(work.case, f"update:{_stamp(work)}", text, {work.me})
    return await done(work, phrase("Added to {number}. Everybody on it is told.", number=work.number), *told)


async def ask(work: Work, words: str) -> Reply:
    """Bring a helper's question to the contractor and to the threads."""
    work.need(Action.BLOCKER_TAKE)
    blocker, team, now = work.blocker, work.desk.team, work.desk.now
    await change.see(team, blocker, work.me, now)
    await change.say(team, blocker, "ask", work.me, now, words)
    answer = kit.button(phrase("Answer"), shown.UPDATE, blocker.id, "primary")
    occasion = f"ask:{_stamp(work)}"
    question = letters.question(work.case, work.me, words, occasion, answer)
    text = phrase("💬 {me} asks: {words}", me=kit.mention(work.me), words=kit.esc(words))
    told = letters.thread(work.case, occasion, text, {work.me, blocker.user_id})
    return await done(
        work,
        phrase("{blocker} has your question about {number}.", blocker=kit.mention(blocker.user_id), number=work.number),
        question,
        *told,
    )


async def hand(work: Work, to: str, words: str = "") -> Reply:
    """Give a blocker to somebody else, with words to go with it if there are any."""
    work.need(Action.BLOCKER_HAND)
    blocker, desk = work.blocker, work.desk
    if blocker.state == State.RESOLVED:
        return resolved_already(work)
    if to == blocker.helper_id:
        return Say(
            text=phrase("{number} is with {to} already. Nothing changed.", number=work.number, to=kit.mention(to))
        )
    person = await people.find(desk.team, to)
    if person is None or person.deactivated or person.is_bot or to == blocker.user_id:
        raise Sorry(
            phrase(
                "{number} stays as it is: please choose somebody else who works here and can help with it.",
                number=work.number,
            )
        )
    there = {sent.to for sent in work.case.sent}
    await change.hand(desk.team, blocker, to, work.me, desk.now)
    if words:
        await change.say(desk.team, blocker, "update", work.me, desk.now, words)
    case = await wound(desk, blocker)
    lead = phrase("{me} passed this on to you.", me=kit.mention(work.me))
    again = [letters.reminder(case, to, f"hand:{blocker.round}", lead, desk.playbook)] if to in there else []
    gone = Cancel(store.about(blocker))
    text = phrase("➡️ {me} passed this on to {to}.", me=kit.mention(work.me), to=kit.mention(to))
    told = letters.thread(work.case, f"hand:{blocker.round}", text, {work.me, to})
    return await done(
        work,
        phrase("{number} goes to {to} now{case}.", number=work.number, to=kit.mention(to), case=_away(case, desk)),
        gone,
        *again,
        *told,
    )


def _away(case: Case, desk: Desk) -> str:
    begins = shown.day_begins(case.hours(case.blocker.helper_id, desk.playbook.contractor), desk.now)
    return phrase(", whose working day begins {begins}", begins=kit.when(begins)) if begins else ""


async def show(work: Work) -> Reply:
    """Show a blocker with everything that happened to it; when its helper looks, it is seen."""
    if work.me == work.blocker.helper_id and await change.see(work.desk.team, work.blocker, work.me, work.desk.now):
        return await done(work, "", page=True)
    return as_page(work)


async def ask_form(work: Work) -> Reply:
    """Open the form for a question; whoever asks has seen it."""
    work.need(Action.BLOCKER_TAKE)
    if work.blocker.state == State.RESOLVED:
        return resolved_already(work)
    view = forms.ask(work.blocker.number, memo(work.call.channel_id, work.blocker.id))
    reply = over(work.call, view, phrase("Type it: `blocker {number} update …`", number=work.blocker.number))
    if await change.see(work.desk.team, work.blocker, work.me, work.desk.now):
        return reply.also(*await refreshed(work.desk, work.blocker, work.call.message_ts))
    return reply


async def update_form(work: Work, words: str = "") -> Reply:
    """Open the form for an update."""
    work.need(Action.BLOCKER_UPDATE)
    number, most = work.blocker.number, work.desk.playbook.blocker.limits.update
    view = forms.update(number, memo(work.call.channel_id, work.blocker.id), most, words)
    return over(work.call, view, phrase("Type what is new after it: `blocker {number} update …`", number=number))


async def hand_form(work: Work) -> Reply:
    """Open the form for passing it on."""
    work.need(Action.BLOCKER_HAND)
    if work.blocker.state == State.RESOLVED:
        return resolved_already(work)
    number = work.blocker.number
    view = forms.hand(number, memo(work.call.channel_id, work.blocker.id))
    return over(work.call, view, phrase("Type to whom: `blocker {number} @person`", number=number))


def _stamp(work: Work) -> str:
    """Name this very moment, so that a letter about it is one of its kind."""
    return f"{work.blocker.round}:{work.me}:{work.desk.now:%Y%m%d%H%M%S%f}"
