"""Writing a blueprint: the form of one row, and the draft that managers share until it is proposed."""

from blocks import kpi as draw
from handlers.contract import Call, Desk, FixFields, ReplaceModal, Reply, memo
from handlers.kpi_look import Concern, concern, sheet, start_rows, suggestions
from playbook.kpi import Kpi, KpiRow, Tab, Target, problems, read_target, rows_of
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import kpi

NO_ROW = phrase("I can't find that row any more. Please open the blueprint once more.")


async def edit(call: Call, desk: Desk) -> Reply:
    """Show the form of a row in the place of the page; saving it brings the page back."""
    about, known = await _row(call.value, call, desk)
    draft = await kpi.draft(desk.team, about.id)
    rows = rows_of(draft.rows, desk.playbook.kpi) if draft else await start_rows(desk, about.id)
    row = next(one for one in rows if one.key == known.key)
    wanted = "" if row.suggested else (await suggestions(desk, about.id)).get(row.key, "")
    suggested = wanted if wanted != row.text else ""
    form = draw.form(row, known, desk.playbook.kpi, memo("", f"{about.id}:{known.key}"), suggested)
    return ReplaceModal(view=form)


async def _row(record: str, call: Call, desk: Desk) -> tuple[Concern, KpiRow]:
    user_id, _, key = record.partition(":")
    about, known = await concern(call, desk, Action.KPI_PROPOSE, user_id), desk.playbook.kpi.row(key)
    if known is None:
        raise Sorry(NO_ROW)
    return about, known


async def back(call: Call, desk: Desk) -> Reply:
    """Show the page again without saving."""
    user_id, _, tab = call.value.partition(":")
    about = await concern(call, desk, Action.KPI_PROPOSE, user_id)
    return ReplaceModal(view=await sheet(desk, about, _tab(tab)))


def _tab(tab: str) -> Tab:
    return "output" if tab == "output" else "input"


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep a row in the draft, beginning one if there is none; rows that others wrote meanwhile stay theirs."""
    about, known = await _row(call.memo_record, call, desk)
    row, target = _filled(call, known)
    if errors := problems(row, target, desk.playbook.kpi):
        return FixFields(errors)
    begun = [one.stored() for one in await start_rows(desk, about.id)]
    draft = await kpi.begin(desk.team, about.id, begun, about.asker.user_id, desk.now)
    rows = rows_of(draft.rows, desk.playbook.kpi)
    draft.rows = [(row if one.key == row.key else one).stored() for one in rows]
    draft.proposed_by, draft.proposed_at = about.asker.user_id, desk.now
    await desk.team.session.flush()
    return ReplaceModal(view=await sheet(desk, about, known.tab))


def _filled(call: Call, known: KpiRow) -> tuple[Kpi, Target | None]:
    target = read_target(call.one("target"))
    number, most = (target.number, target.most) if target else (None, False)
    by = call.one("by")
    counts = by in {"contractor", "manager"} or (by == "bot" and known.counts)
    row = Kpi(
        known.key,
        clean(call.one("text")),
        number,
        most,
        clean(" ".join(call.one("unit").split())),
        by if counts else "contractor",
        on="on" in call.many("on"),
    )
    return row, target


async def drop(call: Call, desk: Desk) -> Reply:
    """Throw a draft away; what was proposed or agreed stays."""
    row = await kpi.find(desk.team, call.value)
    if row is None:
        raise Sorry(phrase("This draft is gone already. Please open the blueprint once more."))
    about = await concern(call, desk, Action.KPI_PROPOSE, row.user_id)
    if not await kpi.drop_draft(desk.team, row.id):
        raise Sorry(phrase("This draft was proposed meanwhile, so it stays. Please open the blueprint once more."))
    return ReplaceModal(view=await sheet(desk, about, "input"))
