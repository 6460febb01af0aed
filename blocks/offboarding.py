"""What people see of a parting: the form, what would come of it, and the page with everything that is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from blocks import fields
from blocks.contractor import long_day
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    clean,
    context,
    esc,
    mention,
    menu_of,
    modal,
    one_line,
    plural,
    quoted,
    section,
    when,
)
from playbook.access import Closing
from playbook.offboarding import EVERYBODY, NOBODY, PRIVATE, PROJECT, OffboardingBook
from storage.growth_tables import Handover, Offboarding
from storage.tables import Blocker
from storage.trust_tables import WikiItem

OPEN = "offboarding.open"
FORM = "offboarding.form"
BEGIN = "offboarding.begin"
BACK = "offboarding.back"
CHANGE = "offboarding.change"
CANCEL = "offboarding.cancel"
RETURN = "contractor.return"
ADD = "offboarding.add"
ADD_FORM = "offboarding.add_form"
GIVE = "offboarding.give"
GIVE_FORM = "offboarding.give_form"
TAKE = "offboarding.take"
DROP = "offboarding.drop"
CLOSING = "access.closing"

MOST_NAMED = 15
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Filled:
    """What the form holds: the last day, who takes over, the thanks and to whom, and the words of the open door."""

    last_on: date
    to_id: str = ""
    thanks: str = ""
    thanks_to: str = NOBODY
    door: str = ""


@dataclass(frozen=True)
class Parting:
    """One parting with everything that is still open in it.

    `blockers` are those they raised, `helping` those they were to help others with; `leads` counts whom they manage.
    """

    row: Offboarding
    name: str
    zone: str
    ends_at: datetime
    items: Sequence[Handover] = ()
    tools: Sequence[Closing] = ()
    blockers: Sequence[Blocker] = ()
    helping: Sequence[Blocker] = ()
    wiki: Sequence[WikiItem] = ()
    leads: int = 0
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def user_id(self) -> str:
        """Give who leaves."""
        return self.row.user_id

    @property
    def to_close(self) -> Sequence[Closing]:
        """Give the tools that are still open, critical ones first."""
        return [one for one in self.tools if one.to_close]


def form(user_id: str, filled: Filled, places: Choices, book: OffboardingBook, memo: str) -> View:
    """Ask for the last day, who takes over, the thanks, and a sentence for the open door."""
    lead = f"{mention(user_id)} leaves well: on time, with everything handed over and a door that stays open."
    hint = "Everything ends after their work on this day; until then nothing changes. It can be moved"
    return modal(
        "Offboarding",
        [
            section(lead),
            fields.day("last_on", "Last day", filled.last_on, hint=hint),
            fields.person("to_id", "Who takes over", filled.to_id, optional=True, hint="Gets what they hand over"),
            fields.text(
                "thanks",
                "Your thanks",
                filled.thanks,
                most=book.most_thanks,
                lines=True,
                optional=True,
                hint="Sent on the evening of the last day. Concrete is kind: what is better because of them?",
            ),
            fields.radio("thanks_to", "Where do the thanks go?", places, filled.thanks_to),
            fields.text(
                "door",
                "The open door",
                filled.door,
                most=book.most_door,
                optional=True,
                hint="One sentence they read at the end",
            ),
        ],
        FORM,
        "Preview",
        memo=memo,
    )


def preview(user_id: str, filled: Filled, place: str, notes: Sequence[str], memo: str, *, change: bool) -> View:
    """Show what would happen before anybody is told."""
    who, to = mention(user_id), mention(filled.to_id) if filled.to_id else "nobody chosen yet"
    happens = (
        f"*Last day*: {long_day(filled.last_on)}, until the end of their work\n*Takes over*: {to}\n"
        f"• {who} is told now, kindly: what happens until when, and what is to be handed over\n"
        "• Operations gets every open tool with a button each, and reminders until all are closed\n"
        "• On the evening everything stops: reminders, 1:1s, Golden Hours, their calendar. Nothing is deleted\n"
        "• Open blockers come to you, with everything that is known"
    )
    thanks = f"*Your thanks, {esc(place)}*\n{quoted(filled.thanks)}" if filled.thanks_to != NOBODY else ""
    door = f"*The open door*\n{quoted(filled.door)}" if filled.door else ""
    shown = [section(part) for part in (happens, thanks, door) if part]
    more = [context(*notes)] if notes else []
    back = actions(button("Back", BACK, user_id, spoken="Back to the form, with everything kept"))
    return modal(
        "Is this right?", [*shown, *more, back], BEGIN, "Save" if change else "Begin", close="Not yet", memo=memo
    )


def page(parting: Parting, memo: str, *, leads: bool, own: bool, lead: str = "") -> View:
    """Show how far a parting has come: to who leads it with what can be changed, to others what is theirs."""
    row = parting.row
    blocks = [*([section(lead)] if lead else []), section(_state(parting, own=own))]
    if leads:
        blocks += _controls(parting)
    blocks += _handovers(parting, gives=leads or own)
    if leads:
        blocks += _tools(parting)
    blocks += _open(parting, own=own)
    if leads and row.ended_at is None:
        blocks += _words(parting)
    return modal("Offboarding", blocks, close="Close", memo=memo)


def _state(parting: Parting, *, own: bool) -> str:
    row, who = parting.row, mention(parting.user_id)
    if row.ended_at is not None:
        return f"{who} was here until {long_day(row.last_on)}. Everything is kept; the door is open."
    day = f"{long_day(row.last_on)}, and it ends {when(parting.ends_at)}"
    if own:
        return f"Your last day is {day}. Until then everything goes on as usual."
    return f"The last day of {who} is {day}. Begun by {mention(row.began_by)} {when(row.began_at)}."


def _controls(parting: Parting) -> list[Block]:
    user_id = parting.user_id
    if parting.row.ended_at is not None:
        return [actions(button("They come back", RETURN, user_id, spoken="Lay a new path for them"))]
    cancel = asking_first(
        button("Cancel the offboarding", CANCEL, parting.row.id),
        "They stay?",
        "Everything goes on as before, and they are told. What was closed already has to be opened again.",
        "They stay",
        "Not yet",
    )
    return [actions(button("Change", CHANGE, user_id, spoken="Change the last day or the words"), cancel)]


def _handovers(parting: Parting, *, gives: bool) -> list[Block]:
    taken = sum(one.taken_at is not None for one in parting.items)
    count = f": {taken} of {len(parting.items)} taken over" if parting.items else ": nothing yet"
    head = section(f"*To hand over*{count}")
    rows = [section(item_line(one), _item_control(one) if gives else None) for one in parting.items]
    add = [actions(button("Add something", ADD, parting.row.id, spoken="Add something to hand over"))] if gives else []
    return [head, *rows, *add]


def item_line(item: Handover) -> str:
    """Say what is handed over to whom, and how far that is."""
    words, to = one_line(item.words, 200), mention(item.to_id)
    where = f" · <{esc(item.link, 400)}|link>" if item.link else ""
    if item.taken_at is not None:
        return f"☑ {words}{where}\n{to} has it since {when(item.taken_at, '{date_short_pretty}')}"
    if item.given_at is not None:
        return f"◐ {words}{where}\ngiven to {to}, who has not said yet that they have it"
    return f"☐ {words}\nto {to}, not given yet"


def _item_control(item: Handover) -> Block | None:
    if item.taken_at is not None:
        return None
    label = "Give" if item.given_at is None else "Change the link"
    return menu_of([(label, GIVE, item.id), ("Take off the list", DROP, item.id)])


def _tools(parting: Parting) -> list[Block]:
    left, closed = parting.to_close, sum(one.closed_at is not None for one in parting.tools)
    if not left:
        words = (
            f"*Access*: {closed} closed, nothing is open any more." if closed else "*Access*: no open tool is known."
        )
        return [section(words)]
    named = ", ".join(f"{one_line(one.name, 80)}{' (critical)' if one.critical else ''}" for one in left[:MOST_NAMED])
    more = f" and {len(left) - MOST_NAMED} more" if len(left) > MOST_NAMED else ""
    words = f"*Access*: {plural(len(left), 'tool')} still open: {named}{more}"
    return [section(words, button("Tools", CLOSING, parting.user_id, spoken="See and close the tools"))]


def _open(parting: Parting, *, own: bool) -> list[Block]:
    raised = [f"• #{one.number} {one_line(one.text, 120)}" for one in parting.blockers]
    helping = [f"• #{one.number} {one_line(one.text, 120)} (helps {mention(one.user_id)})" for one in parting.helping]
    wiki = [f"• wiki #{one.number} {one_line(one.question, 120)}" for one in parting.wiki]
    rows = [*raised, *helping, *wiki]
    if not rows:
        return []
    more = [f"…and {len(rows) - MOST_NAMED} more"] if len(rows) > MOST_NAMED else []
    whose = "*Open with you just now*" if own else "*Open with them just now*"
    return [
        section("\n".join([whose, *rows[:MOST_NAMED], *more])),
        context("What is still open on the last evening goes to the manager. Nothing is lost."),
    ]


def _words(parting: Parting) -> list[Block]:
    row = parting.row
    thanks = f"*Your thanks, {esc(parting.places.get(row.thanks_to, ''))}*\n{quoted(row.thanks)}"
    door = f"*The open door*\n{quoted(row.door)}"
    said = [thanks if row.thanks_to != NOBODY and row.thanks else "", door if row.door else ""]
    return [section(one) for one in said if one]


def add_form(parting: Parting, to_id: str, book: OffboardingBook, memo: str) -> View:
    """Ask what is to be handed over, and to whom."""
    return modal(
        "Hand something over",
        [
            section(f"What {mention(parting.user_id)} knows or keeps, one thing at a time."),
            fields.text(
                "words", "What is it?", most=book.most_words, example="The release checklist, and why step 4 exists"
            ),
            fields.person("to_id", "Who gets it?", to_id),
            fields.link("link", "Where it is", hint="Leave it empty if it is still to be written down"),
        ],
        ADD_FORM,
        "Add",
        memo=memo,
    )


def give_form(item: Handover, memo: str) -> View:
    """Ask where something is that is handed over now."""
    return modal(
        "Give it",
        [
            section(f"{one_line(item.words, 200)}\n{mention(item.to_id)} is told, and says when they have it."),
            fields.link("link", "Where it is", item.link, hint="Empty is fine for what you told them in a call"),
        ],
        GIVE_FORM,
        "Give",
        memo=memo,
    )


def cancelled(user_id: str) -> View:
    """Say that somebody stays."""
    words = f"{mention(user_id)} stays, and is told. Everything goes on as before."
    return modal("They stay", [section(words)], close="Close")


def places(project_channel: str, general: str) -> Choices:
    """Offer where thanks can go: to the channels in which the bot can post (by name, "" for none), or elsewhere."""
    shown = [(f"In #{clean(project_channel, 60)}", PROJECT)] if project_channel else []
    shown += [(f"In #{clean(general, 60)}, for everybody", EVERYBODY)] if general else []
    return [*shown, ("To them alone", PRIVATE), ("No words from me", NOBODY)]
