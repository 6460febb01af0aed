"""The report: four weeks or a quarter of one contractor or of a team, in a message, and as files to share."""

from dataclasses import replace

from blocks import parcel
from blocks import report as draw
from handlers import report_file
from handlers.contract import Call, Desk, Duty, Kind, OpenModal, ReplaceMessage, Reply, Route, Say, send_file
from handlers.path import actor
from handlers.report_facts import Wish, report_of
from handlers.who import NOT_ON_THE_PATH, asker, who_adds
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import MENTION, mentioned
from storage.outbox import Lane, Post

HOW = phrase("I know `report` for the last four weeks and `report quarter` for the last 13. Which one do you need?")
OLD = phrase("This button is from an older message. `/circle report` makes the report anew.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle report [quarter]`, and "report" in a direct message: one's own weeks, or those of one's team."""
    who = await asker(call, desk)
    weeks = _span(call.text, desk)
    if who.contractor is not None:
        return await _say(call, desk, Wish(call.user_id, weeks))
    if not may(Action.TEAM_REPORT_READ, await actor(desk, who.person)):
        raise Sorry(NOT_ON_THE_PATH.format(ask=await who_adds(desk)))
    return await _say(call, desk, Wish(draw.TEAM, weeks))


async def verb(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor report [@person] [quarter]`: one contractor, or the team of who asks."""
    user_id = mentioned(call.text)
    weeks = _span(MENTION.sub(" ", call.text), desk)
    return await _say(call, desk, Wish(user_id or draw.TEAM, weeks))


def _span(text: str, desk: Desk) -> int:
    weeks = desk.playbook.report.span(text)
    if weeks is None:
        raise Sorry(HOW)
    return weeks


async def _say(call: Call, desk: Desk, wish: Wish) -> Reply:
    who = await asker(call, desk)
    text, blocks = draw.draw(await report_of(desk, who.person, wish))
    return Say(text=text, blocks=blocks)


async def opened(call: Call, desk: Desk) -> Reply:
    """Show a report from a button of Home or of a page: its point at once, and all of it in the direct message."""
    who = await asker(call, desk)
    wish = Wish(call.value or call.user_id, desk.playbook.report.weeks)
    report = await report_of(desk, who.person, wish)
    key = f"report:{call.user_id}:{wish.whose}:{desk.now.isoformat()}"
    letter = Post(key, call.user_id, *draw.draw(report), Lane.CARD)
    return OpenModal(view=draw.short_page(report)).also(letter)


# Buttons of the message ---------------------------------------------------------------------------


def _record(call: Call, desk: Desk) -> tuple[Wish, int]:
    """Read which report a button is about, which is never trusted."""
    whose, _, rest = call.value.partition(":")
    weeks, _, page = rest.partition(":")
    book = desk.playbook.report
    if not whose or weeks not in {str(book.weeks), str(book.quarter)}:
        raise Sorry(OLD)
    return Wish(whose, int(weeks)), int(page) if page.isdecimal() and len(page) < len("10000") else 0


async def shown(call: Call, desk: Desk) -> Reply:
    """Show the other span, or the weeks again, in the place of the message."""
    reply = await _say(call, desk, _record(call, desk)[0])
    return ReplaceMessage(text=reply.text, blocks=reply.blocks) if isinstance(reply, Say) else reply


async def by_contractor(call: Call, desk: Desk) -> Reply:
    """Show a team contractor by contractor, page by page, in the place of the message."""
    who = await asker(call, desk)
    wish, page = _record(call, desk)
    report = await report_of(desk, who.person, replace(wish, whose=draw.TEAM))
    text, blocks = draw.people(report, page, desk.playbook.report.rows)
    return ReplaceMessage(text=text, blocks=blocks)


async def share_png(call: Call, desk: Desk) -> Reply:
    """Have the report made as a picture."""
    return await _share(call, desk, report_file.PNG)


async def share_pdf(call: Call, desk: Desk) -> Reply:
    """Have the report made as a document."""
    return await _share(call, desk, report_file.PDF)


async def _share(call: Call, desk: Desk, form: str) -> Reply:
    who = await asker(call, desk)
    wish, _ = _record(call, desk)
    await report_of(desk, who.person, wish)
    await send_file(desk, call.user_id, report_file.REPORT, f"{form}:{wish.whose}:{wish.weeks}")
    return Say(text=parcel.COMING)


MAKERS = report_file.MAKERS
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.SHOW, shown),
    Route(Kind.ACTION, draw.PEOPLE, by_contractor),
    Route(Kind.ACTION, draw.TURN, by_contractor),
    Route(Kind.ACTION, draw.TURN_ON, by_contractor),
    Route(Kind.ACTION, draw.PNG, share_png),
    Route(Kind.ACTION, draw.PDF, share_pdf),
)
DUTIES: tuple[Duty, ...] = ()
