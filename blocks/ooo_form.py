"""The forms about time away: the days, and the settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from blocks import fields, kit
from blocks.kit import View
from playbook.tongue import phrase

FORM = "ooo.form"
SETTINGS_FORM = "ooo.settings_form"
COUNTRY = "away_country"
NAMES = (
    phrase("Monday"),
    phrase("Tuesday"),
    phrase("Wednesday"),
    phrase("Thursday"),
    phrase("Friday"),
    phrase("Saturday"),
    phrase("Sunday"),
)


@dataclass(frozen=True)
class Filled:
    """What stands in the form for time away."""

    first: date | None = None
    last: date | None = None
    kind: str = "off"
    note: str = ""
    deputy_id: str = ""


SURE = "sure"


def form(
    filled: Filled,
    kinds: Sequence[tuple[str, str]],
    most: int,
    memo: str,
    *,
    lead: str = "",
    whom: str = "",
    told: str,
    long: str = "",
) -> View:
    """Draw the form; `whom` names somebody else whose days these are, `told` says who will be told.

    `long` asks whether so many days are meant.
    """
    lines = [lead, phrase("These are the days of {whom}.", whom=kit.mention(whom)) if whom else "", told]
    blocks = [
        kit.section("\n".join(line for line in lines if line)),
        fields.day("first", phrase("From"), filled.first),
        fields.day("last", phrase("To"), filled.last, hint=phrase("The last day away; the same day for a single one.")),
        *([fields.ticks(SURE, long, [(phrase("Yes, that is right"), SURE)])] if long else []),
        fields.radio(
            "kind",
            phrase("Type"),
            kinds,
            filled.kind,
            hint=phrase("Partly: I still write, and ask nothing about the log."),
        ),
        fields.text(
            "note",
            phrase("Note"),
            filled.note,
            most=most,
            optional=True,
            hint=phrase("Only you and your manager see it."),
        ),
        fields.person(
            "deputy",
            phrase("Who stands in?"),
            filled.deputy_id,
            optional=True,
            hint=phrase("Blockers that would come to you go to them."),
        ),
    ]
    return kit.modal(phrase("Time away"), blocks, FORM, phrase("Save"), memo=memo)


@dataclass(frozen=True)
class Chosen:
    """What stands in the settings: working days, quiet hours, and a country for those who have no agreement."""

    weekdays: Sequence[int]
    quiet_from: time | None = None
    quiet_until: time | None = None
    country: str = ""


def settings(chosen: Chosen, country_name: str, memo: str, *, agreed: bool) -> View:
    """Draw the settings; `agreed` for a contractor, whose working days and country stand in the agreement."""
    days = [(name, str(number)) for number, name in enumerate(NAMES)]
    told = phrase("Your manager is told when they change.") if agreed else ""
    quiet = phrase("I write nothing in these hours, except about blockers. Leave both empty for the usual ones.")
    blocks = [
        fields.ticks(
            "weekdays", phrase("Working days"), days, [str(one) for one in chosen.weekdays], optional=False, hint=told
        ),
        fields.clock("quiet_from", phrase("Quiet from"), _at(chosen.quiet_from), optional=True, hint=quiet),
        fields.clock("quiet_until", phrase("Quiet until"), _at(chosen.quiet_until), optional=True),
    ]
    if agreed:
        named = (
            phrase("Public holidays are those of {country_name}", country_name=country_name)
            if country_name
            else phrase("No country was agreed")
        )
        blocks.append(
            kit.context(phrase("{named}; your manager changes the country with `/contractor edit`.", named=named))
        )
    else:
        blocks.append(
            fields.search(
                COUNTRY,
                phrase("Country"),
                chosen.country,
                shown=country_name,
                optional=True,
                hint=phrase("Its public holidays count as days off."),
            ),
        )
    return kit.modal(phrase("Days and quiet hours"), blocks, SETTINGS_FORM, phrase("Save"), memo=memo)


def _at(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""
