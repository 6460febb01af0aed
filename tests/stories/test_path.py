"""The whole path of one contractor, from Day -7 to Day 7: every message, whom it went to, and at what local time.

Rosa works from Manila, her manager Maya and Olivia of operations from New York, her buddy Lena from Berlin. Berlin's clocks
go back on 25 October, New York's on 1 November, and what would be Day 3, Monday 2 November, is a holiday in the Philippines.
"""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from storage import packet
from storage.path_tables import Tool
from tests.world import Json, World

DM = "@app"
GENERAL = "#general"
PEOPLE = {"rosa": ("Rosa Lim", "Asia/Manila", "multi_guest"), "maya": ("Maya Stone", "America/New_York", "member")}
LENGTH = 64
PART = 40

# When (on the receiver's own clock; #general's is New York's), who, and how the message begins; each part of what came
# together. Nothing comes at night, at weekends or on the holiday, and nobody gets a fourth message unasked in a day.
EXPECTED: list[tuple[str, str, str]] = [
    ("Fri 16 Oct 08:00", "olivia", "New guest @rosa joined. Start the path?"),
    ("Fri 16 Oct 08:00", "maya", "@rosa is on the path with you as manager."),
    ("Fri 16 Oct 14:00", "lena", "You are @rosa's Shadow Buddy."),
    ("Mon 19 Oct 08:00", "rosa", "Welcome! @maya and the team look forward to Thu 29 Oct, your Day"),
    ("Wed 21 Oct 09:00", "maya", "@rosa starts Thu 29 Oct. What will their weeks be measured by?"),
    ("Wed 21 Oct 09:00", "olivia", "For you on Wed 21 Oct: 2 things."),
    ("Wed 21 Oct 11:00", "maya", "Version 1 of the KPIs is with @rosa. I tell you here when they a"),
    ("Thu 22 Oct 08:00", "rosa", "@maya proposes KPIs for you: version 1. Nothing counts before yo"),
    ("Thu 22 Oct 08:00", "maya", "@rosa agreed to version 1 of their KPIs."),
    ("Thu 22 Oct 08:45", "maya", "1 checklist overdue"),
    ("Thu 22 Oct 09:00", "olivia", "For you on Thu 22 Oct: 2 things, 2 of them overdue."),
    ("Fri 23 Oct 09:00", "rosa", "For you on Fri 23 Oct: 1 thing."),
    ("Fri 23 Oct 10:00", "rosa", "People in #general will want to know who joins them. Five short "),
    ("Fri 23 Oct 08:00", "maya", "@rosa has filled in an introduction. Please have a look. It goes"),
    ("Fri 23 Oct 08:45", "maya", "1 checklist overdue"),
    ("Fri 23 Oct 09:00", "olivia", "Before @rosa starts on Thu 29 O + For you on Fri 23 Oct: 2 things, 2 of th"),
    ("Mon 26 Oct 09:00", "rosa", "For you on Mon 26 Oct: 1 thing, 1 of them overdue."),
    ("Thu 29 Oct 09:00", "rosa", "For you on Thu 29 Oct: 3 things. + Your welcome packet is here: five short "),
    ("Thu 29 Oct 09:30", "rosa", "2FA, once per tool: please confirm that it is on for 2 tools."),
    ("Thu 29 Oct 10:00", "rosa", "Monday is All Souls' Day in Philippines. I count it as a day off"),
    ("Thu 29 Oct 15:00", "rosa+lena", "@rosa, meet @lena, your Shadow Buddy. @lena, meet @rosa."),
    ("Thu 29 Oct 16:00", "rosa", "✅ 6 h · Review · testing · #acme"),
    ("Thu 29 Oct 08:00", "maya", "@rosa has been through the welcome packet."),
    ("Thu 29 Oct 08:45", "maya", "For you on Thu 29 Oct: 6 things."),
    ("Thu 29 Oct 10:00", "#general", "Rosa Lim joins us as QA engineer. Say hi!"),
    ("Thu 29 Oct 10:05", "#general", "Noor Haddad: Welcome, Rosa! Coffee some day?"),
    ("Fri 30 Oct 08:00", "rosa", "Your introduction is in #general.  + Noor Haddad said hi to you."),
    ("Fri 30 Oct 09:00", "rosa", "For you on Fri 30 Oct: 1 thing, 1 of them overdue."),
    ("Fri 30 Oct 15:00", "rosa", "Your week in KPIs, a minute: Mon 26 Oct – Sun 1 Nov."),
    ("Fri 30 Oct 16:00", "rosa", "✅ 6 h · Review · testing · #acme"),
    ("Fri 30 Oct 10:00", "lena", "@rosa has begun. When could they watch something being decided?"),
    ("Fri 30 Oct 10:30", "lena", "@lena planned a shadowing session: @rosa watches @lena."),
    ("Fri 30 Oct 17:30", "rosa", "@lena planned a shadowing session: @rosa watches @lena."),
    ("Fri 30 Oct 08:45", "maya", "For you on Fri 30 Oct: 5 things, 5 of th + 1 checklist overdue"),
    ("Fri 30 Oct 10:00", "maya", "@rosa has had no Small Win Sprint yet: a task of their own, fini"),
    ("Tue 03 Nov 08:00", "rosa", "1 question about how work goes. An item waits for Maya Stone (ma"),
    ("Tue 03 Nov 09:00", "rosa", "For you on Tue 3 Nov: 1 thing, 1 of them overdue."),
    ("Tue 03 Nov 09:30", "rosa", "October 2026 is over. You logged 12:00 h (12.00 hours) for 1 pro"),
    ("Tue 03 Nov 17:05", "rosa", "✅ 6 h · Review · testing · #acme"),
    ("Tue 03 Nov 08:45", "maya", "For you on Tue 3 Nov: 6 things, 5 of the + 1 checklist overdue"),
    ("Tue 03 Nov 09:15", "maya", "How work goes for @rosa: 1 question, no verdict. They have seen "),
    ("Wed 04 Nov 09:00", "rosa", "For you on Wed 4 Nov: 1 thing, 1 of them overdue."),
    ("Wed 04 Nov 08:30", "lena", "In 30 min: @rosa watches @lena."),
    ("Wed 04 Nov 15:30", "rosa", "In 30 min: @rosa watches @lena."),
    ("Wed 04 Nov 17:00", "rosa", "What did you learn about how we decide? One or two sentences abo"),
    ("Wed 04 Nov 10:05", "lena", "@rosa on the session with @lena: how we decide"),
    ("Wed 04 Nov 17:05", "rosa", "✅ 6 h · Review · testing · #acme"),
    ("Wed 04 Nov 08:00", "maya", "@rosa on the session with @lena: how we decide"),
    ("Wed 04 Nov 08:45", "maya", "For you on Wed 4 Nov: 6 things, 6 of the + 1 checklist overdue"),
    ("Thu 05 Nov 09:00", "rosa", "For you on Thu 5 Nov: 1 thing, 1 of them overdue."),
    ("Thu 05 Nov 17:05", "rosa", "✅ 6 h · Review · testing · #acme"),
    ("Thu 05 Nov 08:45", "maya", "For you on Thu 5 Nov: 6 things, 6 of the + 1 checklist overdue"),
    ("Fri 06 Nov 09:00", "rosa", "For you on Fri 6 Nov: 1 thing, 1 of them overdue."),
    ("Fri 06 Nov 15:00", "rosa", "Your week in KPIs, a minute: Mon 2 Nov – Sun 8 Nov."),
    ("Fri 06 Nov 16:00", "rosa", "Does this reflect how your week felt?: Mon 2 Nov – Sun 8 Nov, 18"),
    ("Fri 06 Nov 17:05", "rosa", "✅ 6 h · Review · testing · #acme"),
    ("Fri 06 Nov 08:45", "maya", "For you on Fri 6 Nov: 7 things, 6 of the + 1 checklist overdue"),
    ("Mon 09 Nov 08:00", "rosa", "1 question about how work goes. An item waits for Maya Stone (ma"),
    (
        "Mon 09 Nov 09:00",
        "rosa",
        "For you on Mon 9 Nov: 1 thing, 1 of them + One last look before the week closes: Mo + You left the last two of these alone, so",
    ),
    ("Mon 09 Nov 17:30", "rosa", "Nothing is logged for today yet. Ten seconds now, or tell me the"),
    ("Mon 09 Nov 08:45", "maya", "For you on Mon 9 Nov: 7 things, 7 of the + 1 checklist overdue"),
    ("Mon 09 Nov 09:15", "maya", "How work goes for @rosa: 1 ques + KPIs of Mon 2 Nov – Sun 8 Nov: 1 entry w"),
    ("Mon 09 Nov 10:00", "maya", "How the week felt, Mon 2 Nov – Sun 8 Nov: 1 not answered."),
    ("Mon 02 Nov 08:45", "maya", "For you on Mon 2 Nov: 5 things, 5 of the + 1 checklist overdue"),
    ("Mon 02 Nov 10:00", "maya", "How the week felt, Mon 26 Oct – Sun 1 Nov: 1 not answered."),
]


@pytest.fixture(params=["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> str:
    """Each of the two stores."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
async def autumn(store: str) -> AsyncIterator[World]:
    """A Friday before the week of Day -7: the workspace is set up, and nobody is on the path."""
    world = await World.begin(store, at=datetime(2026, 10, 16, 12, tzinfo=UTC), contractors=())
    for handle, (name, zone, kind) in PEOPLE.items():
        await world.does("people", handle=handle, real_name=name, tz=zone, kind=kind)
        for channel in (GENERAL, "#acme"):
            await world.does("invite", **{"as": "olivia"}, channel=channel, user=handle)
    async with world.bot.database.team(world.bot.team_id) as team:
        tools = (("GitHub", True), ("Figma", True), ("Notion", False))
        how = "An invite comes by e-mail"
        rows = [Tool(team_id=team.team_id, name=name, purpose="Work hub", how=how, critical=on) for name, on in tools]
        await packet.add_tools(team, rows)
    yield world
    await world.end()


async def the_form_is_filled_in(world: World) -> None:
    """Olivia puts Rosa on the path, two weeks ahead."""
    await world.types("olivia", "/contractor add @rosa")
    await world.submit_pages(
        "olivia",
        start_date="2026-10-29",
        role="QA engineer",
        bottleneck="releases wait for testing",
        project="acme",
        manager_id=world.id("maya"),
        owner=world.id("priya"),
        lead=world.id("lena"),
        operations=world.id("olivia"),
        buddy=world.id("lena"),
        escalation=world.id("olivia"),
        weekly_minutes="30",
        day_start="09:00",
        day_end="17:30",
        project_channel=world.channel("acme"),
    )
    assert "Added" in await world.last("olivia", "#acme")


async def before_day_one(world: World) -> None:
    """Maya drafts the KPIs and Rosa agrees; Rosa writes her introduction and Maya approves; Olivia opens the tools."""
    await world.until("2026-10-21T11:00", "maya")
    await world.press("maya", "kpi.open", DM)
    await world.press("maya", "kpi.output")
    modal = await world.modal("maya")
    assert modal is not None
    record = f"{world.id('rosa')}:deliverable"
    row = next(one for one in modal["blocks"] if one.get("accessory", {}).get("value") == record)
    await world.does("press", **{"as": "maya"}, view=modal["id"], action_id="kpi.edit", block_id=row["block_id"])
    deliverable = {"text": "A test report for each release", "target": "1", "unit": "report", "by": "contractor"}
    await world.submit("maya", **deliverable, on=["on"])
    await world.press("maya", "kpi.propose")
    await world.close("maya")
    await world.until("2026-10-22T10:30", "rosa")
    await world.press("rosa", "kpi.agree", DM)
    await world.until("2026-10-23T10:20", "rosa")
    await world.press("rosa", "introduction.open", DM)
    said = {
        "role": "QA engineer",
        "bottleneck": "releases wait for testing",
        "fun_fact": "free-dives",
        "place": "Manila",
    }
    await world.submit("rosa", **said)
    await world.until("2026-10-23T09:40", "maya")
    await world.press("maya", "introduction.approve", DM)
    await world.until("2026-10-23T10:00", "olivia")
    await world.press("olivia", "access.all_opened", DM)
    await done(world, "olivia")
    await world.until("2026-10-26T09:30", "rosa")
    await done(world, "rosa")


async def done(world: World, who: str) -> None:
    """Press Done on everything in somebody's newest message about their checklists; what needs a proof is told."""
    while True:
        message = [
            one for one in await world.sees(who, DM) if "For you on" in one["text"] or "All done" in one["text"]
        ][-1]
        rows = [one for one in message["blocks"] if "checklist.done" in str(one)]
        if not rows:
            return
        await world.does(
            "press",
            **{"as": who},
            channel=DM,
            ts=message["ts"],
            action_id="checklist.done",
            block_id=rows[0]["block_id"],
        )
        if await world.modal(who) is not None:
            await world.submit(who, proof="seen with my own eyes")
        if await world.modal(who) is not None:
            await world.close(who)


async def the_first_week(world: World) -> None:
    """Rosa reads, confirms and logs; Lena plans a session, and somebody says hi."""
    await world.until("2026-10-29T09:20", "rosa")
    await world.press("rosa", "packet.open", DM)
    for _ in range(5):
        await world.submit("rosa")
    await world.close("rosa")
    await world.until("2026-10-29T09:35", "rosa")
    for _ in range(2):
        await world.press("rosa", "access.confirm", DM)
    for day in (29, 30):
        await world.until(f"2026-10-{day}T16:00", "rosa")
        await world.types("rosa", "log 6h testing #acme @review", DM)
        if day == 29:
            await world.until("2026-10-29T10:05", "maya")
            await world.press("noor", "introduction.say_hi", GENERAL)
            await world.submit("noor", words="Welcome, Rosa! Coffee some day?")
    await world.until("2026-10-30T10:30", "lena")
    await world.types("lena", "/contractor shadowing @rosa")
    at = datetime(2026, 11, 4, 8, 0, tzinfo=UTC)
    await world.submit("lena", at=int(at.timestamp()), minutes="45", watch_for="How we decide what is good enough")
    for day in (3, 4, 5, 6):
        await world.until(f"2026-11-0{day}T17:05", "rosa")
        if day == 4:
            await world.press("rosa", "shadowing.answer", DM)
            await world.submit("rosa", learned="You ask who is hurt by it before you ask what is right.")
        await world.types("rosa", "log 6h testing #acme @review", DM)
        if day == 6:
            await world.press("rosa", "kpi.enter", DM)
            await world.submit("rosa", deliverable="1", ticks=["golden", "rituals"])
            await world.close("rosa")
    await world.until("2026-11-09T09:30", "maya")
    await world.press("maya", "kpi.confirm", DM)


def _drawn(body: Json) -> list[Json]:
    """Read the blocks of a posted message, which come as text or as they are."""
    blocks = body.get("blocks") or []
    found: list[Json] = json.loads(blocks) if isinstance(blocks, str) else blocks
    return found


async def told(world: World) -> list[tuple[str, str, str]]:
    """Give every message the bot sent: when on the receiver's clock, to whom, and how it began when it came."""
    people = (await world.ask("GET", "state"))["people"]
    names = {one["id"]: one["handle"] for one in people}
    zones = {one["handle"]: one["tz"] for one in people}
    rooms, found = {world.channel("general"): GENERAL}, []
    for call in (await world.ask("GET", "journal"))["journal"]:
        body, answer = call["body"], call["answer"] or {}
        if call.get("method") == "conversations.open":
            rooms[answer["channel"]["id"]] = "+".join(names[one] for one in body["users"].split(","))
        if call.get("method") == "chat.postMessage":
            assert answer["ok"], call
            who = rooms[body["channel"]]
            zone = ZoneInfo(zones.get(who.partition("+")[0], "America/New_York"))
            at = datetime.fromisoformat(call["at"]).astimezone(zone)
            together = any(str(block.get("block_id", "")).startswith("part:") for block in _drawn(body))
            text = (
                " + ".join(line[:PART] for line in body["text"].split("\n"))
                if together
                else body["text"].split("\n")[0]
            )
            for user_id, name in names.items():
                text = text.replace(f"<@{user_id}>", f"@{name}")
            text = text.replace(f"<#{world.channel('general')}>", GENERAL)
            found.append((f"{at:%a %d %b %H:%M}", who, text if together else text[:LENGTH]))
    return found


async def test_the_whole_path_from_day_minus_7_to_day_7(autumn: World) -> None:
    await the_form_is_filled_in(autumn)
    await before_day_one(autumn)
    await the_first_week(autumn)
    await autumn.until("2026-11-09T23:00", "rosa")
    assert sorted(await told(autumn)) == sorted(EXPECTED)
