"""What a report says in words: whole sentences without any markup, for messages and for files alike."""

from collections.abc import Mapping
from datetime import date

from playbook.days import Week
from playbook.length import show
from playbook.report import Blockers, Part, Trend, mood_word
from playbook.report_mood import Figure
from playbook.tongue import day_and_month, phrase

NOTHING_LOGGED = phrase("Nothing was logged in these weeks.")
LOGGED_OF = phrase("{logged} logged of {agreed} agreed; most of it {category} ({most}).")
LOGGED = phrase("{logged} logged; most of it {category} ({most}).")
LATELY = phrase("The last whole week came to {last}; those before it to {before} on average.")
NO_BLOCKER = phrase("No blocker came up.")
ONE_INSIDE = phrase("1 blocker came up and was resolved inside the {window} window.")
ONE_OUTSIDE = phrase("1 blocker came up and went past the {window} window.")
ONE_OPEN = phrase("1 blocker came up and is still open, inside the {window} window so far.")
ALL_DONE = phrase("{count} blockers came up: {inside} inside the {window} window, {outside} outside.")
BLOCKERS = phrase(
    "{count} blockers came up: {inside} inside the {window} window, {outside} outside, {waiting} still open."
)
ANSWERED = phrase("Half were answered within {seen} of the helpers' working time.")
RESOLVED = phrase("Half were answered within {seen} and resolved within {resolved} of the helpers' working time.")
NO_ITEM = phrase("Nothing on the checklist was planned or done in these weeks.")
ITEMS = phrase("Checklist items done: {done}. Planned for these weeks: {planned}.")
NO_MOOD = phrase("No mood was given in these weeks.")
NO_TOLD_MOOD = phrase("No mood was told to you in these weeks.")
OWN_MOOD = phrase("The latest mood is “{mood}” (week of {day}). How days felt in your log only you see here.")
TOLD_MOOD = phrase("The latest mood told to you for a 1:1 is “{mood}” (week of {day}).")
TEAM_MOOD = phrase("The latest mood of the team is “{mood}”, on average over {people} people (week of {day}).")
NO_TEAM_MOOD = phrase(
    "A team's mood is shown only as an average over at least {least} people who gave one in the "
    "same week, once that week has closed. There is none to show here."
)
NOT_IN_FILES = phrase("Nobody's own mood is in a file that can be passed on.")
SPAN = phrase("{first} to {last}")
NO_TIME = phrase("under 1 min")


def day(one: date) -> str:
    """Name the day on which a week begins, as under a chart."""
    return day_and_month(one)


def week(one: Week) -> str:
    """Name a week by its Monday."""
    return day(one.monday)


def span(trend: Trend) -> str:
    """Say from when to when a report goes, with the year."""
    first, last = trend.parts[0].week.monday, min(trend.parts[-1].week.sunday, trend.today)
    return SPAN.format(first=f"{day(first)} {first.year}", last=f"{day(last)} {last.year}")


def length(minutes: int | None) -> str:
    """Write a length of working time, a dash for none."""
    if minutes is None:
        return "–"
    return show(minutes) if minutes else NO_TIME


def hours(trend: Trend, labels: Mapping[str, str]) -> str:
    """Say how much was logged, on what most, and where it is heading."""
    if not trend.logged:
        return NOTHING_LOGGED
    key, most = trend.categories[0]
    words = LOGGED_OF if trend.agreed else LOGGED
    said = words.format(
        logged=show(trend.logged), agreed=show(trend.agreed), category=labels.get(key, key), most=show(most)
    )
    return " ".join(filter(None, (said, _lately(trend))))


def _lately(trend: Trend) -> str:
    """Compare the last whole week with those before it, from the first on in which there was work."""
    weeks = list(trend.whole)
    while weeks and not (weeks[0].logged or weeks[0].agreed):
        weeks.pop(0)
    if len(weeks) < 2:  # noqa: PLR2004 - one week is no trend
        return ""
    *before, last = (part.logged for part in weeks)
    return LATELY.format(last=show(last), before=show(round(sum(before) / len(before))))


def blockers(trend: Trend) -> str:
    """Say how many blockers came up and what became of them."""
    found, window = trend.blockers, show(trend.window)
    if not found.count:
        return NO_BLOCKER
    many = BLOCKERS if found.waiting else ALL_DONE
    said = (_one(found) if found.count == 1 else many).format(
        count=found.count, inside=found.inside, outside=found.outside, waiting=found.waiting, window=window
    )
    return " ".join(filter(None, (said, _medians(found))))


def _one(found: Blockers) -> str:
    return ONE_INSIDE if found.inside else ONE_OUTSIDE if found.outside else ONE_OPEN


def _medians(found: Blockers) -> str:
    if found.seen is None:
        return ""
    words = ANSWERED if found.resolved is None else RESOLVED
    return words.format(seen=length(found.seen), resolved=length(found.resolved))


def items(trend: Trend) -> str:
    """Say how fast the checklist goes."""
    return ITEMS.format(done=trend.done, planned=trend.planned) if trend.done or trend.planned else NO_ITEM


def own_mood(trend: Trend, names: Mapping[str, str], *, own: bool) -> str:
    """Say how somebody was last, to themselves or to whom they told it."""
    if not trend.moods:
        return NO_MOOD if own else NO_TOLD_MOOD
    when, mood = trend.moods[-1]
    return (OWN_MOOD if own else TOLD_MOOD).format(mood=mood_word(mood, names), day=week(when))


def team_mood(figures: Mapping[Week, Figure], names: Mapping[str, str], least: int) -> str:
    """Say how a team was last on average, or why that is not shown."""
    if not figures:
        return NO_TEAM_MOOD.format(least=least)
    last = max(figures)
    mood, people = mood_word(figures[last].mean, names), figures[last].people
    return TEAM_MOOD.format(mood=mood, people=people, day=week(last))


HEAD = (
    phrase("Week"),
    phrase("Logged / agreed"),
    phrase("Blockers"),
    phrase("Inside / outside"),
    phrase("Answered in"),
    phrase("Resolved in"),
    phrase("Done / planned"),
)
MOOD = phrase("Mood")
SO_FAR = phrase("{week} so far")
PEOPLE_HEAD = (
    phrase("Contractor"),
    phrase("Logged / agreed"),
    phrase("Blockers"),
    phrase("Inside / outside"),
    phrase("Resolved in"),
    phrase("Done / planned"),
)
OF_TWO = "{one} / {other}"


def table_head(trend: Trend) -> list[str]:
    """Name the columns of the weeks; the mood has one where there is any."""
    return [*HEAD, MOOD] if trend.moods else list(HEAD)


def table_rows(trend: Trend, names: Mapping[str, str]) -> list[list[str]]:
    """Write the weeks as rows, the oldest first."""
    return [_row(trend, part, names) for part in trend.parts]


def _row(trend: Trend, part: Part, names: Mapping[str, str]) -> list[str]:
    found, name = trend.of(part), week(part.week)
    mood = [mood_word(part.mood, names) if part.mood is not None else "–"] if trend.moods else []
    return [
        name if trend.is_whole(part) else SO_FAR.format(week=name),
        OF_TWO.format(one=show(part.logged), other=show(part.agreed)),
        str(found.count),
        OF_TWO.format(one=found.inside, other=found.outside) if found.count else "–",
        length(found.seen),
        length(found.resolved),
        OF_TWO.format(one=part.done, other=part.planned) if part.done or part.planned else "–",
        *mood,
    ]


def person_row(name: str, trend: Trend) -> list[str]:
    """Write one contractor of a team as a row; their mood has no place in it."""
    found = trend.blockers
    return [
        name,
        OF_TWO.format(one=show(trend.logged), other=show(trend.agreed)),
        str(found.count),
        OF_TWO.format(one=found.inside, other=found.outside) if found.count else "–",
        length(found.resolved),
        OF_TWO.format(one=trend.done, other=trend.planned) if trend.done or trend.planned else "–",
    ]
