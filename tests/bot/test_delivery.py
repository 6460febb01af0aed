"""What becomes of letters when Slack is well, slow, broken or unwilling: the state they end in, and what people see."""

import asyncio
import time

import pytest

from bot.delivery import LATEST_START
from bot.outcome import LIMITED, REFUSED, STOPS_THE_TEAM, Outcome, says_no
from storage import queue
from storage.outbox import Home, Lane, Post, Redraw, State
from tests.bot.office import Office

NOTICE = "could not be delivered"
HOUR = 3600.0
DIVIDER = ({"type": "divider"},)
ONE = "This is one."


@pytest.mark.parametrize(
    ("fault", "first", "then"),
    [
        ("status:500", State.UNKNOWN, State.SENT),
        ("status:502", State.UNKNOWN, State.SENT),
        ("status:503", State.UNKNOWN, State.SENT),
        ("html", State.UNKNOWN, State.SENT),
        ("drop_before", State.UNKNOWN, State.SENT),
        ("drop_after", State.UNKNOWN, State.SENT),
        ("no_ts", State.UNKNOWN, State.SENT),
        ("error:internal_error", State.UNKNOWN, State.SENT),
        ("error:fatal_error", State.UNKNOWN, State.SENT),
        ("error:service_unavailable", State.UNKNOWN, State.SENT),
        ("error:request_timeout", State.UNKNOWN, State.SENT),
        ("ratelimit:1", State.PENDING, State.SENT),
        ("ratelimit:600", State.PENDING, State.SENT),
        ("error:ratelimited", State.PENDING, State.SENT),
        ("error:a_code_nobody_knows", State.UNKNOWN, State.FAILED),
        ("error:is_archived", State.FAILED, State.FAILED),
    ],
)
async def test_a_call_that_goes_wrong_once(office: Office, fault: str, first: State, then: State) -> None:
    office.goes_wrong(fault)
    await office.post()
    assert (await office.letter()).state == first
    await office.restart()
    await office.wait(601)
    await office.look()
    assert (await office.letter()).state == then
    assert office.at() == [ONE] * (then is State.SENT)
    assert [NOTICE in text for text in office.at("olivia")] == [True] * (then is State.FAILED)


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "status:500", "html", "no_ts"])
async def test_what_goes_wrong_again_and_again_still_arrives_once(office: Office, fault: str) -> None:
    office.goes_wrong(fault, times=4)
    await office.post()
    for _ in range(5):
        await office.look()
    assert (await office.letter()).state == State.SENT
    assert office.at() == [ONE]


async def test_a_refusal_ends_it_and_an_admin_hears_of_each_once(office: Office) -> None:
    for number, code in enumerate(sorted(REFUSED), 1):
        office.goes_wrong(f"error:{code}")
        await office.post(code)
        letter = await office.letter(code)
        assert (letter.state, letter.error) == (State.FAILED, code)
        await office.look()
        assert (len(office.at()), len(office.at("olivia"))) == (0, number), code


@pytest.mark.parametrize("code", sorted(STOPS_THE_TEAM))
async def test_a_token_that_is_refused_stops_the_team_and_nothing_is_counted(office: Office, code: str) -> None:
    office.goes_wrong(f"error:{code}", times=2)
    await office.put(Post("one", office.id("ana"), ONE), Post("two", office.id("bruno"), "x"))
    await office.delivery.drain()
    for stopped in (await office.letters()).values():
        assert (stopped.state, stopped.attempt, stopped.error) == (State.PENDING, 0, code)
    calls = office.calls("chat.postMessage")
    await office.wait(30)
    await office.delivery.drain()
    assert office.calls("chat.postMessage") == calls
    await office.restart()
    await office.delivery.drain()
    assert (office.at(), office.at("bruno"), office.at("olivia")) == ([ONE], ["x"], [])


async def test_a_conversation_that_is_limited_waits_and_others_do_not(office: Office) -> None:
    office.goes_wrong("ratelimit:30")
    await office.post("first", "ana")
    await office.post("urgent", "ana", lane=Lane.ESCALATION)
    await office.post("other", "bruno")
    assert (office.at("ana"), office.at("bruno")) == ([], ["This is other."])
    letters = await office.letters()
    assert {letters[key].attempt for key in ("first", "urgent")} == {0}
    await office.restart()
    await office.wait(31)
    await office.delivery.drain()
    assert office.at("ana") == ["This is urgent.", "This is first."]


async def test_two_conversations_that_are_limited_mean_the_whole_workspace_is(office: Office) -> None:
    office.goes_wrong("ratelimit:30", times=2)
    await office.post("first", "ana")
    await office.post("second", "bruno")
    await office.post("third", "#acme")
    assert office.at("#acme") == []
    assert office.calls("chat.postMessage") == 2


async def test_no_connection_is_no_attempt_to_look_for(office: Office) -> None:
    port = int(office.box.url.rsplit(":", 1)[1])
    await office.box.stop()
    await office.post()
    letter = await office.letter()
    assert (letter.state, letter.error, letter.attempt) == (State.PENDING, "no connection", 1)
    await office.box.start(port=port)
    await office.wait(60)
    await office.delivery.drain()
    assert office.at() == [ONE]


@pytest.mark.parametrize("fault", ["drop_before", "status:500", "ratelimit:1", "error:internal_error"])
async def test_a_conversation_that_could_not_be_opened_was_not_written_to(office: Office, fault: str) -> None:
    office.goes_wrong(fault, "conversations.open")
    await office.post()
    assert (await office.letter()).state == State.PENDING
    assert office.calls("chat.postMessage") == 0
    await office.wait(60)
    await office.restart()
    await office.delivery.drain()
    assert office.at() == [ONE]


@pytest.mark.parametrize(
    "fault", ["status:500", "drop_before", "drop_after", "html", "ratelimit:1", "error:fatal_error"]
)
async def test_an_edit_is_repeated_until_it_is_there(office: Office, fault: str) -> None:
    await office.post()
    office.goes_wrong(fault, "chat.update", times=2)
    await office.put(Redraw("one", "Another text.", DIVIDER))
    for _ in range(3):
        await office.delivery.drain()
        await office.restart()
        await office.wait(700)
    assert office.at() == ["Another text."]
    assert [block["type"] for block in office.messages()[0].blocks] == ["divider"]
    assert (await office.letter()).state == State.SENT


async def test_an_edit_takes_blocks_away_too(office: Office) -> None:
    await office.post(blocks=DIVIDER)
    await office.put(Redraw("one", "Only words."))
    await office.delivery.drain()
    assert (office.at(), office.messages()[0].blocks) == (["Only words."], [])


@pytest.mark.parametrize(("code", "calls"), [("message_not_found", 1), ("edit_window_closed", 1), ("no_such_code", 3)])
async def test_an_edit_that_is_refused_leaves_the_message_as_it_is(office: Office, code: str, calls: int) -> None:
    await office.post()
    office.goes_wrong(f"error:{code}", "chat.update", times=10)
    await office.put(Redraw("one", "Another text."))
    for _ in range(6):
        await office.delivery.drain()
        await office.wait(700)
    assert office.calls("chat.update") == calls
    assert (office.at(), office.at("olivia")) == ([ONE], [])
    assert (await office.letter()).state == State.SENT


async def test_a_redraw_while_the_letter_is_being_sent_ends_up_in_the_message(office: Office) -> None:
    office.goes_wrong("delay:0.3")
    await office.put(Post("one", office.id("ana"), ONE))
    sending = asyncio.ensure_future(office.delivery.drain())
    while (await office.letter()).state != State.SENDING:
        pass
    await office.put(Redraw("one", "Another text."))
    await sending
    assert office.at() == ["Another text."]
    assert (await office.letter()).state == State.SENT


async def test_a_redraw_of_a_letter_of_unknown_fate_ends_up_in_the_message(office: Office) -> None:
    office.goes_wrong("drop_after")
    await office.post()
    await office.put(Redraw("one", "Another text."))
    await office.look()
    assert office.at() == ["Another text."]


@pytest.mark.parametrize("fault", ["", "drop_after", "status:500", "ratelimit:1"])
async def test_a_reply_waits_for_its_parent(office: Office, fault: str) -> None:
    if fault:
        office.goes_wrong(fault)
    await office.put(
        Post("parent", office.id("#acme"), "parent", lane=Lane.AGENDA),
        Post("reply", office.id("#acme"), "reply", lane=Lane.ESCALATION, thread_key="parent"),
    )
    await office.delivery.drain()
    await office.restart()
    await office.wait(60)
    await office.look()
    parent, reply = office.messages("#acme")
    assert (parent.text, reply.text, reply.thread_ts) == ("parent", "reply", parent.ts)


async def test_a_reply_waits_for_a_parent_that_goes_to_another_place_first(office: Office) -> None:
    """A message to a person and a reply to it by the person's channel id would not wait in one line."""
    office.goes_wrong("ratelimit:30")
    await office.put(Post("parent", office.id("ana"), "parent"))
    await office.delivery.drain()
    dm = office.box.workspace.app_direct(office.id("ana")).id
    await office.put(Post("reply", dm, "reply", thread_key="parent"))
    await office.delivery.drain()
    assert (await office.letter("reply")).state == State.PENDING
    await office.restart()
    await office.wait(60)
    await office.delivery.drain()
    await office.wait(60)
    await office.delivery.drain()
    assert office.at() == ["parent", "reply"]
    assert office.messages()[1].thread_ts == office.messages()[0].ts


async def test_a_reply_to_what_never_arrived_is_not_sent(office: Office) -> None:
    office.goes_wrong("error:restricted_action")
    await office.post("parent", "#acme")
    await office.post("reply", "#acme", thread_key="parent")
    await office.post("stray", "#acme", thread_key="nothing")
    letters = await office.letters()
    assert {letters[key].state for key in ("reply", "stray")} == {State.CANCELLED}
    assert office.at("#acme") == []


async def test_a_letter_is_found_however_much_was_said_since(office: Office) -> None:
    office.goes_wrong("drop_after")
    await office.post(to="#acme")
    room, ana = office.box.workspace.channels[office.id("#acme")], office.box.workspace.find_person("ana")
    assert ana is not None
    for number in range(350):
        office.box.workspace.say(room, ana, f"talk {number}")
    await office.look()
    assert (office.at("#acme"), (await office.letter()).state) == ([ONE], State.SENT)


async def test_a_reply_is_found_at_the_end_of_a_long_thread(office: Office) -> None:
    await office.post("parent", "#acme")
    room, ana = office.box.workspace.channels[office.id("#acme")], office.box.workspace.find_person("ana")
    assert ana is not None
    for number in range(150):
        office.box.workspace.say(room, ana, f"talk {number}", (await office.letter("parent")).ts)
    office.goes_wrong("drop_after")
    await office.post("reply", "#acme", thread_key="parent")
    await office.look()
    assert office.at("#acme") == ["This is parent.", "This is reply."]


async def test_old_talk_is_not_read_through(office: Office) -> None:
    room, ana = office.box.workspace.channels[office.id("#acme")], office.box.workspace.find_person("ana")
    assert ana is not None
    for number in range(350):
        office.box.workspace.say(room, ana, f"talk {number}")
    await office.wait(2 * 24 * HOUR)
    office.goes_wrong("drop_before")
    await office.post(to="#acme")
    await office.look()
    assert office.at("#acme") == [ONE]
    assert office.calls("conversations.history") == 1


async def test_where_too_much_was_said_to_be_sure_nothing_is_sent_again(office: Office) -> None:
    office.goes_wrong("drop_before")
    await office.post(to="#acme")
    room, ana = office.box.workspace.channels[office.id("#acme")], office.box.workspace.find_person("ana")
    assert ana is not None
    for number in range(1_100):
        office.box.workspace.say(room, ana, f"talk {number}")
    for _ in range(queue.LOOKS):
        await office.look()
        await office.wait(15)
    assert (await office.letter()).state == State.FAILED
    assert (office.at("#acme"), len(office.at("olivia"))) == ([], 1)


@pytest.mark.parametrize("code", ["not_in_channel", "missing_scope", "no_such_code"])
async def test_where_nobody_can_look_an_admin_is_asked_and_nothing_is_sent_again(office: Office, code: str) -> None:
    office.goes_wrong("drop_before")
    office.goes_wrong(f"error:{code}", "conversations.history", times=9)
    await office.post()
    for _ in range(queue.LOOKS + 2):
        await office.look()
        await office.wait(15)
    assert (await office.letter()).state == State.FAILED
    assert (office.at(), len(office.at("olivia"))) == ([], 1)
    assert office.calls("conversations.history") == queue.LOOKS
    await office.resend()
    assert office.at() == [ONE]


@pytest.mark.parametrize("fault", ["status:500", "drop_before", "html", "ratelimit:1", "error:invalid_auth"])
async def test_bad_weather_while_looking_is_sat_out(office: Office, fault: str) -> None:
    office.goes_wrong("drop_after")
    office.goes_wrong(fault, "conversations.history", times=6)
    await office.post()
    for _ in range(7):
        assert office.at("olivia") == []
        await office.look()
        await office.wait(60)
    assert ((await office.letter()).state, office.at()) == (State.SENT, [ONE])


async def test_after_the_clock_jumps_nothing_is_decided_by_it_for_a_while(sqlite_url: str) -> None:
    office = await Office.open(sqlite_url, grace_seconds=60)
    office.goes_wrong("drop_after")
    await office.post()
    await office.wait(HOUR)
    assert await office.delivery.reconcile() == 0
    assert (await office.letter()).state == State.UNKNOWN
    await office.restart()
    assert await office.delivery.reconcile() == 1
    assert ((await office.letter()).state, office.at()) == (State.SENT, [ONE])
    await office.close()


async def test_a_sender_that_was_held_up_too_long_does_not_send(office: Office) -> None:
    """Others may believe it dead by then, and look for the letter: both would send it."""
    await office.put(Post("one", office.id("ana"), ONE))
    async with office.database.writing() as session:
        (mine,) = await queue.claim(session, "me", office.clock.now(), queue.RETRY_BASE, 1)
    result = await office.delivery._attempt(mine, time.monotonic() - LATEST_START - 1)
    assert result.outcome is Outcome.NOT_SENT
    assert office.at() == []


async def test_what_was_on_its_way_when_the_bot_died_is_looked_for(office: Office) -> None:
    """Once it had arrived, once it had not; however the clock was set meanwhile."""
    await office.put(Post("one", office.id("ana"), ONE), Post("two", office.id("bruno"), "x"))
    async with office.database.writing() as session:
        mine = await queue.claim(session, "dead", office.clock.now(), queue.RETRY_CAP, 10)
    arrived = next(one for one in mine if one.key == "one")
    place = await office.delivery._places.prepare(arrived)
    await office.delivery._send(arrived, place)  # type: ignore[arg-type]
    await office.restart()
    await office.delivery.recover()
    assert {one.state for one in (await office.letters()).values()} == {State.UNKNOWN}
    await office.look()
    assert (office.at(), office.at("bruno")) == ([ONE], ["x"])


async def test_sending_again_after_a_failure_and_failing_again(office: Office) -> None:
    office.goes_wrong("error:is_archived", at=1)
    office.goes_wrong("error:is_archived", at=3)
    await office.post(to="#acme")
    await office.resend()
    assert (await office.letter()).state == State.FAILED
    assert len(office.at("olivia")) == 1
    await office.resend()
    assert office.at("#acme") == [ONE]


async def test_a_notice_that_fails_brings_no_other(office: Office) -> None:
    office.goes_wrong("error:is_archived", times=5)
    await office.post()
    assert sorted(one.state for one in (await office.letters()).values()) == [State.FAILED, State.FAILED]
    assert office.at("olivia") == []


@pytest.mark.parametrize(
    ("named", "told"), [((), "olivia"), (("bruno",), "bruno"), (("tomas", "bruno"), "bruno"), (("tomas",), "olivia")]
)
async def test_the_admin_who_hears_of_it_is_one_who_is_there(
    sqlite_url: str, named: tuple[str, ...], told: str
) -> None:
    office = await Office.open(sqlite_url)
    office._settings["admins"] = frozenset(office.id(one) for one in named)
    await office.restart()
    office.goes_wrong("error:is_archived")
    await office.post()
    assert [len(office.at(one)) for one in ("olivia", "bruno")] == [told == "olivia", told == "bruno"]
    await office.close()


async def test_home_is_published_again_only_when_it_changed(office: Office) -> None:
    ana = office.id("ana")
    for blocks, calls in [(DIVIDER, 1), (DIVIDER, 1), ((*DIVIDER, *DIVIDER), 2), (DIVIDER, 3)]:
        await office.put(Home(ana, blocks))
        await office.delivery.drain()
        assert office.calls("views.publish") == calls
    assert (await office.letter(f"home:{ana}")).state == State.SENT


@pytest.mark.parametrize("fault", ["status:500", "drop_after", "html", "ratelimit:1", "error:not_enabled"])
async def test_a_home_that_could_not_be_published_is_published_later(office: Office, fault: str) -> None:
    ana = office.id("ana")
    office.goes_wrong(fault, "views.publish")
    await office.put(Home(ana, DIVIDER))
    await office.delivery.drain()
    assert (await office.letter(f"home:{ana}")).state != State.SENT
    await office.restart()
    await office.wait(60)
    await office.put(Home(ana, DIVIDER))
    await office.delivery.drain()
    assert (await office.letter(f"home:{ana}")).state == State.SENT
    assert office.at("olivia") == []


async def test_somebody_who_left_is_told_nothing(office: Office) -> None:
    tomas = office.id("tomas")
    await office.put(Post("one", tomas, ONE), Home(tomas, DIVIDER))
    await office.delivery.drain()
    assert {one.state for one in (await office.letters()).values()} == {State.CANCELLED}
    assert len(office.box.journal) == 0


async def test_a_letter_that_came_too_late_is_not_sent(office: Office) -> None:
    office.goes_wrong("ratelimit:600")
    await office.post()
    await office.restart()
    await office.wait(25 * HOUR)
    await office.delivery.drain()
    assert ((await office.letter()).state, office.at()) == (State.EXPIRED, [])


async def test_a_storm_of_letters_arrives_in_order_and_the_alarm_first(office: Office) -> None:
    names = ("ana", "bruno", "olivia")
    posts = [Post(f"{name} {number:02}", office.id(name), f"{number:02}") for number in range(30) for name in names]
    await office.put(*posts, Post("alarm", office.id("ana"), "alarm", lane=Lane.ESCALATION))
    await office.delivery.drain()
    assert office.at("ana") == ["alarm", *(f"{number:02}" for number in range(30))]
    assert office.at("bruno") == office.at("olivia") == [f"{number:02}" for number in range(30)]


def test_every_code_is_in_one_class() -> None:
    assert not (REFUSED & STOPS_THE_TEAM)
    assert not (REFUSED | STOPS_THE_TEAM) & LIMITED
    assert all(says_no(code) for code in REFUSED)


@pytest.mark.parametrize(
    "why", ["http 500", "no ts", "sender died", "TimeoutError", "internal_error", "ratelimited", ""]
)
def test_what_is_no_refusal(why: str) -> None:
    assert not says_no(why)
