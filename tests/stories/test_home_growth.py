"""Reviews, courses, rate reviews and the ladder on Homes and in the 1:1, told from the front door."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from storage.growth_tables import Course, Inclusion, RatePlan, Review, ReviewItem
from tests.world import World, actions, words

DM = "@app"
FRIDAY = datetime(2027, 1, 29, 12, 0, tzinfo=UTC)  # ana's Day 90 is Saturday, so her review opens on Monday 1 February
SECRETS = ("Secret checkout", "Slow secret", "Our secret", "240 EUR", "Because of secrets")


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """It is the last Friday before ana's Day 90; bruno's day has room for three messages."""
    world = await World.begin(sqlite_url, FRIDAY, contractors=())
    await world.add_contractor("ana", start_date=date(2026, 11, 2))
    answered: dict[str, Any] = {"answer": "not_now", "answered_at": FRIDAY, "answered_by": world.id("bruno")}
    await keep(world, Inclusion(**about(world), month=date(2027, 2, 1), asked_at=FRIDAY, **answered))
    for who in ("ana", "bruno"):
        await world.opens_home(who)
    yield world
    await world.end()


def about(world: World) -> dict[str, Any]:
    return {"team_id": world.bot.team_id, "user_id": world.id("ana")}


async def keep(world: World, *rows: Any) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        for row in rows:
            team.add(row)


async def rest(world: World, who: str) -> None:
    while await world.modal(who):
        await world.close(who)


async def home(world: World, who: str) -> str:
    return words(await world.home(who))


def at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


async def agendas(world: World) -> list[str]:
    """Give the agenda of ana's next 1:1 as each of the two is shown it."""
    shown = []
    for who in ("ana", "bruno"):
        await rest(world, who)
        await world.types(who, "/1on1 @ana")
        shown.append(await world.last(who, "#acme"))
    return shown


async def plan(world: World, moment: str = "2027-02-03T14:00") -> None:
    await world.types("bruno", "/contractor 1on1 @ana")
    await world.submit("bruno", at=at(moment), rhythm=["weekly"])


async def course(world: World, name: str = "Advanced prototyping") -> None:
    await rest(world, "ana")
    await world.types("ana", "/circle learn")
    await world.press("ana", "learn.ask")
    await world.submit("ana", name=name, cost="240 EUR", benefit="Because of secrets")
    await rest(world, "ana")


async def item(world: World, who: str, due: date, words: str = "Open <!here> access in a day", **changes: Any) -> None:
    """Keep something to mend that a review of ana found."""
    values: dict[str, Any] = {"shared_at": FRIDAY, "closed_at": FRIDAY, "manager_id": world.id("bruno")}
    values |= {"number": 7, "theirs": {}, "ours": {}}
    row = Review(**about(world), due_on=date(2026, 11, 1), opened_at=FRIDAY, **values | changes)
    made: dict[str, Any] = {"made_at": FRIDAY, "made_by": world.id("bruno")}
    one = ReviewItem(**about(world), review_id=row.id, words=words, owner_id=world.id(who), due_on=due, **made)
    await keep(world, row, one)


async def test_a_review_is_on_both_homes_until_each_has_answered(world: World) -> None:
    assert "Quarterly Review" not in await home(world, "ana") + await home(world, "bruno")
    await world.until("2027-02-01T10:30", "ana")
    assert "how were the last months?" in await home(world, "ana")
    assert "The Quarterly Review of" in await home(world, "bruno")
    await world.press("ana", "review.answer")
    await world.submit("ana", good="Secret checkout", slow="Slow secret", kpis="yes")
    await rest(world, "ana")
    assert "how were the last months?" not in await home(world, "ana")
    assert "waits for your answers" in await home(world, "bruno")
    await world.press("bruno", "review.answer")
    await world.submit("bruno", good="Our secret", slow="Nothing", kpis="yes")
    assert "waits for your answers" not in await home(world, "bruno")
    await world.press("bruno", "review.keep")
    await rest(world, "bruno")
    assert "proposes that your KPIs stay as they are; do you agree?" in await home(world, "ana")
    assert not [one for one in SECRETS if one in await home(world, "ana") + await home(world, "bruno")]


async def test_the_agenda_says_for_whom_a_review_waits_and_nothing_of_its_answers(world: World) -> None:
    await plan(world)
    await world.until("2027-02-01T10:30", "ana")
    for shown in await agendas(world):
        assert f"<@{world.id('ana')}> and <@{world.id('bruno')}> have still to answer" in shown
    await world.press("ana", "review.answer", DM)
    await world.submit("ana", good="Secret checkout", slow="Slow secret", kpis="yes")
    for shown in await agendas(world):
        assert f"*Quarterly Review*: <@{world.id('bruno')}> has still to answer." in shown
        assert "ecret" not in shown


async def test_what_is_to_mend_is_on_the_agenda_and_on_the_home_of_its_owner_until_it_is_done(world: World) -> None:
    await plan(world)
    await item(world, "ana", date(2027, 1, 28))
    await item(world, "bruno", date(2027, 2, 28), "Answer within a day", number=8)
    await item(world, "lena", date(2027, 1, 2), "Of a manager before", number=9, manager_id=world.id("lena"))
    for shown in await agendas(world):
        assert f"Open &lt;!here&gt; access in a day · <@{world.id('ana')}> · due Thu 28 Jan (past)" in shown
        assert f"Answer within a day · <@{world.id('bruno')}> · due Sun 28 Feb" in shown
        assert "Of a manager before" not in shown
    await world.opens_home("ana")
    seen = await home(world, "ana")
    assert "“Open &lt;!here&gt; access in a day”, due Thu 28 Jan." in seen
    assert "Answer within a day" not in seen
    await world.press("ana", "review.done")
    assert "review.done" not in actions(await world.home("ana"))
    assert "Open &lt;!here&gt; access" not in "".join(await agendas(world))


async def test_a_course_is_on_homes_and_the_agenda_while_it_waits_and_its_answer_for_a_week(world: World) -> None:
    await plan(world)
    await course(world)
    assert "would like to learn something" in await home(world, "bruno")
    for shown in await agendas(world):
        assert f"*Course* *Advanced prototyping* waits for an answer from <@{world.id('bruno')}>." in shown
        assert not [one for one in SECRETS if one in shown]
    await world.press("bruno", "learn.open")
    await world.press("bruno", "learn.discuss")
    await rest(world, "bruno")
    assert "would like to talk about *Advanced prototyping* in your next 1:1" in await home(world, "ana")
    for shown in await agendas(world):  # once, as the topic that it is now
        assert shown.count("Advanced prototyping") == 1
    await world.press("bruno", "learn.approve", DM)
    assert "approved *Advanced prototyping*. Enjoy it!" in await home(world, "ana")
    assert "would like to learn something" not in await home(world, "bruno")
    await keep(world, Course(**about(world), name="Of old", cost="free", benefit="", state="approved", asked_at=FRIDAY,
                             decided_at=datetime(2026, 12, 1, tzinfo=UTC), decided_by=world.id("bruno")))  # fmt: skip
    await world.opens_home("ana")
    assert "Of old" not in await home(world, "ana")


async def test_a_rate_review_that_is_due_is_the_managers_until_the_contractor_is_invited(world: World) -> None:
    await plan(world)
    async with world.bot.database.team(world.bot.team_id) as team:
        await team.change(team.update(RatePlan).values(next_on=FRIDAY.date(), changed_by=world.id("bruno")))
    await world.opens_home("bruno")
    assert "is due: invite them, or note how it ended" in await home(world, "bruno")
    assert "ate review" not in "".join(await agendas(world))
    await world.press("bruno", "rate.open")
    await world.press("bruno", "rate.invite")
    await world.submit("bruno", meet="2027-02-03", words="Slow secret")
    await rest(world, "bruno")
    assert "invite them, or note" not in await home(world, "bruno")
    for shown in await agendas(world):
        assert "*Rate review*: you talk about it on Wed 3 Feb." in shown
        assert "Slow secret" not in shown


async def test_home_shows_the_step_of_the_ladder_and_opens_it(world: World) -> None:
    assert "Outsider, step 1 of 5" in await home(world, "ana")
    await world.types("bruno", "/contractor ladder @ana")
    await world.press("bruno", "ladder.move")
    await world.submit("bruno", stage="contributor", words="We count on you")
    assert "Contributor, step 3 of 5" in await home(world, "ana")
    await world.press("ana", "ladder.open")
    modal = await world.modal("ana")
    assert modal is not None
    assert "step 3 of 5" in words(modal)
