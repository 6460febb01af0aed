"""Access to tools as people see it: what operations is to open, ticking it, and the page with all of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    clean,
    context,
    day_name,
    esc,
    mention,
    modal,
    one_line,
    plural,
    section,
    when,
)
from playbook.access import AccessProgress, Line, Rights, Stage, Step, next_step, progress

OPEN = "access.open"
PAGE = "access.page"
PAGE_BACK = "access.page_back"
ALL_OPENED = "access.all_opened"
ONE_BY_ONE = "access.one_by_one"
OPEN_FORM = "access.open_form"
TICK = "access.tick"
UNTICK = "access.untick"
VERIFY = "access.verify"
UNVERIFY = "access.unverify"
CONFIRM = "access.confirm"
UNCONFIRM = "access.unconfirm"

FEW = 5
TEN = 10
MOST_TICKS = 300
PAGE_ROWS = 30
ROOM = 8000
SECTION = 2800
NAME = 80
MOST_LINK = 300
LABELS = {
    Step.OPEN: ("It is open", TICK),
    Step.SHUT: ("Not open yet", UNTICK),
    Step.CONFIRM: ("It is on", CONFIRM),
    Step.DENY: ("Not on any more", UNCONFIRM),
    Step.VERIFY: ("Verify", VERIFY),
    Step.DOUBT: ("Not verified", UNVERIFY),
}
TITLES = {
    Stage.TO_OPEN: "Not open yet",
    Stage.TO_CONFIRM: "Open, 2FA not confirmed yet",
    Stage.TO_VERIFY: "2FA confirmed, not verified yet",
    Stage.READY: "Ready",
}

Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class About:
    """Whose access it is, when they start, and who is asked; `left` tells that nobody is there for operations."""

    user_id: str
    starts: date
    started: bool = False
    manager_id: str = ""
    left: bool = False


def value(user_id: str, record: object) -> str:
    """Name a contractor together with a tool, or a page of theirs; looked up and never trusted."""
    return f"{user_id}:{record}"


def home_line(counted: AccessProgress) -> str:
    """Say in one line how far somebody's access has come; "" where there are no tools."""
    if not counted.total:
        return ""
    opened = f"Access: {counted.opened} of {counted.total} open"
    return f"{opened}, 2FA {counted.confirmed} of {counted.critical} confirmed" if counted.critical else opened


def prepare(about: About, lines: Sequence[Line]) -> Drawn:
    """Draw the list of everything that operations is to open; without a Toolbox, who can fill it."""
    text = _point(about, progress(lines))
    blocks = [section(f"*{text}*"), *([context(_instead(about))] if about.left else [])]
    if not lines:
        return text, blocks
    return text, [*blocks, *_listed(about, lines), _controls(about, lines)]


def _point(about: About, counted: AccessProgress) -> str:
    who, starts = mention(about.user_id), day_name(about.starts)
    if not counted.total:
        filling = f"{mention(about.manager_id)} or an admin" if about.manager_id else "An admin"
        return (
            f"There is nothing to open for {who} yet: the Toolbox is empty. {filling} can fill it with "
            "`/contractor packet`, and the list appears here."
        )
    if counted.opened == counted.total:
        return f"Everything is open for {who}: {_all(counted.total)}. Thank you, they can begin without waiting."
    head = f"{who} started on {starts}" if about.started else f"Before {who} starts on {starts}"
    return f"{head}: open these. {_missing(counted)}"


def _all(total: int) -> str:
    return f"all {total} tools" if total > 1 else "the one tool"


def _missing(counted: AccessProgress) -> str:
    return f"{counted.total - counted.opened} of {plural(counted.total, 'tool')} not open yet."


def _instead(about: About) -> str:
    return (
        "Nobody is there for operations just now, so this comes to you as their manager. "
        f"`/contractor edit` {mention(about.user_id)} names somebody."
    )


def _listed(about: About, lines: Sequence[Line]) -> list[Block]:
    """Show each tool: a few with a button each, many as a list in which what is missing comes first."""
    if len(lines) <= FEW:
        return [section(_row(line), _toggle(about, line)) for line in lines]
    ordered = sorted(lines, key=lambda line: line.opened_at is not None)
    return packed([_row(line) for line in ordered], "“Tick one by one” has them all.")


def packed(rows: Sequence[str], where: str) -> list[Block]:
    """Put rows of text into as few blocks as hold them; what does not fit into a message is counted."""
    pages, left = [""], ROOM
    for at, row in enumerate(rows):
        if len(row) > left:
            return [*(section(page) for page in pages if page), context(f"…and {len(rows) - at} more. {where}")]
        left -= len(row)
        if len(pages[-1]) + len(row) > SECTION:
            pages.append("")
        pages[-1] += f"{row}\n"
    return [section(page) for page in pages if page]


def _row(line: Line) -> str:
    name = f"*{one_line(line.name, NAME)}*{', critical (needs 2FA)' if line.critical else ''}"
    if line.opened_at is not None:
        return f"☑ {name} · {_opened(line, line.opened_at)}"
    how = " · ".join(part for part in (one_line(line.how, 100), web(line.link)) if part)
    return f"☐ {name} · {how}" if how else f"☐ {name}"


def _opened(line: Line, at: datetime) -> str:
    return f"opened by {mention(line.opened_by)} {when(at)}"


def web(link: str) -> str:
    """Show a web address as a link; "" for what is none."""
    whole = "".join(link.split()).replace("|", "%7C")
    fits = whole.startswith(("https://", "http://")) and len(whole) <= MOST_LINK
    return f"<{esc(whole)}|link>" if fits else ""


def _toggle(about: About, line: Line) -> Block:
    label, action = LABELS[Step.OPEN if line.opened_at is None else Step.SHUT]
    return button(label, action, value(about.user_id, line.tool_id), spoken=clean(f"{line.name}: {label}", 75))


def _controls(about: About, lines: Sequence[Line]) -> Block:
    missing = sum(line.opened_at is None for line in lines)
    sure = f"This says that {plural(missing, 'more tool')} can be used by the contractor now."
    everything = button("All opened", ALL_OPENED, about.user_id, style="primary")
    asked = asking_first(everything, "Is everything open?", sure, "All are open", "Not yet")
    some = button("Tick one by one" if missing else "Change something", ONE_BY_ONE, about.user_id)
    details = button("Details", OPEN, about.user_id, spoken="Everything about this contractor's access")
    return actions(*([asked] if missing else []), *([some] if len(lines) > FEW else []), details)


def reminder(about: About, lines: Sequence[Line]) -> Drawn:
    """Remind operations once of what is missing; when nothing is any more, it says so."""
    counted, who = progress(lines), mention(about.user_id)
    if counted.opened == counted.total:
        return (text := f"Everything is open for {who} now. Thank you."), [section(text)]
    day = f"started on {day_name(about.starts)}" if about.started else f"starts on {day_name(about.starts)}"
    text = f"A kind reminder: {who} {day}. {_missing(counted)}"
    names = ", ".join(one_line(line.name, 40) for line in lines[:TEN] if line.opened_at is None)
    return text, [section(f"{text}\n{names}"), _controls(about, lines)]


def ticks(lines: Sequence[Line], ticked: Iterable[str]) -> list[Block]:
    """Draw a tick for each tool, at most ten in a field; `read_ticks` gives them back."""
    shown, on = lines[:MOST_TICKS], tuple(ticked)
    parts = [shown[first : first + TEN] for first in range(0, len(shown), TEN)]
    return [
        fields.ticks(f"tools_{number}", _range(number, len(part)), [(_option(line), line.tool_id) for line in part], on)
        for number, part in enumerate(parts)
    ]


def _range(number: int, count: int) -> str:
    first = number * TEN + 1
    return f"Tools {first} to {first + count - 1}" if count > 1 else f"Tool {first}"


def _option(line: Line) -> str:
    return f"{clean(line.name, 60)} (critical)" if line.critical else line.name


def open_form(about: About, lines: Sequence[Line], memo: str) -> View:
    """Draw the form in which operations ticks what is open, one by one."""
    lead = section(f"What can {mention(about.user_id)} use already? Taking a tick away says that it is not open.")
    ticked = [line.tool_id for line in lines if line.opened_at is not None]
    return modal("Tick what is open", [lead, *ticks(lines, ticked)], OPEN_FORM, "Save", memo=memo)


def page(about: About, lines: Sequence[Line], rights: Rights, number: int, memo: str) -> View:
    """Show every tool of a contractor with who did what and when, by what is missing next, page by page."""
    ordered = sorted(lines, key=lambda line: list(Stage).index(line.stage))
    pages = max(1, -(-len(ordered) // PAGE_ROWS))
    number = max(0, min(number, pages - 1))
    shown = ordered[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
    blocks = [section(_top(about, lines)), *_tools_row(about, lines, rights)]
    for stage in Stage:
        rows = [line for line in shown if line.stage is stage]
        blocks += [section(f"*{TITLES[stage]}*")] if rows else []
        blocks += [section(_detail(about, line), _step(about, line, rights)) for line in rows]
    return modal("Access", [*blocks, *_turn(about, number, pages)], close="Close", memo=memo)


def _top(about: About, lines: Sequence[Line]) -> str:
    if not lines:
        return f"No tools are listed for {mention(about.user_id)}. They come from the Toolbox: `/contractor packet`."
    return f"{mention(about.user_id)}, start on {day_name(about.starts)}\n{home_line(progress(lines))}"


def _tools_row(about: About, lines: Sequence[Line], rights: Rights) -> list[Block]:
    return [actions(button("Tick one by one", ONE_BY_ONE, about.user_id))] if rights.opens and lines else []


def _detail(about: About, line: Line) -> str:
    name = f"*{one_line(line.name, NAME)}*{' · critical' if line.critical else ''}"
    how = " · ".join(part for part in (one_line(line.how, 200), web(line.link)) if part)
    opened = _opened(line, line.opened_at) if line.opened_at else "not open yet"
    return "\n".join(part for part in (name, how, opened, proof(about.user_id, line) if line.critical else "") if part)


def proof(user_id: str, line: Line) -> str:
    """Say who confirmed the second factor and who verified it, and when."""
    head = f"2FA on {one_line(line.name, NAME)}:"
    if line.confirmed_at is None:
        return f"{head} not confirmed yet"
    confirmed = f"{head} confirmed by {mention(user_id)} {_day(line.confirmed_at)}"
    if line.verified_at is None:
        return f"{confirmed}, not verified yet"
    return f"{confirmed}, verified by {mention(line.verified_by)} {_day(line.verified_at)}"


def _day(at: datetime) -> str:
    return when(at, "{date_short_pretty}")


def _step(about: About, line: Line, rights: Rights) -> Block | None:
    step = next_step(line, rights)
    if step is None:
        return None
    label, action = LABELS[step]
    own = step in (Step.CONFIRM, Step.DENY)
    named = line.tool_id if own else value(about.user_id, line.tool_id)
    return button(label, action, named, spoken=clean(f"{line.name}: {label}", 75))


def in_words(about: About, text: str) -> list[Block]:
    """Say it in a conversation, with a button to everything."""
    return [section(text, button("Details", OPEN, about.user_id, spoken="Everything about this access"))]


def _turn(about: About, number: int, pages: int) -> list[Block]:
    back = [button("Page before", PAGE_BACK, value(about.user_id, number - 1))] if number else []
    on = [button("Next page", PAGE, value(about.user_id, number + 1))] if number + 1 < pages else []
    return [context(f"Page {number + 1} of {pages}"), actions(*back, *on)] if back or on else []
