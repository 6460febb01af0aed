"""The card of a blocker: the same for everybody it concerns, edited in place as things move on."""

from datetime import datetime, timedelta

from blocks import kit
from blocks.kit import Block
from playbook.blocker import BlockerBook, State, step_at
from playbook.hours import Hours, next_begin, working_minutes
from playbook.length import show
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
NAMES = {State.OPEN: "Open", State.SEEN: "Seen", State.ON_IT: "On it", State.RESOLVED: "Resolved"}
VERBS = {
    "new": "raised it",
    "see": "saw it",
    "take": "is on it",
    "take_over": "took it over",
    "resolve": "resolved it",
    "around": "worked around it",
    "reopen": "opened it again",
    "hand": "passed it to",
    "rehelp": "could not help any more; it went to",
    "still": "is still stuck",
    "ask": "asked",
    "update": "added",
    "details": "changed the details",
    "remind": "was reminded",
    "escalate": "waited; the clock told",
    "contact": "waited; the clock told",
}
SPOKEN = ("ask", "update")
TO_SOMEBODY = ("hand", "rehelp", "escalate", "contact")


def state_name(blocker: Blocker) -> str:
    """Name the state of a blocker, with its sign."""
    state = State(blocker.state)
    return f"{SIGNS[state]} {NAMES[state]}"


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
        State.OPEN: f"for {kit.mention(blocker.helper_id)}",
        State.SEEN: f"seen by {kit.mention(blocker.seen_by)}",
        State.ON_IT: f"{kit.mention(blocker.taken_by)} is on it",
        State.RESOLVED: f"resolved by {kit.mention(blocker.resolved_by)}",
    }[State(blocker.state)]
    said = f"#{blocker.number} {state_name(blocker)}: {kit.mention(blocker.user_id)} is stuck on "
    if blocker.state == State.RESOLVED:
        said = f"#{blocker.number} {state_name(blocker)}: {kit.mention(blocker.user_id)} was stuck on "
    return " ".join(filter(None, [lead, f"{said}“{kit.one_line(blocker.text, 300)}” – {who}."]))


def body(case: Case, book: BlockerBook, hours: Hours) -> list[Block]:
    """Draw what a card tells; `hours` are the helper's."""
    blocker = case.blocker
    head = f"*#{blocker.number} {state_name(blocker)}* · {kit.mention(blocker.user_id)} is stuck"
    blocks = [kit.section(head), *words(blocker.text), kit.context(_facts(blocker, book))]
    if blocker.tried:
        blocks.append(kit.context(f"Tried: {kit.one_line(blocker.tried, 250)}"))
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
        f"<{kit.esc(blocker.link)}|Link>" if blocker.link else "",
    ]
    return " · ".join(filter(None, known))


def _stuck(blocker: Blocker) -> str:
    minutes = (blocker.created_at - blocker.since) // MINUTE
    told = f"told after {show(minutes)}" if minutes > 0 else "told at once"
    return f"stuck since {kit.when(blocker.since)}, {told}"


def trail(blocker: Blocker) -> str:
    """Tell how far a blocker has come: who did what, and when."""
    steps = [f"{SIGNS[State.OPEN]} Open {kit.when(blocker.created_at)}"]
    marks = (
        (State.SEEN, "Seen by", blocker.seen_by, blocker.seen_at),
        (State.ON_IT, "On it:", blocker.taken_by, blocker.taken_at),
        (State.RESOLVED, "Resolved by", blocker.resolved_by, blocker.resolved_at),
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
    inside = f", inside the {show(book.window_minutes)} window" if minutes <= book.window_minutes else ""
    return f"Took {show(minutes) if minutes else 'less than a minute'} of the helper's working time{inside}."


def _coming(case: Case, book: BlockerBook, hours: Hours) -> str:
    begins = day_begins(hours, case.clock_from)
    away = f"{kit.mention(case.blocker.helper_id)}'s working day begins {kit.when(begins)} · " if begins else ""
    plans = [
        f"{'reminder' if step.to == 'helper' else kit.mention(target(case.blocker, step))} "
        f"{kit.when(step_at(step, hours, case.clock_from))}"
        for step in book.steps
        if target(case.blocker, step)
    ]
    return f"{away}Clock in {kit.mention(case.blocker.helper_id)}'s working hours: {', then '.join(plans)}"


def day_begins(hours: Hours, now: datetime) -> datetime | None:
    """Say when somebody's working day begins who is away now; None for somebody at work."""
    begins = next_begin(hours, now)
    return begins if begins > now else None


def _told(case: Case) -> list[str]:
    told = [note for note in case.notes if note.verb in {"escalate", "contact"} and note.at >= case.clock_from]
    return [f"told {kit.mention(note.text)} {kit.when(note.at, CLOCK)}" for note in told]


def buttons(blocker: Blocker, viewer: str) -> Block:
    """Offer what a reader can do with a blocker."""
    if blocker.state == State.RESOLVED:
        return kit.actions(button(blocker, "Still stuck, reopen", REOPEN), button(blocker, "Details", OPEN))
    return _raisers(blocker) if viewer == blocker.user_id else _helpers(blocker)


def button(blocker: Blocker, label: str, action: str, style: str | None = None) -> Block:
    """Offer one thing to do with a blocker; the spoken label names it by number."""
    return kit.button(label, action, blocker.id, style, f"{label}: blocker {blocker.number}")


def _raisers(blocker: Blocker) -> Block:
    return kit.actions(
        button(blocker, "Solved", RESOLVE, "primary"),
        button(blocker, "Worked around", AROUND),
        button(blocker, "Add an update", UPDATE),
        button(blocker, "Add details", DETAILS),
        kit.menu(MORE, [("Ask somebody else", f"hand:{blocker.id}"), ("See everything", f"open:{blocker.id}")]),
    )


def _helpers(blocker: Blocker) -> Block:
    busy = blocker.state == State.ON_IT
    first = [] if busy else [button(blocker, "On it", TAKE, "primary")]
    first += [button(blocker, "Resolved", RESOLVE, "primary" if busy else None), button(blocker, "Ask", ASK)]
    rarer = [
        *([("Seen", f"see:{blocker.id}")] if blocker.state == State.OPEN else []),
        *([("Take it over", f"take_over:{blocker.id}")] if busy else []),
        ("Add an update", f"update:{blocker.id}"),
        ("Pass it on", f"hand:{blocker.id}"),
        ("See everything", f"open:{blocker.id}"),
    ]
    return kit.actions(*first, kit.menu(MORE, rarer))
