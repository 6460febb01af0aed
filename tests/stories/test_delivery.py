"""Messages that Slack refuses: who hears of it, and sending them again."""

import pytest

from handlers.contract import Call, Kind, Say
from handlers.delivery import resend
from playbook.sorry import Sorry
from storage import digest as facts
from storage import outbox
from storage.outbox import Post
from tests.world import World, actions, words

DM = "@app"


async def refuse(world: World, code: str, method: str = "chat.postMessage") -> None:
    await world.does("faults", faults=[{"method": method, "do": f"error:{code}", "times": 1}])


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("not_in_channel", "/invite @Inner Circle"),
        ("channel_not_found", "/invite @Inner Circle"),
        ("is_archived", "Unarchive it"),
        ("restricted_action", "Allow the app to post there"),
        ("invalid_blocks", "report it"),
    ],
)
async def test_an_admin_reads_what_happened_and_what_to_do(world: World, code: str, says: str) -> None:
    await refuse(world, code)
    await world.types("ana", "/blocker waiting for feedback on the checkout draft")
    told = [words(one) for one in await world.sees("olivia", DM) if "delivery.resend" in actions(one)]
    assert len(told) == 1
    assert says in told[0]
    assert code in told[0]


async def test_sending_it_again_brings_it_and_twice_says_so(world: World) -> None:
    await refuse(world, "restricted_action")
    await world.types("ana", "/blocker waiting for feedback on the checkout draft")
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        failed = (await facts.failed_letters(team, 5))[0]
    await world.press("olivia", "delivery.resend", DM)
    assert "again" in await world.last("olivia", DM)
    await world.press("olivia", "delivery.resend", DM)
    assert "on its way already" in await world.last("olivia", DM)
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        assert await facts.failed_letters(team, 5) == []
        again = await team.get(type(failed), id=failed.id)
    assert again is not None
    assert again.state == "sent"


async def test_a_group_message_that_was_refused_names_everybody_in_it_and_is_sent_again(world: World) -> None:
    await refuse(world, "restricted_action")
    ana, lena = world.id("ana"), world.id("lena")
    async with world.bot.database.team(world.bot.team_id) as team:
        await outbox.put(team, [Post("group:test", f"{ana},{lena}", "Ana, meet Lena.")], world.clock.now())
    await world.settle()
    assert f"<@{ana}> and <@{lena}>" in await world.last("olivia", DM)
    await world.press("olivia", "delivery.resend", DM)
    for who in ("ana", "lena"):
        assert await world.last(who, "@ana+@lena") == "Ana, meet Lena."


async def test_only_admins_send_again(world: World) -> None:
    await refuse(world, "restricted_action")
    await world.types("ana", "/blocker waiting for feedback on the checkout draft")
    async with world.bot.database.team(world.bot.team_id) as team:
        letter = (await facts.failed_letters(team, 5))[0]
        desk = world.bot.workshop.desk(team)
        press = Call(Kind.ACTION, "delivery.resend", world.bot.team_id, world.id("bruno"), value=letter.id)
        with pytest.raises(Sorry, match="Admins"):
            await resend(press, desk)
        assert letter.state == "failed"
        press = Call(Kind.ACTION, "delivery.resend", world.bot.team_id, world.id("olivia"), value="nothing")
        assert isinstance(await resend(press, desk), Say)
