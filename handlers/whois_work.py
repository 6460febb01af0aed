"""What every handler of Who's Who and the lexicon needs: who may write, plain words, telling who asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from blocks import packet as packets
from blocks import whois as draw
from blocks.packet import Spot
from blocks.packet_page import parts
from handlers.contract import Call, Desk, Letters, PushModal, Say, memo
from handlers.path import actor, subject
from handlers.who import Asker, asker
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.whois import key_of
from playbook.words import clean, unescape
from storage import people
from storage import whois as store
from storage.outbox import Lane, Post, Redraw
from storage.packet import Contents, gather
from storage.path import travellers
from storage.path_tables import Term
from storage.tables import Letter

TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
LIST = "list"
NOT_YOURS = phrase(
    "Managers of contractors and admins write this. `/whois` shows it, and what is missing can be asked for there."
)


@dataclass(frozen=True)
class Writer:
    """Somebody who called: whether they may write new terms, and change everything."""

    who: Asker
    adds: bool
    changes: bool

    @property
    def user_id(self) -> str:
        """Give their user id."""
        return self.who.person.user_id

    def may_change(self, term: Term) -> bool:
        """Tell whether they may change a term: everybody their own, writers all."""
        return self.changes or (self.adds and term.changed_by == self.user_id)


async def writer(call: Call, desk: Desk) -> Writer:
    """Find out what the one who called may do."""
    who = await asker(call, desk)
    acting = await actor(desk, who.person)
    place = await store.place_around(desk.team, call.user_id)
    about = subject(place) if place else None
    return Writer(who, may(Action.TERM_ADD, acting, about), may(Action.PACKET_CHANGE, acting))


async def changer(call: Call, desk: Desk) -> Writer:
    """Give somebody who may change everything, or refuse."""
    found = await writer(call, desk)
    if not found.changes:
        raise Sorry(NOT_YOURS)
    return found


async def plain(call: Call, desk: Desk, text: str) -> str:
    """Turn Slack's marks for people, channels and links into words, and undo its escaping."""
    known = await people.find_all(desk.team, call.people) if "<@" in text else {}

    def word(match: re.Match[str]) -> str:
        sign, rest, label = match.groups()
        name = known[rest].name if rest in known else label or rest
        return f"{sign.replace('!', '@')}{name}" if sign else label or rest

    return clean(unescape(TOKEN.sub(word, text)))


def fits(words: str, desk: Desk) -> str:
    """Give a term on one line; raises Sorry when it is too long to be one."""
    said, most = " ".join(clean(words).split()), desk.playbook.whois.limits.term
    if not said or len(said) > most:
        raise Sorry(
            phrase(
                "A term has between 1 and {most} characters. Try the one word that you did not understand.", most=most
            )
        )
    return said


async def keep(desk: Desk, words: str, meaning: str, by: str) -> tuple[Letters, ...]:
    """Keep what a term means; gives the letters to everybody who asked, and edits the question."""
    row, key = await store.term(desk.team, words), key_of(words)
    waiting = [one for one in store.askers(row) if one != by] if row else []
    sent = await open_cards(desk, row)
    await store.keep_term(desk.team, words, meaning, by, desk.now)
    at = desk.now.isoformat()
    told = draw.told(words, meaning, by)
    letters = [Post(f"whois:{key}:told:{one}:{at}", one, *told, Lane.AGENDA) for one in waiting]
    return (*letters, *(Redraw(one.key, *draw.settled(words, by, meaning)) for one in sent))


async def remove(desk: Desk, row: Term, by: str) -> tuple[Letters, ...]:
    """Take a term out; whoever waits for its meaning is told, and the question is edited."""
    sent = await open_cards(desk, row)
    await store.remove_term(desk.team, row.key)
    told, at = draw.gone(row.term, by), desk.now.isoformat()
    waiting = [one for one in store.askers(row) if one != by]
    letters = [Post(f"whois:{row.key}:gone:{one}:{at}", one, *told, Lane.AGENDA) for one in waiting]
    return (*letters, *(Redraw(one.key, *draw.dropped(row.term)) for one in sent))


def begun(row: Term) -> str:
    """Begin the key of every letter that brings this question, as often as it is passed on."""
    return f"whois:{row.key}:{row.asked_at.isoformat() if row.asked_at else ''}:"


async def open_cards(desk: Desk, row: Term | None) -> Sequence[Letter]:
    """Give the letters of the question that is open, the newest last; none of one that was answered."""
    if row is None or row.meaning or row.asked_at is None:
        return ()
    return [one for one in await store.cards(desk.team, row.key) if one.key.startswith(begun(row))]


def said(drawn: draw.Drawn) -> Say:
    """Say something to the one who asked alone."""
    return Say(text=drawn[0], blocks=drawn[1])


def in_modal(call: Call) -> bool:
    """Tell whether a button was pressed in a modal."""
    return bool(call.view_id) and not call.from_home


def page_of(call: Call) -> int:
    """Read which page of a list is wanted."""
    return int(call.value) if call.value.isdecimal() else 0


def list_memo(call: Call) -> str:
    """Keep, in a list of the editor, whose packet is being edited."""
    return memo(call.memo_channel, Spot(LIST, Spot.read(call.memo_record).user_id).record)


async def contents_for(desk: Desk, spot: Spot) -> Contents:
    """Gather the packet that is being edited: a contractor's, or the workspace's alone."""
    found = await travellers(desk.team, [spot.user_id], paused=True) if spot.user_id else {}
    return await gather(desk.team, found.get(spot.user_id))


def preview(desk: Desk, page: str, contents: Contents, line: str) -> PushModal:
    """Show the part of a page on which a changed line stands, as a contractor sees it."""
    drawn, title = parts(page, contents, desk.playbook.packet), desk.playbook.packet.page(page).title
    part = next((at for at, one in enumerate(drawn) if any(line in block["text"]["text"] for block in one)), 0)
    where = (
        phrase("{title}, part {part} of {drawn}", title=title, part=part + 1, drawn=len(drawn))
        if len(drawn) > 1
        else title
    )
    return PushModal(view=packets.preview(where, drawn[part]))
