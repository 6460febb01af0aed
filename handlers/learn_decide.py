"""What becomes of a course: approved, talked about, declined with a reason, and finished with what it brought."""

from datetime import timedelta

from blocks import learn as draw
from handlers.contract import Call, Desk, FixFields, Letters, OpenModal, Reply, Say, memo, soon
from handlers.learn_case import changed, here, listed, mine, move, need, theirs
from handlers.learn_clock import plan
from playbook.learn import APPROVED, DECLINED, DISCUSSING, DONE, good_link
from playbook.oneonone_run import MOST_WAITING, TOPIC
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import oneonone, oneonone_points
from storage.growth_tables import Course
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller

FULL = phrase("{who} has {most} open points for the 1:1 already. Please tick some first, or decide here right away.")
WEEK = timedelta(days=7)


def _told(row: Course) -> Post:
    return Post(draw.news_key(row), row.user_id, *draw.news(row), Lane.AGENDA, good_for=WEEK)


async def _decided(call: Call, desk: Desk, row: Course, state: str, words: str = "") -> tuple[Letters, ...]:
    move(row, state)
    row.words, row.decided_at, row.decided_by = words, desk.now, call.user_id
    await desk.team.session.flush()
    return _told(row), *await here(desk, row)


async def approve(call: Call, desk: Desk) -> Reply:
    """Say yes to a course, and plan to ask once whether it is done."""
    row, traveller = await theirs(call, desk, call.value)
    letters = await _decided(call, desk, row, APPROVED)
    await plan(desk, traveller, row.id, desk.now + timedelta(days=desk.playbook.learn.ask_after_days))
    await changed(desk, traveller)
    return (await listed(call, desk, row.user_id)).also(*letters)


async def discuss(call: Call, desk: Desk) -> Reply:
    """Make a course a point of the next 1:1."""
    row, traveller = await theirs(call, desk, call.value)
    need(row, DISCUSSING)
    if await oneonone_points.count_waiting(desk.team, row.user_id) >= MOST_WAITING:
        raise Sorry(FULL.format(who=f"<@{row.user_id}>", most=MOST_WAITING))
    await oneonone_points.add(desk.team, row.user_id, TOPIC, draw.topic(row), call.user_id, desk.now, link=row.link)
    letters = await _decided(call, desk, row, DISCUSSING)
    await _agenda(desk, traveller)
    await changed(desk, traveller)
    return (await listed(call, desk, row.user_id)).also(*letters)


async def _agenda(desk: Desk, one: Traveller) -> None:
    """Let the agenda of the next 1:1 follow, if it was sent already."""
    coming = await oneonone.next_meetings(desk.team, [one.user_id], desk.now)
    await soon(desk, *(("oneonone.redraw", meeting.id) for meeting in coming.values()))


async def decline(call: Call, desk: Desk) -> Reply:
    """Ask for the reason."""
    row, _ = await theirs(call, desk, call.value)
    need(row, DECLINED)
    note = memo("" if call.view_id else call.channel_id, row.id)
    return OpenModal(view=draw.reason(row, desk.playbook.learn, note))


async def declined(call: Call, desk: Desk) -> Reply:
    """Keep the reason, and tell the contractor kindly."""
    row, traveller = await theirs(call, desk, call.memo_record)
    need(row, DECLINED)
    words = clean(call.one("reason"))
    if not words:
        return FixFields({"reason": phrase("Please give the reason in a few words; it is passed on as it is.")})
    letters = await _decided(call, desk, row, DECLINED, words)
    await changed(desk, traveller)
    return Say(
        text=phrase("<@{row}> has your reason, and that your next 1:1 is a good place for it.", row=row.user_id)
    ).also(*letters)


async def finish(call: Call, desk: Desk) -> Reply:
    """Ask what somebody can do now."""
    row, _ = await mine(call, desk, call.value)
    need(row, DONE)
    note = memo("" if call.view_id else call.channel_id, row.id)
    return OpenModal(view=draw.finish(row, desk.playbook.learn, note))


async def finished(call: Call, desk: Desk) -> Reply:
    """Keep what somebody can do now, and tell their manager."""
    row, traveller = await mine(call, desk, call.memo_record)
    need(row, DONE)
    words, link = clean(call.one("words")), call.one("certificate")
    wrong = {
        "words": "" if words else phrase("Please say in a few words what you can do now."),
        "certificate": "" if good_link(link, desk.playbook.learn.most_link) else desk.playbook.learn.sentences.link,
    }
    if any(wrong.values()):
        return FixFields({name: sentence for name, sentence in wrong.items() if sentence})
    move(row, DONE)
    row.done_words, row.done_at = "\n".join(filter(None, (words, link))), desk.now
    await desk.team.session.flush()
    await changed(desk, traveller)
    keys = (draw.remind_key(row.id), f"learn:{row.id}:{APPROVED}")
    letters: list[Letters] = [Redraw(key, *draw.over(row), settled=True) for key in keys]
    if manager := traveller.id_of("manager"):
        key = f"learn:{row.id}:finished"
        letters.append(Post(key, manager, *draw.finished(row), Lane.AGENDA, good_for=WEEK))
    return Say(text=phrase("Well done! It is in your list, and your manager reads what you can do now.")).also(
        *letters, *await here(desk, row)
    )
