"""Who was on the path before, a page at a time."""

from collections.abc import Sequence

from blocks.contractor import ON_A_PAGE, SHOW, long_day
from blocks.kit import Block, actions, button, context, mention, one_line, section, when
from playbook.tongue import numbered, phrase
from storage.tables import Contractor

FORMER_TURN = "contractor.former_turn"
FORMER_TURN_ON = "contractor.former_turn_on"


def former_text(count: int) -> str:
    """Sum up who has left in one line."""
    return (
        phrase("Former: {person}.", person=numbered("{n} person", "{n} people", count))
        if count
        else phrase("Nobody has left the path.")
    )


def former(rows: Sequence[Contractor], page: int) -> list[Block]:
    """List one page of those who have left the path, with their dates."""
    pages = max(1, -(-len(rows) // ON_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = rows[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    back = [button(phrase("Previous"), FORMER_TURN, str(page - 1))] if page else []
    on = [button(phrase("Next"), FORMER_TURN_ON, str(page + 1))] if page + 1 < pages else []
    turns = (
        [context(phrase("Page {page} of {pages}", page=page + 1, pages=pages)), actions(*back, *on)]
        if pages > 1
        else []
    )
    return [section(f"*{former_text(len(rows))}*"), *(_left(one) for one in shown), *turns]


def _left(one: Contractor) -> Block:
    ended = when(one.ended_at, "{date_short}") if one.ended_at else ""
    words = phrase(
        "*{one}* · {role} · {project}\n{start_date} to {ended} · manager {manager_id}",
        one=mention(one.user_id),
        role=one_line(one.role, 80),
        project=one_line(one.project, 80),
        start_date=long_day(one.start_date),
        ended=ended,
        manager_id=mention(one.manager_id),
    )
    return section(words, button(phrase("Show"), SHOW, one.user_id, spoken=phrase("Show this former contractor")))
