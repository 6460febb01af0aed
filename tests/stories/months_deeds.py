"""What somebody can do in the story of fifteen months: a line is a moment on their own clock, and their deeds."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from blocks.checklist import DONE
from tests.world import Json, World

DM = "@app"
ZONES = {
    "jun": "Asia/Manila",
    "bruno": "Europe/Madrid",
    "lena": "Europe/Berlin",
    "priya": "Asia/Kolkata",
    "olivia": "America/New_York",
}
Deed = Callable[[World], Awaitable[Any]]
Line = tuple[datetime, str, Deed]


def at(who: str, moment: str, *deeds: Deed) -> Line:
    """Write down what somebody does at a moment on their own clock."""

    async def all_of_them(world: World) -> None:
        for deed in deeds:
            await deed(world)
        while await world.modal(who):
            await world.close(who)

    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(ZONES[who])).astimezone(UTC), who, all_of_them


def says(who: str, text: str) -> Deed:
    """Let somebody write to the bot."""
    return lambda world: world.types(who, text, DM if who == "jun" else "#acme")


def presses(who: str, action: str, channel: str = DM, containing: str = "") -> Deed:
    """Let somebody press a button of a message; without a channel, of the modal in front."""
    return lambda world: world.press(who, action, channel, containing=containing)


def fills(who: str, **values: Any) -> Deed:
    """Let somebody send the form in front; `@name` stands for that person."""

    async def deed(world: World) -> Json:
        answer = await world.submit(who, **_ids(world, values))
        assert not answer.get("errors"), answer["errors"]
        return answer

    return deed


def fills_pages(who: str, **values: Any) -> Deed:
    """Let somebody send the form in front, page by page."""

    async def deed(world: World) -> Json:
        answer = await world.submit_pages(who, **_ids(world, values))
        assert not answer.get("errors"), answer["errors"]
        return answer

    return deed


def _ids(world: World, values: Json) -> Json:
    names = {f"@{who}": world.id(who) for who in ZONES} | {"#acme": world.channel("acme")}
    return {key: names.get(value, value) if isinstance(value, str) else value for key, value in values.items()}


def line_of(who: str, action: str, ends: str) -> Deed:
    """Let somebody press the button of one line in the modal in front, by the end of its record."""

    async def deed(world: World) -> None:
        modal = await world.modal(who)
        assert modal is not None
        block = next(one for one in modal["blocks"] if one.get("accessory", {}).get("value", "").endswith(ends))
        await world.does("press", **{"as": who}, view=modal["id"], action_id=action, block_id=block["block_id"])

    return deed


def tidies(who: str) -> Deed:
    """Let somebody press each Done of their newest morning message of the checklist, if there is one."""

    async def deed(world: World) -> None:
        pressed = set[str]()
        while found := _undone(await world.sees(who, DM), pressed):
            ts, block = found
            pressed.add(block["accessory"]["value"])
            place = {"channel": DM, "ts": ts, "action_id": DONE, "block_id": block["block_id"]}
            await world.does("press", **{"as": who}, **place)
            if await world.modal(who):
                await fills(who, proof="https://docs.example.com/proof")(world)

    return deed


def _undone(seen: Sequence[Json], pressed: Collection[str]) -> tuple[str, Json] | None:
    buttons = (
        (one["ts"], block)
        for one in reversed(seen[-12:])
        for block in one.get("blocks") or ()
        if block.get("accessory", {}).get("action_id") == DONE and block["accessory"]["value"] not in pressed
    )
    return next(buttons, None)


def proposes(who: str, text: str, target: str) -> Sequence[Deed]:
    """Let a manager write the deliverable of the KPIs in front, and propose it."""
    return (
        presses(who, "kpi.output", ""),
        line_of(who, "kpi.edit", ":deliverable"),
        fills(who, text=text, target=target, unit="screens", by="contractor", on=["on"]),
        presses(who, "kpi.propose", ""),
    )


def meets(who: str, when: str, moment: str) -> Line:
    """Let the manager plan a single 1:1, the moment as a date picker gives it."""
    at_utc = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())
    return at(who, when, says(who, "/contractor 1on1 @jun"), fills(who, at=at_utc, rhythm=[]))


def review(day: str, lead: str, nth: int) -> Sequence[Line]:
    """Let both answer the forms of a quarterly review on the day on which it opens."""
    mine = {"good": f"Quarter {nth} by jun", "slow": "Access takes days", "kpis": "yes", "next": "Lead"}
    ours = {"good": f"Quarter {nth} by {lead}", "slow": "We answer late", "kpis": "yes"}
    return (
        at("jun", f"{day}T11:30", presses("jun", "review.answer"), fills("jun", **mine)),
        at(lead, f"{day}T11:30", presses(lead, "review.answer"), fills(lead, **ours)),
    )


def agrees(day: str, lead: str, after: str) -> Sequence[Line]:
    """Let the manager propose to keep the KPIs, and Jun agree on the next day, so that the review closes."""
    return (
        at(lead, f"{day}T12:00", presses(lead, "review.show"), presses(lead, "review.keep", "")),
        at("jun", f"{after}T11:00", presses("jun", "review.agree")),
    )


def moves(who: str, moment: str, stage: str) -> Line:
    """Let the manager move Jun on the ladder."""
    return at(
        who,
        moment,
        says(who, "/contractor ladder @jun"),
        presses(who, "ladder.move", ""),
        fills(who, stage=stage, words=f"You are {stage} now"),
    )
