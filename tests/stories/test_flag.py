"""Signs of overwork: the contractor hears first and kindly, their manager later, about the scope, or not at all."""

import pytest
from sqlmodel import select

from handlers import ROUTES
from handlers.contract import Call, Kind
from playbook.sorry import Sorry
from storage.trust_tables import RedFlag
from tests.world import World, has_action, words

DM = "@app"
LONG = "/log yesterday 12h20 landing page #acme @build"


async def flags(world: World) -> list[RedFlag]:
    """Give every flag that was ever kept, by day and rule."""
    async with world.bot.database.team(world.bot.team_id) as team:
        rows = (await team.session.exec(select(RedFlag))).all()
        return sorted(rows, key=lambda row: (row.day, row.rule))


async def told(world: World, who: str, part: str) -> bool:
    """Tell whether somebody reads something in any message of the bot."""
    return any(part in one for one in await world.reads(who))


async def test_twelve_hours_in_a_day_are_told_to_the_contractor_at_once_and_kindly(world: World) -> None:
    await world.types("ana", LONG)
    [said] = [one for one in await world.reads("ana") if "No medals here" in one]
    assert "You logged 12 h 20 on Sun 22 Nov, most of it on acme." in said
    assert "we want you for the long run" in said
    assert "never messages or who is online" in said
    for label in ("One-off, I'm fine", "Too much scope", "Talk to Bruno Vidal"):
        assert label in said
    assert not await told(world, "bruno", "12 h 20")


async def test_one_minute_less_is_nothing_to_talk_about(world: World) -> None:
    await world.types("ana", "/log yesterday 11h59 landing page")
    await world.until("2026-11-23T23:00", "ana")
    assert not await told(world, "ana", "No medals")
    assert await flags(world) == []


async def test_somebody_without_commands_is_told_as_well(world: World) -> None:
    await world.types("jun", "log yesterday 12h build", DM)
    await world.wakes("jun")
    assert await told(world, "jun", "You logged 12 h on Sun 22 Nov")


async def test_the_manager_hears_in_the_next_digest_with_a_question_about_the_scope(world: World) -> None:
    await world.types("ana", LONG)
    await world.until("2026-11-24T08:45", "bruno")
    [digest] = [one for one in await world.reads("bruno") if "Long days" in one]
    assert "Ana Reis logged 12 h 20 on Sun 22 Nov" in digest
    assert "Which part of acme could wait, or go to somebody else?" in digest
    assert "1 red flag, told to the contractor first" in digest
    assert "Talk in 1:1" in digest
    [flag] = await flags(world)
    assert flag.told_at is not None
    assert flag.manager_at is not None


async def test_within_the_hour_the_manager_hears_nothing_yet(world: World) -> None:
    await world.until("2026-11-24T08:00", "bruno")
    await world.types("jun", "log yesterday 12h build", DM)
    await world.until("2026-11-24T08:50", "bruno")
    assert not await told(world, "bruno", "red flag")
    await world.until("2026-11-25T08:45", "bruno")
    assert await told(world, "bruno", "Jun Santos logged 12 h")


async def test_a_one_off_stays_between_the_contractor_and_the_bot(world: World) -> None:
    await world.types("ana", LONG)
    await world.press("ana", "flag.one_off", DM)
    assert await told(world, "ana", "You said it was a one-off, so it stays between us.")
    await world.until("2026-11-24T12:00", "bruno")
    assert not await told(world, "bruno", "red flag")
    assert not await told(world, "bruno", "Long days")
    await world.types("bruno", "/contractor health @ana")
    modal = await world.modal("bruno")
    assert modal is not None
    assert "12 h 20" not in words(modal)


async def test_a_changed_mind_is_asked_anew(world: World) -> None:
    await world.types("ana", LONG)
    await world.press("ana", "flag.one_off", DM)
    await world.press("ana", "flag.again", DM)
    await world.press("ana", "flag.scope", DM)
    await world.submit("ana", words="two <launches> in one week")
    assert await told(world, "ana", "You said there is too much scope")
    await world.until("2026-11-24T08:45", "bruno")
    assert await told(world, "bruno", "They say there is too much scope: “two &lt;launches&gt; in one week”")


async def test_whoever_wants_to_talk_is_heard_at_once(world: World) -> None:
    await world.types("ana", LONG)
    await world.press("ana", "flag.talk", DM)
    assert await told(world, "bruno", "would like to talk with you about their workload")
    assert await told(world, "ana", "I have told your manager that you would like to talk about it.")


async def test_a_corrected_log_settles_it_and_nobody_hears(world: World) -> None:
    await world.types("ana", LONG)
    await world.types("ana", "/log undo")
    assert not await told(world, "ana", "No medals")
    assert await told(world, "ana", "your log has been corrected")
    [flag] = await flags(world)
    assert flag.settled_at is not None
    await world.until("2026-11-24T12:00", "bruno")
    assert not await told(world, "bruno", "12 h 20")


async def test_a_correction_after_the_digest_takes_it_out_there_too(world: World) -> None:
    await world.until("2026-11-23T19:30", "ana")
    await world.types("ana", "/log 12h20 landing page #acme")
    await world.until("2026-11-24T09:00", "bruno")
    assert await told(world, "bruno", "Ana Reis logged 12 h 20")
    await world.types("ana", "/log undo")
    assert not await told(world, "bruno", "Ana Reis logged 12 h 20")


async def test_more_hours_on_the_same_day_are_the_same_sign(world: World) -> None:
    await world.types("ana", LONG)
    await world.types("ana", "/log yesterday 1h more of it #acme @build")
    assert len([one for one in await world.reads("ana") if "No medals" in one]) == 1
    assert await told(world, "ana", "You logged 13 h 20 on Sun 22 Nov")


async def test_what_comes_back_after_a_correction_is_said_again(world: World) -> None:
    await world.types("ana", LONG)
    await world.types("ana", "/log undo")
    await world.until("2026-11-23T12:30")
    await world.types("ana", LONG)
    assert len([one for one in await world.reads("ana") if "No medals" in one]) == 1
    [flag] = await flags(world)
    assert flag.settled_at is None


async def test_several_long_days_within_a_week(world: World) -> None:
    await world.until("2026-11-25T19:30", "ana")
    for day in ("mon", "tue"):
        await world.types("ana", f"/log {day} 10h30 build #acme")
    assert not await told(world, "ana", "No medals")
    await world.types("ana", "/log 10h30 build #acme")
    assert await told(world, "ana", "more than 10 h on 3 days within a week: Mon 23 Nov, Tue 24 Nov, Wed 25 Nov.")
    await world.until("2026-11-26T08:45", "bruno")
    assert await told(world, "bruno", "3 long days on acme: which two things could wait?")


async def test_seven_days_in_a_row(world: World) -> None:
    await world.until("2026-11-29T18:00", "ana")
    for day in range(23, 29):
        await world.types("ana", f"/log 2026-11-{day} 3h build #acme")
    assert not await told(world, "ana", "No medals")
    await world.types("ana", "/log 1h build #acme")
    await world.wakes("ana")
    assert await told(world, "ana", "You logged work on 7 days in a row, up to Sun 29 Nov.")


async def test_night_work_against_ones_own_hours(world: World) -> None:
    await world.types("ana", "/log yesterday 22-23:30 release")
    assert not await told(world, "ana", "No medals")
    await world.types("ana", "/log 1-1:30 release")
    assert await told(world, "ana", "You logged 2 h in the night of Sun 22 Nov, outside the agreed hours.")


async def test_nobody_else_answers_or_looks(world: World) -> None:
    await world.types("ana", LONG)
    [flag] = await flags(world)
    for who in ("jun", "bruno", "lena", "olivia"):
        for action in ("flag.one_off", "flag.again", "flag.scope", "flag.talk"):
            with pytest.raises(Sorry, match="Signs of overwork"):
                await forged(world, who, action, flag.id)
    for who in ("jun", "lena", "olivia", "priya"):
        with pytest.raises(Sorry, match="Signs of overwork"):
            await forged(world, who, "flag.open", world.id("ana"))
    assert (await flags(world))[0].answer == ""


async def forged(world: World, who: str, action: str, value: str) -> None:
    """Press a button that was never drawn for somebody."""
    route = next(one for one in ROUTES if one.kind is Kind.ACTION and one.name == action)
    async with world.bot.database.team(world.bot.team_id) as team:
        call = Call(Kind.ACTION, action, world.bot.team_id, world.id(who), value=value)
        await route.handler(call, world.bot.workshop.desk(team))


async def test_two_managers_hear_of_their_own_only(world: World) -> None:
    await world.add_contractor("noor", "lena")
    await world.types("ana", LONG)
    await world.until("2026-11-24T12:00", "bruno")
    assert await told(world, "bruno", "12 h 20")
    assert not await told(world, "lena", "12 h 20")


async def test_the_contractor_sees_every_sign_on_their_own_page(world: World) -> None:
    await world.types("ana", LONG)
    await world.press("ana", "flag.one_off", DM)
    await world.types("ana", "/circle health")
    modal = await world.modal("ana")
    assert modal is not None
    assert "You logged 12 h 20 on Sun 22 Nov" in words(modal)
    assert "You: a one-off." in words(modal)
    assert "Your manager has not heard of it." in words(modal)
    assert not has_action(modal, "flag.one_off")
