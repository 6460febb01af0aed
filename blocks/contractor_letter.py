"""What people are told of the path: welcome, a manager's and a buddy's part, what was changed, paused or awaited."""

from collections.abc import Mapping, Sequence
from datetime import date

from blocks.buddy import expected
from blocks.contractor import agreed, line, long_day, who_helps
from blocks.kit import Block, actions, button, context, day_name, mention, one_line, section
from playbook.tongue import phrase
from storage.path_tables import Invite
from storage.tables import Contractor, Person

LOG = "log.today"
RAISE = "blocker.raise"
MOST_NAMED = 15
Drawn = tuple[str, list[Block]]


def welcome(contractor: Contractor, person: Person, helpers: Mapping[str, str], ahead: date | None = None) -> Drawn:
    """Greet a new contractor: who helps with what, and what they will do most; `ahead` is a Day 1 still to come."""
    team = phrase("{manager_id} and the team are glad you are here.", manager_id=mention(contractor.manager_id))
    text = phrase("Welcome! {team} I am Inner Circle, and I keep the small things short.", team=team)
    if ahead is not None:
        team = phrase(
            "{manager_id} and the team look forward to {ahead}, your Day 1.",
            manager_id=mention(contractor.manager_id),
            ahead=day_name(ahead),
        )
        text = phrase("Welcome! {team} I am Inner Circle, and I keep the small things short.", team=team)
    ways = _by_words() if person.guest == "single" else _by_commands()
    begins = phrase(
        "*Agreed*: {contractor}, from {start_date}.",
        contractor=agreed(contractor, person.zone),
        start_date=day_name(contractor.start_date),
    )
    agreement = phrase(
        "{begins} If that is not what you agreed, tell {manager_id}.",
        begins=begins,
        manager_id=mention(contractor.manager_id),
    )
    doors = [button(phrase("Log time"), LOG, style="primary"), button(phrase("Raise a blocker"), RAISE)]
    return text, [
        section(f"👋 {text}"),
        *([section(_ahead(ahead))] if ahead else []),
        section(phrase("*Who helps you with what*\n{helpers}", helpers=who_helps(helpers))),
        *([] if ahead else [section(ways)]),
        section(agreement),
        *([] if ahead else [actions(*doors)]),
        context(phrase("Your log is seen by you, your manager and the admins. Nobody is ranked.")),
    ]


def welcome_back(
    contractor: Contractor, person: Person, helpers: Mapping[str, str], ahead: date | None = None
) -> Drawn:
    """Greet somebody who was on the path before; `ahead` is a Day 1 still to come."""
    text = phrase(
        "Welcome back! {manager_id} and the team are glad that you are here again.",
        manager_id=mention(contractor.manager_id),
    )
    if ahead is not None:
        text = phrase(
            "Welcome back! {manager_id} and the team look forward to {ahead}.",
            manager_id=mention(contractor.manager_id),
            ahead=day_name(ahead),
        )
    agreement = phrase(
        "*Agreed*: {contractor}, from {start_date}.",
        contractor=agreed(contractor, person.zone),
        start_date=day_name(contractor.start_date),
    )
    anew = phrase("A new path begins for you then, with its checklist and tools. What you did before is still there.")
    return text, [
        section(f"👋 {text}\n{anew}"),
        section(phrase("*Who helps you with what*\n{helpers}", helpers=who_helps(helpers))),
        section(
            phrase(
                "{agreement} If that is not what you agreed, tell {manager_id}.",
                agreement=agreement,
                manager_id=mention(contractor.manager_id),
            )
        ),
    ]


def _ahead(first: date) -> str:
    return phrase(
        "*What happens next*\n• Until then there is nothing you have to do. Should I ask you for a "
        "few lines about yourself, a minute is enough\n• {first}, in your morning: what you need to "
        "know and your first steps come to you here\n• From then on I ask at the end of your day what "
        "you worked on",
        first=long_day(first),
    )


def _by_commands() -> str:
    return phrase(
        "*Two things to know*\n• `/log 2h review` stores your time in one line\n• `/blocker waiting "
        "for Figma access` finds the person who can help\nBoth work here as well: write `log 2h "
        "review` or `blocked: waiting for access` to me."
    )


def _by_words() -> str:
    return phrase(
        "*Two things to know*\n• Type `log 2h review` to me here, and your time is stored\n• Type "
        "`blocked: waiting for Figma access` to me here, and I find the person who can help\nGuests "
        "of one channel have no slash commands, so write here or use my Home tab."
    )


def to_manager(contractor: Contractor, zone: str) -> Drawn:
    """Tell a manager whom they now look after."""
    text = phrase("{contractor} is on the path with you as manager.", contractor=mention(contractor.user_id))
    rest = phrase("You get one digest on working mornings, and I come to you when a blocker stays open too long.")
    return text, [section(f"{text}\n{agreed(contractor, zone)}\n{rest}")]


def changed(contractor: Contractor, zone: str, helpers: Mapping[str, str]) -> Drawn:
    """Tell a contractor that what was agreed has changed."""
    text = phrase("What is agreed with you was changed: {contractor}.", contractor=agreed(contractor, zone))
    ask = phrase("If something is not right, tell {manager_id}.", manager_id=mention(contractor.manager_id))
    return text, [
        section(f"{line(contractor, zone)}"),
        section(who_helps(helpers)),
        context(phrase("This was changed just now. {ask}", ask=ask)),
    ]


def several_for_manager(lines: Sequence[str]) -> Drawn:
    """Tell a manager of several contractors at once: one sentence about each, as they would be told of one."""
    text = phrase(
        "{lines} contractors were put on the path with you as manager. `/contractor` lists them.", lines=len(lines)
    )
    shown = [f"• {line}" for line in lines[:MOST_NAMED]]
    more = [phrase("…and {lines} more", lines=len(lines) - MOST_NAMED)] if len(lines) > MOST_NAMED else []
    rest = phrase("You get one digest on working mornings, and I come to you when a blocker stays open too long.")
    return text, [section(text), section("\n".join([*shown, *more])), context(rest)]


def to_buddy(contractor: Contractor) -> Drawn:
    """Tell somebody that they are a newcomer's Shadow Buddy."""
    who = mention(contractor.user_id)
    text = phrase("You are {who}'s Shadow Buddy.", who=who)
    begins = phrase(
        "They begin on {start_date} as {role}.",
        start_date=long_day(contractor.start_date),
        role=one_line(contractor.role, 80),
    )
    _, rest = expected(contractor.user_id, contractor.user_id)
    fits = phrase("If that does not fit, tell {manager_id}.", manager_id=mention(contractor.manager_id))
    return text, [section(f"{text}\n{begins} {fits}"), *rest[1:]]


def moved(contractor: Contractor, before: date) -> Drawn:
    """Tell a contractor that they begin on another day."""
    days = phrase(
        "{start_date} instead of {before}", start_date=long_day(contractor.start_date), before=long_day(before)
    )
    text = phrase("Your start has moved: you begin on {days}.", days=days)
    rest = phrase("What has reached you already stays as it is, and all that is still to come moves along.")
    return text, [
        section(
            phrase(
                "{text}\n{rest}\nIf that is not right, tell {manager_id}.",
                text=text,
                rest=rest,
                manager_id=mention(contractor.manager_id),
            )
        )
    ]


def moved_around(contractor: Contractor, before: date) -> Drawn:
    """Tell those around a contractor that the start has moved."""
    days = phrase(
        "{start_date} instead of {before}", start_date=long_day(contractor.start_date), before=long_day(before)
    )
    text = phrase("{contractor} begins on {days}.", contractor=mention(contractor.user_id), days=days)
    return text, [
        section(
            phrase("{text}\nEverything that is still to come for them moves along; there is nothing to do.", text=text)
        )
    ]


def paused(contractor: Contractor, by: str) -> Drawn:
    """Tell a contractor that their path rests."""
    text = phrase("Your path is paused: {by} has stopped it for now.", by=mention(by))
    rest = phrase("I ask you for nothing until it goes on, and nothing you did is lost.")
    return text, [
        section(
            phrase(
                "{text}\n{rest}\nIf you did not expect this, ask {manager_id}.",
                text=text,
                rest=rest,
                manager_id=mention(contractor.manager_id),
            )
        )
    ]


def resumed(contractor: Contractor) -> Drawn:
    """Tell a contractor that their path goes on."""
    text = phrase("Good to have you back: your path goes on from here.")
    rest = phrase("You need not catch up on anything that passed meanwhile; what is still worth doing comes to you.")
    return text, [
        section(
            phrase(
                "{text}\n{rest}\nQuestions? {manager_id} is there.",
                text=text,
                rest=rest,
                manager_id=mention(contractor.manager_id),
            )
        )
    ]


def paused_for_manager(contractor: Contractor, by: str) -> Drawn:
    """Tell a manager that somebody else has paused their contractor's path."""
    text = phrase("{by} paused {contractor}'s path.", by=mention(by), contractor=mention(contractor.user_id))
    return text, [
        section(
            phrase("{text}\nThey get no reminders until it goes on: `/contractor resume` with their name.", text=text)
        )
    ]


def resumed_for_manager(contractor: Contractor, by: str) -> Drawn:
    """Tell a manager that somebody else has let their contractor's path go on."""
    text = phrase("{by} let {contractor}'s path go on.", by=mention(by), contractor=mention(contractor.user_id))
    return text, [section(phrase("{text}\nWhat they missed longer than a week ago is not sent.", text=text))]


def expected_for_manager(invite: Invite) -> Drawn:
    """Tell a manager whom they are to look after once they have joined."""
    text = phrase(
        "{email} is to be on the path with you as manager, from {start_date}.",
        email=one_line(invite.email),
        start_date=long_day(invite.start_date),
    )
    return text, [
        section(
            phrase(
                "{text}\nThere is no Slack account yet. When they join with this address, all begins by itself.",
                text=text,
            )
        )
    ]


def late(invite: Invite) -> Drawn:
    """Tell a manager that somebody was to begin today and has not joined."""
    text = phrase("{email} was to begin today and has not joined Slack yet.", email=one_line(invite.email))
    rest = phrase(
        "Has the invitation reached them? The path starts as soon as they join; `/contractor` changes the day."
    )
    return text, [section(f"{text}\n{rest}")]


def arrived(contractor: Contractor, email: str) -> Drawn:
    """Tell a manager, and who added them, that somebody who was expected has joined."""
    text = phrase(
        "{contractor} has joined Slack as {email}, and their path has begun.",
        contractor=mention(contractor.user_id),
        email=one_line(email),
    )
    return text, [section(phrase("{text}\nEverything you filled in is in place, and they were welcomed.", text=text))]


def not_begun(user_id: str, email: str, why: str) -> Drawn:
    """Tell who added somebody why their path could not begin when they joined."""
    text = phrase(
        "{user_id} has joined Slack as {email}, and I could not start their path.",
        user_id=mention(user_id),
        email=one_line(email),
    )
    return text, [
        section(phrase("{text}\n{why}\n`/contractor add` takes them on once that is mended.", text=text, why=why))
    ]
