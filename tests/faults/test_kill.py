"""The promise to people under the worst of luck: the bot killed twenty times, while a quarter of its posts go wrong."""

import asyncio
import sys
import time as stopwatch
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random, SystemRandom
from signal import SIGKILL, SIGTERM

import pytest

from blocks.log_reminder import reminder_key
from storage.outbox import State
from storage.tables import Letter
from tests.conftest import TOLD
from tests.faults.chaos import Bots
from tests.faults.trial import LETTERS_A_ROUND, OVER, SETTINGS, Trial, always_awake
from tests.said import english

KILLS = 20
STOPS = 6
CHANCES = {"chat.postMessage": 0.25, "chat.update": 0.1, "conversations.history": 0.05, "conversations.open": 0.05}


def table(rows: dict[str, object]) -> str:
    """Draw what came of it, for whoever reads the tests' output."""
    lines = (f"    {name:<28}{value!s:>8}" for name, value in rows.items())
    return "\n".join(["  killed while delivering", *lines])


def shown_as(letter: Letter) -> str:
    """Name the letter whose message a letter stands in: its own, or that of several that came together."""
    return letter.carried_by or letter.id


@pytest.mark.timeout(240)
async def test_nothing_is_lost_and_nothing_doubled(
    sqlite_url: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seed = SystemRandom().randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    trial = Trial(sqlite_url, Random(seed), CHANCES)
    await trial.begin()
    bots = Bots(
        tmp_path, trial.box.env() | SETTINGS | {"PLAYBOOK": str(always_awake(tmp_path))} | {"DATABASE_URL": sqlite_url}
    )
    begun, deaths = stopwatch.monotonic(), 0
    for number in range(KILLS):
        await trial.add_work(number)
        victim = await bots.start()
        trial.chaos.kill(victim, trial.lot.randint(1, LETTERS_A_ROUND))
        await bots.load()
        deaths += await asyncio.wait_for(victim.wait(), 30) == -SIGKILL
    await trial.add_work(KILLS)
    last, killing = await bots.start(), round(stopwatch.monotonic() - begun)
    letters = await trial.until_all_is_said()
    sys.stdout.write(bots.said[-4000:])
    await bots.end(last)
    await trial.end()

    posted = trial.posted()
    periods = [*trial.ledger.past, *trial.ledger.armed.items()]
    keys = Counter(one.key for one in letters)
    lost = [one.key for one in letters if one.state == State.SENT and shown_as(one) not in posted]
    doubled = [one.key for one in letters if len(posted.get(one.id, ())) > 1]
    stale = [one.key for one in letters if (said := english(one.text)) != posted.get(one.id, [said])[-1]]
    found: dict[str, object] = {
        "kills": deaths,
        "calls that went wrong": trial.chaos.struck,
        "letters": len(letters),
        "lost": len(lost),
        "doubled": len(doubled),
        "not as last drawn": len(stale),
        "periods of duties": len(periods),
        "seconds of killing": killing,
        "seconds in all": round(stopwatch.monotonic() - begun),
    }
    record_property(TOLD, table(found))
    assert deaths == KILLS
    assert trial.chaos.struck > KILLS
    assert (lost, doubled, stale) == ([], [], [])
    assert Counter(one.state for one in letters) == {State.SENT: len(letters)}
    assert set(posted) == {shown_as(one) for one in letters}
    assert {reminder_key(*period) for period in periods} == {key for key in keys if key.startswith("log")}
    assert set(trial.ledger.written) <= set(keys)


@pytest.mark.timeout(180)
async def test_asked_to_stop_it_finishes_what_is_on_its_way(sqlite_url: str, tmp_path: Path) -> None:
    """Whenever it is asked: it ends by itself, in good order, and nothing is left of unknown fate."""
    seed = SystemRandom().randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    trial = Trial(sqlite_url, Random(seed), {})
    await trial.begin()
    bots = Bots(
        tmp_path, trial.box.env() | SETTINGS | {"PLAYBOOK": str(always_awake(tmp_path))} | {"DATABASE_URL": sqlite_url}
    )
    for number in range(STOPS):
        await trial.add_work(number)
        bot = await bots.start()
        trial.chaos.kill(bot, trial.lot.randint(5, LETTERS_A_ROUND), SIGTERM)
        await bots.load()
        assert await asyncio.wait_for(bot.wait(), 30) == 0, bots.said[-2000:]
        posted = trial.posted()
        for one in await trial.letters():
            assert one.state in (*OVER, State.HELD, State.CARRIED, State.PENDING, State.REVISED), one.key
            assert len(posted.get(shown_as(one), ())) == bool(one.ts), one.key
    await bots.end()
    await trial.end()
