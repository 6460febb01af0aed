"""What the digest says of the day itself, told from the front door: the 1:1s of today, and who is away."""

from datetime import UTC, datetime

from blocks.digest_today import MOST_NAMED, Today, lines
from storage.rhythm_tables import Away, Meeting
from tests.said import said
from tests.world import Json, World, actions, words

lines = said(lines)

DM = "@app"


async def digest_of(world: World, who: str = "bruno") -> Json:
    found = [one for one in await world.sees(who, DM) if "digest.look" in actions(one)]
    assert found, f"{who} has no digest"
    return found[-1]


async def plan(world: World, who: str, moment: str) -> None:
    at = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())
    await world.types("bruno", f"/contractor 1on1 @{who}")
    await world.submit("bruno", at=at, rhythm=["weekly"])


async def test_todays_one_on_ones_say_whether_the_line_is_there_and_follow_when_it_is(world: World) -> None:
    await plan(world, "ana", "2026-11-24T14:00")
    await plan(world, "jun", "2026-11-25T09:00")
    await world.until("2026-11-24T08:45", "bruno")
    before = await digest_of(world)
    said = words(before)
    assert "*1:1s today*" in said
    assert f"<@{world.id('ana')}> (your line is missing)" in said
    assert said.count("your line") == 1
    assert said.index("1:1s today") < said.index("Last 7 days")
    await world.press("bruno", "oneonone.strategy", DM, containing="1:1s today")
    await world.submit("bruno", line="Ship the small thing first")
    after = await digest_of(world)
    assert after["ts"] == before["ts"]
    assert "(your line is there)" in words(after)
    assert "oneonone.strategy" not in actions(after)


async def test_who_is_away_today_is_one_line_even_when_all_is_well(world: World) -> None:
    for who in ("ana", "jun"):
        await world.types(who, "log 6h30 review", DM)
    await world.types("ana", "/ooo tomorrow")
    await world.until("2026-11-24T08:45", "bruno")
    digest = await digest_of(world)
    assert digest["text"] == "All 2 contractors on track."
    assert f"*Away today* · <@{world.id('ana')}>" in words(digest)
    assert len(digest["blocks"]) == 2


async def test_a_blocker_of_the_digest_is_put_on_the_agenda(world: World) -> None:
    await world.types("ana", "/blocker waiting for Figma edit access")
    await world.until("2026-11-24T08:45", "bruno")
    await world.press("bruno", "oneonone.add_about", DM, containing="Past 4 h")
    await world.types("bruno", "/1on1 topics @ana")
    assert "Blocker #1: waiting for Figma edit access" in await world.last("bruno")


def test_many_meetings_and_people_stay_two_lines() -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    meetings = [Meeting(id=f"m{n}", team_id="T", user_id=f"U{n}", manager_id="UM", at=now) for n in range(200)]
    away = [
        Away(team_id="T", user_id=f"U{n}", first=now.date(), last=now.date(), planned_at=now, planned_by="U")
        for n in range(200)
    ]
    drawn = lines(Today(meetings, [(one, now.date()) for one in away]))
    assert len(drawn) == 2
    assert all(f"and {200 - MOST_NAMED} more" in block["text"]["text"] for block in drawn)
    assert sum(len(block["text"]["text"]) for block in drawn) < 1000
