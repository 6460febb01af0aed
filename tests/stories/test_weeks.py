"""Four weeks of a team of six, on the moved clock: no message where it may not come, none missing, none too many."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.outbox import State
from storage.tables import Letter
from tests.stories import weeks_cast, weeks_rule
from tests.stories.weeks_cast import LAST, TEAM
from tests.stories.weeks_due import KINDS, Due, after, due
from tests.stories.weeks_rule import CAP, Message, a_day

FIVE_MINUTES = timedelta(minutes=5)
RETURN = re.compile(r"ooo:\w+:return:")
TOGETHER = timedelta(hours=4)

# Messages that the bot began, blockers apart, to each person in each of the weeks.
TABLE: Mapping[str, tuple[int, int, int, int]] = {
    "ana": (9, 4, 6, 8),  # in the last: a Quarterly Review, its reminder, and a timesheet
    "jun": (5, 13, 13, 12),
    "lena": (7, 8, 9, 9),
    "bruno": (11, 14, 10, 14),
    "priya": (7, 8, 10, 11),  # the last has the month's question about discussions
    "olivia": (5, 5, 5, 1),  # what is late for two weeks on a checklist is asked for once a week
}
# Who left two nudges of a kind alone, so that every second one is left out from then on.
HALVED = {
    ("bruno", "health.question"),
    ("bruno", "oneonone.follow_up"),
    ("jun", "golden.start"),
    ("jun", "health.question"),
    ("lena", "audit.ask"),
    ("lena", "log.follow_up"),
    ("lena", "log.reminder"),
    ("lena", "oneonone.prepare"),
    ("priya", "oneonone.follow_up"),
    ("priya", "oneonone.strategy"),
}


def kind(letter: Letter) -> str:
    """Name the kind of a letter, "" for what is not of the rhythm."""
    if RETURN.match(letter.key):
        return "welcome back"
    return next((name for begin, name in KINDS.items() if letter.key.startswith(begin)), "")


def local(moment: datetime, who: str) -> datetime:
    """Give a moment on somebody's clock."""
    return moment.astimezone(ZoneInfo(TEAM[who].zone))


class Lived:
    """The four weeks, once they are over: what was written, and what Slack got of it."""

    def __init__(self, written: Sequence[Letter], got: Sequence[Message], names: Mapping[str, str]) -> None:
        self.got = got
        self.count = a_day(got)
        self.letters = [(names[one.to], one) for one in written if one.to in names and one.kind != "batch"]

    def born(self) -> Counter[Due]:
        """Count what was written, by person, day and kind."""
        found = ((who, local(one.created_at, who).date(), kind(one)) for who, one in self.letters)
        return Counter(one for one in found if one[2] and one[1] <= LAST)

    def wrong(self, who: str, letter: Letter) -> str:
        """Say what is wrong with the end of a letter, "" where it came, or has a reason for not having come."""
        match letter.state:
            case State.SENT:
                return self._late(who, letter)
            case State.CANCELLED:
                return "" if (who, letter.nudge) in HALVED and letter.error == "halved" else letter.error or "cancelled"
            case State.EXPIRED:
                return "" if self._never(who, letter) else "expired although it could have come"
            case State.HELD:
                return "" if letter.not_before > weeks_cast.ENDS else "still held"
        return str(letter.state)

    def _never(self, who: str, letter: Letter) -> bool:
        """Say whether there was no moment in a letter's time at which its reader might be written to."""
        moment, may = letter.created_at, False
        while moment < letter.expires_at and not may:
            may = self._may(who, local(moment, who))
            moment += FIVE_MINUTES
        return not may

    def _may(self, who: str, moment: datetime) -> bool:
        member = TEAM[who]
        busy = weeks_rule.quiet(member, moment.time()) or weeks_rule.paused(member, moment)
        return weeks_cast.works(who, moment.date()) and not busy

    def _late(self, who: str, letter: Letter) -> str:
        """Say what is wrong with a letter that came on another day: that had to be full, or none to write on."""
        if not letter.courtesy:
            return ""
        came, wished = local(letter.released_at or letter.created_at, who).date(), local(letter.created_at, who)
        if came == wished.date():
            return ""
        full = self.count.get((who, wished.date()), 0) >= CAP
        soonest = after(who, wished.date())
        if came == soonest and (full or not self._may(who, wished)):
            return ""
        return f"came on {came} instead of {wished.date()}"


def weeks_of(count: Mapping[tuple[str, date], int]) -> Mapping[str, tuple[int, ...]]:
    """Add up what each person was sent, week by week."""
    table = {who: [0, 0, 0, 0] for who in TEAM}
    for (who, day), number in count.items():
        if day <= LAST:
            table[who][(day - weeks_cast.FIRST).days // 7] += number
    return {who: tuple(row) for who, row in table.items()}


def twice_in_a_row(lived: Lived) -> Sequence[str]:
    """List nudges that were left out although the one before them had been left out too."""
    wrong, last = [], dict[tuple[str, str], Letter]()
    nudges = [(who, one) for who, one in lived.letters if one.nudge]
    for who, one in sorted(nudges, key=lambda pair: pair[1].created_at):
        before = last.get((who, one.nudge))
        apart = before is not None and one.created_at - before.created_at >= TOGETHER
        if before is not None and apart and {before.state, one.state} == {State.CANCELLED}:
            wrong.append(f"{who} {one.key}")
        last[who, one.nudge] = one
    return wrong


@pytest.mark.timeout(1200)
async def test_four_weeks_of_six_people_keep_to_the_rule_and_miss_nothing(sqlite_url: str) -> None:
    world = await weeks_cast.begin(sqlite_url)
    script = [*weeks_cast.daily(), *weeks_cast.SCRIPT]
    await weeks_cast.play(world, script)
    written = await weeks_rule.letters(world)
    got = await weeks_rule.messages(world, written)
    lived = Lived(written, got, {world.id(who): who for who in TEAM})
    await world.end()
    acts = weeks_cast.acts(script)
    assert [f"{one} {why}" for one in got if (why := weeks_rule.wrong(one, acts))] == []
    assert {pair: number for pair, number in lived.count.items() if number > CAP} == {}
    born, wanted = lived.born(), due()
    assert (sorted(wanted - born), sorted(born - wanted)) == ([], []), "what is missing, and what is too much"
    assert [f"{who} {one.key} {why}" for who, one in lived.letters if (why := lived.wrong(who, one))] == []
    assert twice_in_a_row(lived) == []
    assert {(who, one.nudge) for who, one in lived.letters if one.error == "halved"} == HALVED
    assert weeks_of(lived.count) == TABLE
