"""The forms of Golden Hours: pick a window, another time or another day's window, a last look, and a page to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from blocks import fields
from blocks.golden import MOST_SAID, anchored, clock, lines
from blocks.kit import Block, View, clean, context, mention, modal, one_line, section
from playbook.golden import GoldenBook, GoldenHours, GoldenWeek
from playbook.golden_fair import fairness, warnings
from playbook.golden_find import Party, Spot
from playbook.tongue import numbered, phrase

FORM = "golden.form"
TIMES = "golden.times"
SURE = "golden.sure"
PARTNERS = "golden.partners"
OWN = "own"
NUDGE, ANOTHER = "nudge", "another"
LONG_DAYS = (
    phrase("Monday"),
    phrase("Tuesday"),
    phrase("Wednesday"),
    phrase("Thursday"),
    phrase("Friday"),
    phrase("Saturday"),
    phrase("Sunday"),
)
TITLE = phrase("Golden Hours")
MOST_ON_A_CLOCK = 14
MOST_OPTION = 75


@dataclass(frozen=True)
class Sheet:
    """What the first page shows: who takes part, which windows suit, what is chosen, and what was measured."""

    user_id: str
    parties: tuple[Party, ...]
    zone: str
    monday: date
    spots: tuple[Spot, ...]
    window: str = ""
    days: tuple[int, ...] = ()
    partners: tuple[str, ...] = ()
    ticked: tuple[str, ...] = (NUDGE,)
    words: str = ""
    facts: tuple[str, ...] = ()
    memo: str = ""
    wrong: str = field(default="")


def value_of(window: GoldenHours) -> str:
    """Write a window as the value of its option: 14:00-17:00."""
    return f"{window.start:%H:%M}-{window.end:%H:%M}"


def form(sheet: Sheet, book: GoldenBook) -> View:
    """Ask for a window that suits everybody, best first."""
    blocks = [
        *(section(one) for one in sheet.facts[:1]),
        *([context(*sheet.facts[1:])] if sheet.facts[1:] else []),
        fields.people(
            PARTNERS,
            phrase("Who else takes part?"),
            sheet.partners,
            most=book.most_partners,
            live=True,
            hint=phrase("The windows follow at once. The manager always takes part."),
        ),
        _windows(sheet, book),
        *_details(sheet, book),
        fields.ticks(
            "days", phrase("On which days?"), _days(range(7)), [str(day) for day in sheet.days], optional=False
        ),
        fields.ticks(
            "more",
            phrase("And"),
            [
                (
                    phrase(
                        "{nudge_before} minutes before, tell us what is open (nothing open, no note)",
                        nudge_before=book.nudge_before,
                    ),
                    NUDGE,
                ),
                (phrase("Some days need another window (on the next page)"), ANOTHER),
            ],
            sheet.ticked,
        ),
        fields.text(
            "words", phrase("A few words with it"), sheet.words, most=book.most_words, optional=True, lines=True
        ),
    ]
    return modal(TITLE, blocks, FORM, submit=phrase("Propose"), memo=sheet.memo)


def _windows(sheet: Sheet, book: GoldenBook) -> Block:
    choices = [(_option(sheet, spot), value_of(spot.window)) for spot in sheet.spots]
    choices.append((phrase("Another time, on the next page"), OWN))
    chosen = sheet.window if sheet.window in [value for _, value in choices] else choices[0][1]
    block = fields.radio("window", phrase("Which window?"), choices, chosen)
    for option, spot in zip(block["element"]["options"], sheet.spots, strict=False):
        option["description"] = {"type": "plain_text", "text": _short(spot, book)}
    initial = next(one for one in block["element"]["options"] if one["value"] == chosen)
    block["element"]["initial_option"] = initial
    return block


def _option(sheet: Sheet, spot: Spot) -> str:
    """Say a window on the two clocks that matter most: 15:00–18:00 Ana · 19:00–22:00 Bruno."""
    day = sheet.monday + timedelta(days=min(spot.weekdays))
    both = [clean(clock(bend, day, MOST_ON_A_CLOCK)) for bend in spot.bends[:2]]
    return clean(" · ".join(both), MOST_OPTION)


def _short(spot: Spot, book: GoldenBook) -> str:
    """Say in one line how fair a window is."""
    said = fairness(spot.bends, book)
    if spot.tier == 0:
        return clean(said, MOST_OPTION)
    bending = [bend.party.name for bend in spot.bends if bend.bends]
    night = [bend.party.name for bend in spot.bends if bend.quiet]
    parts = [numbered("{who} bends", "{who} bend", len(bending), who=phrase(" and ").join(bending))]
    parts += [phrase("outside waking hours for {night}", night=phrase(" and ").join(night))] if night else []
    return clean("; ".join(parts), MOST_OPTION)


def _details(sheet: Sheet, book: GoldenBook) -> list[Block]:
    """Say of each window what it asks of everybody."""
    told = [anchored(sheet.zone, sheet.parties)]
    if sheet.spots and sheet.spots[0].tier:
        told.insert(0, book.sentences.no_overlap)
    told += [_detail(sheet, spot, book) for spot in sheet.spots]
    return [context(one) for one in told]


def _detail(sheet: Sheet, spot: Spot, book: GoldenBook) -> str:
    day = sheet.monday + timedelta(days=min(spot.weekdays))
    more = [one_line(clock(bend, day), 60) for bend in spot.bends[2:]]
    said = [fairness(spot.bends, book), *warnings(spot.bends, book)]
    words = one_line("; ".join(one.rstrip(".") for one in said), 330)
    return f"*{value_of(spot.window).replace('-', '–')}*: {' · '.join([*more, words])}."


def _days(weekdays: Sequence[int] | range) -> list[tuple[str, str]]:
    return [(LONG_DAYS[day], str(day)) for day in weekdays]


def times(
    parties: Sequence[Party],
    zone: str,
    left: Sequence[int],
    ticked: Sequence[int],
    window: GoldenHours | None,
    book: GoldenBook,
    memo: str,
    turn: int = 0,
) -> View:
    """Ask for a time of one's own on some of the weekdays; `left` are those that may have it.

    Each `turn` has fields of its own, since Slack keeps what stands in a field of the same name.
    """
    length = phrase(
        "{least_minutes} to {best_minutes} hours",
        least_minutes=book.least_minutes // 60,
        best_minutes=book.best_minutes // 60,
    )
    clock_of = phrase("On your clock ({zone}). {length} work best.", zone=zone, length=length)
    blocks = [
        section(phrase("Choose a beginning and an end, and the days they are for.")),
        fields.ticks(
            f"days_{turn}", phrase("On which days?"), _days(left), [str(day) for day in ticked], optional=False
        ),
        fields.clock(f"start_{turn}", phrase("From"), f"{window.start:%H:%M}" if window else ""),
        fields.clock(f"end_{turn}", phrase("Until"), f"{window.end:%H:%M}" if window else "", hint=clock_of),
        fields.ticks(f"again_{turn}", phrase("And"), [(phrase("Other days need yet another window"), ANOTHER)]),
        context(_working_days(parties)),
    ]
    return modal(TITLE, blocks, TIMES, submit=phrase("Go on"), memo=memo)


def _working_days(parties: Sequence[Party]) -> str:
    said = [
        f"{one_line(party.name, 40)} {party.hours.start:%H:%M}–{party.hours.end:%H:%M} ({party.zone})"
        for party in parties
    ]
    return phrase("Working days, each on their own clock: {said}", said=" · ".join(said))


def sure(
    week: GoldenWeek, parties: Sequence[Party], monday: date, said: Sequence[str], book: GoldenBook, memo: str
) -> View:
    """Show what is about to be proposed, with what should be known before; `said` are plain sentences."""
    notes = "\n".join(f"• {one_line(one, 300)}." for one in said)
    blocks = [
        section(lines(week, parties, monday, book)),
        section(phrase("*Please look once more*\n{notes}", notes=notes)),
        context(phrase("You can propose it all the same: the other one sees this too, and decides.")),
    ]
    return modal(TITLE, blocks, SURE, submit=phrase("Propose all the same"), memo=memo)


def page(user_id: str, facts: Sequence[str]) -> View:
    """Show somebody around a contractor what was agreed."""
    blocks = [
        section(phrase("Golden Hours of {user_id}", user_id=mention(user_id))),
        *(section(one[: MOST_SAID * 4]) for one in facts),
    ]
    return modal(TITLE, blocks, close=phrase("Close"))
