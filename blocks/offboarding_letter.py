"""What people are told of a parting: who leaves, who takes over, the manager, and everybody who says thank you."""

from collections.abc import Sequence
from datetime import date

from blocks.contractor import long_day
from blocks.kit import Block, actions, button, context, esc, mention, one_line, quoted, section, when
from blocks.offboarding import ADD, CLOSING, GIVE, MOST_NAMED, OPEN, RETURN, TAKE, Parting, item_line
from playbook.tongue import numbered, phrase
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
    text = phrase("Your last day with us is {last_on}.", last_on=long_day(row.last_on))
    if row.cancelled_at is not None:
        text = phrase("You stay: the offboarding was cancelled, and everything goes on as before.")
        return text, [section(text)]
    if row.ended_at is not None:
        text = phrase("Your last day was {last_on}.", last_on=long_day(row.last_on))
        return text, [section(text)]
    happens = phrase(
        "{text} Until then nothing changes: your log, your 1:1s and your help stay as they "
        "are.\n*Until then* please hand over what others need after you: documents, and what only you "
        "know. Each thing below goes to somebody who stays; give it with a link, and they say when "
        "they have it.\n*That evening* ({ends_at}) reminders and meetings stop, and your accounts are "
        "closed one by one. Nothing you did is deleted, and your own data stays yours.\nQuestions, or "
        "is something not right? Tell {manager_id}.",
        text=text,
        ends_at=when(parting.ends_at),
        manager_id=mention(manager_id),
    )
    controls = actions(
        button(phrase("Open my page"), OPEN, "", "primary"), button(phrase("Add something"), ADD, row.id)
    )
    return text, [section(happens), *_items(parting.items), *_still_open(parting), controls]


def _items(items: Sequence[Handover]) -> list[Block]:
    left = sorted(items, key=lambda one: (one.given_at is not None, one.taken_at is not None))[:MOST_GIVEN]
    rows = [section(item_line(one), _give(one)) for one in left]
    more = (
        [context(phrase("…and {items} more on your page", items=len(items) - MOST_GIVEN))]
        if len(items) > MOST_GIVEN
        else []
    )
    return [section(phrase("*To hand over*")), *rows, *more] if rows else []


def _give(item: Handover) -> Block | None:
    return (
        button(phrase("Give"), GIVE, item.id, spoken=phrase("Give this to them now")) if item.given_at is None else None
    )


def _still_open(parting: Parting) -> list[Block]:
    blockers = ", ".join(f"#{one.number}" for one in [*parting.blockers, *parting.helping][:MOST_NAMED])
    wiki = ", ".join(f"#{one.number}" for one in parting.wiki[:MOST_NAMED])
    said = [
        phrase("blockers {blockers}", blockers=blockers) if blockers else "",
        phrase("wiki items {wiki}", wiki=wiki) if wiki else "",
    ]
    named = phrase(" and ").join(filter(None, said))
    return (
        [context(phrase("Open with you just now: {named}. What is still open then goes to your manager.", named=named))]
        if named
        else []
    )


def moved(row: Offboarding, before: date, manager_id: str) -> Drawn:
    """Tell the contractor that the last day has moved."""
    text = phrase(
        "Your last day has moved: it is {last_on} instead of {before}.",
        last_on=long_day(row.last_on),
        before=long_day(before),
    )
    return text, [
        section(phrase("{text}\nIf that is not right, tell {manager_id}.", text=text, manager_id=mention(manager_id)))
    ]


def stays(manager_id: str) -> Drawn:
    """Tell the contractor that they stay."""
    text = phrase("Good news from here: the offboarding was cancelled, and you stay.")
    return text, [
        section(
            phrase(
                "{text}\nEverything goes on as before. Questions? {manager_id} is there.",
                text=text,
                manager_id=mention(manager_id),
            )
        )
    ]


def began(row: Offboarding) -> Drawn:
    """Tell a manager that somebody else has begun the offboarding of their contractor."""
    text = phrase(
        "{began_by} began the offboarding of {row}, last day {last_on}.",
        began_by=mention(row.began_by),
        row=mention(row.user_id),
        last_on=long_day(row.last_on),
    )
    return text, [
        section(text),
        actions(button(phrase("Open"), OPEN, row.user_id, spoken=phrase("Open the offboarding"))),
    ]


def coming(item: Handover, last_on: date) -> Drawn:
    """Tell somebody that a thing is going to be handed over to them."""
    text = phrase(
        "{item} leaves on {last_on} and hands over to you: {item_2}",
        item=mention(item.user_id),
        last_on=long_day(last_on),
        item_2=one_line(item.words, 200),
    )
    if item.taken_at is not None:
        text = phrase(
            "You have it: {item}, from {item_2}.", item=one_line(item.words, 200), item_2=mention(item.user_id)
        )
    return text, [section(text), context(phrase("They give it to you here, and you say when you have it."))]


def given(item: Handover) -> Drawn:
    """Give somebody a thing that is handed over to them."""
    where = phrase("\n<{link}|Here it is>", link=esc(item.link, 400)) if item.link else ""
    if item.taken_at is not None:
        text = phrase("Yours now: {item}, from {item_2}.", item=one_line(item.words, 200), item_2=mention(item.user_id))
        return text, [section(f"{text}{where}")]
    text = phrase("{item} has given you: {item_2}", item=mention(item.user_id), item_2=one_line(item.words, 200))
    take = button(
        phrase("I have it"), TAKE, item.id, "primary", spoken=phrase("Say that you have it and can go on with it")
    )
    ask = context(phrase("Look whether you could go on with it alone; if not, ask them while they are here."))
    return text, [section(f"{text}{where}"), actions(take), ask]


def taken(item: Handover) -> Drawn:
    """Tell the contractor that somebody has what was handed over."""
    text = phrase(
        "{to_id} has it now: {item}. Thank you for handing it over well.",
        to_id=mention(item.to_id),
        item=one_line(item.words, 200),
    )
    return text, [section(text)]


def morning(parting: Parting) -> Drawn:
    """Remind the contractor on the last morning of what is not given yet."""
    left = [one for one in parting.items if one.given_at is None]
    if not left or parting.row.cancelled_at is not None or parting.row.ended_at is not None:
        text = phrase("Everything is handed over. Thank you, that helps those who stay.")
        return text, [section(text)]
    text = phrase(
        "Today is your last day. {thing_is} not handed over yet.",
        thing_is=numbered("{n} thing is", "{n} things are", len(left)),
    )
    rows = "\n".join(f"• {one_line(one.words, 120)} → {mention(one.to_id)}" for one in left[:MOST_GIVEN])
    return text, [section(f"{text}\n{rows}"), actions(button(phrase("Open my page"), OPEN, "", "primary"))]


def thanks(row: Offboarding, by: str) -> Drawn:
    """Say thank you where others read it."""
    text = phrase("Today was {row}'s last day with us. {by} says thank you:", row=mention(row.user_id), by=mention(by))
    return text, [section(f"{text}\n{quoted(row.thanks)}")]


def farewell(row: Offboarding, by: str, *, private: bool) -> Drawn:
    """Say good-bye to the contractor: the thanks if they are for them alone, the open door, what they can still do."""
    text = phrase("That was your last day on the path. Thank you for the way here.")
    words = [
        phrase("{by} says:\n{thanks}", by=mention(by), thanks=quoted(row.thanks)) if private and row.thanks else "",
        _door(row),
    ]
    still = phrase(
        "I ask you for nothing any more. What you can still do here, as long as your account is "
        "open: `/circle mydata` gives you everything that is kept about you, `/circle timesheet` "
        "your hours by month. Both work as a message to me as well."
    )
    return text, [section(part) for part in (text, *words, still) if part]


def _door(row: Offboarding) -> str:
    return phrase("*The door is open*\n{door}", door=quoted(row.door)) if row.door else ""


def summary(parting: Parting, handed: int) -> Drawn:
    """Tell the manager what has ended, and what is left to do."""
    row, who = parting.row, mention(parting.user_id)
    text = phrase("{who} has left the path. Everything is kept, and nothing is asked of them any more.", who=who)
    left = [one for one in parting.items if one.taken_at is None]
    said = (
        phrase(
            "• {tool_is} still open; operations is reminded until none is",
            tool_is=numbered("{n} tool is", "{n} tools are", len(parting.to_close)),
        )
        if parting.to_close
        else "",
        phrase("• {thing} not confirmed as handed over", thing=numbered("{n} thing", "{n} things", len(left)))
        if left
        else "",
        phrase(
            "• {open_blocker_is} with you now: `/blocker list`",
            open_blocker_is=numbered("{n} open blocker is", "{n} open blockers are", handed),
        )
        if handed
        else "",
        phrase(
            "• {wiki_item_is} yours to pass on",
            wiki_item_is=numbered("{n} wiki item is", "{n} wiki items are", len(parting.wiki)),
        )
        if parting.wiki
        else "",
        phrase(
            "• They manage {contractor}: choose somebody else with `/contractor edit`",
            contractor=numbered("{n} contractor", "{n} contractors", parting.leads),
        )
        if parting.leads
        else "",
        phrase("• The thanks could not be posted in a channel, so they went to {who} alone", who=who)
        if _unposted(row)
        else "",
    )
    todo = "\n".join(filter(None, said)) or phrase("Nothing is left to do.")
    controls = [button(phrase("Open"), OPEN, parting.user_id, spoken=phrase("Open the offboarding"))]
    controls += (
        [button(phrase("Tools"), CLOSING, parting.user_id, spoken=phrase("See the tools"))] if parting.to_close else []
    )
    back = button(phrase("They come back"), RETURN, parting.user_id, spoken=phrase("Lay a new path for them"))
    return text, [section(f"{text}\n{todo}"), actions(*controls, back)]


def _unposted(row: Offboarding) -> bool:
    return bool(row.thanks) and row.thanks_to in {"project", "everybody"} and row.thanked_at is None
