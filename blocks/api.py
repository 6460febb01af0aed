"""What admins see of the API: the page with its tokens, and the form for a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    context,
    divider,
    mention,
    modal,
    one_line,
    section,
    when,
)
from playbook.tongue import phrase

OPEN = "api.open"
ADD = "api.add"
FORM = "api.form"
ROTATE = "api.rotate"
REVOKE = "api.revoke"

NAME = "name"
LONGEST_NAME = 60
WHAT = phrase(
    "With a token, another program can read who is on the path, logged time, blockers, "
    "checklists, KPIs and the dates of reviews. It can change nothing, and it is never told a "
    "note, a rate, a mood or anybody's words."
)
WHERE = phrase("It reads at {url}/api/v1; {url}/api says how.")
NOT_REACHABLE = phrase(
    "Programs need an address at which they can reach me, and I have none here. Whoever runs me "
    "can give me one (`PUBLIC_URL`); a token made now will work from then on."
)
SHOWN_ONCE = phrase("*The token* (I show it this once and keep no copy of it). Whoever has it can read all of this:")
NONE_YET = phrase("No token yet.")
FULL = phrase("{most} tokens are as many as fit. Revoke one to make another.")
USED = phrase("Made by {who} {made}, last used {used}.")
UNUSED = phrase("Made by {who} {made}, never used.")

Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Token:
    """One token as it is shown: the first letters are enough to recognise it."""

    id: str
    name: str
    begins: str
    made_at: datetime
    made_by: str
    used_at: datetime | None = None


def page(tokens: Sequence[Token], url: str, most: int, notice: str = "", shown: str = "") -> View:
    """Show every token that is valid; `shown` is a token in the one moment in which it was made."""
    parts = [section(f"*{notice}*")] if notice else []
    parts += [section(SHOWN_ONCE), section(f"```{shown}```")] if shown else []
    parts += [section(WHAT), section(WHERE.format(url=url) if url else NOT_REACHABLE), divider()]
    parts += [block for token in tokens for block in _token(token)] or [section(NONE_YET)]
    full = len(tokens) >= most
    parts.append(
        context(FULL.format(most=most)) if full else actions(button(phrase("New token"), ADD, style="primary"))
    )
    return modal("API", parts, close=phrase("Close"))


def _token(token: Token) -> Sequence[Block]:
    words = UNUSED if token.used_at is None else USED
    used = when(token.used_at) if token.used_at else ""
    said = words.format(who=mention(token.made_by), made=when(token.made_at), used=used)
    rotate = asking_first(
        button(phrase("Rotate"), ROTATE, token.id, spoken=phrase("Rotate {token}", token=token.name)),
        phrase("Make a new token?"),
        phrase("The old one stops at once: the program that uses it needs the new one."),
        phrase("Make a new one"),
    )
    revoke = asking_first(
        button(phrase("Revoke"), REVOKE, token.id, style="danger", spoken=phrase("Revoke {token}", token=token.name)),
        phrase("Revoke this token?"),
        phrase("It stops at once, and the program that uses it can read nothing more."),
        phrase("Revoke"),
    )
    return section(f"*{one_line(token.name, 80)}* `{token.begins}…`\n{said}"), actions(rotate, revoke)


def form() -> View:
    """Ask what a new token is for."""
    hint = phrase("Which program uses it, so that you know later which one to revoke.")
    name = fields.text(NAME, phrase("Name"), most=LONGEST_NAME, hint=hint, example=phrase("Payroll report"))
    return modal(phrase("New token"), [name, actions(button(phrase("All tokens"), OPEN))], FORM, phrase("Make it"))


def needs_a_button() -> Drawn:
    """Offer the page that cannot open by itself in a conversation."""
    text = phrase("I need a page for this: press API.")
    return text, [section(text), actions(button("API", OPEN, style="primary"))]
