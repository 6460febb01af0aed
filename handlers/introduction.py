"""Introductions, asked: `/contractor intro`, the form and its preview, and what a manager does with it."""

from blocks import introduction as draw
from blocks import introduction_letter as letters
from blocks.introduction import Shown
from blocks.kit import Block, View, mention, when
from handlers.contract import (
    Call,
    Desk,
    Duty,
    FixFields,
    Handler,
    Kind,
    OpenModal,
    PushModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
)
from handlers.introduction_case import (
    POST,
    Case,
    case_of,
    example,
    plan,
    preview,
    redrawn,
    superseded,
)
from handlers.introduction_hi import ROUTES as GREETINGS
from handlers.introduction_post import DUTIES as TIMED
from handlers.introduction_post import post_now as put_up
from handlers.path import let, may_about
from handlers.who import asker
from playbook.introduction import TWO_LINES, WORDS, Audience, Draft, State, problems
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, mentioned
from storage import introduction as store
from storage import timetable
from storage.outbox import Post
from storage.path import Traveller

NOT_YOURS = phrase("I find nobody by that name on the path with you. `/contractor` lists who is.")
USAGE = phrase("Say whose introduction you mean: `/contractor intro @person`.")
FOR_MANAGERS = phrase("Their manager or an admin approves and posts introductions. Please ask them.")
EMPTY = phrase(
    "There is nothing to post yet: nobody has filled it in. Press *Write two lines*, or wait for the contractor."
)


async def _begin(call: Call, desk: Desk, user_id: str, action: Action = Action.INTRODUCTION_WRITE) -> Case:
    """Bring somebody and an introduction together; one that is not theirs is not there for them."""
    who = await asker(call, desk)
    traveller = await let(desk, Action.INTRODUCTION_WRITE, who.person, user_id, NOT_YOURS)
    if not await may_about(desk, action, who.person, traveller.place):
        raise Sorry(FOR_MANAGERS)
    return await case_of(desk, traveller, await store.lock(desk.team, user_id))


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor intro`: how far an introduction has come, with what the person can do about it."""
    user_id = mentioned(call.text)
    if not user_id and (await asker(call, desk)).contractor is None:
        raise Sorry(USAGE)
    case = await _begin(call, desk, user_id or call.user_id)
    if call.user_id == case.user_id:
        text, blocks = letters.ask(case.user_id, case.row.state, case.spots, case.lead_id)
    else:
        text, blocks = letters.for_approval(case.shown(), case.row.state, case.spots, case.goes_at)
    return Say(text=text, blocks=blocks)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form; what is posted already is only shown."""
    case = await _begin(call, desk, call.value or call.user_id)
    if case.row.state == State.POSTED:
        lead = phrase(
            "It was posted in {split} and stays as it is.", split=letters.named(case.row.channel_id.split(","))
        )
        return OpenModal(view=draw.as_page(case.shown(), lead))
    return OpenModal(view=_form(call, desk, case))


def _form(call: Call, desk: Desk, case: Case) -> View:
    mine, name = call.user_id == case.user_id, case.traveller.person.name
    lead = phrase("Short is good: people read it in ten seconds. Your manager sees it before anybody else does.")
    if not mine:
        lead = phrase("Two lines about {case} are enough. They are shown to them as well.", case=mention(case.user_id))
    if case.row.state == State.APPROVED and mine:
        lead = phrase("This is approved. What you change is looked at once more before it is posted.")
    where = memo(call.channel_id, case.user_id)
    return draw.form(case.draft, desk.playbook.introduction, case.user_id, where, mine=mine, lead=lead, name=name)


def _read(call: Call) -> Draft:
    words = {name: " ".join(clean(call.one(name)).split()) for name in WORDS}
    return Draft(**words, video=call.one("video"))


async def previewed(call: Call, desk: Desk) -> Reply:
    """Show what is in the form as it will look."""
    case = await _begin(call, desk, call.value or call.user_id)
    return PushModal(view=draw.preview(case.shown(_read(call))))


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep what was filled in: the contractor's waits for approval, the manager's is approved."""
    case = await _begin(call, desk, call.memo_record or call.user_id)
    draft, mine = _read(call), call.user_id == case.user_id
    wrong = problems(draft, desk.playbook.introduction, WORDS if mine else TWO_LINES)
    if wrong:
        return FixFields(wrong)
    if case.row.state == State.POSTED:
        return Say(text=phrase("It was posted meanwhile, so nothing was changed."))
    if mine and case.row.filled_at is not None and draft == case.draft:
        return Say(text=phrase("Nothing has changed in your introduction."))
    row = await store.begin(desk.team, case.user_id)
    store.fill(row, draft, call.user_id, desk.now)
    now = await case_of(desk, case.traveller, row)
    return await (_to_manager(desk, now) if mine else _approved(call, desk, now))


async def _to_manager(desk: Desk, case: Case) -> Reply:
    """Bring what the contractor wrote to their manager."""
    await timetable.drop(desk.team, case.user_id, [POST])
    mine, older = await redrawn(desk, case), await superseded(desk, case)
    told = preview(case, f"{desk.now:%Y-%m-%dT%H:%M:%S.%f}")
    goes = (
        phrase("{lead_id} looks at it", lead_id=mention(case.lead_id))
        if case.lead_id
        else phrase("An admin looks at it")
    )
    text = phrase("Thank you, that is saved. {goes}, and you can change it until it is posted.", goes=goes)
    return Say(text=text).also(*mine, *older, *told)


async def _approved(call: Call, desk: Desk, case: Case) -> Reply:
    """Take the manager's own words as approved, and show them to the contractor."""
    store.approve(case.row, call.user_id, desk.now)
    await plan(desk, case)
    key = f"introduction:{case.user_id}:edited:{desk.now:%Y-%m-%dT%H:%M:%S.%f}"
    told = Post(key, case.user_id, *letters.edited(case.shown(), call.user_id, case.spots))
    return Say(text=_when(desk, case)).also(told, *await redrawn(desk, case))


def _when(desk: Desk, case: Case) -> str:
    if case.spots.trouble:
        return phrase("It is approved, but I cannot post it yet. {trouble}", trouble=case.spots.trouble)
    target = letters.named(case.spots.targets)
    if case.goes_at <= desk.now:
        return phrase("It is approved and goes to {target} now.", target=target)
    return phrase("It is approved and goes to {target} {goes_at}.", target=target, goes_at=when(case.goes_at))


async def approved(call: Call, desk: Desk) -> Reply:
    """Approve an introduction; it is posted on Day 1, or at once where that has passed."""
    case = await _begin(call, desk, call.value, Action.INTRODUCTION_APPROVE)
    row = case.row
    if row.filled_at is None:
        raise Sorry(EMPTY)
    if row.state == State.POSTED:
        return Say(text=phrase("It is posted already.")).also(*await redrawn(desk, case))
    if row.state == State.APPROVED:
        text = phrase(
            "{approved_by} has approved it already. {desk}",
            approved_by=mention(row.approved_by),
            desk=_when(desk, case),
        )
        return Say(text=text).also(*await redrawn(desk, case))
    store.approve(row, call.user_id, desk.now)
    await plan(desk, case)
    return Say(text=_when(desk, case)).also(*await redrawn(desk, case))


async def post_now(call: Call, desk: Desk) -> Reply:
    """Post an introduction before its time, or once the channel was mended."""
    case = await _begin(call, desk, call.value, Action.INTRODUCTION_APPROVE)
    row = case.row
    if row.filled_at is None:
        raise Sorry(EMPTY)
    if row.state == State.POSTED:
        return Say(text=phrase("It is in {split} already.", split=letters.named(row.channel_id.split(","))))
    if case.spots.trouble:
        raise Sorry(phrase("I cannot post it yet. {trouble}", trouble=case.spots.trouble))
    if row.state == State.FILLED:
        store.approve(row, call.user_id, desk.now)
    await timetable.drop(desk.team, case.user_id, [POST])
    posts = await put_up(desk, case, call.user_id)
    return Say(text=phrase("It is on its way to {targets}.", targets=letters.named(case.spots.targets))).also(*posts)


async def placed(call: Call, desk: Desk) -> Reply:
    """Keep where the manager wants the introduction of somebody who cannot see the introduction channel."""
    wanted, _, user_id = call.value.partition("|")
    case = await _begin(call, desk, user_id, Action.INTRODUCTION_APPROVE)
    if case.row.state == State.POSTED or wanted not in list(Audience):
        return Say(text=phrase("It is posted already, so nothing was changed."))
    case.row.audience = wanted
    case = await case_of(desk, case.traveller, case.row)
    if case.row.state == State.APPROVED:
        await plan(desk, case)
    return Say(text=phrase("Noted: it goes to {targets}.", targets=letters.named(case.spots.targets))).also(
        *await redrawn(desk, case)
    )


async def _sample(desk: Desk, traveller: Traveller) -> tuple[Case, Shown]:
    case = example(await case_of(desk, traveller), desk)
    return case, case.shown()


async def _sample_ask(desk: Desk, traveller: Traveller) -> tuple[str, list[Block]]:
    case, _ = await _sample(desk, traveller)
    return letters.ask(case.user_id, State.ASKED, case.spots, case.lead_id)


async def _sample_preview(desk: Desk, traveller: Traveller) -> tuple[str, list[Block]]:
    case, shown = await _sample(desk, traveller)
    return letters.for_approval(shown, State.FILLED, case.spots, case.goes_at)


async def _sample_teaser(desk: Desk, traveller: Traveller) -> tuple[str, list[Block]] | None:
    case, shown = await _sample(desk, traveller)
    if not traveller.office.teaser:
        return None
    return letters.teaser(case.user_id, shown.name, shown.draft.role, "tomorrow")


async def _sample_card(desk: Desk, traveller: Traveller) -> tuple[str, list[Block]]:
    _, shown = await _sample(desk, traveller)
    return draw.card(shown)


async def _sample_two_lines(_desk: Desk, traveller: Traveller) -> tuple[str, list[Block]]:
    return letters.two_lines(traveller.user_id)


async def _sample_greeted(desk: Desk, traveller: Traveller) -> tuple[str, list[Block]]:
    lead = traveller.who("buddy", "manager") or traveller.person
    return letters.greeted([(lead.user_id, lead.name, desk.playbook.introduction.examples.greeting)])


SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("Please introduce yourself"),
        "contractor",
        phrase("Day -3, 10:00 on the contractor's clock"),
        _sample_ask,
    ),
    Sample(phrase("The introduction for approval"), "manager", phrase("when it was filled in"), _sample_preview),
    Sample(phrase("Who joins tomorrow"), "channel", phrase("Day 0, 10:00 on the channel's clock"), _sample_teaser),
    Sample(phrase("The introduction"), "channel", phrase("Day 1, 10:00 on the channel's clock"), _sample_card),
    Sample(phrase("What people said"), "contractor", phrase("when somebody says hi"), _sample_greeted),
    Sample(
        phrase("Please write two lines"), "manager", phrase("Day 3, 09:00 on the manager's clock"), _sample_two_lines
    ),
)
VERB: Handler = command
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.PREVIEW, previewed, opens=True),
    Route(Kind.FORM, draw.FORM, saved),
    Route(Kind.ACTION, draw.APPROVE, approved),
    Route(Kind.ACTION, draw.POST_NOW, post_now),
    Route(Kind.ACTION, draw.WHERE, placed),
    *GREETINGS,
)
DUTIES: tuple[Duty, ...] = TIMED
