"""The monthly question which discussion a contractor should be in, its form, and what the contractor is told."""

from collections.abc import Mapping
from datetime import date

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    channel,
    context,
    esc,
    mention,
    modal,
    quoted,
    section,
)
from playbook.ladder import CHANNEL, DOCUMENT, NOT_NOW, LadderBook
from playbook.tongue import numbered, phrase
from storage.growth_tables import Inclusion

INCLUDE = "ladder.include"
NOT_THIS_MONTH = "ladder.not_now"
INCLUDED = "ladder.included"

Drawn = tuple[str, list[Block]]
SIGN = ":"
MOST_ANSWERED = 20


def record(user_id: str, month: date) -> str:
    """Name a month's question about a contractor."""
    return f"{user_id}{SIGN}{month}"


def question_key(manager_id: str, month: date) -> str:
    """Name a manager's question of a month."""
    return f"ladder.question:{manager_id}:{month}"


def suggest_key(manager_id: str, month: date) -> str:
    """Name what a manager is told of who is ready in a month."""
    return f"ladder.suggest:{manager_id}:{month}"


ASK_ONE = phrase("One discussion more: which should {who} be in this month?")
ASK_MANY = phrase("One discussion more: which should each of your contractors be in this month?")
THANKS = phrase("Thank you. All of this month's answers are in.")
HINT = phrase(
    "Knowing why makes better work than knowing what. They are told in your words; not this month is fine too."
)


def question(rows: Mapping[str, Inclusion], book: LadderBook) -> Drawn:
    """Ask a manager about their contractors, those without an answer first and a handful at a time."""
    waiting = [row for row in rows.values() if not row.answer]
    answered = [row for row in rows.values() if row.answer]
    done = [section("\n".join(_answer(row) for row in answered[:MOST_ANSWERED]))] if answered else []
    if not waiting:
        return THANKS, [section(THANKS), *done]
    text = ASK_ONE.format(who=mention(waiting[0].user_id)) if len(rows) == 1 else ASK_MANY
    shown = [block for row in waiting[: book.most_asked] for block in _asked(row)]
    left = len(waiting) - book.most_asked
    more = (
        [
            context(
                phrase(
                    "{more_contractor} once these are answered.",
                    more_contractor=numbered("{n} more contractor", "{n} more contractors", left),
                )
            )
        ]
        if left > 0
        else []
    )
    return text, [section(text), *shown, *more, *done, context(HINT)]


def _asked(row: Inclusion) -> list[Block]:
    value = record(row.user_id, row.month)
    choose = button(phrase("Choose a discussion"), INCLUDE, value)
    return [section(mention(row.user_id)), actions(choose, button(phrase("Not this month"), NOT_THIS_MONTH, value))]


ANSWERS = {
    CHANNEL: phrase("{who}: invited into {where}"),
    DOCUMENT: phrase("{who}: invited into a document"),
    NOT_NOW: phrase("{who}: not this month"),
}


def _answer(row: Inclusion) -> str:
    return ANSWERS[row.answer].format(who=mention(row.user_id), where=channel(row.channel_id))


def form(user_id: str, row: Inclusion | None, book: LadderBook, memo: str) -> View:
    """Ask which discussion, and for the words that the contractor reads."""
    blocks = [
        section(
            phrase(
                "Which discussion should {user_id} be in? A channel or a document, one is enough.",
                user_id=mention(user_id),
            )
        ),
        fields.channel("channel", phrase("Channel"), row.channel_id if row else ""),
        fields.link("link", phrase("Document"), row.link if row else "", hint=phrase("Begins with https://")),
        fields.text(
            "words",
            phrase("What they read from you"),
            row.words if row else "",
            most=book.most_words,
            lines=True,
            hint=phrase("What is discussed there, and why their view is wanted"),
        ),
    ]
    return modal(phrase("Into a discussion"), blocks, INCLUDED, phrase("Invite"), memo=memo)


TO_CHANNEL = phrase("{who} wants you in a discussion, in {where}. Once you are in, read back a little and say hello.")
IN_CHANNEL = phrase("{who} wants your view in a discussion, in {where}. You are in there already, so just begin.")
TO_DOCUMENT = phrase("{who} wants your view in <{link}|a document>. Read it once, and leave a first comment this week.")
BOTH = phrase(
    "{who} wants you in a discussion, in {where}, with <{link}|a document> that goes with it. "
    "Read it once, and say what you think."
)


def told(row: Inclusion, *, is_in: bool) -> Drawn:
    """Tell the contractor into which discussion they are invited, in their manager's words."""
    if row.channel_id and row.link:
        said = BOTH
    elif row.channel_id:
        said = IN_CHANNEL if is_in else TO_CHANNEL
    else:
        said = TO_DOCUMENT
    text = said.format(who=mention(row.answered_by), where=channel(row.channel_id), link=esc(row.link))
    return text, [section(text), section(quoted(row.words, 500))]


def step_left(row: Inclusion) -> str:
    """Say to the manager what only they can do: let somebody into a channel."""
    return phrase(
        "{row} reads your words. One step is yours: type `/invite` and their name in {channel_id}, "
        "since only people of a channel can let somebody in.",
        row=mention(row.user_id),
        channel_id=channel(row.channel_id),
    )
