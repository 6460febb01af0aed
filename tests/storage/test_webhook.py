"""What is to be told outside: once for an occasion, in its order, taken by one sender only, on either engine."""

from datetime import datetime, timedelta

from playbook import load
from storage import api, api_read, log, webhook, webhook_queue
from storage.database import Database, Team
from storage.outward_tables import Webhook, WebhookDelivery
from tests.storage.samples import MINUTE, NOW, OTHER, TEAM

BOOK = load.load().webhook
DAYS = timedelta(days=1)


async def hook(database: Database, *events: str, team_id: str = TEAM) -> Webhook:
    """Keep a webhook."""
    async with database.team(team_id) as team:
        return await webhook.add(team, "https://example.com/", events, "sealed", "U1", NOW)


async def due(database: Database, now: datetime = NOW) -> list[WebhookDelivery]:
    async with database.team_reading(TEAM) as team:
        return list(await webhook_queue.due(team, now))


async def test_what_happens_is_told_once_in_its_order_to_whoever_wants_it(database: Database) -> None:
    await hook(database, "log.created", team_id=OTHER)
    async with database.team(TEAM) as team:
        await webhook.tell(team, "log.created", "early", {}, NOW)
    first, second = await hook(database, "log.created"), await hook(database, "log.created", "review.due")
    async with database.team(TEAM) as team:
        for number in range(5):
            await webhook.tell(team, "log.created", str(number), {"contractor": "U9", "day": NOW.date()}, NOW)
        await webhook.tell(team, "log.created", "0", {}, NOW)
        await webhook.tell(team, "review.due", "0", {}, NOW)
        await webhook.tell(team, "checklist.done", "0", {}, NOW)
    rows = await due(database)
    assert [row.occasion for row in rows if row.webhook_id == first.id] == [f"log.created:{n}" for n in range(5)]
    assert sum(row.webhook_id == second.id for row in rows) == 6
    assert rows[0].body["data"] == {"contractor": {"id": "U9", "name": ""}, "day": "2026-11-23"}
    async with database.reading() as session:
        assert (await session.exec(webhook_queue.NEXT_AT)).one() == NOW


async def test_one_that_was_stopped_or_removed_is_not_asked_for_again(database: Database) -> None:
    kept = await hook(database, "log.created")
    async with database.team(TEAM) as team:
        assert await webhook.wanted(team, "log.created") == [kept.id]
    async with database.team(TEAM) as team:
        await webhook.tell(team, "log.created", "1", {}, NOW)
        row = await webhook.find(team, kept.id)
        assert row is not None
        await webhook.stop(team, row, "", NOW)
        assert await webhook.wanted(team, "log.created") == []
    assert await due(database) == []
    async with database.team(TEAM) as team:
        row = await webhook.find(team, kept.id)
        assert row is not None
        await webhook.resume(team, row)
        assert await webhook.wanted(team, "log.created") == [kept.id]
        await webhook.remove(team, kept.id)
        assert await webhook.wanted(team, "log.created") == []


async def test_one_sender_takes_it_and_one_that_is_cut_off_is_made_up_for(database: Database) -> None:
    await hook(database, "log.created")
    async with database.team(TEAM) as team:
        await webhook.tell(team, "log.created", "1", {}, NOW)
    (row,) = await due(database)
    async with database.team(TEAM) as team:
        assert await webhook_queue.claim(team, row, NOW, BOOK) is not None
    async with database.team(TEAM) as team:
        assert await webhook_queue.claim(team, row, NOW, BOOK) is None
    assert await due(database) == []
    (again,) = await due(database, NOW + MINUTE)
    assert again.attempts == 1
    async with database.team(TEAM) as team:
        await webhook_queue.went(team, row.id, row.webhook_id, 200)
    assert await due(database, NOW + 9 * DAYS) == []
    async with database.writing() as session:
        await webhook_queue.forget(session, NOW + 9 * DAYS)
    async with database.team_reading(TEAM) as team:
        assert await webhook.deliveries(team, row.webhook_id, 9) == []


async def test_pages_follow_one_another_and_no_team_reads_anothers(database: Database) -> None:
    for team_id in (TEAM, OTHER):
        async with database.team(team_id) as team:
            for number in range(7):
                day = NOW.date() - timedelta(days=number % 3)
                await log.write(team, "U1", [{"day": day, "minutes": number, "note": "secret"}], NOW)
    async with database.team_reading(TEAM) as team:
        everything = await _all(team, 2)
        assert len({one["id"] for one in everything}) == 7
        assert everything == await _all(team, 200)
        assert everything == sorted(everything, key=lambda one: (one["day"], one["id"]))
        for listing in api_read.LISTINGS:
            page = await api_read.page(team, listing, {}, (), 5)
            assert "secret" not in str(page)


async def _all(team: Team, most: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    after: tuple[object, ...] = ()
    while True:
        page = await api_read.page(team, api_read.LOGS, {}, after, most)
        found += [one.model_dump() for one in page.data]
        if not page.next:
            return found
        after = api_read.read_cursor(api_read.LOGS, page.next)


async def test_a_token_is_found_by_itself_alone(database: Database) -> None:
    async with database.team(TEAM) as team:
        token = await api.make(team, "one", "U1", NOW)
    async with database.team_reading(OTHER) as other:
        assert await api.owner(other, token) is None
    async with database.team(TEAM) as team:
        row = await api.owner(team, token)
        assert row is not None
        assert token not in str(row.model_dump())
        assert await api.owner(team, row.digest) is None
        await api.revoke(team, row, "U1", NOW)
        assert await api.owner(team, token) is None
        assert await api.find(team, row.id) is None
