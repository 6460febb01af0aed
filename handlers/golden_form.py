"""Choosing Golden Hours: the form with the best windows, other times and other days, and a last look before it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta

from blocks import golden_form as draw
from blocks.golden import OPEN, SHORT_DAYS
from blocks.kit import Block, actions, button, mention, section
from handlers.contract import Call, Desk, FixFields, Kind, OpenModal, ReplaceModal, Reply, Say, memo
from handlers.golden_agree import propose
from handlers.golden_look import facts
from handlers.golden_seat import Seat, chooser, monday, parties, seat
from playbook.golden import GoldenBook, GoldenHours, GoldenWeek, minutes, week_of
from playbook.golden_fair import moved, off_days, warnings_of
from playbook.golden_find import Party, Spot, find, judge
from playbook.length import show
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, fill, mentioned
from storage import golden, golden_party
from storage.rhythm_tables import Golden

DAYS = frozenset("0123456")
STALE = phrase("What you had filled in is gone. Please open the Golden Hours once more.")


@dataclass(frozen=True)
class Filled:
    """What was filled into the first page so far; `windows` are those that were chosen, by weekday."""

    partners: tuple[str, ...]
    days: tuple[int, ...]
    window: str
    ticked: tuple[str, ...]
    words: str
    windows: Mapping[str, Sequence[str]]
    turn: int = 0

    def stored(self, user_id: str) -> dict[str, object]:
        """Write it down for the pages that follow."""
        return {
            "user_id": user_id,
            "partners": list(self.partners),
            "days": list(self.days),
            "window": self.window,
            "ticked": list(self.ticked),
            "words": self.words,
            "windows": {day: list(window) for day, window in self.windows.items()},
            "turn": self.turn,
        }

    def week(self, zone: str) -> GoldenWeek:
        """Give the windows that were chosen."""
        rows = [{"weekday": day, "start": start, "end": end} for day, (start, end) in self.windows.items()]
        return week_of(rows, zone)

    def left(self) -> list[int]:
        """Give the days that have no window yet."""
        return [day for day in self.days if str(day) not in self.windows]


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor golden @person`, `/circle golden` and "golden" in the direct message."""
    return await _open(call, desk, mentioned(call.text))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form from a button: the contractor's id, "" for one's own."""
    return await _open(call, desk, call.value)


async def _open(call: Call, desk: Desk, user_id: str) -> Reply:
    found = await seat(call, desk, user_id)
    if call.kind is Kind.EVENT:
        text = phrase(
            "Golden Hours of {traveller}: pick a window that suits you both.",
            traveller=mention(found.traveller.user_id),
        )
        return Say(text=text, blocks=_offer(text, found.traveller.user_id))
    told = await facts(desk, found)
    if not found.proposes:
        return OpenModal(view=draw.page(found.traveller.user_id, told))
    found = await chooser(call, desk, found.traveller.user_id)
    there = await _there(desk, found)
    sheet = await _sheet(desk, found, _begin(desk, found, there), call.channel_id)
    return OpenModal(view=draw.form(replace(sheet, facts=tuple(told)), desk.playbook.golden))


def _offer(text: str, user_id: str) -> list[Block]:
    return [section(text), actions(button(phrase("Golden Hours"), OPEN, user_id, "primary"))]


async def _there(desk: Desk, found: Seat) -> Golden | None:
    """Give what a form begins with: a proposal that waits, else what is agreed."""
    user_id = found.traveller.user_id
    return (await golden.waiting(desk.team, [user_id])).get(user_id) or found.traveller.agreed


def _begin(desk: Desk, found: Seat, row: Golden | None) -> Filled:
    if row is None:
        return Filled((), (), "", (draw.NUDGE,), "", {})
    week = moved(golden.week(row), found.zone, monday(desk, found.zone))
    ticked = (*([draw.NUDGE] if row.nudge else []), *([draw.ANOTHER] if len({w for _, w in week.windows}) > 1 else []))
    days, window = tuple(day for day, _ in week.windows), draw.value_of(week.usual)
    windows = {str(each["weekday"]): (each["start"], each["end"]) for each in week.rows()}
    return Filled(golden.partners(row), days, window, ticked, "", windows)


async def _sheet(desk: Desk, found: Seat, filled: Filled, channel_id: str) -> draw.Sheet:
    """Lay out the first page: the best windows of all who take part, and what is chosen."""
    book, zone, where = desk.playbook.golden, found.zone, monday(desk, found.zone)
    around = await parties(desk, found.traveller, filled.partners)
    spots = _with_chosen(find(around, zone, where, book), filled, around, desk, found)
    days = filled.days or tuple(sorted(spots[0].weekdays if spots else range(5)))
    user_id = found.traveller.user_id
    return draw.Sheet(
        user_id,
        around,
        zone,
        where,
        spots,
        filled.window,
        days,
        filled.partners,
        filled.ticked,
        filled.words,
        memo=memo(channel_id, user_id),
    )


def _with_chosen(
    spots: Sequence[Spot], filled: Filled, around: Sequence[Party], desk: Desk, found: Seat
) -> tuple[Spot, ...]:
    """Offer last what is chosen already, where it is none of the best."""
    window = _window(filled.window)
    if window is None or filled.window in [draw.value_of(spot.window) for spot in spots]:
        return tuple(spots)
    start, end = (time.fromisoformat(one) for one in window)
    chosen = GoldenHours(start, end, found.zone)
    day = monday(desk, found.zone) + timedelta(days=min(filled.days, default=0))
    bends = judge(around, chosen, day, desk.playbook.golden, everybody=True)
    return (*spots, Spot(chosen, frozenset(filled.days or {0}), bends))


def _read(call: Call) -> Filled:
    """Read the first page."""
    days = tuple(sorted(int(day) for day in call.many("days") if day in DAYS))
    return Filled(call.many(draw.PARTNERS), days, call.one("window"), call.many("more"), clean(call.one("words")), {})


async def partners_chosen(call: Call, desk: Desk) -> Reply:
    """Rank the windows anew for those who were chosen, and keep what else is filled in."""
    found, filled = await chooser(call, desk, call.memo_record), _read(call)
    filled = replace(filled, partners=(await _partners(desk, found, filled.partners))[0])
    sheet = await _sheet(desk, found, filled, call.memo_channel)
    told = tuple(await facts(desk, found))
    return ReplaceModal(view=draw.form(replace(sheet, facts=told), desk.playbook.golden))


async def _partners(desk: Desk, found: Seat, chosen: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Give the team members who can take part, and a sentence if somebody cannot."""
    others = [one for one in dict.fromkeys(chosen) if one not in found.pair]
    known, book = await golden_party.known(desk.team, others), desk.playbook.golden
    good = tuple(one for one in others if known.there(one))[: book.most_partners]
    missing = next((one for one in others if one not in good), "")
    person = known.people.get(missing)
    name = person.name if person else phrase("One of them")
    return good, fill(book.sentences.partner, name=name, most=book.most_partners) if missing else ""


async def submitted(call: Call, desk: Desk) -> Reply:
    """Take the first page: propose what was picked, or ask for other times first."""
    found, filled, book = await chooser(call, desk, call.memo_record), _read(call), desk.playbook.golden
    good, wrong = await _partners(desk, found, filled.partners)
    window = _window(filled.window)
    errors = {
        draw.PARTNERS: wrong,
        "days": "" if filled.days else book.sentences.days,
        "window": _picked(filled.window, window, book),
    }
    if any(errors.values()):
        return FixFields({name: said for name, said in errors.items() if said})
    picked = {str(day): window for day in filled.days} if window else {}
    filled = replace(filled, partners=good, windows=picked, words=filled.words[: book.most_words])
    if window is None or draw.ANOTHER in filled.ticked:
        return await _times(call, desk, found, filled)
    return await _finish(call, desk, found, filled)


def _picked(value: str, window: tuple[str, str] | None, book: GoldenBook) -> str:
    if value == draw.OWN:
        return ""
    return _length(window, book) if window else book.sentences.window


def _window(value: str) -> tuple[str, str] | None:
    """Read the value of an option: the window's ends, None where it is none."""
    start, _, end = value.partition("-")
    try:
        return f"{time.fromisoformat(start):%H:%M}", f"{time.fromisoformat(end):%H:%M}"
    except ValueError:
        return None


async def _times(call: Call, desk: Desk, found: Seat, filled: Filled) -> Reply:
    """Ask for a time of one's own: for the days without a window, or for any that need another."""
    await golden.keep_draft(desk.team, found.me, filled.stored(found.traveller.user_id), desk.now)
    around = await parties(desk, found.traveller, filled.partners)
    left, before = filled.left(), await _there(desk, found)
    usual = moved(golden.week(before), found.zone, monday(desk, found.zone)).usual if before and left else None
    note = memo(call.memo_channel, found.traveller.user_id)
    book = desk.playbook.golden
    return ReplaceModal(view=draw.times(around, found.zone, left or filled.days, left, usual, book, note, filled.turn))


async def _draft(desk: Desk, found: Seat) -> Filled:
    """Give what was filled into the first page, if it was about the same contractor."""
    kept = await golden.draft(desk.team, found.me)
    if kept.get("user_id") != found.traveller.user_id:
        raise Sorry(STALE)
    windows = {str(day): tuple(window) for day, window in kept["windows"].items()}
    days, partners = tuple(kept["days"]), tuple(kept["partners"])
    return Filled(partners, days, kept["window"], tuple(kept["ticked"]), kept["words"], windows, kept["turn"])


async def timed(call: Call, desk: Desk) -> Reply:
    """Take a time of one's own for some days; ask again while a day has none, or another needs another."""
    found = await chooser(call, desk, call.memo_record)
    filled, book = await _draft(desk, found), desk.playbook.golden
    turn = filled.turn
    days = [day for day in filled.days if str(day) in call.many(f"days_{turn}")]
    window = _window(f"{call.one(f'start_{turn}')}-{call.one(f'end_{turn}')}")
    errors = {f"days_{turn}": "" if days else book.sentences.days, f"end_{turn}": _length(window, book)}
    if any(errors.values()) or window is None:
        return FixFields({name: said for name, said in errors.items() if said})
    windows = {**filled.windows, **{str(day): window for day in days}}
    filled = replace(filled, windows=windows, turn=turn + 1)
    if filled.left() or draw.ANOTHER in call.many(f"again_{turn}"):
        return await _times(call, desk, found, filled)
    return await _finish(call, desk, found, filled)


def _length(window: tuple[str, str] | None, book: GoldenBook) -> str:
    """Say why a window cannot stay as it is, "" if it can."""
    said = book.sentences
    if window is None:
        return said.half
    length = minutes(*(time.fromisoformat(one) for one in window))
    given = {"length": show(length), "least": show(book.least_minutes), "most": show(book.most_minutes)}
    if length < book.least_minutes:
        return fill(said.short, **given)
    return fill(said.long, **given) if length > book.most_minutes else ""


async def _finish(call: Call, desk: Desk, found: Seat, filled: Filled) -> Reply:
    """Propose what was chosen, after a last look where it is night or a day off for somebody."""
    week, around = filled.week(found.zone), await parties(desk, found.traveller, filled.partners)
    book, where = desk.playbook.golden, monday(desk, found.zone)
    notes = [*warnings_of(week, around, where, book), *_off(week, around, desk, found)]
    if not notes:
        return await _propose(desk, found, filled)
    await golden.keep_draft(desk.team, found.me, filled.stored(found.traveller.user_id), desk.now)
    note = memo(call.memo_channel, found.traveller.user_id)
    return ReplaceModal(view=draw.sure(week, around, where, notes, book, note))


def _off(week: GoldenWeek, around: Sequence[Party], desk: Desk, found: Seat) -> list[str]:
    book = desk.playbook.golden
    off = off_days(week, around, monday(desk, found.zone), book)
    return [fill(book.sentences.free_day, day=SHORT_DAYS[day], name=names) for day, names in off.items()]


async def sure(call: Call, desk: Desk) -> Reply:
    """Propose it all the same."""
    found = await chooser(call, desk, call.memo_record)
    return await _propose(desk, found, await _draft(desk, found))


async def _propose(desk: Desk, found: Seat, filled: Filled) -> Reply:
    await golden.drop_draft(desk.team, found.me)
    nudge = draw.NUDGE in filled.ticked
    return await propose(desk, found, filled.week(found.zone), filled.partners, filled.words, nudge=nudge)
