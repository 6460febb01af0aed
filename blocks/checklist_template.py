"""The editor of checklist templates: one for each role, its items by phase, and their dates for an example."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    clean,
    context,
    day_name,
    divider,
    menu,
    modal,
    one_line,
    option,
    section,
)
from playbook.checklist import OWNERS, ChecklistBook, Thing
from playbook.tongue import numbered, phrase

OPEN = "checklist.design_open"
CHOOSE = "checklist.design"
PHASE = "checklist.design_phase"
ROW = "checklist.design_row"
ADD = "checklist.design_add"
NEW = "checklist.design_new"
RENAME = "checklist.design_rename"
REMOVE = "checklist.design_remove"
RESET = "checklist.design_reset"
PREVIEW = "checklist.design_preview"
DAY = "checklist.design_day"
BACK = "checklist.design_back"
ITEM_FORM = "checklist.design_item_form"
NAME_FORM = "checklist.design_name_form"
GONE_FORM = "checklist.design_gone_form"

STANDARD = "-"
PROOF, ALSO = "proof", "also"
GROUP = 12
OPTION = 75
OWNER_NAMES = {
    "contractor": phrase("Contractor"),
    "manager": phrase("Manager"),
    "operations": phrase("Operations"),
    "buddy": phrase("Buddy"),
}


@dataclass(frozen=True)
class Design:
    """A template in front of somebody; `name` "" is everybody's, `people` are on the path with it now."""

    name: str
    names: Sequence[str]
    items: Sequence[Thing]
    phase: str
    own: bool
    people: int = 0
    lead: str = ""


def offer() -> tuple[str, list[Block]]:
    """Offer the editor where no form can open by itself."""
    text = phrase("Checklists are edited in a form: press Edit checklists.")
    return text, [section(text), actions(button(phrase("Edit checklists"), OPEN, style="primary"))]


def called(name: str, book: ChecklistBook) -> str:
    """Name a template as people read it."""
    return name or book.standard_name


def editor(shown: Design, book: ChecklistBook, memo: str) -> View:
    """Draw a template, one phase at a time."""
    here = [thing for thing in shown.items if thing.phase == shown.phase]
    people = numbered("{n} person", "{n} people", shown.people)
    about = phrase(
        "*{shown}*: {item}, {people} on it now",
        shown=one_line(called(shown.name, book)),
        item=numbered("{n} item", "{n} items", len(shown.items)),
        people=people,
    )
    source = "" if shown.own else phrase("\nAs the playbook has it. The first change makes it your own.")
    blocks = [
        *([section(shown.lead)] if shown.lead else []),
        section(about + source),
        actions(_names(shown, book), _phases(shown, book)),
        actions(
            button(phrase("Add an item"), ADD, style="primary"),
            button(phrase("Preview dates"), PREVIEW),
            button(phrase("New for a role"), NEW),
            *_own(shown),
        ),
        divider(),
        *(_row(thing) for thing in here),
        *([] if here else [section(phrase("Nothing is in this phase. Add an item, or choose another phase."))]),
        context(
            phrase("Changes count for everybody who is put on the path from now on. For who is on it, you are asked.")
        ),
    ]
    return modal(phrase("Checklist templates"), blocks, close=phrase("Close"), memo=memo)


def _own(shown: Design) -> list[Block]:
    if shown.name:
        text = phrase(
            "{person_has} it. They keep their items, and follow the standard.",
            person_has=numbered("{n} person has", "{n} people have", shown.people),
        )
        gone = asking_first(
            button(phrase("Remove"), REMOVE), phrase("Remove this template?"), text, phrase("Remove it")
        )
        return [button(phrase("Rename"), RENAME), gone]
    if not shown.own:
        return []
    text = phrase("Your own standard goes, and the playbook's counts. Nobody's items change by that.")
    return [
        asking_first(
            button(phrase("Back to the playbook"), RESET), phrase("Back to the playbook?"), text, phrase("Go back")
        )
    ]


def _names(shown: Design, book: ChecklistBook) -> Block:
    pairs = [(book.standard_name, STANDARD), *((name, name) for name in shown.names)]
    return _select(CHOOSE, pairs, shown.name or STANDARD)


def _phases(shown: Design, book: ChecklistBook) -> Block:
    counts = {phase.key: sum(thing.phase == phase.key for thing in shown.items) for phase in book.phases}
    pairs = [(f"{clean(phase.name, OPTION - 6)} · {counts[phase.key]}", phase.key) for phase in book.phases]
    return _select(PHASE, pairs, shown.phase)


def _select(action_id: str, pairs: Sequence[tuple[str, str]], value: str) -> Block:
    drawn = [option(*pair).to_dict() for pair in pairs[:100]]
    chosen = next((one for one in drawn if one["value"] == value), drawn[0])
    return {"type": "static_select", "action_id": action_id, "options": drawn, "initial_option": chosen}


def _row(thing: Thing) -> Block:
    proof = phrase(" · asks for a proof") if thing.needs_proof else ""
    itself = phrase(" · ticks itself") if thing.auto else ""
    said = f"*{one_line(thing.text, 300)}*\n{thing.owner} · {day_words(thing.day)}{proof}{itself}"
    return section(said, menu(ROW, [(phrase("Edit"), f"edit:{thing.key}"), (phrase("Remove"), f"remove:{thing.key}")]))


def day_words(day: int) -> str:
    """Name a day of the path."""
    return phrase("day {day}", day=day) if day >= 0 else phrase("day −{it}", it=-day)


@dataclass(frozen=True)
class Filled:
    """What stands in the form for an item."""

    text: str = ""
    reason: str = ""
    owner: str = "manager"
    day: str = "1"
    needs_proof: bool = False


def item_form(filled: Filled, phase: str, book: ChecklistBook, memo: str, *, known: bool, people: int) -> View:
    """Ask for everything about an item; `people` are on the path with the template now."""
    limits = book.limits
    phases = [(clean(one.name, OPTION), one.key) for one in book.phases]
    choices = [(phrase("It is about security: ask for a proof"), PROOF)]
    blocks = [
        fields.text("text", phrase("What is to be done"), filled.text, most=limits.text,
                    example=phrase("Access to the brand library is open")),
        fields.text("reason", phrase("Why"), filled.reason, most=limits.reason, optional=True,
                    hint=phrase("Shown when somebody asks.")),
        fields.choice("owner", phrase("Who does it"), [(OWNER_NAMES[one], one) for one in OWNERS], filled.owner),
        fields.text("day", phrase("On which working day"), filled.day, most=4,
                    hint=phrase("The contractor's own: 1 is the first, 0 the one before, -5 five before that.")),
        fields.choice("phase", phrase("Phase"), phases, phase),
        fields.ticks("more", phrase("More"), [*choices, *_also(people)], [PROOF] if filled.needs_proof else []),
    ]  # fmt: skip
    return modal(
        phrase("Edit an item") if known else phrase("Add an item"),
        [_back(), *blocks],
        ITEM_FORM,
        phrase("Save"),
        memo=memo,
    )


def _also(people: int) -> list[tuple[str, str]]:
    who = numbered("{n} person who is", "{n} people who are", people)
    return [(phrase("Also bring it to {who} on it now, where it is still open", who=who), ALSO)] if people else []


def _back() -> Block:
    return actions(button(phrase("Back to the template"), BACK))


def name_form(memo: str, book: ChecklistBook, copied: str, name: str = "") -> View:
    """Ask for the name of a template: a new one, or another name for one that is there."""
    lead = (
        phrase("Rename {name}.", name=one_line(name))
        if name
        else phrase("It begins as a copy of {copied}; then change what differs.", copied=one_line(copied))
    )
    field = fields.text("name", phrase("For which role"), name, most=book.limits.name, example=phrase("Designer"))
    title = phrase("Rename template") if name else phrase("New template")
    return modal(title, [section(lead), _back(), field], NAME_FORM, phrase("Save"), memo=memo)


def gone_form(thing: Thing, memo: str, people: int) -> View:
    """Ask before an item is taken out of a template."""
    lead = phrase("Take this out of the template?\n*{thing}*", thing=one_line(thing.text, 300))
    also = [fields.ticks("more", phrase("More"), _also_gone(people))] if people else []
    return modal(phrase("Remove an item"), [section(lead), _back(), *also], GONE_FORM, phrase("Remove"), memo=memo)


def _also_gone(people: int) -> list[tuple[str, str]]:
    return [
        (
            phrase(
                "Also take it from {person} on it now, where still open",
                person=numbered("{n} person", "{n} people", people),
            ),
            ALSO,
        )
    ]


def preview(
    name: str, phases: Mapping[str, Sequence[tuple[Thing, date]]], start: date, book: ChecklistBook, memo: str
) -> View:
    """Show the dates of a template for an example start."""
    picker = {"type": "datepicker", "action_id": DAY, "initial_date": start.isoformat()}
    blocks = [
        section(
            phrase(
                "*{name}* for somebody who starts on {start}, in the usual week",
                name=one_line(called(name, book)),
                start=day_name(start),
            )
        ),
        actions(picker, button(phrase("Back to the template"), BACK)),
    ]
    for phase, things in phases.items():
        lines = [f"{day_name(day)} · {thing.owner} · {one_line(thing.text, 160)}" for thing, day in things]
        groups = [lines[at : at + GROUP] for at in range(0, len(lines), GROUP)]
        blocks.append(section(f"*{one_line(book.phase_name(phase))}*\n" + "\n".join(groups[0])))
        blocks += [section("\n".join(group)) for group in groups[1:]]
    return modal(phrase("Preview dates"), blocks, close=phrase("Close"), memo=memo)
