"""The card of a blocker: the same for everybody it concerns, edited in place as things move on."""

from datetime import datetime, timedelta

from blocks import kit
from blocks.kit import Block
from playbook.blocker import BlockerBook, State, step_at
from playbook.hours import Hours, next_begin, working_minutes
from playbook.length import show
from playbook.tongue import phrase
from storage.blocker import Case, target
from storage.tables import Blocker, BlockerNote

RAISE = "blocker.raise"
OPEN = "blocker.open"
SEE = "blocker.see"
TAKE = "blocker.take"
TAKE_OVER = "blocker.take_over"
RESOLVE = "blocker.resolve"
AROUND = "blocker.around"
REOPEN = "blocker.reopen"
STILL = "blocker.still"
ASK = "blocker.ask"
UPDATE = "blocker.update"
DETAILS = "blocker.details"
HAND = "blocker.hand"
NEXT = "blocker.next"
MORE = "blocker.more"

Drawn = tuple[str, list[Block]]

MINUTE = timedelta(minutes=1)
MOST_WORDS = 2900
PIECE = 550
CLOCK = "{time}"
SIGNS = {State.OPEN: "🔴", State.SEEN: "🟡", State.ON_IT: "🟠", State.RESOLVED: "🟢"}
NAMES = {
    State.OPEN: phrase("open"),
    State.SEEN: phrase("seen"),
    State.ON_IT: phrase("on it"),
    State.RESOLVED: phrase("resolved"),
}
SHOWN = {
    State.OPEN: phrase("{sign} Open", sign=SIGNS[State.OPEN]),
    State.SEEN: phrase("{sign} Seen", sign=SIGNS[State.SEEN]),
    State.ON_IT: phrase("{sign} On it", sign=SIGNS[State.ON_IT]),
    State.RESOLVED: phrase("{sign} Resolved", sign=SIGNS[State.RESOLVED]),
}
VERBS = {
    "new": phrase("raised it"),
    "see": phrase("saw it"),
    "take": phrase("is on it"),
    "take_over": phrase("took it over"),
    "resolve": phrase("resolved it"),
    "around": phrase("worked around it"),
    "reopen": phrase("opened it again"),
    "hand": phrase("passed it to"),
    "rehelp": phrase("could not help any more; it went to"),
    "still": phrase("is still stuck"),
    "ask": "asked",
    "update": "added",
    "details": phrase("changed the details"),
    "remind": phrase("was reminded"),
    "escalate": phrase("waited; the clock told"),
    "contact": phrase("waited; the clock told"),
}
SPOKEN = ("ask", "update")
TO_SOMEBODY = ("hand", "rehelp", "escalate", "contact")


def state_name(blocker: Blocker) -> str:
    """Name the state of a blocker, with its sign."""
    state = State(blocker.state)
    return SHOWN[state]


def words(text: str) -> list[Block]:
    """Show somebody's words whole and safe, in as many sections as they need."""
    if len(kit.esc(text)) <= MOST_WORDS and len(text) <= MOST_WORDS:
        return [kit.section(kit.esc(text) or "–")]
    return [kit.section(kit.esc(text[at : at + PIECE]) or "–") for at in range(0, len(text), PIECE)]


def line(blocker: Blocker) -> str:
    """Say a blocker in one line: number, state, who, what."""
    words = kit.one_line(blocker.text, 100)
    return f"*#{blocker.number}* {state_name(blocker)} · {kit.mention(blocker.user_id)}: {words}"


def card(case: Case, viewer: str, book: BlockerBook, hours: Hours, lead: str = "") -> Drawn:
    """Draw the card of a blocker for one reader ("" for a channel); it tells everybody the same.

    `hours` are the helper's; `lead` is a sentence that stands before everything else, already safe.
    """
    blocks = [kit.section(lead)] if lead else []
    blocks += body(case, book, hours)
    blocks.append(buttons(case.blocker, viewer))
    return fallback(case.blocker, lead), blocks


def fallback(blocker: Blocker, lead: str = "") -> str:
    """Say the whole point of a card in words."""
    who = {
        State.OPEN: phrase("for {helper_id}", helper_id=kit.mention(blocker.helper_id)),
        State.SEEN: phrase("seen by {seen_by}", seen_by=kit.mention(blocker.seen_by)),
        State.ON_IT: phrase("{taken_by} is on it", taken_by=kit.mention(blocker.taken_by)),
        State.RESOLVED: phrase("resolved by {resolved_by}", resolved_by=kit.mention(blocker.resolved_by)),
    }[State(blocker.state)]
    said = phrase(
        "#{number} {blocker}: {blocker_2} is stuck on ",
        number=blocker.number,
        blocker=state_name(blocker),
        blocker_2=kit.mention(blocker.user_id),
    )
    if blocker.state == State.RESOLVED:
        said = phrase(
            "#{number} {blocker}: {blocker_2} was stuck on ",
            number=blocker.number,
            blocker=state_name(blocker),
            blocker_2=kit.mention(blocker.user_id),
        )
    return " ".join(filter(None, [lead, f"{said}“{kit.one_line(blocker.text, 300)}” – {who}."]))


def body(case: Case, book: BlockerBook, hours: Hours) -> list[Block]:
    """Draw what a card tells; `hours` are the helper's."""
    blocker = case.blocker
    said = phrase("*#{number} {blocker}* · {blocker_2} is stuck")
    if blocker.state == State.RESOLVED:
        said = phrase("*#{number} {blocker}* · {blocker_2} was stuck")
    head = said.format(number=blocker.number, blocker=state_name(blocker), blocker_2=kit.mention(blocker.user_id))
    blocks = [kit.section(head), *words(blocker.text), kit.context(_facts(blocker, book))]
    if blocker.tried:
        blocks.append(kit.context(phrase("Tried: {tried}", tried=kit.one_line(blocker.tried, 250))))
    return [*blocks, kit.context(trail(blocker)), *_clock(case, book, hours), *_last_words(case)]


def _last_words(case: Case) -> list[Block]:
    said = [note for note in case.notes if note.verb in SPOKEN]
    return [kit.context(note_line(said[-1], 250))] if said else []


def note_line(note: BlockerNote, most: int) -> str:
    """Say one thing that happened to a blocker: when, who, and their words."""
    return f"{kit.when(note.at)} {kit.mention(note.user_id)} {VERBS.get(note.verb, note.verb)}{_said(note, most)}"


def _said(note: BlockerNote, most: int) -> str:
    if note.verb in TO_SOMEBODY:
        return f" {kit.mention(note.text)}"
    return f": {kit.one_line(note.text, most)}" if note.text and note.verb != "new" else ""


def _facts(blocker: Blocker, book: BlockerBook) -> str:
    impact = book.impact(blocker.impact)
    known = [
        f"{book.kind(blocker.kind).label} → {kit.mention(blocker.helper_id)}",
        impact.label if impact else "",
        _stuck(blocker),
        phrase("<{link}|Link>", link=kit.esc(blocker.link)) if blocker.link else "",
    ]
    return " · ".join(filter(None, known))


def _stuck(blocker: Blocker) -> str:
    minutes = (blocker.created_at - blocker.since) // MINUTE
    told = phrase("told after {minutes}", minutes=show(minutes)) if minutes > 0 else phrase("told at once")
    return phrase("stuck since {since}, {told}", since=kit.when(blocker.since), told=told)


def trail(blocker: Blocker) -> str:
    """Tell how far a blocker has come: who did what, and when."""
    steps = [phrase("{signs} Open {created_at}", signs=SIGNS[State.OPEN], created_at=kit.when(blocker.created_at))]
    marks = (
        (State.SEEN, phrase("Seen by"), blocker.seen_by, blocker.seen_at),
        (State.ON_IT, phrase("On it:"), blocker.taken_by, blocker.taken_at),
        (State.RESOLVED, phrase("Resolved by"), blocker.resolved_by, blocker.resolved_at),
    )
    steps += [f"{SIGNS[state]} {what} {kit.mention(who)} {kit.when(at)}" for state, what, who, at in marks if at]
    return " → ".join(steps)


def _clock(case: Case, book: BlockerBook, hours: Hours) -> list[Block]:
    """Say what the clock will do, or what it came to."""
    match State(case.blocker.state):
        case State.RESOLVED:
            return [kit.context(_took(case, book, hours))]
        case State.ON_IT:
            said = _told(case)
        case _:
            said = [_coming(case, book, hours), *_told(case)]
    return [kit.context(" · ".join(said))] if said else []


def _took(case: Case, book: BlockerBook, hours: Hours) -> str:
    end = case.blocker.resolved_at or case.clock_from
    minutes = working_minutes(hours, case.clock_from, end)
    inside = (
        phrase(", inside the {window_minutes} window", window_minutes=show(book.window_minutes))
        if minutes <= book.window_minutes
        else ""
    )
    return phrase(
        "Took {minutes} of the helper's working time{inside}.",
        minutes=show(minutes) if minutes else phrase("less than a minute"),
        inside=inside,
    )


def _coming(case: Case, book: BlockerBook, hours: Hours) -> str:
    begins = day_begins(hours, case.clock_from)
    away = (
        phrase(
            "{helper_id}'s working day begins {begins} · ",
            helper_id=kit.mention(case.blocker.helper_id),
            begins=kit.when(begins),
        )
        if begins
        else ""
    )
    plans = [
        " ".join(
            [
                phrase("reminder") if step.to == "helper" else kit.mention(target(case.blocker, step)),
                kit.when(step_at(step, hours, case.clock_from)),
            ]
        )
        for step in book.steps
        if target(case.blocker, step)
    ]
    return phrase(
        "{away}Clock in {helper_id}'s working hours: {plans}",
        away=away,
        helper_id=kit.mention(case.blocker.helper_id),
        plans=phrase(", then ").join(plans),
    )


def day_begins(hours: Hours, now: datetime) -> datetime | None:
    """Say when somebody's working day begins who is away now; None for somebody at work."""
    begins = next_begin(hours, now)
    return begins if begins > now else None


def _told(case: Case) -> list[str]:
    told = [note for note in case.notes if note.verb in {"escalate", "contact"} and note.at >= case.clock_from]
    return [
        phrase("told {note} {note_2}", note=kit.mention(note.text), note_2=kit.when(note.at, CLOCK)) for note in told
    ]


def buttons(blocker: Blocker, viewer: str) -> Block:
    """Offer what a reader can do with a blocker."""
    if blocker.state == State.RESOLVED:
        return kit.actions(
            button(blocker, phrase("Still stuck, reopen"), REOPEN), button(blocker, phrase("Details"), OPEN)
        )
    return _raisers(blocker) if viewer == blocker.user_id else _helpers(blocker)


def button(blocker: Blocker, label: str, action: str, style: str | None = None) -> Block:
    """Offer one thing to do with a blocker; the spoken label names it by number."""
    return kit.button(
        label, action, blocker.id, style, phrase("{label}: blocker {number}", label=label, number=blocker.number)
    )


def _raisers(blocker: Blocker) -> Block:
    return kit.actions(
        button(blocker, phrase("Solved"), RESOLVE, "primary"),
        button(blocker, phrase("Worked around"), AROUND),
        button(blocker, phrase("Add an update"), UPDATE),
        button(blocker, phrase("Add details"), DETAILS),
        kit.menu(
            MORE,
            [(phrase("Ask somebody else"), f"hand:{blocker.id}"), (phrase("See everything"), f"open:{blocker.id}")],
        ),
    )


def _helpers(blocker: Blocker) -> Block:
    busy = blocker.state == State.ON_IT
    first = [] if busy else [button(blocker, phrase("On it"), TAKE, "primary")]
    first += [
        button(blocker, phrase("Resolved"), RESOLVE, "primary" if busy else None),
        button(blocker, phrase("Ask"), ASK),
    ]
    rarer = [
        *([(phrase("Seen"), f"see:{blocker.id}")] if blocker.state == State.OPEN else []),
        *([(phrase("Take it over"), f"take_over:{blocker.id}")] if busy else []),
        (phrase("Add an update"), f"update:{blocker.id}"),
        (phrase("Pass it on"), f"hand:{blocker.id}"),
        (phrase("See everything"), f"open:{blocker.id}"),
    ]
    return kit.actions(*first, kit.menu(MORE, rarer))
