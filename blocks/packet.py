"""What people see of the welcome packet: the letter, the reader with its pages, and how far somebody has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Self

from blocks.kit import (
    Block,
    View,
    actions,
    button,
    context,
    divider,
    esc,
    header,
    mention,
    modal,
    section,
    when,
)
from blocks.packet_page import parts
from blocks.whois import OPEN as LOOK_UP
from playbook.packet import LEXICON, PAGES, PacketBook, neighbours
from playbook.tongue import phrase
from storage.packet import Contents

OPEN = "packet.open"
EDIT = "packet.edit"
SEND = "packet.send"
BACK = "packet.back"
NEXT = "packet.next"
READER = "packet.reader"
MENU = "packet.menu"
TITLE = phrase("Welcome packet")

Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Spot:
    """Where somebody is in the editor: in whose packet, and what they saw of what they are changing; never trusted."""

    origin: str = ""
    user_id: str = ""
    seen: str = ""
    key: str = ""

    @property
    def record(self) -> str:
        """Write it down for the form's memo."""
        return f"{self.origin}\n{self.user_id}\n{self.seen}\n{self.key}"

    @classmethod
    def read(cls, record: str) -> Self:
        """Read it from the form's memo."""
        return cls(*(record.split("\n", 3) + [""] * 4)[:4])


def fingerprint(*texts: str) -> str:
    """Give a few characters that change when any of the texts does."""
    return sha256("\0".join(texts).encode(errors="replace")).hexdigest()[:12]


def place(user_id: str, page: str, part: int = 0) -> str:
    """Write down whose packet is open, and where; never trusted."""
    return f"{user_id}:{page}:{part}"


def reader(
    contents: Contents,
    book: PacketBook,
    page: str,
    part: int,
    got: Mapping[str, datetime],
    memo: str,
    *,
    mine: bool,
    note: str = "",
) -> View:
    """Show one page, to the contractor with "Got it", to those around them as a preview."""
    drawn = parts(page, contents, book)
    part = min(max(part, 0), len(drawn) - 1)
    last = part == len(drawn) - 1
    blocks = [
        *([context(note)] if note else []),
        header(book.page(page).title),
        *drawn[part],
        divider(),
        context(_where(page, part, len(drawn)), *_state(got.get(page), mine=mine)),
        *_ways(contents, page, part, len(drawn)),
    ]
    submit = phrase("Got it") if mine and last and page not in got else ""
    return modal(TITLE, blocks, READER if submit else "", submit=submit, close=phrase("Close"), memo=memo)


def _where(page: str, part: int, count: int) -> str:
    number = phrase("Page {page} of {pages}", page=PAGES.index(page) + 1, pages=len(PAGES))
    return (
        phrase("{number}, part {part} of {count}", number=number, part=part + 1, count=count) if count > 1 else number
    )


def _state(at: datetime | None, *, mine: bool) -> tuple[str, ...]:
    if at is None:
        return () if mine else (phrase("Not got yet"),)
    day = when(at, "{date_short_pretty}")
    return (phrase("You got this on {at}", at=day) if mine else phrase("They got this on {at}", at=day),)


def _ways(contents: Contents, page: str, part: int, count: int) -> list[Block]:
    before, after = neighbours(page)
    back = (page, part - 1) if part else (before, 0)
    ahead = (page, part + 1) if part + 1 < count else (after, 0)
    controls = [
        button(label, action, place(contents.user_id, *to))
        for label, action, to in ((phrase("Back"), BACK, back), (phrase("Next"), NEXT, ahead))
        if to[0]
    ]
    return [actions(*controls, *([button(phrase("Look up a word"), LOOK_UP)] if page == LEXICON else []))]


def through(contents: Contents, book: PacketBook, got: Mapping[str, datetime], memo: str) -> View:
    """Thank a contractor who has got every page."""
    told = contents.people.get("manager")
    said = phrase(" {told} sees it too.", told=mention(told)) if told else ""
    text = phrase(
        "That is the whole packet, and you have been through it.{said} It stays here whenever you need it.", said=said
    )
    again = actions(button(phrase("Read it again"), NEXT, place(contents.user_id, PAGES[0])))
    return modal(TITLE, [section(text), section(_pages(book, got)), again], close=phrase("Close"), memo=memo)


def _pages(book: PacketBook, got: Mapping[str, datetime]) -> str:
    return "\n".join(f"• *{esc(page.title)}*: {_got(got.get(page.key))}" for page in book.pages)


def _got(at: datetime | None) -> str:
    return phrase("got {at}", at=when(at)) if at else phrase("not got yet")


def letter(book: PacketBook, user_id: str, got: Mapping[str, datetime], manager_id: str) -> Drawn:
    """Hand over the packet; the same letter says later how far the contractor has come."""
    if all(page in got for page in PAGES):
        done = max(got.values())
        text = phrase(
            "You have been through your welcome packet on {done}. It stays here for you.",
            done=when(done, "{date_short_pretty}"),
        )
        return text, [section(text), actions(_open(user_id, primary=False))]
    text = phrase(
        "Your welcome packet is here: five short pages to know what we are after, whom to ask and how we work."
    )
    lines = [f"• *{esc(page.title)}*: {esc(page.about)}{_mark(page.key, got)}" for page in book.pages]
    ask = (
        phrase("Something unclear? {manager_id} is glad to be asked.", manager_id=mention(manager_id))
        if manager_id
        else ""
    )
    return text, [
        header(TITLE),
        section(text),
        section("\n".join(lines)),
        actions(_open(user_id, primary=True)),
        context(
            phrase(
                "{got} of {pages} pages got. Ten minutes are enough, and you may stop anywhere. {ask}",
                got=len(got),
                pages=len(PAGES),
                ask=ask,
            ).strip()
        ),
    ]


def _mark(page: str, got: Mapping[str, datetime]) -> str:
    return " (got)" if page in got else ""


def _open(user_id: str, *, primary: bool) -> Block:
    return button(phrase("Open the packet"), OPEN, user_id, style="primary" if primary else None)


def finished(book: PacketBook, user_id: str, got: Mapping[str, datetime]) -> Drawn:
    """Tell the manager that a contractor has got every page."""
    text = phrase("{user_id} has been through the welcome packet.", user_id=mention(user_id))
    return text, [
        section(text),
        section(_pages(book, got)),
        context(phrase("Nothing to do. The first 1:1 is a good time for what it left open.")),
    ]


def state(
    book: PacketBook,
    contents: Contents,
    got: Mapping[str, datetime],
    sent_at: datetime | None,
    planned: datetime | None,
    *,
    may_send: bool,
    done: str = "",
) -> Drawn:
    """Show those around a contractor how far the packet has come, with what they may do."""
    who, goals = contents.user_id, sum(name.startswith("goal_") and bool(text) for name, text in contents.texts.items())
    text = done or phrase(
        "The welcome packet of {who}: {got} of {pages} pages got.", who=mention(who), got=len(got), pages=len(PAGES)
    )
    way = phrase("Not sent yet")
    if sent_at:
        way = phrase("Sent {sent_at}", sent_at=when(sent_at))
    elif planned:
        way = phrase("Goes out {planned}", planned=when(planned))
    facts = phrase(
        "{way} · {goals} of 3 goals written · {got} of {pages} pages got",
        way=way,
        goals=goals,
        got=len(got),
        pages=len(PAGES),
    )
    edit = [button(phrase("Edit"), EDIT, who, spoken=phrase("Edit the packet and the goals"))] if may_send else []
    send = [button(phrase("Send it now"), SEND, who, style="primary")] if may_send and not sent_at else []
    return text, [
        section(text),
        context(facts),
        section(_pages(book, got)),
        actions(button(phrase("Preview"), OPEN, who, spoken=phrase("Preview the packet")), *edit, *send),
    ]


def preview(title: str, blocks: Sequence[Block]) -> View:
    """Show a page exactly as a contractor sees it, before it is saved."""
    note = phrase("This is how a contractor sees it. Nothing is saved yet.")
    return modal(phrase("Preview"), [context(note), header(title), *blocks], close=phrase("Back"))


def changed_meanwhile(by: str, at: datetime | None, now: str) -> str:
    """Say that somebody else wrote meanwhile what is about to be replaced."""
    moment = f" ({when(at)})" if at else ""
    return phrase(
        "{by} changed this while you were writing{moment}. It reads now:\n{now}\nBelow is yours. Save "
        "once more to put it in the place of theirs, or put the two together first.",
        by=mention(by),
        moment=moment,
        now=now,
    )
