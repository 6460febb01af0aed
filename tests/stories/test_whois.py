"""Who's Who and the lexicon, told from the front door: looking up, asking, answering, writing down, explaining."""

import pytest
from sqlmodel import col

from handlers.contract import Call, Kind
from handlers.whois_ask import answer, pass_on
from handlers.whois_edit import terms
from playbook.sorry import Sorry
from storage import whois
from storage.tables import Person
from tests.world import World, actions, words

DM = "@app"


async def write(world: World, *pairs: tuple[str, str], by: str = "bruno") -> None:
    """Write terms down."""
    for term, meaning in pairs:
        await world.types(by, f"/whois add {term} = {meaning}")


async def name(world: World, topic: str, handle: str, note: str = "") -> None:
    """Put a line into Who's Who."""
    async with world.bot.database.team(world.bot.team_id) as team:
        await whois.keep_topic(team, topic, world.id(handle), note, world.id("olivia"), world.clock.now())


async def leaves(world: World, handle: str) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        who = team.update(Person).where(col(Person.user_id) == world.id(handle))
        await team.change(who.values(deactivated=True))


async def front(world: World, who: str) -> str:
    modal = await world.modal(who)
    assert modal is not None
    return words(modal)


# Looking up -------------------------------------------------------------------------------------


async def test_whom_to_ask_about_the_budget(world: World) -> None:
    await name(world, "Budget", "olivia", "and invoices")
    for text in ("/whois budget", "/whois BUDGET", "/whois who handles the budget?"):
        await world.types("ana", text)
        said = await world.last("ana")
        assert f"*Budget*: <@{world.id('olivia')}>" in said
        assert "and invoices" in said
        message = (await world.sees("ana"))[-1]
        assert f"slack://user?team={world.bot.team_id}&id={world.id('olivia')}" in str(message)
    assert "Budget" not in await world.last("bruno")
    await world.press("ana", "whois.write", "#acme")
    assert await world.modal("ana") is None


async def test_the_contractors_own_map_answers_where_whos_who_is_silent(world: World) -> None:
    await world.types("ana", "/whois budget")
    assert f"*Project Owner*: <@{world.id('priya')}>" in await world.last("ana")
    await world.types("ana", "/whois buddy")
    assert f"*Shadow Buddy*: <@{world.id('lena')}>" in await world.last("ana")


async def test_what_a_term_means_and_who_wrote_it(world: World) -> None:
    await write(world, ("OKR", "objectives & key results"))
    for text in ("/whois OKR", "/whois okr", "/whois okrs", "/whois what does OKR mean?"):
        await world.types("ana", text)
        said = await world.last("ana")
        assert "*OKR*: objectives &amp; key results" in said
        assert f"Written by <@{world.id('bruno')}>" in said


async def test_nobody_else_sees_the_answer(world: World) -> None:
    await write(world, ("OKR", "goals"))
    await world.types("ana", "/whois OKR")
    assert "goals" not in await world.last("lena")


@pytest.mark.parametrize("text", ["whois OKR", "what is OKR?", "what does OKR mean", "/circle whois OKR"])
async def test_a_guest_of_one_channel_and_everybody_else_ask_in_their_own_words(world: World, text: str) -> None:
    await write(world, ("OKR", "goals"))
    who = "ana" if text.startswith("/") else "jun"
    await world.types(who, text, "#acme" if text.startswith("/") else DM)
    assert "*OKR*: goals" in await world.last(who, "#acme" if text.startswith("/") else DM)


async def test_near_words_are_offered(world: World) -> None:
    await write(world, ("roadmap", "what comes when"))
    await world.types("ana", "/whois rodmap")
    assert "Did you mean *roadmap*?" in await world.last("ana")
    await world.press("ana", "whois.find", "#acme")
    assert "*roadmap*: what comes when" in await world.last("ana")


async def test_browsing_and_searching_in_the_modal(world: World) -> None:
    await name(world, "Budget", "olivia")
    await write(world, ("OKR", "goals"))
    await world.types("noor", "/whois", "#general")
    shown = await front(world, "noor")
    assert "*Budget*" in shown
    assert "*OKR*: goals" in shown
    await world.submit("noor", query="okr")
    assert "*OKR*: goals" in await front(world, "noor")
    await world.press("noor", "whois.next")
    await world.submit("noor", query="zebra")
    assert "Nobody has written that down yet" in await front(world, "noor")
    await world.press("noor", "whois.ask")
    assert "I asked" in await front(world, "noor")


async def test_two_hundred_terms_are_turned_over_page_by_page(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        for number in range(200):
            words_of = f"T{number:03} <!channel> {'&' * 80}"[:80]
            await whois.keep_term(team, words_of, "<!here> " * 60, "U1", world.clock.now())
    await world.types("ana", "/whois list")
    assert "page 1 of 8" in await front(world, "ana")
    for _ in range(7):
        await world.press("ana", "whois.next")
    shown = await front(world, "ana")
    assert "T199" in shown
    assert "<!" not in shown
    assert "whois.next" not in actions(await world.modal("ana") or {})
    await world.press("ana", "whois.back")
    assert "page 7 of 8" in await front(world, "ana")


async def test_who_somebody_is_to_those_who_may_know(world: World) -> None:
    await name(world, "Invoices", "lena")
    await world.types("ana", "/whois @lena")
    said = await world.last("ana")
    assert "*Invoices*" in said
    assert "*Shadow Buddy*" in said
    await world.types("lena", "/whois @ana")
    assert f"Product designer · acme · manager <@{world.id('bruno')}>" in await world.last("lena")
    await world.types("noor", "/whois @ana", "#general")
    assert "Nothing is written down about" in await world.last("noor", "#general")


async def test_who_has_left_is_said_to_have_left(world: World) -> None:
    await name(world, "Budget", "lena")
    await leaves(world, "lena")
    await world.types("ana", "/whois budget")
    assert "(has left)" in await world.last("ana")
    assert "slack://" not in str((await world.sees("ana"))[-1])


# Asking and answering ---------------------------------------------------------------------------


async def test_an_unknown_term_goes_to_the_buddy_and_the_answer_comes_back(world: World) -> None:
    await world.types("ana", "/whois OKR")
    assert "Nobody has written that down yet" in await world.last("ana")
    await world.press("ana", "whois.ask", "#acme")
    assert f"I asked <@{world.id('lena')}>" in await world.last("ana")
    assert f"<@{world.id('ana')}> asks what *OKR* means" in await world.last("lena", DM)
    await world.types("jun", "whois OKR", DM)
    assert "Somebody asked for *OKR* already" in await world.last("jun", DM)
    await world.press("jun", "whois.ask", DM)
    cards = [one for one in await world.reads("lena") if "OKR" in one]
    assert len(cards) == 1
    assert "1 other person ask" in cards[0]
    await world.press("lena", "whois.answer", DM)
    await world.submit("lena", meaning="Objectives and <key> results")
    for who in ("ana", "jun"):
        await world.wakes(who)
        assert "*OKR*: Objectives and &lt;key&gt; results" in await world.last(who, DM)
    cards = [one for one in await world.reads("lena") if "OKR" in one and "Thank you." in one]
    assert any("whois.answer" not in actions(one) for one in await world.sees("lena", DM))
    assert f"<@{world.id('lena')}> explained *OKR*" in cards[0]
    await world.types("noor", "/whois okr", "#general")
    assert "*OKR*: Objectives and &lt;key&gt; results" in await world.last("noor", "#general")


async def test_asking_twice_does_not_ask_twice(world: World) -> None:
    for _ in range(2):
        await world.types("ana", "/whois OKR")
        if "whois.ask" in actions((await world.sees("ana"))[-1]):
            await world.press("ana", "whois.ask", "#acme")
    assert "You will be told" in await world.last("ana")
    assert len([one for one in await world.reads("lena") if "OKR" in one]) == 1


async def test_a_buddy_who_left_is_not_asked(world: World) -> None:
    await leaves(world, "lena")
    await world.types("ana", "/whois OKR")
    await world.press("ana", "whois.ask", "#acme")
    assert "asks what *OKR* means" in await world.last("bruno", DM)


async def test_a_buddy_who_leaves_with_the_question_passes_it_on_to_the_manager(world: World) -> None:
    await world.types("ana", "/whois OKR")
    await world.press("ana", "whois.ask", "#acme")
    await leaves(world, "lena")
    await world.types("jun", "whois OKR", DM)
    await world.press("jun", "whois.ask", DM)
    assert "*OKR* means" in await world.last("bruno", DM)


async def test_others_ask_an_admin_or_whoever_has_the_topic(world: World) -> None:
    await world.types("noor", "/whois OKR", "#general")
    await world.press("noor", "whois.ask", "#general")
    await world.wakes("olivia")
    assert f"<@{world.id('noor')}> asks what *OKR* means" in await world.last("olivia", DM)
    await name(world, "Expense policy and forms", "priya")
    await world.types("noor", "/whois expense form", "#general")
    await world.press("noor", "whois.ask", "#general")
    assert "*expense form*" in await world.last("olivia", DM)


async def test_the_only_admin_cannot_ask_themselves(world: World) -> None:
    await world.types("olivia", "/whois OKR")
    await world.press("olivia", "whois.ask", "#acme")
    assert "nobody here I could ask but you" in await world.last("olivia")


async def test_passing_it_on(world: World) -> None:
    await world.types("ana", "/whois OKR")
    await world.press("ana", "whois.ask", "#acme")
    await world.press("lena", "whois.hand_on", DM)
    answer = await world.submit("lena", person=world.id("builds"))
    assert "works here" in answer["errors"]["person"]
    await world.submit("lena", person=world.id("noor"))
    assert any(f"passed on to <@{world.id('noor')}>" in one for one in await world.reads("lena"))
    assert f"<@{world.id('ana')}> asks what *OKR* means" in await world.last("noor", DM)
    await world.press("noor", "whois.answer", DM)
    await world.submit("noor", meaning="goals")
    assert "*OKR*: goals" in await world.last("ana", DM)


async def test_a_question_that_was_answered_meanwhile(world: World) -> None:
    await world.types("ana", "/whois OKR")
    await world.press("ana", "whois.ask", "#acme")
    await world.press("lena", "whois.answer", DM)
    await write(world, ("OKR", "goals"))
    assert "*OKR*: goals" in await world.last("ana", DM)
    await world.submit("lena", meaning="something else")
    assert "answered this meanwhile" in await front(world, "lena")
    await world.types("ana", "/whois OKR")
    assert "*OKR*: goals" in await world.last("ana")


async def test_a_term_that_is_taken_out_is_told_to_who_waits(world: World) -> None:
    await world.types("ana", "/whois OKR")
    await world.press("ana", "whois.ask", "#acme")
    await world.types("bruno", "/whois remove okr")
    assert "before anybody explained it" in await world.last("ana", DM)
    assert "nothing to answer any more" in await world.last("lena", DM)


# Writing down -----------------------------------------------------------------------------------


async def test_terms_are_written_changed_and_removed(world: World) -> None:
    await write(world, ("OKR", "goals"))
    assert "Written down. *OKR*: goals" in await world.last("bruno")
    await write(world, ("okr", "objectives"))
    assert "is there already" in await front(world, "bruno")
    await world.submit("bruno")
    await world.types("ana", "/whois OKR")
    assert "*OKR*: objectives" in await world.last("ana")
    await world.types("bruno", "/whois edit OKR")
    await world.submit("bruno", meaning="objectives and key results")
    await world.types("bruno", "/whois remove okr")
    assert "Removed. It was *OKR*: objectives and key results" in await world.last("bruno")
    await world.types("bruno", "/whois edit OKR")
    assert "no such term" in await world.last("bruno")


async def test_a_contractor_writes_new_terms_and_changes_only_their_own(world: World) -> None:
    await write(world, ("OKR", "goals"))
    await write(world, ("ETA", "when"), by="ana")
    assert "Written down. *ETA*: when" in await world.last("ana")
    await world.types("ana", "/whois remove OKR")
    assert "Managers of contractors and admins" in await world.last("ana")
    await world.types("ana", "/whois add OKR = mine")
    assert await world.modal("ana") is None
    await world.types("ana", "/whois remove ETA")
    assert "Removed" in await world.last("ana")


async def test_a_stranger_writes_nothing(world: World) -> None:
    await world.types("noor", "/whois add OKR = goals", "#general")
    assert "write the lexicon" in await world.last("noor", "#general")
    await world.types("noor", "/whois", "#general")
    assert "whois.add" not in actions(await world.modal("noor") or {})


async def test_what_was_typed_without_a_meaning_is_in_the_form(world: World) -> None:
    await world.types("bruno", "/whois add R&D")
    await world.submit("bruno", meaning="Research & development")
    await world.types("ana", "/whois R&D")
    assert "*R&amp;D*: Research &amp; development" in await world.last("ana")


async def test_a_meaning_that_is_too_long_stays_in_the_form(world: World) -> None:
    await write(world, ("OKR", "x" * 501))
    assert "x" * 400 in str(await world.modal("bruno"))


async def test_two_who_explain_the_same_term(world: World) -> None:
    await write(world, ("OKR", "goals"))
    for who in ("bruno", "olivia"):
        await world.types(who, "/whois edit OKR")
    await world.submit("olivia", meaning="Olivia's words")
    await world.submit("bruno", meaning="Bruno's words")
    shown = await front(world, "bruno")
    assert f"<@{world.id('olivia')}> changed this while you were writing" in shown
    assert "Olivia's words" in shown
    assert "Bruno's words" in shown
    await world.submit("bruno")
    await world.types("ana", "/whois OKR")
    assert "*OKR*: Bruno's words" in await world.last("ana")


async def test_a_term_cannot_call_anybody(world: World) -> None:
    await world.types("bruno", "/whois add")
    await world.submit("bruno", term="<!channel>", meaning="<!here> is *loud*")
    await world.types("ana", "/whois list")
    shown = await front(world, "ana")
    assert "<!" not in shown
    assert "&lt;!channel&gt;" in shown


async def test_help_says_what_it_knows(world: World) -> None:
    await world.types("ana", "/whois help")
    assert "/whois add OKR" in await world.last("ana")


async def test_words_that_are_too_long_to_be_a_term(world: World) -> None:
    await world.types("ana", f"/whois {'why ' * 40}")
    assert "between 1 and 80 characters" in await world.last("ana")


# Explaining a message ---------------------------------------------------------------------------


async def test_the_acronyms_of_a_message_are_explained_to_the_one_who_asked(world: World) -> None:
    await write(world, ("OKR", "goals"), ("roadmap", "what comes when"))
    sent = await world.types("lena", "Please add the OKRs to the Roadmap before the QBR, <!here> OK?")
    before = len(await world.sees("ana"))
    await world.shortcut("ana", "whois.explain", "#acme", sent["ts"])
    shown = await front(world, "ana")
    assert "*OKR*: goals" in shown
    assert "*roadmap*: what comes when" in shown
    assert "*QBR*: nobody has written that down yet" in shown
    assert "*OK*" not in shown
    assert len(await world.sees("ana")) == before
    await world.press("ana", "whois.ask")
    assert "*QBR*: asked for." in await front(world, "ana")
    assert "asks what *QBR* means" in await world.last("lena", DM)


async def test_a_message_without_any(world: World) -> None:
    sent = await world.types("lena", "see you tomorrow")
    await world.shortcut("ana", "whois.explain", "#acme", sent["ts"])
    assert "none that looks like an acronym" in await front(world, "ana")


async def test_a_stranger_has_a_message_explained_as_well(world: World) -> None:
    sent = await world.types("bruno", "the QBR is on Friday", "#general")
    await world.shortcut("noor", "whois.explain", "#general", sent["ts"])
    await world.press("noor", "whois.ask")
    await world.wakes("olivia")
    assert "asks what *QBR* means" in await world.last("olivia", DM)


async def test_a_question_nobody_may_answer_but_who_has_it(world: World) -> None:
    await world.types("ana", "/whois OKR")
    await world.press("ana", "whois.ask", "#acme")
    await world.bot.directory.meet(world.bot.team_id, [world.id("noor")])
    async with world.bot.database.team(world.bot.team_id) as team:
        desk = world.bot.workshop.desk(team)
        for kind, handler in ((Kind.ACTION, answer), (Kind.ACTION, pass_on)):
            with pytest.raises(Sorry, match="Managers of contractors"):
                await handler(Call(kind, "x", team.team_id, world.id("noor"), value="okr"), desk)
        with pytest.raises(Sorry, match="Managers of contractors"):
            await terms(Call(Kind.ACTION, "x", team.team_id, world.id("ana"), value="0"), desk)
