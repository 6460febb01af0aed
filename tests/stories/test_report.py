"""The report, told from the front door: one's own weeks, those of a contractor, and those of a team."""

import io
import json
from datetime import UTC, date, datetime, time
from typing import Any

import pypdf
import pytest
from PIL import Image
from sqlalchemy import event

from handlers import MAKERS
from playbook.sorry import Sorry
from sandbox.blockkit.surfaces import check_surface
from storage.parcel import Parcel
from storage.rhythm_tables import Meeting
from storage.tables import Blocker, Contractor, LogEntry, Person
from tests.world import World, has_action, words

DM = "@app"
LAST_WEEK = date(2026, 11, 18)
TEAM_CAST = ("ana", "jun", "lena", "priya")
NO_AVERAGE = "only as an average over at least 4 people"


async def logged(
    world: World, who: str, day: date = LAST_WEEK, minutes: int = 120, category: str = "build", feel: str = ""
) -> None:
    """Let somebody have logged something on a day."""
    at = datetime.combine(day, time(18), tzinfo=UTC)
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(
            LogEntry(
                team_id="", user_id=world.id(who), day=day, minutes=minutes, category=category, feel=feel,
                created_at=at, changed_at=at,
            )
        )  # fmt: skip


async def told(world: World, who: str, mood: int, day: date = LAST_WEEK, manager: str = "bruno") -> None:
    """Let somebody have told a mood for the 1:1 of a day."""
    at = datetime.combine(day, time(15), tzinfo=UTC)
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(
            Meeting(
                team_id="", user_id=world.id(who), manager_id=world.id(manager), at=at, state="held", mood=str(mood),
                prepared_at=at,
            )
        )  # fmt: skip


async def stuck(world: World, who: str, number: int, came: datetime, answered: datetime, solved: datetime) -> None:
    """Let a blocker have come up, been answered and been solved."""
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(
            Blocker(
                team_id="", number=number, user_id=world.id(who), text="stuck", kind="access", impact="slowed", since=came,
                state="resolved", helper_id=world.id("olivia"), created_at=came, seen_at=answered, resolved_at=solved,
            )
        )  # fmt: skip


async def change(world: World, who: str, **values: Any) -> None:
    """Change what was agreed with a contractor."""
    async with world.bot.database.team(world.bot.team_id) as team:
        mine = team.update(Contractor).where(Contractor.user_id == world.id(who))  # type: ignore[arg-type]
        await team.change(mine.values(**values))


async def team_of_four(world: World) -> None:
    for one in ("lena", "priya"):
        await world.add_contractor(one)


async def files(world: World, who: str) -> dict[str, bytes]:
    """Fetch the files that somebody was sent by the bot."""
    found = {}
    for message in await world.sees(who, DM):
        for file in message.get("files", ()):
            async with world.http.get("/_control/download", params={"as": who, "file": file["id"]}) as response:
                found[file["name"]] = await response.read()
    return found


async def made(world: World, who: str, value: str) -> Parcel:
    """Have a file made as the part of the bot that sends them does."""
    async with world.bot.database.team(world.bot.team_id) as team:
        return await MAKERS["report"](world.bot.workshop.desk(team), world.id(who), value)


def text_of(document: bytes) -> str:
    """Read what is printed on all pages of a PDF."""
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages)


def rows(message: dict[str, Any]) -> list[list[str]]:
    """Give the cells of a message's table."""
    [table] = [block for block in message["blocks"] if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def charts(message: dict[str, Any]) -> dict[str, Any]:
    """Give a message's charts by their titles."""
    return {block["title"]: block["chart"] for block in message["blocks"] if block["type"] == "data_visualization"}


async def newest(world: World, who: str, channel: str = DM) -> dict[str, Any]:
    """Give the newest report that somebody sees, whatever else has come since."""
    return next(one for one in reversed(await world.sees(who, channel)) if has_action(one, "report.png"))


# One's own ----------------------------------------------------------------------------------------


async def test_a_contractor_sees_their_own_weeks(world: World) -> None:
    await logged(world, "ana", date(2026, 11, 12), 600)
    await logged(world, "ana", LAST_WEEK, 900, "research")
    await world.types("ana", "/log 2h wireframes #acme @build")
    # olivia works 09:00 to 17:30 in New York: 40 minutes until answered, 2 h 10 until resolved.
    nine = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
    await stuck(world, "ana", 1, nine, nine.replace(minute=40), nine.replace(hour=17, minute=10))
    await world.types("ana", "/circle report")
    seen = (await world.sees("ana"))[-1]
    said = words(seen)
    assert seen["text"].startswith("Your report, 2 Nov 2026 to 23 Nov 2026: 27 h logged of")
    assert "most of it Research (15 h)" in said
    assert "The last whole week came to 15 h; those before it to 5 h on average." in said
    assert "1 blocker came up and was resolved inside the 4 h window." in said
    assert "answered within 40 min and resolved within 2 h 10 of the helpers' working time" in said
    table = rows(seen)
    assert [row[0] for row in table] == ["Week", "2 Nov", "9 Nov", "16 Nov", "23 Nov so far"]
    assert [row[1] for row in table[1:]] == ["0 min / 30 h", "10 h / 30 h", "15 h / 30 h", "2 h / 6 h"]
    assert table[3][2:6] == ["1", "1 / 0", "40 min", "2 h 10"]
    drawn = charts(seen)["Hours a week by category"]
    assert drawn["axis_config"]["categories"] == ["2 Nov", "9 Nov", "16 Nov", "23 Nov"]
    assert {one["name"]: [each["value"] for each in one["data"]] for one in drawn["series"]} == {
        "Research": [0, 0, 15, 0],
        "Build": [0, 10, 0, 2],
    }
    assert "Blockers: median hours of the helper" in charts(seen)


async def test_the_quarter_takes_the_place_of_the_four_weeks_and_back(world: World) -> None:
    await change(world, "ana", start_date=date(2026, 8, 3))
    await logged(world, "ana", date(2026, 9, 2), 300)
    await world.types("ana", "/circle report quarter")
    assert len(rows((await world.sees("ana"))[-1])) == 14
    assert "31 Aug 2026 to 23 Nov 2026: 5 h logged" in words((await world.sees("ana"))[-1])
    count = len(await world.sees("ana"))
    await world.press("ana", "report.show", "#acme")
    assert len(await world.sees("ana")) == count
    four = (await world.sees("ana"))[-1]
    assert len(rows(four)) == 5
    assert "Nothing was logged in these weeks." in words(four)
    assert "No blocker came up." in words(four)


async def test_in_the_direct_message_a_word_is_enough(world: World) -> None:
    await world.types("jun", "report quarter", DM)
    assert "Your report" in await world.last("jun", DM)
    await world.types("jun", "report of everything", DM)
    assert "I know `report` for the last four weeks and `report quarter`" in await world.last("jun", DM)


# Who may ------------------------------------------------------------------------------------------


async def test_one_contractor_is_between_them_and_their_manager(world: World) -> None:
    ana = world.id("ana")
    await logged(world, "ana")
    await world.types("bruno", "/contractor report @ana quarter")
    assert "Report: Ana" in await world.last("bruno")
    await world.types("ana", "/contractor report @ana")
    assert "Your report" in await world.last("ana")
    for who in ("olivia", "lena", "jun"):
        await world.types(who, "contractor report @ana", DM)
        assert "between them and their manager" in await world.last(who, DM), who
        with pytest.raises(Sorry):
            await made(world, who, f"pdf:{ana}:4")
    for who in ("lena", "jun"):
        await world.types(who, "contractor report", DM)
        assert "You manage nobody" in await world.last(who, DM)
    await world.types("lena", "report", DM)
    assert "you are not on it yet" in await world.last("lena", DM)
    await world.types("bruno", "report", DM)
    assert "Your team" in words(await newest(world, "bruno"))
    await world.types("bruno", "contractor report nonsense", DM)
    assert "Which one do you need?" in await world.last("bruno", DM)


async def test_a_mood_is_shown_to_the_one_it_was_told(world: World) -> None:
    await told(world, "ana", 2)
    await logged(world, "ana", date(2026, 11, 11), feel="great")
    await world.types("ana", "report", DM)
    own = await newest(world, "ana")
    assert "The latest mood is “A bit low” (week of 16 Nov)" in words(own)
    assert [row[-1] for row in rows(own)] == ["Mood", "–", "Very good", "A bit low", "–"]
    await world.types("bruno", "contractor report @ana", DM)
    theirs = await newest(world, "bruno")
    assert "told to you for a 1:1 is “A bit low”" in words(theirs)
    assert "Very good" not in words(theirs)
    await change(world, "ana", manager_id=world.id("lena"))
    await world.types("lena", "contractor report @ana", DM)
    assert "No mood was told to you in these weeks." in words(await newest(world, "lena"))


# A team -------------------------------------------------------------------------------------------


async def test_a_manager_sees_the_team_and_nobodys_mood(world: World) -> None:
    await logged(world, "ana", minutes=300)
    await logged(world, "jun", minutes=180)
    for one, mood in (("ana", 1), ("jun", 5)):
        await told(world, one, mood)
        await logged(world, one, date(2026, 11, 19), 0, feel="rough")
    await world.types("bruno", "contractor report", DM)
    seen = await newest(world, "bruno")
    said = words(seen)
    assert "*Your team*, 2 contractors" in said
    assert "8 h logged of" in said
    assert NO_AVERAGE in said
    assert not any(mood in said for mood in ("Low", "Very good", "Okay"))
    assert "Mood" not in rows(seen)[0]
    await world.press("bruno", "report.people", DM)
    people = await newest(world, "bruno")
    assert [row[:2] for row in rows(people)] == [
        ["Contractor", "Logged / agreed"],
        ["Ana Reis", "5 h / 96 h"],
        ["Jun Santos", "3 h / 96 h"],
    ]
    assert not has_action(people, "report.turn")
    await world.press("bruno", "report.show", DM)
    assert "8 h logged of" in words(await newest(world, "bruno"))


async def test_four_moods_of_a_closed_week_are_an_average_that_never_changes(world: World) -> None:
    await team_of_four(world)
    for one, mood in zip(TEAM_CAST, (1, 4, 5, 4), strict=True):
        await told(world, one, mood)
    await world.types("bruno", "contractor report", DM)
    assert NO_AVERAGE in words(await newest(world, "bruno"))
    await world.until("2026-11-24T09:00")
    await world.types("bruno", "contractor report", DM)
    shown = "“Okay / Good”, on average over 4 people (week of 16 Nov)"
    assert shown in words(await newest(world, "bruno"))
    await world.types("bruno", "/contractor pause @priya", DM)
    await told(world, "lena", 1, date(2026, 11, 20))
    await change(world, "ana", manager_id=world.id("olivia"))
    await world.types("bruno", "contractor report quarter", DM)
    assert shown in words(await newest(world, "bruno"))
    await world.types("olivia", "contractor report", DM)
    seen = words(await newest(world, "olivia"))
    assert "All contractors" in seen
    assert shown.replace("the team", "") in seen


async def test_three_moods_are_never_shown(world: World) -> None:
    await team_of_four(world)
    for one, mood in zip(TEAM_CAST[:3], (1, 4, 5), strict=True):
        await told(world, one, mood)
    await logged(world, "priya", feel="rough")
    await world.until("2026-11-24T09:00")
    for who in ("bruno", "olivia"):
        await world.types(who, "contractor report", DM)
        assert NO_AVERAGE in words(await newest(world, who))


async def test_how_days_felt_is_an_average_of_its_own(world: World) -> None:
    await team_of_four(world)
    for one in TEAM_CAST:
        await logged(world, one, feel="good")
    await told(world, "ana", 1)
    await world.until("2026-11-24T09:00")
    await world.types("bruno", "contractor report", DM)
    assert "“Good”, on average over 4 people" in words(await newest(world, "bruno"))


# Paused, gone -------------------------------------------------------------------------------------


async def test_what_was_logged_stays_readable_after_a_pause_and_after_leaving(world: World) -> None:
    await logged(world, "ana", minutes=300)
    await world.types("bruno", "/contractor pause @ana", DM)
    await world.types("ana", "report", DM)
    assert any("5 h logged" in one for one in await world.reads("ana"))
    await change(world, "ana", ended_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    async with world.bot.database.team(world.bot.team_id) as team:
        await team.change(team.update(Person).where(Person.user_id == world.id("ana")).values(deactivated=True))  # type: ignore[arg-type]
    await world.types("bruno", "contractor report @ana", DM)
    assert "5 h logged" in words(await newest(world, "bruno"))
    assert rows(await newest(world, "bruno"))[4][1] == "0 min / 0 min"
    await world.types("bruno", "contractor report", DM)
    assert "*Your team*, 2 contractors" in words(await newest(world, "bruno"))


# Files --------------------------------------------------------------------------------------------


async def test_a_report_is_shared_as_a_picture_and_as_a_document(world: World) -> None:
    await logged(world, "ana", minutes=765)
    await told(world, "ana", 1)
    await world.types("ana", "report", DM)
    for button in ("report.png", "report.pdf"):
        await world.press("ana", button, DM)
        assert any("I am making it" in one for one in await world.reads("ana"))
    sent = await files(world, "ana")
    assert set(sent) == {"report-ana-reis-2026-11-02.png", "report-ana-reis-2026-11-02.pdf"}
    picture = Image.open(io.BytesIO(sent["report-ana-reis-2026-11-02.png"]))
    assert (picture.format, picture.width) == ("PNG", 1080)
    assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 20
    printed = text_of(sent["report-ana-reis-2026-11-02.pdf"])
    for part in ("Ana Reis", "2 Nov 2026 to 23 Nov 2026", "12 h 45 logged of", "Page 1 of 1", "Made for Ana Reis"):
        assert part in printed, part
    assert "Low" not in printed
    assert "nobody's own mood" in "\n".join(await world.reads("ana"))


async def test_a_file_of_a_team_has_everybody_and_any_name(world: World) -> None:
    for number, name in enumerate(("N" * 80, "نورة الخطيب", "שלום כהן", "山田太郎", "Zoë Łukasiewicz", "<b>&*_")):
        async with world.bot.database.team(world.bot.team_id) as team:
            user_id = f"U0000000{number}"
            team.add(Person(team_id="", user_id=user_id, name=name, zone="Asia/Tokyo"))
            values = (await team.get(Contractor, user_id=world.id("ana"))).model_dump()  # type: ignore[union-attr]
            team.add(Contractor(**values | {"user_id": user_id}))
    await logged(world, "ana", minutes=300)
    document = (await made(world, "bruno", "pdf:team:13")).render()
    [printed] = [text_of(one) for one in document.values()]
    for part in (
        "Team of Bruno",
        "Zoë Łukasiewicz",
        "<b>&*_",
        "NNNN",
        "□□□□",
        "letters of a name",
        "Contractors by name",
    ):
        assert part in printed, part
    picture = (await made(world, "bruno", "png:U00000000:4")).render()
    assert [Image.open(io.BytesIO(one)).width for one in picture.values()] == [1080]
    assert set(picture) == {f"report-{'n' * 40}-2026-11-02.png"}
    await made(world, "bruno", "png:U00000003:4")


async def test_what_may_be_read_is_asked_again_when_the_file_is_made(world: World) -> None:
    await world.types("bruno", "contractor report @ana", DM)
    await change(world, "ana", manager_id=world.id("lena"))
    await world.press("bruno", "report.pdf", DM)
    assert "between them and their manager" in await world.last("bruno", DM)
    for value in ("", "pdf", "pdf:team", "pdf:UNOBODY:4", "pdf:team:x"):
        with pytest.raises(Sorry):
            await made(world, "jun", value)


# Home and the buttons -----------------------------------------------------------------------------


async def test_a_button_elsewhere_says_the_point_and_sends_the_rest(world: World) -> None:
    await logged(world, "ana", minutes=300)
    await world.types("bruno", "/contractor @ana", DM)
    await world.press("bruno", "report.open", DM)
    modal = await world.modal("bruno")
    assert modal is not None
    assert "5 h logged" in words(modal)
    assert "in our direct message" in words(modal)
    sent = await newest(world, "bruno")
    assert "Report: Ana Reis" in words(sent)
    assert charts(sent)
    await world.press("bruno", "report.show", DM)
    assert len(rows(await newest(world, "bruno"))) == 14


async def test_home_shows_the_last_weeks_with_a_chart_and_a_table(world: World) -> None:
    assert not has_action(await world.opens_home("ana"), "report.open")
    await logged(world, "ana", minutes=300)
    mine = await world.opens_home("ana")
    assert "*Your last weeks*: 5 h logged of" in words(mine)
    assert "Hours a week by category" in charts(mine)
    assert [row[1] for row in rows(mine)] == [
        "Logged / agreed",
        "0 min / 30 h",
        "0 min / 30 h",
        "5 h / 30 h",
        "0 min / 6 h",
    ]
    team = await world.opens_home("bruno")
    assert "*Your team's last weeks*: 5 h logged of" in words(team)
    assert "Hours a week by category" in charts(team)
    await world.press("bruno", "report.open")
    modal = await world.modal("bruno")
    assert modal is not None
    assert "Your team" in words(modal)
    assert "Your team" in words(await newest(world, "bruno"))


async def test_who_leads_and_is_led_has_a_home_that_slack_takes(world: World) -> None:
    await world.add_contractor("bruno", "olivia")
    for one in ("ana", "bruno"):
        await logged(world, one, date(2026, 11, 23), 300)
    home = await world.opens_home("bruno")
    assert "*Your last weeks*: 5 h" in words(home)
    assert "*Your team's last weeks*: 5 h" in words(home)
    assert len(rows(home)) == 3


async def test_two_hundred_contractors_fit_and_are_counted_in_few_queries(world: World) -> None:
    ids = [f"U1{number:07}" for number in range(200)]
    async with world.bot.database.team(world.bot.team_id) as team:
        values = (await team.get(Contractor, user_id=world.id("ana"))).model_dump()  # type: ignore[union-attr]
        for one in ids:
            team.add(Person(team_id="", user_id=one, name="W" * 80, zone="Asia/Manila"))
            team.add(Contractor(**values | {"user_id": one}))
    for one in ("build", "research", "review", "meetings", "admin", "waiting", "learning", ""):
        await logged(world, "ana", minutes=61, category=one)
    asked: list[str] = []
    engine = world.bot.database._write.sync_engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    await world.types("bruno", "contractor report", DM)
    await world.press("bruno", "report.show", DM)
    assert len(asked) < 120
    seen = await newest(world, "bruno")
    assert "*Your team*, 202 contractors" in words(seen)
    await world.press("bruno", "report.people", DM)
    people = await newest(world, "bruno")
    assert "Page 1 of 11" in words(people)
    for message in (seen, people):
        assert len(json.dumps(message["blocks"])) < 13_000
        assert not check_surface(message["blocks"], "message", "/blocks")
    await world.press("bruno", "report.turn_on", DM)
    assert "Page 2 of 11" in words(await newest(world, "bruno"))
    await world.press("bruno", "report.turn", DM)
    assert "Page 1 of 11" in words(await newest(world, "bruno"))
