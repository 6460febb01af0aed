"""One contractor's first fifteen months on the moved clock: what came to whom in which month, and nothing lost or twice."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.tables import Occasion
from tests.stories import months_cast
from tests.stories.months_cast import ENDS, SECRETS
from tests.stories.months_deeds import DM, ZONES
from tests.stories.months_lived import Lived
from tests.world import World, words

OVER = datetime(2027, 12, 10, 16, tzinfo=UTC)  # the last day is over in Manila, and Olivia has closed the tools
ANSWERS = ("said",)

# Kind of message, who, and how many came in the months 0 (before Day 1) to 16 of Jun's path.
TABLE = """
access              jun      .  1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
access              olivia   1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
audit.ask           jun      .  4  3  2  4  5  4  4  3  .  .  .  2  4  3  .  .
audit.last          jun      .  1  1  2  .  .  .  .  .  3  5  4  2  .  1  4  .
audit.week          bruno    .  4  4  4  5  4  4  5  3  3  5  3  .  .  .  .  .
audit.week          lena     .  .  .  .  .  .  .  .  .  .  .  1  5  4  4  4  .
blocker             bruno    .  1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
blocker             jun      .  3  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
blocker             olivia   .  4  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
blocker.morning     jun      .  1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
buddy               lena     1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
checklist           bruno    . 13  4  2  .  .  .  .  .  .  .  .  .  .  .  .  .
checklist           jun      3 10  2  .  .  .  .  .  .  .  .  .  .  .  .  .  .
checklist           lena     .  5  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
checklist           olivia   3  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
closing             lena     .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  1  .
closing             olivia   .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  2  .
contractor          bruno    1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
contractor          jun      1  .  .  .  .  .  .  .  .  .  .  1  .  .  .  .  .
contractor          lena     .  .  .  .  .  .  .  .  .  .  .  1  .  .  .  .  .
digest              bruno    3 21 23 20 23 22 20 22 22 21 22 14  .  .  .  .  .
digest              lena     .  .  .  .  .  .  .  .  .  .  .  9 21 22 22 20  .
handover            jun      .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  1  .
handover            priya    .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  2  .
health.question     jun      .  6  5  4  3  5  4  4  3  4  4  5  4  4  4  3  .
health.tell         bruno    .  6  5  3  4  5  3  5  3  4  4  3  .  .  .  .  .
health.tell         lena     .  .  .  .  .  .  .  .  .  .  .  2  4  4  4  3  .
introduction        bruno    1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
introduction        jun      1  1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
kpi.ask             bruno    1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
kpi.proposal        jun      1  .  .  .  .  .  .  1  .  .  .  .  .  .  .  .  .
kpi.status          bruno    2  .  .  .  .  .  .  2  .  .  .  .  .  .  .  .  .
kpi.week            jun      .  3  3  2  2  2  2  2  2  2  2  2  2  2  3  2  .
ladder              jun      .  1  .  1  .  .  .  1  .  .  .  .  .  1  .  .  .
ladder.included     jun      .  .  1  .  .  .  .  .  .  .  .  .  .  .  .  .  .
ladder.question     bruno    .  .  1  1  1  1  1  1  1  1  1  .  .  .  .  .  .
ladder.question     lena     .  .  .  .  .  .  .  .  .  .  .  1  1  1  .  1  .
learn               bruno    .  .  .  .  .  1  1  .  .  .  .  .  .  .  .  .  .
learn               jun      .  .  .  .  .  1  .  .  .  .  .  .  .  .  .  .  .
log.follow_up       jun      .  9  9  7  8  9  7  8  6  8  8 10  7  9  8  7  .
log.reminder        jun      .  8  9  7  8  8  8  8  5  8  9  9  8  9  8  7  .
offboarding         jun      .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  2  .
offboarding         lena     .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  1  .
oneonone            jun      .  1  2  .  .  .  .  .  .  .  .  .  .  .  1  .  .
oneonone.agenda     bruno    .  4  2  1  .  .  .  .  .  .  .  .  .  .  .  .  .
oneonone.agenda     jun      .  4  2  1  .  .  .  .  .  .  .  .  .  .  1  .  .
oneonone.agenda     lena     .  .  .  .  .  .  .  .  .  .  .  .  .  .  1  .  .
oneonone.follow_up  bruno    .  3  1  1  .  .  .  .  .  .  .  .  .  .  .  .  .
oneonone.follow_up  lena     .  .  .  .  .  .  .  .  .  .  .  .  .  .  1  .  .
oneonone.prepare    jun      .  3  1  1  .  .  .  .  .  .  .  .  .  .  .  .  .
oneonone.strategy   bruno    .  3  1  1  .  .  .  .  .  .  .  .  .  .  .  .  .
oneonone.strategy   lena     .  .  .  .  .  .  .  .  .  .  .  .  .  .  1  .  .
ooo                 bruno    .  .  .  .  .  .  .  .  1  .  .  .  .  .  .  .  .
ooo                 jun      .  .  1  2  2  .  1  2  .  1  .  .  1  .  1  2  .
packet              jun      .  1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
rate                bruno    .  .  .  .  .  .  .  .  .  3  .  .  .  .  .  .  .
rate                jun      .  .  .  .  .  .  .  .  .  1  1  .  .  .  .  .  .
review.ask          bruno    .  .  .  .  1  .  1  .  .  1  .  .  .  .  .  .  .
review.ask          jun      .  .  .  .  1  .  1  .  .  1  .  .  1  .  .  1  .
review.ask          lena     .  .  .  .  .  .  .  .  .  .  .  .  1  .  .  1  .
review.closed       bruno    .  .  .  .  1  .  .  1  .  .  1  .  .  .  .  .  .
review.closed       jun      .  .  .  .  1  .  .  1  .  .  1  .  1  .  .  1  .
review.closed       lena     .  .  .  .  .  .  .  .  .  .  .  .  1  .  .  1  .
review.keep         jun      .  .  .  .  1  .  .  .  .  1  .  .  1  .  .  1  .
review.page         bruno    .  .  .  .  1  .  1  .  .  1  .  .  .  .  .  .  .
review.page         jun      .  .  .  .  1  .  1  .  .  1  .  .  1  .  .  1  .
review.page         lena     .  .  .  .  .  .  .  .  .  .  .  .  1  .  .  1  .
shadowing           lena     .  1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
sprint              bruno    .  1  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
timesheet           jun      .  1  1  1  .  1  .  1  .  1  .  1  1  1  .  1  .
"""


async def play(world: World, lived: Lived) -> None:
    """Live through the script, and two weeks more."""
    await months_cast.toolbox(world)
    before = 0
    for moment, who, deed in months_cast.SCRIPT:
        await world.clock.move_to(max(moment, world.clock.now()))
        lived.acts.add((who, world.clock.now()))
        await deed(world)
        if moment.month != before:
            await lived.look()
        before = moment.month
    await world.clock.move_to(ENDS)
    await world.settle()
    await lived.look()


async def put_off(world: World) -> Sequence[str]:
    """Name the duties that failed and wait to be tried again."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return [f"{row.duty} {row.error}" for row in await team.all(team.select(Occasion)) if row.error]


async def leaks(world: World, database_url: str) -> Sequence[str]:
    """Name the places that show an amount in the clear: the store's files, messages, Homes, and calls to Slack."""
    file = Path(database_url.partition(":///")[2])
    places = {"store": b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*")).decode("latin-1")}
    calls = (await world.ask("GET", "journal"))["journal"]
    places["calls"] = json.dumps([one["body"] for one in calls if str(one.get("method")).startswith("chat.")])
    for who in ZONES:
        places[who] = "\n".join(await world.reads(who)) + json.dumps(await world.opens_home(who))
    return [f"{secret} in {place}" for place, text in places.items() for secret in SECRETS if secret in text]


async def afterwards(world: World) -> None:
    """Jun asks for his own data, and Lena is offered to let him come back."""
    await world.types("jun", "mydata", DM)
    await world.press("jun", "mydata.open", DM)
    await world.press("jun", "mydata.send")
    assert [file for one in await world.sees("jun", DM) for file in one.get("files") or [] if "zip" in file["name"]]
    await world.types("lena", "/contractor return @jun")
    assert "was on the path before" in words(await world.modal("lena") or {})
    await world.close("lena")


@pytest.mark.timeout(1500)
async def test_one_contractors_first_fifteen_months(sqlite_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    world = await World.begin(sqlite_url, at=months_cast.BEGINS, contractors=())
    lived = Lived(world)
    await play(world, lived)
    await afterwards(world)
    leaked, failed = await leaks(world, sqlite_url), await put_off(world)
    await world.end()
    out, err = capfd.readouterr()
    assert lived.table(lambda kind: kind not in ANSWERS) == TABLE.strip()
    assert list(lived.lost()) == []
    assert list(lived.twice()) == []
    assert list(lived.unwritten()) == []
    assert list(lived.untimely()) == []
    assert lived.after(OVER) == [], "two weeks of silence"
    assert [*leaked, *(secret for secret in SECRETS if secret in out + err)] == []
    assert [*failed, *(line for line in (out + err).splitlines() if "Traceback" in line or "[error" in line)] == []
