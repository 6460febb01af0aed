"""Every face of the Home tab stays within what Slack takes."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from blocks.home import Face, draw
from blocks.home_mine import Mine, Way
from blocks.home_office import Office
from blocks.home_privacy import privacy
from blocks.home_rhythm import Rhythm
from blocks.home_theirs import NEEDS, Member, Theirs
from blocks.log import Totals
from blocks.workspace import meter
from playbook.days import Week
from playbook.workspace import Chosen, steps
from sandbox.blockkit import check_view
from storage.growth_tables import Course, Review, ReviewItem
from storage.rhythm_tables import Away, Meeting
from storage.tables import Blocker, Letter
from storage.trust_tables import Audit, Sprint
from tests.said import said

draw = said(draw)
privacy = said(privacy)
meter = said(meter)
steps = said(steps)

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEK = Week.of(DAY)
LONG = "Maximiliane-Alexandra " * 40


def blocker(number: int, state: str = "open") -> Blocker:
    return Blocker(
        team_id="T1", number=number, user_id="U0ANA000000", text=f"<!here> {LONG}", kind="access", impact="slowed",
        since=NOW, state=state, helper_id="U0HELPER000", created_at=NOW,
    )  # fmt: skip


def letter(number: int) -> Letter:
    return Letter(
        id=f"{number:032}", team_id="T1", key=f"k{number}", kind="message", to="C0ACME00000", lane=2, state="failed",
        text=f"<@U0ANA000000> {LONG} <@U0ANA000000>", blocks=[], not_before=NOW, expires_at=NOW, created_at=NOW,
        changed_at=NOW, error="not_in_channel",
    )  # fmt: skip


def mine(
    step: str = "log",
    minutes: int = 375,
    stuck: int = 1,
    starts: date | None = None,
    empty: date | None = None,
    *,
    guest: bool = False,
    way: Way | None = None,
    rhythm: Rhythm | None = None,
) -> Mine:
    totals = Totals(DAY, DAY, minutes, minutes * 2, 360, 1800)
    week = [(day, minutes) for day in WEEK.days]
    people = [(f"U{n:010}", "access and tools") for n in range(5)]
    return Mine(
        totals, week, [blocker(n) for n in range(stuck)], "U0BRUNO0000", people, starts, empty, guest, step, way,
        rhythm or Rhythm(),
    )  # fmt: skip


def theirs(people: int, stuck: int = 0, page: int = 0) -> Theirs:
    path = ("Day 300 · Months 2 and 3, away until Wed 30 Sep", (12, 60, 40), tuple(NEEDS), "Wed 30 Sep 15:00")
    members = [Member(f"U{n:010}", LONG[:80], DAY if n % 2 else None, 400, 1200, 1800, 2, *path) for n in range(people)]
    return Theirs(members, [blocker(n, "on_it") for n in range(stuck)], page, WEEK, adds=True)


WAY = Way(
    "Day 3 · Week 1",
    (8, 60),
    2,
    (3, 5),
    "version 12, proposed, waits for an answer",
    "50 of 60 open, 2FA 3 of 40",
    "15:00–18:00 for you\n09:00–12:00 for <@U0BRUNO0000>",
    "<!date^1700000000^{date_short_pretty} {time}|soon>",
    "<!date^1700000000^{date_short_pretty} {time}|soon>",
    "Inner circle, step 5 of 5",
)


OWN: dict[str, Any] = {"team_id": "T1", "user_id": "U0ANA000000"}
AWAY = Away(**OWN, first=WEEK.monday, last=DAY + timedelta(days=3), planned_at=NOW, planned_by="U0ANA000000")
RHYTHM = Rhythm(
    audit=Audit(**OWN, monday=WEEK.monday),
    meeting=Meeting(**OWN, id="m", manager_id="U0BRUNO0000", at=NOW),
    golden="none",
    sprint=Sprint(**OWN, task=f"<!here> {LONG}", given_at=NOW, given_by="U0BRUNO0000", due_at=NOW),
    wiki=2000,
    review=Review(**OWN, number=1, due_on=DAY, opened_at=NOW),
    items=[
        ReviewItem(**OWN, review_id="r", words=f"<!here> {LONG}", owner_id="U0ANA000000", due_on=DAY, made_at=NOW,
                   made_by="U0BRUNO0000")
    ] * 9,
    course=Course(**OWN, name=f"<!here> {LONG}", cost="free", benefit="", link="https://example.com/a", state="approved",
                  asked_at=NOW, decided_by="U0BRUNO0000"),
)  # fmt: skip


def face(own: Mine | None = None, led: Theirs | None = None, office: Office | None = None, waiting: int = 0) -> Face:
    return Face("U0ANA000000", own, led, office, [blocker(n) for n in range(waiting)], "<@U0OLIVIA000> is one.")


FACES = {
    "stranger": face(),
    "contractor": face(mine("stuck", way=WAY)),
    "newcomer": face(mine("read", way=WAY)),
    "contractor without anything": face(mine("log", 0, 0)),
    "contractor who has not begun": face(mine("starts", 0, 0, DAY + timedelta(days=6))),
    "contractor with a gap": face(mine("gap", empty=DAY - timedelta(days=1), guest=True)),
    "contractor with many blockers": face(mine("stuck", stuck=80)),
    "contractor on a break": face(mine("paused")),
    "contractor with nothing to do": face(mine("done", stuck=0)),
    "contractor with all of the rhythm": face(mine("prepare", stuck=80, way=WAY, rhythm=RHYTHM)),
    "contractor who is away": face(mine("away", way=WAY, rhythm=replace(RHYTHM, away=AWAY))),
    "helper": face(waiting=80),
    "manager": face(led=theirs(2, 1)),
    "manager of very many": face(led=theirs(200, 80)),
    "manager of very many, last page": face(led=theirs(200, 80, 4)),
    "admin": face(office=Office(3, ())),
    "admin of nobody": face(office=Office(0, ())),
    "everything at once": face(
        mine("overdue", stuck=80, guest=True, way=WAY, rhythm=RHYTHM),
        theirs(200, 80, 1),
        Office(200, [(letter(n), LONG) for n in range(80)], meter(steps(Chosen()), NOW), 1200, 30),
        80,
    ),
}


@pytest.mark.parametrize("shown", FACES.values(), ids=FACES.keys())
def test_slack_takes_every_home(shown: Face) -> None:
    blocks = draw(shown)
    assert check_view({"type": "home", "blocks": blocks}) == []
    assert "<!here>" not in json.dumps(blocks)


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        ("newcomer", "your welcome packet"),
        ("newcomer", "8 of 60, 2 late"),
        ("newcomer", "09:00–12:00 for <@U0BRUNO0000>"),
        ("contractor on a break", "nothing is asked of you"),
        ("contractor with nothing to do", "All done"),
        ("manager", "What needs you"),
        ("manager", "your line of strategy is still to be written"),
        ("manager", "Then: introduction, KPIs"),
        ("contractor with all of the rhythm", "*Next*: 90 seconds to prepare"),
        ("contractor with all of the rhythm", "*Audit*: how did the week"),
        ("contractor with all of the rhythm", "*Quarterly Review*: how were the last months?"),
        ("contractor with all of the rhythm", "8 more are due."),
        ("contractor with all of the rhythm", "step 5 of 5"),
        ("contractor who is away", "You are away, Mon 23 – Fri 27 Nov"),
        ("manager of very many", "…and 192 contractors more"),
        ("everything at once", "1200 in the last 24 hours"),
        ("stranger", "You are not on the path yet"),
        ("contractor", "has your blocker #0"),
        ("contractor without anything", "nothing is logged for today yet"),
        ("contractor who has not begun", "you start on Mon 30 Nov"),
        ("contractor with a gap", "Mon 23 Nov is still empty"),
        ("helper", "Waiting for you"),
        ("manager of very many", "page 1 of 5"),
        ("admin", "Every message has arrived"),
        ("admin of nobody", "Nobody yet on the path"),
        ("everything at once", "Some messages did not arrive"),
    ],
)
def test_the_most_important_is_said(shown: str, says: str) -> None:
    assert says in json.dumps(draw(FACES[shown]), ensure_ascii=False)


def test_the_last_page_has_the_way_back_and_the_rest() -> None:
    shown = json.dumps(draw(FACES["manager of very many, last page"]))
    assert "home.page_back" in shown
    assert '"home.page"' not in shown


def test_who_sees_what_is_one_page_that_slack_takes() -> None:
    assert check_view(privacy("U0BRUNO0000")) == []
    assert "<@U0BRUNO0000>" in json.dumps(privacy("U0BRUNO0000"))
