"""The messages of a blueprint on its way: the proposal, the manager's card, talking about it, and reminders."""

from collections.abc import Sequence
from datetime import date

from blocks import fields
from blocks.kit import Block, View, actions, button, context, day_name, mention, modal, quoted, section, table
from blocks.kpi import OPEN, TAB_NAMES, answers, dated
from playbook.kpi import Kpi, KpiBook, agreed_rows, rows_of
from playbook.tongue import phrase
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
    return table(
        (phrase("Kind"), "KPI", phrase("What is meant"), phrase("Target"), phrase("Measured")), lines, most=LONGEST_CELL
    )


def proposal(version: Blueprint, book: KpiBook, newer: int = 0) -> Drawn:
    """Show the contractor a version, with what they can answer; `newer` is the version that replaced it."""
    by, number = mention(version.proposed_by), version.version
    match version.state:
        case State.AGREED:
            when_agreed = dated(version.answered_at or version.proposed_at)
            text = phrase("You agreed to version {number} of your KPIs. It counts from now on.", number=number)
            said = phrase(
                "✓ *Agreed* {when_agreed}: version {number}, proposed by {by}. It counts from now on.",
                when_agreed=when_agreed,
                number=number,
                by=by,
            )
        case State.REPLACED:
            text = said = phrase(
                "Version {number} of your KPIs was replaced by version {newer}. Nothing to do here.",
                number=number,
                newer=newer,
            )
        case State.DISCUSSED:
            text = phrase(
                "You would like to talk about version {number} of your KPIs. {by} has your words.", number=number, by=by
            )
            said = phrase(
                "*You asked to talk about version {number}.* {by} has your words:\n{version}",
                number=number,
                by=by,
                version=quoted(version.words),
            )
        case _:
            text = phrase(
                "{by} proposes KPIs for you: version {number}. Nothing counts before you agree.", by=by, number=number
            )
            said = phrase(
                "👋 {text}\nRead it in peace. If a wording does not fit, say so: it is agreed, never imposed.",
                text=text,
            )
    if version.state == State.REPLACED:
        return text, [section(said)]
    shown = [section(said), rows_table(rows_of(version.rows, book), book)]
    look = [button(phrase("Look closer"), OPEN, version.user_id)]
    controls = [*answers(version.id), *look] if version.state in WAITING else look
    about = phrase("What changed, row by row, is under *Look closer*, then *History*.")
    changed = [context(about)] if number > 1 and version.state in WAITING else []
    return text, [*shown, actions(*controls), *changed]


def status(version: Blueprint, book: KpiBook, newer: int = 0) -> Drawn:
    """Show the manager how far a version has come."""
    who, number = mention(version.user_id), version.version
    again = button(phrase("Change and propose again"), OPEN, version.user_id, style="primary")
    look = button(phrase("Look"), OPEN, version.user_id)
    match version.state:
        case State.AGREED:
            at = dated(version.answered_at or version.proposed_at)
            text = phrase(
                "{who} agreed to version {number} of their KPIs. It counts from now on.", who=who, number=number
            )
            said = section(
                phrase(
                    "✓ {who} *agreed* {at} to version {number}. It counts from now on.", who=who, at=at, number=number
                )
            )
            return text, [said, rows_table(rows_of(version.rows, book), book), actions(look)]
        case State.REPLACED:
            text = phrase(
                "Version {number} of the KPIs of {who} was replaced by version {newer}.",
                number=number,
                who=who,
                newer=newer,
            )
            return text, [section(text)]
        case State.DISCUSSED:
            text = phrase("{who} would like to talk about version {number} of their KPIs.", who=who, number=number)
            rest = phrase("Talk it over, change what you both want changed, and propose it again.")
            return text, [section(f"*{text}*\n{quoted(version.words)}\n{rest}"), actions(again)]
    text = phrase(
        "Version {number} of the KPIs is with {who}. I tell you here when they answer.", number=number, who=who
    )
    return text, [section(phrase("{text} Nothing counts before they agree.", text=text)), actions(look)]


def wants_to_talk(version: Blueprint) -> Drawn:
    """Tell the manager under their card that the contractor answered."""
    text = phrase(
        "{version} would like to talk about version {version_2}. Their words are above.",
        version=mention(version.user_id),
        version_2=version.version,
    )
    return text, [section(text)]


def has_agreed(version: Blueprint) -> Drawn:
    """Tell the manager under their card that the contractor agreed."""
    text = phrase(
        "{version} agreed to version {version_2} of their KPIs.",
        version=mention(version.user_id),
        version_2=version.version,
    )
    return text, [section(text)]


def discuss_form(version: Blueprint, book: KpiBook, memo: str) -> View:
    """Ask what should change; a wording for one row may be suggested."""
    rows = [(row.name, row.key) for kpi in agreed_rows(rows_of(version.rows, book)) if (row := book.row(kpi.key))]
    by = mention(version.proposed_by)
    return modal(
        phrase("Let's discuss"),
        [
            section(
                phrase(
                    "What should change in version {version}? {by} reads it, and nothing counts meanwhile.",
                    version=version.version,
                    by=by,
                )
            ),
            fields.text("words", phrase("What should change"), most=LONGEST_WORDS, lines=True),
            fields.choice("row", phrase("Suggest a wording for"), rows, optional=True),
            fields.text(
                "wording",
                phrase("Suggested wording"),
                most=book.longest_text,
                lines=True,
                optional=True,
                hint=phrase("In your words."),
            ),
        ],
        DISCUSS_FORM,
        submit=phrase("Send"),
        memo=memo,
    )


def ask_to_draft(user_id: str, start: date, *, begun: bool) -> Drawn:
    """Ask the manager to write down what success means, best before the first day."""
    starts = (
        phrase("started {start}", start=day_name(start)) if begun else phrase("starts {start}", start=day_name(start))
    )
    text = phrase("{user_id} {starts}. What will their weeks be measured by?", user_id=mention(user_id), starts=starts)
    best = phrase("this week") if begun else phrase("before the first day")
    rest = phrase(
        "Write it down {best}: how you work together (Input), and what is there at the end of a week "
        "(Output). Most rows have a wording to begin with, and five minutes are enough.",
        best=best,
    )
    return text, [
        section(f"*{text}*\n{rest}"),
        actions(button(phrase("Draft the blueprint"), OPEN, user_id, style="primary")),
        context(phrase("They agree to it, or ask to talk about it. Nothing counts before that.")),
    ]


def remind_manager(user_id: str, *, discussed: bool) -> Drawn:
    """Remind the manager, once, of a blueprint that waits for them."""
    who = mention(user_id)
    open_points = phrase("{who} asked to talk about their KPIs, and it is still open.", who=who)
    text = open_points if discussed else phrase("There is no KPI blueprint yet for {who} to agree to.", who=who)
    label = phrase("Change and propose again") if discussed else phrase("Draft the blueprint")
    rest = phrase("A few minutes now save guessing in the first week.")
    return text, [section(f"{text} {rest}"), actions(button(label, OPEN, user_id, style="primary"))]


def reminder_over(user_id: str) -> Drawn:
    """Say in the place of a reminder that it has been answered; `user_id` is whose KPIs, "" for one's own."""
    text = (
        phrase("KPIs for {user_id} are proposed.", user_id=mention(user_id))
        if user_id
        else phrase("You have answered the KPIs that were proposed.")
    )
    return text, [section(phrase("{text} Thank you, nothing else is needed here.", text=text))]


def remind_contractor(version: Blueprint) -> Drawn:
    """Remind the contractor, once and kindly, of a proposal."""
    text = phrase(
        "{proposed_by} proposed KPIs for you, and they wait for your answer.", proposed_by=mention(version.proposed_by)
    )
    rest = phrase("If they fit, agree. If something does not, say what: that is just as good an answer.")
    look = button(phrase("Look closer"), OPEN, version.user_id)
    return text, [section(f"{text} {rest}"), actions(*answers(version.id), look)]
