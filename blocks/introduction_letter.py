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
from playbook.tongue import capital, phrase

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
    return phrase(" and ").join(channel(one) for one in ids) or phrase("the introduction channel")


def ask(user_id: str, state: str, spots: Spots, manager_id: str) -> tuple[str, list[Block]]:
    """Ask a contractor to introduce themselves, or show how far it has come."""
    target = named(spots.targets)
    texts = {
        State.ASKED: phrase(
            "People in {target} will want to know who joins them. Five short lines, 45 seconds: I post "
            "them on your first day, once {manager_id} has seen them.",
            target=target,
            manager_id=mention(manager_id),
        ),
        State.FILLED: phrase(
            "Thank you, your introduction is saved. {manager_id} looks at it, and you can change it "
            "until it is posted.",
            manager_id=mention(manager_id),
        ),
        State.APPROVED: phrase(
            "Your introduction is approved and goes to {target} on your first day. You can change it "
            "until then; it is looked at once more then.",
            target=target,
        ),
        State.POSTED: phrase("Your introduction is in {target}. Thank you!", target=target),
    }
    text, aside = texts[State(state)], outside(spots)
    label = phrase("Introduce yourself") if state == State.ASKED else phrase("Change it")
    style = "primary" if state == State.ASKED else None
    buttons = [] if state == State.POSTED else [actions(button(label, OPEN, user_id, style))]
    return text, [section(text), *([context(aside)] if aside and state != State.POSTED else []), *buttons]


def outside(spots: Spots) -> str:
    """Tell a guest, kindly, that they are not in the introduction channel; "" for everybody else."""
    if not spots.outsider:
        return ""
    begin = phrase(
        "As a guest you are not in {everybody}, so you will not see it there.", everybody=channel(spots.everybody[0])
    )
    if spots.shared[0]:
        return phrase(
            "{begin} I suggest {shared} as well, where you are, and bring you what people say.",
            begin=begin,
            shared=channel(spots.shared[0]),
        )
    return phrase("{begin} I bring you what people say to you here.", begin=begin)


def for_approval(
    shown: Shown, state: str, spots: Spots, goes_at: datetime, *, lead: str = ""
) -> tuple[str, list[Block]]:
    """Show a manager the introduction of their contractor as it will look, with what they can do about it."""
    text = lead or LEADS[State(state)].format(who=mention(shown.user_id), target=named(spots.targets))
    if state in (State.FILLED, State.APPROVED):
        once = "" if state == State.APPROVED else phrase(", once you approve")
        text += phrase(
            " It goes to {targets} {goes_at}{once}.", targets=named(spots.targets), goes_at=when(goes_at), once=once
        )
    if state == State.ASKED:
        return text, [section(text), actions(button(phrase("Write two lines"), OPEN, shown.user_id))]
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
    State.ASKED: phrase("{who} has not filled in an introduction yet."),
    State.FILLED: phrase("{who} has filled in an introduction. Please have a look."),
    State.APPROVED: phrase("The introduction of {who} is approved."),
    State.POSTED: phrase("The introduction of {who} is in {target}."),
}


def _buttons(user_id: str, state: str) -> Block:
    approve = [button(phrase("Approve"), APPROVE, user_id, "primary")] if state == State.FILLED else []
    now = button(phrase("Post now"), POST_NOW, user_id)
    text = phrase("It is posted at once, to everybody in the channel.")
    return actions(
        *approve,
        button(phrase("Edit"), OPEN, user_id),
        asking_first(now, phrase("Post it now?"), text, phrase("Post now"), phrase("Not yet")),
    )


def _choice(shown: Shown, spots: Spots) -> list[Block]:
    """Let a manager choose where the introduction of somebody goes who cannot see the introduction channel."""
    if not spots.outsider:
        return []
    words = phrase(
        "{shown} is a guest and not in {everybody}: they would not see it there.",
        shown=mention(shown.user_id),
        everybody=channel(spots.everybody[0]),
    )
    if not spots.shared[0]:
        return [
            section(
                phrase(
                    "{words} I share no other channel with them: invite us both to one, and it can go there.",
                    words=words,
                )
            )
        ]
    everybody, shared = (f"#{one[1]}"[:30] for one in (spots.everybody, spots.shared))
    labels = {
        Audience.BOTH: phrase("Post in both {everybody} and {shared}", everybody=everybody, shared=shared),
        Audience.SHARED: phrase("Post in {shared} instead", shared=shared),
        Audience.EVERYBODY: phrase("Post only in {everybody}", everybody=everybody),
    }
    options = {key: option(label, f"{key}|{shown.user_id}").to_dict() for key, label in labels.items()}
    menu = {"type": "static_select", "action_id": WHERE, "options": list(options.values())}
    return [
        section(
            phrase("{words} Where should it stand?", words=words), menu | {"initial_option": options[spots.audience]}
        )
    ]


def newer(user_id: str) -> tuple[str, list[Block]]:
    """Say in the place of an older preview that there is a newer one."""
    text = phrase("The newest version of the introduction of {user_id} is further down.", user_id=mention(user_id))
    return text, [context(text)]


def two_lines(user_id: str) -> tuple[str, list[Block]]:
    """Ask a manager for two lines when the contractor has not found the time."""
    text = phrase(
        "{user_id} has not found the time for an introduction yet. Would you write two lines?", user_id=mention(user_id)
    )
    hint = phrase("What is their role, and which bottleneck are they here to solve? I post it as soon as you send it.")
    return text, [section(text), context(hint), actions(button(phrase("Write two lines"), OPEN, user_id, "primary"))]


def written(user_id: str) -> tuple[str, list[Block]]:
    """Say in the place of the question for two lines that there is an introduction now."""
    text = phrase("There is an introduction of {user_id} now. Thank you.", user_id=mention(user_id))
    return text, [section(text), actions(button(phrase("Look at it"), OPEN, user_id))]


def teaser(user_id: str, name: str, role: str, day: str) -> tuple[str, list[Block]]:
    """Tell a channel the day before who is coming; `day` is "tomorrow" or "on Monday"."""
    who = f"{one_line(name, 80)} ({mention(user_id)})"
    text = phrase(
        "{day} {who} joins us as {role}. An introduction follows that morning.",
        day=capital(day),
        who=who,
        role=one_line(role),
    )
    return text, [section(text)]


def trouble(user_id: str, what: str) -> tuple[str, list[Block]]:
    """Tell those who can mend it why an introduction could not be posted."""
    text = phrase(
        "The introduction of {user_id} is ready, but I cannot post it. {what}", user_id=mention(user_id), what=what
    )
    return text, [section(text), actions(button(phrase("Post now"), POST_NOW, user_id, "primary"))]


def posted(spots: Spots) -> tuple[str, list[Block]]:
    """Tell a contractor that their introduction can be read."""
    text = phrase(
        "Your introduction is in {targets}. Whoever says hi there, I bring it to you here.",
        targets=named(spots.targets),
    )
    unseen = spots.outsider and spots.everybody[0] in spots.targets
    aside = phrase(
        "You are not in {everybody} as a guest; the people there can still say hi.",
        everybody=channel(spots.everybody[0]),
    )
    return text, [section(text), *([context(aside)] if unseen else [])]


def edited(shown: Shown, by: str, spots: Spots) -> tuple[str, list[Block]]:
    """Show a contractor the introduction that somebody else has written or changed."""
    text = phrase(
        "{by} has written your introduction for {targets}. Change it if you like.",
        by=mention(by),
        targets=named(spots.targets),
    )
    done = phrase(
        "{by} has written your introduction, and it is in {targets}.", by=mention(by), targets=named(spots.targets)
    )
    if shown.posted:
        return done, [section(done), *card(shown, live=False)[1]]
    return text, [section(text), *card(shown, live=False)[1], actions(button(phrase("Change it"), OPEN, shown.user_id))]


def greeted(said: Sequence[tuple[str, str, str]]) -> tuple[str, list[Block]]:
    """Bring greetings to a contractor: who, their name, their words."""
    names = [one_line(name, 80) for _, name, _ in said]
    more = phrase(" and {names} more", names=len(names) - MANY) if len(names) > MANY else ""
    text = phrase("{names}{more} said hi to you.", names=", ".join(names[:MANY]), more=more)
    return text, [section(text), *(section(f"{mention(user_id)}: {esc(words)}") for user_id, _, words in said)]


def how_many_fit(words: Sequence[str]) -> int:
    """Say how many greetings fit into one message; at least one does."""
    room, count = ROOM, 0
    for one in words[:MOST]:
        room -= len(esc(one))
        count += room >= 0
    return max(count, 1)
