"""Working days, quiet hours and country: chosen by each person for themselves."""

from datetime import time

from blocks import ooo as draw
from blocks import ooo_form as forms
from blocks import ooo_letter as letters
from blocks.kit import actions, button, section
from blocks.ooo_form import Chosen
from handlers.contract import Call, Desk, FixFields, Kind, Letters, OpenModal, Options, PushModal, Reply, Say, memo
from handlers.ooo_work import Work, begin, follows
from handlers.who import asker
from playbook.days import read_weekdays, write_weekdays
from playbook.holidays import countries, country_name, country_of
from playbook.ooo import quiet_problems
from playbook.tongue import phrase
from storage import ooo_plan as store
from storage.outbox import Lane, Post


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the settings from a button."""
    return await show(await begin(call, desk))


async def show(work: Work) -> Reply:
    """Open the settings with what is chosen."""
    call, whose = work.call, work.whose
    if call.kind is Kind.EVENT:
        text = phrase("I need a form for this: press Days and quiet hours.")
        return Say(text=text, blocks=[section(text), actions(button(phrase("Days and quiet hours"), draw.SETTINGS))])
    row = await store.quiet(work.desk.team, whose.id)
    country = whose.free.country or ("" if whose.place else country_of(whose.zone))
    quiet = (row.quiet_from, row.quiet_until) if row else (None, None)
    chosen = Chosen(sorted(whose.weekdays), *quiet, country)
    named = country_name(country) if country else ""
    view = forms.settings(chosen, named, memo(call.channel_id), agreed=whose.place is not None)
    return PushModal(view=view) if call.view_id and not call.from_home else OpenModal(view=view)


async def offered(call: Call, desk: Desk) -> Reply:
    """Offer the countries whose holidays are known, those that begin with what is typed first."""
    await asker(call, desk)
    sought = call.value.strip().casefold()
    begin_so = [pair for pair in countries() if pair[0].casefold().startswith(sought)]
    hold = [pair for pair in countries() if sought in pair[0].casefold() and pair not in begin_so]
    return Options(options=[*begin_so, *hold][:100])


async def sent(call: Call, desk: Desk) -> Reply:
    """Keep what was chosen, let everything follow, and tell the manager of other working days."""
    work = await begin(call, desk)
    weekdays = frozenset(int(one) for one in call.many("weekdays") if one in "0123456")
    quiet = _clock(call.one("quiet_from")), _clock(call.one("quiet_until"))
    country = call.one(forms.COUNTRY)
    wrong = _problems(work, weekdays, quiet, country)
    if wrong:
        return FixFields(wrong)
    told = await _keep(work, weekdays, quiet, country)
    await follows(desk, work.whose)
    text = draw.chosen(sorted(weekdays), quiet, country_name(country) if country else "", told=bool(told))
    return Say(text=text).also(*told)


def _problems(
    work: Work, weekdays: frozenset[int], quiet: tuple[time | None, time | None], country: str
) -> dict[str, str]:
    book, place, usual = work.desk.playbook.ooo, work.whose.place, work.desk.playbook.contractor
    hours = (place.day_start, place.day_end) if place else (usual.day_start, usual.day_end)
    wrong = quiet_problems(quiet, hours, book)
    if not weekdays:
        wrong["weekdays"] = book.sentences.weekdays
    if country and all(code != country for _, code in countries()):
        wrong[forms.COUNTRY] = book.sentences.country
    return wrong


async def _keep(
    work: Work, weekdays: frozenset[int], quiet: tuple[time | None, time | None], country: str
) -> list[Letters]:
    """Keep the choice: a contractor's working days in the agreement; gives the letter to the manager if they moved."""
    team, place, row = work.desk.team, work.whose.place, await store.quiet(work.desk.team, work.whose.id)
    if place is None:
        await store.keep_quiet(team, work.whose.id, quiet, write_weekdays(weekdays), country)
        return []
    await store.keep_quiet(team, work.whose.id, quiet, row.weekdays if row else "", row.country if row else "")
    before = read_weekdays(place.weekdays)
    if before == weekdays:
        return []
    place.weekdays = write_weekdays(weekdays)
    await team.session.flush()
    key = f"ooo:week:{place.user_id}:{work.desk.now.isoformat()}"
    drawn = letters.week_changed(place.user_id, sorted(before), sorted(weekdays))
    return [Post(key, place.manager_id, *drawn, Lane.AGENDA)] if place.manager_id != work.whose.id else []


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None
