"""Who lives through the first fifteen months, and what they do, on their own clocks.

Jun begins in Manila on Monday 14 September 2026. Bruno leads him from Madrid until August, then Lena from Berlin; Olivia of
operations is in New York. Europe's clocks change on 25 October, 28 March and 31 October, New York's a week or two apart.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from storage.path_tables import Tool
from tests.stories.months_deeds import (
    ZONES,
    Line,
    agrees,
    at,
    fills,
    fills_pages,
    meets,
    moves,
    presses,
    proposes,
    review,
    says,
    tidies,
)
from tests.world import World

BEGINS = datetime(2026, 9, 7, 12, tzinfo=UTC)
START, LAST_DAY = date(2026, 9, 14), date(2027, 12, 10)
ENDS = datetime(2027, 12, 27, 12, tzinfo=UTC)
AMOUNTS = {"before": "4123.75", "after": "4987.25", "currency": "eur", "unit": "month", "words": "Firma de Valdoria"}
SECRETS = ("4123.75", "4987.25", "4,987", "Valdoria")


def logs() -> Sequence[Line]:
    """Let Jun log each day of his first week, and from then on once a week, on Fridays, except while he is away."""
    days = [START + timedelta(days=number) for number in range((LAST_DAY - START).days)]
    away = (date(2027, 5, 7), date(2027, 5, 14))
    wanted = [day for day in days if day.weekday() == 4 or day < START + timedelta(days=4)]
    return [at("jun", f"{day}T17:10", says("jun", "log 6h screens #acme @build")) for day in wanted if day not in away]


def checklist() -> Sequence[Line]:
    """Let everybody do once a week what the morning messages of the checklist ask of them, until nothing is left."""
    weeks = [date(2026, 9, 10) + timedelta(weeks=number) for number in range(16)]
    return [at(who, f"{day}T13:00", tidies(who)) for day in weeks for who in ZONES]


async def toolbox(world: World) -> None:
    """Put two tools into the Toolbox."""
    async with world.bot.database.team(world.bot.team_id) as team:
        for position, name in enumerate(("GitHub", "Figma")):
            team.add(Tool(team_id="", name=name, purpose="work", how="By e-mail", critical=True, position=position))


ADDED = {
    "start_date": "2026-09-14",
    "role": "Product designer",
    "bottleneck": "screens wait for a designer",
    "project": "acme",
    "manager_id": "@bruno",
    "owner": "@priya",
    "lead": "@lena",
    "operations": "@olivia",
    "buddy": "@lena",
    "escalation": "@olivia",
    "weekly_minutes": "30",
    "day_start": "09:00",
    "day_end": "17:30",
    "project_channel": "#acme",
    "country": "PH",
}
HELLO = {
    "role": "Product designer",
    "bottleneck": "screens wait for a designer",
    "fun_fact": "free-dives",
    "place": "Manila",
}
COURSE = {
    "name": "Motion design",
    "cost": "240 EUR",
    "benefit": "Drafts in a day",
    "link": "https://learn.example.com/m",
}
PARTING = {
    "last_on": str(LAST_DAY),
    "to_id": "@priya",
    "thanks": "You made the checkout calm.",
    "thanks_to": "project",
    "door": "Come back whenever you like.",
}

ONBOARDING: Sequence[Line] = (
    at("olivia", "2026-09-07T09:00", says("olivia", "/contractor add @jun"), fills_pages("olivia", **ADDED)),
    at(
        "bruno",
        "2026-09-08T11:00",
        says("bruno", "/contractor kpi @jun"),
        *proposes("bruno", "Three screens a week", "3"),
    ),
    at("jun", "2026-09-09T10:30", presses("jun", "kpi.agree")),
    at("jun", "2026-09-09T10:40", presses("jun", "introduction.open"), fills("jun", **HELLO)),
    at("bruno", "2026-09-10T10:30", presses("bruno", "introduction.approve")),
    at("olivia", "2026-09-10T10:30", presses("olivia", "access.all_opened")),
    at("jun", "2026-09-14T10:00", presses("jun", "access.confirm"), presses("jun", "access.confirm")),
    at(
        "bruno",
        "2026-09-15T11:00",
        says("bruno", "/contractor 1on1 @jun"),
        fills("bruno", at=int(datetime(2026, 9, 17, 8, tzinfo=UTC).timestamp()), rhythm=["weekly"]),
    ),
)
MONTHS: Sequence[Line] = (
    at("jun", "2026-09-22T11:00", says("jun", "blocker waiting for Figma edit access")),
    at("jun", "2026-09-23T11:00", says("jun", "blocker 1 done")),
    moves("bruno", "2026-10-02T11:00", "newcomer"),
    meets("bruno", "2026-10-15T11:00", "2026-10-22T08:00"),
    at(
        "bruno",
        "2026-11-02T11:00",
        presses("bruno", "ladder.include"),
        fills("bruno", channel="", link="https://docs.example.com/plan", words="You know the users best"),
    ),
    meets("bruno", "2026-11-10T11:00", "2026-11-19T09:00"),
    moves("bruno", "2026-12-02T11:00", "contributor"),
    *(
        at("bruno", f"{day}T12:30", presses("bruno", "ladder.not_now"))
        for day in ("2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01")
    ),
    *review("2026-12-14", "bruno", 1),
    *agrees("2026-12-15", "bruno", "2026-12-16"),
    at(
        "jun",
        "2027-02-03T10:00",
        says("jun", "learn"),
        presses("jun", "learn.open"),
        presses("jun", "learn.ask", ""),
        fills("jun", **COURSE),
    ),
    at("bruno", "2027-02-04T11:00", presses("bruno", "learn.approve")),
    at(
        "jun",
        "2027-03-02T10:00",
        presses("jun", "learn.finish"),
        fills("jun", words="I draft a flow in a day", certificate=""),
    ),
    *review("2027-03-12", "bruno", 2),
    at(
        "bruno",
        "2027-03-15T12:00",
        says("bruno", "/contractor kpi @jun"),
        *proposes("bruno", "Four screens a week", "4"),
    ),
    at("jun", "2027-03-16T11:00", presses("jun", "kpi.agree")),
    at("bruno", "2027-03-30T11:00", says("bruno", "/contractor report @jun")),
    moves("bruno", "2027-04-02T11:00", "partner"),
    at("jun", "2027-04-20T11:00", says("jun", "ooo 3-14 may family")),
    at(
        "bruno",
        "2027-06-08T11:00",
        says("bruno", "/contractor rate @jun"),
        presses("bruno", "rate.invite", ""),
        fills("bruno", meet="2027-06-15", words="Tell me what you are proud of"),
    ),
    at(
        "jun",
        "2027-06-09T10:30",
        presses("jun", "rate.open"),
        presses("jun", "rate.prepare", ""),
        fills("jun", took_on="The whole checkout", wish="4987.25, as Valdoria pays"),
    ),
    *review("2027-06-10", "bruno", 3),
    *agrees("2027-06-11", "bruno", "2027-06-14"),
    at(
        "bruno",
        "2027-06-15T15:00",
        says("bruno", "/contractor rate @jun"),
        presses("bruno", "rate.decide", ""),
        fills("bruno", outcome="raised", held="2027-06-15", tell=["yes"]),
        fills("bruno", **AMOUNTS, amount=["yes"]),
    ),
    at("jun", "2027-07-01T10:30", presses("jun", "timesheet.send")),
    at(
        "olivia", "2027-08-02T10:00", says("olivia", "/contractor edit @jun"), fills_pages("olivia", manager_id="@lena")
    ),
    *review("2027-09-08", "lena", 4),
    *agrees("2027-09-09", "lena", "2027-09-10"),
    moves("lena", "2027-09-20T11:00", "inner_circle"),
    at("jun", "2027-10-05T10:30", says("jun", "report")),
    meets("lena", "2027-10-18T11:00", "2027-11-03T09:00"),
)
PARTED: Sequence[Line] = (
    at("lena", "2027-11-25T11:00", says("lena", "/contractor offboard @jun"), fills("lena", **PARTING), fills("lena")),
    at(
        "jun",
        "2027-11-29T11:00",
        presses("jun", "offboarding.give"),
        fills("jun", link="https://docs.example.com/daily"),
    ),
    at("priya", "2027-12-01T11:00", presses("priya", "offboarding.take")),
    *review("2027-12-07", "lena", 5),
    *agrees("2027-12-08", "lena", "2027-12-09"),
    at("olivia", "2027-12-10T10:30", presses("olivia", "access.closed"), presses("olivia", "access.closed")),
)
SCRIPT: Sequence[Line] = sorted([*ONBOARDING, *MONTHS, *PARTED, *logs(), *checklist()], key=lambda one: one[0])
