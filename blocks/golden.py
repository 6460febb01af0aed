"""What people see of Golden Hours: a window on everybody's clock, the proposal, what was agreed, and clock changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from blocks.kit import Block, actions, button, context, day_name, esc, mention, one_line, section
from playbook.golden import GoldenBook, GoldenHours, GoldenWeek
from playbook.golden_change import Change, Effect
from playbook.golden_fair import fairness, warnings_of
from playbook.golden_find import Bend, Party, judge
from playbook.tongue import capital, oclock, phrase

OPEN = "golden.open"
AGREE = "golden.agree"
KEEP = "golden.keep"

SHORT_DAYS = (phrase("Mon"), phrase("Tue"), phrase("Wed"), phrase("Thu"), phrase("Fri"), phrase("Sat"), phrase("Sun"))
MOST_NAME = 40
MOST_SAID = 500
EFFECTS = {
    Effect.SHIFTS: phrase("moves"),
    Effect.SHRINKS: phrase("does not fit as well any more"),
    Effect.BREAKS: phrase("falls out of somebody's working day"),
}

Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Shown:
    """A version to draw: whose it is, who proposed it, its windows, and all who take part.

    `monday` is the week in which its times are shown; `coming` is the next clock change that is felt in it.
    """

    id: str
    user_id: str
    by: str
    week: GoldenWeek
    parties: tuple[Party, ...]
    monday: date
    nudge: bool = True
    words: str = ""
    coming: Change | None = None


def days_of(weekdays: Sequence[int]) -> str:
    """Write weekdays in a few letters: Mon–Fri, or Mon, Wed."""
    days = sorted(weekdays)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):  # noqa: PLR2004 - two days are named
        return f"{SHORT_DAYS[days[0]]}–{SHORT_DAYS[days[-1]]}"
    return ", ".join(SHORT_DAYS[day] for day in days)


def clock(bend: Bend, day: date, most: int = MOST_NAME) -> str:
    """Say what a window is on somebody's clock, not made safe yet: 15:00–18:00 Ana; the day where it is another."""
    apart = (bend.begin.date() - day).days
    other = {0: "", 1: phrase(", next day"), -1: phrase(", day before")}.get(apart, "")
    name = bend.party.name
    return f"{bend.begin:%H:%M}–{bend.end:%H:%M} {name if len(name) <= most else name[: most - 1] + '…'}{other}"


def clocks(window: GoldenHours, day: date, parties: Sequence[Party], book: GoldenBook) -> str:
    """Say a window of a date on everybody's clock: 15:00–18:00 Ana · 19:00–22:00 Bruno."""
    return " · ".join(one_line(clock(bend, day), 60) for bend in judge(parties, window, day, book, everybody=True))


def lines(week: GoldenWeek, parties: Sequence[Party], monday: date, book: GoldenBook) -> str:
    """Say the windows of a week on everybody's clock, one line for the weekdays that are alike."""
    alike: dict[GoldenHours, list[int]] = {}
    for weekday, window in week.windows:
        alike.setdefault(window, []).append(weekday)
    return "\n".join(
        f"*{days_of(weekdays)}*  {clocks(window, monday + timedelta(days=weekdays[0]), parties, book)}"
        for window, weekdays in alike.items()
    )


def fair(shown: Shown, book: GoldenBook) -> str:
    """Say how fair the usual window is."""
    weekday = next(weekday for weekday, window in shown.week.windows if window == shown.week.usual)
    bends = judge(shown.parties, shown.week.usual, shown.monday + timedelta(days=weekday), book)
    said = fairness(bends, book)
    return one_line(capital(said), MOST_SAID)


def _facts(shown: Shown, book: GoldenBook) -> list[Block]:
    warned = warnings_of(shown.week, shown.parties, shown.monday, book)
    notes = [fair(shown, book), *(phrase("Please note: {one}.", one=one_line(one, 200)) for one in warned)]
    notes.append(anchored(shown.week.zone, shown.parties))
    notes += [f"{coming(shown.coming)}"] if shown.coming else []
    notes.append(
        phrase("Ten minutes before, I list what is open.") if shown.nudge else phrase("No note before they begin.")
    )
    return [section(lines(shown.week, shown.parties, shown.monday, book)), context("\n".join(notes))]


def anchored(zone: str, parties: Sequence[Party]) -> str:
    """Say whose clock a window stays on when clocks change."""
    mine = [one_line(party.name, MOST_NAME) for party in parties if party.zone == zone]
    whose = (
        phrase("{mine}'s clock ({zone})", mine=mine[0], zone=esc(zone))
        if mine
        else phrase("the clock of {zone}", zone=esc(zone))
    )
    return phrase("It stays on {whose} when clocks change; I ask again two weeks before.", whose=whose)


def coming(change: Change) -> str:
    """Say what the next clock change does to a window."""
    return phrase("From {day} on: {change}.", day=day_name(change.day), change=_moves(change))


def _moves(change: Change) -> str:
    return ", ".join(
        phrase(
            "{begin}–{end} for {party} instead of {begin_2}–{end_2}",
            begin=oclock(new.begin),
            end=oclock(new.end),
            party=one_line(new.party.name, MOST_NAME),
            begin_2=oclock(old.begin),
            end_2=oclock(old.end),
        )
        for old, new in change.moves
    )


def proposal(shown: Shown, book: GoldenBook) -> Drawn:
    """Ask the other one of the two whether a window suits them."""
    usual = shown.week.usual
    who = phrase("{by} proposes Golden Hours", by=mention(shown.by))
    weekday = shown.week.windows[0][0]
    said = clocks(usual, shown.monday + timedelta(days=weekday), shown.parties, book)
    text = phrase("{who}: {said}. Does it suit you?", who=who, said=said)
    words = [section(f"“{esc(shown.words, MOST_SAID)}”")] if shown.words else []
    buttons = actions(
        button(phrase("Agree"), AGREE, shown.id, "primary", phrase("Agree to these Golden Hours")),
        button(phrase("Propose another"), OPEN, shown.user_id, spoken=phrase("Propose other Golden Hours")),
    )
    return text, [
        section(phrase("*{who}*: two or three hours in which questions get an answer at once.", who=who)),
        *words,
        *_facts(shown, book),
        buttons,
    ]


def outcome(shown: Shown, how: str, book: GoldenBook) -> Drawn:
    """Say in the place of a proposal what became of it; `how` is a sentence that is safe."""
    said = lines(shown.week, shown.parties, shown.monday, book)
    return how, [section(f"*{how}*"), section(said)]


def agreed(shown: Shown, by: str, book: GoldenBook, *, pair: bool) -> Drawn:
    """Tell somebody what was agreed: one of the two, who can choose again, or a team member who takes part."""
    text = phrase(
        "Golden Hours of {shown}: {by} proposed them, {by_2} agreed.",
        shown=mention(shown.user_id),
        by=mention(shown.by),
        by_2=mention(by),
    )
    if not pair:
        text += phrase(" You take part.")
    again = (
        [actions(button(phrase("Choose again"), OPEN, shown.user_id, spoken=phrase("Choose other Golden Hours")))]
        if pair
        else []
    )
    return text, [section(f"*{text}*"), *_facts(shown, book), *again]


def changing(golden_id: str, user_id: str, change: Change, zone: str) -> Drawn:
    """Ask one of the two what to do about a clock change."""
    day = day_name(change.day)
    effect = EFFECTS[change.effect]
    text = phrase(
        "From {day} on the clocks are different, and your Golden Hours window {effect}: {change}.",
        day=day,
        effect=effect,
        change=_moves(change),
    )
    stays = [bend for bend in change.after if bend.party.zone == zone]
    same = (
        phrase(
            " For {party} it stays at {stays}.", party=one_line(stays[0].party.name, MOST_NAME), stays=_range(stays[0])
        )
        if stays
        else ""
    )
    buttons = actions(
        button(
            phrase("Keep it on my clock"),
            KEEP,
            golden_id,
            spoken=phrase("Keep the Golden Hours as they are on my clock"),
        ),
        button(phrase("Choose again"), OPEN, user_id, spoken=phrase("Choose other Golden Hours")),
    )
    hint = phrase("If nobody does anything, it stays where it is now on the clock it is kept on.")
    return text, [section(f"{text}{same}"), context(hint), buttons]


def _range(bend: Bend) -> str:
    return f"{bend.begin:%H:%M}–{bend.end:%H:%M}"


def settled(text: str) -> Drawn:
    """Say in the place of a question about a clock change what was decided."""
    return text, [context(text)]
