"""Help: everything the bot understands, on one page."""

from blocks.blocker import RAISE
from blocks.contractor import LIST
from blocks.kit import Block, actions, button, context, header, section
from blocks.log import TODAY
from playbook.tongue import phrase

HELP = "circle.help"

Drawn = tuple[str, list[Block]]

LOG = phrase(
    "*Log your time*: `/log 2h review #acme`, `/log` for a form, `/log today`, `/log week`, `/log undo`, `/log help`"
)
BLOCKER = phrase(
    "*Say what you are stuck on*: `/blocker waiting for Figma access`, `/blocker mine`, `/blocker done 12`"
)
CONTRACTOR = phrase(
    "*See who is on the path*: `/contractor`, `/contractor @person`, and for those chosen `/contractor add @person`"
)
WHOIS = phrase(
    "*Find out whom to ask, or what a word means*: `/whois budget`, `/whois OKR`, `/whois @person`, `/whois`"
)
CHECKLIST = phrase("*See what is to do*: `/checklist`, `/checklist @person`, `/checklist add Read the brand book`")
ONE_ON_ONE = phrase("*Prepare your 1:1*: `/1on1`, `/1on1 @person`, `/1on1 move`, `/1on1 skip`, `/1on1 help`")
OOO = phrase("*Say when you are away*: `/ooo tomorrow`, `/ooo 12-16 aug`, `/ooo back`, `/ooo who`, `/ooo settings`")
HEALTH = phrase(
    "*See what is said about your own work*: `/circle health`, and for managers `/contractor health @person`"
)
CALENDAR = phrase("*See it all in your own calendar*: `/circle calendar`, or write `calendar` to me")
FILES = phrase("*Take it with you*: `/circle export` for CSV files, `/circle timesheet` for a month as CSV and PDF")
MYDATA = phrase("*See, get or delete what I keep about you*: `/circle mydata`, or write `mydata` to me")
LANGUAGE = phrase(
    "*Choose language and clock*: `/circle language`, or write `language` to me. English, Español, Português."
)
GROWTH = phrase("*The long run*: `/circle review`, `/circle rate`, `/circle learn`, `/circle ladder`, `/circle report`")
CIRCLE = phrase("*If another app has one of these names*: `/circle log …`, `/circle blocker …` and so on do the same.")
TYPED = phrase(
    "*Or write to me here*: `log 2h review`, `2h review`, `blocked: no access`, `checklist`, "
    "`health`, `whois budget`, `help`"
)
RHYTHM = phrase(
    "*Agree on the rhythm*: `/circle golden`, `/circle audit`, `/circle wiki`, `/circle "
    "purpose`, `/circle show`, `/circle worklog`"
)
SHORT = phrase("I understand `log 2h review`, `blocked: waiting for access` and `help`. What would you like to do?")


PARTS = (
    LOG,
    BLOCKER,
    CHECKLIST,
    ONE_ON_ONE,
    OOO,
    WHOIS,
    CONTRACTOR,
    HEALTH,
    RHYTHM,
    CALENDAR,
    GROWTH,
    FILES,
    MYDATA,
    LANGUAGE,
    TYPED,
    CIRCLE,
)


def _buttons() -> Block:
    return actions(
        button(phrase("Log time"), TODAY),
        button(phrase("Raise a blocker"), RAISE),
        button(phrase("Contractors"), LIST),
    )


def help_page() -> Drawn:
    """Explain every command, with a button for each."""
    text = phrase(
        "I answer to `/log`, `/blocker`, `/checklist`, `/1on1`, `/ooo`, `/whois`, `/contractor` and "
        "`/circle`, and to messages like `log 2h review`."
    )
    blocks = [
        header(phrase("What I can do for you")),
        *(section(part) for part in PARTS),
        _buttons(),
        context(phrase("Your Home tab shows the same, and what is next for you.")),
    ]
    return text, blocks


def farewell(words: str) -> Drawn:
    """Answer somebody whose path is over."""
    return words, [section(words)]


def short_help() -> Drawn:
    """Answer a message that says nothing the bot knows."""
    return SHORT, [section(SHORT), _buttons()]


def needs_a_form(label: str, action_id: str) -> Drawn:
    """Offer the form that cannot open by itself in a conversation."""
    text = phrase("I need a form for this: press {label}.", label=label)
    return text, [section(text), actions(button(label, action_id, style="primary"))]
