"""What people are told of a parting: who leaves, who takes over, the manager, and everybody who says thank you."""

from collections.abc import Sequence
from datetime import date

from blocks.contractor import long_day
from blocks.kit import Block, actions, button, context, esc, mention, one_line, plural, quoted, section, when
from blocks.offboarding import ADD, CLOSING, GIVE, MOST_NAMED, OPEN, RETURN, TAKE, Parting, item_line
from storage.growth_tables import Handover, Offboarding

MOST_GIVEN = 8
Drawn = tuple[str, list[Block]]


def told_key(row: Offboarding) -> str:
    """Name what the contractor is told when a parting begins; it follows what is handed over."""
    return f"offboarding:{row.id}:told"


def item_key(item: Handover) -> str:
    """Name what somebody is told of a thing that is handed over to them."""
    return f"handover:{item.id}:{item.to_id}"


def given_key(item: Handover) -> str:
    """Name the message with which a thing is given."""
    return f"handover:{item.id}:{item.to_id}:given"


def told(parting: Parting, manager_id: str) -> Drawn:
    """Tell the contractor kindly what happens until when, and what is to be handed over."""
    row = parting.row
    text = f"Your last day with us is {long_day(row.last_on)}."
    if row.cancelled_at is not None:
        text = "You stay: the offboarding was cancelled, and everything goes on as before."
        return text, [section(text)]
    if row.ended_at is not None:
        text = f"Your last day was {long_day(row.last_on)}."
        return text, [section(text)]
    happens = (
        f"{text} Until then nothing changes: your log, your 1:1s and your help stay as they are.\n"
        "*Until then* please hand over what others need after you: documents, and what only you know. Each thing "
        "below goes to somebody who stays; give it with a link, and they say when they have it.\n"
        f"*That evening* ({when(parting.ends_at)}) reminders and meetings stop, and your accounts are closed one by "
        "one. Nothing you did is deleted, and your own data stays yours.\n"
        f"Questions, or is something not right? Tell {mention(manager_id)}."
    )
    controls = actions(button("Open my page", OPEN, "", "primary"), button("Add something", ADD, row.id))
    return text, [section(happens), *_items(parting.items), *_still_open(parting), controls]


def _items(items: Sequence[Handover]) -> list[Block]:
    left = sorted(items, key=lambda one: (one.given_at is not None, one.taken_at is not None))[:MOST_GIVEN]
    rows = [section(item_line(one), _give(one)) for one in left]
    more = [context(f"…and {len(items) - MOST_GIVEN} more on your page")] if len(items) > MOST_GIVEN else []
    return [section("*To hand over*"), *rows, *more] if rows else []


def _give(item: Handover) -> Block | None:
    return button("Give", GIVE, item.id, spoken="Give this to them now") if item.given_at is None else None


def _still_open(parting: Parting) -> list[Block]:
    blockers = ", ".join(f"#{one.number}" for one in [*parting.blockers, *parting.helping][:MOST_NAMED])
    wiki = ", ".join(f"#{one.number}" for one in parting.wiki[:MOST_NAMED])
    said = [f"blockers {blockers}" if blockers else "", f"wiki items {wiki}" if wiki else ""]
    named = " and ".join(filter(None, said))
    return [context(f"Open with you just now: {named}. What is still open then goes to your manager.")] if named else []


def moved(row: Offboarding, before: date, manager_id: str) -> Drawn:
    """Tell the contractor that the last day has moved."""
    text = f"Your last day has moved: it is {long_day(row.last_on)} instead of {long_day(before)}."
    return text, [section(f"{text}\nIf that is not right, tell {mention(manager_id)}.")]


def stays(manager_id: str) -> Drawn:
    """Tell the contractor that they stay."""
    text = "Good news from here: the offboarding was cancelled, and you stay."
    return text, [section(f"{text}\nEverything goes on as before. Questions? {mention(manager_id)} is there.")]


def began(row: Offboarding) -> Drawn:
    """Tell a manager that somebody else has begun the offboarding of their contractor."""
    text = f"{mention(row.began_by)} began the offboarding of {mention(row.user_id)}, last day {long_day(row.last_on)}."
    return text, [section(text), actions(button("Open", OPEN, row.user_id, spoken="Open the offboarding"))]


def coming(item: Handover, last_on: date) -> Drawn:
    """Tell somebody that a thing is going to be handed over to them."""
    text = f"{mention(item.user_id)} leaves on {long_day(last_on)} and hands over to you: {one_line(item.words, 200)}"
    if item.taken_at is not None:
        text = f"You have it: {one_line(item.words, 200)}, from {mention(item.user_id)}."
    return text, [section(text), context("They give it to you here, and you say when you have it.")]


def given(item: Handover) -> Drawn:
    """Give somebody a thing that is handed over to them."""
    where = f"\n<{esc(item.link, 400)}|Here it is>" if item.link else ""
    if item.taken_at is not None:
        text = f"Yours now: {one_line(item.words, 200)}, from {mention(item.user_id)}."
        return text, [section(f"{text}{where}")]
    text = f"{mention(item.user_id)} has given you: {one_line(item.words, 200)}"
    take = button("I have it", TAKE, item.id, "primary", spoken="Say that you have it and can go on with it")
    ask = context("Look whether you could go on with it alone; if not, ask them while they are here.")
    return text, [section(f"{text}{where}"), actions(take), ask]


def taken(item: Handover) -> Drawn:
    """Tell the contractor that somebody has what was handed over."""
    text = f"{mention(item.to_id)} has it now: {one_line(item.words, 200)}. Thank you for handing it over well."
    return text, [section(text)]


def morning(parting: Parting) -> Drawn:
    """Remind the contractor on the last morning of what is not given yet."""
    left = [one for one in parting.items if one.given_at is None]
    if not left or parting.row.cancelled_at is not None or parting.row.ended_at is not None:
        text = "Everything is handed over. Thank you, that helps those who stay."
        return text, [section(text)]
    text = f"Today is your last day. {plural(len(left), 'thing is', 'things are')} not handed over yet."
    rows = "\n".join(f"• {one_line(one.words, 120)} → {mention(one.to_id)}" for one in left[:MOST_GIVEN])
    return text, [section(f"{text}\n{rows}"), actions(button("Open my page", OPEN, "", "primary"))]


def thanks(row: Offboarding, by: str) -> Drawn:
    """Say thank you where others read it."""
    text = f"Today was {mention(row.user_id)}'s last day with us. {mention(by)} says thank you:"
    return text, [section(f"{text}\n{quoted(row.thanks)}")]


def farewell(row: Offboarding, by: str, *, private: bool) -> Drawn:
    """Say good-bye to the contractor: the thanks if they are for them alone, the open door, what they can still do."""
    text = "That was your last day on the path. Thank you for the way here."
    words = [f"{mention(by)} says:\n{quoted(row.thanks)}" if private and row.thanks else "", _door(row)]
    still = (
        "I ask you for nothing any more. What you can still do here, as long as your account is open: "
        "`/circle mydata` gives you everything that is kept about you, `/circle timesheet` your hours by month. "
        "Both work as a message to me as well."
    )
    return text, [section(part) for part in (text, *words, still) if part]


def _door(row: Offboarding) -> str:
    return f"*The door is open*\n{quoted(row.door)}" if row.door else ""


def summary(parting: Parting, handed: int) -> Drawn:
    """Tell the manager what has ended, and what is left to do."""
    row, who = parting.row, mention(parting.user_id)
    text = f"{who} has left the path. Everything is kept, and nothing is asked of them any more."
    left = [one for one in parting.items if one.taken_at is None]
    said = (
        f"• {plural(len(parting.to_close), 'tool is', 'tools are')} still open; operations is reminded until none is"
        if parting.to_close
        else "",
        f"• {plural(len(left), 'thing', 'things')} not confirmed as handed over" if left else "",
        f"• {plural(handed, 'open blocker is', 'open blockers are')} with you now: `/blocker list`" if handed else "",
        f"• {plural(len(parting.wiki), 'wiki item is', 'wiki items are')} yours to pass on" if parting.wiki else "",
        f"• They manage {plural(parting.leads, 'contractor')}: choose somebody else with `/contractor edit`"
        if parting.leads
        else "",
        f"• The thanks could not be posted in a channel, so they went to {who} alone" if _unposted(row) else "",
    )
    todo = "\n".join(filter(None, said)) or "Nothing is left to do."
    controls = [button("Open", OPEN, parting.user_id, spoken="Open the offboarding")]
    controls += [button("Tools", CLOSING, parting.user_id, spoken="See the tools")] if parting.to_close else []
    back = button("They come back", RETURN, parting.user_id, spoken="Lay a new path for them")
    return text, [section(f"{text}\n{todo}"), actions(*controls, back)]


def _unposted(row: Offboarding) -> bool:
    return bool(row.thanks) and row.thanks_to in {"project", "everybody"} and row.thanked_at is None
