"""The messages of the ladder as they would be sent, for those who want to read them beforehand."""

from blocks import ladder as page
from blocks import ladder_include as draw
from handlers.contract import Desk, Sample
from playbook.ladder import CHANNEL, month_of, standing
from playbook.tongue import phrase
from storage.growth_tables import Inclusion, Stage
from storage.path import Traveller


def _inclusion(desk: Desk, one: Traveller, answer: str = "") -> Inclusion:
    return Inclusion(
        team_id=desk.team.team_id,
        user_id=one.user_id,
        month=month_of(desk.now, one.zone_of("manager")),
        asked_at=desk.now,
        answer=answer,
        words=phrase("We decide there what the next quarter is about, and you know the users best."),
        channel_id=one.place.project_channel,
        answered_by=one.id_of("manager"),
    )


async def _question(desk: Desk, one: Traveller) -> page.Drawn:
    return draw.question({one.user_id: _inclusion(desk, one)}, desk.playbook.ladder)


async def _included(desk: Desk, one: Traveller) -> page.Drawn:
    return draw.told(_inclusion(desk, one, CHANNEL), is_in=False)


async def _suggest(desk: Desk, one: Traveller) -> page.Drawn:
    return page.suggest([(one.user_id, desk.playbook.ladder.stages[1].name)])


async def _moved(desk: Desk, one: Traveller) -> page.Drawn:
    step = desk.playbook.ladder.stages[1]
    words = phrase("You found your way around faster than most of us did.")
    row = Stage(
        team_id=desk.team.team_id,
        user_id=one.user_id,
        stage=step.key,
        at=desk.now,
        by=one.id_of("manager"),
        words=words,
    )
    return page.moved(row, standing(desk.playbook.ladder, step.key, {}, ()), up=True)


SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("Which discussion should they be in?"),
        "manager",
        phrase("monthly from Month 2, 09:30 on the first"),
        _question,
    ),
    Sample(phrase("Into a discussion"), "contractor", phrase("when the manager chooses one"), _included),
    Sample(
        phrase("All for the next step is there"), "manager", phrase("once a month, if it is so for anybody"), _suggest
    ),
    Sample(phrase("One step further in"), "contractor", phrase("when the manager moves them"), _moved),
)
