"""The five pages of the welcome packet as a contractor reads them; a long one in several parts."""

from collections.abc import Callable, Iterable, Mapping

from blocks.kit import Block, channel, esc, mention, one_line, section
from blocks.purpose import lines as belongs
from playbook.packet import (
    AUDIENCE,
    GOALS,
    LEXICON,
    MAP,
    MISSION,
    NORTH_STAR,
    OWN_RULES,
    RULES,
    TOOLBOX,
    PacketBook,
    rule_name,
)
from playbook.tongue import numbered, phrase
from storage.packet import Contents
from storage.path_tables import Term, Tool, Topic
from storage.trust_tables import ChannelPurpose

MOST_LINES = 30
MOST_IN_A_PART = 9000
MOST_IN_A_SECTION = 2900
SLICE = 550

Lines = list[str]


def parts(page: str, contents: Contents, book: PacketBook) -> list[list[Block]]:
    """Draw a page: the blocks of each part of it, at least one."""
    lines = PAGES[page](contents, book)
    return [[section(text) for text in _texts(part)] for part in _cut(lines)]


def _cut(lines: Lines) -> list[Lines]:
    """Cut a page where it is too long to be read at once."""
    found: list[Lines] = [[]]
    for line in lines:
        held = found[-1]
        if held and (len(held) >= MOST_LINES or sum(map(len, held)) + len(line) > MOST_IN_A_PART):
            found.append([])
        found[-1].append(line)
    return found


def _texts(lines: Lines) -> Lines:
    """Put lines together as long as one section holds them; an empty line begins a new one."""
    found: Lines = [""]
    for line in lines:
        if found[-1] and (not line or len(found[-1]) + len(line) >= MOST_IN_A_SECTION):
            found.append("")
        found[-1] = f"{found[-1]}\n{line}" if found[-1] else line
    return [text for text in found if text] or ["–"]


def paragraphs(text: str) -> Lines:
    """Make somebody's lines safe to show, none longer than a section holds."""
    return [piece for line in text.splitlines() if line.strip() for piece in _pieces(line)]


def _pieces(line: str) -> Iterable[str]:
    if len(esc(line)) <= MOST_IN_A_SECTION:
        return [esc(line)]
    return [esc(line[at : at + SLICE]) for at in range(0, len(line), SLICE)]


def whom(contents: Contents) -> str:
    """Say whom to ask about what is not there yet."""
    manager = contents.people.get("manager")
    return (
        phrase("{manager} can tell you meanwhile.", manager=mention(manager))
        if manager
        else phrase("Your manager can tell you meanwhile.")
    )


def _north_star(contents: Contents, _: PacketBook) -> Lines:
    goals = [f"{place}. {line}" for place, line in enumerate(_goals(contents), 1)]
    why = paragraphs(contents.bottleneck)
    missing = phrase("Your goals are still to be written down. {contents}", contents=whom(contents))
    return [
        phrase("*Our mission this year*"),
        *_said(contents, MISSION),
        "",
        phrase("*Whom we serve*"),
        *_said(contents, AUDIENCE),
        "",
        *([phrase("*What you are here to solve*"), *why, ""] if why else []),
        phrase("*Your three goals*"),
        *(goals or [missing]),
    ]


def _goals(contents: Contents) -> Lines:
    goals = (contents.texts.get(name, "").strip() for name in GOALS)
    return [one_line(goal, 300) for goal in goals if goal]


def _said(contents: Contents, name: str) -> Lines:
    return paragraphs(contents.texts.get(name, "")) or [
        phrase("This is still being written. {contents}", contents=whom(contents))
    ]


def _map(contents: Contents, book: PacketBook) -> Lines:
    roles = [_role(contents, one.role, one.title, one.ask) for one in book.map]
    rest = (
        ["", phrase("*Who's Who*"), *(topic_line(one, contents.left) for one in contents.topics)]
        if contents.topics
        else []
    )
    return [phrase("*Your people*"), *roles, *rest]


def _role(contents: Contents, role: str, title: str, ask: str) -> str:
    who = contents.people.get(role)
    if who:
        return phrase("• *{title}*: {who} for {ask}", title=esc(title), who=mention(who), ask=esc(ask))
    if not contents.user_id:
        return phrase("• *{title}*: whoever was chosen for the contractor, for {ask}", title=esc(title), ask=esc(ask))
    return (
        phrase("• *{title}*: nobody yet. {contents}", title=esc(title), contents=whom(contents))
        if role != "manager"
        else phrase("• *{title}*: nobody yet", title=esc(title))
    )


def topic_line(topic: Topic, left: frozenset[str] = frozenset()) -> str:
    """Say whom to ask about something."""
    note = f" · {one_line(topic.note, 200)}" if topic.note else ""
    gone = phrase(" (has left; ask your manager who does it now)") if topic.user_id in left else ""
    return f"• *{one_line(topic.topic, 80)}*: {mention(topic.user_id)}{gone}{note}"


def _toolbox(contents: Contents, _: PacketBook) -> Lines:
    if not contents.tools:
        return [phrase("The list of tools is still being written. {contents}", contents=whom(contents))]
    grouped: dict[str, list[Tool]] = {}
    for tool in contents.tools:
        grouped.setdefault(" ".join(tool.purpose.split()), []).append(tool)
    lines: Lines = []
    for purpose, tools in grouped.items():
        lines += ["", f"*{one_line(purpose, 80)}*", *(tool_line(tool) for tool in tools)]
    return lines[1:]


def tool_line(tool: Tool) -> str:
    """Say what a tool is, how access to it comes, and whether it needs a second factor."""
    link = phrase(" · <{link}|Open it>", link=esc(tool.link)) if tool.link else ""
    factor = phrase(" (needs 2FA)") if tool.critical else ""
    return f"• *{one_line(tool.name, 80)}*{factor}: {one_line(tool.how, 300)}{link}"


def rules(contents: Contents, book: PacketBook) -> Mapping[str, str]:
    """Give the words of each rule by its name: the workspace's, or what stands in the playbook."""
    return {rule_name(rule.key): contents.texts.get(rule_name(rule.key), rule.text) for rule in book.rules}


def _rules(contents: Contents, book: PacketBook) -> Lines:
    words, lines = rules(contents, book), []
    for rule in book.rules:
        said = paragraphs(words[rule_name(rule.key)])
        lines += ["", f"*{esc(rule.title)}*", *said] if said else []
    own = paragraphs(contents.texts.get(OWN_RULES, ""))
    lines += ["", phrase("*Also here*"), *own] if own else []
    lines += _belongs(contents.belongs)
    return lines[1:] or [phrase("The rules are still being written. {contents}", contents=whom(contents))]


def _belongs(row: ChannelPurpose | None) -> Lines:
    """Say what belongs where in the project's channel, if that was written down."""
    return (
        ["", phrase("*What belongs where in {channel_id}*", channel_id=channel(row.channel_id)), *belongs(row)]
        if row
        else []
    )


def _lexicon(contents: Contents, _: PacketBook) -> Lines:
    if not contents.terms:
        return [
            phrase(
                "No word has been explained yet. Look one up, and I ask for you. {contents}", contents=whom(contents)
            )
        ]
    return [term_line(term) for term in contents.terms]


def term_line(term: Term) -> str:
    """Say what a term means."""
    return f"*{one_line(term.term, 80)}*: {one_line(term.meaning, 500)}"


PAGES: Mapping[str, Callable[[Contents, PacketBook], Lines]] = {
    NORTH_STAR: _north_star,
    MAP: _map,
    TOOLBOX: _toolbox,
    RULES: _rules,
    LEXICON: _lexicon,
}


def count(contents: Contents, page: str, book: PacketBook) -> str:
    """Say in a few words what a page holds, for those who edit it."""
    written = sum(bool(contents.texts.get(name, "").strip()) for name in (MISSION, AUDIENCE))
    held: Mapping[str, Callable[[], str]] = {
        NORTH_STAR: lambda: (
            phrase("Mission and audience are still to be written"),
            phrase("Half written"),
            phrase("Written"),
        )[written],
        MAP: lambda: phrase("{topics} of Who's Who", topics=numbered("{n} line", "{n} lines", len(contents.topics))),
        TOOLBOX: lambda: numbered("{n} tool", "{n} tools", len(contents.tools)),
        RULES: lambda: numbered(
            "{n} rule", "{n} rules", sum(1 for one in rules(contents, book).values() if one.strip())
        ),
        LEXICON: lambda: numbered("{n} term", "{n} terms", len(contents.terms)),
    }
    return held[page]()
