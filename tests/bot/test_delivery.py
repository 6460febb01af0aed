"""What becomes of letters when Slack is well, slow, broken or unwilling: the state they end in, and what people see."""

import pytest

from bot.outcome import LIMITED, REFUSED, STOPS_THE_TEAM, says_no
from storage.outbox import Home, Lane, Post, State
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


async def test_a_letter_that_was_tried_in_vain_until_too_late_is_told_to_an_admin(office: Office) -> None:
    office.goes_wrong("ratelimit:600")
    await office.post()
    await office.restart()
    await office.wait(25 * HOUR)
    await office.delivery.drain()
    assert ((await office.letter()).state, office.at()) == (State.FAILED, [])
    assert len(office.at("olivia")) == 1


async def test_a_letter_that_nobody_could_try_in_time_is_let_go(office: Office) -> None:
    await office.put(Post("one", office.id("ana"), "x"))
    await office.wait(25 * HOUR)
    await office.delivery.drain()
    assert ((await office.letter()).state, office.at(), office.at("olivia")) == (State.EXPIRED, [], [])


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
