"""The welcome packet, told from the front door: handed over, read page by page, and written in Slack."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlmodel import col

from handlers import packet as nouns
from handlers.contract import Call, Handler, Kind, Reply
from handlers.packet import got_it, opened, send
from handlers.packet_edit import opened as edit_opened
from handlers.packet_edit import texts_saved
from handlers.whois_ask import SAMPLES as QUESTIONS
from playbook.sorry import Sorry
from sandbox.blockkit import check_blocks
from storage import packet, whois
from storage.path import travellers
from storage.path_tables import ChecklistItem, PacketText, Tool, Topic
from storage.tables import Contractor, Person
from tests.said import english
from tests.world import Json, Refused, World, actions, words

DM = "@app"
DAY_ONE = date(2026, 11, 25)
PAGES = ("The North Star", "The Organizational Map", "The Toolbox", "Rules of the House", "The Internal Lexicon")


@pytest.fixture
async def early(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace on Monday in which ana begins on Wednesday."""
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("ana", path=True, start_date=DAY_ONE)
    await world.settle()
    yield world
    await world.end()


async def front(world: World, who: str) -> str:
    """Give the words of the modal in front of somebody."""
    modal = await world.modal(who)
    assert modal is not None
    return words(modal)


async def editor(world: World, who: str = "bruno") -> None:
    await world.types(who, "/contractor packet")


async def press_part(world: World, who: str, action_id: str, value: str) -> None:
    """Press the button of a part, of which there are several with the same id."""
    modal = await world.modal(who)
    assert modal is not None
    block = next(
        one["block_id"]
        for one in modal["blocks"]
        if (one.get("accessory") or {}).get("value") == value and one["accessory"]["action_id"] == action_id
    )
    await world.does("press", **{"as": who}, action_id=action_id, block_id=block, view=modal["id"])


async def letters(world: World, who: str) -> list[str]:
    return [one for one in await world.reads(who) if "welcome packet" in one]


async def add_items(world: World) -> None:
    """Give ana the two items of a checklist that the packet ticks."""
    async with world.bot.database.team(world.bot.team_id) as team:
        for auto in ("packet_sent", "packet_read"):
            team.add(
                ChecklistItem(
                    team_id=team.team_id,
                    user_id=world.id("ana"),
                    key=auto,
                    phase="day_1",
                    position=1,
                    text=auto,
                    owner="contractor",
                    day=1,
                    due=DAY_ONE,
                    auto=auto,
                )
            )


async def ticked(world: World) -> set[str]:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        done = team.select(ChecklistItem).where(col(ChecklistItem.state) == "done")
        return {one.auto for one in await team.all(done)}


# Handing over -----------------------------------------------------------------------------------


async def test_it_comes_on_the_morning_of_day_one_on_their_own_clock(early: World) -> None:
    await early.until("2026-11-25T08:59", "ana")
    assert await letters(early, "ana") == []
    await early.until("2026-11-25T09:00", "ana")
    (letter,) = await letters(early, "ana")
    assert all(page in letter for page in PAGES)
    await early.until("2026-11-30T18:00", "ana")
    assert len(await letters(early, "ana")) == 1


async def test_the_start_that_moves_takes_it_along(early: World) -> None:
    await early.types("olivia", "/contractor edit @ana")
    await early.submit_pages("olivia", start_date="2026-11-27")
    await early.until("2026-11-26T18:00", "ana")
    assert await letters(early, "ana") == []
    await early.until("2026-11-27T09:00", "ana")
    assert len(await letters(early, "ana")) == 1


async def test_whoever_is_on_the_path_for_long_gets_none(world: World) -> None:
    await world.until("2026-11-25T18:00")
    assert await letters(world, "ana") == []


async def test_a_manager_sends_it_earlier_and_it_comes_only_once(early: World) -> None:
    await add_items(early)
    await early.types("bruno", "/contractor packet @ana")
    assert "Goes out" in await early.last("bruno")
    await early.press("bruno", "packet.send", "#acme")
    assert "has the welcome packet now" in await early.last("bruno")
    assert "packet.send" not in actions((await early.sees("bruno"))[-1])
    assert await ticked(early) == {"packet_sent"}
    await early.until("2026-11-26T18:00", "ana")
    assert len(await letters(early, "ana")) == 1


async def test_pressing_send_on_an_old_message_sends_nothing_more(early: World) -> None:
    await early.types("bruno", "/contractor packet @ana")
    await early.types("olivia", "/contractor packet @ana")
    await early.press("bruno", "packet.send", "#acme")
    await early.press("olivia", "packet.send", "#acme")
    assert "They have it already" in await early.last("olivia")
    assert len(await letters(early, "ana")) == 1


async def test_nothing_is_sent_while_the_path_is_paused(early: World) -> None:
    await early.types("bruno", "/contractor packet @ana")
    async with early.bot.database.team(early.bot.team_id) as team:
        await team.change(team.update(Contractor).values(paused_at=early.clock.now()))
    await early.press("bruno", "packet.send", "#acme")
    assert "is paused" in await early.last("bruno")
    await early.until("2026-11-25T18:00", "ana")
    assert await letters(early, "ana") == []


@pytest.mark.parametrize("who", ["noor", "lena"])
async def test_only_those_who_lead_send_it(early: World, who: str) -> None:
    await early.types(who, "/contractor packet @ana", "#general")
    assert "packet.send" not in actions((await early.sees(who, "#general"))[-1])


# Reading ----------------------------------------------------------------------------------------


async def test_a_contractor_reads_it_page_by_page_and_the_manager_sees_it(early: World) -> None:
    await add_items(early)
    await early.until("2026-11-25T09:00", "ana")
    await early.press("ana", "packet.open", DM)
    for number, title in enumerate(PAGES, 1):
        shown = await front(early, "ana")
        assert title in shown
        assert f"Page {number} of 5" in shown
        assert len(await letters(early, "bruno")) == 0
        await early.submit("ana")
    assert "you have been through it" in await front(early, "ana")
    (letter,) = await letters(early, "ana")
    assert "You have been through your welcome packet" in letter
    (told,) = await letters(early, "bruno")
    assert f"<@{early.id('ana')}> has been through the welcome packet" in told
    assert all(page in told for page in PAGES)
    assert await ticked(early) == {"packet_sent", "packet_read"}
    await early.press("ana", "packet.open", DM)
    assert "You got this on" in await front(early, "ana")


async def test_it_opens_where_they_stopped_and_the_letter_says_how_far(early: World) -> None:
    await early.until("2026-11-25T09:00", "ana")
    await early.press("ana", "packet.open", DM)
    await early.submit("ana")
    await early.close("ana")
    assert "1 of 5 pages got" in (await letters(early, "ana"))[0]
    await early.press("ana", "packet.open", DM)
    assert "Page 2 of 5" in await front(early, "ana")
    await early.press("ana", "packet.back")
    back = await early.modal("ana")
    assert back is not None
    assert "You got this on" in words(back)
    assert not back.get("submit")
    await early.press("ana", "packet.next")
    await early.press("ana", "packet.next")
    assert "Page 3 of 5" in await front(early, "ana")
    await early.types("bruno", "/contractor packet @ana")
    said = await early.last("bruno")
    assert "1 of 5 pages got" in said
    assert "*The Organizational Map*: not got yet" in said


async def test_pages_got_out_of_order_end_at_the_one_that_is_left(early: World) -> None:
    await early.until("2026-11-25T09:00", "ana")
    await early.press("ana", "packet.open", DM)
    await early.press("ana", "packet.next")
    for _ in range(4):
        await early.submit("ana")
    assert "Page 1 of 5" in await front(early, "ana")
    await early.submit("ana")
    assert len(await letters(early, "bruno")) == 1


async def test_a_contractor_opens_it_before_it_is_sent(early: World) -> None:
    await early.types("ana", "/contractor packet")
    assert "Page 1 of 5" in await front(early, "ana")


async def test_the_map_names_the_people_and_what_to_ask_them(early: World) -> None:
    async with early.bot.database.team(early.bot.team_id) as team:
        team.add(
            Topic(
                team_id=team.team_id,
                key="invoices",
                topic="Invoices",
                user_id=early.id("noor"),
                changed_by="U1",
                changed_at=early.clock.now(),
            )
        )
    await early.types("ana", "/contractor packet @ana")
    await early.press("ana", "packet.next")
    shown = await front(early, "ana")
    for who in ("priya", "lena", "olivia", "bruno"):
        assert f"<@{early.id(who)}> for" in shown
    assert f"*Invoices*: <@{early.id('noor')}>" in shown


async def test_empty_parts_say_what_is_to_come_and_whom_to_ask(early: World) -> None:
    await early.types("ana", "/contractor packet")
    shown = await front(early, "ana")
    assert "still being written" in shown
    assert "Your goals are still to be written down" in shown
    assert f"<@{early.id('bruno')}> can tell you meanwhile" in shown
    await early.press("ana", "packet.next")
    await early.press("ana", "packet.next")
    assert "The list of tools is still being written" in await front(early, "ana")
    await early.press("ana", "packet.next")
    rules = await front(early, "ana")
    assert "Documentation Rule" in rules
    assert "Video First" in rules
    await early.press("ana", "packet.next")
    assert "No word has been explained yet" in await front(early, "ana")


async def test_a_buddy_who_left_is_missing_from_the_map(early: World) -> None:
    async with early.bot.database.team(early.bot.team_id) as team:
        lena = team.update(Person).where(col(Person.user_id) == early.id("lena"))
        await team.change(lena.values(deactivated=True))
    await early.types("ana", "/contractor packet")
    await early.press("ana", "packet.next")
    assert "*Shadow Buddy*: nobody yet" in await front(early, "ana")


async def test_those_around_a_contractor_read_along_and_cannot_say_got_it(early: World) -> None:
    for who in ("bruno", "lena", "olivia"):
        await early.types(who, "/contractor packet @ana", "#general")
        await early.press(who, "packet.open", "#general")
        modal = await early.modal(who)
        assert modal is not None
        assert not modal.get("submit")
        assert "as they see it" in words(modal)
        await early.close(who)


async def test_a_stranger_finds_no_packet(early: World) -> None:
    for text in ("/contractor packet @ana", "/contractor packet @bruno", "/contractor packet"):
        await early.types("noor", text, "#general")
        assert await early.modal("noor") is None
    assert "Managers of contractors and admins write" in await early.last("noor", "#general")
    with pytest.raises(Refused):
        await early.press("noor", "packet.open", "#general")


# Writing ----------------------------------------------------------------------------------------


async def test_a_manager_writes_the_north_star_with_a_preview(early: World) -> None:
    await editor(early)
    await press_part(early, "bruno", "packet.part", "north_star")
    form = await early.modal("bruno")
    assert form is not None
    for name, text in (("mission", "Checkout in *ten* seconds <!channel>"), ("audience", "Small shops")):
        await early.choose("bruno", name, text)
    await early.press("bruno", "packet.preview")
    preview = await front(early, "bruno")
    assert "Checkout in *ten* seconds &lt;!channel&gt;" in preview
    assert "Nothing is saved yet" in preview
    await early.close("bruno")
    kept = await early.modal("bruno")
    assert kept is not None
    assert kept["id"] == form["id"]
    await early.submit("bruno")
    assert "Saved." in await front(early, "bruno")
    await early.types("ana", "/contractor packet")
    shown = await front(early, "ana")
    assert "Checkout in *ten* seconds &lt;!channel&gt;" in shown
    assert "Small shops" in shown


async def test_the_goals_of_one_person_are_theirs_alone(early: World) -> None:
    await early.add_contractor("jun", path=True, start_date=DAY_ONE)
    await early.types("bruno", "/contractor packet @ana")
    await early.press("bruno", "packet.edit", "#acme")
    await press_part(early, "bruno", "packet.part", "goals")
    await early.submit("bruno", goal_1="Redesign the cart", goal_2="Test with five shops", goal_3="Write it down")
    await early.types("ana", "/contractor packet")
    assert "1. Redesign the cart" in await front(early, "ana")
    await early.types("bruno", "/contractor packet @jun")
    await early.press("bruno", "packet.open", "#acme")
    assert "Redesign" not in await front(early, "bruno")


async def test_goals_can_be_written_only_by_who_leads_them(early: World) -> None:
    await early.add_contractor("jun", manager="lena", path=True, start_date=DAY_ONE)
    await early.types("lena", "/contractor packet @ana", "#general")
    assert "packet.edit" not in actions((await early.sees("lena", "#general"))[-1])


async def test_rules_are_changed_left_out_and_added(early: World) -> None:
    await editor(early, "olivia")
    await press_part(early, "olivia", "packet.part", "rules")
    assert "Nobody has to report by message" in await front(early, "olivia")
    await early.submit("olivia", rule_status="Keep Linear true.", rule_video="", own_rules="Be on time\nSay thanks")
    await early.types("ana", "/contractor packet")
    for _ in range(3):
        await early.press("ana", "packet.next")
    shown = await front(early, "ana")
    assert "Keep Linear true." in shown
    assert "Video First" not in shown
    assert "Say thanks" in shown
    assert "Documentation Rule" in shown


async def test_two_who_write_the_same_text_both_see_it(early: World) -> None:
    for who in ("bruno", "olivia"):
        await editor(early, who)
        await press_part(early, who, "packet.part", "north_star")
    await early.submit("olivia", mission="Olivia's mission")
    await early.submit("bruno", mission="Bruno's mission")
    shown = await front(early, "bruno")
    assert f"<@{early.id('olivia')}> changed this while you were writing" in shown
    assert "Olivia's mission" in shown
    assert "Bruno's mission" in shown
    await early.submit("bruno")
    assert "Saved." in await front(early, "bruno")
    async with early.bot.database.team_reading(early.bot.team_id) as team:
        row = await team.get(PacketText, name="mission")
    assert row is not None
    assert row.text == "Bruno's mission"


async def test_the_toolbox_begins_with_suggestions_and_is_edited(early: World) -> None:
    await editor(early)
    await press_part(early, "bruno", "packet.tools", "0")
    await early.press("bruno", "packet.suggest")
    shown = await front(early, "bruno")
    assert "Password manager" in shown
    assert "packet.suggest" not in shown
    await early.press("bruno", "packet.tool_new")
    form = {"name": "Figma", "purpose": "Design", "how": "Olivia invites you", "link": "https://figma.com/acme"}
    answer = await early.submit("bruno", **form | {"name": "slack"})
    assert "in the Toolbox already" in answer["errors"]["name"]
    for name, text in form.items():
        await early.choose("bruno", name, text)
    await early.press("bruno", "packet.tool_preview")
    assert "*Figma*: Olivia invites you · <https://figma.com/acme|Open it>" in await front(early, "bruno")
    await early.close("bruno")
    await early.submit("bruno", security=["critical"])
    assert "*Figma*" in await front(early, "bruno")
    await early.types("ana", "/contractor packet")
    await early.press("ana", "packet.next")
    await early.press("ana", "packet.next")
    assert "*Figma* (needs 2FA): Olivia invites you" in await front(early, "ana")


async def tool_of(world: World, name: str) -> Tool:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        found = [one for one in await team.all(team.select(Tool)) if english(one.name) == name]
    assert len(found) == 1
    return found[0]


async def test_a_tool_is_renamed_and_removed(early: World) -> None:
    await editor(early)
    await press_part(early, "bruno", "packet.tools", "0")
    await early.press("bruno", "packet.suggest")
    await press_part(early, "bruno", "packet.tool", (await tool_of(early, "Wiki")).id)
    await early.submit("bruno", name="Notion")
    shown = await front(early, "bruno")
    assert "*Notion*" in shown
    assert "*Wiki*" not in shown
    await press_part(early, "bruno", "packet.tool", (await tool_of(early, "Notion")).id)
    await early.press("bruno", "packet.tool_remove")
    assert "*Notion*" not in await front(early, "bruno")
    await early.press("bruno", "packet.menu")
    assert "3 tools" in await front(early, "bruno")


async def test_two_who_change_the_same_tool(early: World) -> None:
    for who in ("bruno", "olivia"):
        await editor(early, who)
        await press_part(early, who, "packet.tools", "0")
    await early.press("bruno", "packet.suggest")
    await early.press("olivia", "packet.suggest")
    tool = await tool_of(early, "Wiki")
    for who in ("bruno", "olivia"):
        await press_part(early, who, "packet.tool", tool.id)
    await early.submit("olivia", how="Ask Olivia")
    await early.submit("bruno", how="Ask Bruno")
    shown = await front(early, "bruno")
    assert "Ask Olivia" in shown
    assert "Ask Bruno" in shown


async def test_the_lexicon_and_whos_who_are_written_in_the_editor(early: World) -> None:
    await editor(early)
    await press_part(early, "bruno", "whois.terms", "0")
    await early.press("bruno", "whois.suggest")
    assert "*KPI*" in await front(early, "bruno")
    await early.press("bruno", "whois.term_new")
    await early.choose("bruno", "term", "OKR")
    await early.choose("bruno", "meaning", "What we want this quarter")
    await early.press("bruno", "whois.term_preview")
    assert "*OKR*: What we want this quarter" in await front(early, "bruno")
    await early.close("bruno")
    await early.submit("bruno")
    assert "*OKR*" in await front(early, "bruno")
    await press_part(early, "bruno", "whois.term", "eod")
    await early.press("bruno", "whois.term_remove")
    assert "*EOD*" not in await front(early, "bruno")
    await early.press("bruno", "packet.menu")
    await press_part(early, "bruno", "whois.topics", "0")
    await early.press("bruno", "whois.topic_new")
    answer = await early.submit("bruno", topic="Budget", person=early.id("tomas"))
    assert "works here" in answer["errors"]["person"]
    await early.choose("bruno", "person", early.id("priya"))
    await early.press("bruno", "whois.topic_preview")
    assert f"*Budget*: <@{early.id('priya')}>" in await front(early, "bruno")
    await early.close("bruno")
    await early.submit("bruno")
    assert f"*Budget*: <@{early.id('priya')}>" in await front(early, "bruno")
    await press_part(early, "bruno", "whois.topic", "budget")
    await early.submit("bruno", topic="Budgets", words="Also travel")
    assert "Also travel" in await front(early, "bruno")
    await press_part(early, "bruno", "whois.topic", "budgets")
    await early.press("bruno", "whois.topic_remove")
    assert "Nobody is written down yet" in await front(early, "bruno")


async def test_sixty_tools_and_two_hundred_terms(early: World) -> None:
    async with early.bot.database.team(early.bot.team_id) as team:
        long = "<!here> & Maximiliane " * 20
        tools = [
            Tool(team_id="", name=f"{n} {long}"[:80], purpose=f"{n % 7} {long}"[:80], how=long[:300]) for n in range(60)
        ]
        await packet.add_tools(team, tools)
        for n in range(200):
            await whois.keep_term(team, f"T{n} {long}"[:80], long[:500], "U1", early.clock.now())
    await early.types("ana", "/contractor packet")
    seen: list[Json] = []
    for _ in range(60):
        modal = await early.modal("ana")
        assert modal is not None
        seen.append(modal)
        if "packet.next" not in actions(modal):
            break
        await early.press("ana", "packet.next")
    shown = "\n".join(words(one) for one in seen)
    assert "<!here>" not in shown
    assert "Page 5 of 5, part" in shown
    assert all(f"*T{n} " in shown for n in range(200))
    assert [bool(one.get("submit")) for one in seen[-2:]] == [False, True]
    await editor(early)
    await press_part(early, "bruno", "packet.tools", "0")
    await early.press("bruno", "packet.tools_next")
    assert "page 2 of 3" in await front(early, "bruno")
    await early.press("bruno", "packet.tools_back")
    await early.press("bruno", "packet.menu")
    await press_part(early, "bruno", "whois.terms", "0")
    await early.press("bruno", "whois.terms_next")
    assert "page 2 of 10" in await front(early, "bruno")


async def test_what_they_are_here_to_solve_stands_in_their_north_star(early: World) -> None:
    async with early.bot.database.team(early.bot.team_id) as team:
        await team.change(team.update(Contractor).values(bottleneck="Nobody finds the cart & leaves"))
    await early.types("ana", "/contractor packet")
    assert "Nobody finds the cart &amp; leaves" in await front(early, "ana")


async def test_a_guest_of_one_channel_reads_it_from_the_letter(early: World) -> None:
    await early.add_contractor("jun", path=True, start_date=DAY_ONE)
    await early.until("2026-11-25T09:00", "jun")
    await early.press("jun", "packet.open", DM)
    await early.submit("jun")
    assert "Page 2 of 5" in await front(early, "jun")


async def call(world: World, who: str, kind: Kind, handler: Handler, value: str = "", memo: str = "") -> Reply:
    """Call on a handler with what nobody could have been shown."""
    await world.bot.directory.meet(world.bot.team_id, [world.id(who)])
    async with world.bot.database.team(world.bot.team_id) as team:
        asked = Call(kind, "x", world.bot.team_id, world.id(who), value=value, memo=memo)
        return await handler(asked, world.bot.workshop.desk(team))


async def test_buttons_and_forms_of_others_are_refused(early: World) -> None:
    ana = early.id("ana")
    with pytest.raises(Sorry, match="no welcome packet"):
        await call(early, "noor", Kind.ACTION, opened, value=ana)
    with pytest.raises(Sorry, match="not on it yet"):
        await call(early, "noor", Kind.ACTION, opened)
    with pytest.raises(Sorry, match="no welcome packet"):
        await call(early, "lena", Kind.ACTION, send, value=ana)
    with pytest.raises(Sorry, match="Only the contractor"):
        await call(early, "bruno", Kind.FORM, got_it, memo=f"|{ana}:map:0")
    with pytest.raises(Sorry, match="write the welcome packet"):
        await call(early, "ana", Kind.FORM, texts_saved, memo="|list\n\nseen\nnorth_star")
    with pytest.raises(Sorry, match="nobody by that name"):
        await call(early, "bruno", Kind.ACTION, edit_opened, value=early.id("noor"))


async def test_every_message_can_be_read_beforehand(early: World) -> None:
    async with early.bot.database.team(early.bot.team_id) as team:
        found = await travellers(team, [early.id("ana")])
        drawn = [
            await one.draw(early.bot.workshop.desk(team), found[early.id("ana")])
            for one in (*nouns.SAMPLES, *QUESTIONS)
        ]
    assert len(drawn) >= 3
    for said in drawn:
        assert said is not None
        assert said[0]
        assert check_blocks(english(list(said[1])), "message") == []
