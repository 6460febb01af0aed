"""The forms about blockers: raising one, asking, adding an update, passing it on; and what `/blocker` can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks import fields, kit
from blocks.kit import Block, View
from playbook.blocker import BlockerBook
from playbook.tongue import phrase, weekday

FORM = "blocker.form"
ASK_FORM = "blocker.ask_form"
UPDATE_FORM = "blocker.update_form"
HAND_FORM = "blocker.hand_form"
KIND = "kind"
MOST_NOTIFIED = 10
NEAR = 7
HELP = phrase(
    "*`/blocker`* opens a form; with words it files them at once and finds who can "
    "help.\n`/blocker waiting for Figma edit access` raises it\n`/blocker list` what you may see · "
    "`/blocker mine` your own · `/blocker 12` a single one\n`/blocker done 12` solved · `/blocker "
    "12 update the invite came` adds words · `/blocker 12 @person` passes it on\n`/blocker 12 "
    "take` you are on it · `/blocker 12 reopen` it is back\nIn a direct message to me: `blocked: "
    "waiting for Figma edit access`."
)


@dataclass(frozen=True)
class Filled:
    """What stands in the form for a blocker, in the words of the person."""

    what: str = ""
    kind: str = ""
    impact: str = ""
    since: str = ""
    tried: str = ""
    link: str = ""
    notify: tuple[str, ...] = ()


@dataclass(frozen=True)
class Absent:
    """Who would have been asked and is away, until which day; whether the one who is asked stands in for them."""

    user_id: str
    name: str
    last: date
    today: date
    stands_in: bool = False

    @property
    def until(self) -> str:
        """Name the last day: by its weekday when that is near."""
        return weekday(self.last) if (self.last - self.today).days < NEAR else kit.day_name(self.last)


@dataclass(frozen=True)
class Goes:
    """Whom a kind of blocker goes to: "" when nobody can help; when their day begins if they are away now.

    `instead` is somebody who is at work meanwhile: (user id, name); `absent` is who would have been asked.
    """

    user_id: str
    name: str = ""
    begins: datetime | None = None
    instead: tuple[str, str] | None = None
    absent: Absent | None = None


def helper_field(kind: str) -> str:
    """Name the field that asks who is to help; another one for each kind, so that it starts afresh."""
    return f"helper_{kind}"


def form(
    book: BlockerBook, filled: Filled, names: Mapping[str, str], goes: Goes | None, memo: str, *, lead: str = ""
) -> View:
    """Draw the form for a blocker; `names` tells by kind whom it goes to, `goes` more about the chosen kind."""
    record = memo.partition("|")[2].partition("|")[0]
    impacts, since = [(one.label, one.key) for one in book.impacts], [(one.label, one.key) for one in book.since]
    blocks = [kit.section(lead)] if lead else []
    blocks += [
        fields.text("what", phrase("What is stuck?"), filled.what, most=book.limits.what, lines=True),
        fields.choice(
            KIND,
            phrase("Kind"),
            _kinds(book, names),
            filled.kind,
            live=True,
            hint=phrase("Decides who is asked first."),
        ),
        *(_whom(filled.kind, goes) if goes else ()),
        fields.radio("impact", phrase("How much does it stop you?"), impacts, filled.impact, optional=True),
        fields.choice(
            "since",
            phrase("Stuck since"),
            since,
            filled.since or ("" if record else book.since[0].key),
            optional=True,
            hint=phrase("Telling within four hours is part of working well together."),
        ),
        fields.text(
            "tried", phrase("What have you tried?"), filled.tried, most=book.limits.tried, lines=True, optional=True
        ),
        fields.link("link", phrase("Link"), filled.link),
        fields.people("notify", phrase("Also notify"), filled.notify, hint=phrase("They get the same card.")),
    ]
    title, submit = (
        (phrase("Blocker details"), phrase("Save")) if record else (phrase("Raise a blocker"), phrase("Raise it"))
    )
    return kit.modal(title, blocks, FORM, submit, memo=memo, keeps_draft=not record)


def _kinds(book: BlockerBook, names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(f"{kind.label} → {names.get(kind.key) or phrase('nobody yet')}", kind.key) for kind in book.kinds]


def _whom(kind: str, goes: Goes) -> list[Block]:
    if not goes.user_id:
        return [kit.section(phrase("Nobody is there to help with this yet. It is kept, and an admin is asked."))]
    if goes.absent:
        return _stands_in(kind, goes, goes.absent)
    said = phrase("Goes to {goes}{goes_2}.", goes=kit.mention(goes.user_id), goes_2=away(goes))
    if goes.begins is None or goes.instead is None:
        return [kit.section(said)]
    choices = [
        (phrase("{goes} (away now)", goes=goes.name), goes.user_id),
        (phrase("{instead} (at work now)", instead=goes.instead[1]), goes.instead[0]),
    ]
    return [kit.section(said), fields.radio(helper_field(kind), phrase("Who is to help?"), choices, goes.user_id)]


def _stands_in(kind: str, goes: Goes, absent: Absent) -> list[Block]:
    """Say who is away and who is asked, and let the person choose between the two."""
    turn = phrase("standing in") if absent.stands_in else phrase("next on your path")
    said = phrase(
        "{absent} is away until {until}; it will go to {goes}",
        absent=kit.mention(absent.user_id),
        until=absent.until,
        goes=kit.mention(goes.user_id),
    )
    choices = [(f"{goes.name} ({turn})", goes.user_id)]
    choices.append((phrase("{absent} (away until {until})", absent=absent.name, until=absent.until), absent.user_id))
    field = fields.radio(helper_field(kind), phrase("Who is to help?"), choices, goes.user_id)
    return [kit.section(f"{said} ({turn})."), field]


def because(absent: Absent) -> str:
    """Say why somebody else is asked than usually."""
    turn = phrase("who stands in") if absent.stands_in else phrase("the next on your path")
    return phrase(
        "{absent} is away until {until}, so it went to {turn}",
        absent=kit.mention(absent.user_id),
        until=absent.until,
        turn=turn,
    )


def away(goes: Goes) -> str:
    """Say that somebody is away and when their working day begins; nothing for somebody at work."""
    return (
        phrase(", whose working day begins {begins}", begins=kit.when(goes.begins))
        if goes.begins
        else phrase(", who is at work now")
    )


def ask(number: int, memo: str) -> View:
    """Draw the form for a question to the contractor."""
    field = fields.text(
        "question", phrase("Your question"), most=500, lines=True, hint=phrase("It goes to their direct messages.")
    )
    return kit.modal(phrase("Ask about #{number}", number=number), [field], ASK_FORM, phrase("Ask"), memo=memo)


def update(number: int, memo: str, most: int, words: str = "") -> View:
    """Draw the form for an update."""
    field = fields.text(
        "update", phrase("What is new?"), words, most=most, lines=True, hint=phrase("Everybody on it is told.")
    )
    return kit.modal(phrase("Update #{number}", number=number), [field], UPDATE_FORM, phrase("Add"), memo=memo)


def hand(number: int, memo: str) -> View:
    """Draw the form for passing a blocker on."""
    field = fields.person(
        "person", phrase("Who is to help now?"), hint=phrase("The clock starts anew in their working time.")
    )
    return kit.modal(phrase("Pass #{number} on", number=number), [field], HAND_FORM, phrase("Pass it on"), memo=memo)


def offers(blocker_id: str, rows: Sequence[tuple[str, str, str]]) -> list[Block]:
    """Offer what can be done next about a blocker: triples of (label, action, value; "" is its id)."""
    buttons = [kit.button(kit.clean(label, 75), action, value or blocker_id) for label, action, value in rows]
    return [kit.actions(*buttons)] if buttons else []
