"""The messages of a blueprint on its way: the proposal, the manager's card, talking about it, and reminders."""

from collections.abc import Sequence
from datetime import date

from blocks import fields
from blocks.kit import Block, View, actions, button, context, day_name, mention, modal, quoted, section, table
from blocks.kpi import OPEN, TAB_NAMES, answers, dated
from playbook.kpi import Kpi, KpiBook, agreed_rows, rows_of
from storage.kpi import OPEN as WAITING
from storage.kpi import State
from storage.path_tables import Blueprint

DISCUSS_FORM = "kpi.discuss_form"
LONGEST_CELL = 300
LONGEST_WORDS = 1_000

Drawn = tuple[str, list[Block]]


def rows_table(rows: Sequence[Kpi], book: KpiBook) -> Block:
    """Show both lists of a blueprint, with targets and who measures."""
    lines = []
    for kpi in agreed_rows(rows):
        if row := book.row(kpi.key):
            measured = str(getattr(book.measures, kpi.by))
            lines.append((TAB_NAMES[row.tab], row.name, kpi.text, kpi.goal or "–", measured))
    return table(("Kind", "KPI", "What is meant", "Target", "Measured"), lines, most=LONGEST_CELL)


def proposal(version: Blueprint, book: KpiBook, newer: int = 0) -> Drawn:
    """Show the contractor a version, with what they can answer; `newer` is the version that replaced it."""
    by, number = mention(version.proposed_by), version.version
    match version.state:
        case State.AGREED:
            when_agreed = dated(version.answered_at or version.proposed_at)
            text = f"You agreed to version {number} of your KPIs. It counts from now on."
            said = f"✓ *Agreed* {when_agreed}: version {number}, proposed by {by}. It counts from now on."
        case State.REPLACED:
            text = said = f"Version {number} of your KPIs was replaced by version {newer}. Nothing to do here."
        case State.DISCUSSED:
            text = f"You would like to talk about version {number} of your KPIs. {by} has your words."
            said = f"*You asked to talk about version {number}.* {by} has your words:\n{quoted(version.words)}"
        case _:
            text = f"{by} proposes KPIs for you: version {number}. Nothing counts before you agree."
            said = f"👋 {text}\nRead it in peace. If a wording does not fit, say so: it is agreed, never imposed."
    if version.state == State.REPLACED:
        return text, [section(said)]
    shown = [section(said), rows_table(rows_of(version.rows, book), book)]
    look = [button("Look closer", OPEN, version.user_id)]
    controls = [*answers(version.id), *look] if version.state in WAITING else look
    about = "What changed, row by row, is under *Look closer*, then *History*."
    changed = [context(about)] if number > 1 and version.state in WAITING else []
    return text, [*shown, actions(*controls), *changed]


def status(version: Blueprint, book: KpiBook, newer: int = 0) -> Drawn:
    """Show the manager how far a version has come."""
    who, number = mention(version.user_id), version.version
    again = button("Change and propose again", OPEN, version.user_id, style="primary")
    look = button("Look", OPEN, version.user_id)
    match version.state:
        case State.AGREED:
            at = dated(version.answered_at or version.proposed_at)
            text = f"{who} agreed to version {number} of their KPIs. It counts from now on."
            said = section(f"✓ {who} *agreed* {at} to version {number}. It counts from now on.")
            return text, [said, rows_table(rows_of(version.rows, book), book), actions(look)]
        case State.REPLACED:
            text = f"Version {number} of the KPIs of {who} was replaced by version {newer}."
            return text, [section(text)]
        case State.DISCUSSED:
            text = f"{who} would like to talk about version {number} of their KPIs."
            rest = "Talk it over, change what you both want changed, and propose it again."
            return text, [section(f"*{text}*\n{quoted(version.words)}\n{rest}"), actions(again)]
    text = f"Version {number} of the KPIs is with {who}. I tell you here when they answer."
    return text, [section(f"{text} Nothing counts before they agree."), actions(look)]


def wants_to_talk(version: Blueprint) -> Drawn:
    """Tell the manager under their card that the contractor answered."""
    text = f"{mention(version.user_id)} would like to talk about version {version.version}. Their words are above."
    return text, [section(text)]


def has_agreed(version: Blueprint) -> Drawn:
    """Tell the manager under their card that the contractor agreed."""
    text = f"{mention(version.user_id)} agreed to version {version.version} of their KPIs."
    return text, [section(text)]


def discuss_form(version: Blueprint, book: KpiBook, memo: str) -> View:
    """Ask what should change; a wording for one row may be suggested."""
    rows = [(row.name, row.key) for kpi in agreed_rows(rows_of(version.rows, book)) if (row := book.row(kpi.key))]
    by = mention(version.proposed_by)
    return modal(
        "Let's discuss",
        [
            section(f"What should change in version {version.version}? {by} reads it, and nothing counts meanwhile."),
            fields.text("words", "What should change", most=LONGEST_WORDS, lines=True),
            fields.choice("row", "Suggest a wording for", rows, optional=True),
            fields.text(
                "wording", "Suggested wording", most=book.longest_text, lines=True, optional=True, hint="In your words."
            ),
        ],
        DISCUSS_FORM,
        submit="Send",
        memo=memo,
    )


def ask_to_draft(user_id: str, start: date, *, begun: bool) -> Drawn:
    """Ask the manager to write down what success means, best before the first day."""
    starts = f"started {day_name(start)}" if begun else f"starts {day_name(start)}"
    text = f"{mention(user_id)} {starts}. What will their weeks be measured by?"
    best = "this week" if begun else "before the first day"
    rest = (
        f"Write it down {best}: how you work together (Input), and what is there at the end of a week "
        "(Output). Most rows have a wording to begin with, and five minutes are enough."
    )
    return text, [
        section(f"*{text}*\n{rest}"),
        actions(button("Draft the blueprint", OPEN, user_id, style="primary")),
        context("They agree to it, or ask to talk about it. Nothing counts before that."),
    ]


def remind_manager(user_id: str, *, discussed: bool) -> Drawn:
    """Remind the manager, once, of a blueprint that waits for them."""
    who = mention(user_id)
    open_points = f"{who} asked to talk about their KPIs, and it is still open."
    text = open_points if discussed else f"There is no KPI blueprint yet for {who} to agree to."
    label = "Change and propose again" if discussed else "Draft the blueprint"
    rest = "A few minutes now save guessing in the first week."
    return text, [section(f"{text} {rest}"), actions(button(label, OPEN, user_id, style="primary"))]


def reminder_over(user_id: str) -> Drawn:
    """Say in the place of a reminder that it has been answered; `user_id` is whose KPIs, "" for one's own."""
    text = f"KPIs for {mention(user_id)} are proposed." if user_id else "You have answered the KPIs that were proposed."
    return text, [section(f"{text} Thank you, nothing else is needed here.")]


def remind_contractor(version: Blueprint) -> Drawn:
    """Remind the contractor, once and kindly, of a proposal."""
    text = f"{mention(version.proposed_by)} proposed KPIs for you, and they wait for your answer."
    rest = "If they fit, agree. If something does not, say what: that is just as good an answer."
    look = button("Look closer", OPEN, version.user_id)
    return text, [section(f"{text} {rest}"), actions(*answers(version.id), look)]
