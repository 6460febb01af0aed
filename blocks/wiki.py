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
    plural,
    section,
    short_day,
)
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
HELP = (
    "*`/circle wiki`* lists what is to be written down. `/circle wiki how do I deploy?` looks whether it was asked "
    "before, and `/circle wiki add How do I deploy? = Press the green button` writes it down.\n"
    "*Add to wiki* is in every message's menu. Whoever asked writes the answer; what is open comes to the next 1:1."
)

Drawn = tuple[str, list[Block]]


def about(row: WikiItem) -> str:
    """Name what reminders about an item are about."""
    return f"wiki:{row.id}"


def form(row: WikiItem | None, question: str, who: str, book: WikiBook, note: str, lead: str = "") -> View:
    """Ask for the question, the answer, the page it belongs on, and who writes it."""
    blocks = [
        *([section(lead)] if lead else []),
        fields.text("question", "What was asked?", row.question if row else question, lines=True, most=book.most),
        fields.text(
            "answer",
            "The answer",
            row.answer if row else "",
            optional=True,
            lines=True,
            most=book.most_answer,
            hint="Leave it empty if nobody has answered yet",
        ),
        fields.text(
            "page",
            "Where it belongs",
            row.page if row else "",
            optional=True,
            most=book.most_page,
            hint="The address or the name of the page in your documentation",
        ),
        *([] if row else [fields.person("writer", "Who writes it down?", who, hint="The contractor who asked")]),
    ]
    return modal("Add to wiki" if row is None else f"Wiki #{row.number}", blocks, FORM, "Keep", memo=note)


def line(row: WikiItem) -> str:
    """Say in a line or two what was asked, answered, and where it belongs."""
    said = f"*#{row.number}* {one_line(row.question, 200)}"
    answer = f"\n{one_line(row.answer, 300)}" if row.answer else "\n_No answer yet_"
    return said + answer + (f"\nBelongs on {place(row)}" if row.page else "")


def place(row: WikiItem) -> str:
    """Name the page, as a link where it is one."""
    page = clean(row.page)
    if page.startswith(("https://", "http://")) and not set(page) & set(" <>|"):
        return f"<{esc(page)}|the page>"
    return one_line(page)


def kept(row: WikiItem, me: str) -> Drawn:
    """Say that it is kept, and whose it is to write."""
    whose = "It is yours to write down" if row.user_id == me else f"{mention(row.user_id)} writes it down"
    text = f"Kept as wiki #{row.number}. {whose}, and until then it comes up in the 1:1."
    return text, [section(text), section(line(row)), actions(*_buttons(row))]


def told(row: WikiItem) -> Drawn:
    """Tell a contractor that something they asked is theirs to write down."""
    text = f"{mention(row.added_by)} suggests that you write this down for whoever asks next."
    return text, [section(text), section(line(row)), actions(*_buttons(row))]


def before(row: WikiItem) -> Drawn:
    """Answer somebody with what was written when it was asked before."""
    times = f"It has been asked {plural(row.asked, 'time')}." if row.asked > 1 else ""
    where = f" It is on {place(row)}." if row.page else ""
    open_ = " Nobody has written it down yet." if row.state == TO_WRITE else ""
    text = f"That was asked before: wiki #{row.number}.{where}{open_} {times}".rstrip()
    return text, [section(text), section(line(row)), actions(*_buttons(row))]


def _buttons(row: WikiItem) -> list[Block]:
    if row.state != TO_WRITE:
        return [button("Open", WRITE, row.id), button("Not written yet", UNDO, row.id)]
    return [
        button("It is written", WRITTEN, row.id, "primary"),
        button("Change", WRITE, row.id),
        button("Not needed", DROP, row.id),
    ]


def closed(row: WikiItem) -> Drawn:
    """Say what became of an item."""
    done = row.state == DONE
    text = f"Wiki #{row.number} is written down. Thank you!" if done else f"Wiki #{row.number} is not needed."
    return text, [section(f"{text}\n{line(row)}", button("Undo", UNDO, row.id))]


def unknown(words: str) -> Drawn:
    """Say that it was never asked, and offer to keep it."""
    text = f"Nobody has asked that here yet: {one_line(words, 200)}"
    return text, [section(text), actions(button("Add to wiki", WRITE, NEW, "primary"))]


def page(mine: Sequence[WikiItem], theirs: Sequence[WikiItem], lately: Sequence[WikiItem], note: str) -> View:
    """List what is to be written, by me and by my contractors, and what was written lately."""
    parts: list[Block] = []
    for title, rows in (("Yours to write down", mine), ("Your contractors'", theirs), ("Written lately", lately)):
        if rows:
            parts.append(section(f"*{title}*"))
            parts += [_row(one, with_owner=title != "Yours to write down") for one in rows[:MOST_LISTED]]
            more = len(rows) - MOST_LISTED
            parts += [context(f"and {plural(more, 'more item')}")] if more > 0 else []
    nothing = [section("Nothing is waiting to be written down. What is asked twice belongs in the wiki.")]
    return modal("Wiki", [*(parts or nothing), actions(button("Add to wiki", WRITE, NEW))], close="Close", memo=note)


def _row(row: WikiItem, *, with_owner: bool) -> Block:
    owner = f"\n{mention(row.user_id)} · since {short_day(row.added_at.date())}" if with_owner else ""
    if row.state != TO_WRITE:
        return section(line(row) + owner, button("Open", WRITE, row.id))
    choices = [("It is written", WRITTEN, row.id), ("Change", WRITE, row.id), ("Not needed", DROP, row.id)]
    return section(line(row) + owner, menu_of(choices))


def reminder(rows: Sequence[WikiItem]) -> Drawn:
    """Remind a contractor once a week of what is still to be written."""
    text = f"{plural(len(rows), 'answer')} of yours {'waits' if len(rows) == 1 else 'wait'} for a place in the wiki."
    shown = [section(line(row), button("It is written", WRITTEN, row.id)) for row in rows[:5]]
    return text, [
        section(f"{text} Ten minutes, and nobody has to ask again."),
        *shown,
        actions(button("See all", OPEN)),
    ]
