"""What those see who write the packet: its parts, the forms for texts, and the Toolbox with its form."""

from collections.abc import Mapping, Sequence

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    context,
    esc,
    mention,
    modal,
    one_line,
    section,
)
from blocks.packet import MENU
from blocks.packet_page import count, rules
from blocks.whois_edit import TERMS, TOPICS, within
from playbook.packet import AUDIENCE, GOALS, LEXICON, MAP, MISSION, NORTH_STAR, OWN_RULES, RULES, TOOLBOX, PacketBook
from playbook.tongue import numbered, phrase
from storage.packet import Contents
from storage.path_tables import Tool

PART = "packet.part"
TOOLS = "packet.tools"
TOOLS_BACK = "packet.tools_back"
TOOLS_NEXT = "packet.tools_next"
TOOL = "packet.tool"
TOOL_NEW = "packet.tool_new"
TOOL_REMOVE = "packet.tool_remove"
TOOL_PREVIEW = "packet.tool_preview"
TOOL_FORM = "packet.tool_form"
SUGGEST = "packet.suggest"
PREVIEW = "packet.preview"
TEXT_FORM = "packet.text_form"

GOALS_PART = "goals"
TITLE = phrase("Welcome packet")
MOST_SHOWN = 20
CRITICAL = "critical"
LISTS = {MAP: TOPICS, TOOLBOX: TOOLS, LEXICON: TERMS}


def menu(contents: Contents, book: PacketBook, memo: str, done: str = "") -> View:
    """Show the five parts with what each holds, and the goals where it is about one contractor."""
    rows = [_part(contents, book, page.key, page.title) for page in book.pages]
    goals = _goals(contents) if contents.user_id else []
    whose = phrase("What you write here is in the packet of every contractor. {contents}", contents=_how(contents))
    return modal(
        TITLE, [*([section(done)] if done else []), *goals, *rows, context(whose)], close=phrase("Close"), memo=memo
    )


def _part(contents: Contents, book: PacketBook, key: str, title: str) -> Block:
    action = LISTS.get(key)
    control = (
        button(phrase("Edit"), action, "0", spoken=phrase("Edit {title}", title=title)) if action else _edit(key, title)
    )
    return section(f"*{esc(title)}*\n{count(contents, key, book)}", control)


def _edit(key: str, title: str) -> Block:
    return button(phrase("Edit"), PART, key, spoken=phrase("Edit {title}", title=title))


def _how(contents: Contents) -> str:
    return "" if contents.user_id else phrase("The goals of one person: `/contractor packet @person`.")


def _goals(contents: Contents) -> list[Block]:
    written = sum(bool(contents.texts.get(name)) for name in GOALS)
    words = phrase(
        "*The goals of* {contents}\n{written} of {goals} written",
        contents=mention(contents.user_id),
        written=written,
        goals=len(GOALS),
    )
    return [section(words, _edit(GOALS_PART, phrase("their goals")))]


def names(part: str, book: PacketBook) -> tuple[str, ...]:
    """Name the texts of a part."""
    rules_of = tuple(rules(Contents(), book))
    return {NORTH_STAR: (MISSION, AUDIENCE), RULES: (*rules_of, OWN_RULES), GOALS_PART: GOALS}.get(part, ())


def texts_of(part: str, contents: Contents, book: PacketBook) -> dict[str, str]:
    """Give the texts of a part as they stand; a rule that nobody changed as it is in the playbook."""
    there = dict(rules(contents, book)) | dict(contents.texts)
    return {name: there.get(name, "") for name in names(part, book)}


def text_form(part: str, values: Mapping[str, str], book: PacketBook, note: Sequence[str], memo: str) -> View:
    """Ask for the texts of a part."""
    most = book.limits.goal if part == GOALS_PART else book.limits.text
    labels = _labels(book)
    blocks = [
        *(section(one) for one in note),
        *(
            fields.text(name, labels[name][0], value, most=most, lines=True, optional=True, hint=labels[name][1])
            for name, value in values.items()
        ),
        actions(
            button(phrase("Preview"), PREVIEW, part),
            _leaving(button(phrase("All parts"), MENU, spoken=phrase("Back to all parts"))),
        ),
    ]
    title = {NORTH_STAR: phrase("The North Star"), RULES: phrase("Rules of the House")}.get(part, phrase("Three goals"))
    return modal(title, blocks, TEXT_FORM, submit=phrase("Save"), memo=memo)


def _leaving(control: Block) -> Block:
    return asking_first(
        control,
        phrase("Leave without saving?"),
        phrase("What you typed here is not kept."),
        phrase("Leave"),
        phrase("Stay"),
    )


def _labels(book: PacketBook) -> Mapping[str, tuple[str, str]]:
    own = {
        MISSION: (phrase("Our mission this year"), phrase("What the company wants to reach, in a sentence or two")),
        AUDIENCE: (phrase("Whom we serve"), phrase("Who the people are that the work is for")),
        OWN_RULES: (phrase("More rules"), phrase("Whatever else holds here, one to a line")),
    }
    goals = {
        name: (phrase("Goal {place}", place=place), phrase("As it was agreed with them"))
        for place, name in enumerate(GOALS, 1)
    }
    return (
        own
        | goals
        | {f"rule_{rule.key}": (rule.title, phrase("Leave it empty to leave it out")) for rule in book.rules}
    )


def tools(rows: Sequence[Tool], page: int, memo: str) -> View:
    """List the Toolbox with what can be changed."""
    page = within(page, len(rows))
    shown = rows[page * MOST_SHOWN : (page + 1) * MOST_SHOWN]
    drawn = [section(_tool(one), _edit_tool(one)) for one in shown]
    empty = [section(phrase("No tool is listed yet. Start with four usual kinds and rename them, or add your own."))]
    turns = [
        *([button(phrase("Back"), TOOLS_BACK, str(page - 1))] if page else []),
        *([button(phrase("Next"), TOOLS_NEXT, str(page + 1))] if (page + 1) * MOST_SHOWN < len(rows) else []),
    ]
    add = button(phrase("Add a tool"), TOOL_NEW, style="primary")
    start = [] if rows else [button(phrase("Start with these"), SUGGEST)]
    menu_back = button(phrase("All parts"), MENU, spoken=phrase("Back to all parts of the packet"))
    where = phrase(
        "{tool} · page {page} of {max}",
        tool=numbered("{n} tool", "{n} tools", len(rows)),
        page=page + 1,
        max=max(1, -(-len(rows) // MOST_SHOWN)),
    )
    blocks = [context(where), *(drawn or empty), actions(*turns, add, *start, menu_back)]
    return modal(phrase("Toolbox"), blocks, close=phrase("Close"), memo=memo)


def _tool(tool: Tool) -> str:
    factor = phrase(" · needs 2FA") if tool.critical else ""
    return f"*{one_line(tool.name, 80)}* · {one_line(tool.purpose, 80)}{factor}\n{one_line(tool.how, 300)}"


def _edit_tool(tool: Tool) -> Block:
    return button(phrase("Edit"), TOOL, tool.id, spoken=phrase("Edit {tool}", tool=tool.name)[:75])


def tool_form(tool: Tool | None, note: Sequence[str], memo: str, tool_id: str = "") -> View:
    """Ask about a tool; `tool_id` is its own when it is there already."""
    shown = tool or Tool(team_id="", name="", purpose="", how="")
    ticked = [CRITICAL] if shown.critical else []
    remove = button(phrase("Remove"), TOOL_REMOVE, tool_id, style="danger")
    asking = asking_first(
        remove,
        phrase("Remove this tool?"),
        phrase("It disappears from every packet, with who had access to it."),
        phrase("Remove"),
    )
    blocks = [
        *(section(one) for one in note),
        fields.text("name", phrase("Name"), shown.name, most=80, example="1Password"),
        fields.text("purpose", phrase("What it is for"), shown.purpose, most=80, example=phrase("Passwords")),
        fields.text(
            "how",
            phrase("How access comes"),
            shown.how,
            most=300,
            lines=True,
            example=phrase("An invitation by e-mail"),
        ),
        fields.link("link", phrase("Link"), shown.link, hint=phrase("Where it opens, starting with https://")),
        fields.ticks("security", phrase("Security"), [(phrase("Critical: needs 2FA"), CRITICAL)], ticked),
        actions(
            button(phrase("Preview"), TOOL_PREVIEW),
            _leaving(button(phrase("All tools"), TOOLS, "0")),
            *([asking] if tool_id else []),
        ),
    ]
    return modal(
        phrase("Edit tool") if tool_id else phrase("Add a tool"), blocks, TOOL_FORM, submit=phrase("Save"), memo=memo
    )
