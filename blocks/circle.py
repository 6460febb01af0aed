"""Help: everything the bot understands, on one page."""

from blocks.blocker import RAISE
from blocks.contractor import LIST
from blocks.kit import Block, actions, button, context, header, section
from blocks.log import TODAY

HELP = "circle.help"

Drawn = tuple[str, list[Block]]

LOG = "*Log your time*: `/log 2h review #acme`, `/log` for a form, `/log today`, `/log week`, `/log undo`, `/log help`"
BLOCKER = "*Say what you are stuck on*: `/blocker waiting for Figma access`, `/blocker mine`, `/blocker done 12`"
CONTRACTOR = (
    "*See who is on the path*: `/contractor`, `/contractor @person`, and for those chosen `/contractor add @person`"
)
WHOIS = "*Find out whom to ask, or what a word means*: `/whois budget`, `/whois OKR`, `/whois @person`, `/whois`"
CHECKLIST = "*See what is to do*: `/checklist`, `/checklist @person`, `/checklist add Read the brand book`"
ONE_ON_ONE = "*Prepare your 1:1*: `/1on1`, `/1on1 @person`, `/1on1 move`, `/1on1 skip`, `/1on1 help`"
OOO = "*Say when you are away*: `/ooo tomorrow`, `/ooo 12-16 aug`, `/ooo back`, `/ooo who`, `/ooo settings`"
HEALTH = "*See what is said about your own work*: `/circle health`, and for managers `/contractor health @person`"
CALENDAR = "*See it all in your own calendar*: `/circle calendar`, or write `calendar` to me"
CIRCLE = "*If another app has one of these names*: `/circle log …`, `/circle blocker …` and so on do the same."
TYPED = (
    "*Or write to me here*: `log 2h review`, `2h review`, `blocked: no access`, `checklist`, `health`, "
    "`whois budget`, `help`"
)
RHYTHM = "*Agree on the rhythm*: `/circle golden`, `/circle audit`, `/circle wiki`, `/circle purpose`, `/circle show`"
REPORT = (
    "*See what the last weeks looked like*: `/circle report`, `/circle report quarter`, `/contractor report @person`"
)
SHORT = "I understand `log 2h review`, `blocked: waiting for access` and `help`. What would you like to do?"


PARTS = (LOG, BLOCKER, CHECKLIST, ONE_ON_ONE, OOO, WHOIS, CONTRACTOR, HEALTH, REPORT, RHYTHM, CALENDAR, TYPED, CIRCLE)


def _buttons() -> Block:
    return actions(
        button("Log time", TODAY),
        button("Raise a blocker", RAISE),
        button("Contractors", LIST),
    )


def help_page() -> Drawn:
    """Explain every command, with a button for each."""
    text = (
        "I answer to `/log`, `/blocker`, `/checklist`, `/1on1`, `/ooo`, `/whois`, `/contractor` and `/circle`, "
        "and to messages like `log 2h review`."
    )
    blocks = [
        header("What I can do for you"),
        *(section(part) for part in PARTS),
        _buttons(),
        context("Your Home tab shows the same, and what is next for you."),
    ]
    return text, blocks


def short_help() -> Drawn:
    """Answer a message that says nothing the bot knows."""
    return SHORT, [section(SHORT), _buttons()]


def needs_a_form(label: str, action_id: str) -> Drawn:
    """Offer the form that cannot open by itself in a conversation."""
    text = f"I need a form for this: press {label}."
    return text, [section(text), actions(button(label, action_id, style="primary"))]
