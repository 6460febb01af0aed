"""What is planted in the story of privacy: everything private of each contractor, as the product keeps it."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import SQLModel

from playbook.flag import ONE_OFF
from storage.growth_tables import (
    Course,
    Handover,
    Inclusion,
    Offboarding,
    RatePlan,
    RateReview,
    Review,
    ReviewItem,
    Stage,
    StageEvidence,
    Worklog,
)
from storage.path_tables import Blueprint, Introduction, KpiResult, Shadowing
from storage.rhythm_tables import Away, Meeting, PrivateNote
from storage.tables import LogEntry, Timer
from storage.trust_tables import Audit, HealthCheck, RedFlag, Sprint
from tests.stories.privacy_words import AMOUNTS, MANAGER, MOODS, WHO, feeling, word
from tests.world import World


def rows(world: World, who: str) -> Sequence[SQLModel]:
    """Write down everything private of somebody, and of whoever manages them."""
    now, me, boss = world.clock.now(), world.id(who), world.id(MANAGER[who])
    here: dict[str, Any] = {"team_id": world.bot.team_id, "user_id": me}
    say = {kind: word(kind, who) for kind in WHO}
    return [
        *_days(here, say, who, boss, now),
        *_trust(here, say, now),
        *_meetings(here, say, who, boss, now),
        *_growth(world, here, say, who, boss, now),
        *_parting(world, here, say, who, boss, now),
    ]


def _days(here: Mapping[str, Any], say: Mapping[str, str], who: str, boss: str, now: datetime) -> list[SQLModel]:
    today = now.date()
    return [
        LogEntry(
            **here, day=today - timedelta(days=1), minutes=240, note=say["lognote"], feel=feeling(who), created_at=now,
            changed_at=now,
        ),
        Timer(**here, started_at=now - timedelta(minutes=20), note=say["timer"]),
        Away(
            **here, first=today + timedelta(days=6), last=today + timedelta(days=7), note=say["away"], planned_at=now,
            planned_by=here["user_id"],
        ),
        KpiResult(**here, monday=date(2026, 11, 16), key="self", value="3", words=say["kpi"], entered_at=now),
        Blueprint(
            **here, version=1, state="discussed", rows=[{"key": "responsiveness", "text": "Answers", "target": 4.0}], proposed_by=boss,
            proposed_at=now, answered_at=now, words=say["kpianswer"],
        ),
    ]  # fmt: skip


def _trust(here: Mapping[str, Any], say: Mapping[str, str], now: datetime) -> list[SQLModel]:
    day = date(2026, 11, 20)
    return [
        Audit(
            **here, monday=date(2026, 11, 16), asked_at=now, felt="no", words=say["audit"], heavy=say["audit"],
            answered_at=now, shown_at=now,
        ),
        HealthCheck(
            **here, rule="research", facts={"minutes": 200, "topic": "imports", "limit": 180}, day=day, raised_at=now, contractor_at=now, answer="other", words=say["health"],
            answered_at=now, answered_by=here["user_id"],
        ),
        RedFlag(
            **here, rule="long_day", facts={"minutes": 700, "limit": 600}, day=day, raised_at=now, told_at=now, answer="other", words=say["flag"],
            answered_at=now, manager_at=now,
        ),
        RedFlag(
            **here, rule="busy_days", facts={"days": ["2026-11-18", "2026-11-19", "2026-11-20"], "count": 3, "limit": 540}, day=day, raised_at=now, told_at=now, answer=ONE_OFF,
            words=say["flagunsaid"], answered_at=now, settled_at=now,
        ),
        Sprint(
            **here, task="Small win", given_at=now, given_by=here["user_id"], due_at=now, state="done", done_at=now,
            had_tools="no", clear="no", missing=say["sprint"], unclear=say["sprint"], answered_at=now,
        ),
        Shadowing(
            **here, buddy_id=here["user_id"], at=now, minutes=30, watch_for="How we decide", state="held",
            learned=say["learned"], learned_at=now, planned_by=here["user_id"],
        ),
        Introduction(**here, state="filled", role="Designer", fun_fact=say["introduction"], filled_at=now),
    ]  # fmt: skip


def _meetings(here: Mapping[str, Any], say: Mapping[str, str], who: str, boss: str, now: datetime) -> list[SQLModel]:
    told: Any = {
        "manager_id": boss, "mood": MOODS[who], "slows": say["slows"], "heavy": say["heavy"],
        "question": say["question"], "prepared_at": now, "strategy": say["strategy"], "strategy_at": now,
    }  # fmt: skip
    return [
        Meeting(**here, **told, id=f"held-{who}", at=now - timedelta(days=7), state="held", ended_at=now),
        Meeting(**here, **told, id=f"next-{who}", at=datetime(2026, 11, 30, 13, tzinfo=UTC)),
        PrivateNote(
            team_id=here["team_id"], meeting_id=f"held-{who}", author_id=boss, text=say["privatenote"], changed_at=now
        ),
    ]


def _growth(
    world: World, here: Mapping[str, Any], say: Mapping[str, str], who: str, boss: str, now: datetime
) -> list[SQLModel]:
    seal = world.bot.workshop.vault.seal
    both: Any = {
        "theirs": {"good": say["reviewtheirs"], "slow": say["reviewtheirs"], "kpis": "yes"}, "theirs_at": now,
        "ours": {"good": say["reviewours"], "kpis": "yes"}, "ours_at": now, "manager_id": boss, "opened_at": now,
    }  # fmt: skip
    opened: Any = (
        {"theirs": {}, "ours": {"good": say["openours"], "kpis": "yes"}, "ours_at": now}
        if who == "jun"
        else {"theirs": {"good": say["opentheirs"], "kpis": "yes"}, "theirs_at": now, "ours": {}}
    )
    amounts = {"before": AMOUNTS[who], "after": "", "currency": "EUR", "unit": "month", "words": say["ratewords"]}
    return [
        Review(**here, **both, id=f"review-{who}", number=1, due_on=date(2026, 8, 3), shared_at=now, closed_at=now),
        Review(**here, **opened, number=2, due_on=now.date(), opened_at=now, manager_id=boss),
        ReviewItem(
            **here, review_id=f"review-{who}", words=say["item"], owner_id=boss, due_on=date(2026, 11, 27), made_at=now,
            made_by=boss,
        ),
        RatePlan(**here, months=6, next_on=date(2026, 12, 30), changed_at=now, changed_by=boss),
        RateReview(
            **here, due_on=date(2026, 5, 4), opened_at=now, outcome="kept", sealed=seal(json.dumps(amounts)),
            decided_at=now, decided_by=boss, told_at=now,
        ),
        RateReview(
            **here, due_on=date(2026, 12, 30), opened_at=now, invited_at=now, invited_by=boss,
            meet_on=date(2026, 12, 29), invite_words=seal(json.dumps(say["invite"])),
            prepared=seal(json.dumps({"took_on": say["prepared"]})), prepared_at=now, sealed=seal(json.dumps(amounts)),
        ),
        Course(
            **here, name=say["course"], cost=say["cost"], benefit=say["benefit"], state="declined", asked_at=now,
            words=say["reason"], decided_at=now, decided_by=boss,
        ),
        Course(**here, name=say["course"], cost=say["cost"], benefit=say["benefit"], state="asked", asked_at=now),
        Stage(**here, stage="newcomer", at=now, by=boss, words=say["stage"]),
        StageEvidence(**here, key="decides", at=now, by=boss, words=say["evidence"]),
        Inclusion(
            **here, month=date(2026, 11, 1), asked_at=now, answer="other", words=say["inclusion"], answered_at=now,
            answered_by=boss, told_at=now,
        ),
    ]  # fmt: skip


def _parting(
    world: World, here: Mapping[str, Any], say: Mapping[str, str], who: str, boss: str, now: datetime
) -> list[SQLModel]:
    tracked: Any = {
        "first_on": date(2026, 11, 16), "last_on": date(2026, 11, 20), "sent_at": now, "answer": "wrong",
        "answered_at": now, "days": [{"day": "2026-11-20", "tracked": 300, "logged": 240}],
    }  # fmt: skip
    found: list[SQLModel] = [
        Worklog(**here, **tracked, sent_by=boss, words=say["worklog"], shared_at=now),
        Worklog(
            **here, **tracked | {"first_on": date(2026, 11, 9)}, sent_by=here["user_id"], words=say["worklogunsent"]
        ),
    ]
    if who != "jun":
        return found
    return [
        *found,
        Offboarding(
            **here, id="parting", last_on=date(2027, 1, 29), began_at=now, began_by=boss, thanks=say["thanks"],
            thanks_to="private",
        ),
        Handover(
            **here, offboarding_id="parting", words=say["handover"], to_id=world.id("lena"), made_at=now, made_by=boss
        ),
    ]  # fmt: skip
