"""Monthly timesheets, told from the front door: who may have whose, which month, and last month's offer."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from blocks.timesheet import OPEN, SEND
from handlers.timesheet import NOT_YOURS, make
from playbook.sorry import Sorry
from storage import log, people
from tests.said import said
from tests.spreadsheet import rows
from tests.stories.test_export import files
from tests.world import World, words

NOT_YOURS = said(NOT_YOURS)

LONG = "Website relaunch of the whole Acme group, landing pages and everything behind"


async def works(world: World, who: str, first: date, last: date, minutes: int = 300, project: str = "acme") -> None:
    """Have somebody log the same on every weekday of some days."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    async with world.bot.database.team(world.bot.team_id) as team:
        for day in days:
            if day.weekday() < 5:
                at = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
                await log.write(team, world.id(who), [{"day": day, "minutes": minutes, "project": project}], at)


def total(data: bytes) -> list[str]:
    return next(row for row in rows(data) if row[0] == "month")


async def test_a_contractor_gets_a_month_as_csv_and_pdf(world: World) -> None:
    await works(world, "ana", date(2026, 11, 2), date(2026, 11, 20))
    await works(world, "ana", date(2026, 11, 9), date(2026, 11, 10), 45, LONG)
    await world.types("ana", "/circle timesheet")
    assert "I am making it" in await world.last("ana")
    said = await world.last("ana", "@app")
    assert "Your timesheet for November 2026: 76:30 h (76.50 hours) for 2 projects. Weeks close" in said
    found = await files(world, "ana")
    assert set(found) == {"timesheet-ana-reis-2026-11.csv", "timesheet-ana-reis-2026-11.pdf"}
    assert total(found["timesheet-ana-reis-2026-11.csv"]) == [
        "month", "", "", "", "not closed yet", "75.00", "1.50", "76:30", "76.50",
    ]  # fmt: skip
    text = "\n".join(
        page.extract_text() for page in PdfReader(io.BytesIO(found["timesheet-ana-reis-2026-11.pdf"])).pages
    )
    for piece in ("Ana Reis", "America/Sao_Paulo", "76:30", "76.50", LONG):
        assert piece in " ".join(text.split())


async def test_a_week_that_was_opened_again_is_marked(world: World) -> None:
    await works(world, "ana", date(2026, 11, 2), date(2026, 11, 20))
    async with world.bot.database.team(world.bot.team_id) as team:
        await log.reopen(team, world.id("ana"), date(2026, 11, 9), world.id("bruno"), world.clock.now())
    await world.types("ana", "/circle timesheet 2026-11")
    found = rows((await files(world, "ana"))["timesheet-ana-reis-2026-11.csv"])
    states = {row[3]: row[4] for row in found if row[0] == "week"}
    assert states == {
        "2026-W44": "closed", "2026-W45": "closed", "2026-W46": "not closed yet", "2026-W47": "not closed yet",
        "2026-W48": "not closed yet", "2026-W49": "not closed yet",
    }  # fmt: skip


async def test_manager_and_operations_have_it_and_nobody_else(world: World) -> None:
    await works(world, "ana", date(2026, 11, 2), date(2026, 11, 20))
    for who in ("bruno", "olivia"):
        await world.types(who, "/contractor timesheet @ana 2026-11")
        assert "The timesheet of Ana Reis for November 2026" in await world.last(who, "@app")
        assert set(await files(world, who)) == {"timesheet-ana-reis-2026-11.csv", "timesheet-ana-reis-2026-11.pdf"}
    for who in ("lena", "jun"):
        await world.types(who, "contractor timesheet @ana", "@app")
        assert NOT_YOURS in await world.last(who, "@app")
        assert await files(world, who) == {}
    async with world.bot.database.team(world.bot.team_id) as team:
        with pytest.raises(Sorry):
            await make(world.bot.workshop.desk(team), world.id("lena"), f"{world.id('ana')}:2026-11")


async def test_the_month_is_chosen_from_the_contractors_page(world: World) -> None:
    await works(world, "ana", date(2026, 11, 2), date(2026, 11, 20))
    await world.types("bruno", "/contractor @ana")
    await world.press("bruno", OPEN, "#acme")
    form = await world.modal("bruno")
    assert form is not None
    assert "November 2026" in words(form)
    assert "October 2026" not in words(form)  # ana began in November
    await world.submit("bruno", month="2026-11")
    assert "timesheet-ana-reis-2026-11.pdf" in await files(world, "bruno")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2026-09", "The path of Ana Reis began on Mon 2 Nov 2026"),
        ("2027-01", "has not begun yet"),
        ("octopus", "Write it like 2026-10"),
    ],
)
async def test_months_that_cannot_be_are_answered(world: World, typed: str, says: str) -> None:
    await world.types("ana", f"/circle timesheet {typed}")
    assert says in await world.last("ana")
    assert await files(world, "ana") == {}


async def test_an_empty_month_is_an_empty_sheet(world: World) -> None:
    await world.types("ana", "/circle timesheet this month")
    assert "0:00 h (0.00 hours)." in await world.last("ana", "@app")
    assert len(await files(world, "ana")) == 2


async def test_those_who_are_not_on_the_path_are_told_what_to_type(world: World) -> None:
    await world.types("bruno", "/circle timesheet")
    assert "you are not on it yet" in await world.last("bruno")
    await world.types("bruno", "/contractor timesheet")
    assert "`/contractor timesheet @person 2026-10`" in await world.last("bruno")


async def test_last_months_is_offered_once_on_the_first_working_morning(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, datetime(2026, 11, 30, 20, tzinfo=UTC))
    try:
        await works(world, "ana", date(2026, 11, 2), date(2026, 11, 30))
        await world.until("2026-12-01T09:29", "ana")
        assert not [one for one in await world.reads("ana") if "is over" in one]
        await world.until("2026-12-01T12:00", "ana")
        (said,) = [one for one in await world.reads("ana") if "November 2026 is over" in one]
        assert "You logged 105:00 h (105.00 hours) for 1 project" in said
        assert "Weeks close on the Tuesday" in said
        assert not [one for one in await world.reads("jun") if "is over" in one]  # nothing was logged
        await world.press("ana", SEND, "@app")
        assert total((await files(world, "ana"))["timesheet-ana-reis-2026-11.csv"])[-2:] == ["105:00", "105.00"]
    finally:
        await world.end()


async def test_who_has_left_slack_keeps_a_timesheet_for_their_manager(world: World) -> None:
    await works(world, "ana", date(2026, 11, 2), date(2026, 11, 6))
    async with world.bot.database.team(world.bot.team_id) as team:
        person = await people.find(team, world.id("ana"))
        assert person is not None
        person.deactivated = True
    await world.types("bruno", "/contractor timesheet @ana 2026-11")
    assert "25:00 h" in await world.last("bruno", "@app")
