"""Tracked time beside the log: how to send a file, what the contractor sees first, and what the manager sees later."""

from collections.abc import Sequence

from blocks import fields
from blocks.contractor import long_day
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    context,
    day_name,
    esc,
    mention,
    modal,
    one_line,
    quoted,
    section,
    table,
    when,
)
from blocks.log import TODAY
from playbook.length import show
from playbook.tongue import numbered, phrase
from playbook.worklog import Day, WorklogBook, differences
from storage.growth_tables import Worklog

OPEN = "worklog.open"
RIGHT = "worklog.right"
CORRECT = "worklog.correct"
WRONG = "worklog.wrong"
WORDS = "worklog.words"

MOST_ROWS = 40
HEAD = (phrase("Day"), phrase("Tracked"), phrase("In the log"), phrase("Apart"))
SAID = {
    RIGHT: phrase("Looks right"),
    CORRECT: phrase("I will correct my log"),
    WRONG: phrase("The tracker is wrong"),
}
Drawn = tuple[str, list[Block]]


def key(row: Worklog) -> str:
    """Name what the contractor is shown."""
    return f"worklog:{row.id}"


def manager_key(row: Worklog, manager_id: str) -> str:
    """Name what a manager is shown of it."""
    return f"worklog:{row.id}:manager:{manager_id}"


def explained(book: WorklogBook) -> Drawn:
    """Explain how a worklog is compared, and what is read of it."""
    text = phrase(
        "To put a Work for Impact worklog beside the log, export it as CSV and drop it here in our direct message."
    )
    how = phrase(
        "• Contractors send their own. Managers write whose it is with the file: `@person`\n• I read "
        "dates, start, end, length and the name. Screenshots, activity and everything else is "
        "neither read nor kept\n• Day by day, what is more than {tolerance_minutes} minutes apart is "
        "shown, on the contractor's clock\n• The contractor sees it first, always, and says what it "
        "means. The manager sees it with that answer, or {working_day} later",
        tolerance_minutes=book.tolerance_minutes,
        working_day=numbered("{n} working day", "{n} working days", book.answer_days),
    )
    return text, [section(text), section(how), context(phrase("At most 1 MB; between commas, semicolons or tabs."))]


def shown(row: Worklog, days: Sequence[Day], book: WorklogBook, problems: Sequence[tuple[int, str]] = ()) -> Drawn:
    """Show the contractor both times side by side, and ask what it means."""
    text, blocks = _compared(row, days, book, phrase("your log"))
    if row.answer:
        return text, [*blocks, section(_answered(row, phrase("You said")))]
    ask = phrase("You see this first. What does it mean?")
    controls = [button(label, action, row.id) for action, label in SAID.items()]
    after = phrase(
        "Your manager sees it with your answer, or {working_day} after you.",
        working_day=numbered("{n} working day", "{n} working days", book.answer_days),
    )
    return text, [*blocks, *_unread(problems, book), section(ask), actions(*controls), context(after)]


def for_manager(row: Worklog, days: Sequence[Day], book: WorklogBook) -> Drawn:
    """Show a manager both times, with what the contractor said of them."""
    text, blocks = _compared(row, days, book, phrase("the log of {row}", row=mention(row.user_id)))
    said = (
        _answered(row, phrase("{row} said", row=mention(row.user_id)))
        if row.answer
        else phrase("No answer yet; they have seen it.")
    )
    return text, [
        *blocks,
        section(said),
        context(phrase("As it was when the file was read, {sent_at}.", sent_at=when(row.sent_at))),
    ]


def _compared(row: Worklog, days: Sequence[Day], book: WorklogBook, whose: str) -> Drawn:
    apart = differences(days, book.tolerance_minutes)
    span = phrase("{first_on} to {last_on}", first_on=long_day(row.first_on), last_on=long_day(row.last_on))
    total = phrase(
        "tracked {sum}, logged {sum_2}",
        sum=show(sum(one.tracked for one in days)),
        sum_2=show(sum(one.logged for one in days)),
    )
    within = phrase("within {tolerance_minutes} minutes", tolerance_minutes=book.tolerance_minutes)
    if not apart:
        text = phrase(
            "Tracked time and {whose} agree {within}, {span}: {total}.",
            whose=whose,
            within=within,
            span=span,
            total=total,
        )
        return text, [section(text)]
    text = phrase("Tracked time beside {whose}, {span}: {total}.", whose=whose, span=span, total=total)
    same = len(days) - len(apart)
    rest = (
        [
            phrase(
                "{other_day_is} the same {within}.",
                other_day_is=numbered("{n} other day is", "{n} other days are", same),
                within=within,
            )
        ]
        if same
        else []
    )
    rest += (
        [phrase("…and {more_day}", more_day=numbered("{n} more day", "{n} more days", len(apart) - MOST_ROWS))]
        if len(apart) > MOST_ROWS
        else []
    )
    rows = [_row(one) for one in apart[:MOST_ROWS]]
    return text, [section(text), table(HEAD, rows, numbers=(1, 2)), *([context(" ".join(rest))] if rest else [])]


def _row(one: Day) -> tuple[str, str, str, str]:
    by = show(abs(one.apart))
    apart = phrase("{apart} more in the log", apart=by) if one.apart > 0 else phrase("{apart} more tracked", apart=by)
    return day_name(one.day), show(one.tracked), show(one.logged), apart


def _answered(row: Worklog, who: str) -> str:
    at = f" {when(row.answered_at)}" if row.answered_at else ""
    words = f"\n{quoted(row.words)}" if row.words else ""
    return f"{who}: *{SAID.get(row.answer, row.answer)}*{at}{words}"


def answered(row: Worklog) -> Drawn:
    """Thank the contractor for the answer, and say the next step."""
    text = phrase("Thank you. Your manager sees both times now, with your answer.")
    todo = [actions(button(phrase("Log time"), TODAY))] if row.answer == CORRECT else []
    return text, [section(text), *todo]


def _unread(problems: Sequence[tuple[int, str]], book: WorklogBook) -> list[Block]:
    """Name the lines that could not be read."""
    if not problems:
        return []
    lines = [
        phrase("• line {number}: {sentence_}", number=number, sentence_=esc(sentence, 160))
        for number, sentence in problems[: book.most_problems]
    ]
    more = len(problems) - book.most_problems
    rest = [phrase("…and {more} more", more=more)] if more > 0 else []
    head = phrase("{line} could not be read and not counted:", line=numbered("{n} line", "{n} lines", len(problems)))
    return [section("\n".join([head, *lines, *rest]))]


def sent(user_id: str, problems: Sequence[tuple[int, str]], book: WorklogBook) -> Drawn:
    """Tell a manager that the file was read, and who sees it first; nothing of what it says."""
    later = numbered("{n} working day", "{n} working days", book.answer_days)
    text = phrase(
        "I have read it and shown it to {user_id} first. You get it with their answer, or {later} later.",
        user_id=mention(user_id),
        later=later,
    )
    return text, [section(text), *_unread(problems, book)]


def words_form(row: Worklog, book: WorklogBook, memo: str) -> View:
    """Ask what the tracker has wrong."""
    return modal(
        phrase("The tracker is wrong"),
        [fields.text("words", phrase("What happened?"), row.words, most=book.most_words, lines=True,
                     hint=phrase("Your manager reads this beside both times"))],
        WORDS,
        phrase("Send"),
        memo=memo,
    )  # fmt: skip


def page(user_id: str, rows: Sequence[Worklog], book: WorklogBook, *, own: bool) -> View:
    """Explain it, with the latest comparisons somebody may see."""
    _, how = explained(book)
    title = (
        phrase("*Yours, the newest first*")
        if own
        else phrase("*Of {user_id}, the newest first*", user_id=mention(user_id))
    )
    lines = [f"• {_line(row)}" for row in rows]
    none = phrase("None yet.") if own else phrase("None that you may see yet.")
    return modal(phrase("Worklogs"), [*how, section("\n".join([title, *(lines or [none])]))], close=phrase("Close"))


def _line(row: Worklog) -> str:
    said = SAID.get(row.answer, phrase("no answer yet"))
    words = f" ({one_line(row.words, 80)})" if row.words else ""
    return phrase(
        "{first_on} to {last_on}: {said}{words}",
        first_on=long_day(row.first_on),
        last_on=long_day(row.last_on),
        said=said,
        words=words,
    )
