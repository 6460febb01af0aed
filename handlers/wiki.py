"""The wiki rule: what was asked is written down by who asked, and asked again is answered with what was written."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from blocks import kit
from blocks import wiki as draw
from handlers.contract import (
    Call,
    Desk,
    Due,
    Duty,
    FixFields,
    Kind,
    Letters,
    OpenModal,
    ReplaceModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
    soon,
)
from handlers.path import actor, may_about, subject, tick
from handlers.who import Asker, asker
from playbook.days import local_day, next_at
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.wiki import DONE, DROPPED, key_of, same_as
from playbook.words import clean, unescape
from storage import contractor, people
from storage import wiki as store
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers
from storage.timetable import When
from storage.trust_tables import WikiItem

REMIND = "wiki.remind"
LATELY = 10
DAY_LONG = timedelta(hours=10)
NOT_YOURS = phrase("This is between the contractor and the people around them. `/circle wiki` shows what is yours.")
GONE = phrase("This item is not there any more. `/circle wiki` shows what is.")
NOBODY = phrase("Please choose a contractor you work with: whoever asked writes it down.")
FULL = phrase("{who} has {most} open items already. Please close some first; `/circle wiki` lists them.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle wiki` and what follows."""
    words = clean(unescape(call.text))
    first, _, rest = words.partition(" ")
    if not words:
        return await opened(call, desk)
    if words.casefold() in {"help", "?"}:
        return Say(text=draw.HELP)
    if first.casefold() == "add":
        return await _typed(call, desk, rest)
    return await _look_up(desk, words)


async def opened(call: Call, desk: Desk) -> Reply:
    """List what is to be written down, by me and by my contractors."""
    view = await _page(call, desk)
    return ReplaceModal(view=view) if call.view_id and not call.from_home else OpenModal(view=view)


async def _page(call: Call, desk: Desk) -> kit.View:
    who = await asker(call, desk)
    theirs = [one.user_id for one in await contractor.managed_by(desk.team, [call.user_id])]
    found = await store.open_items(desk.team, [call.user_id, *theirs])
    mine = found.get(call.user_id, ())
    others = [row for one in theirs for row in found.get(one, ())]
    around = {who.person.user_id, *theirs}
    lately = [row for row in await store.known(desk.team) if row.state == DONE and row.user_id in around][:LATELY]
    return draw.page(mine, others, lately, memo("" if call.view_id else call.channel_id))


async def _look_up(desk: Desk, words: str) -> Reply:
    """Say what was written when it was asked before."""
    row = await _before(desk, words)
    drawn = draw.before(row) if row else draw.unknown(words)
    return Say(text=drawn[0], blocks=drawn[1])


async def _before(desk: Desk, question: str) -> WikiItem | None:
    rows = {row.key: row for row in reversed(await store.known(desk.team))}
    return rows.get(same_as(question, rows, desk.playbook.wiki))


async def _typed(call: Call, desk: Desk, words: str) -> Reply:
    """Keep `question = answer` for the contractor who types it; others choose whose it is in the form."""
    who = await asker(call, desk)
    question, _, answer = (part.strip() for part in words.partition("="))
    if not question or len(question) > desk.playbook.wiki.most or who.contractor is None:
        return await _form(call, desk, question)
    return await _keep(call, desk, call.user_id, question, answer[: desk.playbook.wiki.most_answer], "", "")


async def from_message(call: Call, desk: Desk) -> Reply:
    """Open the form with the words of a message, for the contractor who asked."""
    words = clean(unescape(call.message_text))[: desk.playbook.wiki.most]
    link = f"{call.channel_id}:{call.message_ts}" if call.channel_id and call.message_ts else ""
    return await _form(call, desk, words, link, call.message_user)


async def _form(call: Call, desk: Desk, question: str, link: str = "", author: str = "") -> Reply:
    who = await asker(call, desk)
    if not await _adds(who, desk):
        raise Sorry(NOT_YOURS)
    whose = await _whose(who, desk, author)
    before = await _before(desk, question) if question else None
    lead = (
        phrase("That was asked before as wiki #{number}: {before}", number=before.number, before=draw.line(before))
        if before
        else ""
    )
    note = memo(call.channel_id, draw.NEW, link)
    return OpenModal(view=draw.form(None, question, whose, desk.playbook.wiki, note, lead))


async def _adds(who: Asker, desk: Desk) -> bool:
    """Tell whether somebody may add at all: contractors, leads, and whoever helps a contractor."""
    mine = subject(who.contractor) if who.contractor else None
    if may(Action.WIKI_ADD, await actor(desk, who.person), mine):
        return True
    return bool(await contractor.helped_by(desk.team, who.person.user_id))


async def _whose(who: Asker, desk: Desk, author: str) -> str:
    """Guess who writes it down: the contractor who wrote the message, who asks, or the only one they manage."""
    _, place = await people.actor(desk.team, author)
    if place is not None:
        return author
    if who.contractor is not None:
        return who.person.user_id
    theirs = await contractor.managed_by(desk.team, [who.person.user_id])
    return theirs[0].user_id if len(theirs) == 1 else ""


async def write(call: Call, desk: Desk) -> Reply:
    """Open the form for an item, or for a new one."""
    if call.value == draw.NEW:
        return await _form(call, desk, "")
    row = await _item(call, desk, call.value)
    note = memo("" if call.view_id else call.channel_id, row.id)
    return OpenModal(view=draw.form(row, "", "", desk.playbook.wiki, note))


async def _item(call: Call, desk: Desk, item_id: str) -> WikiItem:
    """Give an item to somebody who may write it."""
    who, row = await asker(call, desk), await store.find(desk.team, item_id)
    if row is None:
        raise Sorry(GONE)
    _, place = await people.actor(desk.team, row.user_id)
    if place is None or not await may_about(desk, Action.WIKI_WRITE, who.person, place):
        raise Sorry(NOT_YOURS)
    return row


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep what was filled in, as a new item or as a change of one."""
    question = clean(call.one("question"))
    if not question:
        return FixFields({"question": phrase("Please say in a few words what was asked.")})
    if call.memo_record != draw.NEW:
        return await _change(call, desk, question)
    whose = call.one("writer")
    who, (_, place) = await asker(call, desk), await people.actor(desk.team, whose)
    if place is None or not await may_about(desk, Action.WIKI_ADD, who.person, place):
        return FixFields({"writer": NOBODY})
    most = desk.playbook.wiki.most_open
    if len((await store.open_items(desk.team, [whose])).get(whose, ())) >= most:
        return FixFields({"writer": FULL.format(who=phrase("This contractor"), most=most)})
    answer, page = call.one("answer"), clean(call.one("page"))
    return await _keep(call, desk, whose, question, answer, page, call.memo_origin)


async def _keep(call: Call, desk: Desk, whose: str, question: str, answer: str, page: str, link: str) -> Reply:
    """Keep a question, or answer it with what was written when it was asked before."""
    before = await _before(desk, question)
    if before is not None:
        return _asked_again(before, answer, page)
    key = key_of(question, desk.playbook.wiki)
    row = await store.add(desk.team, whose, key, question, answer, page, link, call.user_id, desk.now)
    await desk.team.session.flush()
    await soon(desk, ("home.redraw", whose))
    text, blocks = draw.kept(row, call.user_id)
    said = Say(text=text, blocks=blocks)
    if whose == call.user_id:
        return said
    return said.also(Post(f"wiki:{row.id}:told", whose, *draw.told(row), Lane.AGENDA, about=draw.about(row)))


def _asked_again(row: WikiItem, answer: str, page: str) -> Reply:
    """Count the question, keep what is new about it, and point to the answer."""
    row.asked += 1
    row.answer, row.page = row.answer or answer, row.page or page
    text, blocks = draw.before(row)
    return Say(text=text, blocks=blocks)


async def _change(call: Call, desk: Desk, question: str) -> Reply:
    row = await _item(call, desk, call.memo_record)
    row.question, row.key = question, key_of(question, desk.playbook.wiki)
    row.answer, row.page = call.one("answer"), clean(call.one("page"))
    return Say(text=phrase("Wiki #{number} is changed.", number=row.number), blocks=[kit.section(draw.line(row))])


async def written(call: Call, desk: Desk) -> Reply:
    """Note that an item stands in the documentation."""
    row = await _item(call, desk, call.value)
    await tick(desk, row.user_id, "wiki", call.user_id)
    return await _closed(call, desk, row, DONE)


async def dropped(call: Call, desk: Desk) -> Reply:
    """Note that an item is not needed."""
    return await _closed(call, desk, await _item(call, desk, call.value), DROPPED)


async def _closed(call: Call, desk: Desk, row: WikiItem, state: str) -> Reply:
    await store.close(desk.team, row.id, state, call.user_id, desk.now)
    await desk.team.session.refresh(row)
    return await _answer(call, desk, draw.closed(row), row)


async def undone(call: Call, desk: Desk) -> Reply:
    """Have an item be to write again."""
    row = await _item(call, desk, call.value)
    await store.reopen(desk.team, row.id)
    await desk.team.session.refresh(row)
    return await _answer(call, desk, draw.kept(row, call.user_id), row)


async def _answer(call: Call, desk: Desk, drawn: draw.Drawn, row: WikiItem) -> Reply:
    """Show the outcome where somebody is; Homes and the next 1:1 follow."""
    await soon(desk, ("home.redraw", row.user_id))
    if call.view_id and not call.from_home:
        await desk.team.session.flush()
        return ReplaceModal(view=await _page(call, desk))
    return Say(text=drawn[0], blocks=drawn[1])


async def next_reminder(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor is next reminded: once a week, on a working day of theirs."""
    book, whens = desk.playbook.wiki, {}
    for one, traveller in (await travellers(desk.team, subjects)).items():
        path, zone = traveller.path, traveller.person.zone
        weekdays = {book.remind_weekday} if book.remind_weekday in path.weekdays else {max(path.weekdays)}
        due_at = next_at(weekdays, book.remind_at, zone, desk.now, path.days_off)
        whens[one] = When(due_at, local_day(due_at, zone), book.remind_at, zone)
    return whens


async def remind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind contractors of what they have not written down for some days."""
    found = await store.open_items(desk.team, [one.subject for one in due])
    zones = await people.find_all(desk.team, found)
    old = desk.now - timedelta(days=desk.playbook.wiki.remind_days)
    letters: list[Letters] = []
    for user_id, rows in found.items():
        waiting = [row for row in rows if row.added_at <= old]
        if waiting and user_id in zones:
            day = local_day(desk.now, zones[user_id].zone)
            said = draw.reminder(waiting)
            key = f"wiki:{user_id}:{day}"
            post = Post(key, user_id, *said, Lane.NUDGE, DAY_LONG, about="wiki", nudge="wiki.reminder")
            letters.append(post)
    return letters


async def _sample(desk: Desk, traveller: Traveller) -> draw.Drawn:
    question = phrase("How do I get access to the test data?")
    example = WikiItem(
        team_id=desk.team.team_id,
        number=1,
        user_id=traveller.user_id,
        key="",
        question=question,
        added_at=desk.now,
        added_by=traveller.id_of("manager"),
    )
    return draw.reminder([example])


ROUTES: tuple[Route, ...] = (
    Route(Kind.SHORTCUT, draw.ADD_MESSAGE, from_message, opens=True),
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.WRITE, write, opens=True),
    Route(Kind.ACTION, draw.WRITTEN, written),
    Route(Kind.ACTION, draw.DROP, dropped),
    Route(Kind.ACTION, draw.UNDO, undone),
    Route(Kind.FORM, draw.FORM, saved),
)
DUTIES: tuple[Duty, ...] = (Duty(REMIND, remind, next_reminder, for_contractors=True),)
SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("What waits for the wiki"), "contractor", phrase("Thursdays, 10:00 on the contractor's clock"), _sample
    ),
)
