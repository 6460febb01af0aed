"""The social handshake, told from the front door: asked, filled in, approved, posted, and greeted."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from handlers.contract import arm, lay
from handlers.introduction import SAMPLES
from sandbox.blockkit import check_blocks, check_view
from storage import contractor, workspace
from storage.path import travellers
from storage.path_tables import ChecklistItem, Greeting, Introduction
from storage.tables import Letter
from tests.said import english
from tests.world import Json, World, actions, words

APP, GENERAL = "@app", "#general"
MONDAY = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
START = date(2026, 11, 23)
SAID = {
    "role": "QA engineer",
    "bottleneck": "Releases wait for testing",
    "fun_fact": "I keep <three> turtles & a parrot",
    "place": "Manila",
    "video": "https://www.loom.com/share/abc",
}


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[World]:
    """A week before somebody starts: most people of #general, the introduction channel, live on Madrid's clock."""
    world = await World.begin(sqlite_url, at=MONDAY)
    yield world
    await world.end()


@pytest.fixture
async def manila(sqlite_url: str) -> AsyncIterator[World]:
    """Jun in Manila, who sees only #acme, with Olivia in New York as manager; it is Day -5."""
    world = await World.begin(sqlite_url, at=MONDAY, contractors=())
    await join_path(world, "jun", manager="olivia")
    yield world
    await world.end()


async def set_up(world: World, **values: Any) -> None:
    """Change the set-up, by itself back to #general as the introduction channel; who is where the bot finds out."""
    async with world.bot.database.team(world.bot.team_id) as team:
        await workspace.put(team, **{"intro_channel": world.channel("general")} | values)
    await world.settle()


async def join_path(world: World, handle: str, manager: str = "bruno", **changes: Any) -> None:
    values = {"start_date": START, "bottleneck": "Releases wait for testing", "role": "QA engineer"} | changes
    await world.add_contractor(handle, manager, path=True, **values)
    await world.settle()


async def fill(world: World, who: str, channel: str = APP, **changes: str) -> Json:
    """Open the form from the message, in the hours in which it comes, and send it."""
    await world.wakes(who)
    await world.press(who, "introduction.open", channel)
    return await world.submit(who, **(SAID | changes))


async def approve(world: World, who: str) -> None:
    await world.wakes(who)
    await world.press(who, "introduction.approve", APP)


async def row(world: World, handle: str) -> Introduction:
    async with world.bot.database.reading() as session:
        found = (await session.exec(select(Introduction).where(Introduction.user_id == world.id(handle)))).one()
        assert isinstance(found, Introduction)
        return found


async def letters(world: World) -> Sequence[Letter]:
    async with world.bot.database.reading() as session:
        return (await session.exec(select(Letter).order_by(col(Letter.seq)))).all()


async def everything_is_sound(world: World) -> None:
    for letter in await letters(world):
        if letter.kind == "message":
            assert letter.text, letter.key
            assert check_blocks(english(letter.blocks), "message") == [], letter.key
            assert letter.state in ("sent", "held"), (letter.key, letter.state, letter.error)


def bot_card(seen: list[Json]) -> Json:
    return next(one for one in seen if "introduction.say_hi" in actions(one))


async def intros(world: World, who: str, channel: str = GENERAL) -> list[Json]:
    return [one for one in await world.sees(who, channel) if "joins us as" in words(one)]


# Asking ------------------------------------------------------------------------------------------


async def test_a_contractor_is_asked_three_working_days_before_they_start(manila: World) -> None:
    await manila.until("2026-11-17T09:59", "jun")
    assert not [one for one in await manila.reads("jun") if "45 seconds" in one]
    await manila.until("2026-11-17T10:00", "jun")
    (asked,) = [one for one in await manila.reads("jun") if "45 seconds" in one]
    assert f"once <@{manila.id('olivia')}> has seen them" in asked
    assert (await row(manila, "jun")).state == "asked"
    await everything_is_sound(manila)


async def test_the_form_is_filled_with_what_is_known_and_shows_how_it_will_look(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await manila.press("jun", "introduction.open", APP)
    form = await manila.modal("jun")
    assert form is not None
    assert check_view({key: form[key] for key in ("type", "title", "blocks", "submit", "close")}) == []
    for known in ("QA engineer", "Releases wait for testing", "Manila"):
        assert known in words(form)
    await manila.choose("jun", "fun_fact", "I keep turtles")
    await manila.press("jun", "introduction.preview")
    page = await manila.modal("jun")
    assert page is not None
    assert "*Fun fact*: I keep turtles" in words(page)
    assert "introduction.say_hi" not in actions(page)
    await manila.close("jun")
    await manila.submit("jun")
    assert (await row(manila, "jun")).fun_fact == "I keep turtles"


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("video", "http://loom.com/x", "begins with https://"),
        ("video", "https://loom", "begins with https://"),
    ],
)
async def test_what_cannot_stay_is_said_under_its_field(manila: World, field: str, typed: str, says: str) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    answer = await fill(manila, "jun", **{field: typed})
    assert says in answer["errors"][field]
    assert (await row(manila, "jun")).state == "asked"


@pytest.mark.parametrize(("start", "asked"), [(date(2026, 11, 20), True), (date(2026, 11, 13), False)])
async def test_somebody_added_late_is_asked_at_once_and_long_ago_not_at_all(
    office: World,
    start: date,
    asked: bool,  # noqa: FBT001
) -> None:
    await office.until("2026-11-24T15:00", "noor")
    await join_path(office, "noor", start_date=start)
    assert ("45 seconds" in "\n".join(await office.reads("noor"))) is asked
    await office.until("2026-11-26T08:59", "bruno")
    assert "two lines" not in "\n".join(await office.reads("bruno"))
    await office.until("2026-11-26T09:00", "bruno")
    assert ("two lines" in "\n".join(await office.reads("bruno"))) is asked


async def test_a_start_that_moves_takes_everything_with_it(manila: World) -> None:
    await manila.types("olivia", "/contractor edit @jun", "#acme")
    await manila.submit_pages("olivia", start_date="2026-11-30")
    await manila.until("2026-11-24T09:59", "jun")
    assert "45 seconds" not in "\n".join(await manila.reads("jun"))
    await manila.until("2026-11-24T10:00", "jun")
    assert "45 seconds" in "\n".join(await manila.reads("jun"))


async def agree(world: World, handle: str, **changes: Any) -> None:
    """Change what was agreed with a contractor, as the form of /contractor edit does."""
    bot = world.bot
    async with bot.database.team(bot.team_id) as team:
        for name, value in changes.items():
            place = await contractor.find(team, world.id(handle))
            assert place is not None
            setattr(place, name, value)
        await team.session.flush()
        desk = bot.workshop.desk(team)
        await arm(desk, world.id(handle), contractor=True)
        await lay(desk, world.id(handle))
    await world.settle()


async def test_what_is_approved_moves_with_the_start_date(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await approve(manila, "olivia")
    await agree(manila, "jun", start_date=date(2026, 11, 30))
    monday = int(datetime(2026, 11, 30, 9, tzinfo=UTC).timestamp())
    assert f"<!date^{monday}^" in [one for one in await manila.reads("olivia") if "The introduction of" in one][-1]
    await manila.until("2026-11-30T09:59", "bruno")
    assert await intros(manila, "lena") == []
    await manila.until("2026-11-30T10:00", "bruno")
    assert len(await intros(manila, "lena")) == 1


async def test_a_new_manager_is_shown_what_waits(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await agree(manila, "jun", manager_id=manila.id("bruno"))
    await approve(manila, "bruno")
    assert (await row(manila, "jun")).approved_by == manila.id("bruno")
    assert len([one for one in await manila.reads("bruno") if "introduction" in one and "is approved" in one]) == 1


async def test_while_the_path_is_paused_nothing_is_posted(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await approve(manila, "olivia")
    await agree(manila, "jun", paused_at=manila.clock.now())
    await manila.until("2026-11-24T12:00", "bruno")
    assert await intros(manila, "lena") == []
    await agree(manila, "jun", paused_at=None)
    assert len(await intros(manila, "lena")) == 1


async def test_without_a_name_the_command_says_how_it_is_used(manila: World) -> None:
    await manila.types("olivia", "/contractor intro", "#acme")
    assert "`/contractor intro @person`" in await manila.last("olivia")


# Approving ---------------------------------------------------------------------------------------


async def test_the_manager_sees_it_and_approves_and_it_appears_at_ten_in_the_channels_zone(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await manila.wakes("olivia")
    shown = "\n".join(await manila.reads("olivia"))
    assert "has filled in an introduction" in shown
    assert "I keep &lt;three&gt; turtles &amp; a parrot" in shown
    await approve(manila, "olivia")
    assert "is approved" in "\n".join(await manila.reads("olivia"))
    await manila.until("2026-11-23T09:59", "bruno")
    assert await intros(manila, "lena") == []
    await manila.until("2026-11-23T10:00", "bruno")
    (card,) = await intros(manila, "lena")
    said = words(card)
    assert "*Jun Santos*" in said
    assert "joins us as *QA engineer*" in said
    assert "*Here to solve*: Releases wait for testing" in said
    assert "Manila (it was 17:00 there when this was posted)" in said
    assert "21:00–00:00 for Jun" in said
    assert f"<!date^{int(datetime(2026, 11, 23, 13, tzinfo=UTC).timestamp())}^{{time}}|" in said
    assert "<https://www.loom.com/share/abc|Watch a short video>" in said
    assert '"alt_text": "Photo of Jun Santos"' in str(card["blocks"]).replace("'", '"')
    await everything_is_sound(manila)


async def test_posting_ticks_the_checklist(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await manila.wakes("olivia")
    await manila.press("olivia", "introduction.post_now", APP)
    async with manila.bot.database.reading() as session:
        done = (await session.exec(select(ChecklistItem).where(ChecklistItem.auto == "introduction"))).all()
    assert {(one.state, one.done_by) for one in done} == {("done", manila.id("olivia"))}


async def test_what_is_changed_after_approval_is_looked_at_once_more(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await approve(manila, "olivia")
    await fill(manila, "jun", fun_fact="I sail")
    assert (await row(manila, "jun")).state == "filled"
    await manila.wakes("olivia")
    older, newer = [one for one in await manila.reads("olivia") if "introduction" in one][-2:]
    assert "newest version" in older
    assert "I sail" in newer
    await manila.until("2026-11-23T12:00", "bruno")
    assert await intros(manila, "lena") == []


async def test_the_manager_edits_it_and_the_contractor_reads_what_became_of_it(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await fill(manila, "olivia", fun_fact="Jun keeps turtles")
    assert (await row(manila, "jun")).state == "approved"
    await manila.wakes("jun")
    told = "\n".join(await manila.reads("jun"))
    assert f"<@{manila.id('olivia')}> has written your introduction" in told
    assert "Jun keeps turtles" in told


async def test_post_now_asks_first_and_posts_at_once(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await manila.wakes("olivia")
    seen = next(one for one in await manila.sees("olivia", APP) if "introduction.post_now" in actions(one))
    assert '"confirm"' in str(seen["blocks"]).replace("'", '"')
    await manila.press("olivia", "introduction.post_now", APP)
    assert len(await intros(manila, "lena")) == 1
    await manila.until("2026-11-23T12:00", "bruno")
    assert len(await intros(manila, "lena")) == 1
    assert "Your introduction is in" in "\n".join(await manila.reads("jun"))
    await everything_is_sound(manila)


async def test_without_approval_nothing_is_posted_and_the_manager_is_reminded_on_day_one(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await manila.until("2026-11-23T08:59", "olivia")
    assert "waits for your approval" not in "\n".join(await manila.reads("olivia"))
    await manila.until("2026-11-23T09:00", "olivia")
    assert "Jun has begun, and the introduction waits for your approval" in "\n".join(await manila.reads("olivia"))
    assert await intros(manila, "lena") == []
    await approve(manila, "olivia")
    assert len(await intros(manila, "lena")) == 1


async def test_approved_in_the_channels_night_it_waits_for_the_morning(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await manila.until("2026-11-23T17:00", "olivia")
    await approve(manila, "olivia")
    assert await intros(manila, "lena") == []
    await manila.until("2026-11-24T07:59", "bruno")
    assert await intros(manila, "lena") == []
    await manila.until("2026-11-24T08:00", "bruno")
    assert len(await intros(manila, "lena")) == 1


async def test_only_those_it_concerns_may_see_and_approve_it(manila: World) -> None:
    await manila.types("noor", "/contractor intro @jun", GENERAL)
    assert "I find nobody by that name" in await manila.last("noor", GENERAL)
    await manila.types("olivia", "/contractor intro @jun", "#acme")
    assert "has not filled in an introduction yet" in await manila.last("olivia")
    await manila.press("olivia", "introduction.open", "#acme")
    await manila.submit("olivia", role="QA engineer", bottleneck="Testing", fun_fact="", place="")
    assert (await row(manila, "jun")).state == "approved"
    await manila.types("olivia", "/contractor intro @jun", "#acme")
    assert "is approved" in await manila.last("olivia")


# The guest who is not in the channel --------------------------------------------------------------


async def test_a_guest_outside_the_channel_is_told_and_a_shared_one_is_proposed(manila: World) -> None:
    general, acme = (f"<#{manila.channel(name)}>" for name in ("general", "acme"))
    await manila.until("2026-11-18T10:00", "jun")
    asked = "\n".join(await manila.reads("jun"))
    assert f"you are not in {general}, so you will not see it there. I suggest {acme} as well" in asked
    await fill(manila, "jun")
    await manila.wakes("olivia")
    assert "Post in both #general and #acme" in "\n".join(await manila.reads("olivia"))
    await approve(manila, "olivia")
    await manila.until("2026-11-23T10:00", "bruno")
    assert len(await intros(manila, "jun", "#acme")) == 1
    assert len(await intros(manila, "lena", GENERAL)) == 1
    assert f"in {general} and {acme}" in "\n".join(await manila.reads("jun"))


@pytest.mark.parametrize(("choice", "general", "acme"), [("shared", 0, 1), ("everybody", 1, 0), ("both", 1, 1)])
async def test_the_manager_chooses_where_it_stands(manila: World, choice: str, general: int, acme: int) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await manila.wakes("olivia")
    await manila.press("olivia", "introduction.where", APP, option=f"{choice}|{manila.id('jun')}")
    await approve(manila, "olivia")
    await manila.until("2026-11-23T10:00", "bruno")
    assert len(await intros(manila, "lena", GENERAL)) == general
    assert len(await intros(manila, "lena", "#acme")) == acme


async def test_a_guest_who_is_in_the_channel_is_asked_nothing_of_the_kind(office: World) -> None:
    await office.types("bruno", "/contractor intro @ana", "#acme")
    await office.press("bruno", "introduction.open", "#acme")
    await office.submit("bruno", role="Designer", bottleneck="Slow checkout", fun_fact="", place="")
    await office.types("bruno", "/contractor intro @ana", "#acme")
    assert "Post in both" not in await office.last("bruno")


async def many_join(world: World, how_many: int, zone: str) -> None:
    """Let people join the workspace, and with it #general."""
    for number in range(how_many):
        name = f"{zone.rpartition('/')[2].lower()}{number}"
        await world.does("people", handle=name, real_name=name.title(), tz=zone, kind="member")


async def test_it_goes_to_the_channel_of_a_guest_who_is_in_it_at_ten_where_most_people_live(manila: World) -> None:
    await manila.does("people", handle="mara", real_name="Mara Cruz", tz="Asia/Manila", kind="multi_guest")
    await join_path(manila, "mara")
    await many_join(manila, 3, "Asia/Kolkata")
    await manila.until("2026-11-18T10:00", "mara")
    assert "As a guest you are not in" not in "\n".join(await manila.reads("mara"))
    await fill(manila, "mara")
    await approve(manila, "bruno")
    await manila.until("2026-11-23T09:59", "priya")
    assert await intros(manila, "lena") == []
    await manila.until("2026-11-23T10:00", "priya")
    assert ["*Mara Cruz*" in words(one) for one in await intros(manila, "lena")] == [True]
    assert await intros(manila, "lena", "#acme") == []
    await everything_is_sound(manila)


async def test_its_hour_follows_where_most_people_live_when_that_changes(manila: World) -> None:
    await many_join(manila, 3, "Asia/Kolkata")
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await approve(manila, "olivia")
    await many_join(manila, 9, "Asia/Tokyo")
    await manila.until("2026-11-20T12:00", "jun")
    tokyo = int(datetime(2026, 11, 23, 1, tzinfo=UTC).timestamp())
    assert f"<!date^{tokyo}^" in [one for one in await manila.reads("olivia") if "The introduction of" in one][-1]
    await manila.until("2026-11-23T01:00")
    assert len(await intros(manila, "lena")) == 1


async def test_a_guest_who_is_let_into_the_channel_is_no_outsider_any_more(manila: World) -> None:
    await manila.until("2026-11-18T10:00", "jun")
    await fill(manila, "jun")
    await manila.wakes("olivia")
    assert "Post in both" in "\n".join(await manila.reads("olivia"))
    await manila.ask("PATCH", f"people/{manila.id('jun')}", {"kind": "multi_guest"})
    await manila.does("invite", **{"as": "olivia"}, channel=GENERAL, user="jun")
    assert "Post in both" not in "\n".join(await manila.reads("olivia"))
    await manila.wakes("olivia")
    await manila.press("olivia", "introduction.post_now", APP)
    assert len(await intros(manila, "jun", GENERAL)) == 1
    assert await intros(manila, "jun", "#acme") == []


# Greetings ---------------------------------------------------------------------------------------


async def posted(world: World) -> Json:
    await world.until("2026-11-18T10:00", "jun")
    await fill(world, "jun")
    await world.wakes("olivia")
    await world.press("olivia", "introduction.post_now", APP)
    return bot_card(await world.sees("lena", GENERAL))


async def test_say_hi_lands_in_the_thread_in_the_clickers_words(manila: World) -> None:
    card = await posted(manila)
    await manila.press("lena", "introduction.say_hi", GENERAL)
    form = await manila.modal("lena")
    assert form is not None
    assert form["title"]["text"] == "Say hi to Jun"
    assert check_view({key: form[key] for key in ("type", "title", "blocks", "submit", "close")}) == []
    await manila.submit("lena", words="Welcome! <@everyone> ask me anything")
    thread = await manila.sees("noor", GENERAL, card["ts"])
    assert f"*Lena Fischer* (<@{manila.id('lena')}>): Welcome! &lt;@everyone&gt; ask me anything" in words(thread[-1])
    assert "1 person said hi" in words(bot_card(await manila.sees("lena", GENERAL)))
    await manila.wakes("jun")
    assert "Lena Fischer said hi to you" in "\n".join(await manila.reads("jun"))
    await everything_is_sound(manila)


async def test_a_second_click_changes_ones_own_words(manila: World) -> None:
    card = await posted(manila)
    await manila.press("lena", "introduction.say_hi", GENERAL)
    await manila.submit("lena", words="Hello")
    await manila.press("lena", "introduction.say_hi", GENERAL)
    form = await manila.modal("lena")
    assert form is not None
    await manila.submit("lena", words="Hello and welcome")
    assert "Hello" in words(form)
    thread = [words(one) for one in await manila.sees("noor", GENERAL, card["ts"])]
    assert len(thread) == 2
    assert "Hello and welcome" in thread[-1]
    async with manila.bot.database.reading() as session:
        assert len((await session.exec(select(Greeting))).all()) == 1
    assert "1 person said hi" in words(bot_card(await manila.sees("lena", GENERAL)))


async def test_the_contractor_is_told_at_most_every_half_hour(manila: World) -> None:
    await posted(manila)
    at = {"lena": "10:00", "bruno": "10:05", "noor": "10:20"}
    for who, clock in at.items():
        await manila.until(f"2026-11-19T{clock}", "jun")
        await manila.press(who, "introduction.say_hi", GENERAL)
        await manila.submit(who, words=f"Hi from {who}")
    told = [one for one in await manila.reads("jun") if "said hi to you" in one]
    assert len(told) == 1
    await manila.until("2026-11-19T10:29", "jun")
    assert len([one for one in await manila.reads("jun") if "said hi to you" in one]) == 1
    await manila.until("2026-11-19T10:30", "jun")
    told = [one for one in await manila.reads("jun") if "said hi to you" in one]
    assert len(told) == 2
    assert "Bruno Vidal, Noor Haddad said hi to you" in told[-1]


async def test_the_newcomer_themselves_gets_a_kind_sentence(manila: World) -> None:
    await posted(manila)
    await manila.press("jun", "introduction.say_hi", "#acme")
    assert "This is where others say hi to you" in await manila.last("jun", "#acme")


async def test_an_introduction_of_somebody_who_left(manila: World) -> None:
    await posted(manila)
    await manila.ask("PATCH", f"people/{manila.id('jun')}", {"deleted": True})
    await manila.settle()
    await manila.press("lena", "introduction.say_hi", GENERAL)
    assert "the person has left" in await manila.last("lena", GENERAL)


# Teaser, two lines, and channels that cannot be used ----------------------------------------------


async def test_a_teaser_the_working_day_before_where_it_is_switched_on(office: World) -> None:
    await set_up(office, teaser=True)
    async with office.bot.database.team(office.bot.team_id) as team:
        await team.change(team.delete(Introduction))
    await office.add_contractor("noor", "bruno", path=True, start_date=START)
    await office.until("2026-11-20T09:59", "bruno")
    assert "joins us" not in "\n".join(await office.reads("lena", GENERAL))
    await office.until("2026-11-20T10:00", "bruno")
    (teased,) = [one for one in await office.reads("lena", GENERAL) if "joins us" in one]
    assert teased.startswith("On Monday Noor Haddad")
    assert "Say hi" not in teased


async def test_without_the_switch_there_is_no_teaser(manila: World) -> None:
    await manila.until("2026-11-20T12:00", "bruno")
    assert "joins us" not in "\n".join(await manila.reads("lena", GENERAL))


async def test_not_filled_by_day_three_the_manager_writes_two_lines(manila: World) -> None:
    await manila.until("2026-11-25T08:59", "olivia")
    assert "two lines" not in "\n".join(await manila.reads("olivia"))
    await manila.until("2026-11-25T09:00", "olivia")
    assert "Would you write two lines?" in "\n".join(await manila.reads("olivia"))
    await manila.press("olivia", "introduction.open", APP)
    await manila.submit("olivia", role="QA engineer", bottleneck="Releases wait", fun_fact="", place="")
    (card,) = await intros(manila, "lena")
    assert "Releases wait" in words(card)
    assert "Fun fact" not in words(card)
    assert "There is an introduction of" in "\n".join(await manila.reads("olivia"))
    await everything_is_sound(manila)


TROUBLE = [
    ({"intro_channel": ""}, "No introduction channel is chosen yet"),
    ({"intro_channel": "C0GONE00000"}, "it may have been deleted"),
]


@pytest.mark.parametrize(("values", "says"), TROUBLE)
async def test_a_channel_that_is_not_there_is_told_to_manager_and_admin(
    office: World, values: dict[str, str], says: str
) -> None:
    await office.add_contractor("noor", "bruno", path=True, start_date=START)
    await office.until("2026-11-18T10:00", "noor")
    await fill(office, "noor")
    await approve(office, "bruno")
    await set_up(office, **values)
    await office.until("2026-11-23T10:00", "bruno")
    for who in ("bruno", "olivia"):
        await office.wakes(who)
        assert says in "\n".join(await office.reads(who))
    await office.press("bruno", "introduction.post_now", APP)
    assert "I cannot post it yet" in "\n".join(await office.reads("bruno"))
    await set_up(office)
    await office.press("bruno", "introduction.post_now", APP)
    assert len(await intros(office, "lena")) == 1
    await office.until("2026-11-23T18:30", "bruno")
    assert len(await intros(office, "lena")) == 1


@pytest.mark.parametrize("what", ["archive", "delete"])
async def test_a_channel_that_was_closed_is_told_with_what_to_do(office: World, what: str) -> None:
    await office.does("channels", **{"as": "bruno"}, name="hello")
    await office.does("invite", **{"as": "bruno"}, channel="#hello", user="@app")
    await set_up(office, intro_channel=office.channel("hello"))
    await join_path(office, "noor")
    await office.until("2026-11-18T10:00", "noor")
    await fill(office, "noor")
    await approve(office, "bruno")
    await office.does(what, **{"as": "olivia"}, channel="#hello")
    await office.until("2026-11-23T10:00", "bruno")
    for who in ("bruno", "olivia"):
        await office.wakes(who)
        (told,) = [one for one in await office.reads(who) if "cannot be posted" in one or "archived or deleted" in one]
        assert "#hello is archived or deleted" in told
        assert "let an admin choose another channel" in told


@pytest.mark.parametrize("mended", [True, False])
async def test_a_bot_that_was_removed_from_the_channel(office: World, mended: bool) -> None:  # noqa: FBT001
    await set_up(office, intro_channel=office.channel("acme"))
    await office.add_contractor("noor", "bruno", path=True, start_date=START)
    await office.until("2026-11-18T10:00", "noor")
    await fill(office, "noor")
    await approve(office, "bruno")
    await office.does("remove", **{"as": "bruno"}, channel="#acme", user="@app")
    await office.until("2026-11-23T10:00", "bruno")
    assert "I am not in #acme" in "\n".join(await office.reads("bruno"))
    if mended:
        await office.does("invite", **{"as": "bruno"}, channel="#acme", user="@app")
    await office.until("2026-11-23T11:00", "bruno")
    assert len(await intros(office, "bruno", "#acme")) == int(mended)


async def test_a_channel_that_refuses_the_message_is_told_and_tried_again(office: World) -> None:
    await office.add_contractor("noor", "bruno", path=True, start_date=START)
    await office.until("2026-11-18T10:00", "noor")
    await fill(office, "noor")
    await approve(office, "bruno")
    await office.until("2026-11-23T09:59", "bruno")
    fault = {"method": "chat.postMessage", "do": "error:channel_not_found", "times": 1}
    await office.does("faults", faults=[fault])
    await office.until("2026-11-23T10:00", "bruno")
    await office.until("2026-11-23T10:05", "bruno")
    assert await intros(office, "lena") == []
    assert "Slack did not take it" in "\n".join(await office.reads("bruno"))
    await office.press("bruno", "introduction.post_now", APP, containing="Slack did not take it")
    assert len(await intros(office, "lena")) == 1


async def test_every_message_can_be_shown_beforehand(manila: World) -> None:
    bot = manila.bot
    async with bot.database.team(bot.team_id) as team:
        await workspace.put(team, teaser=True)
        desk = bot.workshop.desk(team)
        (traveller,) = (await travellers(team, [manila.id("jun")])).values()
        for sample in SAMPLES:
            drawn = await sample.draw(desk, traveller)
            assert drawn is not None, sample.name
            text, blocks = drawn
            assert text
            assert check_blocks(english(list(blocks)), "message") == [], sample.name
