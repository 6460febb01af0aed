"""The Small Win Sprint, told from the front door."""

from datetime import UTC, date, datetime

from tests.world import World, words

DM = "@app"
DUE = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)


async def give(
    world: World, task: str = "Put the new logo on the sign-in page", due: datetime = DUE
) -> dict[str, object]:
    await world.types("bruno", "/contractor sprint @ana")
    return await world.submit("bruno", task=task, due=int(due.timestamp()))


async def answer(world: World, **values: str) -> dict[str, object]:
    return await world.submit("ana", **({"had_tools": "yes", "clear": "yes"} | values))


async def checklist(world: World, who: str, of: str) -> str:
    await world.types(who, f"/checklist @{of}")
    modal = await world.modal(who)
    assert modal is not None
    return words(modal)


async def test_a_task_is_given_done_and_answered(world: World) -> None:
    await give(world)
    assert any("has a small win for you" in one and "new logo" in one for one in await world.reads("ana"))
    await world.press("ana", "sprint.done", DM)
    await answer(world)
    assert any("Small win done" in one for one in await world.reads("ana"))
    told = "\n".join(await world.reads("bruno"))
    assert "Tools and access: yes" in told
    assert "Instructions clear: yes" in told


async def test_what_was_missing_or_unclear_becomes_something_to_do(world: World) -> None:
    await give(world)
    await world.press("ana", "sprint.done", DM)
    wrong = await answer(world, had_tools="no", clear="partly")
    assert set(wrong["errors"]) == {"missing", "unclear"}  # type: ignore[call-overload]
    await answer(world, had_tools="no", missing="Access to the CMS", clear="partly", unclear="Which logo?")
    told = "\n".join(await world.reads("bruno"))
    assert "Give Ana what was missing: Access to the CMS" in told
    assert "Make clearer for Ana: Which logo?" in told
    assert "Access to the CMS" in await checklist(world, "bruno", "ana")


async def test_it_can_become_a_blocker(world: World) -> None:
    await give(world)
    await world.press("ana", "sprint.done", DM)
    await answer(world, had_tools="no", missing="Access to the CMS")
    await world.press("ana", "blocker.raise", DM if not await _offered(world) else "#acme")
    modal = await world.modal("ana")
    assert modal is not None
    assert "Access to the CMS" in words(modal)


async def _offered(world: World) -> bool:
    return any("It stops me" in one for one in await world.reads("ana", "#acme"))


async def test_when_the_time_is_over_it_asks_kindly(world: World) -> None:
    await give(world)
    await world.until("2026-11-25T11:30")
    assert any("was due just now" in one for one in await world.reads("ana"))
    await world.press("ana", "sprint.answer", DM)
    await answer(world, state="no")
    assert any("not done yet" in one for one in await world.reads("bruno"))


async def test_two_days_at_most_and_one_at_a_time(world: World) -> None:
    wrong = await give(world, due=datetime(2026, 11, 27, 12, 0, tzinfo=UTC))
    assert "within 48 hours" in str(wrong["errors"])
    await world.close("bruno")
    await give(world)
    await world.types("bruno", "/contractor sprint @ana")
    modal = await world.modal("bruno")
    assert modal is not None
    assert not modal.get("submit")


async def test_others_neither_give_nor_answer(world: World) -> None:
    await world.types("lena", "/contractor sprint @ana")
    assert "among the contractors you manage" in await world.last("lena")
    await give(world)
    assert await world.modal("jun") is None


async def test_a_manager_is_reminded_once_that_none_was_given(world: World) -> None:
    await world.add_contractor("lena", path=True, start_date=date(2026, 11, 24), buddy_id=world.id("olivia"))
    await world.until("2026-11-25T11:00", "bruno")
    assert any("no Small Win Sprint yet" in one for one in await world.reads("bruno"))
