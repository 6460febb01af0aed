"""Contractors who have no Slack account yet, and guests who come unannounced, told from the front door."""

from collections.abc import AsyncIterator

import pytest

from storage import workspace
from tests.world import Json, World, actions, words

DM = "@app"
WHO = {"start_date": "2026-12-01", "role": "QA engineer", "project": "Acme checkout"}
MIA = "Mia@X.com"


@pytest.fixture
async def empty(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace in which nobody is on the path; olivia is operations."""
    world = await World.begin(sqlite_url, contractors=())
    await chosen(world, operations_id=world.id("olivia"))
    yield world
    await world.end()


async def expects(world: World, email: str = MIA, **changes: object) -> Json:
    """Fill in the form about somebody who has no account."""
    await world.types("olivia", "/contractor add")
    given = WHO | {"email": email, "manager_id": world.id("bruno"), "buddy": world.id("lena")} | changes
    return await world.submit_pages("olivia", **given)


async def joins(world: World, handle: str = "mia", email: str = "mia@x.com", kind: str = "multi_guest") -> str:
    """Let somebody join the workspace; gives their id."""
    who = {"handle": handle, "real_name": handle.title(), "tz": "Asia/Manila", "kind": kind, "email": email}
    answer = await world.does("people", **who)
    return str(answer["user"]["id"] if isinstance(answer["user"], dict) else answer["user"])


async def test_the_path_starts_by_itself_when_they_join(empty: World) -> None:
    await expects(empty)
    assert "waiting for *mia@x.com* to join Slack, starts Tue 1 Dec 2026" in await empty.last("olivia")
    assert "mia@x.com is to be on the path with you" in await empty.last("bruno", DM)
    mia = await joins(empty)
    await empty.wakes("mia")
    assert "Welcome!" in await empty.last("mia", DM)
    for who in ("bruno", "olivia"):
        await empty.wakes(who)
        assert f"<@{mia}> has joined Slack as mia@x.com" in words_of(await empty.reads(who))
    await empty.wakes("lena")
    assert f"You are <@{mia}>'s Shadow Buddy" in await empty.last("lena", DM)
    assert "Start the path?" not in words_of(await empty.reads("olivia"))
    await empty.types("olivia", "/contractor")
    listed = await empty.last("olivia")
    assert f"<@{mia}>" in listed
    assert "waiting for" not in listed
    await empty.until("2026-12-01T09:00", "bruno")
    assert "has not joined" not in words_of(await empty.reads("bruno"))


def words_of(messages: list[str]) -> str:
    return "\n".join(messages)


async def test_an_address_that_changes_to_the_expected_one_starts_it_too(empty: World) -> None:
    await expects(empty)
    await empty.ask("PATCH", f"people/{empty.id('jun')}", {"email": "mia@x.com"})
    await empty.settle()
    await empty.wakes("jun")
    assert "Welcome!" in await empty.last("jun", DM)


async def test_an_address_that_has_an_account_means_that_account(empty: World) -> None:
    await expects(empty, "ANA@example.com")
    assert "Welcome!" in await empty.last("ana", DM)
    await empty.types("olivia", "/contractor add")
    answer = await empty.submit("olivia", **WHO, email="ana@example.com")
    assert "on the path already" in answer["errors"]["email"]


async def test_somebody_expected_is_shown_changed_and_withdrawn(empty: World) -> None:
    await expects(empty)
    await empty.types("olivia", "/contractor add")
    answer = await empty.submit("olivia", **WHO, email="mia@x.com")
    assert "waiting for this address already" in answer["errors"]["email"]
    await empty.close("olivia")
    await empty.types("olivia", "/contractor")
    await empty.press("olivia", "contractor.awaited", "#acme")
    await empty.press("olivia", "contractor.edit")
    modal = await empty.modal("olivia")
    assert modal is not None
    assert "is not in Slack yet" in words(modal)
    await empty.submit_pages("olivia", start_date="2026-12-03")
    assert "with you as manager, from Thu 3 Dec 2026" in await empty.last("bruno", DM)
    await empty.close("olivia")
    for who in ("olivia", "bruno"):
        await empty.types(who, "/contractor")
        assert "starts Thu 3 Dec 2026" in await empty.last(who)
    await empty.press("olivia", "contractor.awaited", "#acme")
    await empty.press("olivia", "contractor.withdraw")
    await joins(empty)
    assert await empty.sees("mia", DM) == []
    await empty.until("2026-12-03T10:00", "bruno")
    assert "has not joined" not in words_of(await empty.reads("bruno"))


async def test_the_manager_is_told_once_when_nobody_came_on_the_day(empty: World) -> None:
    await expects(empty)
    await empty.until("2026-12-01T08:59", "bruno")
    assert "has not joined" not in words_of(await empty.reads("bruno"))
    await empty.until("2026-12-04T12:00", "bruno")
    late = [one for one in await empty.reads("bruno") if "mia@x.com was to begin today and has not joined" in one]
    assert len(late) == 1


async def test_a_buddy_who_left_meanwhile_does_not_keep_them_waiting(empty: World) -> None:
    await expects(empty)
    for who in ("lena", "bruno"):
        await empty.ask("PATCH", f"people/{empty.id(who)}", {"deleted": True})
    await joins(empty)
    assert f"manager <@{empty.id('olivia')}>" in await card(empty, "mia")
    assert empty.id("lena") not in await card(empty, "mia")


async def card(world: World, who: str) -> str:
    await world.types("olivia", f"/contractor @{who}")
    return await world.last("olivia")


async def test_operations_is_asked_about_a_new_guest_and_starts_the_path(empty: World) -> None:
    mia = await joins(empty)
    await empty.wakes("olivia")
    assert f"New guest <@{mia}> joined. Start the path?" in await empty.last("olivia", DM)
    await empty.press("olivia", "contractor.start", DM)
    modal = await empty.modal("olivia")
    assert modal is not None
    assert mia in str(modal)
    await empty.submit_pages("olivia", **WHO)
    await empty.wakes("mia")
    assert "Welcome!" in await empty.last("mia", DM)
    asked = [one for one in await empty.sees("olivia", DM) if f"<@{mia}>" in words(one)]
    assert "is on the path" in words(asked[0])
    assert "contractor.start" not in actions(asked[0])
    assert not any("Start the path?" in one for one in await empty.reads("olivia"))


async def test_not_a_contractor_ends_it(empty: World) -> None:
    mia = await joins(empty)
    await empty.wakes("olivia")
    await empty.press("olivia", "contractor.not_one", DM)
    assert "is not a contractor" in await empty.last("olivia", DM)
    await empty.ask("PATCH", f"people/{mia}", {"title": "Visitor"})
    await empty.until("2026-11-27T12:00")
    assert len(await empty.reads("olivia")) == 1


async def test_tomorrow_asks_again_on_the_next_working_morning(empty: World) -> None:
    await empty.until("2026-11-27T15:00", "olivia")  # a Friday
    mia = await joins(empty)
    await empty.press("olivia", "contractor.tomorrow", DM)
    assert "I ask again on Mon 30 Nov" in await empty.last("olivia", DM)
    await empty.until("2026-11-30T08:59", "olivia")
    assert len(await empty.reads("olivia")) == 1
    await empty.until("2026-11-30T09:00", "olivia")
    assert f"New guest <@{mia}> joined" in await empty.last("olivia", DM)


@pytest.mark.parametrize("kind", ["member", "admin"])
async def test_nobody_is_asked_about_members(empty: World, kind: str) -> None:
    await joins(empty, kind=kind)
    assert await empty.sees("olivia", DM) == []


async def test_the_answer_of_somebody_who_is_not_operations_any_more_is_refused(empty: World) -> None:
    await chosen(empty, operations_id=empty.id("lena"))
    await joins(empty)
    await chosen(empty, operations_id=empty.id("bruno"), adders=empty.id("bruno"))
    for action in ("contractor.not_one", "contractor.tomorrow", "contractor.start"):
        await empty.press("lena", action, DM)
        assert f"<@{empty.id('bruno')}> is one" in await empty.last("lena", DM)
    assert "Start the path?" in (await empty.reads("lena"))[0]


async def chosen(world: World, **values: object) -> None:
    """Choose for the workspace, as the set-up would."""
    async with world.bot.database.team(world.bot.team_id) as team:
        await workspace.put(team, **values)


async def test_put_on_the_path_meanwhile_the_question_says_so(empty: World) -> None:
    await joins(empty)
    await empty.types("olivia", "/contractor add @mia")
    await empty.submit_pages("olivia", **WHO)
    assert "Start the path?" not in words_of(await empty.reads("olivia"))


async def test_without_operations_one_of_those_who_add_is_asked_and_without_them_nobody(empty: World) -> None:
    await chosen(empty, operations_id="", adders=empty.id("lena"))
    await joins(empty)
    assert "Start the path?" in await empty.last("lena", DM)
    await empty.choose_adders()
    await joins(empty, "max", "max@x.com")
    assert len(await empty.reads("lena")) == 1
    assert await empty.sees("olivia", DM) == []
