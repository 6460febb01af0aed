"""What people see of their own data: counts, who looked, the file, and deleting what may be deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks import fields
from blocks.kit import Block, View, actions, button, context, divider, esc, mention, modal, section, when
from playbook.mydata import MydataBook
from playbook.tongue import phrase, whole_day

OPEN = "mydata.open"
SEND = "mydata.send"
DELETE = "mydata.delete"
FORM = "mydata.confirm"

Drawn = tuple[str, list[Block]]
WHAT = phrase(
    "Everything I keep about you in this workspace. You can have all of it as a file, and have deleted what may be."
)
NOTHING = phrase("I keep nothing about you but your name as Slack tells it.")
LOOKS = {1: phrase("*1 look at something of yours in the last {days} days*")}
MANY_LOOKS = phrase("*{times} looks at something of yours in the last {days} days*")
LOOK = {1: phrase("• {who} at your {what}, once")}
MANY = phrase("• {who} at your {what}, {times} times")
NO_LOOKS = phrase("Nobody else looked at anything sensitive of yours in the last {days} days.")
ASKED_BEFORE = phrase(
    "You asked me to delete your data {when}. What you still need to work here goes when your time here ends."
)
DONE_BEFORE = phrase("What could be deleted was deleted {when}.")
FILE_HINT = phrase(
    "The file is a zip with a readable page, CSV and JSON. It comes in our direct message, only "
    "to you. What others wrote for themselves is not in it; its README says what that is, and "
    "why."
)
GOES = phrase(
    "*What goes at once*\n• How you felt: moods, what you said of your weeks, what you wrote "
    "before 1:1s and in reviews\n• Your introduction and the greetings under it, what you learned "
    "in sessions, notes on days off\n• The words of your resolved blockers and of your answers; "
    "the dates stay\n• Private notes you wrote, drafts, shown work, Who's Who entries, pace and "
    "refusals of nudges\n• My copies of the messages I sent you"
)
STOPS = phrase(
    "*What stops working*\n• Your calendar address, and your own quiet hours: the usual ones "
    "apply again\n• Colleagues do not find you in Who's Who any more\n• Reports and reviews do not "
    "show what you wrote before today"
)
SLACK = phrase("Messages and files that are in Slack already are Slack's: I cannot delete them, an admin can help.")
ACTIVE = phrase(
    "*You work here, so this is kept until your time here ends*, and goes by itself then: your "
    "checklist, packet, 1:1 times, what is still open or not answered yet. Your manager hears "
    "that you asked, not what was in it."
)
STAY = phrase("*What stays, and why*")
NO_WAY_BACK = phrase("This cannot be undone. If you want to keep a copy, have everything sent to you first.")
WRONG_WORD = phrase("Please write {word} to confirm. Nothing was deleted.")


@dataclass(frozen=True)
class Look:
    """Who looked at what of somebody's, and how often; `who` is ready to be shown."""

    who: str
    what: str
    times: int


@dataclass(frozen=True)
class Kept:
    """A group of records that stays: its name, how many rows, and the reason with its end."""

    label: str
    rows: int
    reason: str


def reason(book: MydataBook, why: str, ends: date | None) -> str:
    """Give the sentence that says why something stays, and until when the newest of it does."""
    until = (
        phrase("by {ends} at the latest", ends=whole_day(ends))
        if ends
        else phrase("after the time the admins have set")
    )
    return book.reasons[why].format(until=until)


def page(
    counts: Mapping[str, int],
    looks: Sequence[Look],
    asked: tuple[datetime, datetime | None] | None,
    book: MydataBook,
    days: int,
) -> View:
    """Show what is kept in counts, and who looked."""
    lines = [f"• {label}: *{counts[group]:,}*" for group, label in book.groups.items() if counts.get(group)]
    parts = [section(WHAT), section("\n".join(lines) or NOTHING), section(_looked(looks, days))]
    if asked:
        words = DONE_BEFORE if asked[1] else ASKED_BEFORE
        parts.append(context(words.format(when=when(asked[1] or asked[0]))))
    row = actions(
        button(phrase("Send me everything"), SEND, style="primary"),
        button(phrase("Delete my data"), DELETE, style="danger"),
    )
    return modal(phrase("Your data"), [*parts, divider(), row, context(FILE_HINT)], close=phrase("Close"))


def _looked(looks: Sequence[Look], days: int) -> str:
    times = sum(one.times for one in looks)
    if not times:
        return NO_LOOKS.format(days=days)
    head = LOOKS.get(times, MANY_LOOKS).format(times=times, days=days)
    lines = [LOOK.get(one.times, MANY).format(who=one.who, what=esc(one.what, 60), times=one.times) for one in looks]
    return "\n".join([head, *lines])


def asking(kept: Sequence[Kept], book: MydataBook, *, active: bool) -> View:
    """Say what goes, what stays and what stops, and ask for the word that confirms."""
    parts = [section(GOES), section(STOPS)]
    parts += [section(ACTIVE)] if active else []
    parts += [section("\n".join([STAY, *(_stays(one) for one in kept)]))] if kept else []
    word = book.word.upper()
    parts += [context(SLACK), section(f"*{NO_WAY_BACK}*")]
    parts.append(fields.text("word", phrase("Write {word} to confirm", word=word), most=20))
    return modal(phrase("Delete my data"), parts, FORM, submit=phrase("Delete"), close=phrase("Keep everything"))


def _stays(one: Kept) -> str:
    return f"• {one.label} (*{one.rows:,}*): {one.reason}"


def done(kept: Sequence[Kept], *, active: bool) -> Drawn:
    """Say what came of it, and what was kept until when."""
    text = phrase("Your data was deleted, as far as it may be.")
    if active:
        text = phrase(
            "What may go now was deleted. The rest goes by itself when your time here ends; your manager was told."
        )
    blocks = [section(f"*{text}*")]
    blocks += [section("\n".join([STAY, *(_stays(one) for one in kept)]))] if kept else []
    return text, [*blocks, context(SLACK)]


def finished(kept: Sequence[Kept]) -> Drawn:
    """Tell somebody whose time here has ended that the rest is gone."""
    text = phrase("Your time here has ended, and what you had asked me to delete is gone now.")
    blocks = [section(text)]
    return text, blocks + ([section("\n".join([STAY, *(_stays(one) for one in kept)]))] if kept else [])


def for_manager(user_id: str) -> Drawn:
    """Tell a manager that a contractor asked for deletion, and what it means for them."""
    who = mention(user_id)
    text = phrase(
        "{who} asked me to delete their personal data, which anybody may. What the two of you need "
        "to work stays: logged time, KPIs, open blockers, dates. Earlier moods, notes and answers of "
        "theirs are gone from my pages. If they are leaving, `/contractor offboard` with their name "
        "parts well, and the rest goes then.",
        who=who,
    )
    return text, [section(text)]


def outcome(blocks: Sequence[Block]) -> View:
    """Show what came of it where it was confirmed."""
    return modal(phrase("Deleted"), blocks, close=phrase("Close"))


def needs_a_button() -> Drawn:
    """Offer the page where it cannot open by itself."""
    text = phrase("Here is what I keep about you.")
    return text, [section(text), actions(button(phrase("Open my data"), OPEN))]
