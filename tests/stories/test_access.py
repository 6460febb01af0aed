"""Access to tools, told from the front door: opened before Day 1, confirmed once per tool, verified, taken back."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers import SAMPLES, access
from handlers import access_act as act
from handlers.contract import Call, Handler, Kind, arm, soon
from playbook.sorry import Sorry
from storage.path import travellers
from storage.path_tables import Access, ChecklistItem, Tool
from storage.tables import Contractor
from tests.world import Json, Refused, World, actions, words

DM = "@app"
# Friday before the week of Day -3: in New York the clocks go back on Sunday 1 November 2026.
FRIDAY = datetime(2026, 10, 23, 12, 0, tzinfo=UTC)
START = date(2026, 11, 3)  # Day 1 is Tuesday, Day 0 Monday 2 November, Day -3 Wednesday 28 October
FEW = (("GitHub", True), ("Figma", True), ("Google Drive", False))
MANY = (*FEW, ("Linear", False), ("Notion", False), ("1Password", True), ("Zoom", False))
EVERY = tuple((f"Tool {number:02}", number % 2 == 0) for number in range(60))


@pytest.fixture
async def autumn(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace in October 2026, with nobody on the path yet."""
    begun = await World.begin(sqlite_url, at=FRIDAY, contractors=())
    yield begun
    await begun.end()


async def toolbox(world: World, tools: tuple[tuple[str, bool], ...]) -> None:
    """Put tools into the Toolbox, after those that are there."""
    async with world.bot.database.team(world.bot.team_id) as team:
        for position, (name, critical) in enumerate(tools):
            how, link = f"Invite to {name} by e-mail", f"https://{name.replace(' ', '').lower()}.example.com/join"
            row = Tool(team_id="", name=name, purpose="work", how=how, link=link, critical=critical, position=position)
            team.add(row)


async def changes(world: World, handle: str, **values: Any) -> None:
    """Change what was agreed with a contractor, as the form does."""
    async with world.bot.database.team(world.bot.team_id) as team:
        row = await team.get(Contractor, user_id=world.id(handle))
        assert row is not None
        for name, value in values.items():
            setattr(row, name, value)
        await team.session.flush()
        desk = world.bot.workshop.desk(team)
        await arm(desk, row.user_id, contractor=True)
        await soon(desk, ("access.lay", row.user_id))
    await world.settle()


async def toolbox_changed(world: World) -> None:
    """Say that the Toolbox has changed, as its form does."""
    async with world.bot.database.team(world.bot.team_id) as team:
        await soon(world.bot.workshop.desk(team), ("access.toolbox", "all"))
    await world.settle()


async def begins(world: World, tools: tuple[tuple[str, bool], ...] = FEW, handle: str = "ana", **values: Any) -> None:
    """Put a contractor on the path who starts on START, with a Toolbox."""
    await toolbox(world, tools)
    await world.add_contractor(handle, path=True, start_date=START, **values)
    await world.settle()


async def about(world: World, who: str, text: str) -> list[Json]:
    """Give the messages of the bot to somebody that contain a text."""
    return [one for one in await world.sees(who, DM) if text in words(one)]


async def the_list(world: World, who: str = "olivia") -> Json:
    """Give the one message in which somebody reads what is to be opened."""
    [found] = [
        one
        for one in await world.sees(who, DM)
        if "reminder" not in one["text"]
        and any(said in one["text"] for said in ("open these", "Everything is open", "is empty"))
    ]
    return found


async def ticked(world: World, handle: str, auto: str) -> tuple[str, str]:
    """Give the state of the checklist item that something ticks, and who did it."""
    async with world.bot.database.team(world.bot.team_id) as team:
        row = await team.get(ChecklistItem, user_id=world.id(handle), auto=auto)
    assert row is not None
    return row.state, row.done_by


async def item(world: World, handle: str, auto: str) -> None:
    """Put an item into a contractor's checklist that something ticks."""
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(
            ChecklistItem(
                team_id="", user_id=world.id(handle), key=auto, phase="before", position=1, text=auto,
                owner="operations", day=0, due=START, auto=auto,
            )
        )  # fmt: skip


async def tool_id(world: World, name: str) -> str:
    async with world.bot.database.team(world.bot.team_id) as team:
        row = await team.get(Tool, name=name)
    assert row is not None
    return row.id


# Operations -------------------------------------------------------------------------------------


async def test_operations_gets_one_message_with_everything_to_open(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-10-28T08:59", "olivia")
    assert await about(autumn, "olivia", "open these") == []
    await autumn.until("2026-10-28T09:00", "olivia")
    shown = await the_list(autumn)
    first = shown["text"].split("\n")[0]
    assert first == f"Before <@{autumn.id('ana')}> starts on Tue 3 Nov: open these. 3 of 3 tools not open yet."
    said = words(shown)
    for name in ("GitHub", "Figma", "Google Drive"):
        assert f"Invite to {name} by e-mail" in said
    assert "*GitHub*, critical (needs 2FA)" in said
    assert "*Google Drive* · " in said
    assert "<https://github.example.com/join|link>" in said
    assert {"access.tick", "access.all_opened", "access.open"} <= set(actions(shown))
    await autumn.until("2026-11-02T08:59", "olivia")
    assert len(await about(autumn, "olivia", "open these")) == 1


async def test_it_comes_on_the_clock_of_operations_over_the_clock_change(autumn: World) -> None:
    # Day -3 of somebody in Manila who starts on Wednesday 4 November is Thursday 29 October: summer time in New York.
    await toolbox(autumn, FEW)
    await autumn.add_contractor("jun", path=True, start_date=date(2026, 11, 4))
    await autumn.until("2026-10-29T12:59")
    assert await about(autumn, "olivia", "open these") == []
    await autumn.until("2026-10-29T13:00")
    assert len(await about(autumn, "olivia", "open these")) == 1
    # Day 0 is Tuesday 3 November: it is winter there, and nine o'clock an hour later.
    await autumn.until("2026-11-03T13:59")
    assert await about(autumn, "olivia", "A kind reminder") == []
    await autumn.until("2026-11-03T14:00")
    assert len(await about(autumn, "olivia", "A kind reminder")) == 1
    # The contractor is asked at a quarter past nine in Manila, which has no such change; the packet came at nine.
    # What comes within half an hour of it comes together.
    await autumn.until("2026-11-04T01:29")
    assert await about(autumn, "jun", "2FA, once per tool") == []
    await autumn.until("2026-11-04T01:30")
    assert len(await about(autumn, "jun", "2FA, once per tool")) == 1


async def test_all_opened_in_one_press(autumn: World) -> None:
    await begins(autumn, MANY)
    await item(autumn, "ana", "access_open")
    await autumn.until("2026-10-28T09:00", "olivia")
    before = await the_list(autumn)
    assert "confirm" in str(before["blocks"])
    await autumn.press("olivia", "access.all_opened", DM)
    after = await the_list(autumn)
    assert after["ts"] == before["ts"]
    assert "Everything is open for" in after["text"]
    assert "all 7 tools" in after["text"]
    assert words(after).count(f"opened by <@{autumn.id('olivia')}> <!date^") == 7
    assert await ticked(autumn, "ana", "access_open") == ("done", autumn.id("olivia"))
    await autumn.until("2026-11-02T12:00", "olivia")
    assert await about(autumn, "olivia", "A kind reminder") == []


async def test_a_few_tools_are_ticked_in_the_message_and_can_be_taken_back(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-10-28T09:00", "olivia")
    await autumn.press("olivia", "access.tick", DM)
    shown = await the_list(autumn)
    assert "2 of 3 tools not open yet" in shown["text"]
    assert f"☑ *GitHub*, critical (needs 2FA) · opened by <@{autumn.id('olivia')}>" in words(shown)
    await autumn.press("olivia", "access.untick", DM)
    assert "3 of 3 tools not open yet" in (await the_list(autumn))["text"]


async def test_many_tools_are_ticked_one_by_one_in_a_form(autumn: World) -> None:
    await begins(autumn, MANY)
    await autumn.until("2026-10-28T09:00", "olivia")
    assert "access.tick" not in actions(await the_list(autumn))
    await autumn.press("olivia", "access.one_by_one", DM)
    first, second = await tool_id(autumn, "GitHub"), await tool_id(autumn, "Zoom")
    await autumn.submit("olivia", tools_0=[first, second])
    assert "5 of 7 tools not open yet" in (await the_list(autumn))["text"]
    await autumn.press("olivia", "access.one_by_one", DM)
    form = await autumn.modal("olivia")
    assert form is not None
    assert len(form["blocks"][1]["element"]["initial_options"]) == 2
    await autumn.submit("olivia", tools_0=[second])
    assert "6 of 7 tools not open yet" in (await the_list(autumn))["text"]


async def test_two_who_tick_at_once_both_win(autumn: World) -> None:
    await begins(autumn, MANY, operations_id=autumn.id("priya"))
    await autumn.until("2026-10-28T09:00", "priya")
    await autumn.press("priya", "access.one_by_one", DM)
    await autumn.until("2026-10-28T09:05", "priya")
    await autumn.types("olivia", "/contractor access @ana")
    await autumn.press("olivia", "access.tick")  # as an admin
    await autumn.submit("priya", tools_0=[await tool_id(autumn, "Zoom")])
    shown = await the_list(autumn, "priya")
    assert "5 of 7 tools not open yet" in shown["text"]
    for who in ("olivia", "priya"):
        assert f"opened by <@{autumn.id(who)}>" in words(shown)


async def test_sixty_tools_fit_everywhere(autumn: World) -> None:
    await begins(autumn, EVERY)
    await autumn.until("2026-10-28T09:00", "olivia")
    assert "60 of 60 tools not open yet" in (await the_list(autumn))["text"]
    await autumn.press("olivia", "access.one_by_one", DM)
    form = await autumn.modal("olivia")
    assert form is not None
    assert sum(block["type"] == "input" for block in form["blocks"]) == 6
    await autumn.submit("olivia", tools_5=[await tool_id(autumn, "Tool 59")])
    assert "59 of 60 tools not open yet" in (await the_list(autumn))["text"]
    await autumn.press("olivia", "access.open", DM)
    await autumn.press("olivia", "access.page")
    page = await autumn.modal("olivia")
    assert page is not None
    assert "Page 2 of 2" in words(page)
    assert f"opened by <@{autumn.id('olivia')}>" in words(page)
    await autumn.press("olivia", "access.tick")
    page = await autumn.modal("olivia")
    assert page is not None
    assert "Page 2 of 2" in words(page)
    await autumn.press("olivia", "access.page_back")
    page = await autumn.modal("olivia")
    assert page is not None
    assert "Page 1 of 2" in words(page)
    await autumn.press("olivia", "access.one_by_one")
    await autumn.submit("olivia", tools_1=[await tool_id(autumn, "Tool 10")])
    page = await autumn.modal("olivia")
    assert page is not None
    assert "Access: 3 of 60 open" in words(page)  # what is ticked in other fields stays ticked


async def test_one_reminder_on_day_0_if_something_is_missing(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-10-28T09:00", "olivia")
    await autumn.press("olivia", "access.tick", DM)
    await autumn.until("2026-11-02T09:00", "olivia")
    [reminder] = await about(autumn, "olivia", "A kind reminder")
    assert "2 of 3 tools not open yet" in reminder["text"]
    assert "Figma, Google Drive" in words(reminder)
    await autumn.press("olivia", "access.all_opened", DM, containing="A kind reminder")
    assert await about(autumn, "olivia", "A kind reminder") == []
    assert await about(autumn, "olivia", "is open for <@" + autumn.id("ana") + "> now. Thank you.")
    await autumn.until("2026-11-06T12:00", "olivia")
    assert await about(autumn, "olivia", "A kind reminder") == []


async def test_an_empty_toolbox_is_said_kindly_once(autumn: World) -> None:
    await begins(autumn, ())
    await autumn.until("2026-11-06T12:00", "olivia")
    shown = await the_list(autumn)
    assert "the Toolbox is empty" in shown["text"]
    assert f"<@{autumn.id('bruno')}> or an admin can fill it with `/contractor packet`" in shown["text"]
    assert await about(autumn, "olivia", "reminder") == []
    assert await about(autumn, "ana", "once per tool") == []
    assert await about(autumn, "bruno", "tools not open") == []


async def test_a_tool_added_later_is_in_the_same_message(autumn: World) -> None:
    await begins(autumn, ())
    await autumn.until("2026-10-28T09:00", "olivia")
    await toolbox(autumn, FEW)
    await toolbox_changed(autumn)
    assert "3 of 3 tools not open yet" in (await the_list(autumn))["text"]
    await autumn.press("olivia", "access.all_opened", DM)
    await toolbox(autumn, (("Linear", False),))
    await toolbox_changed(autumn)
    await toolbox_changed(autumn)
    assert "1 of 4 tools not open yet" in (await the_list(autumn))["text"]


async def test_new_tools_are_not_laid_for_those_who_began_long_ago(autumn: World) -> None:
    await autumn.add_contractor("ana", path=True, start_date=date(2026, 9, 1))
    await toolbox(autumn, FEW)
    await toolbox_changed(autumn)
    async with autumn.bot.database.team(autumn.bot.team_id) as team:
        assert await team.all(team.select(Access)) == []


async def test_a_tool_that_was_taken_out_is_gone_from_the_list(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-10-28T09:00", "olivia")
    async with autumn.bot.database.team(autumn.bot.team_id) as team:
        await team.change(team.delete(Tool).where(Tool.name == "GitHub"))  # type: ignore[arg-type]
    await autumn.press("olivia", "access.tick", DM)  # the button of a tool that is not there any more
    assert "not in the Toolbox any more" in await autumn.last("olivia", DM)
    await toolbox_changed(autumn)
    shown = await the_list(autumn)
    assert "GitHub" not in words(shown)
    assert "2 of 2 tools not open yet" in shown["text"]


async def test_without_operations_it_falls_to_the_manager_and_says_so(autumn: World) -> None:
    await begins(autumn, operations_id=autumn.id("tomas"))
    await autumn.until("2026-10-28T08:59", "bruno")
    assert await about(autumn, "bruno", "open these") == []
    await autumn.until("2026-10-28T09:15", "bruno")
    shown = await the_list(autumn, "bruno")
    assert "Nobody is there for operations just now, so this comes to you as their manager" in words(shown)
    await autumn.press("bruno", "access.all_opened", DM)
    assert "Everything is open" in (await the_list(autumn, "bruno"))["text"]


async def test_operations_who_left_on_the_way_are_followed_by_the_manager(autumn: World) -> None:
    await begins(autumn, operations_id=autumn.id("priya"))
    await autumn.until("2026-10-28T09:00", "priya")
    await autumn.press("priya", "access.tick", DM)
    await autumn.ask("PATCH", f"people/{autumn.id('priya')}", {"deleted": True})
    await autumn.settle()
    await autumn.until("2026-11-02T09:00", "bruno")
    shown = await the_list(autumn, "bruno")
    assert "2 of 3 tools not open yet" in shown["text"]
    assert "Nobody is there for operations" in words(shown)


async def test_new_operations_gets_the_list_as_it_is(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-10-28T09:00", "olivia")
    await autumn.press("olivia", "access.tick", DM)
    await changes(autumn, "ana", operations_id=autumn.id("priya"))
    await autumn.until("2026-10-29T09:00", "priya")
    assert "2 of 3 tools not open yet" in (await the_list(autumn, "priya"))["text"]


async def test_a_start_that_moves_takes_the_message_along(autumn: World) -> None:
    await begins(autumn)
    await changes(autumn, "ana", start_date=date(2026, 11, 10))
    await autumn.until("2026-11-04T08:59", "olivia")
    assert await about(autumn, "olivia", "open these") == []
    await autumn.until("2026-11-04T09:00", "olivia")
    assert "starts on Tue 10 Nov" in (await the_list(autumn))["text"]
    await changes(autumn, "ana", start_date=date(2026, 11, 11))
    assert "starts on Wed 11 Nov" in (await the_list(autumn))["text"]


async def test_somebody_added_after_the_fact_gets_one_list_and_no_reminder_at_once(autumn: World) -> None:
    await autumn.until("2026-11-04T14:00")
    await begins(autumn)
    shown = await the_list(autumn)
    assert f"<@{autumn.id('ana')}> started on Tue 3 Nov: open these" in shown["text"]
    assert len(await about(autumn, "olivia", "not open yet")) == 1


async def test_strangers_and_others_are_refused(autumn: World) -> None:
    await begins(autumn)
    await autumn.add_contractor("jun", manager="priya", path=True, start_date=START)
    await autumn.until("2026-10-28T09:00", "olivia")
    for who in ("noor", "priya", "lena"):
        await autumn.types(who, "/contractor access @ana", "#general")
        assert "I find nobody by that name whose access you look after" in await autumn.last(who, "#general")
        assert await autumn.modal(who) is None
    with pytest.raises(Refused):  # a guest of one channel has no commands, but can type to the bot
        await autumn.types("jun", "/contractor access @ana", "#acme")
    await autumn.types("noor", "/contractor access", "#general")
    assert "Say whose access you want to see" in await autumn.last("noor", "#general")


OPENING = (act.tick, act.untick, act.all_opened, act.one_by_one)
VERIFYING = (act.verify, act.unverify)
OWN = (act.confirm, act.unconfirm, act.confirm_some, access.help_me)
FORGED = [
    *(("lena", one) for one in (*OPENING, *VERIFYING, *OWN, access.opened, access.turned)),
    *(("bruno", one) for one in (*OPENING, *OWN)),  # their manager, while operations is there
    *(("ana", one) for one in (*OPENING, *VERIFYING)),  # the contractor
    *(("olivia", one) for one in OWN),  # operations
]


@pytest.mark.parametrize(("who", "press"), FORGED)
async def test_a_button_that_is_not_theirs_does_nothing(autumn: World, who: str, press: Handler) -> None:
    await begins(autumn)
    ana, tool = autumn.id("ana"), await tool_id(autumn, "GitHub")
    whole: dict[Handler, str] = {
        act.all_opened: ana,
        act.one_by_one: ana,
        access.opened: ana,
        access.turned: f"{ana}:1",
    }
    value = tool if press in OWN else whole.get(press, f"{ana}:{tool}")
    async with autumn.bot.database.team(autumn.bot.team_id) as team:
        call = Call(Kind.ACTION, "", autumn.bot.team_id, autumn.id(who), value=value)
        with pytest.raises(Sorry):
            await press(call, autumn.bot.workshop.desk(team))
        rows = await team.all(team.select(Access))
    assert len(rows) == 3
    assert not any(row.opened_at or row.confirmed_at or row.verified_at for row in rows)


async def test_who_is_an_admin_and_a_contractor_does_not_verify_themselves(autumn: World) -> None:
    await begins(autumn, handle="olivia", operations_id=autumn.id("priya"), escalation_id=autumn.id("lena"))
    await autumn.types("olivia", "/contractor access")
    await autumn.press("olivia", "access.confirm")
    page = await autumn.modal("olivia")
    assert page is not None
    assert "access.verify" not in actions(page)


# The contractor ---------------------------------------------------------------------------------


async def asked(world: World, who: str = "ana") -> Json:
    """Give the question of the second factor."""
    [found] = [
        one
        for one in await world.sees(who, DM)
        if any(line.startswith(("2FA, once per tool", "Thank you")) for line in one["text"].split("\n"))
        and "access.how" in actions(one)
    ]
    return found


async def test_day_1_asks_to_confirm_2fa_once_per_tool(autumn: World) -> None:
    await begins(autumn)
    await item(autumn, "ana", "2fa")
    await autumn.until("2026-11-03T09:14", "ana")
    assert await about(autumn, "ana", "once per tool") == []
    await autumn.until("2026-11-03T09:30", "ana")
    shown = await asked(autumn)
    assert "please confirm that it is on for 2 tools" in shown["text"]
    assert "2FA on GitHub: not confirmed yet" in words(shown)
    assert words(shown).count("it is not open for you yet") == 2
    assert "Google Drive" not in words(shown)
    await autumn.press("olivia", "access.all_opened", DM)
    assert "it is not open for you yet" not in words(await asked(autumn))
    await autumn.press("ana", "access.confirm", DM)
    shown = await asked(autumn)
    assert "1 of 2 to go" in shown["text"]
    assert f"2FA on GitHub: confirmed by <@{autumn.id('ana')}> <!date^" in words(shown)
    await autumn.press("ana", "access.confirm", DM)
    shown = await asked(autumn)
    assert f"Thank you, <@{autumn.id('ana')}>! 2FA is on for all 2 tools" in shown["text"]
    assert await ticked(autumn, "ana", "2fa") == ("done", autumn.id("ana"))
    await autumn.until("2026-11-06T12:00", "ana")
    assert await about(autumn, "ana", "A kind reminder") == []


async def test_a_confirmation_can_be_taken_back_and_then_needs_verifying_again(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-11-03T09:30", "ana")
    await autumn.press("ana", "access.confirm", DM)
    await autumn.types("olivia", "/contractor access @ana")
    await autumn.press("olivia", "access.tick")
    await autumn.press("olivia", "access.verify")
    page = await autumn.modal("olivia")
    assert page is not None
    assert f"confirmed by <@{autumn.id('ana')}> <!date^" in words(page)
    assert f", verified by <@{autumn.id('olivia')}> <!date^" in words(page)
    assert f"verified by <@{autumn.id('olivia')}>" in words(await asked(autumn))
    await autumn.press("ana", "access.unconfirm", DM)
    assert "2FA on GitHub: not confirmed yet" in words(await asked(autumn))
    await autumn.press("ana", "access.confirm", DM)
    assert "not verified yet" in words(await asked(autumn))


async def test_the_manager_verifies_and_takes_it_back_but_does_not_open(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-11-03T09:30", "ana")
    await autumn.press("ana", "access.confirm", DM)
    await autumn.types("bruno", "/contractor access @ana")
    page = await autumn.modal("bruno")
    assert page is not None
    assert set(actions(page)) == {"access.verify"}
    await autumn.press("bruno", "access.verify")
    page = await autumn.modal("bruno")
    assert page is not None
    assert f"verified by <@{autumn.id('bruno')}>" in words(page)
    await autumn.press("bruno", "access.unverify")
    page = await autumn.modal("bruno")
    assert page is not None
    assert "not verified yet" in words(page)


async def test_help_opens_a_blocker_that_says_what_it_is_about(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-11-03T09:30", "ana")
    await autumn.press("ana", "access.help", DM)
    form = await autumn.modal("ana")
    assert form is not None
    assert form["title"]["text"] == "Raise a blocker"
    assert "2FA on GitHub" in words(form)
    await autumn.submit("ana", tried="The code is never right")
    await autumn.settle()
    assert await about(autumn, "olivia", "2FA on GitHub")


async def test_how_explains_it(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-11-03T09:30", "ana")
    await autumn.press("ana", "access.how", DM)
    page = await autumn.modal("ana")
    assert page is not None
    assert "authenticator app" in words(page)


async def test_many_critical_tools_are_ticked_in_a_form(autumn: World) -> None:
    await begins(autumn, EVERY)
    await autumn.until("2026-11-03T09:30", "ana")
    assert "access.confirm" not in actions(await asked(autumn))
    await autumn.press("ana", "access.help", DM)
    form = await autumn.modal("ana")
    assert form is not None
    assert "2FA on Tool 00, Tool 02, Tool 04, Tool 06, Tool 08 and 25 more" in words(form)
    await autumn.close("ana")
    await autumn.press("ana", "access.confirm_some", DM)
    await autumn.submit("ana", tools_0=[await tool_id(autumn, "Tool 00"), await tool_id(autumn, "Tool 04")])
    assert "28 of 30 to go" in (await asked(autumn))["text"]
    await autumn.press("ana", "access.confirm_some", DM)
    await autumn.submit("ana", tools_0=[await tool_id(autumn, "Tool 04")])
    assert "29 of 30 to go" in (await asked(autumn))["text"]


async def test_nothing_critical_asks_nothing(autumn: World) -> None:
    await begins(autumn, (("Zoom", False),))
    await autumn.until("2026-11-08T12:00", "ana")
    assert await about(autumn, "ana", "once per tool") == []


async def test_one_kind_reminder_on_day_3_without_a_holiday(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-11-05T08:59", "ana")
    assert await about(autumn, "ana", "A kind reminder") == []
    await autumn.until("2026-11-05T09:00", "ana")
    [reminder] = await about(autumn, "ana", "A kind reminder")
    assert "2FA is not confirmed yet for GitHub and Figma" in reminder["text"]
    await autumn.press("ana", "access.confirm_some", DM, containing="A kind reminder")
    both = [await tool_id(autumn, "GitHub"), await tool_id(autumn, "Figma")]
    await autumn.submit("ana", tools_0=both)
    assert await about(autumn, "ana", "A kind reminder") == []
    await autumn.until("2026-11-13T12:00", "ana")
    assert len(await about(autumn, "ana", "Thank you, <@")) == 2  # the question and the reminder, both redrawn


async def test_day_3_is_later_when_a_holiday_comes_between(autumn: World) -> None:
    # Monday 2 November is a holiday in the Philippines, as 30 November is, which is Day 3 of who starts on the 26th.
    await toolbox(autumn, FEW)
    await autumn.add_contractor("jun", path=True, start_date=date(2026, 11, 26), country="PH")
    await autumn.until("2026-11-30T12:00", "jun")
    assert await about(autumn, "jun", "A kind reminder") == []
    await autumn.until("2026-12-01T09:00", "jun")
    assert len(await about(autumn, "jun", "A kind reminder")) == 1


async def test_a_contractor_sees_their_own_access(autumn: World) -> None:
    await begins(autumn)
    await autumn.types("ana", "/contractor access", "#acme")
    page = await autumn.modal("ana")
    assert page is not None
    assert "Access: 0 of 3 open, 2FA 0 of 2 confirmed" in words(page)
    await autumn.press("ana", "access.confirm")
    page = await autumn.modal("ana")
    assert page is not None
    assert "Access: 0 of 3 open, 2FA 1 of 2 confirmed" in words(page)
    await autumn.press("ana", "access.unconfirm")
    page = await autumn.modal("ana")
    assert page is not None
    assert "2FA 0 of 2 confirmed" in words(page)
    assert "access.verify" not in actions(page)


async def test_typed_to_the_bot_it_is_said_in_words(autumn: World) -> None:
    await begins(autumn, handle="jun")
    await autumn.types("jun", "contractor access", DM)
    assert "Access: 0 of 3 open" in await autumn.last("jun", DM)
    await autumn.press("jun", "access.open", DM)
    assert await autumn.modal("jun") is not None


async def test_a_path_that_is_paused_asks_nobody(autumn: World) -> None:
    await begins(autumn)
    await changes(autumn, "ana", paused_at=FRIDAY, paused_by=autumn.id("bruno"))
    await autumn.until("2026-11-06T12:00", "olivia")
    assert await about(autumn, "olivia", "open these") == []
    assert await about(autumn, "ana", "once per tool") == []


@pytest.mark.parametrize("sample", [0, 1])
async def test_the_samples_can_be_read_beforehand(autumn: World, sample: int) -> None:
    await begins(autumn)
    async with autumn.bot.database.team(autumn.bot.team_id) as team:
        traveller = (await travellers(team, [autumn.id("ana")]))[autumn.id("ana")]
        found = [one for one in SAMPLES if one.draw.__module__ == "handlers.access"][sample]
        drawn = await found.draw(autumn.bot.workshop.desk(team), traveller)
    assert drawn is not None
    assert "GitHub" in words({"text": drawn[0], "blocks": drawn[1]})


async def test_a_tool_that_is_shut_again_opens_the_item_of_the_checklist_again(autumn: World) -> None:
    await begins(autumn)
    await autumn.until("2026-10-29T09:00", "olivia")
    await autumn.press("olivia", "access.all_opened", DM)
    assert (await ticked(autumn, "ana", "access_open"))[0] == "done"
    await autumn.press("olivia", "access.untick", DM)
    assert (await ticked(autumn, "ana", "access_open"))[0] == "todo"
    await autumn.press("olivia", "access.all_opened", DM)
    assert (await ticked(autumn, "ana", "access_open"))[0] == "done"
