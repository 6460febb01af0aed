"""What people see of who is on the path: the list, one contractor, and somebody who has not joined Slack yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blocks.access import OPEN as ACCESS
from blocks.audit import OPEN as AUDIT
from blocks.buddy import OPEN as BUDDY
from blocks.checklist import OPEN as CHECKLIST
from blocks.export import OPEN as EXPORT
from blocks.golden import OPEN as GOLDEN
from blocks.health import OPEN as HEALTH
from blocks.introduction import OPEN as INTRODUCTION
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    channel,
    context,
    day_name,
    esc,
    mention,
    modal,
    one_line,
    section,
    when,
)
from blocks.kpi import OPEN as KPIS
from blocks.ladder import OPEN as LADDER
from blocks.learn import OPEN as LEARN
from blocks.oneonone import OPEN as ONE_ON_ONE
from blocks.packet import OPEN as PACKET
from blocks.rate import OPEN as RATE
from blocks.report import OPEN as REPORT
from blocks.review import OPEN as REVIEW
from blocks.sprint import OPEN as SPRINT
from blocks.timesheet import OPEN as TIMESHEET
from playbook.days import read_weekdays
from playbook.holidays import country_name
from playbook.tongue import numbered, phrase
from storage.path_tables import Invite
from storage.tables import Contractor, Person

ADD = "contractor.add"
EDIT = "contractor.edit"
LIST = "contractor.list"
TURN = "contractor.turn"
TURN_ON = "contractor.turn_on"
SHOW = "contractor.show"
PAUSE = "contractor.pause"
RESUME = "contractor.resume"
AWAITED = "contractor.awaited"
WITHDRAW = "contractor.withdraw"
RETURN = "contractor.return"
FORMER = "contractor.former"
OFFBOARDING = "offboarding.open"

SHORT_DAYS = (phrase("Mon"), phrase("Tue"), phrase("Wed"), phrase("Thu"), phrase("Fri"), phrase("Sat"), phrase("Sun"))
LONG_DAYS = (
    phrase("Monday"),
    phrase("Tuesday"),
    phrase("Wednesday"),
    phrase("Thursday"),
    phrase("Friday"),
    phrase("Saturday"),
    phrase("Sunday"),
)
HELPS = {
    "operations": phrase("access and tools"),
    "owner": phrase("priorities and budget"),
    "lead": phrase("feedback and quality"),
    "buddy": phrase("how things work here"),
    "escalation": phrase("anything that stays stuck"),
}
LABELS = {
    "owner": phrase("Project Owner"),
    "lead": phrase("Technical or creative lead"),
    "operations": phrase("Operations"),
    "buddy": phrase("Shadow Buddy"),
    "escalation": phrase("Escalation contact"),
}
MOST_LISTED = 20
ON_A_PAGE = 10
PARTS = (
    (phrase("Checklist"), CHECKLIST),
    ("KPIs", KPIS),
    (phrase("Welcome packet"), PACKET),
    (phrase("Access"), ACCESS),
    (phrase("Introduction"), INTRODUCTION),
    (phrase("Buddy"), BUDDY),
    ("1:1", ONE_ON_ONE),
    (phrase("Golden Hours"), GOLDEN),
    (phrase("Audit"), AUDIT),
    (phrase("Health check"), HEALTH),
    (phrase("Small Win Sprint"), SPRINT),
    (phrase("Timesheet"), TIMESHEET),
    (phrase("Export"), EXPORT),
    (phrase("Offboarding"), OFFBOARDING),
    (phrase("Courses"), LEARN),
    (phrase("Ladder"), LADDER),
    (phrase("Rate review"), RATE),
    (phrase("Quarterly Review"), REVIEW),
    (phrase("Report"), REPORT),
)
HELP = phrase(
    "*`/contractor`* shows who is on the path with you.\n`/contractor @person` shows one "
    "contractor: hours, manager, who helps with what\n`/contractor add @person` puts somebody on "
    "the path (those who were chosen to)\n`/contractor import` adds many from a CSV "
    "file\n`/contractor edit @person` changes what was agreed, the start date too (their manager, "
    "or an admin)\n`/contractor pause @person` and `/contractor resume @person` stop and go on "
    "(their manager, or an admin)\n`/contractor checklist` edits the checklists, `/contractor "
    "packet` the welcome packet\n`/contractor packet`, `kpi`, `access`, `intro`, `buddy`, "
    "`shadowing`, `1on1` with `@person`: parts of the path\n`/contractor golden`, `health`, "
    "`audit`, `sprint` with `@person`: parts of the rhythm\n`/contractor export` sends CSV files, "
    "`/contractor timesheet @person 2026-10` a month\n`/contractor offboard @person` lets "
    "somebody leave well, `/contractor former` lists those who have\n`/contractor review`, "
    "`rate`, `learn`, `ladder`, `report` with `@person`: the long run\n`/contractor webhooks` and "
    "`/contractor api` let other programs hear and read (admins)\n`/contractor setup`, "
    "`selftest`, `test`, `retention` and `trail` (the audit log) are for admins"
)


def hours_of(minutes: int) -> str:
    """Write minutes as decimal hours the way people type them: 30, 37.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def days_of(weekdays: frozenset[int]) -> str:
    """Write working days in a few letters: Mon–Fri, or Mon, Wed, Thu."""
    days = sorted(weekdays)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):  # noqa: PLR2004 - two days are named
        return f"{SHORT_DAYS[days[0]]}–{SHORT_DAYS[days[-1]]}"
    return ", ".join(SHORT_DAYS[day] for day in days)


def agreed(contractor: Contractor, zone: str) -> str:
    """Say when and how much somebody works: 30 h a week, Mon–Fri 09:00–17:30 (Europe/Lisbon)."""
    times = f"{contractor.day_start:%H:%M}–{contractor.day_end:%H:%M}"
    days = days_of(read_weekdays(contractor.weekdays))
    return phrase(
        "{weekly_minutes} h a week, {days} {times} ({zone})",
        weekly_minutes=hours_of(contractor.weekly_minutes),
        days=days,
        times=times,
        zone=esc(zone),
    )


def long_day(day: date) -> str:
    """Name a day with its year: Tue 1 Dec 2026."""
    return f"{day_name(day)} {day.year}"


def line(contractor: Contractor, zone: str) -> str:
    """Sum up one contractor."""
    paused = (
        phrase("\n⏸ Paused since {paused_at}", paused_at=when(contractor.paused_at, "{date_short}"))
        if contractor.paused_at
        else ""
    )
    if contractor.ended_at:
        paused = phrase("\nFormer: left {ended_at}", ended_at=when(contractor.ended_at, "{date_short}"))
    return phrase(
        "*{contractor}* · {role} · {project}\n{contractor_2} · from {start_date} · manager {manager_id}{paused}",
        contractor=mention(contractor.user_id),
        role=one_line(contractor.role, 80),
        project=one_line(contractor.project, 80),
        contractor_2=agreed(contractor, zone),
        start_date=long_day(contractor.start_date),
        manager_id=mention(contractor.manager_id),
        paused=paused,
    )


def card(
    contractor: Contractor, zone: str, helpers: Mapping[str, str], *, may_edit: bool, may_pause: bool = False
) -> list[Block]:
    """Show one contractor with everybody who helps them."""
    shown = [section(line(contractor, zone)), section(who_helps(helpers)), *_more(contractor)]
    controls = (
        [button(phrase("Edit"), EDIT, contractor.user_id, spoken=phrase("Edit this contractor"))] if may_edit else []
    )
    if may_pause and contractor.paused_at:
        controls.append(
            button(phrase("Resume"), RESUME, contractor.user_id, spoken=phrase("Resume this contractor's path"))
        )
    elif may_pause:
        controls.append(
            button(phrase("Pause"), PAUSE, contractor.user_id, spoken=phrase("Pause this contractor's path"))
        )
    parts = [_parts(contractor.user_id)] if may_edit else []
    if contractor.ended_at:
        controls = [] if not may_pause else [button(phrase("Offboarding"), OFFBOARDING, contractor.user_id)]
        controls += [button(phrase("They come back"), RETURN, contractor.user_id)] if may_pause else []
        parts = [_parts(contractor.user_id)] if may_pause else []
    return [*shown, *([actions(*controls)] if controls else []), *parts]


def _parts(user_id: str) -> Block:
    """Offer every part of somebody's path."""
    return actions(*(button(label, action_id, user_id) for label, action_id in PARTS))


def _more(contractor: Contractor) -> list[Block]:
    said = (
        phrase("*Solves*: {bottleneck}", bottleneck=one_line(contractor.bottleneck)) if contractor.bottleneck else "",
        phrase("Blocker cards appear in {project_channel}", project_channel=channel(contractor.project_channel))
        if contractor.project_channel
        else "",
        phrase("Holidays of {country}", country=country_name(contractor.country)) if contractor.country else "",
        phrase("Checklist: {template}", template=one_line(contractor.template, 80)) if contractor.template else "",
    )
    return [section("\n".join(filter(None, said)))] if any(said) else []


def card_page(blocks: Sequence[Block]) -> View:
    """Show one contractor over what people see."""
    return modal(phrase("Contractor"), blocks, close=phrase("Close"))


def who_helps(helpers: Mapping[str, str]) -> str:
    """Say who is there for a contractor, and with what."""
    named = [
        phrase("• {helpers} with {what}", helpers=mention(helpers[role]), what=what)
        for role, what in HELPS.items()
        if helpers.get(role)
    ]
    return "\n".join([phrase("• {get} is the manager", get=mention(helpers.get("manager", ""))), *named])


@dataclass(frozen=True)
class Listing:
    """Everybody somebody may see: those who are expected, those on the path, and the page (from 0) to show."""

    rows: Sequence[tuple[Contractor, Person]] = ()
    expected: Sequence[Invite] = ()
    page: int = 0
    former: int = 0

    @property
    def pages(self) -> int:
        """Count the pages that everybody fills."""
        return max(1, -(-(len(self.rows) + len(self.expected)) // ON_A_PAGE))

    @property
    def text(self) -> str:
        """Sum it up in one line."""
        waiting = phrase(", {expected} expected", expected=len(self.expected)) if self.expected else ""
        return phrase("{rows} on the path{waiting}.", rows=len(self.rows), waiting=waiting)


def listed(listing: Listing) -> list[Block]:
    """List one page of contractors, those who have not joined Slack yet first."""
    page = min(max(listing.page, 0), listing.pages - 1)
    more = (
        phrase(", {person} expected", person=numbered("{n} person", "{n} people", len(listing.expected)))
        if listing.expected
        else ""
    )
    shown = [*(_expected(one) for one in listing.expected), *(_row(*one) for one in listing.rows)]
    title = section(
        phrase(
            "*{contractor} on the path*{more}",
            contractor=numbered("{n} contractor", "{n} contractors", len(listing.rows)),
            more=more,
        )
    )
    before = [_to_former(listing.former)] if listing.former else []
    return [title, *shown[page * ON_A_PAGE : (page + 1) * ON_A_PAGE], *_turns(page, listing.pages), *before]


def _to_former(count: int) -> Block:
    words = phrase("Former: {person}", person=numbered("{n} person", "{n} people", count))
    return section(words, button(phrase("Show former"), FORMER, spoken=phrase("Show who was on the path before")))


def _row(contractor: Contractor, person: Person) -> Block:
    return section(
        line(contractor, person.zone),
        button(phrase("Show"), SHOW, contractor.user_id, spoken=phrase("Show this contractor")),
    )


def _expected(invite: Invite) -> Block:
    role = one_line(str(invite.values.get("role", "")), 80)
    words = phrase(
        "{invite}\n{role} · manager {manager_id}",
        invite=waiting(invite),
        role=role,
        manager_id=mention(invite.manager_id),
    )
    return section(words, button(phrase("Show"), AWAITED, invite.email, spoken=phrase("Show whom you wait for")))


def _turns(page: int, pages: int) -> list[Block]:
    if pages == 1:
        return []
    back = [button(phrase("Previous"), TURN, str(page - 1))] if page else []
    on = [button(phrase("Next"), TURN_ON, str(page + 1))] if page + 1 < pages else []
    return [context(phrase("Page {page} of {pages}", page=page + 1, pages=pages)), actions(*back, *on)]


def waiting(invite: Invite) -> str:
    """Say whom the path is waiting for."""
    return phrase(
        "⏳ waiting for *{email}* to join Slack, starts {start_date}",
        email=one_line(invite.email),
        start_date=long_day(invite.start_date),
    )


def expected_card(invite: Invite) -> list[Block]:
    """Show somebody who has not joined Slack yet."""
    role, project = (one_line(str(invite.values.get(name, "")), 80) for name in ("role", "project"))
    gone = asking_first(
        button(phrase("Withdraw"), WITHDRAW, invite.email),
        phrase("Withdraw?"),
        phrase("What was filled in is forgotten, and nothing begins when they join."),
        phrase("Withdraw"),
    )
    return [
        section(
            phrase(
                "{invite}\n{role} · {project} · manager {manager_id}",
                invite=waiting(invite),
                role=role,
                project=project,
                manager_id=mention(invite.manager_id),
            )
        ),
        context(phrase("The path starts by itself when they join with this address.")),
        actions(button(phrase("Edit"), EDIT, invite.email, spoken=phrase("Edit what was agreed")), gone),
    ]


def nobody() -> list[Block]:
    """Tell how to begin when nobody is on the path."""
    words = phrase(
        "Nobody is on the path yet. Add the first contractor: it takes a minute, and I welcome them for you."
    )
    return [section(words), actions(button(phrase("Add contractor"), ADD, style="primary"))]


def without_manager(user_id: str, contractors: Sequence[str]) -> tuple[str, list[Block]]:
    """Tell an admin whose manager has left."""
    named = ", ".join(mention(one) for one in contractors[:MOST_LISTED])
    more = (
        phrase(" and {contractors} more", contractors=len(contractors) - MOST_LISTED)
        if len(contractors) > MOST_LISTED
        else ""
    )
    text = phrase(
        "{user_id} left the workspace and was the manager of {named}{more}.",
        user_id=mention(user_id),
        named=named,
        more=more,
    )
    return text, [section(phrase("{text}\nPlease choose a new manager with `/contractor edit @person`.", text=text))]


def how_to_get_in(ask: str) -> str:
    """Tell somebody who is not on the path what this is and whom to ask."""
    return phrase(
        "No contractor is on the path with you yet. Those who were chosen add people with `/contractor add`; {ask}",
        ask=ask,
    )


def withdrawn(email: str) -> View:
    """Say that nobody is expected under an address any more."""
    words = phrase(
        "I wait for {email} no more. Nothing begins when they join; `/contractor add` takes them on anew.",
        email=one_line(email),
    )
    return modal(phrase("Withdrawn"), [section(words)], close=phrase("Close"))
