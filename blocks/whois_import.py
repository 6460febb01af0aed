"""What people see of a CSV file of the lexicon or Who's Who: what belongs into it, the preview, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blocks.kit import Block, actions, button, clean, context, esc, plural, section, table
from playbook.tongue import numbered, phrase
from playbook.whois_csv import EXAMPLES, TERMS, TOPICS

EXPLAIN = "whois.explain_import"
CONFIRM = "whois.take_in"
CANCEL = "whois.leave_out"
MOST_SHOWN = 20
LONGEST = 2_800
HEAD: Mapping[str, Sequence[str]] = {
    TERMS: (phrase("Line"), phrase("What"), phrase("Term"), phrase("Will mean"), phrase("Means now")),
    TOPICS: (phrase("Line"), phrase("What"), phrase("Topic"), phrase("Will be asked"), phrase("Asked now")),
}
ONE: Mapping[str, str] = {TERMS: "term", TOPICS: "line"}
LIST: Mapping[str, str] = {TERMS: phrase("the lexicon"), TOPICS: phrase("Who's Who")}
Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Line:
    """One row of the file as it is shown: what would be done (new, change, same, problem), and the words for it."""

    number: int
    kind: str
    words: str
    said: str = ""
    before: str = ""
    problem: str = ""


def explained(most: int) -> Drawn:
    """Explain what belongs into the files, with lines to copy."""
    text = phrase("To fill the lexicon or Who's Who at once, drop a CSV file in our direct message. I show it first.")
    blocks = [
        section(text),
        section(phrase("*The lexicon*: `term` and `meaning`\n```{examples}```", examples=EXAMPLES[TERMS])),
        section(
            phrase(
                "*Who's Who*: `topic` and `person` (an e-mail address, @handle or full name), and `note` if "
                "you like\n```{examples}```",
                examples=EXAMPLES[TOPICS],
            )
        ),
        context(
            phrase(
                "Columns in any order, between commas, semicolons or tabs; at most {most} rows and 1 MB. "
                "What is there already is changed, and nothing is ever removed.",
                most=most,
            )
        ),
    ]
    return text, blocks


def preview(kind: str, name: str, lines: Sequence[Line], token: str) -> Drawn:
    """Sum up what would be done, name every problem, and ask."""
    new, change, same, problems = (
        [line for line in lines if line.kind == each] for each in ("new", "change", "same", "problem")
    )
    text = phrase(
        "{name} for {list}: {new} new, {change} to change, {same} as they are.",
        name=esc(name, 100),
        list=LIST[kind],
        new=len(new),
        change=len(change),
        same=len(same),
    )
    if problems:
        text += phrase(" {row} cannot be taken.", row=numbered("{n} row", "{n} rows", len(problems)))
    shown = [section(phrase("*{text}*\nNothing is written yet.", text=text)), *_problems(problems)]
    doing = [line for line in lines if line.kind in {"new", "change"}]
    if doing:
        rows = [
            (str(one.number), one.kind, clean(one.words, 80), clean(one.said, 120), clean(one.before, 120))
            for one in doing[:MOST_SHOWN]
        ]
        shown.append(table(HEAD[kind], rows, numbers=(0,)))
    if len(doing) > MOST_SHOWN:
        shown.append(context(phrase("…and {doing} more rows like these", doing=len(doing) - MOST_SHOWN)))
    return text, [*shown, actions(*_doors(kind, len(doing), token))]


def _doors(kind: str, count: int, token: str) -> list[Block]:
    cancel = button(phrase("Cancel"), CANCEL, token)
    if not count:
        return [cancel]
    return [button(phrase("Write {plural}", plural=plural(count, ONE[kind])), CONFIRM, token, style="primary"), cancel]


def _problems(problems: Sequence[Line]) -> list[Block]:
    if not problems:
        return []
    said: list[str] = []
    for line in problems[:MOST_SHOWN]:
        words = phrase(
            "• Line {number} ({line}): {problem}",
            number=line.number,
            line=esc(line.words, 60) or "–",
            problem=esc(line.problem, 300),
        )
        if sum(map(len, said)) + len(words) > LONGEST:
            break
        said.append(words)
    more = len(problems) - len(said)
    said += [phrase("…and {more} more rows", more=more)] if more else []
    return [
        section("\n".join(said)),
        context(phrase("Mend these rows in the file and drop it again, or go on without them.")),
    ]


def done(kind: str, new: int, changed: int, told: int) -> Drawn:
    """Say what came of the file."""
    text = phrase(
        "Done: {new} new and {changed} changed in {list}. `/whois list` shows it.",
        new=new,
        changed=changed,
        list=LIST[kind],
    )
    text += (
        phrase(" {person} who asked for a meaning hear it now.", person=numbered("{n} person", "{n} people", told))
        if told
        else ""
    )
    return text, [section(text)]


def cancelled() -> Drawn:
    """Say that nothing came of the file."""
    text = phrase("Cancelled. Nothing was written; drop the file again whenever you like.")
    return text, [section(text)]


def over() -> Drawn:
    """Say that there is nothing left to do."""
    text = phrase("This was answered already, or lay here for more than a day. Nothing was done now.")
    return text, [section(text)]
