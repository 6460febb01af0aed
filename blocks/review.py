"""What people see of Quarterly Reviews: where one stands, the form for each side, and moving or skipping the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    context,
    divider,
    mention,
    modal,
    section,
    when,
)
from blocks.review_item import full_day, item_line
from playbook.review import GOOD, KPIS, NEXT, SLOW, WORDS, Next, Question, ReviewBook
from playbook.tongue import month, phrase
from storage.growth_tables import Review, ReviewItem

OPEN = "review.open"
BACK = "review.back"
ANSWER = "review.answer"
FORM = "review.form"
SHOW = "review.show"
BEGIN = "review.begin"
DROP = "review.drop"
PLAN = "review.plan"
PLANNED = "review.planned"

Drawn = tuple[str, list[Block]]

TITLE = phrase("Quarterly Review")
MOST_PAST = 12
MOVE, SKIP = "move", "skip"
BLIND = phrase(
    "Neither of you sees the other's answers, or any part of them, before both are in. Until then yours can be changed."
)
WHO_READS = phrase("What was shared is read by the two of you, and by nobody else.")


@dataclass(frozen=True)
class Stand:
    """Where the reviews of a contractor stand, for one of the two: the open one, the next, those before."""

    user_id: str
    manager_id: str
    mine: bool
    row: Review | None = None
    theirs_in: bool = False
    ours_in: bool = False
    coming: Next | None = None
    past: Sequence[Review] = ()
    items: Sequence[ReviewItem] = ()
    paused: bool = False

    @property
    def in_already(self) -> bool:
        """Say whether the person who looks has answered."""
        return self.theirs_in if self.mine else self.ours_in


def overview(stand: Stand, notice: str = "") -> View:
    """Show where the reviews of a contractor stand, and what can be done now."""
    blocks = [
        *([section(notice), divider()] if notice else []),
        section(
            phrase(
                "*Quarterly Reviews of {stand}*, with {manager_id}",
                stand=mention(stand.user_id),
                manager_id=mention(stand.manager_id),
            )
        ),
        *(_open(stand, stand.row) if stand.row else _coming(stand)),
        *_items(stand),
        *_past(stand),
        context(WHO_READS),
    ]
    return modal(TITLE, blocks, close=phrase("Close"))


def _open(stand: Stand, row: Review) -> list[Block]:
    if row.shared_at:
        said = phrase(
            "Review {number} is shared since {shared_at}: read it together.",
            number=row.number,
            shared_at=when(row.shared_at, "{date_short}"),
        )
        return [section(said), actions(button(phrase("Open the page"), SHOW, row.id, "primary"))]
    said = phrase(
        "Review {number} is open since {opened_at}.", number=row.number, opened_at=when(row.opened_at, "{date_short}")
    )
    rows = [_is_in(stand.user_id, there=stand.theirs_in), _is_in(stand.manager_id, there=stand.ours_in)]
    label = phrase("Change my answers") if stand.in_already else phrase("Answer")
    controls = [button(label, ANSWER, row.id, "primary")]
    if not stand.mine:
        controls.append(_drop(row))
    return [section("\n".join([said, *rows])), actions(*controls), context(BLIND)]


def _is_in(user_id: str, *, there: bool) -> str:
    return (
        phrase("• {user_id} has answered", user_id=mention(user_id))
        if there
        else phrase("• {user_id} has not answered yet", user_id=mention(user_id))
    )


def _drop(row: Review) -> Block:
    told = phrase("Nobody is shown what the other wrote. The next one opens on its own day.")
    return asking_first(
        button(phrase("Close without answers"), DROP, row.id), phrase("Close this review?"), told, phrase("Close it")
    )


def _coming(stand: Stand) -> list[Block]:
    if stand.paused:
        return [
            section(
                phrase("The path is paused. The next review opens when it goes on, on its day or the morning after.")
            )
        ]
    if stand.coming is None:
        return [section(phrase("No review is planned."))]
    said = phrase("The next one opens on {opens}. Both of you get a message then.", opens=full_day(stand.coming.opens))
    if stand.coming.opens != stand.coming.day:
        said = phrase(
            "The next one was moved and opens on {opens}. Both of you get a message then.",
            opens=full_day(stand.coming.opens),
        )
    if stand.mine:
        return [section(said)]
    controls = [
        button(phrase("Open it now"), BEGIN, stand.user_id),
        button(phrase("Move or skip it"), PLAN, stand.user_id),
    ]
    return [section(said), actions(*controls)]


def _items(stand: Stand) -> list[Block]:
    if not stand.items:
        return []
    return [section(phrase("*Still to do from reviews*")), *(item_line(one) for one in stand.items)]


def _past(stand: Stand) -> list[Block]:
    read = [
        section(_title(row), button(phrase("Read"), SHOW, row.id, spoken=phrase("Read {row}", row=_title(row))))
        for row in stand.past
    ]
    return [section(phrase("*Before*")), *read[:MOST_PAST]] if read else []


def _title(row: Review) -> str:
    return phrase("Review {number}, {due_on}", number=row.number, due_on=month(row.due_on))


# The forms ----------------------------------------------------------------------------------------


def form(row: Review, book: ReviewBook, said: Mapping[str, str], note: str, *, mine: bool) -> View:
    """Ask the contractor (`mine`) or the manager; filled with what they had typed or said before."""
    whose = phrase("Only your manager reads it") if mine else phrase("Only {row} reads it", row=mention(row.user_id))
    blocks = [
        section(phrase("{whose}, and only when both of you have answered.", whose=whose)),
        _words(book.question(GOOD), said, book.most_words, mine=mine),
        _words(book.question(SLOW), said, book.most_words, mine=mine),
        _choice(book, said, mine=mine),
        _words(book.question(WORDS), said, book.most_words, mine=mine),
        _words(book.question(NEXT), said, book.most_words, mine=mine),
    ]
    return modal(TITLE, blocks, FORM, phrase("Send"), memo=note, keeps_draft=True)


def _words(one: Question, said: Mapping[str, str], most: int, *, mine: bool) -> Block:
    label, hint = (one.theirs, one.theirs_hint) if mine else (one.ours, one.ours_hint)
    value = said.get(one.key, "")
    return fields.text(one.key, label, value, most=most, lines=True, optional=not one.needed, hint=hint)


def _choice(book: ReviewBook, said: Mapping[str, str], *, mine: bool) -> Block:
    one = book.question(KPIS)
    label, hint = (one.theirs, one.theirs_hint) if mine else (one.ours, one.ours_hint)
    return fields.radio(KPIS, label, [(each.label, each.key) for each in book.kpis], said.get(KPIS, ""), hint=hint)


def plan_form(user_id: str, coming: Next, note: str) -> View:
    """Ask the manager whether the next review is moved or skipped."""
    choices = [(phrase("Move it to the day below"), MOVE), (phrase("Skip this one"), SKIP)]
    blocks = [
        section(
            phrase(
                "The next review of {user_id} opens on {opens}. They are told what changes.",
                user_id=mention(user_id),
                opens=full_day(coming.opens),
            )
        ),
        fields.radio("what", phrase("What would you like?"), choices, MOVE),
        fields.day("day", phrase("Day"), coming.opens, hint=phrase("It opens in the morning, on their clock.")),
    ]
    return modal(phrase("Move or skip"), blocks, PLANNED, phrase("Save"), memo=note)


def moved(by: str, opens: date) -> Drawn:
    """Tell the contractor that their next review was moved."""
    text = phrase("{by} moved your next Quarterly Review: it opens on {opens}.", by=mention(by), opens=full_day(opens))
    return text, [section(text)]


def skipped(by: str, day: date, coming: date | None) -> Drawn:
    """Tell the contractor that a review will not be held."""
    text = phrase("{by} skips your Quarterly Review of {day}.", by=mention(by), day=full_day(day))
    text = f"{text} {_next_opens(coming)}" if coming else text
    return text, [section(text)]


def dropped(by: str, coming: date | None) -> Drawn:
    """Tell the contractor that an open review was closed without answers."""
    text = phrase(
        "{by} closed this Quarterly Review without answers. Nobody was shown what the other wrote.", by=mention(by)
    )
    text = f"{text} {_next_opens(coming)}" if coming else text
    return text, [section(text)]


def _next_opens(day: date) -> str:
    return phrase("The next one opens on {day}.", day=full_day(day))


def offer(user_id: str) -> Drawn:
    """Offer the page where no form can open by itself."""
    text = phrase("Here are the Quarterly Reviews of {user_id}.", user_id=mention(user_id))
    return text, [section(text), actions(button(phrase("Open"), OPEN, user_id))]
