"""What people are told of the path: welcome, a manager's and a buddy's part, what was changed, paused or awaited."""

from collections.abc import Mapping, Sequence
from datetime import date

from blocks.buddy import expected
from blocks.contractor import agreed, line, long_day, who_helps
from blocks.kit import Block, actions, button, context, day_name, mention, one_line, section
from storage.path_tables import Invite
from storage.tables import Contractor, Person

LOG = "log.today"
RAISE = "blocker.raise"
MOST_NAMED = 15
Drawn = tuple[str, list[Block]]


def welcome(contractor: Contractor, person: Person, helpers: Mapping[str, str], ahead: date | None = None) -> Drawn:
    """Greet a new contractor: who helps with what, and what they will do most; `ahead` is a Day 1 still to come."""
    team = f"{mention(contractor.manager_id)} and the team are glad you are here."
    text = f"Welcome! {team} I am Inner Circle, and I keep the small things short."
    if ahead is not None:
        team = f"{mention(contractor.manager_id)} and the team look forward to {day_name(ahead)}, your Day 1."
        text = f"Welcome! {team} I am Inner Circle, and I keep the small things short."
    ways = _by_words() if person.guest == "single" else _by_commands()
    begins = f"*Agreed*: {agreed(contractor, person.zone)}, from {day_name(contractor.start_date)}."
    agreement = f"{begins} If that is not what you agreed, tell {mention(contractor.manager_id)}."
    doors = [button("Log time", LOG, style="primary"), button("Raise a blocker", RAISE)]
    return text, [
        section(f"👋 {text}"),
        *([section(_ahead(ahead))] if ahead else []),
        section(f"*Who helps you with what*\n{who_helps(helpers)}"),
        *([] if ahead else [section(ways)]),
        section(agreement),
        *([] if ahead else [actions(*doors)]),
        context("Your log is seen by you, your manager and the admins. Nobody is ranked."),
    ]


def welcome_back(
    contractor: Contractor, person: Person, helpers: Mapping[str, str], ahead: date | None = None
) -> Drawn:
    """Greet somebody who was on the path before; `ahead` is a Day 1 still to come."""
    text = f"Welcome back! {mention(contractor.manager_id)} and the team are glad that you are here again."
    if ahead is not None:
        text = f"Welcome back! {mention(contractor.manager_id)} and the team look forward to {day_name(ahead)}."
    agreement = f"*Agreed*: {agreed(contractor, person.zone)}, from {day_name(contractor.start_date)}."
    anew = "A new path begins for you then, with its checklist and tools. What you did before is still there."
    return text, [
        section(f"👋 {text}\n{anew}"),
        section(f"*Who helps you with what*\n{who_helps(helpers)}"),
        section(f"{agreement} If that is not what you agreed, tell {mention(contractor.manager_id)}."),
    ]


def _ahead(first: date) -> str:
    return (
        "*What happens next*\n• Until then there is nothing you have to do. "
        "Should I ask you for a few lines about yourself, a minute is enough\n"
        f"• {long_day(first)}, in your morning: what you need to know and your first steps come to you here\n"
        "• From then on I ask at the end of your day what you worked on"
    )


def _by_commands() -> str:
    return (
        "*Two things to know*\n• `/log 2h review` stores your time in one line\n"
        "• `/blocker waiting for Figma access` finds the person who can help\n"
        "Both work here as well: write `log 2h review` or `blocked: waiting for access` to me."
    )


def _by_words() -> str:
    return (
        "*Two things to know*\n• Type `log 2h review` to me here, and your time is stored\n"
        "• Type `blocked: waiting for Figma access` to me here, and I find the person who can help\n"
        "Guests of one channel have no slash commands, so write here or use my Home tab."
    )


def to_manager(contractor: Contractor, zone: str) -> Drawn:
    """Tell a manager whom they now look after."""
    text = f"{mention(contractor.user_id)} is on the path with you as manager."
    rest = "You get one digest on working mornings, and I come to you when a blocker stays open too long."
    return text, [section(f"{text}\n{agreed(contractor, zone)}\n{rest}")]


def changed(contractor: Contractor, zone: str, helpers: Mapping[str, str]) -> Drawn:
    """Tell a contractor that what was agreed has changed."""
    text = f"What is agreed with you was changed: {agreed(contractor, zone)}."
    ask = f"If something is not right, tell {mention(contractor.manager_id)}."
    return text, [
        section(f"{line(contractor, zone)}"),
        section(who_helps(helpers)),
        context(f"This was changed just now. {ask}"),
    ]


def several_for_manager(lines: Sequence[str]) -> Drawn:
    """Tell a manager of several contractors at once: one sentence about each, as they would be told of one."""
    text = f"{len(lines)} contractors were put on the path with you as manager. `/contractor` lists them."
    shown = [f"• {line}" for line in lines[:MOST_NAMED]]
    more = [f"…and {len(lines) - MOST_NAMED} more"] if len(lines) > MOST_NAMED else []
    rest = "You get one digest on working mornings, and I come to you when a blocker stays open too long."
    return text, [section(text), section("\n".join([*shown, *more])), context(rest)]


def to_buddy(contractor: Contractor) -> Drawn:
    """Tell somebody that they are a newcomer's Shadow Buddy."""
    who = mention(contractor.user_id)
    text = f"You are {who}'s Shadow Buddy."
    begins = f"They begin on {long_day(contractor.start_date)} as {one_line(contractor.role, 80)}."
    _, rest = expected(contractor.user_id, contractor.user_id)
    fits = f"If that does not fit, tell {mention(contractor.manager_id)}."
    return text, [section(f"{text}\n{begins} {fits}"), *rest[1:]]


def moved(contractor: Contractor, before: date) -> Drawn:
    """Tell a contractor that they begin on another day."""
    days = f"{long_day(contractor.start_date)} instead of {long_day(before)}"
    text = f"Your start has moved: you begin on {days}."
    rest = "What has reached you already stays as it is, and all that is still to come moves along."
    return text, [section(f"{text}\n{rest}\nIf that is not right, tell {mention(contractor.manager_id)}.")]


def moved_around(contractor: Contractor, before: date) -> Drawn:
    """Tell those around a contractor that the start has moved."""
    days = f"{long_day(contractor.start_date)} instead of {long_day(before)}"
    text = f"{mention(contractor.user_id)} begins on {days}."
    return text, [section(f"{text}\nEverything that is still to come for them moves along; there is nothing to do.")]


def paused(contractor: Contractor, by: str) -> Drawn:
    """Tell a contractor that their path rests."""
    text = f"Your path is paused: {mention(by)} has stopped it for now."
    rest = "I ask you for nothing until it goes on, and nothing you did is lost."
    return text, [section(f"{text}\n{rest}\nIf you did not expect this, ask {mention(contractor.manager_id)}.")]


def resumed(contractor: Contractor) -> Drawn:
    """Tell a contractor that their path goes on."""
    text = "Good to have you back: your path goes on from here."
    rest = "You need not catch up on anything that passed meanwhile; what is still worth doing comes to you."
    return text, [section(f"{text}\n{rest}\nQuestions? {mention(contractor.manager_id)} is there.")]


def paused_for_manager(contractor: Contractor, by: str) -> Drawn:
    """Tell a manager that somebody else has paused their contractor's path."""
    text = f"{mention(by)} paused {mention(contractor.user_id)}'s path."
    return text, [section(f"{text}\nThey get no reminders until it goes on: `/contractor resume` with their name.")]


def resumed_for_manager(contractor: Contractor, by: str) -> Drawn:
    """Tell a manager that somebody else has let their contractor's path go on."""
    text = f"{mention(by)} let {mention(contractor.user_id)}'s path go on."
    return text, [section(f"{text}\nWhat they missed longer than a week ago is not sent.")]


def expected_for_manager(invite: Invite) -> Drawn:
    """Tell a manager whom they are to look after once they have joined."""
    text = f"{one_line(invite.email)} is to be on the path with you as manager, from {long_day(invite.start_date)}."
    return text, [
        section(f"{text}\nThere is no Slack account yet. When they join with this address, all begins by itself.")
    ]


def late(invite: Invite) -> Drawn:
    """Tell a manager that somebody was to begin today and has not joined."""
    text = f"{one_line(invite.email)} was to begin today and has not joined Slack yet."
    rest = "Has the invitation reached them? The path starts as soon as they join; `/contractor` changes the day."
    return text, [section(f"{text}\n{rest}")]


def arrived(contractor: Contractor, email: str) -> Drawn:
    """Tell a manager, and who added them, that somebody who was expected has joined."""
    text = f"{mention(contractor.user_id)} has joined Slack as {one_line(email)}, and their path has begun."
    return text, [section(f"{text}\nEverything you filled in is in place, and they were welcomed.")]


def not_begun(user_id: str, email: str, why: str) -> Drawn:
    """Tell who added somebody why their path could not begin when they joined."""
    text = f"{mention(user_id)} has joined Slack as {one_line(email)}, and I could not start their path."
    return text, [section(f"{text}\n{why}\n`/contractor add` takes them on once that is mended.")]
