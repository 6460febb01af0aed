"""A worklog dropped into the bot's DM, told from the front door: the contractor sees it first, always."""

import base64
from typing import Any

from tests.world import World, actions, words

DM = "@app"
FILE = """Date;Member;Duration;Project;Screenshots;Activity
2026-11-19;Ana Reis;7:00;acme;14;87%
2026-11-20;Ana Reis;1,5;acme;3;=HYPERLINK("x")
2026-11-20;Somebody Else;8:00;acme;3;40%
2026-11-23;Ana Reis;nine;acme;3;40%
"""


async def drops(world: World, text: str | bytes, who: str = "ana", comment: str = "", name: str = "worklog.csv") -> str:
    """Drop a file into the DM with the bot; gives everything that is read there."""
    data = text.encode() if isinstance(text, str) else text
    body = {"filename": name, "base64": base64.b64encode(data).decode(), "comment": comment}
    await world.does("upload", **{"as": who}, channel=DM, **body)
    return "\n".join(await world.reads(who))


async def log(world: World) -> None:
    for text in ("/log 8h design yesterday", "/log 7h5m design 19 nov", "/log 3h review 20 nov"):
        await world.types("ana", text)


def cells(messages: list[Any]) -> list[str]:
    """Give every cell of the tables that somebody sees."""
    tables = [block for message in messages for block in message.get("blocks") or [] if block["type"] == "table"]
    return [cell["text"] for one in tables for row in one["rows"] for cell in row]


async def test_a_contractor_sees_it_first_and_answers_with_words(world: World) -> None:
    await log(world)
    said = await drops(world, FILE)
    assert "Only you see this for now" in said
    assert "1 line could not be read" in said
    assert 'line 5: I can\'t read "nine" as a length' in said
    shown = cells(await world.sees("ana", DM))
    assert "Fri 20 Nov" in shown
    assert "1 h 30 more in the log" in shown
    assert "Thu 19 Nov" not in shown
    assert not any("HYPERLINK" in cell or "87%" in cell for cell in shown)
    assert not any("Tracked time" in one for one in await world.reads("bruno"))
    await world.press("ana", "worklog.wrong", DM)
    await world.submit("ana", words="It <!here> paused at lunch and never came back.")
    await world.wakes("bruno")
    told = "\n".join(await world.reads("bruno"))
    assert "Tracked time beside the log of" in told
    assert "The tracker is wrong" in told
    assert "It &lt;!here&gt; paused at lunch" in told
    assert "1 h 30 more in the log" in cells(await world.sees("bruno", DM))
    assert not any("worklog.wrong" in actions(one) for one in await world.sees("ana", DM))


async def test_a_manager_names_whose_it_is_and_waits_two_working_days(world: World) -> None:
    await log(world)
    assert "Whose worklog is this" in await drops(world, "Date,Duration\n2026-11-20,2h", "bruno")
    said = await drops(world, "Date,Duration\n2026-11-20,1h 30m", "bruno", "@ana")
    assert "shown it to" in said
    assert "1 h 30" not in said
    await world.wakes("ana")
    assert any("You see this first" in one for one in await world.reads("ana"))
    await world.until("2026-11-25T11:00")
    assert not any("Tracked time beside the log" in one for one in await world.reads("bruno"))
    await world.until("2026-11-25T13:30")
    assert any("No answer yet" in one for one in await world.reads("bruno"))
    await world.press("ana", "worklog.correct", DM)
    assert any("I will correct my log" in one for one in await world.reads("bruno"))


async def test_others_and_other_files_are_told_so(world: World) -> None:
    assert "I have not read this file" in await drops(world, FILE, "noor")
    assert "I find no header in this file that I know" in await drops(world, "name,colour\nana,red", "jun")
    assert "I find no lines about" in await drops(world, FILE, "jun")
    assert "among the contractors you manage" in await drops(world, FILE, "jun", "@ana")
    assert "I could read no line" in await drops(world, "Date,Duration\nsoon,long", "ana")
    assert "1 contractor to add" in await drops(
        world, "email,start date,role,project\nmia@x.com,2026-12-01,QA,Acme", "olivia"
    )


async def test_latin_letters_agreeing_times_and_the_page(world: World) -> None:
    await log(world)
    said = await drops(world, "Fecha;Duración\n20.11.2026;3:05\n".encode("latin-1"))
    assert "agree within 15 minutes" in said
    await world.press("ana", "worklog.right", DM)
    await world.types("ana", "worklog", DM)
    assert "Screenshots, activity" in await world.last("ana", DM)
    await world.types("ana", "/circle worklog")
    assert "Looks right" in words(await world.modal("ana") or {})
    await world.types("lena", "/circle worklog @ana")
    assert "among the contractors you manage" in await world.last("lena")
