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
    section,
    when,
)
from playbook.access import AccessProgress, Line, Rights, Stage, Step, next_step, progress
from playbook.tongue import numbered, phrase

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
    Step.OPEN: (phrase("It is open"), TICK),
    Step.SHUT: (phrase("Not open yet"), UNTICK),
    Step.CONFIRM: (phrase("It is on"), CONFIRM),
    Step.DENY: (phrase("Not on any more"), UNCONFIRM),
    Step.VERIFY: (phrase("Verify"), VERIFY),
    Step.DOUBT: (phrase("Not verified"), UNVERIFY),
}
TITLES = {
    Stage.TO_OPEN: phrase("Not open yet"),
    Stage.TO_CONFIRM: phrase("Open, 2FA not confirmed yet"),
    Stage.TO_VERIFY: phrase("2FA confirmed, not verified yet"),
    Stage.READY: phrase("Ready"),
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
    opened = phrase("Access: {opened} of {total} open", opened=counted.opened, total=counted.total)
    return (
        phrase(
            "{opened}, 2FA {confirmed} of {critical} confirmed",
            opened=opened,
            confirmed=counted.confirmed,
            critical=counted.critical,
        )
        if counted.critical
        else opened
    )


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
        filling = (
            phrase("{manager_id} or an admin", manager_id=mention(about.manager_id))
            if about.manager_id
            else phrase("An admin")
        )
        return phrase(
            "There is nothing to open for {who} yet: the Toolbox is empty. {filling} can fill it with "
            "`/contractor packet`, and the list appears here.",
            who=who,
            filling=filling,
        )
    if counted.opened == counted.total:
        return phrase(
            "Everything is open for {who}: {total}. Thank you, they can begin without waiting.",
            who=who,
            total=_all(counted.total),
        )
    head = (
        phrase("{who} started on {starts}", who=who, starts=starts)
        if about.started
        else phrase("Before {who} starts on {starts}", who=who, starts=starts)
    )
    return phrase("{head}: open these. {counted}", head=head, counted=_missing(counted))


def _all(total: int) -> str:
    return phrase("all {total} tools", total=total) if total > 1 else phrase("the one tool")


def _missing(counted: AccessProgress) -> str:
    return phrase(
        "{total} of {tool} not open yet.",
        total=counted.total - counted.opened,
        tool=numbered("{n} tool", "{n} tools", counted.total),
    )


def _instead(about: About) -> str:
    return phrase(
        "Nobody is there for operations just now, so this comes to you as their manager. "
        "`/contractor edit` {about} names somebody.",
        about=mention(about.user_id),
    )


def _listed(about: About, lines: Sequence[Line]) -> list[Block]:
    """Show each tool: a few with a button each, many as a list in which what is missing comes first."""
    if len(lines) <= FEW:
        return [section(_row(line), _toggle(about, line)) for line in lines]
    ordered = sorted(lines, key=lambda line: line.opened_at is not None)
    return packed([_row(line) for line in ordered], phrase("“Tick one by one” has them all."))


def packed(rows: Sequence[str], where: str) -> list[Block]:
    """Put rows of text into as few blocks as hold them; what does not fit into a message is counted."""
    pages, left = [""], ROOM
    for at, row in enumerate(rows):
        if len(row) > left:
            return [
                *(section(page) for page in pages if page),
                context(phrase("…and {rows} more. {where}", rows=len(rows) - at, where=where)),
            ]
        left -= len(row)
        if len(pages[-1]) + len(row) > SECTION:
            pages.append("")
        pages[-1] += f"{row}\n"
    return [section(page) for page in pages if page]


def _row(line: Line) -> str:
    name = f"*{one_line(line.name, NAME)}*{(phrase(', critical (needs 2FA)') if line.critical else '')}"
    if line.opened_at is not None:
        return f"☑ {name} · {_opened(line, line.opened_at)}"
    how = " · ".join(part for part in (one_line(line.how, 100), web(line.link)) if part)
    return f"☐ {name} · {how}" if how else f"☐ {name}"


def _opened(line: Line, at: datetime) -> str:
    return phrase("opened by {opened_by} {at}", opened_by=mention(line.opened_by), at=when(at))


def web(link: str) -> str:
    """Show a web address as a link; "" for what is none."""
    whole = "".join(link.split()).replace("|", "%7C")
    fits = whole.startswith(("https://", "http://")) and len(whole) <= MOST_LINK
    return f"<{esc(whole)}|{phrase('link')}>" if fits else ""


def _toggle(about: About, line: Line) -> Block:
    label, action = LABELS[Step.OPEN if line.opened_at is None else Step.SHUT]
    return button(label, action, value(about.user_id, line.tool_id), spoken=clean(f"{line.name}: {label}", 75))


def _controls(about: About, lines: Sequence[Line]) -> Block:
    missing = sum(line.opened_at is None for line in lines)
    sure = phrase(
        "This says that {more_tool} can be used by the contractor now.",
        more_tool=numbered("{n} more tool", "{n} more tools", missing),
    )
    everything = button(phrase("All opened"), ALL_OPENED, about.user_id, style="primary")
    asked = asking_first(everything, phrase("Is everything open?"), sure, phrase("All are open"), phrase("Not yet"))
    some = button(phrase("Tick one by one") if missing else phrase("Change something"), ONE_BY_ONE, about.user_id)
    details = button(phrase("Details"), OPEN, about.user_id, spoken=phrase("Everything about this contractor's access"))
    return actions(*([asked] if missing else []), *([some] if len(lines) > FEW else []), details)


def reminder(about: About, lines: Sequence[Line]) -> Drawn:
    """Remind operations once of what is missing; when nothing is any more, it says so."""
    counted, who = progress(lines), mention(about.user_id)
    if counted.opened == counted.total:
        return (text := phrase("Everything is open for {who} now. Thank you.", who=who)), [section(text)]
    day = (
        phrase("started on {starts}", starts=day_name(about.starts))
        if about.started
        else phrase("starts on {starts}", starts=day_name(about.starts))
    )
    text = phrase("A kind reminder: {who} {day}. {counted}", who=who, day=day, counted=_missing(counted))
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
    return (
        phrase("Tools {first} to {first_2}", first=first, first_2=first + count - 1)
        if count > 1
        else phrase("Tool {first}", first=first)
    )


def _option(line: Line) -> str:
    return phrase("{line} (critical)", line=clean(line.name, 60)) if line.critical else line.name


def open_form(about: About, lines: Sequence[Line], memo: str) -> View:
    """Draw the form in which operations ticks what is open, one by one."""
    lead = section(
        phrase(
            "What can {about} use already? Taking a tick away says that it is not open.", about=mention(about.user_id)
        )
    )
    ticked = [line.tool_id for line in lines if line.opened_at is not None]
    return modal(phrase("Tick what is open"), [lead, *ticks(lines, ticked)], OPEN_FORM, phrase("Save"), memo=memo)


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
    return modal(phrase("Access"), [*blocks, *_turn(about, number, pages)], close=phrase("Close"), memo=memo)


def _top(about: About, lines: Sequence[Line]) -> str:
    if not lines:
        return phrase(
            "No tools are listed for {about}. They come from the Toolbox: `/contractor packet`.",
            about=mention(about.user_id),
        )
    return phrase(
        "{about}, start on {starts}\n{lines}",
        about=mention(about.user_id),
        starts=day_name(about.starts),
        lines=home_line(progress(lines)),
    )


def _tools_row(about: About, lines: Sequence[Line], rights: Rights) -> list[Block]:
    return [actions(button(phrase("Tick one by one"), ONE_BY_ONE, about.user_id))] if rights.opens and lines else []


def _detail(about: About, line: Line) -> str:
    name = f"*{one_line(line.name, NAME)}*{(phrase(' · critical') if line.critical else '')}"
    how = " · ".join(part for part in (one_line(line.how, 200), web(line.link)) if part)
    opened = _opened(line, line.opened_at) if line.opened_at else phrase("not open yet")
    return "\n".join(part for part in (name, how, opened, proof(about.user_id, line) if line.critical else "") if part)


def proof(user_id: str, line: Line) -> str:
    """Say who confirmed the second factor and who verified it, and when."""
    head = phrase("2FA on {line}:", line=one_line(line.name, NAME))
    if line.confirmed_at is None:
        return phrase("{head} not confirmed yet", head=head)
    confirmed = phrase(
        "{head} confirmed by {user_id} {confirmed_at}",
        head=head,
        user_id=mention(user_id),
        confirmed_at=_day(line.confirmed_at),
    )
    if line.verified_at is None:
        return phrase("{confirmed}, not verified yet", confirmed=confirmed)
    return phrase(
        "{confirmed}, verified by {verified_by} {verified_at}",
        confirmed=confirmed,
        verified_by=mention(line.verified_by),
        verified_at=_day(line.verified_at),
    )


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
    return [
        section(text, button(phrase("Details"), OPEN, about.user_id, spoken=phrase("Everything about this access")))
    ]


def _turn(about: About, number: int, pages: int) -> list[Block]:
    back = [button(phrase("Page before"), PAGE_BACK, value(about.user_id, number - 1))] if number else []
    on = [button(phrase("Next page"), PAGE, value(about.user_id, number + 1))] if number + 1 < pages else []
    return (
        [context(phrase("Page {number} of {pages}", number=number + 1, pages=pages)), actions(*back, *on)]
        if back or on
        else []
    )
