"""What people see of courses: the form, the request, what was decided, and the list of a contractor's courses."""

from collections.abc import Sequence

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    context,
    divider,
    esc,
    mention,
    modal,
    one_line,
    quoted,
    section,
    when,
)
from playbook.learn import APPROVED, ASKED, DECLINED, DISCUSSING, DONE, WITHDRAWN, LearnBook
from playbook.tongue import numbered, phrase
from storage.growth_tables import Course

OPEN = "learn.open"
ASK = "learn.ask"
FORM = "learn.form"
APPROVE = "learn.approve"
DISCUSS = "learn.discuss"
DECLINE = "learn.decline"
REASON = "learn.reason"
FINISH = "learn.finish"
FINISHED = "learn.finished"
WITHDRAW = "learn.withdraw"

Drawn = tuple[str, list[Block]]
SHOWN = 15
LONGEST_NAME = 120
DATE = "{date_short}"


def about(course_id: str) -> str:
    """Name what the letters about a course are about."""
    return f"learn:{course_id}"


def ask_key(row: Course, manager_id: str) -> str:
    """Name the request as one manager gets it."""
    return f"learn:{row.id}:ask:{manager_id}"


def news_key(row: Course) -> str:
    """Name what the contractor hears of the state that a course is in now."""
    return f"learn:{row.id}:{row.state}"


def remind_key(course_id: str) -> str:
    """Name the question whether a course is done."""
    return f"learn:{course_id}:remind"


def named(row: Course) -> str:
    """Name a course, with its link."""
    name = one_line(row.name, LONGEST_NAME)
    return f"<{esc(row.link)}|{name}>" if row.link else f"*{name}*"


def topic(row: Course) -> str:
    """Give the words of a course as a topic of a 1:1."""
    return phrase("Course: {row}", row=row.name)


def _request(row: Course) -> str:
    return phrase("Cost: {cost}\nWhat the team gains:", cost=one_line(row.cost, 80))


def form(book: LearnBook, note: str) -> View:
    """Ask what somebody wants to learn."""
    blocks = [
        section(phrase("Something that would help you here? Your manager decides, and only the two of you see this.")),
        fields.text(
            "name", phrase("Course, book or certificate"), most=book.most_name, example=phrase("Advanced prototyping")
        ),
        fields.text(
            "cost",
            phrase("Cost"),
            most=book.most_cost,
            example=phrase("240 EUR"),
            hint=phrase("Amount and currency, or: free"),
        ),
        fields.text("benefit", phrase("What the team gains from it"), most=book.most_benefit, lines=True),
        fields.link("link", phrase("Link"), hint=phrase("Begins with https://")),
    ]
    return modal(phrase("Learn something new"), blocks, FORM, phrase("Ask"), memo=note)


def _decisions(row: Course) -> Block:
    talk = [button(phrase("Discuss in the 1:1"), DISCUSS, row.id)] if row.state == ASKED else []
    return actions(
        button(phrase("Approve"), APPROVE, row.id, "primary"), *talk, button(phrase("Decline"), DECLINE, row.id)
    )


WISH = phrase("{who} would like to learn something: {course}")


def request(row: Course) -> Drawn:
    """Bring a request to the manager, or what became of it."""
    if row.state not in (ASKED, DISCUSSING):
        return _settled(row)
    text = WISH.format(who=mention(row.user_id), course=one_line(row.name, LONGEST_NAME))
    hint = (
        phrase("It is a point for your next 1:1. Decide here when you have talked.") if row.state == DISCUSSING else ""
    )
    hint = hint or phrase("Only the two of you see this. When you decline, I ask you for the reason and pass it on.")
    return text, [
        section(f"{WISH.format(who=mention(row.user_id), course=named(row))}\n{_request(row)}"),
        section(quoted(row.benefit, 500)),
        _decisions(row),
        context(hint),
    ]


SETTLED = {
    APPROVED: phrase("{who} approved the course {course} for {whose}."),
    DECLINED: phrase("{who} declined the course {course} of {whose}."),
    DONE: phrase("{whose} has finished the course {course}."),
    WITHDRAWN: phrase("{whose} has withdrawn the request for {course}. Nothing is needed from you."),
}


def _settled(row: Course) -> Drawn:
    course, whose = one_line(row.name, LONGEST_NAME), mention(row.user_id)
    text = SETTLED[row.state].format(who=mention(row.decided_by), course=course, whose=whose)
    words = [section(quoted(row.words, 500))] if row.state == DECLINED else []
    return text, [section(text), *words]


def handed(row: Course, manager_id: str) -> Drawn:
    """Tell a manager that a request went on to the new one."""
    text = phrase(
        "The course of {row} is decided by {manager_id} now. Nothing is needed from you.",
        row=mention(row.user_id),
        manager_id=mention(manager_id),
    )
    return text, [section(text)]


def reason(row: Course, book: LearnBook, note: str) -> View:
    """Ask why a course is declined."""
    blocks = [
        section(
            phrase(
                "{row}\n{row_2} reads your words as they are. What would make it a yes?",
                row=named(row),
                row_2=mention(row.user_id),
            )
        ),
        fields.text("reason", phrase("Why not now"), most=book.most_words, lines=True),
    ]
    return modal(phrase("Decline kindly"), blocks, REASON, phrase("Decline"), memo=note)


NEWS = {
    APPROVED: phrase(
        "Good news: {who} approved {course}. Enjoy it! Press the button when you have finished, and "
        "say what you can do now."
    ),
    DISCUSSING: phrase(
        "{who} would like to talk about {course} first. It is a point for your next 1:1, and you "
        "hear the decision here."
    ),
    DECLINED: phrase(
        "{who} cannot say yes to {course} for now. The reason is below; your next 1:1 is a good "
        "place to talk about it, and you can ask for something else at any time."
    ),
}


def news(row: Course) -> Drawn:
    """Tell the contractor what was decided."""
    said = NEWS[row.state].format(who=mention(row.decided_by), course=one_line(row.name, LONGEST_NAME))
    words = [section(quoted(row.words, 500))] if row.state == DECLINED else []
    finish = button(phrase("I have finished it"), FINISH, row.id, "primary")
    controls = [finish] if row.state == APPROVED else [button(phrase("My courses"), OPEN)]
    return said, [section(said), *words, actions(*controls)]


def remind(row: Course) -> Drawn:
    """Ask whether a course that was approved a while ago is done."""
    text = phrase(
        "How is {row} going? If you have finished it, say what you can do now.", row=one_line(row.name, LONGEST_NAME)
    )
    return text, [
        section(text),
        actions(button(phrase("I have finished it"), FINISH, row.id, "primary")),
        context(phrase("No hurry: this is asked only once.")),
    ]


def over(row: Course) -> Drawn:
    """Leave a line where a message asked whether a course is done."""
    course = one_line(row.name, LONGEST_NAME)
    text = (
        phrase("{course} is finished. Well done!", course=course)
        if row.state == DONE
        else phrase("{course} was withdrawn.", course=course)
    )
    return text, [section(text)]


def finish(row: Course, book: LearnBook, note: str) -> View:
    """Ask what somebody can do now."""
    blocks = [
        section(phrase("{row}\nWell done. Your manager reads this, and it is there in your reviews.", row=named(row))),
        fields.text("words", phrase("What I can do now"), most=book.most_words, lines=True),
        fields.link("certificate", phrase("Link to a certificate"), hint=phrase("Begins with https://")),
    ]
    return modal(phrase("Finished"), blocks, FINISHED, phrase("Send"), memo=note)


def finished(row: Course) -> Drawn:
    """Tell the manager what a contractor can do now."""
    course = one_line(row.name, LONGEST_NAME)
    text = phrase(
        "{row} has finished {course}. A word from you would do good: where can this be used first?",
        row=mention(row.user_id),
        course=course,
    )
    return text, [section(text), *(section(quoted(part, 500)) for part in row.done_words.rsplit("\n", 1))]


STATES = {
    ASKED: phrase("Asked {at}, waiting for an answer"),
    DISCUSSING: phrase("Asked {at}, a point for the next 1:1"),
    APPROVED: phrase("Approved {at}"),
    DECLINED: phrase("Declined {at}"),
    DONE: phrase("Finished {at}"),
    WITHDRAWN: phrase("Asked {at}, withdrawn"),
}


def _state(row: Course) -> str:
    moments = {APPROVED: row.decided_at, DECLINED: row.decided_at, DONE: row.done_at}
    return STATES[row.state].format(at=when(moments.get(row.state) or row.asked_at, DATE))


def _row(row: Course, *, own: bool, decides: bool) -> list[Block]:
    words = row.done_words if row.state == DONE else row.words
    said = f"\n{quoted(words, 300)}" if words else ""
    lines = f"{named(row)}\n{_state(row)} · {one_line(row.cost, 80)}{said}"
    controls = _mine(row) if own else []
    if decides and row.state in (ASKED, DISCUSSING):
        return [section(f"{lines}\n{quoted(row.benefit, 300)}"), _decisions(row)]
    return [section(lines), *([actions(*controls)] if controls else [])]


def _mine(row: Course) -> list[Block]:
    gone = asking_first(
        button(phrase("Withdraw"), WITHDRAW, row.id),
        phrase("Withdraw?"),
        phrase("Your manager sees that it is no longer wanted."),
        phrase("Withdraw"),
    )
    done = [button(phrase("I have finished it"), FINISH, row.id)] if row.state == APPROVED else []
    return [*done, gone] if row.state in (ASKED, DISCUSSING, APPROVED) else []


def page(user_id: str, rows: Sequence[Course], note: str, *, own: bool) -> View:
    """List the courses of a contractor, newest first, to the two who see them."""
    head = (
        phrase("What you learn here counts for both sides.")
        if own
        else phrase("Courses of {user_id}", user_id=mention(user_id))
    )
    empty = (
        phrase("Nothing yet. What would you like to be able to do?") if own else phrase("Nothing was asked for yet.")
    )
    shown = [block for row in rows[:SHOWN] for block in _row(row, own=own, decides=not own)]
    more = (
        [context(phrase("And {older_one}.", older_one=numbered("{n} older one", "{n} older ones", len(rows) - SHOWN)))]
        if len(rows) > SHOWN
        else []
    )
    ask = [actions(button(phrase("Ask for a course"), ASK, style="primary"))] if own else []
    hint = context(phrase("Only the contractor and their manager see this, the cost included."))
    body = shown or [section(empty)]
    return modal(
        phrase("Courses"), [section(head), *ask, divider(), *body, *more, hint], close=phrase("Close"), memo=note
    )
