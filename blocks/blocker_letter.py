"""The letters about a blocker: a card for everybody it concerns, words in its threads, and what the clock says."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from blocks import kit
from blocks.blocker import card, fallback
from playbook.blocker import State
from playbook.load import Playbook
from playbook.tongue import phrase
from storage.blocker import Case, about, about_card, also_told
from storage.outbox import Lane, Post, Redraw

GOOD_FOR = timedelta(days=14)
WORDS = 600


def cards(case: Case, playbook: Playbook) -> tuple[Post | Redraw, ...]:
    """Give everybody concerned the card as it is now: new where there is none yet, else edited in place."""
    return (*redrawn(case, playbook), *_new(case, playbook))


def redrawn(case: Case, playbook: Playbook) -> tuple[Redraw, ...]:
    """Edit every card that was written; a reminder keeps its opening sentence until the blocker is resolved."""
    waits = case.blocker.state != State.RESOLVED
    return tuple(
        Redraw(sent.key, *_card(case, _viewer(sent.to), playbook, sent.lead if waits else "")) for sent in case.sent
    )


def _new(case: Case, playbook: Playbook) -> Iterator[Post]:
    blocker, there = case.blocker, {sent.key for sent in case.sent}
    people = dict.fromkeys((blocker.user_id, blocker.helper_id, *also_told(blocker)))
    for user in filter(case.active, people):
        if (key := card_key(blocker.id, user)) not in there:
            yield _post(case, key, user, playbook)
    key = f"blocker:{blocker.id}:channel"
    if blocker.project_channel and key not in there:
        yield _post(case, key, blocker.project_channel, playbook)


def _post(case: Case, key: str, to: str, playbook: Playbook) -> Post:
    text, blocks = _card(case, _viewer(to), playbook)
    return Post(key, to, text, blocks, Lane.CARD, GOOD_FOR, about_card(case.blocker.id))


def _viewer(to: str) -> str:
    """Tell who reads a letter: a person, or nobody in particular in a channel."""
    return to if to[:1] in {"U", "W"} else ""


def _card(case: Case, viewer: str, playbook: Playbook, lead: str = "") -> tuple[str, list[kit.Block]]:
    hours = case.hours(case.blocker.helper_id, playbook.contractor)
    return card(case, viewer, playbook.blocker, hours, lead)


def card_key(blocker_id: str, user_id: str) -> str:
    """Name somebody's card."""
    return f"blocker:{blocker_id}:card:{user_id}"


def thread(case: Case, occasion: str, text: str, skip: Collection[str] = ()) -> tuple[Post, ...]:
    """Say something in the threads of the cards, except to those who know (`skip`)."""
    cards = (sent for sent in case.sent if ":card:" in sent.key or sent.key.endswith(":channel"))
    subject = f"{about_card(case.blocker.id)}:thread"
    return tuple(
        Post(f"{sent.key}:{occasion}", sent.to, text, (), Lane.CARD, GOOD_FOR, subject, sent.key)
        for sent in cards
        if sent.to not in skip and (not _viewer(sent.to) or case.active(sent.to))
    )


def reminder(case: Case, to: str, occasion: str, lead: str, playbook: Playbook, lane: Lane = Lane.ESCALATION) -> Post:
    """Turn to somebody about a blocker with a new message that carries the card; taken back once it is resolved."""
    text, blocks = _card(case, to, playbook, lead)
    key = f"blocker:{case.blocker.id}:{occasion}:{to}"
    return Post(key, to, text, blocks, lane, GOOD_FOR, about(case.blocker))


def question(case: Case, asker: str, words: str, occasion: str, answer: kit.Block) -> Post:
    """Bring a helper's question to the contractor, with a button to answer."""
    blocker = case.blocker
    said = phrase(
        "💬 {asker} asks about *#{number}*: {words}",
        asker=kit.mention(asker),
        number=blocker.number,
        words=kit.one_line(words, WORDS),
    )
    blocks = [kit.section(said), kit.actions(answer), kit.context(fallback(blocker))]
    key = f"blocker:{blocker.id}:{occasion}"
    return Post(key, blocker.user_id, said, blocks, Lane.CARD, GOOD_FOR, f"{about_card(blocker.id)}:thread")
