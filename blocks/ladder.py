"""What people see of the ladder: where somebody stands, what shows it, what comes next, and the forms around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    context,
    divider,
    esc,
    mention,
    modal,
    one_line,
    progress,
    quoted,
    section,
    when,
)
from blocks.ladder_include import INCLUDE
from playbook.ladder import Evidence, LadderBook, Sign, Standing, Suggestion
from playbook.tongue import phrase, size
from storage.growth_tables import Stage, StageEvidence

OPEN = "ladder.open"
MOVE = "ladder.move"
MOVED = "ladder.moved"
NOTE = "ladder.note"
NOTED = "ladder.noted"

Drawn = tuple[str, list[Block]]
TITLE = phrase("Towards the inner circle")
DATE = "{date_short}"
CELLS = 2
MOST_NAMED = 12
LONGEST_TEXT = 2800
SIGN = ":"


@dataclass(frozen=True)
class Ladder:
    """Everything that one contractor's page shows."""

    user_id: str
    stand: Standing
    stage: Stage | None
    notes: Mapping[str, StageEvidence]
    suggestions: Sequence[Suggestion] = ()


def evidence_record(user_id: str, key: str) -> str:
    """Name what is noted of somebody."""
    return f"{user_id}{SIGN}{key}"


def page(one: Ladder, book: LadderBook, note: str, *, own: bool) -> View:
    """Show where somebody stands to the two who see it."""
    blocks = [*_where(one, book, own=own), divider(), *_shows(one), divider(), *_ahead(one, own=own)]
    if not own:
        blocks += _leading(one)
    hint = phrase("Only the two of you see this. It tells how you work together, and it is no grade.")
    return modal(TITLE, [*blocks, context(hint)], close=phrase("Close"), memo=note)


OWN_LEAD = phrase("You are here: *{step}*, step {at} of {whole}.")
THEIR_LEAD = phrase("{who} is here: *{step}*, step {at} of {whole}.")


def _where(one: Ladder, book: LadderBook, *, own: bool) -> list[Block]:
    whole, at = len(book.stages), one.stand.at + 1
    lead = (OWN_LEAD if own else THEIR_LEAD).format(
        who=mention(one.user_id), step=esc(one.stand.step.name), at=at, whole=whole
    )
    since = phrase("\nSince {stage}", stage=when(one.stage.at, DATE)) if one.stage else ""
    words = [section(quoted(one.stage.words, 500))] if one.stage and one.stage.words else []
    bar = progress(at, whole, CELLS * whole)
    names = " › ".join(esc(step.name) for step in book.stages)
    return [section(f"{bar}\n{lead} {esc(one.stand.step.means)}{since}"), *words, context(names)]


def _shows(one: Ladder) -> list[Block]:
    signs = [_sign(sign, one.notes.get(sign.evidence.key)) for sign in one.stand.here]
    more = {key: row for key, row in one.notes.items() if key not in {sign.evidence.key for sign in one.stand.here}}
    ahead = {sign.evidence.key for sign in one.stand.ahead}
    later = [f"✓ {_noted(row)}" for key, row in more.items() if key not in ahead and (row.words or row.link)]
    lines = [*signs, *later][:MOST_NAMED]
    return _sections(
        [phrase("*What shows it*"), *(lines or [phrase("Nothing has to show this step: everybody begins here.")])]
    )


def _sections(lines: Sequence[str]) -> list[Block]:
    """Put lines into as few sections as hold them."""
    texts = [""]
    for line in lines:
        if texts[-1] and size(texts[-1]) + size(line) > LONGEST_TEXT:
            texts.append("")
        texts[-1] += f"\n{line}" if texts[-1] else line
    return [section(text) for text in texts]


def _sign(sign: Sign, row: StageEvidence | None) -> str:
    mark = "✓" if sign.shown else "○"
    count = (
        phrase(" ({have} of {least})", have=sign.have, least=sign.evidence.least)
        if not sign.shown and sign.evidence.least > 1
        else ""
    )
    said = f": {_noted(row)}" if row and (row.words or row.link) else ""
    return f"{mark} {esc(sign.evidence.text)}{count}{said}"


def _noted(row: StageEvidence) -> str:
    words = one_line(row.words, 120)
    link = f"<{esc(row.link)}|{words or phrase('link')}>" if row.link else words
    return f"{link} ({mention(row.by)}, {when(row.at, DATE)})"


def _ahead(one: Ladder, *, own: bool) -> list[Block]:
    following = one.stand.next
    if following is None:
        text = phrase("This is the last step. What is left is to keep the door open for the next one.")
        return [section(text)]
    there = [sign for sign in one.stand.ahead if sign.shown]
    still = [sign for sign in one.stand.ahead if not sign.shown]
    lines = [phrase("*The next step: {following}*", following=esc(following.name)), esc(following.means)]
    lines += [f"_{esc(following.ahead)}_"] if own and following.ahead else []
    lines += (
        [phrase("*There already*"), *(_sign(sign, one.notes.get(sign.evidence.key)) for sign in there)] if there else []
    )
    offered = {each.evidence for each in one.suggestions} if not own else set()
    rows = [sign for sign in still if not sign.evidence.fact and sign.evidence.key not in offered]
    lines += [phrase("*Still to come*")] if still else []
    lines += [_sign(sign, None) for sign in still if sign not in rows]
    ready = phrase("All that shows the next step is there. Your manager takes it from here.") if own else READY
    buttons = [_to_note(one.user_id, sign) for sign in rows]
    return [*_sections(lines), *buttons, *([section(ready)] if one.stand.ready else [])]


READY = phrase("All that shows the next step is there. Is it time? You decide, the bot never does.")


def _to_note(user_id: str, sign: Sign) -> Block:
    record, spoken = (
        evidence_record(user_id, sign.evidence.key),
        phrase("Note it: {evidence}", evidence=sign.evidence.text),
    )
    return section(_sign(sign, None), button(phrase("Note it"), NOTE, record, spoken=spoken[:75]))


def _leading(one: Ladder) -> list[Block]:
    rows = [_suggestion(one.user_id, suggestion) for suggestion in one.suggestions]
    ready = "primary" if one.stand.ready else None
    controls = [
        button(phrase("Change the step"), MOVE, one.user_id, ready),
        button(phrase("Invite into a discussion"), INCLUDE, one.user_id),
    ]
    head = [section(phrase("*What you can do*"))] if rows else []
    return [divider(), *head, *rows, actions(*controls)]


def _suggestion(user_id: str, one: Suggestion) -> Block:
    if one.act == "invite":
        return section(esc(one.text), button(phrase("Choose"), INCLUDE, user_id, spoken=phrase("Choose a discussion")))
    return section(
        esc(one.text), button(phrase("Note it"), NOTE, evidence_record(user_id, one.evidence), spoken=phrase("Note it"))
    )


def move(one: Ladder, book: LadderBook, note: str) -> View:
    """Ask on which step somebody is, and for the words that they read."""
    steps = [(step.name, step.key) for step in book.stages]
    blocks = [
        section(
            phrase(
                "{one} is told at once, in your words. Going back is a correction and no verdict.",
                one=mention(one.user_id),
            )
        ),
        fields.radio("stage", phrase("Step"), steps, (one.stand.next or one.stand.step).key),
        fields.text("words", phrase("What they read from you"), most=book.most_words, lines=True),
    ]
    return modal(phrase("Change the step"), blocks, MOVED, phrase("Tell them"), memo=note)


UP = phrase("{who} has moved you one step further in: you are *{step}* now. {means}")
CORRECTED = phrase(
    "{who} has corrected your step on the ladder to *{step}*. It describes how you work together "
    "now and takes nothing back of what you did. Talk about it in your next 1:1."
)


def moved(row: Stage, stand: Standing, *, up: bool) -> Drawn:
    """Tell a contractor that they were moved."""
    said = UP if up else CORRECTED
    text = said.format(who=mention(row.by), step=esc(stand.step.name), means=esc(stand.step.means))
    return text.replace("*", ""), [
        section(text),
        section(quoted(row.words, 500)),
        actions(button(phrase("See the ladder"), OPEN, "", "primary")),
    ]


def note(evidence: Evidence, row: StageEvidence | None, book: LadderBook, memo: str) -> View:
    """Ask for words about what only people can tell."""
    gone = (
        [fields.ticks("gone", phrase("Is it not so after all?"), ((phrase("Take this note back"), "gone"),))]
        if row
        else []
    )
    blocks = [
        section(phrase("*{evidence}*\nBoth of you read this on the ladder.", evidence=esc(evidence.text))),
        fields.text("words", phrase("What happened"), row.words if row else "", most=book.most_words, lines=True),
        fields.link("link", phrase("Link"), row.link if row else "", hint=phrase("Begins with https://")),
        *gone,
    ]
    return modal(phrase("Note what shows it"), blocks, NOTED, phrase("Keep it"), memo=memo)


def noted(user_id: str, by: str, evidence: Evidence, words: str) -> Drawn:
    """Tell the other one of the two what was noted."""
    said = evidence.text
    if user_id == by:
        text = phrase("{by} noted on the ladder: {said}.", by=mention(by), said=esc(said))
    else:
        text = phrase(
            "{by} noted on your ladder: {said}. It counts towards your next step.", by=mention(by), said=esc(said)
        )
    return text, [section(text), section(quoted(words, 500)), actions(button(phrase("See the ladder"), OPEN, user_id))]


SUGGEST = {
    True: phrase(
        "All that shows the next step on the ladder is there for one of your contractors. Whether it "
        "is time is yours to say."
    ),
    False: phrase(
        "All that shows the next step on the ladder is there for some of your contractors. Whether "
        "it is time is yours to say."
    ),
}


def suggest(ready: Sequence[tuple[str, str]]) -> Drawn:
    """Name to a manager who has everything for the next step: pairs of (contractor, name of that step)."""
    text = SUGGEST[len(ready) == 1]
    rows = [
        section(
            f"{mention(who)}: *{esc(step)}*",
            button(phrase("Open the ladder"), OPEN, who, spoken=phrase("Open the ladder")),
        )
        for who, step in ready[:MOST_NAMED]
    ]
    more = (
        [context(phrase("There are more; `/contractor ladder @person` shows each."))] if len(ready) > MOST_NAMED else []
    )
    return text, [section(text), *rows, *more]


def looked_at() -> Drawn:
    """Leave a line where a manager was told who is ready."""
    text = phrase("Thank you: each of them has been looked at.")
    return text, [section(text)]
