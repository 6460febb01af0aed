"""What people see of a Small Win Sprint: the form, the task, the two questions, and what came of it."""

from collections.abc import Sequence
from datetime import datetime

from blocks import fields
from blocks.blocker import RAISE
from blocks.kit import Block, View, actions, button, context, esc, mention, modal, one_line, section, when
from playbook.sprint import NO, PARTLY, YES, Follows, SprintBook
from playbook.tongue import phrase
from storage.trust_tables import Sprint

OPEN = "sprint.open"
DONE = "sprint.done"
ANSWER = "sprint.answer"
GIVE = "sprint.give"
ANSWERS = "sprint.answers"

Drawn = tuple[str, list[Block]]
CHOICES = ((phrase("Yes"), YES), (phrase("Partly"), PARTLY), (phrase("No"), NO))
SAID = {YES: "yes", PARTLY: "partly", NO: "no", "": phrase("not answered")}


def task_key(row: Sprint) -> str:
    """Name the message with the task."""
    return f"sprint:{row.id}"


def question_key(row: Sprint) -> str:
    """Name the question that comes when a sprint is due."""
    return f"sprint:{row.id}:question"


def result_key(row: Sprint) -> str:
    """Name what the manager is told of how it went."""
    return f"sprint:{row.id}:result"


def suggest_key(user_id: str) -> str:
    """Name the suggestion to give a contractor a small win."""
    return f"sprint:suggest:{user_id}"


def _task(row: Sprint) -> str:
    link = phrase("\n<{link}|The task in the tracker>", link=esc(row.link)) if row.link else ""
    return f"> {one_line(row.task, 300)}{link}"


def form(user_id: str, due_at: datetime, clocks: str, book: SprintBook, note: str) -> View:
    """Ask for a task that is done within two days."""
    blocks = [
        section(
            phrase(
                "A small task for {user_id}, done within {hours} hours. It tries out tools and instructions "
                "while little is at stake.",
                user_id=mention(user_id),
                hours=book.hours,
            )
        ),
        fields.text(
            "task",
            phrase("The task"),
            most=book.most,
            lines=True,
            hint=phrase("Small enough to finish, real enough to count"),
        ),
        fields.link("link", phrase("Where it stands in the tracker")),
        fields.moment("due", phrase("Due"), due_at, hint=clocks),
    ]
    return modal(phrase("Small Win Sprint"), blocks, GIVE, phrase("Give it"), memo=note)


def given(row: Sprint) -> Drawn:
    """Bring the task to the contractor."""
    text = phrase(
        "{given_by} has a small win for you, due {due_at}.", given_by=mention(row.given_by), due_at=when(row.due_at)
    )
    hint = phrase(
        "Afterwards I ask two things: did you have what you needed, and was it clear? Stuck earlier? Say so at once."
    )
    buttons = [button(phrase("It is done"), DONE, row.id, "primary"), button(phrase("I am stuck"), RAISE)]
    return text, [section(f"{text}\n{_task(row)}"), actions(*buttons), context(hint)]


def settled(row: Sprint) -> Drawn:
    """Put the outcome in the place of the task."""
    text = (
        phrase("Small win done {done_at}. Well done!", done_at=when(row.done_at))
        if row.done_at
        else phrase("This Small Win Sprint has ended.")
    )
    again = [] if row.answered_at else [actions(button(phrase("Two questions"), ANSWER, row.id, "primary"))]
    return text, [section(f"{text}\n{_task(row)}"), *again]


def question(row: Sprint) -> Drawn:
    """Ask how it went when the time is over."""
    text = phrase("Your Small Win Sprint was due just now. How did it go?")
    buttons = [button(phrase("Two questions"), ANSWER, row.id, "primary")]
    return text, [
        section(f"{text}\n{_task(row)}"),
        actions(*buttons),
        context(phrase("It is the setting that is tried out, not you.")),
    ]


def questions(row: Sprint, book: SprintBook, note: str) -> View:
    """Ask the two questions."""
    blocks = [
        section(_task(row)),
        *(
            []
            if row.done_at
            else [fields.radio("state", phrase("Is it done?"), ((phrase("Yes"), YES), (phrase("Not yet"), NO)), YES)]
        ),
        fields.radio("had_tools", phrase("Did you have the tools and access you needed?"), CHOICES, row.had_tools),
        fields.text(
            "missing", phrase("What was missing?"), row.missing, optional=True, lines=True, most=book.most_words
        ),
        fields.radio("clear", phrase("Were the instructions clear?"), CHOICES, row.clear),
        fields.text(
            "unclear", phrase("What was unclear?"), row.unclear, optional=True, lines=True, most=book.most_words
        ),
    ]
    return modal(phrase("How did it go?"), blocks, ANSWERS, phrase("Send"), memo=note)


def thanks(row: Sprint, found: Sequence[Follows]) -> Drawn:
    """Thank the contractor, and say what follows from the answers."""
    if not found:
        text = phrase("Thank you. Tools and instructions were fine, so on to the next one.")
        return text, [section(text)]
    text = phrase("Thank you. This is on the checklist of those who can mend it now:")
    rows = "\n".join(f"• {one_line(one.text, 300)}" for one in found)
    more = [actions(button(phrase("It stops me: raise a blocker"), RAISE))] if row.missing else []
    return f"{text} {one_line(rows, 300)}", [section(f"{text}\n{rows}"), *more]


def result(row: Sprint, found: Sequence[Follows]) -> Drawn:
    """Tell the manager how it went."""
    done = phrase("done {done_at}", done_at=when(row.done_at)) if row.done_at else phrase("not done yet")
    text = phrase("Small Win Sprint of {row}: {done}.", row=mention(row.user_id), done=done)
    lines = [
        phrase("Tools and access: {said}", said=SAID[row.had_tools]),
        phrase("Instructions clear: {said}", said=SAID[row.clear]),
    ]
    lines += [phrase("On the checklist now: {one}", one=one_line(one.text, 300)) for one in found]
    return text, [section("\n".join([text, _task(row), *(f"• {one}" for one in lines)]))]


def suggest(user_id: str) -> Drawn:
    """Remind a manager that a small win would do good."""
    text = phrase(
        "{user_id} has had no Small Win Sprint yet: a task of their own, finished within two days, "
        "shows what is missing before it matters.",
        user_id=mention(user_id),
    )
    return text, [section(text), actions(button(phrase("Give a small win"), OPEN, user_id, "primary"))]


def page(row: Sprint, note: str = "") -> View:
    """Show the latest sprint to somebody who may read it."""
    state = (
        phrase("Done {done_at}", done_at=when(row.done_at))
        if row.done_at
        else phrase("Due {due_at}", due_at=when(row.due_at))
    )
    lines = [
        _task(row),
        state,
        phrase("Tools and access: {said}", said=SAID[row.had_tools]),
        phrase("Instructions clear: {said}", said=SAID[row.clear]),
    ]
    return modal(phrase("Small Win Sprint"), [section("\n".join(lines))], close=phrase("Close"), memo=note)
