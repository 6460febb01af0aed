"""What people see of a Shadow Buddy: the form that chooses one, and the messages that bring the two together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks import fields
from blocks.kit import Block, View, actions, button, clean, context, mention, modal, one_line, section
from playbook.buddy import Candidate
from playbook.days import local_time
from playbook.introduction import town
from playbook.length import show
from playbook.tongue import numbered, phrase, size

OPEN = "buddy.open"
FORM = "buddy.form"
PLAN = "shadowing.plan"


@dataclass(frozen=True)
class Side:
    """One of the two who are introduced: who, their name, their zone, and what they do ("" if it is not known)."""

    user_id: str
    name: str
    zone: str
    does: str = ""


def why(one: Candidate) -> str:
    """Say in a few words what speaks for somebody: 4 h shared a day, 1 newcomer already."""
    shared = phrase("{shared} shared a day", shared=show(one.shared)) if one.shared else phrase("no shared hours")
    has = (
        numbered("{n} newcomer already", "{n} newcomers already", one.newcomers)
        if one.newcomers
        else phrase("no newcomer yet")
    )
    return f"{shared}, {has}{(phrase(', same project') if one.near else '')}"


def form(name: str, suggested: Sequence[Candidate], now: str, memo: str) -> View:
    """Ask who is to be somebody's buddy: one of the suggested, or anybody else."""
    lead = phrase(
        "A buddy answers the questions that nobody puts into a ticket, and is no boss. Shared hours matter most."
    )
    choices = [(_label(one), one.user_id) for one in suggested]
    chosen = now if now in {one.user_id for one in suggested} else ""
    radio = fields.radio("suggested", phrase("Suggested"), choices, chosen, optional=True) if choices else None
    nobody = [] if choices else [context(phrase("I know nobody yet whom I could suggest."))]
    return modal(
        phrase("Choose a buddy"),
        [
            section(phrase("{lead}\nFor *{name}*.", lead=lead, name=one_line(name, 80))),
            *([radio] if radio else nobody),
            fields.person(
                "person",
                phrase("Or somebody else"),
                "" if chosen else now,
                optional=True,
                hint=phrase("Whoever stands here counts, whatever is chosen above."),
            ),
        ],
        FORM,
        submit=phrase("Choose"),
        memo=memo,
    )


def _label(one: Candidate) -> str:
    said = why(one)
    return f"{clean(one.name, 72 - size(said))}: {said}"


def introduces(contractor: Side, buddy: Side, shared: int, topic: str, now: datetime) -> tuple[str, list[Block]]:
    """Introduce a contractor and their buddy to each other, in the conversation of the two."""
    newcomer, guide = (f"{mention(one.user_id)}" for one in (contractor, buddy))
    text = phrase(
        "{newcomer}, meet {guide}, your Shadow Buddy. {guide}, meet {newcomer}.", newcomer=newcomer, guide=guide
    )
    does = phrase(" joins as {does}", does=one_line(contractor.does)) if contractor.does else phrase(" is new here")
    lines = [
        f"• *{one_line(contractor.name, 80)}*{_clock(contractor, now)}{does}",
        phrase(
            "• *{buddy}*{buddy_2} knows how things work here",
            buddy=one_line(buddy.name, 80),
            buddy_2=_clock(buddy, now),
        ),
    ]
    hours = phrase("You share about {shared} of an ordinary working day.", shared=show(shared)) if shared else NO_HOURS
    return text, [
        section(f"👋 {text}"),
        section("\n".join(lines)),
        section(
            phrase(
                "{hours} Everything informal belongs here: who decides what, how people say no, what is meant.",
                hours=hours,
            )
        ),
        section(phrase("*Something to begin with*\n{topic}", topic=topic)),
    ]


NO_HOURS = phrase("Your working days do not overlap, so write whenever you like and answer when your day begins.")


def _clock(side: Side, now: datetime) -> str:
    place = town(side.zone)
    clock = f"{local_time(now, side.zone):%H:%M}"
    return (
        phrase(" in {place} ({clock} there when this was written)", place=place, clock=clock)
        if place
        else phrase(" ({clock} when this was written)", clock=clock)
    )


def expected(contractor_id: str, plan: str) -> tuple[str, list[Block]]:
    """Tell somebody that they are a buddy now, and what that means."""
    text = phrase(
        "You are the Shadow Buddy of {contractor_id} from now on. Thank you!", contractor_id=mention(contractor_id)
    )
    means = phrase(
        "• You answer informal questions; a few minutes a day are plenty\n• You let them watch you "
        "once while something is decided\n• You are not their manager: what you hear stays with you "
        "two"
    )
    button_ = button(phrase("Plan a shadowing session"), PLAN, plan)
    return text, [section(text), section(phrase("*What is expected*\n{means}", means=means)), actions(button_)]


def not_any_more(contractor_id: str, buddy_id: str) -> tuple[str, list[Block]]:
    """Tell somebody that another has become the buddy."""
    text = phrase(
        "{buddy_id} is the Shadow Buddy of {contractor_id} now. Thank you for your time with them.",
        buddy_id=mention(buddy_id),
        contractor_id=mention(contractor_id),
    )
    return text, [section(text)]


def asks(user_id: str, suggested: Sequence[Candidate], left: str) -> tuple[str, list[Block]]:
    """Ask a manager to choose a buddy; `left` is who was chosen before and has left."""
    gone = phrase(
        "{left}, the buddy of {user_id}, has left. Who takes their place?", left=mention(left), user_id=mention(user_id)
    )
    text = (
        gone
        if left
        else phrase("{user_id} has no Shadow Buddy yet. Who would be a good one?", user_id=mention(user_id))
    )
    lines = "\n".join(f"• {mention(one.user_id)}: {why(one)}" for one in suggested[:3])
    known = [section(phrase("*My suggestions*\n{lines}", lines=lines))] if lines else []
    return text, [section(text), *known, actions(button(phrase("Choose a buddy"), OPEN, user_id, "primary"))]


def chosen(user_id: str, buddy_id: str) -> tuple[str, list[Block]]:
    """Say in the place of a question for a buddy who was chosen."""
    text = phrase("{buddy_id} is the Shadow Buddy of {user_id}.", buddy_id=mention(buddy_id), user_id=mention(user_id))
    buttons = [button(phrase("Change"), OPEN, user_id, spoken=phrase("Choose another buddy"))]
    return text, [section(text), actions(*buttons, button(phrase("Plan a shadowing session"), PLAN, user_id))]
