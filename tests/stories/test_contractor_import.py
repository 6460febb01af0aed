"""A CSV file of contractors dropped into the bot's DM, told from the front door."""

import base64
from collections.abc import AsyncIterator

import pytest

from handlers import SHEETS
from handlers.contract import Call, Kind
from handlers.spreadsheet import wanted
from storage import contractor
from storage import contractor_invite as invites
from tests.world import Json, World, actions

DM = "@app"
HEAD = "Name;E-mail;Start date;Role;Project;Manager;Buddy;Hours;Days;From;To;Country"
FILE = f"""{HEAD}
Ana Reis;;2026-12-01;Product designer;Acme;@bruno;lena@example.com;30;Mon-Fri;9;17:30;
;jun@example.com;1 Dec 2026;"QA; engineer";Acme;Bruno Vidal;;20;Mon, Wed;22:00;6:00;Philippines
;mia@x.com;2026-12-01;Writer;Acme;;;;;;;PH
"""


@pytest.fixture
async def empty(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace in which nobody is on the path, and whose people the bot has not met."""
    world = await World.begin(sqlite_url, contractors=())
    yield world
    await world.end()


async def drops(
    world: World, text: str | bytes, who: str = "olivia", name: str = "contractors.csv", comment: str = ""
) -> str:
    """Drop a file into the DM with the bot; gives the newest message there."""
    data = text.encode() if isinstance(text, str) else text
    body = {"filename": name, "base64": base64.b64encode(data).decode(), "comment": comment}
    await world.does("upload", **{"as": who}, channel=DM, **body)
    return await world.last(who, DM)


async def on_the_path(world: World) -> int:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return len(await contractor.everyone(team)) + len(await invites.everyone(team))


def cells(message: Json) -> list[str]:
    """Give every cell of the table in a message."""
    (table,) = (block for block in message["blocks"] if block["type"] == "table")
    return [cell["text"] for row in table["rows"] for cell in row]


async def test_a_file_is_shown_first_and_taken_in_once(empty: World) -> None:
    said = await drops(empty, FILE)
    assert "3 contractors to add" in said
    assert "Nothing is written yet" in said
    assert await on_the_path(empty) == 0
    shown = cells((await empty.sees("olivia", DM))[-2])
    assert {"Ana Reis", "Jun Santos", "mia@x.com", "QA; engineer", "Bruno Vidal", "Tue 1 Dec 2026"} <= set(shown)
    assert "Add, once they have joined Slack" in shown
    await empty.press("olivia", "contractor.take_in", DM)
    assert "3 contractors added" in await empty.last("olivia", DM)
    assert await on_the_path(empty) == 3
    for who in ("ana", "jun"):
        await empty.wakes(who)
        assert "Welcome!" in await empty.last(who, DM)
    await empty.types("olivia", "/contractor @jun")
    jun = await empty.last("olivia")
    assert "20 h a week, Mon, Wed 22:00–06:00" in jun
    assert "Holidays of Philippines" in jun
    assert "contractor.take_in" not in actions((await empty.sees("olivia", DM))[-1])
    told = [one for one in await empty.reads("bruno") if "on the path with you" in one]
    assert len(told) == 1
    assert "2 contractors were put on the path with you as manager" in told[0]


async def test_a_start_that_has_passed_is_explained_in_the_preview(empty: World) -> None:
    await drops(empty, "name,start date,role,project\n@ana,2026-11-02,QA,Acme")
    shown = "\n".join(cells((await empty.sees("olivia", DM))[-2]))
    assert "Add. They began on Mon 2 Nov 2026" in shown


async def test_a_second_press_does_nothing(empty: World) -> None:
    await drops(empty, FILE)
    message = next(one for one in await empty.sees("olivia", DM) if "contractor.take_in" in actions(one))
    (token,) = {
        element["value"] for block in message["blocks"] if block["type"] == "actions" for element in block["elements"]
    }
    await drops(empty, FILE.replace("Writer", "Author"))
    await empty.press("olivia", "contractor.take_in", DM, containing="3 contractors to add")
    assert await on_the_path(empty) == 3
    before = len(await empty.reads("ana"))
    await empty.does("press", **{"as": "olivia"}, action_id="contractor.take_in", channel=DM, ts=message["ts"])
    assert "Nothing was done now" in words_in(await empty.reads("olivia"))
    assert len(await empty.reads("ana")) == before
    assert token


def words_in(messages: list[str]) -> str:
    return "\n".join(messages)


async def test_cancel_writes_nothing(empty: World) -> None:
    await drops(empty, FILE)
    await empty.press("olivia", "contractor.leave_out", DM)
    assert "Nothing was written" in await empty.last("olivia", DM)
    assert await on_the_path(empty) == 0


async def test_every_problem_is_named_with_its_line(empty: World) -> None:
    said = await drops(
        empty,
        "name,email,start date,role,project,manager,hours,country,template\n"
        "Ana Reis,,01/12/2026,QA,Acme,bruno,,,\n"
        "Nobody Known,,2026-12-01,QA,Acme,,,,\n"
        "@builds,,2026-12-01,QA,Acme,,,,\n"
        "@tomas,,2026-12-01,QA,Acme,,,,\n"
        "@jun,,2026-12-01,QA,Acme,@jun,90,Atlantis,Pirate\n"
        ",jun@example.com,2026-12-01,QA,Acme,,90,,\n"
        ",not an address,2026-12-01,QA,Acme,,,,\n"
        "@noor,,,,,,,Atlantis,\n",
    )
    assert "0 contractors to add" in said
    for piece in (
        "Line 2 (Ana Reis): Day first, or month first?",
        "Line 3 (Nobody Known): I find nobody called",
        "Line 4 (Builds): Person: This is an app",
        "Line 5 (Tomas Oliveira): Person: This account is deactivated",
        'Line 6 (Jun Santos): There is no checklist template called "Pirate".',
        "Line 6 is about the same person",
        'Line 8 (nobody named): "not an address" is no e-mail address.',
        "Role: Please fill this in",
        "There is no start date",
        'Holiday country: I know no public holidays of "Atlantis"',
    ):
        assert piece in said
    assert "contractor.take_in" not in actions((await empty.sees("olivia", DM))[-1])


async def test_two_people_of_one_name_are_told_apart_by_address(empty: World) -> None:
    twin = {"handle": "ana2", "real_name": "Ana Reis", "tz": "Europe/Lisbon", "kind": "member"}
    await empty.does("people", **twin)
    said = await drops(empty, "name,start date,role,project\nAna Reis,2026-12-01,QA,Acme")
    assert 'Several people are called "Ana Reis"' in said


async def test_those_on_the_path_are_changed_by_what_the_file_says(world: World) -> None:
    said = await drops(world, "name,hours,role\n@ana,24,\n@jun,,Product designer\n")
    assert "0 contractors to add, 1 to change" in said
    assert "Nothing new" in cells((await world.sees("olivia", DM))[-2])
    await world.press("olivia", "contractor.take_in", DM)
    assert "24 h a week" in await world.last("ana", DM)
    assert await world.sees("jun", DM) == []


async def test_words_like_formulas_stay_words(empty: World) -> None:
    await drops(empty, 'name,start date,role,project\n@ana,2026-12-01,"=HYPERLINK(""x"")",@channel <!here>')
    await empty.press("olivia", "contractor.take_in", DM)
    await empty.types("olivia", "/contractor @ana")
    card = await empty.last("olivia")
    assert '=HYPERLINK("x")' in card
    assert "&lt;!here&gt;" in card


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("photo.png", b"\x89PNG\0\0", "one kind of file"),
        ("sheet.csv", b"PK\x03\x04\0\0", "not a text file"),
        ("sheet.csv", b" \n", "empty"),
        ("sheet.csv", b"ana@example.com,2026-12-01", "no header"),
        ("sheet.csv", ("email,role\n" + "a@b.co,QA\n" * 201).encode(), "201 rows, and I take 200"),
        ("sheet.csv", b"email,role\n" + b"x" * 1_000_001, "larger than 1 MB"),
    ],
)
async def test_files_that_cannot_be_taken_are_answered(empty: World, name: str, text: bytes, says: str) -> None:
    assert says in await drops(empty, text, name=name)


async def test_latin_letters_of_an_old_spreadsheet(empty: World) -> None:
    said = await drops(
        empty, "email,start date,role,project\nmia@x.com,2026-12-01,Regisseur für Töne,Acme".encode("latin-1")
    )
    assert "1 contractor to add" in said
    assert "Regisseur für Töne" in cells((await empty.sees("olivia", DM))[-2])


async def test_somebody_who_may_not_add_is_refused_and_the_file_is_not_read(world: World) -> None:
    said = await drops(world, FILE, "noor")
    assert "I have not read this file" in said
    assert f"<@{world.id('olivia')}> is one" in said
    sent = {"id": "F1", "name": "a.csv", "size": 10}
    for who, ids in (("noor", ()), ("olivia", ("F1",))):
        event = {"channel_type": "im", "files": [sent]}
        call = Call(Kind.EVENT, "message", world.bot.team_id, world.id(who), event=event)
        async with world.bot.database.team_reading(world.bot.team_id) as team:
            assert tuple(await wanted(SHEETS)(call, world.bot.workshop.desk(team))) == ids


async def test_two_hundred_rows_fit(empty: World) -> None:
    rows = [f"somebody.with.a.long.name.{n}@x.com,2026-12-01,{'Role ' * 16},{'Project ' * 10}" for n in range(200)]
    said = await drops(empty, "\n".join(["email,start date,role,project", *rows]))
    assert "200 contractors to add" in said
    assert len(await empty.sees("olivia", DM)) == 12
    await empty.press("olivia", "contractor.take_in", DM)
    assert "200 contractors added" in await empty.last("olivia", DM)
    await empty.types("olivia", "/contractor")
    assert "Page 1 of 20" in await empty.last("olivia")
    await empty.press("olivia", "contractor.turn_on", "#acme")
    assert "Page 2 of 20" in await empty.last("olivia")


async def test_a_message_with_a_picture_is_still_a_message(world: World) -> None:
    assert "2 h" in await drops(world, b"\x89PNG", "ana", "shot.png", "log 2h review")


async def test_how_to_write_the_file(world: World) -> None:
    await world.types("olivia", "/contractor import")
    said = await world.last("olivia")
    assert "email,start date,role" in said
    assert "at most 200 rows" in said
    await world.types("noor", "/contractor import", "#general")
    assert "chosen for it" in await world.last("noor", "#general")
