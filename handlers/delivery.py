"""Delivery: sending a message again that Slack refused."""

from blocks.delivery import RESEND, receiver
from handlers.contract import Call, Desk, Duty, Kind, Reply, Route, Say, soon
from handlers.who import asker, whom_to_ask
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import outbox


async def resend(call: Call, desk: Desk) -> Reply:
    """Put a message that failed back on its way; an admin may press this."""
    who = await asker(call, desk)
    if not who.is_admin:
        raise Sorry(phrase("Admins can send this again; {desk}", desk=await whom_to_ask(desk)))
    letter = await outbox.resend(desk.team, call.value, desk.now)
    await soon(desk, ("home.redraw", call.user_id))
    if letter is None:
        return Say(text=phrase("It is on its way already, so there is nothing left to do here."))
    return Say(
        text=phrase(
            "I am sending it to {letter} again. If it fails once more, you will see it on your Home tab.",
            letter=receiver(letter),
        )
    )


ROUTES: tuple[Route, ...] = (Route(Kind.ACTION, RESEND, resend),)
DUTIES: tuple[Duty, ...] = ()
