"""Test messages: everything the path would send, drawn for a contractor or an example, to the admin who asks."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from blocks import workspace as office_draw
from blocks import workspace_samples as draw
from blocks.kit import channel, mention
from handlers.contract import Call, Desk, Due, FixFields, Handler, Kind, OpenModal, Reply, Route, Sample, Say
from handlers.workspace_form import admin
from playbook.days import local_day, write_weekdays
from playbook.tongue import phrase
from storage import contractor, workspace
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers
from storage.tables import Contractor, Person

NOBODY = phrase("They are not on the path. Choose a contractor, or leave it empty for an example.")
NOTHING = phrase("No message of that kind would be sent. Choose another part, or everything.")
EXAMPLE_STARTS_IN = timedelta(days=7)


async def opened(call: Call, desk: Desk) -> Reply:
    """Ask for whom, and which."""
    await admin(call, desk)
    if call.kind is Kind.EVENT:
        text, blocks = office_draw.needs_a_button(phrase("Test messages"), office_draw.SAMPLES_OPEN)
        return Say(text=text, blocks=blocks)
    return OpenModal(view=draw.form(await workspace.templates(desk.team)))


def sent(samples: Sequence[Sample]) -> Handler:
    """Give the handler of the form, over the messages of every noun."""

    async def send(call: Call, desk: Desk) -> Reply:
        """Draw the messages that were asked for, and send them to who asked."""
        who = await admin(call, desk)
        chosen, part = call.one("sample_of"), call.one("part")
        if chosen and await contractor.find(desk.team, chosen) is None:
            return FixFields({"sample_of": NOBODY})
        wanted = [one for one in samples if part in {"", draw.ALL, one.to}]
        async with _somebody(desk, who.person, chosen, call.one("template")) as traveller:
            drawn = [await _drawn(desk, one, traveller) for one in wanted] if traveller else []
        letters = [one for one in drawn if one is not None]
        if not letters:
            return FixFields({"part": NOTHING})
        name = "" if chosen or who.contractor else who.person.name
        return _reply(call, desk, chosen or call.user_id, name, letters)

    return send


def _reply(call: Call, desk: Desk, about: str, name: str, letters: Sequence[draw.Drawn]) -> Reply:
    key = f"workspace:sample:{call.user_id}:{desk.now.isoformat()}"
    first = draw.coming(len(letters), about, name)
    posts = [
        Post(f"{key}:{at}", call.user_id, text, blocks, Lane.DIGEST)
        for at, (text, blocks) in enumerate([first, *letters])
    ]
    return Say(text=phrase("{first} Look into Messages.", first=first[0])).also(*posts)


@asynccontextmanager
async def _somebody(desk: Desk, asker: Person, chosen: str, template: str) -> AsyncIterator[Traveller | None]:
    """Give the contractor who was chosen, or an example whose path is laid; whatever is written is taken back."""
    user_id = chosen or asker.user_id
    nested = await desk.team.session.begin_nested()
    try:
        if await contractor.find(desk.team, user_id) is None:
            await _lay_example(desk, asker, template)
        yield (await travellers(desk.team, [user_id], paused=True)).get(user_id)
    finally:
        await nested.rollback()


async def _lay_example(desk: Desk, asker: Person, template: str) -> None:
    desk.team.add(await _example(desk, asker, template))
    await desk.team.session.flush()
    for duty in desk.duties:
        if duty.lays:
            await duty.run(desk, [Due(asker.user_id, desk.now)])


async def _example(desk: Desk, asker: Person, template: str) -> Contractor:
    """Make a contractor of the asker's own account, who starts in a week."""
    book, office, me = desk.playbook.contractor, await workspace.get(desk.team), asker.user_id
    return Contractor(
        team_id=desk.team.team_id,
        user_id=me,
        manager_id=me,
        role=phrase("Product designer"),
        project=phrase("Example"),
        start_date=local_day(desk.now, asker.zone) + EXAMPLE_STARTS_IN,
        weekly_minutes=book.weekly_minutes,
        weekdays=office.weekdays or write_weekdays(book.weekdays),
        day_start=book.day_start,
        day_end=book.day_end,
        owner_id=me,
        lead_id=me,
        operations_id=office.operations_id or me,
        buddy_id=me,
        escalation_id=office.escalation_id or me,
        bottleneck=phrase("Too many ideas, too few of them built"),
        template=template,
        country=office.country,
        added_at=desk.now,
        added_by=me,
    )


async def _drawn(desk: Desk, sample: Sample, traveller: Traveller) -> draw.Drawn | None:
    found = await sample.draw(desk, traveller)
    if found is None:
        return None
    return draw.marked(sample.name, _receiver(sample, traveller), sample.when, *found)


def _receiver(sample: Sample, traveller: Traveller) -> str:
    """Name who would get a message."""
    if sample.to == "channel":
        where = traveller.office.intro_channel or traveller.place.project_channel
        return channel(where) if where else phrase("a channel")
    return (
        mention(traveller.id_of(sample.to))
        if traveller.id_of(sample.to)
        else phrase("nobody (no {to} is chosen)", to=sample.to)
    )


def routes(samples: Sequence[Sample]) -> tuple[Route, ...]:
    """Give the routes of test messages, over the messages of every noun."""
    return (
        Route(Kind.ACTION, office_draw.SAMPLES_OPEN, opened, opens=True),
        Route(Kind.FORM, draw.FORM, sent(samples)),
    )
