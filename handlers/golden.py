"""Golden Hours: `/contractor golden`, `/circle golden`, the forms, the answers, and what the clock brings."""

from blocks import golden as draw
from blocks import golden_form as form
from handlers.contract import Duty, Kind, Route
from handlers.golden_agree import agree, keep
from handlers.golden_clock import DUTIES as TIMED
from handlers.golden_form import command, opened, partners_chosen, submitted, sure, timed

ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.AGREE, agree),
    Route(Kind.ACTION, draw.KEEP, keep),
    Route(Kind.ACTION, form.PARTNERS, partners_chosen),
    Route(Kind.FORM, form.FORM, submitted),
    Route(Kind.FORM, form.TIMES, timed),
    Route(Kind.FORM, form.SURE, sure),
)
DUTIES: tuple[Duty, ...] = TIMED
__all__ = ["DUTIES", "ROUTES", "command"]
