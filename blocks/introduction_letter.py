"""Messages around an introduction: to the contractor, to their manager, and the teaser of the day before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.introduction import APPROVE, OPEN, POST_NOW, WHERE, Shown, card
from blocks.kit import (
    Block,
    actions,
    asking_first,
    button,
    channel,
    context,
    divider,
    esc,
    mention,
    one_line,
    option,
    section,
    when,
)
from playbook.introduction import Audience, State

MANY = 3
MOST = 20
ROOM = 9000


@dataclass(frozen=True)
class Spots:
    """Where an introduction is to stand: the introduction channel and one the contractor is in, as id and name.

    `targets` are the channels it goes to; `outsider` is somebody who cannot see the introduction channel.
    """

    everybody: tuple[str, str]
    shared: tuple[str, str]
    targets: tuple[str, ...]
    outsider: bool
    audience: Audience
    trouble: str = ""


def named(ids: Sequence[str]) -> str:
    """Name channels in a sentence."""
    return " and ".join(channel(one) for one in ids) or "the introduction channel"


def ask(user_id: str, state: str, spots: Spots, manager_id: str) -> tuple[str, list[Block]]:
    """Ask a contractor to introduce themselves, or show how far it has come."""
    target = named(spots.targets)
    texts = {
        State.ASKED: f"People in {target} will want to know who joins them. Five short lines, 45 seconds: "
        f"I post them on your first day, once {mention(manager_id)} has seen them.",
        State.FILLED: f"Thank you, your introduction is saved. {mention(manager_id)} looks at it, "
        "and you can change it until it is posted.",
        State.APPROVED: f"Your introduction is approved and goes to {target} on your first day. "
        "You can change it until then; it is looked at once more then.",
        State.POSTED: f"Your introduction is in {target}. Thank you!",
    }
    text, aside = texts[State(state)], outside(spots)
    label = "Introduce yourself" if state == State.ASKED else "Change it"
    style = "primary" if state == State.ASKED else None
    buttons = [] if state == State.POSTED else [actions(button(label, OPEN, user_id, style))]
    return text, [section(text), *([context(aside)] if aside and state != State.POSTED else []), *buttons]


def outside(spots: Spots) -> str:
    """Tell a guest, kindly, that they are not in the introduction channel; "" for everybody else."""
    if not spots.outsider:
        return ""
    begin = f"As a guest you are not in {channel(spots.everybody[0])}, so you will not see it there."
    if spots.shared[0]:
        return f"{begin} I suggest {channel(spots.shared[0])} as well, where you are, and bring you what people say."
    return f"{begin} I bring you what people say to you here."


def for_approval(
    shown: Shown, state: str, spots: Spots, goes_at: datetime, *, lead: str = ""
) -> tuple[str, list[Block]]:
    """Show a manager the introduction of their contractor as it will look, with what they can do about it."""
    text = lead or LEADS[State(state)].format(who=mention(shown.user_id), target=named(spots.targets))
    if state in (State.FILLED, State.APPROVED):
        once = "" if state == State.APPROVED else ", once you approve"
        text += f" It goes to {named(spots.targets)} {when(goes_at)}{once}."
    if state == State.ASKED:
        return text, [section(text), actions(button("Write two lines", OPEN, shown.user_id))]
    if state == State.POSTED:
        return text, [section(text), *card(shown, live=False)[1]]
    return text, [
        section(text),
        divider(),
        *card(shown, live=False)[1],
        divider(),
        *_choice(shown, spots),
        *([context(spots.trouble)] if spots.trouble else []),
        _buttons(shown.user_id, state),
    ]


LEADS = {
    State.ASKED: "{who} has not filled in an introduction yet.",
    State.FILLED: "{who} has filled in an introduction. Please have a look.",
    State.APPROVED: "The introduction of {who} is approved.",
    State.POSTED: "The introduction of {who} is in {target}.",
}


def _buttons(user_id: str, state: str) -> Block:
    approve = [button("Approve", APPROVE, user_id, "primary")] if state == State.FILLED else []
    now = button("Post now", POST_NOW, user_id)
    text = "It is posted at once, to everybody in the channel."
    return actions(
        *approve, button("Edit", OPEN, user_id), asking_first(now, "Post it now?", text, "Post now", "Not yet")
    )


def _choice(shown: Shown, spots: Spots) -> list[Block]:
    """Let a manager choose where the introduction of somebody goes who cannot see the introduction channel."""
    if not spots.outsider:
        return []
    words = (
        f"{mention(shown.user_id)} is a guest and not in {channel(spots.everybody[0])}: they would not see it there."
    )
    if not spots.shared[0]:
        return [section(f"{words} I share no other channel with them: invite us both to one, and it can go there.")]
    everybody, shared = (f"#{one[1]}"[:30] for one in (spots.everybody, spots.shared))
    labels = {
        Audience.BOTH: f"Post in both {everybody} and {shared}",
        Audience.SHARED: f"Post in {shared} instead",
        Audience.EVERYBODY: f"Post only in {everybody}",
    }
    options = {key: option(label, f"{key}|{shown.user_id}").to_dict() for key, label in labels.items()}
    menu = {"type": "static_select", "action_id": WHERE, "options": list(options.values())}
    return [section(f"{words} Where should it stand?", menu | {"initial_option": options[spots.audience]})]


def newer(user_id: str) -> tuple[str, list[Block]]:
    """Say in the place of an older preview that there is a newer one."""
    text = f"The newest version of the introduction of {mention(user_id)} is further down."
    return text, [context(text)]


def two_lines(user_id: str) -> tuple[str, list[Block]]:
    """Ask a manager for two lines when the contractor has not found the time."""
    text = f"{mention(user_id)} has not found the time for an introduction yet. Would you write two lines?"
    hint = "What is their role, and which bottleneck are they here to solve? I post it as soon as you send it."
    return text, [section(text), context(hint), actions(button("Write two lines", OPEN, user_id, "primary"))]


def written(user_id: str) -> tuple[str, list[Block]]:
    """Say in the place of the question for two lines that there is an introduction now."""
    text = f"There is an introduction of {mention(user_id)} now. Thank you."
    return text, [section(text), actions(button("Look at it", OPEN, user_id))]


def teaser(user_id: str, name: str, role: str, day: str) -> tuple[str, list[Block]]:
    """Tell a channel the day before who is coming; `day` is "tomorrow" or "on Monday"."""
    who = f"{one_line(name, 80)} ({mention(user_id)})"
    text = f"{day[:1].upper()}{day[1:]} {who} joins us as {one_line(role)}. An introduction follows that morning."
    return text, [section(text)]


def trouble(user_id: str, what: str) -> tuple[str, list[Block]]:
    """Tell those who can mend it why an introduction could not be posted."""
    text = f"The introduction of {mention(user_id)} is ready, but I cannot post it. {what}"
    return text, [section(text), actions(button("Post now", POST_NOW, user_id, "primary"))]


def posted(spots: Spots) -> tuple[str, list[Block]]:
    """Tell a contractor that their introduction can be read."""
    text = f"Your introduction is in {named(spots.targets)}. Whoever says hi there, I bring it to you here."
    unseen = spots.outsider and spots.everybody[0] in spots.targets
    aside = f"You are not in {channel(spots.everybody[0])} as a guest; the people there can still say hi."
    return text, [section(text), *([context(aside)] if unseen else [])]


def edited(shown: Shown, by: str, spots: Spots) -> tuple[str, list[Block]]:
    """Show a contractor the introduction that somebody else has written or changed."""
    text = f"{mention(by)} has written your introduction for {named(spots.targets)}. Change it if you like."
    done = f"{mention(by)} has written your introduction, and it is in {named(spots.targets)}."
    if shown.posted:
        return done, [section(done), *card(shown, live=False)[1]]
    return text, [section(text), *card(shown, live=False)[1], actions(button("Change it", OPEN, shown.user_id))]


def greeted(said: Sequence[tuple[str, str, str]]) -> tuple[str, list[Block]]:
    """Bring greetings to a contractor: who, their name, their words."""
    names = [one_line(name, 80) for _, name, _ in said]
    more = f" and {len(names) - MANY} more" if len(names) > MANY else ""
    text = f"{', '.join(names[:MANY])}{more} said hi to you."
    return text, [section(text), *(section(f"{mention(user_id)}: {esc(words)}") for user_id, _, words in said)]


def how_many_fit(words: Sequence[str]) -> int:
    """Say how many greetings fit into one message; at least one does."""
    room, count = ROOM, 0
    for one in words[:MOST]:
        room -= len(esc(one))
        count += room >= 0
    return max(count, 1)
