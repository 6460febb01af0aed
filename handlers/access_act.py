"""What people do about access: opening tools, confirming the second factor, verifying it, and taking each back."""

from collections.abc import Collection
from datetime import UTC, datetime

from blocks import access as draw
from blocks import access_confirm as question
from blocks.kit import View
from handlers.access_work import NOT_OPERATIONS, Case, asked_about, changed, of
from handlers.contract import Call, Desk, OpenModal, ReplaceModal, Reply, memo
from playbook.access import Line, Rights
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import access as store

GONE = phrase("This tool is not in the Toolbox any more, so there is nothing to do about it.")
NOT_CONFIRMED = phrase("This is not confirmed any more, so it can't be verified. They are asked again.")
FROM_PAGE = "#"
NOT_A_VERIFIER = phrase("Operations, the manager or an admin verify what a contractor has confirmed. You can ask them.")


def split(value: str) -> tuple[str, str]:
    """Read what a button carries: a contractor, and a tool or a page of theirs."""
    user_id, _, record = value.partition(":")
    return user_id, record


def in_page(call: Call) -> bool:
    """Tell whether somebody is on the page of all access."""
    return bool(call.view_id) and not call.from_home


async def page(call: Call, desk: Desk, user_id: str, number: int) -> ReplaceModal:
    """Draw the page of somebody's access as it is now."""
    case, rights = await asked_about(call, desk, user_id)
    return ReplaceModal(view=view(desk, case, rights, number))


def view(desk: Desk, case: Case, rights: Rights, number: int) -> View:
    """Draw the page of somebody's access, as far as its reader may do something about it."""
    where = memo("", draw.value(case.user_id, number))
    return draw.page(of(desk, case.traveller), case.lines, rights, number, where)


async def answer(call: Call, desk: Desk, user_id: str) -> Reply:
    """Let every letter follow a change, and the page if somebody is on it."""
    letters = await changed(desk, user_id, call.user_id)
    if not in_page(call):
        return Reply(posts=letters)
    number = split(call.memo_record)[1]
    return (await page(call, desk, user_id, int(number) if number.isdecimal() else 0)).also(*letters)


def _need(case: Case, tool_id: str) -> str:
    if tool_id not in {line.tool_id for line in case.lines}:
        raise Sorry(GONE)
    return tool_id


async def _opener(call: Call, desk: Desk, user_id: str) -> Case:
    case, rights = await asked_about(call, desk, user_id)
    if not rights.opens:
        raise Sorry(NOT_OPERATIONS)
    return case


async def tick(call: Call, desk: Desk) -> Reply:
    """Note that one tool is open."""
    user_id, tool_id = split(call.value)
    case = await _opener(call, desk, user_id)
    await store.open_up(desk.team, user_id, [_need(case, tool_id)], call.user_id, desk.now)
    return await answer(call, desk, user_id)


async def untick(call: Call, desk: Desk) -> Reply:
    """Take back that one tool is open."""
    user_id, tool_id = split(call.value)
    case = await _opener(call, desk, user_id)
    await store.shut(desk.team, user_id, [_need(case, tool_id)])
    return await answer(call, desk, user_id)


async def all_opened(call: Call, desk: Desk) -> Reply:
    """Note that everything is open."""
    case = await _opener(call, desk, call.value)
    tools = [line.tool_id for line in case.lines]
    await store.open_up(desk.team, case.user_id, tools, call.user_id, desk.now)
    return await answer(call, desk, case.user_id)


async def one_by_one(call: Call, desk: Desk) -> Reply:
    """Open the form in which each tool can be ticked."""
    case = await _opener(call, desk, call.value)
    if not case.lines:
        raise Sorry(phrase("The Toolbox is empty, so there is nothing to tick. `/contractor packet` fills it."))
    view = draw.open_form(of(desk, case.traveller), case.lines, drawn_at(call, desk, case))
    return ReplaceModal(view=view) if in_page(call) else OpenModal(view=view)


def drawn_at(call: Call, desk: Desk, case: Case) -> str:
    """Write down about whom a form is, when it was drawn, and whether it took the place of the page."""
    return memo("", draw.value(case.user_id, f"{desk.now.isoformat()}{FROM_PAGE if in_page(call) else ''}"))


async def opened_form(call: Call, desk: Desk) -> Reply:
    """Keep the ticks of operations; what somebody else opened while the form was open stays."""
    user_id, drawn = split(call.memo_record)
    case = await _opener(call, desk, user_id)
    ticked, left = ticks(call, case.lines)
    await store.open_up(desk.team, user_id, ticked, call.user_id, desk.now)
    await store.shut(desk.team, user_id, left, _moment(drawn, desk))
    letters = await changed(desk, user_id, call.user_id)
    if drawn.endswith(FROM_PAGE):
        return (await page(call, desk, user_id, 0)).also(*letters)
    return Reply(posts=letters)


def ticks(call: Call, lines: Collection[Line]) -> tuple[list[str], list[str]]:
    """Read a form of ticks: the tools that are ticked, and those of its fields that are not."""
    ticked = {one for name in call.fields if name.startswith("tools_") for one in call.many(name)}
    shown = [line.tool_id for line in list(lines)[: draw.MOST_TICKS]]
    return [one for one in shown if one in ticked], [one for one in shown if one not in ticked]


def _moment(text: str, desk: Desk) -> datetime:
    """Read when the form was drawn; what cannot be read takes nothing back."""
    try:
        return min(datetime.fromisoformat(text.removesuffix(FROM_PAGE)).astimezone(UTC), desk.now)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


async def confirm(call: Call, desk: Desk) -> Reply:
    """Note that the contractor's second factor is on."""
    case = await _own(call, desk)
    await store.confirm(desk.team, case.user_id, [_need(case, call.value)], desk.now)
    return await answer(call, desk, case.user_id)


async def unconfirm(call: Call, desk: Desk) -> Reply:
    """Take back that it is on; what was verified has to be verified anew."""
    case = await _own(call, desk)
    await store.deny(desk.team, case.user_id, [_need(case, call.value)])
    return await answer(call, desk, case.user_id)


async def _own(call: Call, desk: Desk) -> Case:
    case, _ = await asked_about(call, desk, call.user_id)
    return case


async def confirm_some(call: Call, desk: Desk) -> Reply:
    """Open the form in which the contractor ticks where the second factor is on."""
    case = await _own(call, desk)
    if not question.critical(case.lines):
        raise Sorry(
            phrase("No tool needs a second factor any more, so there is nothing to confirm. Thank you for looking.")
        )
    return OpenModal(view=question.confirm_form(case.lines, drawn_at(call, desk, case)))


async def confirmed_form(call: Call, desk: Desk) -> Reply:
    """Keep the contractor's ticks."""
    case = await _own(call, desk)
    ticked, left = ticks(call, question.critical(case.lines))
    await store.confirm(desk.team, case.user_id, ticked, desk.now)
    await store.deny(desk.team, case.user_id, left, _moment(split(call.memo_record)[1], desk))
    return Reply(posts=await changed(desk, case.user_id, call.user_id))


async def verify(call: Call, desk: Desk) -> Reply:
    """Note that somebody has looked and found the second factor on."""
    user_id, tool_id = split(call.value)
    case = await _verifier(call, desk, user_id)
    line = next((one for one in case.lines if one.tool_id == _need(case, tool_id)), None)
    if line is None or line.confirmed_at is None:
        raise Sorry(NOT_CONFIRMED)
    await store.verify(desk.team, user_id, tool_id, call.user_id, desk.now)
    return await answer(call, desk, user_id)


async def unverify(call: Call, desk: Desk) -> Reply:
    """Take a verification back."""
    user_id, tool_id = split(call.value)
    case = await _verifier(call, desk, user_id)
    await store.doubt(desk.team, user_id, _need(case, tool_id))
    return await answer(call, desk, user_id)


async def _verifier(call: Call, desk: Desk, user_id: str) -> Case:
    case, rights = await asked_about(call, desk, user_id)
    if not rights.verifies:
        raise Sorry(NOT_A_VERIFIER)
    return case
