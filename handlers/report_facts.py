"""Making a report: who may read it, and everything it shows, fetched anew each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blocks import report_words as words
from blocks.kit import mention
from blocks.report import TEAM, Report, Row
from handlers.contract import Desk
from handlers.path import actor, may_about
from playbook.days import Week, local_day
from playbook.report import Trend, together, weeks_until, with_moods
from playbook.report_mood import Figure, publish
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import report as store
from storage import report_mood as moods
from storage.report import Member, Rules
from storage.tables import Person

NOT_YOURS = phrase(
    "A report about one contractor is between them and their manager, so I can't show you this "
    "one. `/contractor report` shows your team, and `/circle report` your own weeks."
)
NO_TEAM = phrase(
    "You manage nobody on the path, so there is no team to report on. `/circle report` shows your own weeks."
)
NOBODY = phrase(
    "Nobody is on the path yet, so there is nothing to report on. `/contractor add` puts the first one on it."
)
YOUR_REPORT = phrase("Your report")
REPORT_OF = phrase("Report: {who}")
YOUR_TEAM = phrase("Your team")
EVERYBODY = phrase("All contractors")
TEAM_TITLE = phrase("*{name}*, {count} contractors")
TEAM_OF_ONE = phrase("*{name}*, 1 contractor")


@dataclass(frozen=True)
class Wish:
    """What is to be reported: of one contractor's user id or the team, over so many weeks."""

    whose: str
    weeks: int


async def report_of(desk: Desk, person: Person, wish: Wish) -> Report:
    """Make the report somebody asks for; refused unless they may read it."""
    return await (_team if wish.whose == TEAM else _one)(desk, person, wish)


def rules(desk: Desk) -> Rules:
    """Give what counting needs to know."""
    return Rules(desk.playbook.contractor, desk.playbook.blocker.window_minutes)


def labels(desk: Desk) -> Mapping[str, str]:
    """Name the categories of the log."""
    named = {one.key: one.label for one in desk.playbook.log.categories}
    return named | {"": desk.playbook.report.uncategorised}


# One contractor -----------------------------------------------------------------------------------


async def _one(desk: Desk, person: Person, wish: Wish) -> Report:
    member = await store.find(desk.team, wish.whose)
    if member is None or not await may_about(desk, Action.REPORT_READ, person, member.place):
        raise Sorry(NOT_YOURS)
    weeks = weeks_until(local_day(desk.now, member.person.zone), wish.weeks)
    trend = (await store.trends(desk.team, [member], weeks, desk.now, rules(desk)))[member.user_id]
    own = person.user_id == member.user_id
    trend = with_moods(trend, await _moods(desk, member, person, weeks))
    names = desk.playbook.oneonone.moods
    return Report(
        whose=member.user_id,
        title=mention(member.user_id),
        name=YOUR_REPORT if own else REPORT_OF.format(who=member.person.name),
        trend=trend,
        labels=labels(desk),
        moods=names,
        mood=words.own_mood(trend, names, own=own),
        other=desk.playbook.report.other(wish.weeks),
    )


async def _moods(desk: Desk, member: Member, reader: Person, weeks: Sequence[Week]) -> Mapping[Week, float]:
    """Give a contractor all their moods, and their manager those that were told to this manager for a 1:1."""
    told = await moods.told(desk.team, [member], weeks)
    if reader.user_id != member.user_id:
        return {week: mood for (_, week), (mood, whom) in told.items() if whom == reader.user_id}
    felt = await moods.felt(desk.team, [member.user_id], weeks, desk.playbook.report.feelings)
    return {week: mood for (_, week), mood in felt.items()} | {week: mood for (_, week), (mood, _) in told.items()}


# A team -------------------------------------------------------------------------------------------


async def _team(desk: Desk, person: Person, wish: Wish) -> Report:
    who = await actor(desk, person)
    if not may(Action.TEAM_REPORT_READ, who):
        raise Sorry(NO_TEAM)
    members = await (store.everybody(desk.team) if who.is_admin else store.led_by(desk.team, person.user_id))
    if not members:
        raise Sorry(NOBODY)
    today = local_day(desk.now, person.zone)
    weeks = weeks_until(today, wish.weeks)
    found = await store.trends(desk.team, members, weeks, desk.now, rules(desk))
    figures = await figures_of(desk, "" if who.is_admin else person.user_id, weeks)
    trend = together(found.values(), weeks, desk.playbook.blocker.window_minutes, today)
    names, book = desk.playbook.oneonone.moods, desk.playbook.report
    name = EVERYBODY if who.is_admin else YOUR_TEAM
    return Report(
        whose=TEAM,
        title=(TEAM_OF_ONE if len(members) == 1 else TEAM_TITLE).format(name=name, count=len(members)),
        name=name,
        trend=with_moods(trend, {week: figure.mean for week, figure in figures.items()}),
        labels=labels(desk),
        moods=names,
        mood=words.team_mood(figures, names, book.least_people),
        other=book.other(wish.weeks),
        people=_rows(members, found),
    )


def _rows(members: Sequence[Member], found: Mapping[str, Trend]) -> Sequence[Row]:
    return [Row(one.user_id, one.person.name, found[one.user_id]) for one in members]


async def figures_of(desk: Desk, manager_id: str, weeks: Sequence[Week]) -> Mapping[Week, Figure]:
    """Give the averages that may be shown of a manager's team, or of everybody ("" for a manager)."""
    closed = [week for week in weeks if week.locked(desk.now)]
    kept = dict(await moods.published(desk.team, closed))
    missing = [week for week in closed if week not in kept]
    if missing:
        everybody, book = await store.everybody(desk.team), desk.playbook.report
        given = await moods.given(desk.team, everybody, missing, book.feelings)
        for week in missing:
            kept[week] = publish(given[week], book.least_people)
            await moods.keep(desk.team, week, kept[week])
    found = {week: each.of(manager_id) for week, each in kept.items()}
    return {week: figure for week, figure in found.items() if figure is not None}
