"""What a contractor or their manager answers to a question of a health check; both see it where they were asked."""

from collections.abc import Sequence

from blocks import health as draw
from blocks.kit import View
from handlers.contract import Call, Desk, Due, FixFields, Letters, OpenModal, PushModal, ReplaceModal, Reply, memo, soon
from handlers.health_facts import cases
from handlers.health_look import NOT_YOURS, case_of, lines_of, view
from handlers.path import may_about
from handlers.who import asker
from playbook.days import DAY
from playbook.health import FINE, GRANTED, HELP
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor, people
from storage import health as store
from storage.health import TOLD
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.trust_tables import HealthCheck

NOBODY = phrase(
    "Nobody is there for operations yet. Choose somebody with `/contractor edit`, or open the access yourself."
)
REDRAW = "health.redraw"
RAN = "health.ran:"
LONG = 40 * DAY


async def _asked(call: Call, desk: Desk, check_id: str) -> HealthCheck:
    """Give a question to whoever may answer it: the contractor, and their manager once they may see it."""
    who, row = await asker(call, desk), await store.find(desk.team, check_id)
    place = await contractor.find(desk.team, row.user_id) if row else None
    if row is None or place is None or not await may_about(desk, Action.HEALTH_ANSWER, who.person, place):
        raise Sorry(NOT_YOURS)
    if call.user_id != row.user_id and row.manager_at is None:
        raise Sorry(NOT_YOURS)
    return row


async def all_good(call: Call, desk: Desk) -> Reply:
    """Take "all good" for an answer: the same is not asked again for a week."""
    row = await _asked(call, desk, call.value)
    store.answer(row, FINE, call.user_id, desk.now)
    return await _seen_by_both(call, desk, row)


async def help_me(call: Call, desk: Desk) -> Reply:
    """Ask the contractor what would help."""
    row = await _own(call, desk, call.value)
    label = draw.why(row, phrase("You"), desk.playbook.health)
    return _over(call, draw.help_form(label, memo(call.channel_id, row.id)))


async def helped(call: Call, desk: Desk) -> Reply:
    """Keep what would help."""
    row = await _own(call, desk, call.memo_record)
    store.answer(row, HELP, call.user_id, desk.now, call.one("words"))
    return Reply(posts=await redrawn(desk, row))


async def _own(call: Call, desk: Desk, check_id: str) -> HealthCheck:
    row = await _asked(call, desk, check_id)
    if row.user_id != call.user_id:
        raise Sorry(phrase("This answer is the contractor's own. Yours are beside it."))
    return row


async def grant(call: Call, desk: Desk) -> Reply:
    """Ask the manager which access it is about."""
    row, one, operations = await _granting(call, desk, call.value)
    words = row.words or str(row.facts.get("topic") or "")
    return _over(call, draw.grant_form(one.user_id, operations, words, memo(call.channel_id, row.id)))


def _over(call: Call, view: View) -> Reply:
    """Open a form, over the page if somebody is on it."""
    return PushModal(view=view) if call.view_id and not call.from_home else OpenModal(view=view)


async def granted(call: Call, desk: Desk) -> Reply:
    """Ask operations to open it, and let both see that they were asked."""
    row, _, operations = await _granting(call, desk, call.memo_record)
    words = call.one("words")
    if not words:
        return FixFields({"words": phrase("Say in a few words which access it is, so that operations can open it.")})
    store.answer(row, GRANTED, call.user_id, desk.now, words)
    drawn = draw.please_open(row, call.user_id, words)
    key = f"health.grant:{row.id}:{desk.now:%Y%m%dT%H%M%S}"
    return Reply(posts=(*await redrawn(desk, row), Post(key, operations, *drawn, Lane.AGENDA, about=key)))


async def _granting(call: Call, desk: Desk, check_id: str) -> tuple[HealthCheck, Traveller, str]:
    row = await _asked(call, desk, check_id)
    if row.user_id == call.user_id:
        raise Sorry(phrase("Your manager can do this. You can say what would help, and they read it."))
    one = (await travellers(desk.team, [row.user_id], paused=True)).get(row.user_id)
    operations = one.id_of("operations") if one else ""
    if one is None or not operations:
        raise Sorry(NOBODY)
    return row, one, operations


async def _seen_by_both(call: Call, desk: Desk, row: HealthCheck) -> Reply:
    """Show the answer in every message, and on the page if somebody is on it."""
    letters = await redrawn(desk, row)
    if not call.view_id or call.from_home:
        return Reply(posts=letters)
    leads = call.user_id != row.user_id
    case = await case_of(call, desk, Action.HEALTH_ANSWER, row.user_id)
    return ReplaceModal(view=await view(desk, case, leads=leads)).also(*letters)


async def redrawn(desk: Desk, row: HealthCheck) -> tuple[Letters, ...]:
    """Draw the contractor's message anew, and that of their manager, if they still are."""
    await desk.team.session.flush()
    await soon(desk, ("home.redraw", row.user_id))
    place, first = await contractor.find(desk.team, row.user_id), (desk.now - LONG).date()
    book, letters = desk.playbook.health, list[Letters]()
    for key in store.letters_of(row):
        letters.append(Redraw(key, *await _own_letter(desk, row, key)))
    if place is not None:
        await soon(desk, ("home.redraw", place.manager_id))
    if place is not None and (told := row.facts.get(TOLD, "")):
        rows = await store.told_by(desk.team, place.manager_id, told, first)
        names = await people.find_all(desk.team, {each.user_id for each in rows})
        known = {one: person.name for one, person in names.items()}
        letters += [Redraw(told, *draw.for_manager(rows, known, book))] if told_to(told, place.manager_id) else []
    return tuple(letters)


async def redraw(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring the messages about questions up to date that were answered elsewhere, such as by a topic of the 1:1."""
    rows = [await store.find(desk.team, one.subject) for one in due]
    return [letter for row in rows if row is not None for letter in await redrawn(desk, row)]


async def _own_letter(desk: Desk, row: HealthCheck, key: str) -> draw.Drawn:
    if key.startswith(RAN):
        case = (await cases(desk, [row.user_id], week=True)).get(row.user_id)
        lines = lines_of(desk, case) if case else [draw.Line("", "", row)]
        return draw.ran(key.split(":")[2], lines, desk.playbook.health)
    first = (desk.now - LONG).date()
    mine = [one for one in await store.since(desk.team, row.user_id, first) if key in store.letters_of(one)]
    return draw.question(mine, desk.playbook.health)


def told_to(key: str, manager_id: str) -> bool:
    """Tell whether a manager's letter was to this manager."""
    return f":{manager_id}:" in key
