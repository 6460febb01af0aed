"""Agreeing on a blueprint: proposing it, saying yes, and talking about it; the row decides who was first."""

from collections.abc import Sequence

from blocks import kpi_letter as draw
from blocks.kit import mention
from handlers.contract import Call, Desk, FixFields, Letters, OpenModal, ReplaceModal, Reply, Say, memo, soon
from handlers.kpi_look import Concern, concern, sheet
from handlers.kpi_remind import over
from handlers.kpi_week import plan
from handlers.path import tick
from handlers.who import whom_to_ask
from playbook.kpi import not_ready, rows_of
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import digest as facts
from storage import kpi, people
from storage.kpi import State
from storage.outbox import Lane, Post, Redraw
from storage.path_tables import Blueprint

TICKED = "kpi_agreed"
GONE = phrase("I can't find this version any more. Please open the blueprint once more.")


def proposal_key(version: Blueprint) -> str:
    """Name the contractor's message of a version."""
    return f"kpi.proposal:{version.id}"


def status_key(version: Blueprint, to: str) -> str:
    """Name a manager's card of a version."""
    return f"kpi.status:{version.id}:{to}"


async def propose(call: Call, desk: Desk) -> Reply:
    """Send what was drafted to the contractor as a dated version, in place of one that still waited."""
    draft = await kpi.find(desk.team, call.value)
    if draft is None:
        raise Sorry(phrase("This draft was thrown away meanwhile. Please open the blueprint once more."))
    about = await concern(call, desk, Action.KPI_PROPOSE, draft.user_id)
    _require_there(about)
    if reason := not_ready(rows_of(draft.rows, desk.playbook.kpi), desk.playbook.kpi):
        raise Sorry(reason)
    done = await kpi.propose(desk.team, draft.id, about.asker.user_id, desk.now)
    if done is None:
        by = mention(draft.proposed_by)
        raise Sorry(
            phrase(
                "{by} proposed version {version} just before you. Please open the blueprint once more.",
                by=by,
                version=draft.version,
            )
        )
    version, replaced = done
    await desk.team.session.flush()
    await soon(desk, *_follow(about))
    posts = [*await _told(desk, about, version), *await _replaced(desk, about, replaced, version)]
    return ReplaceModal(view=await sheet(desk, about, "input")).also(*posts)


def _follow(about: Concern) -> Sequence[tuple[str, str]]:
    """Name the duties that show elsewhere what was proposed or agreed: on Home, and in a review that is open."""
    return ("home.redraw", about.id), ("home.redraw", about.place.manager_id), ("review.kpis", about.id)


def _require_there(about: Concern) -> None:
    who = mention(about.id)
    if about.person.deactivated:
        raise Sorry(phrase("{who} has left this workspace, so there is nobody who could agree to it.", who=who))
    if about.place.paused_at is not None:
        raise Sorry(phrase("The path of {who} is paused. The draft is kept; propose it when they are back.", who=who))


async def _followers(desk: Desk, about: Concern, version: Blueprint) -> Sequence[str]:
    """Name who follows a version and is still there: the manager, and who proposed it if that is somebody else."""
    named = tuple(dict.fromkeys((about.place.manager_id, version.proposed_by)))
    known = await people.find_all(desk.team, named)
    return [one for one in named if one != about.id and one in known and not known[one].deactivated]


async def _told(desk: Desk, about: Concern, version: Blueprint) -> Sequence[Letters]:
    book = desk.playbook.kpi
    mine, followers = draw.status(version, book), await _followers(desk, about, version)
    card = Post(proposal_key(version), about.id, *draw.proposal(version, book), lane=Lane.AGENDA)
    cards = [card, *(Post(status_key(version, one), one, *mine, lane=Lane.AGENDA) for one in followers)]
    return [*cards, over(about.id, manager=True)]


async def _replaced(desk: Desk, about: Concern, replaced: Sequence[Blueprint], newer: Blueprint) -> Sequence[Letters]:
    """Say on the cards of older versions that there is a newer one."""
    return [letter for one in replaced for letter in await _cards(desk, about, one, newer.version)]


async def _cards(desk: Desk, about: Concern, version: Blueprint, newer: int = 0) -> Sequence[Letters]:
    book = desk.playbook.kpi
    mine = draw.status(version, book, newer)
    cards = [Redraw(status_key(version, one), *mine) for one in await _followers(desk, about, version)]
    return [Redraw(proposal_key(version), *draw.proposal(version, book, newer)), *cards]


async def _answered(desk: Desk, about: Concern, version: Blueprint, what: str, said: draw.Drawn) -> Sequence[Letters]:
    """Bring every card up to date, and say so under the managers' cards, since nobody is told of an edit.

    Who has become manager since then has no card yet and gets it now.
    """
    keys = {status_key(version, one): one for one in await _followers(desk, about, version)}
    there = await facts.letters_with(desk.team, keys)
    mine = draw.status(version, desk.playbook.kpi)
    fresh = [Post(key, one, *mine, lane=Lane.AGENDA) for key, one in keys.items() if key not in there]
    under = [Post(f"{key}:{what}", keys[key], *said, lane=Lane.AGENDA, thread_key=key) for key in sorted(there)]
    return [*await _cards(desk, about, version), *fresh, *under, over(about.id, manager=False)]


async def agree(call: Call, desk: Desk) -> Reply:
    """Let the contractor agree: this version counts from now on, and both have it with its date."""
    about, version = await _version(call, desk, call.value)
    done = await kpi.agree(desk.team, version.id, desk.now)
    if done is None or not done[1]:
        return await _too_late(desk, about, done[0] if done else version)
    await desk.team.session.flush()
    await tick(desk, about.id, TICKED, about.id)
    await plan(desk, about.id, about.place.manager_id)
    await soon(desk, *_follow(about))
    posts = await _answered(desk, about, done[0], "agreed", draw.has_agreed(done[0]))
    if call.view_id and not call.from_home:
        return ReplaceModal(view=await sheet(desk, about, "input")).also(*posts)
    return Reply().also(*posts)


async def _version(call: Call, desk: Desk, blueprint_id: str) -> tuple[Concern, Blueprint]:
    """Give the version a button is about, to the contractor it was proposed to and to nobody else."""
    version = await kpi.find(desk.team, blueprint_id)
    if version is None or version.state == State.DRAFT:
        raise Sorry(GONE)
    if call.user_id != version.user_id:
        raise Sorry(phrase("Only {version} can answer this.", version=mention(version.user_id)))
    return await concern(call, desk, Action.KPI_ANSWER, version.user_id), version


async def _too_late(desk: Desk, about: Concern, version: Blueprint) -> Reply:
    """Say what became of a version meanwhile; where there is a newer one, the old card says so too."""
    if version.state == State.AGREED:
        return Say(
            text=phrase(
                "You agreed to version {version} already, and it counts. Nothing else is needed.",
                version=version.version,
            )
        )
    newest = next(iter(await kpi.versions(desk.team, about.id)), version)
    by = mention(newest.proposed_by)
    text = phrase(
        "Version {version} was replaced by version {version_2}, which {by} proposed. ",
        version=version.version,
        version_2=newest.version,
        by=by,
    )
    text += phrase("It is in your messages with me; please look at that one.")
    return Say(text=text).also(*await _cards(desk, about, version, newest.version))


async def discuss(call: Call, desk: Desk) -> Reply:
    """Ask the contractor what should change."""
    about, version = await _version(call, desk, call.value)
    if version.state not in kpi.OPEN:
        return await _too_late(desk, about, version)
    return OpenModal(view=draw.discuss_form(version, desk.playbook.kpi, memo("", version.id)))


async def discussed(call: Call, desk: Desk) -> Reply:
    """Bring the contractor's words to the manager."""
    about, version = await _version(call, desk, call.memo_record)
    key, wording = call.one("row"), clean(call.one("wording"))[: desk.playbook.kpi.longest_text]
    if wording and not key:
        return FixFields({"row": phrase("Which row is this wording for?")})
    known = desk.playbook.kpi.row(key)
    said = f"\n{known.name}: “{wording}”" if known and wording else ""
    words = clean(call.one("words"))[: draw.LONGEST_WORDS]
    done = await kpi.discuss(desk.team, version.id, words + said, {key: wording} if said else {}, desk.now)
    if done is None or not done[1]:
        return await _too_late(desk, about, done[0] if done else version)
    await desk.team.session.flush()
    await soon(desk, ("home.redraw", about.place.manager_id))
    what = f"discussed:{desk.now:%Y%m%d%H%M%S}"
    posts = await _answered(desk, about, done[0], what, draw.wants_to_talk(done[0]))
    followers = await _followers(desk, about, done[0])
    kept = phrase(
        "I kept your words, but your manager has left this workspace. An admin can help: {desk}",
        desk=await whom_to_ask(desk),
    )
    text = (
        phrase("{followers} has your words. Nothing counts until you both agree.", followers=mention(followers[0]))
        if followers
        else kept
    )
    return Say(text=text).also(*posts)
