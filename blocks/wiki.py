"""What people see of the wiki rule: the form, the list of what is to be written, and answers that are there already."""

from collections.abc import Sequence

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    clean,
    context,
    esc,
    mention,
    menu_of,
    modal,
    one_line,
    section,
    short_day,
)
from playbook.tongue import numbered, phrase
from playbook.wiki import DONE, WikiBook
from playbook.wiki import OPEN as TO_WRITE
from storage.trust_tables import WikiItem

OPEN = "wiki.open"
ADD_MESSAGE = "wiki.add_message"
WRITE = "wiki.write"
WRITTEN = "wiki.written"
DROP = "wiki.drop"
UNDO = "wiki.undo"
FORM = "wiki.form"
NEW = "new"

MOST_LISTED = 15
HELP = phrase(
    "*`/circle wiki`* lists what is to be written down. `/circle wiki how do I deploy?` looks "
    "whether it was asked before, and `/circle wiki add How do I deploy? = Press the green "
    "button` writes it down.\n*Add to wiki* is in every message's menu. Whoever asked writes the "
    "answer; what is open comes to the next 1:1."
)

Drawn = tuple[str, list[Block]]
MINE = phrase("Yours to write down")


def about(row: WikiItem) -> str:
    """Name what reminders about an item are about."""
    return f"wiki:{row.id}"


def form(row: WikiItem | None, question: str, who: str, book: WikiBook, note: str, lead: str = "") -> View:
    """Ask for the question, the answer, the page it belongs on, and who writes it."""
    blocks = [
        *([section(lead)] if lead else []),
        fields.text(
            "question", phrase("What was asked?"), row.question if row else question, lines=True, most=book.most
        ),
        fields.text(
            "answer",
            phrase("The answer"),
            row.answer if row else "",
            optional=True,
            lines=True,
            most=book.most_answer,
            hint=phrase("Leave it empty if nobody has answered yet"),
        ),
        fields.text(
            "page",
            phrase("Where it belongs"),
            row.page if row else "",
            optional=True,
            most=book.most_page,
            hint=phrase("The address or the name of the page in your documentation"),
        ),
        *(
            []
            if row
            else [fields.person("writer", phrase("Who writes it down?"), who, hint=phrase("The contractor who asked"))]
        ),
    ]
    return modal(
        phrase("Add to wiki") if row is None else phrase("Wiki #{number}", number=row.number),
        blocks,
        FORM,
        phrase("Keep"),
        memo=note,
    )


def line(row: WikiItem) -> str:
    """Say in a line or two what was asked, answered, and where it belongs."""
    said = f"*#{row.number}* {one_line(row.question, 200)}"
    answer = f"\n{one_line(row.answer, 300)}" if row.answer else phrase("\n_No answer yet_")
    return said + answer + (phrase("\nBelongs on {row}", row=place(row)) if row.page else "")


def place(row: WikiItem) -> str:
    """Name the page, as a link where it is one."""
    page = clean(row.page)
    if page.startswith(("https://", "http://")) and not set(page) & set(" <>|"):
        return phrase("<{page}|the page>", page=esc(page))
    return one_line(page)


def kept(row: WikiItem, me: str) -> Drawn:
    """Say that it is kept, and whose it is to write."""
    whose = (
        phrase("It is yours to write down")
        if row.user_id == me
        else phrase("{row} writes it down", row=mention(row.user_id))
    )
    text = phrase(
        "Kept as wiki #{number}. {whose}, and until then it comes up in the 1:1.", number=row.number, whose=whose
    )
    return text, [section(text), section(line(row)), actions(*_buttons(row))]


def told(row: WikiItem) -> Drawn:
    """Tell a contractor that something they asked is theirs to write down."""
    text = phrase("{added_by} suggests that you write this down for whoever asks next.", added_by=mention(row.added_by))
    return text, [section(text), section(line(row)), actions(*_buttons(row))]


def before(row: WikiItem) -> Drawn:
    """Answer somebody with what was written when it was asked before."""
    times = (
        phrase("It has been asked {time}.", time=numbered("{n} time", "{n} times", row.asked)) if row.asked > 1 else ""
    )
    where = phrase(" It is on {row}.", row=place(row)) if row.page else ""
    open_ = phrase(" Nobody has written it down yet.") if row.state == TO_WRITE else ""
    text = phrase(
        "That was asked before: wiki #{number}.{where}{open} {times}",
        number=row.number,
        where=where,
        open=open_,
        times=times,
    ).rstrip()
    return text, [section(text), section(line(row)), actions(*_buttons(row))]


def _buttons(row: WikiItem) -> list[Block]:
    if row.state != TO_WRITE:
        return [button(phrase("Open"), WRITE, row.id), button(phrase("Not written yet"), UNDO, row.id)]
    return [
        button(phrase("It is written"), WRITTEN, row.id, "primary"),
        button(phrase("Change"), WRITE, row.id),
        button(phrase("Not needed"), DROP, row.id),
    ]


def closed(row: WikiItem) -> Drawn:
    """Say what became of an item."""
    done = row.state == DONE
    text = (
        phrase("Wiki #{number} is written down. Thank you!", number=row.number)
        if done
        else phrase("Wiki #{number} is not needed.", number=row.number)
    )
    return text, [section(f"{text}\n{line(row)}", button(phrase("Undo"), UNDO, row.id))]


def unknown(words: str) -> Drawn:
    """Say that it was never asked, and offer to keep it."""
    text = phrase("Nobody has asked that here yet: {words}", words=one_line(words, 200))
    return text, [section(text), actions(button(phrase("Add to wiki"), WRITE, NEW, "primary"))]


def page(mine: Sequence[WikiItem], theirs: Sequence[WikiItem], lately: Sequence[WikiItem], note: str) -> View:
    """List what is to be written, by me and by my contractors, and what was written lately."""
    parts: list[Block] = []
    for title, rows in (
        (MINE, mine),
        (phrase("Your contractors'"), theirs),
        (phrase("Written lately"), lately),
    ):
        if rows:
            parts.append(section(f"*{title}*"))
            parts += [_row(one, with_owner=title != MINE) for one in rows[:MOST_LISTED]]
            more = len(rows) - MOST_LISTED
            parts += (
                [context(phrase("and {more_item}", more_item=numbered("{n} more item", "{n} more items", more)))]
                if more > 0
                else []
            )
    nothing = [section(phrase("Nothing is waiting to be written down. What is asked twice belongs in the wiki."))]
    return modal(
        phrase("Wiki"),
        [*(parts or nothing), actions(button(phrase("Add to wiki"), WRITE, NEW))],
        close=phrase("Close"),
        memo=note,
    )


def _row(row: WikiItem, *, with_owner: bool) -> Block:
    owner = (
        phrase("\n{row} · since {date}", row=mention(row.user_id), date=short_day(row.added_at.date()))
        if with_owner
        else ""
    )
    if row.state != TO_WRITE:
        return section(line(row) + owner, button(phrase("Open"), WRITE, row.id))
    choices = [
        (phrase("It is written"), WRITTEN, row.id),
        (phrase("Change"), WRITE, row.id),
        (phrase("Not needed"), DROP, row.id),
    ]
    return section(line(row) + owner, menu_of(choices))


def reminder(rows: Sequence[WikiItem]) -> Drawn:
    """Remind a contractor once a week of what is still to be written."""
    text = phrase(
        "{answer} of yours {or_} for a place in the wiki.",
        answer=numbered("{n} answer", "{n} answers", len(rows)),
        or_=numbered("waits", "wait", len(rows)),
    )
    shown = [section(line(row), button(phrase("It is written"), WRITTEN, row.id)) for row in rows[:5]]
    return text, [
        section(phrase("{text} Ten minutes, and nobody has to ask again.", text=text)),
        *shown,
        actions(button(phrase("See all"), OPEN)),
    ]
