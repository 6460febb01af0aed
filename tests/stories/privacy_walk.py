"""A walk through everything that everybody can see: what is shown, every button behind it, and every file."""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import pypdf
from sqlmodel import col

from blocks import fields as form_fields
from handlers import MAKERS, ROUTES
from handlers.contract import Call, Desk, Kind, Reply
from playbook.sorry import Sorry
from storage.outbox import Home, Post, Redraw, Whisper
from storage.tables import Letter
from tests.stories.privacy_words import BLIND, EVERYBODY, PAIR, WHO, At, part, secrets
from tests.world import World

PEOPLE = ("ana", "jun", "priya", "bruno", "lena", "olivia", "noor")
ENDLESS = 15_000
MOST_ALIKE = 4
NUMBER = re.compile(r"\b\d+(?:[-.:]\d+)*\b")
HANDLERS = {(one.kind, one.name): one.handler for one in ROUTES}


def texts(name: str, data: bytes) -> Iterator[str]:
    """Give everything that can be read in a file: of a zip all its files, of a PDF all pages."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            for one in box.namelist():
                yield one
                yield from texts(one, box.read(one))
    elif name.endswith(".pdf"):
        yield from (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    else:
        yield data.decode("utf-8-sig", "replace")


def unchosen(shown: Any) -> Any:
    """Give what is shown without what can be chosen from a list, where every feeling stands for everybody."""
    if isinstance(shown, Mapping):
        return {name: unchosen(value) for name, value in shown.items() if name not in ("options", "option_groups")}
    return [unchosen(one) for one in shown] if isinstance(shown, list | tuple) else shown


def in_words(shown: Any) -> str:
    """Write down everything that is shown, and what is behind it."""
    return json.dumps(unchosen(shown), default=str, ensure_ascii=False)


@dataclass(frozen=True)
class Step:
    """Something to press, send or look up, by whoever it was not shown to as well."""

    kind: Kind
    name: str
    value: str = ""
    memo: str = ""
    filled: tuple[tuple[str, Any], ...] = ()
    text: str = ""

    @property
    def shape(self) -> tuple[str, ...]:
        """Say what it is, whichever day, week or page it is about: one of them stands for all."""
        return (self.kind, self.name, *(NUMBER.sub("#", one) for one in (self.value, self.memo, self.text)))

    def __str__(self) -> str:
        """Say what is done, for whoever looks for a leak."""
        return " ".join(filter(None, (self.kind.value, self.name, self.value, self.memo, self.text)))


def steps(shown: Mapping[str, Any]) -> Iterator[Step]:
    """Give everything that can be done with what is shown."""
    memo = str(shown.get("private_metadata") or "")
    if shown.get("submit"):
        filled = form_fields.read(dict(_values(shown.get("blocks") or [])))
        yield Step(Kind.FORM, str(shown.get("callback_id")), "", memo, tuple(sorted(filled.items())))
    for block in shown.get("blocks") or []:
        if block["type"] != "input" or block.get("dispatch_action"):
            for element in _elements(block):
                yield from _done(element, memo)


def _values(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            first = {name: value for name, value in element.items() if name.startswith("initial_")}
            state = {name.replace("initial_", "selected_"): value for name, value in first.items()}
            state |= {"value": element["initial_value"]} if "initial_value" in element else {}
            yield block["block_id"], {element["action_id"]: state}


def _elements(part_of: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(part_of, Mapping):
        if "action_id" in part_of:
            yield part_of
        for value in part_of.values():
            yield from _elements(value)
    elif isinstance(part_of, list | tuple):
        for one in part_of:
            yield from _elements(one)


def _done(element: Mapping[str, Any], memo: str) -> Iterator[Step]:
    """Give what can be done with a control; of choices that differ only in a number or a time, one."""
    name = str(element["action_id"])
    if element["type"] == "external_select":
        yield Step(Kind.OPTIONS, name, "", memo)
        return
    options = [str(one["value"]) for one in element.get("options") or ()]
    unlike = {re.sub(r"^(?:hour|tomorrow|monday|\d+)\b", "#", one): one for one in reversed(options)}
    for value in unlike.values() if options else [str(element.get("value") or "")]:
        yield Step(Kind.ACTION, name, value, memo)


@dataclass(frozen=True)
class Seen:
    """Something private that somebody saw: whose it is, where it was, and by which step."""

    kind: str
    whose: str
    who: str
    at: At
    step: str = ""


@dataclass
class Walk:
    """Who saw what where, as far as it is private; and what is still to be tried."""

    world: World
    seen: set[Seen] = field(default_factory=set)
    known: dict[tuple[str, ...], Step] = field(default_factory=dict)
    alike: Counter[tuple[str, ...]] = field(default_factory=Counter)
    redrawn: list[tuple[str, str, str]] = field(default_factory=list)
    tried: int = 0
    made: int = 0

    def look(self, who: str, at: At, text: str, step: str = "") -> None:
        """Somebody reads a text."""
        self.seen |= {Seen(kind, whose, who, at, step) for kind, whose in secrets(text)}

    def shows(self, who: str, at: At, shown: Mapping[str, Any], step: str = "") -> None:
        """Somebody sees a view or a message, and what can be done with it is to be tried by everybody."""
        self.look(who, at, in_words(shown), step)
        self.learn(*steps(shown))

    def learn(self, *more: Step) -> None:
        """Have something tried by everybody; of very many alike only the first few."""
        for step in more:
            like = (step.kind, step.name, step.text)
            if step.shape not in self.known and self.alike[like] < MOST_ALIKE:
                self.alike[like] += 1
                self.known[step.shape] = step

    async def try_all(self) -> None:
        """Let everybody do everything that anybody was shown, until nothing new is shown; nothing of it is kept."""
        done: set[Step] = set()
        async with self.world.bot.database.team(self.world.bot.team_id) as team:
            desk = self.world.bot.workshop.desk(team)
            while todo := [one for one in self.known.values() if one not in done]:
                for step in todo:
                    done.add(step)
                    for who in PEOPLE:
                        self.tried += 1
                        assert self.tried < ENDLESS, "pages lead to ever more pages"
                        await self._try(desk, who, step)
                        await team.session.rollback()

    async def _try(self, desk: Desk, who: str, step: Step) -> None:
        world, handler = self.world, HANDLERS.get((step.kind, step.name))
        if handler is None:
            return
        call = Call(
            step.kind, step.name, world.bot.team_id, world.id(who), value=step.value, memo=step.memo,
            fields=dict(step.filled), text=step.text, channel_id=world.channel("acme"),
            people=frozenset(map(world.id, PEOPLE)), view_id="V0" if step.memo else "",
        )  # fmt: skip
        try:
            reply = await handler(call, desk)
        except Sorry as sorry:
            self.look(who, At.PAGE, str(sorry), str(step))
            return
        self._replied(who, str(step), reply)

    def _replied(self, who: str, step: str, reply: Reply) -> None:
        for one in fields(reply):
            value = getattr(reply, one.name)
            if one.name == "view":
                self.shows(who, At.PAGE, value if isinstance(value, Mapping) else value.to_dict(), step)
            elif one.name == "blocks":
                self.shows(who, At.PAGE, {"blocks": list(value)}, step)
            elif one.name != "posts":
                self.look(who, At.PAGE, in_words(value), step)
        for post in reply.posts:
            self._posted(f"{step}, posted", post)

    def _posted(self, step: str, post: Any) -> None:
        if isinstance(post, Post):
            for one in self._audience(post.to):
                self.look(one, At.MESSAGE, in_words(asdict(post)), step)
        elif isinstance(post, Home | Whisper):
            (one,) = self._audience(post.user_id)
            at = At.HOME if isinstance(post, Home) else At.MESSAGE
            self.shows(one, at, {"blocks": list(post.blocks)}, step)
        elif isinstance(post, Redraw):
            self.redrawn.append((post.key, step, in_words([post.text, list(post.blocks)])))

    def _audience(self, to: str) -> list[str]:
        handles = {self.world.id(who): who for who in PEOPLE}
        return [handles.get(one, EVERYBODY if one.startswith("C") else one) for one in to.split(",")]

    async def letters(self) -> None:
        """Read every message that is in the store, on its way or sent, as whoever gets it, and what it was to become."""
        async with self.world.bot.database.team_reading(self.world.bot.team_id) as team:
            rows = await team.all(team.select(Letter).order_by(col(Letter.id)))
        of_key = {row.key: self._audience(row.to) for row in rows if row.to}
        for row in rows:
            for who in of_key.get(row.key, []):
                self.shows(who, At.MESSAGE, {"text": row.text, "blocks": list(row.blocks or [])}, f"letter {row.key}")
        for key, step, text in self.redrawn:
            for who in of_key.get(key, []):
                self.look(who, At.MESSAGE, text, f"{step}, letter {key} redrawn")

    async def files(self, what: str, at: At, *values: str) -> None:
        """Have files made for everybody, and read them."""
        for who, value in ((who, value) for who in PEOPLE for value in values):
            async with self.world.bot.database.team(self.world.bot.team_id) as team:
                desk = self.world.bot.workshop.desk(team)
                try:
                    parcel = await MAKERS[what](desk, self.world.id(who), value)
                except Sorry as sorry:
                    self.look(who, at, str(sorry), f"{what} {value}")
                    continue
            self.look(who, at, parcel.words, f"words of {what} {value}")
            self.opens(who, at, parcel.render(), f"{what} {value}")

    def opens(self, who: str, at: At, files: Mapping[str, bytes], step: str = "") -> None:
        """Somebody opens files and reads all that is in them."""
        for name, data in files.items():
            self.made += 1
            for text in texts(name, data):
                self.look(who, at, text, f"{step}, file {name}")

    def found(self) -> dict[str, dict[str, set[At]]]:
        """Sum up who read what where, by what they are to whom it is about."""
        summed: dict[str, dict[str, set[At]]] = {}
        for one in self.seen:
            summed.setdefault(one.kind, {}).setdefault(part(one.who, one.whose), set()).add(one.at)
        return summed

    def leaks(self) -> list[Seen]:
        """Give everything private that was seen by somebody who may not see it there."""
        return sorted((one for one in self.seen if not may(one)), key=str)


def may(seen: Seen) -> bool:
    """Tell whether somebody may see something there; what both told blindly, once the answers of both are in."""
    both = seen.kind in BLIND and seen.step.startswith("form review.form ")
    who = PAIR if both else WHO.get(seen.kind, {})
    return seen.at in who.get(part(seen.who, seen.whose), ())
