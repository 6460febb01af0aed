"""Several checklists at once: what waits for somebody across contractors, and how far each one is."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks.checklist import DONE, OPEN, SIGNS
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    clean,
    context,
    day_name,
    divider,
    mention,
    modal,
    one_line,
    section,
)
from blocks.kit import progress as bar
from playbook.checklist import State, counts_from
from playbook.tongue import numbered, phrase
from storage.checklist import Progress
from storage.path_tables import ChecklistItem

PAGE = "checklist.page"
PAGE_BACK = "checklist.page_back"
PAGE_ROWS = 40
MOST_WAITING = 20


@dataclass(frozen=True)
class Member:
    """One contractor in the overview; `progress` is missing for one who has no checklist."""

    user_id: str
    name: str
    progress: Progress | None
    paused: bool = False


@dataclass(frozen=True)
class Waiting:
    """One item that waits for whoever looks, and whose path it is on."""

    item: ChecklistItem
    state: State


@dataclass(frozen=True)
class Overview:
    """What somebody sees who has to do with several contractors."""

    waiting: Sequence[Waiting]
    members: Sequence[Member]
    page: int = 0
    lead: str = ""

    @property
    def pages(self) -> int:
        """How many pages of contractors there are."""
        return max(1, -(-len(self.members) // PAGE_ROWS))


def overview(shown: Overview, memo: str) -> View:
    """Draw what waits first, then each contractor, those with something overdue first."""
    page = max(0, min(shown.page, shown.pages - 1))
    waiting = [section(shown.lead)] if shown.lead else []
    waiting += _waiting(shown.waiting) if page == 0 else []
    rows = [_member(one) for one in shown.members[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]]
    number = phrase(" · page {page} of {pages}", page=page + 1, pages=shown.pages) if shown.pages > 1 else ""
    head = section(
        phrase(
            "*{contractor}*, what is overdue first{number}",
            contractor=numbered("{n} contractor", "{n} contractors", len(shown.members)),
            number=number,
        )
    )
    back = [button(phrase("Page before"), PAGE_BACK, str(page - 1))] if page else []
    on = [button(phrase("Next page"), PAGE, str(page + 1))] if page + 1 < shown.pages else []
    turn = [actions(*back, *on)] if back or on else []
    return modal(phrase("Checklists"), [*waiting, head, *rows, *turn], close=phrase("Close"), memo=memo)


def _waiting(items: Sequence[Waiting]) -> list[Block]:
    if not items:
        return [section(phrase("*Waiting for you*: nothing just now.")), divider()]
    rows = [_wait(one) for one in items[:MOST_WAITING]]
    more = len(items) - MOST_WAITING
    rest = [context(phrase("…and {more} more. Open a checklist below to see them.", more=more))] if more > 0 else []
    return [
        section(phrase("*Waiting for you*: {thing}", thing=numbered("{n} thing", "{n} things", len(items)))),
        *rows,
        *rest,
        divider(),
    ]


def _wait(one: Waiting) -> Block:
    item, (sign, word) = one.item, SIGNS[one.state]
    day = (
        ""
        if one.state is State.TODAY
        else phrase(", due {due}", due=day_name(counts_from(item.due, item.snoozed_until)))
    )
    said = f"{sign} {one_line(item.text, 160)}\n{mention(item.user_id)} · {word}{day}"
    return section(
        said, button(phrase("Done"), DONE, item.id, spoken=phrase("Done: {item}", item=clean(item.text, 60)))
    )


def _member(one: Member) -> Block:
    if one.progress is None:
        how = phrase("no checklist yet")
    else:
        done, total, late = one.progress.done, one.progress.total, one.progress.overdue
        state = (
            phrase("🔴 {late} overdue", late=late)
            if late
            else phrase("✅ finished")
            if done == total
            else phrase("nothing overdue")
        )
        how = phrase(
            "{done} {done_2} of {total} · {state}", done=bar(done, total), done_2=done, total=total, state=state
        )
    paused = phrase(" · paused") if one.paused else ""
    return section(
        f"*{mention(one.user_id)}*\n{how}{paused}",
        button(
            phrase("Open"), OPEN, one.user_id, spoken=phrase("Open the checklist of {one}", one=clean(one.name, 50))
        ),
    )
