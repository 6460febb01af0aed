"""The messages of a Quarterly Review as they would be sent, for those who want to read them beforehand."""

from datetime import timedelta

from blocks import review_item as items
from blocks import review_letter as draw
from handlers.contract import Desk, Sample
from playbook.days import local_day
from playbook.review import GOOD, KPIS, NEXT, SLOW, WORDS
from playbook.tongue import phrase
from storage.growth_tables import Review, ReviewItem
from storage.path import Traveller

THEIRS = {
    GOOD: phrase("The checkout project: small steps, and quick answers."),
    SLOW: phrase("Access to new tools takes days\nTwo places hold the same brand files"),
    KPIS: "high",
    WORDS: phrase("Three screens a week leave no time for tests with users."),
    NEXT: phrase("I would like to lead the research for the next project."),
}
OURS = {
    GOOD: phrase("The new sign-in page went live without a single question."),
    SLOW: phrase("We answer questions about content too late"),
    KPIS: "yes",
    WORDS: "",
    NEXT: phrase("The mobile app, from the first draft on."),
}


def _row(desk: Desk, one: Traveller) -> Review:
    return Review(
        team_id=desk.team.team_id,
        user_id=one.user_id,
        number=1,
        due_on=local_day(desk.now, one.person.zone),
        opened_at=desk.now,
        manager_id=one.id_of("manager"),
        theirs={},
        ours={},
    )


def _answered(desk: Desk, one: Traveller) -> Review:
    row = _row(desk, one)
    row.theirs, row.ours = THEIRS, {**OURS, "by": one.id_of("manager")}
    row.theirs_at = row.ours_at = row.shared_at = desk.now
    return row


def _item(desk: Desk, one: Traveller) -> ReviewItem:
    row = _answered(desk, one)
    return ReviewItem(
        team_id=row.team_id,
        review_id=row.id,
        user_id=row.user_id,
        words=phrase("Access to new tools takes days"),
        owner_id=one.id_of("operations", "manager"),
        due_on=row.due_on + timedelta(days=desk.playbook.review.item_days),
        made_at=desk.now,
        made_by=row.manager_id,
    )


async def _ask(desk: Desk, one: Traveller) -> draw.Drawn:
    return draw.ask(_row(desk, one), mine=True, there=False)


async def _ask_manager(desk: Desk, one: Traveller) -> draw.Drawn | None:
    return draw.ask(_row(desk, one), mine=False, there=False) if one.who("manager") else None


async def _remind(desk: Desk, one: Traveller) -> draw.Drawn:
    return draw.remind(_row(desk, one), one.id_of("manager"), mine=True, other_in=False)


async def _page(desk: Desk, one: Traveller) -> draw.Drawn:
    return draw.page(_answered(desk, one), desk.playbook.review)


async def _told(desk: Desk, one: Traveller) -> draw.Drawn:
    return items.told(_item(desk, one))


async def _late(desk: Desk, one: Traveller) -> draw.Drawn:
    return items.late(_item(desk, one))


async def _keep(desk: Desk, one: Traveller) -> draw.Drawn:
    row = _answered(desk, one)
    row.kept_at = desk.now
    return draw.keep(row, row.manager_id)


async def _closed(desk: Desk, one: Traveller) -> draw.Drawn:
    row = _answered(desk, one)
    row.kept_at = row.agreed_at = row.closed_at = desk.now
    coming = row.due_on + timedelta(days=desk.playbook.review.every)
    return draw.closed(row, [_item(desk, one)], None, coming)


SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("Quarterly Review: it is open"), "contractor", phrase("Day 90 and every 90 days, 10:00 their time"), _ask
    ),
    Sample(phrase("Quarterly Review: it is open"), "manager", phrase("with the contractor's"), _ask_manager),
    Sample(
        phrase("Quarterly Review: your answers"),
        "contractor",
        phrase("after 3 working days without an answer"),
        _remind,
    ),
    Sample(phrase("Quarterly Review: side by side"), "contractor", phrase("when both have answered"), _page),
    Sample(
        phrase("Quarterly Review: something to mend"), "operations", phrase("when one of the two writes it down"), _told
    ),
    Sample(phrase("Quarterly Review: is it done?"), "operations", phrase("the working day after its day"), _late),
    Sample(phrase("Quarterly Review: the KPIs stay"), "contractor", phrase("when the manager proposes it"), _keep),
    Sample(phrase("Quarterly Review: what came of it"), "contractor", phrase("when both agree on the KPIs"), _closed),
)
