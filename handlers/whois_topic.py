"""Writing Who's Who: the list of the packet's editor, and the form with a preview."""

from collections.abc import Sequence
from dataclasses import replace

from blocks import kit
from blocks import whois_edit as forms
from blocks.packet import Spot, changed_meanwhile, fingerprint
from blocks.packet_page import topic_line
from handlers.contract import Call, Desk, FixFields, Kind, ReplaceModal, Reply, Route, memo
from handlers.whois_work import LIST, changer, contents_for, list_memo, page_of, preview
from playbook.packet import MAP
from playbook.tongue import phrase
from playbook.whois import key_of
from playbook.words import clean
from storage import people
from storage import whois as store
from storage.path_tables import Topic


async def topics(call: Call, desk: Desk) -> Reply:
    """Show Who's Who with what can be changed."""
    await changer(call, desk)
    return ReplaceModal(view=await _topics(call, desk, page_of(call)))


async def _topics(call: Call, desk: Desk, page: int = 0) -> kit.View:
    await desk.team.session.flush()
    rows = await store.topics(desk.team)
    return forms.topics(rows, await _left(desk, rows), page, list_memo(call))


async def _left(desk: Desk, rows: Sequence[Topic]) -> frozenset[str]:
    known = await people.find_all(desk.team, {one.user_id for one in rows})
    return frozenset(one for one, person in known.items() if person.deactivated)


async def topic(call: Call, desk: Desk) -> Reply:
    """Show the form of a line of Who's Who in the place of the list."""
    await changer(call, desk)
    row = await store.topic(desk.team, call.value) if call.value else None
    key, shown = (row.key, (row.topic, row.user_id, row.note)) if row else ("", ("", "", ""))
    spot = Spot(LIST, Spot.read(call.memo_record).user_id, fingerprint(*shown) if row else "", key)
    return ReplaceModal(view=forms.topic_form(*shown, "", memo(call.memo_channel, spot.record), key))


async def topic_saved(call: Call, desk: Desk) -> Reply:
    """Keep whom to ask about something, unless somebody else changed it meanwhile."""
    await changer(call, desk)
    spot, words = Spot.read(call.memo_record), " ".join(clean(call.one("topic")).split())
    note, who = " ".join(clean(call.one("words")).split()), call.one("person")
    row, taken = await store.topic(desk.team, spot.key), await store.topic(desk.team, words)
    if errors := await _unfit(desk, words, who, taken if taken and taken.key != spot.key else None):
        return FixFields(errors=errors)
    if row is not None and fingerprint(row.topic, row.user_id, row.note) != spot.seen:
        now = f"*{kit.one_line(row.topic, 80)}*: {kit.mention(row.user_id)} {kit.one_line(row.note, 200)}"
        said = changed_meanwhile(row.changed_by, row.changed_at, now)
        again = replace(spot, seen=fingerprint(row.topic, row.user_id, row.note))
        where = memo(call.memo_channel, again.record)
        return ReplaceModal(view=forms.topic_form(words, who, note, said, where, row.key))
    if row is not None and row.key != key_of(words):
        await store.remove_topic(desk.team, row.key)
    await store.keep_topic(desk.team, words, who, note, call.user_id, desk.now)
    return ReplaceModal(view=await _topics(call, desk))


async def _unfit(desk: Desk, words: str, user_id: str, taken: Topic | None) -> dict[str, str]:
    person = await people.find(desk.team, user_id) if user_id else None
    most = desk.playbook.whois.limits.topic
    checks = {
        "topic": phrase("Please write between 1 and {most} characters.", most=most)
        if not 0 < len(words) <= most
        else "",
        "person": ""
        if person and not person.is_bot and not person.deactivated
        else phrase("Please choose somebody who works here."),
    }
    if taken is not None:
        checks["topic"] = phrase("That line is there already. Close this and edit it in the list.")
    return {name: sentence for name, sentence in checks.items() if sentence}


async def topic_removed(call: Call, desk: Desk) -> Reply:
    """Take a line out of Who's Who."""
    await changer(call, desk)
    await store.remove_topic(desk.team, call.value)
    return ReplaceModal(view=await _topics(call, desk))


async def topic_preview(call: Call, desk: Desk) -> Reply:
    """Show the map with what was typed, before it is saved."""
    await changer(call, desk)
    spot, words = Spot.read(call.memo_record), clean(call.one("topic")) or "–"
    contents = await contents_for(desk, spot)
    fresh = Topic(
        team_id=desk.team.team_id, key=key_of(words), topic=words, user_id=call.one("person"),
        note=clean(call.one("words")), changed_by=call.user_id, changed_at=desk.now,
    )  # fmt: skip
    rest = [one for one in contents.topics if one.key not in {spot.key, fresh.key}]
    shown = sorted([*rest, fresh], key=lambda one: one.key)
    return preview(desk, MAP, replace(contents, topics=shown), topic_line(fresh))


ROUTES: tuple[Route, ...] = (
    *(Route(Kind.ACTION, name, topics) for name in (forms.TOPICS, forms.TOPICS_BACK, forms.TOPICS_NEXT)),
    *(Route(Kind.ACTION, name, topic) for name in (forms.TOPIC, forms.TOPIC_NEW)),
    Route(Kind.ACTION, forms.TOPIC_REMOVE, topic_removed),
    Route(Kind.ACTION, forms.TOPIC_PREVIEW, topic_preview, opens=True),
    Route(Kind.FORM, forms.TOPIC_FORM, topic_saved),
)
