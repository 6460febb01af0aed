"""Parting well, told from the front door: the last day, what is handed over, tools, thanks, and coming back."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from storage import contractor, timetable
from storage import offboarding as store
from storage.path_tables import Access, Tool
from storage.tables import Contractor
from tests.world import World, actions, words

DM = "@app"
LAST = "2026-11-25"


async def tools(world: World, who: str = "ana", count: int = 2) -> None:
    """Have some tools in the Toolbox, open for somebody; the last one is critical."""
    async with world.bot.database.team(world.bot.team_id) as team:
        for at in range(count):
            tool = Tool(
                id=f"tool{at}", team_id=team.team_id, name=f"Tool {at}", purpose="Work", how="Ask",
                critical=at == count - 1, position=at,
            )  # fmt: skip
            team.add(tool)
            row = Access(
                team_id=team.team_id, user_id=world.id(who), tool_id=tool.id, opened_at=world.clock.now(),
                opened_by=world.id("olivia"),
            )  # fmt: skip
            team.add(row)


async def begin(world: World, by: str = "bruno", whom: str = "ana", **changes: Any) -> str:
    """Fill in the form and begin; gives what the preview said."""
    await world.types(by, f"/contractor offboard @{whom}")
    values: Mapping[str, Any] = {
        "last_on": LAST, "to_id": world.id("lena"), "thanks": "You made *checkout* calm.", "thanks_to": "project",
        "door": "Come back whenever you like.",
    } | changes  # fmt: skip
    await world.submit(by, **values)
    modal = await world.modal(by)
    assert modal is not None
    said = words(modal)
    await world.submit(by)
    return said


async def place(world: World, who: str = "ana") -> Contractor:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        row = await contractor.find(team, world.id(who))
    assert row is not None
    return row


async def test_a_last_day_is_previewed_told_and_ends_in_the_evening(world: World) -> None:
    await tools(world)
    await world.types("ana", "/blocker waiting for Figma access")
    await world.opens_home("ana")
    said = await begin(world)
    assert "Last day*: Wed 25 Nov 2026" in said
    assert "You made *checkout* calm." in said
    assert "in #acme" in said
    await world.wakes("ana")
    told = "\n".join(await world.reads("ana"))
    assert "Your last day with us is Wed 25 Nov 2026" in told
    assert "Nothing you did is deleted" in told
    assert "blockers #1" in told
    await world.wakes("lena")
    assert any("hands over to you: The day-to-day work" in one for one in await world.reads("lena"))
    assert (await place(world)).ended_at is None
    await world.until("2026-11-25T19:00", "ana")
    row = await place(world)
    assert row.ended_at is not None
    assert row.paused_at is not None
    assert any(
        "last day with us" in one and "You made *checkout* calm." in one for one in await world.reads("lena", "#acme")
    )
    bye = "\n".join(await world.reads("ana"))
    assert "That was your last day on the path" in bye
    assert "Come back whenever you like." in bye
    await world.wakes("bruno")
    summary = "\n".join(await world.reads("bruno"))
    assert "has left the path" in summary
    assert "1 open blocker is with you now" in summary
    assert "2 tools are still open" in summary
    await world.types("bruno", "/blocker list")
    assert "Figma" in words(await world.modal("bruno") or {}) + await world.last("bruno")
    assert "Your time on the path ended on" in words(await world.home("ana"))


async def test_afterwards_nothing_comes_and_a_word_is_answered_warmly(world: World) -> None:
    await begin(world, last_on="2026-11-23", thanks_to="nobody")
    await world.until("2026-11-23T18:30", "ana")
    before = len(await world.reads("ana"))
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        left = {row.duty for row in await timetable.of(team, world.id("ana"))}
    assert left <= {"home.redraw", "digest.redraw"}
    await world.until("2026-11-26T12:00", "ana")
    assert len(await world.reads("ana")) == before
    for typed in ("hello", "log 2h review", "thank you all!"):
        await world.types("ana", typed, DM)
        assert "The door stays open" in await world.last("ana", DM)
    await world.types("ana", "/log 2h review")
    assert "/circle mydata" in await world.last("ana")
    await world.opens_home("bruno")
    assert world.id("ana") not in words(await world.home("bruno"))
    await world.types("bruno", "/contractor")
    listed = await world.last("bruno")
    assert "1 contractor on the path" in listed
    assert "Former: 1 person" in listed
    await world.press("bruno", "contractor.former", "#acme")
    former = words(await world.modal("bruno") or {}) or await world.last("bruno")
    assert f"<@{world.id('ana')}>" in former
    assert "Mon 2 Nov 2026 to" in former
    await world.types("bruno", "/contractor @ana")
    assert "Former: left" in await world.last("bruno")


async def test_operations_closes_each_tool_and_is_reminded_until_all_are(world: World) -> None:
    await tools(world, count=3)
    await begin(world)
    await world.wakes("olivia")
    card = next(one for one in await world.sees("olivia", DM) if "access.closed" in actions(one))
    assert "3 tools to close, 1 of them critical" in words(card)
    assert words(card).index("Tool 2") < words(card).index("Tool 0")
    await world.press("olivia", "access.closed", DM)
    again = next(one for one in await world.sees("olivia", DM) if "access.closed" in actions(one))
    assert "2 tools to close" in words(again)
    await world.until("2026-11-25T09:30", "olivia")
    assert any("Their last day is today" in one for one in await world.reads("olivia"))
    await world.until("2026-11-26T09:30", "olivia")
    assert sum("These are still open" in one for one in await world.reads("olivia")) >= 1
    assert any("still open for" in one for one in await world.reads("bruno"))
    await world.types("bruno", "/contractor offboard @ana")
    await world.press("bruno", "access.closing")
    page = await world.modal("bruno")
    assert page is not None
    assert "access.closed" not in actions(page)
    assert "closed by" in words(page)
    for _ in range(2):
        await world.press("olivia", "access.closed", DM)
    assert any("Everything is closed behind" in one for one in await world.reads("olivia"))
    count = len(await world.reads("olivia"))
    await world.until("2026-11-27T10:00", "olivia")
    assert not any("These are still open" in one for one in (await world.reads("olivia"))[count:])


async def test_things_are_handed_over_with_a_link_and_confirmed(world: World) -> None:
    await begin(world)
    await world.until("2026-11-23T12:05")
    await world.press("ana", "offboarding.add", DM)
    await world.submit("ana", words="The release <!channel> list", to_id=world.id("ana"))
    await world.submit("ana", words="The release <!channel> list", to_id=world.id("bruno"))
    await world.press("ana", "offboarding.give", DM, containing="The release")
    await world.submit("ana", link="https://docs.example.com/release")
    await world.wakes("lena")
    await world.press("lena", "offboarding.take", DM)
    await world.wakes("ana")
    assert any("has it now" in one for one in await world.reads("ana"))
    await world.types("bruno", "/contractor offboard @ana")
    page = words(await world.modal("bruno") or {})
    assert "1 of 2 taken over" in page
    assert "&lt;!channel&gt;" in page
    await world.press("bruno", "offboarding.add")
    await world.submit("bruno", words="Who knows what", to_id=world.id("priya"), link="")
    assert "1 of 3 taken over" in words(await world.modal("bruno") or {})


async def test_the_last_day_moves_and_is_taken_back(world: World) -> None:
    await tools(world)
    await begin(world)
    await world.types("bruno", "/contractor offboard @ana")
    await world.press("bruno", "offboarding.change")
    await world.submit("bruno", last_on="2026-11-30")
    await world.submit("bruno")
    await world.until("2026-11-26T12:00", "ana")
    assert (await place(world)).ended_at is None
    assert any("Your last day has moved: it is Mon 30 Nov 2026" in one for one in await world.reads("ana"))
    await world.types("bruno", "/contractor offboard @ana")
    await world.press("bruno", "offboarding.cancel")
    await world.until("2026-11-26T14:00", "ana")
    assert any("you stay" in one for one in await world.reads("ana"))
    assert any("stays after all" in one for one in await world.reads("olivia"))
    await world.until("2026-12-01T12:00", "ana")
    assert (await place(world)).ended_at is None
    await world.types("ana", "/log 2h review")
    assert "2 h" in await world.last("ana")


async def test_somebody_comes_back_to_a_new_path_with_history_kept(world: World) -> None:
    await tools(world)
    await begin(world, last_on="2026-11-20", thanks_to="private")
    assert (await place(world)).ended_at is not None
    assert any("You made *checkout* calm." in one for one in await world.reads("ana"))
    await world.types("bruno", "/contractor resume @ana")
    assert "/contractor return" in await world.last("bruno")
    await world.types("bruno", "/contractor return @ana")
    form = await world.modal("bruno")
    assert form is not None
    assert "was on the path before" in words(form)
    assert "Product designer" in words(form)
    await world.submit_pages("bruno", start_date="2026-11-30")
    row = await place(world)
    assert (row.ended_at, row.paused_at, row.start_date) == (None, None, date(2026, 11, 30))
    await world.wakes("ana")
    assert any("Welcome back!" in one for one in await world.reads("ana"))
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        (access,) = [one for one in await team.all(team.select(Access)) if one.tool_id == "tool0"]
        assert access.opened_at is None
        (before,) = await store.history(team, world.id("ana"))
        assert before.returned_at is not None
    await world.types("ana", "/log 2h review")
    assert "2 h" in await world.last("ana")
    await world.types("bruno", "/contractor")
    assert "2 contractors on the path" in await world.last("bruno")


async def test_others_are_refused_and_two_do_not_begin_twice(world: World) -> None:
    await world.types("lena", "/contractor offboard @ana")
    assert "among the contractors you manage" in await world.last("lena")
    await world.types("ana", "/contractor offboard @ana")
    assert "No offboarding is under way" in await world.last("ana")
    await world.types("bruno", "/contractor offboard")
    assert "Say whose last day" in await world.last("bruno")
    for by in ("bruno", "olivia"):
        await world.types(by, "/contractor offboard @ana")
    for by, day in (("bruno", "2026-11-27"), ("olivia", "2026-12-04")):
        await world.submit(by, last_on=day, thanks_to="nobody")
        await world.submit(by)
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        (row,) = await store.history(team, world.id("ana"))
    assert row.last_on == date(2026, 12, 4)
    await world.types("noor", "/contractor return @ana", "#general")
    assert "who has left the path with you" in await world.last("noor", "#general")


async def test_what_cannot_be_is_said_under_its_field(world: World) -> None:
    await world.types("bruno", "/contractor offboard @ana")
    wrong = await world.submit("bruno", last_on="2028-01-01", to_id=world.id("ana"), thanks="", thanks_to="project")
    assert "more than a year away" in str(wrong["errors"])
    assert "other than the one who leaves" in str(wrong["errors"])
    assert "a few words" in str(wrong["errors"])
    wrong = await world.submit("bruno", last_on="2026-08-01", to_id=world.id("tomas"))
    assert "days ago" in str(wrong["errors"])
    assert "still in this workspace" in str(wrong["errors"])
    await world.submit("bruno", last_on="2026-11-28", to_id="", thanks_to="nobody")
    preview = words(await world.modal("bruno") or {})
    assert "none of their working days" in preview
    assert "Nobody takes over yet" in preview
    await world.press("bruno", "offboarding.back")
    assert "2026-11-28" in str(await world.modal("bruno"))


async def test_who_is_deactivated_before_or_never_started_ends_all_the_same(world: World) -> None:
    await world.add_contractor("lena", start_date=date(2027, 1, 4), day_start=time(9), buddy_id=world.id("priya"))
    await begin(world, whom="lena", to_id="", last_on="2026-11-24")
    await world.types("bruno", "/contractor offboard @ana")
    wrong = await world.submit("bruno", last_on="2026-11-24", to_id=world.id("lena"), thanks_to="nobody")
    assert "leaving as well" in str(wrong["errors"])
    await world.close("bruno")
    await begin(world, last_on="2026-11-24", to_id="")
    await world.ask("PATCH", f"people/{world.id('ana')}", {"deleted": True})
    await world.settle()
    await world.until("2026-11-24T22:00", "ana")
    assert (await place(world)).ended_at is not None
    assert (await place(world, "lena")).ended_at is not None
    assert any("You made *checkout* calm." in one for one in await world.reads("bruno", "#acme"))
