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
    quoted,
    section,
    when,
)
from playbook.access import Closing
from playbook.offboarding import EVERYBODY, NOBODY, PRIVATE, PROJECT, OffboardingBook
from playbook.tongue import numbered, phrase
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
    lead = phrase(
        "{user_id} leaves well: on time, with everything handed over and a door that stays open.",
        user_id=mention(user_id),
    )
    hint = phrase("Everything ends after their work on this day; until then nothing changes. It can be moved")
    return modal(
        phrase("Offboarding"),
        [
            section(lead),
            fields.day("last_on", phrase("Last day"), filled.last_on, hint=hint),
            fields.person(
                "to_id", phrase("Who takes over"), filled.to_id, optional=True, hint=phrase("Gets what they hand over")
            ),
            fields.text(
                "thanks",
                phrase("Your thanks"),
                filled.thanks,
                most=book.most_thanks,
                lines=True,
                optional=True,
                hint=phrase("Sent on the evening of the last day. Concrete is kind: what is better because of them?"),
            ),
            fields.radio("thanks_to", phrase("Where do the thanks go?"), places, filled.thanks_to),
            fields.text(
                "door",
                phrase("The open door"),
                filled.door,
                most=book.most_door,
                optional=True,
                hint=phrase("One sentence they read at the end"),
            ),
        ],
        FORM,
        phrase("Preview"),
        memo=memo,
    )


def preview(user_id: str, filled: Filled, place: str, notes: Sequence[str], memo: str, *, change: bool) -> View:
    """Show what would happen before anybody is told."""
    who, to = mention(user_id), mention(filled.to_id) if filled.to_id else phrase("nobody chosen yet")
    happens = phrase(
        "*Last day*: {last_on}, until the end of their work\n*Takes over*: {to}\n• {who} is told now, "
        "kindly: what happens until when, and what is to be handed over\n• Operations gets every open "
        "tool with a button each, and reminders until all are closed\n• On the evening everything "
        "stops: reminders, 1:1s, Golden Hours, their calendar. Nothing is deleted\n• Open blockers "
        "come to you, with everything that is known",
        last_on=long_day(filled.last_on),
        to=to,
        who=who,
    )
    thanks = (
        phrase("*Your thanks, {place}*\n{thanks}", place=esc(place), thanks=quoted(filled.thanks))
        if filled.thanks_to != NOBODY
        else ""
    )
    door = phrase("*The open door*\n{door}", door=quoted(filled.door)) if filled.door else ""
    shown = [section(part) for part in (happens, thanks, door) if part]
    more = [context(*notes)] if notes else []
    back = actions(button(phrase("Back"), BACK, user_id, spoken=phrase("Back to the form, with everything kept")))
    return modal(
        phrase("Is this right?"),
        [*shown, *more, back],
        BEGIN,
        phrase("Save") if change else phrase("Begin"),
        close=phrase("Not yet"),
        memo=memo,
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
    return modal(phrase("Offboarding"), blocks, close=phrase("Close"), memo=memo)


def _state(parting: Parting, *, own: bool) -> str:
    row, who = parting.row, mention(parting.user_id)
    if row.ended_at is not None:
        return phrase(
            "{who} was here until {last_on}. Everything is kept; the door is open.",
            who=who,
            last_on=long_day(row.last_on),
        )
    day = phrase("{last_on}, and it ends {ends_at}", last_on=long_day(row.last_on), ends_at=when(parting.ends_at))
    if own:
        return phrase("Your last day is {day}. Until then everything goes on as usual.", day=day)
    return phrase(
        "The last day of {who} is {day}. Begun by {began_by} {began_at}.",
        who=who,
        day=day,
        began_by=mention(row.began_by),
        began_at=when(row.began_at),
    )


def _controls(parting: Parting) -> list[Block]:
    user_id = parting.user_id
    if parting.row.ended_at is not None:
        return [actions(button(phrase("They come back"), RETURN, user_id, spoken=phrase("Lay a new path for them")))]
    cancel = asking_first(
        button(phrase("Cancel the offboarding"), CANCEL, parting.row.id),
        phrase("They stay?"),
        phrase("Everything goes on as before, and they are told. What was closed already has to be opened again."),
        phrase("They stay"),
        phrase("Not yet"),
    )
    return [
        actions(button(phrase("Change"), CHANGE, user_id, spoken=phrase("Change the last day or the words")), cancel)
    ]


def _handovers(parting: Parting, *, gives: bool) -> list[Block]:
    taken = sum(one.taken_at is not None for one in parting.items)
    count = (
        phrase(": {taken} of {items} taken over", taken=taken, items=len(parting.items))
        if parting.items
        else phrase(": nothing yet")
    )
    head = section(phrase("*To hand over*{count}", count=count))
    rows = [section(item_line(one), _item_control(one) if gives else None) for one in parting.items]
    add = (
        [actions(button(phrase("Add something"), ADD, parting.row.id, spoken=phrase("Add something to hand over")))]
        if gives
        else []
    )
    return [head, *rows, *add]


def item_line(item: Handover) -> str:
    """Say what is handed over to whom, and how far that is."""
    words, to = one_line(item.words, 200), mention(item.to_id)
    where = phrase(" · <{link}|link>", link=esc(item.link, 400)) if item.link else ""
    if item.taken_at is not None:
        return phrase(
            "☑ {words}{where}\n{to} has it since {taken_at}",
            words=words,
            where=where,
            to=to,
            taken_at=when(item.taken_at, "{date_short_pretty}"),
        )
    if item.given_at is not None:
        return phrase(
            "◐ {words}{where}\ngiven to {to}, who has not said yet that they have it", words=words, where=where, to=to
        )
    return phrase("☐ {words}\nto {to}, not given yet", words=words, to=to)


def _item_control(item: Handover) -> Block | None:
    if item.taken_at is not None:
        return None
    label = phrase("Give") if item.given_at is None else phrase("Change the link")
    return menu_of([(label, GIVE, item.id), (phrase("Take off the list"), DROP, item.id)])


def _tools(parting: Parting) -> list[Block]:
    left, closed = parting.to_close, sum(one.closed_at is not None for one in parting.tools)
    if not left:
        words = (
            phrase("*Access*: {closed} closed, nothing is open any more.", closed=closed)
            if closed
            else phrase("*Access*: no open tool is known.")
        )
        return [section(words)]
    named = ", ".join(f"{one_line(one.name, 80)}{' (critical)' if one.critical else ''}" for one in left[:MOST_NAMED])
    more = phrase(" and {left} more", left=len(left) - MOST_NAMED) if len(left) > MOST_NAMED else ""
    words = phrase(
        "*Access*: {tool} still open: {named}{more}",
        tool=numbered("{n} tool", "{n} tools", len(left)),
        named=named,
        more=more,
    )
    return [section(words, button(phrase("Tools"), CLOSING, parting.user_id, spoken=phrase("See and close the tools")))]


def _open(parting: Parting, *, own: bool) -> list[Block]:
    raised = [f"• #{one.number} {one_line(one.text, 120)}" for one in parting.blockers]
    helping = [
        phrase(
            "• #{number} {one} (helps {one_2})",
            number=one.number,
            one=one_line(one.text, 120),
            one_2=mention(one.user_id),
        )
        for one in parting.helping
    ]
    wiki = [
        phrase("• wiki #{number} {question}", number=one.number, question=one_line(one.question, 120))
        for one in parting.wiki
    ]
    rows = [*raised, *helping, *wiki]
    if not rows:
        return []
    more = [phrase("…and {rows} more", rows=len(rows) - MOST_NAMED)] if len(rows) > MOST_NAMED else []
    whose = phrase("*Open with you just now*") if own else phrase("*Open with them just now*")
    return [
        section("\n".join([whose, *rows[:MOST_NAMED], *more])),
        context(phrase("What is still open on the last evening goes to the manager. Nothing is lost.")),
    ]


def _words(parting: Parting) -> list[Block]:
    row = parting.row
    thanks = phrase(
        "*Your thanks, {thanks_to}*\n{thanks}",
        thanks_to=esc(parting.places.get(row.thanks_to, "")),
        thanks=quoted(row.thanks),
    )
    door = phrase("*The open door*\n{door}", door=quoted(row.door))
    said = [thanks if row.thanks_to != NOBODY and row.thanks else "", door if row.door else ""]
    return [section(one) for one in said if one]


def add_form(parting: Parting, to_id: str, book: OffboardingBook, memo: str) -> View:
    """Ask what is to be handed over, and to whom."""
    return modal(
        phrase("Hand something over"),
        [
            section(phrase("What {parting} knows or keeps, one thing at a time.", parting=mention(parting.user_id))),
            fields.text(
                "words",
                phrase("What is it?"),
                most=book.most_words,
                example=phrase("The release checklist, and why step 4 exists"),
            ),
            fields.person("to_id", phrase("Who gets it?"), to_id),
            fields.link("link", phrase("Where it is"), hint=phrase("Leave it empty if it is still to be written down")),
        ],
        ADD_FORM,
        phrase("Add"),
        memo=memo,
    )


def give_form(item: Handover, memo: str) -> View:
    """Ask where something is that is handed over now."""
    return modal(
        phrase("Give it"),
        [
            section(
                phrase(
                    "{item}\n{to_id} is told, and says when they have it.",
                    item=one_line(item.words, 200),
                    to_id=mention(item.to_id),
                )
            ),
            fields.link(
                "link", phrase("Where it is"), item.link, hint=phrase("Empty is fine for what you told them in a call")
            ),
        ],
        GIVE_FORM,
        phrase("Give"),
        memo=memo,
    )


def cancelled(user_id: str) -> View:
    """Say that somebody stays."""
    words = phrase("{user_id} stays, and is told. Everything goes on as before.", user_id=mention(user_id))
    return modal(phrase("They stay"), [section(words)], close=phrase("Close"))


def places(project_channel: str, general: str) -> Choices:
    """Offer where thanks can go: to the channels in which the bot can post (by name, "" for none), or elsewhere."""
    shown = (
        [(phrase("In #{project_channel}", project_channel=clean(project_channel, 60)), PROJECT)]
        if project_channel
        else []
    )
    shown += [(phrase("In #{general}, for everybody", general=clean(general, 60)), EVERYBODY)] if general else []
    return [*shown, (phrase("To them alone"), PRIVATE), (phrase("No words from me"), NOBODY)]
