"""What people see of the path: the form that adds somebody, the list, and the first words to those it concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    channel,
    context,
    day_name,
    esc,
    mention,
    modal,
    one_line,
    plural,
    section,
)
from playbook.days import read_weekdays
from storage.tables import Contractor, Person

ADD = "contractor.add"
EDIT = "contractor.edit"
LIST = "contractor.list"
FORM = "contractor.form"
LOG = "log.today"
RAISE = "blocker.raise"

SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HELPS = {
    "operations": "access and tools",
    "owner": "priorities and budget",
    "lead": "feedback and quality",
    "buddy": "how things work here",
    "escalation": "anything that stays stuck",
}
LABELS = {
    "owner": "Project owner",
    "lead": "Technical lead",
    "operations": "Operations",
    "buddy": "Shadow buddy",
    "escalation": "Escalation contact",
}
MOST_LISTED = 20
HELP = (
    "*`/contractor`* shows who is on the path with you.\n"
    "`/contractor @person` shows one contractor: hours, manager, who helps with what\n"
    "`/contractor add @person` puts somebody on the path (who was chosen for it)\n"
    "`/contractor edit @person` changes what was agreed (their manager, or an admin)\n"
    "`/contractor kpi @person` shows what their weeks are measured by; without a name, yours\n"
    "`/contractor setup`, `/contractor selftest` and `/contractor test` are for admins"
)


@dataclass(frozen=True)
class Filled:
    """What the form is filled with when it opens."""

    user_id: str = ""
    start_date: date | None = None
    manager_id: str = ""
    role: str = ""
    project: str = ""
    project_channel: str = ""
    weekly_minutes: int = 0
    weekdays: frozenset[int] = frozenset()
    day_start: time = time(9)
    day_end: time = time(17, 30)
    helpers: Mapping[str, str] = field(default_factory=dict)


def hours_of(minutes: int) -> str:
    """Write minutes as decimal hours the way people type them: 30, 37.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def days_of(weekdays: frozenset[int]) -> str:
    """Write working days in a few letters: Mon–Fri, or Mon, Wed, Thu."""
    days = sorted(weekdays)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):  # noqa: PLR2004 - two days are named
        return f"{SHORT_DAYS[days[0]]}–{SHORT_DAYS[days[-1]]}"
    return ", ".join(SHORT_DAYS[day] for day in days)


def form(filled: Filled, memo: str, *, known: bool) -> View:
    """Ask for everything that was agreed with a contractor; `known` when they are on the path already."""
    about = f"{mention(filled.user_id)} is on the path already. What you change here is told to them."
    person = section(about) if known else fields.person("person", "Contractor", filled.user_id)
    helpers = (
        fields.person(role, LABELS[role], filled.helpers.get(role, ""), optional=True, hint=f"Helps with {HELPS[role]}")
        for role in LABELS
    )
    blocks = [
        person,
        fields.day("start_date", "Start date", filled.start_date),
        fields.person(
            "manager_id", "Manager", filled.manager_id, hint="Gets the daily digest, and blockers after 4 hours"
        ),
        fields.text("role", "Role", filled.role, most=80, example="Product designer"),
        fields.text("project", "Project", filled.project, most=80, example="Acme checkout"),
        fields.channel(
            "project_channel",
            "Project channel",
            filled.project_channel,
            hint="Blocker cards appear there. I must be in it: /invite @Inner Circle",
        ),
        fields.text(
            "weekly_minutes", "Hours a week, as agreed", hours_of(filled.weekly_minutes), most=10, example="30"
        ),
        fields.ticks(
            "weekdays",
            "Working days",
            [(LONG_DAYS[day], str(day)) for day in range(7)],
            [str(day) for day in sorted(filled.weekdays)],
            optional=False,
        ),
        _clock("day_start", "Day starts", filled.day_start, "On the contractor's own clock"),
        _clock("day_end", "Day ends", filled.day_end, "May be after midnight, like 22:00 to 06:00"),
        *helpers,
    ]
    return modal(
        "Edit contractor" if known else "Add contractor", blocks, FORM, submit="Save" if known else "Add", memo=memo
    )


def _clock(name: str, label: str, value: time, hint: str) -> Block:
    element = {"type": "timepicker", "action_id": name, "initial_time": f"{value:%H:%M}"}
    words = {"label": _plain(label), "hint": _plain(hint)}
    return {"type": "input", "block_id": name, "optional": False, "element": element, **words}


def _plain(words: str) -> Block:
    return {"type": "plain_text", "text": words, "emoji": True}


def agreed(contractor: Contractor, zone: str) -> str:
    """Say when and how much somebody works: 30 h a week, Mon–Fri 09:00–17:30 (Europe/Lisbon)."""
    times = f"{contractor.day_start:%H:%M}–{contractor.day_end:%H:%M}"
    days = days_of(read_weekdays(contractor.weekdays))
    return f"{hours_of(contractor.weekly_minutes)} h a week, {days} {times} ({esc(zone)})"


def line(contractor: Contractor, zone: str) -> str:
    """Sum up one contractor."""
    return (
        f"*{mention(contractor.user_id)}* · {one_line(contractor.role, 80)} · {one_line(contractor.project, 80)}\n"
        f"{agreed(contractor, zone)} · since {day_name(contractor.start_date)} {contractor.start_date.year}"
        f" · manager {mention(contractor.manager_id)}"
    )


def card(contractor: Contractor, zone: str, helpers: Mapping[str, str], *, may_edit: bool) -> list[Block]:
    """Show one contractor with everybody who helps them."""
    where = f"\nBlocker cards appear in {channel(contractor.project_channel)}" if contractor.project_channel else ""
    shown = [section(line(contractor, zone)), section(_who_helps(helpers) + where)]
    return [*shown, actions(_edit(contractor))] if may_edit else shown


def _edit(contractor: Contractor) -> Block:
    return button("Edit", EDIT, contractor.user_id, spoken="Edit this contractor")


def _who_helps(helpers: Mapping[str, str]) -> str:
    named = [f"• {mention(helpers[role])} with {what}" for role, what in HELPS.items() if helpers.get(role)]
    return "\n".join([f"• {mention(helpers.get('manager', ''))} is the manager", *named])


def listed(rows: Sequence[tuple[Contractor, Person]]) -> list[Block]:
    """List contractors to somebody who may change them, the first twenty of them; the Home tab has the rest."""
    title = section(f"*{plural(len(rows), 'contractor')} on the path*")
    shown = [section(line(row, person.zone), _edit(row)) for row, person in rows[:MOST_LISTED]]
    more = len(rows) - MOST_LISTED
    rest = [context(f"…and {more} more: `/contractor @person` shows one.")] if more > 0 else []
    return [title, *shown, *rest]


def nobody() -> list[Block]:
    """Tell an admin how to begin when nobody is on the path."""
    words = "Nobody is on the path yet. Add the first contractor: it takes a minute, and I welcome them for you."
    return [section(words), actions(button("Add contractor", ADD, style="primary"))]


def welcome(contractor: Contractor, person: Person, helpers: Mapping[str, str]) -> tuple[str, list[Block]]:
    """Greet a new contractor: who helps with what, and the two things they will do most."""
    team = f"{mention(contractor.manager_id)} and the team are glad you are here."
    text = f"Welcome! {team} I am Inner Circle, and I keep the small things short."
    ways = _by_words() if person.guest == "single" else _by_commands()
    begins = f"*Agreed*: {agreed(contractor, person.zone)}, from {day_name(contractor.start_date)}."
    agreement = f"{begins} If that is not what you agreed, tell {mention(contractor.manager_id)}."
    return text, [
        section(f"👋 {text}"),
        section(f"*Who helps you with what*\n{_who_helps(helpers)}"),
        section(ways),
        section(agreement),
        actions(button("Log time", LOG, style="primary"), button("Raise a blocker", RAISE)),
        context("Your log is seen by you, your manager and the admins. Nobody is ranked."),
    ]


def _by_commands() -> str:
    return (
        "*Two things to know*\n• `/log 2h review` stores your time in one line\n"
        "• `/blocker waiting for Figma access` finds the person who can help\n"
        "Both work here as well: write `log 2h review` or `blocked: waiting for access` to me."
    )


def _by_words() -> str:
    return (
        "*Two things to know*\n• Type `log 2h review` to me here, and your time is stored\n"
        "• Type `blocked: waiting for Figma access` to me here, and I find the person who can help\n"
        "Guests of one channel have no slash commands, so write here or use my Home tab."
    )


def to_manager(contractor: Contractor, zone: str) -> tuple[str, list[Block]]:
    """Tell a manager whom they now look after."""
    text = f"{mention(contractor.user_id)} is on the path with you as manager."
    rest = "You get one digest on working mornings, and I come to you when a blocker stays open too long."
    return text, [section(f"{text}\n{agreed(contractor, zone)}\n{rest}")]


def changed(contractor: Contractor, zone: str, helpers: Mapping[str, str]) -> tuple[str, list[Block]]:
    """Tell a contractor that what was agreed has changed."""
    text = f"What is agreed with you was changed: {agreed(contractor, zone)}."
    ask = f"If something is not right, tell {mention(contractor.manager_id)}."
    return text, [
        section(f"{line(contractor, zone)}"),
        section(_who_helps(helpers)),
        context(f"This was changed just now. {ask}"),
    ]


def without_manager(user_id: str, contractors: Sequence[str]) -> tuple[str, list[Block]]:
    """Tell an admin whose manager has left."""
    named = ", ".join(mention(one) for one in contractors[:MOST_LISTED])
    more = f" and {len(contractors) - MOST_LISTED} more" if len(contractors) > MOST_LISTED else ""
    text = f"{mention(user_id)} left the workspace and was the manager of {named}{more}."
    return text, [section(f"{text}\nPlease choose a new manager with `/contractor edit @person`.")]


def how_to_get_in(ask: str) -> str:
    """Tell somebody who is not on the path what this is and whom to ask."""
    return f"No contractor is on the path with you yet. Those who were chosen add people with `/contractor add`; {ask}"
