"""Setting up the workspace: the pages an admin fills in, in any order, and what follows from what was chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

from blocks import workspace as draw
from blocks import workspace_form as form
from handlers import workspace_test
from handlers.contract import (
    Call,
    Desk,
    Due,
    Duty,
    FixFields,
    Kind,
    Letters,
    OpenModal,
    ReplaceModal,
    Reply,
    Route,
    Say,
    arm,
    soon,
)
from handlers.workspace_form import READ, admin, as_kept, as_stored, countries, filled, zones
from playbook.tongue import ENGLISH, phrase, say
from playbook.workspace import steps
from storage import contractor, people, topic, workspace
from storage.outbox import Post, Redraw
from storage.path_tables import Workspace

WELCOME = "workspace:welcome"
CHANGED = "workspace.changed"
PAGES = (form.FIRST, form.SECOND, form.THIRD)
HEAR_OF = {
    "office_operations": phrase("you open tools and accounts for newcomers, and hear of every new guest"),
    "office_escalation": phrase("you hear of what stays stuck when nobody else could help"),
    "adders": phrase("you may add contractors with `/contractor add @person`"),
}


async def set_up(call: Call, desk: Desk) -> Reply:
    """Open the first page, filled with what was chosen or typed before."""
    await admin(call, desk)
    if call.kind is Kind.EVENT:
        text, blocks = draw.needs_a_button(phrase("Set up"), draw.SET_UP)
        return Say(text=text, blocks=blocks)
    return OpenModal(view=await _page(call, desk, form.FIRST))


async def _page(call: Call, desk: Desk, callback_id: str, notice: str = "") -> dict[str, Any]:
    answers, topics = await filled(desk, call.user_id), desk.playbook.workspace.topics
    if callback_id == form.FIRST:
        return form.first(answers, notice)
    return form.second(answers, notice) if callback_id == form.SECOND else form.third(answers, topics, notice)


async def next_page(call: Call, desk: Desk) -> Reply:
    """Keep a page that can stay as it is, and show the next; say under each field what cannot stay."""
    await admin(call, desk)
    values, errors = await READ[call.name](call.fields, desk)
    if errors:
        return FixFields(errors)
    await workspace.keep_draft(desk.team, call.user_id, as_kept(values), desk.now)
    return ReplaceModal(view=await _page(call, desk, PAGES[PAGES.index(call.name) + 1]))


async def back(call: Call, desk: Desk) -> Reply:
    """Show the page before, and keep what was filled in on this one, whether or not it can stay."""
    await admin(call, desk)
    await workspace.keep_draft(desk.team, call.user_id, as_kept(call.fields), desk.now)
    page = int(call.value) if call.value in {"1", "2"} else 1
    return ReplaceModal(view=await _page(call, desk, PAGES[page - 1]))


async def closed(call: Call, desk: Desk) -> Reply:
    """Keep what was filled in when a page is closed without sending it, for a day."""
    await workspace.keep_draft(desk.team, call.user_id, as_kept(call.fields), desk.now)
    return Reply()


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep everything that was chosen, tell those who were chosen, and let what depends on it follow."""
    await admin(call, desk)
    values, errors = await READ[form.THIRD](call.fields, desk)
    if errors:
        return FixFields(errors)
    await workspace.keep_draft(desk.team, call.user_id, as_kept(values), desk.now)
    answers = await filled(desk, call.user_id)
    for name in (form.FIRST, form.SECOND):  # what was kept a while ago may have become impossible since
        _, errors = await READ[name](answers, desk)
        if errors:
            return ReplaceModal(view=await _page(call, desk, name, "\n".join(errors.values())))
    before = await workspace.get(desk.team)
    was = (before.operations_id, before.escalation_id, workspace.adders(before))
    await _keep(call, desk, answers, before)
    done = steps(await workspace.chosen(desk.team))
    view = form.summary(answers, done, desk.playbook.workspace.topics)
    told = (Redraw(WELCOME, *draw.welcomed(call.user_id, done)), *_told(call, desk, answers, was))
    return ReplaceModal(view=view).also(*told)


async def _keep(call: Call, desk: Desk, answers: Mapping[str, Any], before: Workspace) -> None:
    topics = {
        say(one.name, ENGLISH): answers.get(form.topic_field(one.key), "") for one in desk.playbook.workspace.topics
    }
    kept = as_stored(answers) | {
        "set_up_at": before.set_up_at or desk.now,
        "set_up_by": before.set_up_by or call.user_id,
        "whos_who_at": desk.now if any(topics.values()) else before.whos_who_at,
    }
    await topic.put(desk.team, topics, call.user_id, desk.now)
    await workspace.put(desk.team, **kept)
    await workspace.drop_draft(desk.team, call.user_id)
    admins = {one.user_id for one in await people.admins(desk.team)} | desk.admins | {call.user_id}
    await soon(desk, *(("home.redraw", one) for one in sorted(admins)))
    await soon(desk, *((CHANGED, one.user_id) for one in await contractor.everyone(desk.team)))


def _told(
    call: Call, desk: Desk, answers: Mapping[str, Any], was: tuple[str, str, frozenset[str]]
) -> tuple[Letters, ...]:
    """Tell people what they were newly chosen for; who chose knows it already."""
    now = {name: set(answers[name]) if name == "adders" else {answers[name]} for name in HEAR_OF}
    before = {"office_operations": {was[0]}, "office_escalation": {was[1]}, "adders": set(was[2])}
    parts: dict[str, list[str]] = {}
    for name, words in HEAR_OF.items():
        for user_id in sorted(now[name] - before[name] - {call.user_id, ""}):
            parts.setdefault(user_id, []).append(words)
    key = f"workspace:chosen:{desk.now.isoformat()}"
    return tuple(Post(f"{key}:{one}", one, *draw.chosen_for(call.user_id, words)) for one, words in parts.items())


async def rearm(desk: Desk, due: Sequence[Due]) -> tuple[Letters, ...]:
    """Plan contractors' paths anew after what holds for the whole workspace has changed."""
    await arm(desk, *(one.subject for one in due), contractor=True)
    return ()


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.SET_UP, set_up, opens=True),
    Route(Kind.ACTION, form.BACK, back),
    Route(Kind.FORM, form.FIRST, next_page),
    Route(Kind.FORM, form.SECOND, next_page),
    Route(Kind.FORM, form.THIRD, saved),
    *(Route(Kind.CLOSED, page, closed) for page in PAGES),
    Route(Kind.OPTIONS, "office_country", countries),
    Route(Kind.OPTIONS, "golden_zone", zones),
    *workspace_test.ROUTES,
)
DUTIES: tuple[Duty, ...] = (Duty(CHANGED, rearm, at_once=20),)
