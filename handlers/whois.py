"""`/whois`: whom to ask about what, what words mean, and the shortcut that explains those of a message."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from blocks import kit
from blocks import whois as draw
from blocks.whois import Person as Answering
from handlers import whois_ask, whois_edit, whois_import, whois_topic
from handlers.contract import (
    Call,
    Desk,
    Duty,
    Handler,
    Kind,
    OpenModal,
    ReplaceMessage,
    ReplaceModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
)
from handlers.path import may_about
from handlers.whois_work import Writer, fits, in_modal, plain, said, writer
from playbook.roles import Action
from playbook.tongue import phrase
from playbook.whois import Asked, explain, match, question, read_command
from playbook.words import clean
from storage import people
from storage import whois as store
from storage.path import travellers
from storage.path_tables import Term, Topic

EXPLAINED = "explain"
MOST_NEAR = 3


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/whois` and what follows, also as a message to the bot."""
    asked = read_command(call.text, desk.playbook.whois)
    return await VERBS[asked.verb](call, desk, asked)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open Who's Who and the lexicon from a button."""
    return OpenModal(view=await _browse(call, desk, 0, memo("" if in_modal(call) else call.channel_id)))


async def turned(call: Call, desk: Desk) -> Reply:
    """Turn to another page of Who's Who and the lexicon."""
    page = int(call.value) if call.value.isdecimal() else 0
    return ReplaceModal(view=await _browse(call, desk, page, call.memo))


async def _browse(call: Call, desk: Desk, page: int, where: str) -> kit.View:
    found = await writer(call, desk)
    topics, terms = await store.topics(desk.team), await store.terms(desk.team)
    return draw.browse(topics, terms, await _left(desk, topics), page, where, may_add=found.adds)


async def _left(desk: Desk, topics: Sequence[Topic]) -> frozenset[str]:
    known = await people.find_all(desk.team, {topic.user_id for topic in topics})
    return frozenset(one for one, person in known.items() if person.deactivated)


async def searched(call: Call, desk: Desk) -> Reply:
    """Look up what was typed into the field of the modal."""
    words = question(clean(call.one("query")), desk.playbook.whois) or clean(call.one("query"))
    drawn = await look_up(await writer(call, desk), desk, words)
    return ReplaceModal(view=draw.found(drawn, call.memo))


async def shown(call: Call, desk: Desk) -> Reply:
    """Show what somebody may have meant."""
    drawn = await look_up(await writer(call, desk), desk, clean(call.value))
    return _in_place(call, drawn)


def _in_place(call: Call, drawn: draw.Drawn) -> Reply:
    if in_modal(call):
        return ReplaceModal(view=draw.found(drawn, call.memo))
    return said(drawn) if call.from_home else ReplaceMessage(text=drawn[0], blocks=drawn[1])


async def _open(call: Call, desk: Desk, _: Asked) -> Reply:
    return await opened(call, desk)


async def _help(_: Call, __: Desk, ___: Asked) -> Reply:
    return Say(text=draw.HELP)


async def _find(call: Call, desk: Desk, asked: Asked) -> Reply:
    words = await plain(call, desk, asked.words)
    return said(await look_up(await writer(call, desk), desk, words))


async def look_up(found: Writer, desk: Desk, words: str) -> draw.Drawn:
    """Say whom to ask or what a word means, or that nobody has written it down yet."""
    topics, terms = await store.topics(desk.team), await store.terms(desk.team)
    people_found, near_people = await _people(found, desk, words, topics)
    by_term = {one.term: one for one in terms}
    in_terms = match(words, list(by_term), desk.playbook.whois)
    explained = [by_term[one] for one in in_terms.found if by_term[one].meaning]
    if people_found or explained:
        may_change = all(found.may_change(one) for one in explained)
        return draw.answer(desk.team.team_id, people_found, explained, may_change=may_change)
    near = [*near_people, *(one for one in in_terms.near if by_term[one].meaning)]
    row = await store.term(desk.team, words)
    return draw.unknown(fits(words, desk), near[:MOST_NEAR], row, found.user_id, may_add=found.adds)


async def _people(
    found: Writer, desk: Desk, words: str, topics: Sequence[Topic]
) -> tuple[list[Answering], Sequence[str]]:
    """Find in Who's Who, else on the contractor's own map, who answers to these words."""
    lines = {one.topic: one for one in topics}
    matches, left = match(words, list(lines), desk.playbook.whois), await _left(desk, topics)
    if matches.found:
        chosen = [lines[one] for one in matches.found]
        return [_line(one, left) for one in chosen], ()
    own = await _map(found.user_id, desk)
    return [own[one] for one in match(words, list(own), desk.playbook.whois).found], matches.near


def _line(topic: Topic, left: frozenset[str]) -> Answering:
    here = topic.user_id not in left
    text = f"*{kit.one_line(topic.topic, 80)}*: {kit.mention(topic.user_id)}" + (
        phrase(" (has left)") if not here else ""
    )
    note = f"\n{kit.one_line(topic.note, 200)}" if topic.note else ""
    return Answering(topic.user_id, f"{text}{note}", here)


async def _map(user_id: str, desk: Desk) -> Mapping[str, Answering]:
    """Give who is on a contractor's map, by the words they are found by; nobody for others."""
    traveller = (await travellers(desk.team, [user_id], paused=True)).get(user_id)
    roles = [one for one in desk.playbook.packet.map if traveller and traveller.id_of(one.role)]
    return {
        f"{one.title} {one.ask}": Answering(
            traveller.id_of(one.role),
            phrase(
                "*{title}*: {role} for {ask}",
                title=kit.esc(one.title),
                role=kit.mention(traveller.id_of(one.role)),
                ask=kit.esc(one.ask),
            ),
        )
        for one in roles
        if traveller
    }


async def _person(call: Call, desk: Desk, asked: Asked) -> Reply:
    """Say what somebody is asked about, and who they are to the one who asks."""
    found = await writer(call, desk)
    person, place = await people.actor(desk.team, asked.words)
    if person is None:
        return Say(text=phrase("I can't find this person in this workspace."))
    topics = [one for one in await store.topics(desk.team) if one.user_id == person.user_id]
    lines = [_line(one, frozenset()).line for one in topics]
    lines += [one.line for one in (await _map(found.user_id, desk)).values() if one.user_id == person.user_id]
    if place is not None and await may_about(desk, Action.PACKET_READ, found.who.person, place):
        manager = kit.mention(place.manager_id)
        lines.append(
            phrase(
                "{role} · {project} · manager {manager}",
                role=kit.one_line(place.role, 80),
                project=kit.one_line(place.project, 80),
                manager=manager,
            )
        )
    name = f"{kit.mention(person.user_id)}{(phrase(' (has left)') if person.deactivated else '')}"
    if not lines:
        return Say(
            text=phrase(
                "Nothing is written down about {name} that I could show you. `/whois` lists who knows what.", name=name
            )
        )
    text = "\n".join([f"*{name}*", *(f"• {line}" for line in lines)])
    beside = None if person.deactivated or person.is_bot else draw.write_to(desk.team.team_id, person.user_id)
    return Say(text=text, blocks=[kit.section(kit.clean(text), beside)])


async def explained(call: Call, desk: Desk) -> Reply:
    """Explain the terms and acronyms of a message to the one who asked, and to nobody else."""
    await writer(call, desk)
    text = await plain(call, desk, call.message_text)
    known = [one for one in await store.terms(desk.team) if one.meaning]
    found = explain(text, [one.term for one in known], desk.playbook.whois)
    where = memo("", "\n".join([EXPLAINED, *found.known, *found.unknown]))
    return OpenModal(view=await _explanation(call, desk, [*found.known, *found.unknown], where))


async def _explanation(call: Call, desk: Desk, words: Sequence[str], where: str) -> kit.View:
    rows: dict[str, Term | None] = {one: await store.term(desk.team, one) for one in words}
    known = [row for row in rows.values() if row is not None and row.meaning]
    waiting = {one: row for one, row in rows.items() if row is not None and not row.meaning}
    unknown = [one for one, row in rows.items() if row is None or not row.meaning]
    return draw.explained(known, unknown, waiting, call.user_id, where)


async def asked_for(call: Call, desk: Desk) -> Reply:
    """Ask for the meaning of a term, and show that in the place where it was asked."""
    drawn, letters = await whois_ask.ask(call, desk)
    kind, *words = call.memo_record.split("\n")
    if in_modal(call) and kind == EXPLAINED:
        await desk.team.session.flush()
        limit = desk.playbook.whois.limits.explained
        return ReplaceModal(view=await _explanation(call, desk, words[:limit], call.memo)).also(*letters)
    return _in_place(call, drawn).also(*letters)


async def written_to(_: Call, __: Desk) -> Reply:
    """Do nothing more: the button itself opens the conversation."""
    return Reply()


VERBS: Mapping[str, Callable[[Call, Desk, Asked], Awaitable[Reply]]] = {
    "open": _open,
    "list": _open,
    "help": _help,
    "find": _find,
    "person": _person,
    "add": whois_edit.add,
    "edit": whois_edit.edit,
    "remove": whois_edit.remove_one,
    "import": whois_import.explained,
}
typed: Handler = command
ROUTES: tuple[Route, ...] = (
    Route(Kind.COMMAND, "/whois", command, opens=True),
    Route(Kind.SHORTCUT, draw.EXPLAIN, explained, opens=True),
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.BACK, turned),
    Route(Kind.ACTION, draw.NEXT, turned),
    Route(Kind.ACTION, draw.FIND, shown),
    Route(Kind.ACTION, draw.ASK, asked_for),
    Route(Kind.ACTION, draw.WRITE, written_to),
    Route(Kind.FORM, draw.SEARCH_FORM, searched),
    *whois_ask.ROUTES,
    *whois_edit.ROUTES,
    *whois_topic.ROUTES,
    *whois_import.ROUTES,
)
SAMPLES: tuple[Sample, ...] = whois_ask.SAMPLES
SHEETS = whois_import.SHEETS
DUTIES: tuple[Duty, ...] = ()
