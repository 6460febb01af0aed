"""Topics for the next 1:1 from anywhere: typed, from a message, a button or another record; edited, removed, ticked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blocks import kit
from blocks import oneonone_points as draw
from blocks.oneonone import ADD
from blocks.oneonone_points import Asked, Coming
from handlers.contract import Call, Desk, FixFields, Handler, Kind, OpenModal, Reply, Route, Say, memo, soon
from handlers.oneonone_outcome import follow_up, outcome_edited
from handlers.oneonone_show import follow
from handlers.oneonone_table import NOT_YOURS, Table, at_point, at_table, next_meeting
from handlers.who import asker
from playbook.health import TALK
from playbook.oneonone_run import DECISION, LONGEST_POINT, LONGEST_QUOTE, MOST_WAITING, TOPIC
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import MENTION, clean, mentioned, plain
from storage import contractor, health, oneonone, people
from storage import oneonone_about as others
from storage import oneonone_points as store
from storage import oneonone_run as meetings
from storage.rhythm_tables import Point

MESSAGE = re.compile(r"([CDG][A-Z0-9]+):(\d{1,12}\.\d{1,8})")
WHERE = "https://slack.com/app_redirect?team={team}&channel={channel}&message_ts={ts}"
WHOSE = phrase("Say whose 1:1: `/1on1 add @person` and the topic.")
WHAT = phrase("Say the topic in the same line, like `1on1 add How do we name our files?`.")
FULL = phrase(
    "{count} things wait for this 1:1 already, which is the most one agenda can hold. Tick or "
    "remove some first: `/1on1 topics` lists them."
)
NOBODY = phrase("A 1:1 is between a contractor and their manager, and I know you as neither. Nothing was added.")
NO_MANAGER = phrase(
    "You have no manager here at the moment, so there is no 1:1 to add to. Please ask an admin to name one."
)


@dataclass(frozen=True)
class Draft:
    """A topic that somebody is about to add."""

    text: str
    part: str = "open_floor"
    link: str = ""


async def typed(call: Call, desk: Desk) -> Reply:
    """Answer `/1on1 add <topic>` and `/1on1 add @person <topic>`."""
    whose = await _whose(call, desk)
    ids = [user_id for _, user_id in whose]
    mark = MENTION.match(call.text.strip())
    leads = mark is not None and mark[1] in ids
    if mark and not leads and call.user_id not in ids:
        raise Sorry(NOT_YOURS)
    words = await _words(call, desk, MENTION.sub("", call.text, count=1) if leads else call.text)
    target = mark[1] if mark and leads else ids[0] if call.user_id in ids or len(ids) == 1 else ""
    if words and target:
        return await _added(call, desk, await at_table(call, desk, target), Draft(words))
    if call.kind is Kind.EVENT:
        return Say(text=WHAT if target else WHOSE)
    return _form(call, desk, Asked(words, whose=() if target else whose), target)


async def _whose(call: Call, desk: Desk) -> Sequence[tuple[str, str]]:
    """Give the 1:1s that somebody has: their own first, then those of the contractors they manage."""
    who = await asker(call, desk)
    led = await contractor.managed_by(desk.team, [call.user_id])
    names = await people.find_all(desk.team, [one.user_id for one in led])
    theirs = [
        (person.name, one.user_id) for one in led if (person := names.get(one.user_id)) and not person.deactivated
    ]
    mine = [(phrase("My own 1:1"), call.user_id)] if who.contractor and who.contractor.manager_id else []
    if not mine and not theirs:
        raise Sorry(NO_MANAGER if who.contractor else NOBODY)
    return [*mine, *sorted(theirs, key=lambda pair: pair[0].casefold())]


async def _words(call: Call, desk: Desk, text: str) -> str:
    """Read a text as its writer meant it, with people by their names."""
    known = await people.find_all(desk.team, call.people)
    return plain(text, {user_id: person.name for user_id, person in known.items()})


def _form(call: Call, desk: Desk, asked: Asked, user_id: str, origin: str = "") -> Reply:
    return OpenModal(view=draw.topic_form(asked, parts(desk), memo(call.channel_id, user_id, origin)))


def parts(desk: Desk) -> Sequence[tuple[str, str]]:
    """Give the parts of a 1:1 to choose from."""
    return [
        (phrase("{part}, {minutes} minutes", part=part.name, minutes=part.minutes), part.key)
        for part in desk.playbook.oneonone.parts
    ]


async def from_message(call: Call, desk: Desk) -> Reply:
    """Open the form with the words of any message."""
    whose = await _whose(call, desk)
    words = kit.clean(await _words(call, desk, call.message_text), LONGEST_QUOTE)
    origin = f"{call.channel_id}:{call.message_ts}"
    if len(whose) == 1:
        return _form(call, desk, Asked(words), whose[0][1], origin)
    author = call.message_user in [user_id for _, user_id in whose]
    return _form(call, desk, Asked(words, whose=whose, chosen=call.message_user if author else ""), "", origin)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form from a button: of a meeting, of a contractor, or of one's own."""
    meeting = await oneonone.find(desk.team, call.value)
    user_id = meeting.user_id if meeting else call.value
    if not user_id:
        whose = await _whose(call, desk)
        fixed = whose[0][1] if len(whose) == 1 else ""
        return _form(call, desk, Asked(whose=() if fixed else whose), fixed)
    table = await at_table(call, desk, user_id)
    return _form(call, desk, Asked(), table.user_id)


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep a topic from its form, new or changed."""
    text, part = clean(call.one("topic")), call.one("part")
    if problem := wrong(text):
        return FixFields({"topic": problem})
    part = part if part in [key for _, key in parts(desk)] else "open_floor"
    if call.memo_record.startswith("point="):
        return await _edited(call, desk, call.memo_record.removeprefix("point="), Draft(text, part))
    try:
        table = await at_table(call, desk, call.memo_record or call.one("whom"))
    except Sorry as sorry:
        if call.memo_record:
            raise
        return FixFields({"whom": str(sorry)})
    if await store.count_waiting(desk.team, table.user_id) >= MOST_WAITING:
        return FixFields({"topic": FULL.format(count=MOST_WAITING)})
    return await _added(call, desk, table, Draft(text, part, _link(desk, call.memo_origin)))


def wrong(text: str) -> str:
    """Say what is wrong with the words of a point, "" if nothing is."""
    if not text:
        return phrase("Please write a few words.")
    return (
        phrase("That is {text} characters; up to {longest_point} fit.", text=len(text), longest_point=LONGEST_POINT)
        if len(text) > LONGEST_POINT
        else ""
    )


def _link(desk: Desk, origin: str) -> str:
    found = MESSAGE.fullmatch(origin)
    return WHERE.format(team=desk.team.team_id, channel=found[1], ts=found[2]) if found else ""


async def _added(call: Call, desk: Desk, table: Table, draft: Draft) -> Reply:
    """Keep a topic and say when it comes up."""
    shown = kit.esc(draft.text)
    if problem := wrong(draft.text):
        raise Sorry(phrase("{problem} Nothing was added; here it is:\n{shown}", problem=problem, shown=shown))
    if await store.count_waiting(desk.team, table.user_id) >= MOST_WAITING:
        raise Sorry(
            phrase(
                "{format} Nothing was added; here it is:\n{shown}", format=FULL.format(count=MOST_WAITING), shown=shown
            )
        )
    runs = await meetings.running(desk.team, table.user_id)
    point = await store.add(
        desk.team,
        table.user_id,
        TOPIC,
        draft.text,
        call.user_id,
        desk.now,
        meeting_id=runs.id if runs else "",
        part=draft.part,
        link=draft.link,
    )
    text, blocks = draw.added(point, await _coming(desk, table, runs=runs is not None))
    return Say(text=text, blocks=blocks).also(*await follow(desk, table.traveller))


async def _coming(desk: Desk, table: Table, *, runs: bool) -> Coming:
    following = None if runs else await next_meeting(desk, table.user_id)
    return Coming(table.user_id, table.leads, runs, following.at if following else None)


async def about(call: Call, desk: Desk) -> Reply:
    """Add what another record is about, in its own words; once."""
    found = await others.about(desk.team, call.value, desk.playbook)
    if found is None:
        await asker(call, desk)
        raise Sorry(NOT_YOURS)
    table = await at_table(call, desk, found.user_id)
    if table.leads and not found.manager_knows:
        raise Sorry(NOT_YOURS)
    await _answered(call, desk)
    if there := await store.with_link(desk.team, table.user_id, call.value):
        return Say(text=phrase("It is on the agenda already: {there}", there=kit.one_line(there.text, draw.ROW)))
    return await _added(call, desk, table, Draft(kit.clean(found.text, LONGEST_POINT), found.part, call.value))


async def _answered(call: Call, desk: Desk) -> None:
    """Take a topic about a question of a health check for the answer to it; its messages follow."""
    kind, _, record_id = call.value.partition(others.SEPARATOR)
    row = await health.find(desk.team, record_id) if kind == "health" else None
    if row is not None:
        health.answer(row, TALK, call.user_id, desk.now)
        await soon(desk, ("health.redraw", row.id))


async def edit(call: Call, desk: Desk) -> Reply:
    """Open the form of a topic, decision or action that was added."""
    table, point = await at_point(call, desk, call.value)
    _theirs(call, point)
    if point.kind != TOPIC:
        return outcome_edited(call, table, point)
    asked = Asked(point.text, point.part, editing=True)
    return OpenModal(view=draw.topic_form(asked, parts(desk), memo(call.channel_id, f"point={point.id}")))


def _theirs(call: Call, point: Point) -> None:
    if point.by != call.user_id:
        raise Sorry(
            phrase("{by} added this, so only they change or remove it. You can tick it.", by=kit.mention(point.by))
        )


async def _edited(call: Call, desk: Desk, point_id: str, draft: Draft) -> Reply:
    table, point = await at_point(call, desk, point_id)
    _theirs(call, point)
    point.text, point.part = draft.text, draft.part
    text, blocks = draw.kept(point, phrase("Changed"))
    return Say(text=text, blocks=blocks).also(*await follow(desk, table.traveller, point.meeting_id))


async def removed(call: Call, desk: Desk) -> Reply:
    """Take a topic, decision or action away, for who added it."""
    table, point = await at_point(call, desk, call.value)
    _theirs(call, point)
    await store.remove(desk.team, point)
    text, blocks = draw.settled(point, phrase("Removed"))
    told = await follow_up(desk, table, point, removed=True)
    return Say(text=text, blocks=blocks).also(*told, *await follow(desk, table.traveller, point.meeting_id))


async def tick(call: Call, desk: Desk) -> Reply:
    """Tick a topic or action, from wherever it is shown."""
    table, point = await at_point(call, desk, call.value)
    if point.kind == DECISION:
        raise Sorry(phrase("A decision stands as it is; there is nothing to tick."))
    if not store.tick(point, call.user_id, desk.now):
        return Say(text=phrase("{done_by} ticked it already. Nothing changed.", done_by=kit.mention(point.done_by)))
    await desk.team.session.flush()
    return await _ticked(desk, table, point)


async def untick(call: Call, desk: Desk) -> Reply:
    """Take a tick back."""
    table, point = await at_point(call, desk, call.value)
    if not store.untick(point):
        return Say(text=phrase("It is not ticked. Nothing changed."))
    await desk.team.session.flush()
    return await _ticked(desk, table, point)


async def _ticked(desk: Desk, table: Table, point: Point) -> Reply:
    told = await follow_up(desk, table, point)
    return Reply().also(*told, *await follow(desk, table.traveller, point.meeting_id))


async def topics(call: Call, desk: Desk) -> Reply:
    """Answer `/1on1 topics`: everything that waits, with what ticks it."""
    table = await asked_of(call, desk)
    whose = phrase("the next 1:1 with {other_id}", other_id=kit.mention(table.other_id))
    text, blocks = draw.topics(await store.waiting(desk.team, table.user_id), whose)
    return Say(text=text, blocks=blocks)


async def asked_of(call: Call, desk: Desk) -> Table:
    """Give whose 1:1 a command is about: who is mentioned, else one's own, else that of the only contractor."""
    if named := mentioned(call.text):
        return await at_table(call, desk, named)
    whose = await _whose(call, desk)
    if len(whose) > 1 and call.user_id != whose[0][1]:
        raise Sorry(phrase("Say whose: name the contractor, like `/1on1 topics @person`."))
    return await at_table(call, desk, whose[0][1])


WORDS: Mapping[str, Handler] = {"add": typed, "topics": topics}
ROUTES: tuple[Route, ...] = (
    Route(Kind.SHORTCUT, draw.ADD_MESSAGE, from_message, opens=True),
    Route(Kind.ACTION, ADD, opened, opens=True),
    Route(Kind.ACTION, draw.ADD_ABOUT, about),
    Route(Kind.FORM, draw.TOPIC_FORM, saved),
    Route(Kind.ACTION, draw.EDIT, edit, opens=True),
    Route(Kind.ACTION, draw.REMOVE, removed),
    Route(Kind.ACTION, draw.TICK, tick),
    Route(Kind.ACTION, draw.UNTICK, untick),
)
