"""People as they change: who came, moved to another zone or left."""

from collections.abc import Mapping
from typing import Any

from blocks.contractor import without_manager
from handlers import people_channels
from handlers.contract import Call, Desk, Duty, Kind, Letters, Reply, Route, soon
from playbook.days import zone_info
from playbook.sorry import Sorry
from storage import contractor, contractor_invite, digest, outbox, people, timetable
from storage.outbox import Post
from storage.tables import Contractor, Person

SLACKBOT = "USLACKBOT"
LONGEST_NAME = 80


def described(team_id: str, user: Mapping[str, Any]) -> Person:
    """Read Slack's description of a user (Slack: user object). A zone that nobody knows becomes UTC."""
    profile = user.get("profile") or {}
    name = user.get("real_name") or profile.get("real_name") or profile.get("display_name") or user.get("name")
    single, multi = user.get("is_ultra_restricted"), user.get("is_restricted")
    return Person(
        team_id=team_id,
        user_id=user["id"],
        name=str(name or user["id"])[:LONGEST_NAME],
        zone=_zone(user.get("tz")),
        guest="single" if single else "multi" if multi else "",
        is_admin=bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
        is_bot=bool(user.get("is_bot")) or user["id"] == SLACKBOT,
        deactivated=bool(user.get("deleted")),
        email=str(profile.get("email") or "").strip().casefold(),
        photo=str(profile.get("image_192") or ""),
        locale=str(user.get("locale") or ""),
        updated=int(user.get("updated") or 0),
    )


def _zone(name: object) -> str:
    try:
        return zone_info(str(name)).key
    except Sorry:
        return "UTC"


async def changed(call: Call, desk: Desk) -> Reply:
    """Keep what Slack says of somebody who joined or changed, and let what depends on it follow."""
    user = call.event.get("user")
    if not isinstance(user, Mapping):
        return Reply()
    person = described(call.team_id, user)
    known = await people.find(desk.team, person.user_id)
    before = (known.zone, known.deactivated) if known else None
    if not await people.keep(desk.team, person):
        return Reply()
    if call.name == "team_join" or await contractor_invite.find(desk.team, person.email):
        await soon(desk, ("contractor.joined", person.user_id))
    place = await contractor.find(desk.team, person.user_id)
    theirs = await contractor.managed_by(desk.team, [person.user_id])
    if person.deactivated:
        return Reply(posts=await _left(desk, person, [one.user_id for one in theirs]))
    if before != (person.zone, person.deactivated):
        await _keep_time(desk, person, place, manages=bool(theirs))
    await soon(desk, ("home.redraw", person.user_id))
    return Reply()


async def _left(desk: Desk, person: Person, contractors: list[str]) -> tuple[Letters, ...]:
    """Say nothing more to somebody who left, find others for those they helped, and tell the admins."""
    await outbox.cancel_for(desk.team, person.user_id, desk.now)
    await timetable.drop(desk.team, person.user_id)
    helped = await contractor.helped_by(desk.team, person.user_id)
    await soon(desk, *(("checklist.changed", one.user_id) for one in helped))
    stuck = await digest.waiting_for(desk.team, [person.user_id])
    await soon(desk, *(("blocker.rehelp", blocker.id) for blocker in stuck))
    await soon(desk, *(("buddy.missing", one.user_id) for one in helped if one.buddy_id == person.user_id))
    place = await contractor.find(desk.team, person.user_id)
    if place is not None:
        await soon(desk, ("digest.redraw", place.manager_id), ("home.redraw", place.manager_id))
    if not contractors:
        return ()
    text, blocks = without_manager(person.user_id, contractors)
    admins = {admin.user_id for admin in await people.admins(desk.team)} | desk.admins
    key = f"people:{person.user_id}:left:{person.updated}"
    told = sorted(admins - {person.user_id})
    return tuple(Post(f"{key}:{admin}", admin, text, blocks, about=f"people:{person.user_id}") for admin in told)


async def _keep_time(desk: Desk, person: Person, place: Contractor | None, *, manages: bool) -> None:
    """Let what is due for somebody follow their clock: anew after a move, again after they came back.

    What comes once on the paths of those they help may be meant on their clock, so it is looked at as well.
    """
    helped = [one.user_id for one in await contractor.helped_by(desk.team, person.user_id)]
    for duty in desk.duties if helped else ():
        if duty.once and duty.for_contractors and duty.next is not None:
            await timetable.put(desk.team, duty.name, await duty.next(desk, helped))
    rows = {row.duty: row for row in await timetable.of(desk.team, person.user_id)}
    if place is None and not manages and not rows:
        return
    for duty in desk.duties:
        row = rows.get(duty.name)
        wanted = (place is not None and duty.for_contractors) or (manages and duty.for_managers)
        # What has come already is left to the next tick: computed anew it would be lost for today.
        moved = row is not None and row.zone not in {"", person.zone} and row.due_at > desk.now
        if duty.next is not None and (moved or (wanted and row is None)):
            await timetable.put(desk.team, duty.name, await duty.next(desk, [person.user_id]))


ROUTES: tuple[Route, ...] = (
    Route(Kind.EVENT, "team_join", changed),
    Route(Kind.EVENT, "user_change", changed),
    *people_channels.ROUTES,
)
DUTIES: tuple[Duty, ...] = ()
