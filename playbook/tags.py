"""Tags: the #project, the @category and the links among the words of an entry."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from playbook.log_book import LogBook
from playbook.tokens import Sort, Token
from playbook.tongue import phrase
from playbook.words import bare, closest, fill

PROJECT = re.compile(r"#(?=\S*[^\W\d_])[^\s#]+")
CATEGORY = re.compile(r"@\w\S*")
BETWEEN = str.maketrans("", "", "-_ ")


@dataclass(frozen=True)
class Asked:
    """Something to ask: the sentence of the playbook, and the words it is about."""

    sentence: str
    words: str
    known: str = ""

    def __str__(self) -> str:
        return fill(self.sentence, words=f'"{self.words}"', known=self.known)


@dataclass
class Tags:
    """What was marked; `used` are the places of the tokens that are not part of the note."""

    project: str = ""
    category: str = ""
    links: tuple[str, ...] = ()
    asked: list[Asked] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def tags(pieces: Sequence[Token], book: LogBook, projects: Sequence[str]) -> Tags:
    """Read the marked words; what cannot be settled is asked."""
    found = Tags()
    for place, piece in enumerate(pieces):
        if piece.sort is Sort.LINK:
            found.links = tuple(dict.fromkeys((*found.links, piece.text)))
        elif piece.sort is Sort.CHANNEL:
            _project(piece.text, piece.text, found, book, projects)
        elif piece.sort is Sort.WORD and PROJECT.fullmatch(piece.text):
            _project(piece.text, piece.text.lstrip("#").rstrip(",.;:!?)"), found, book, projects)
        elif piece.sort is Sort.WORD and CATEGORY.fullmatch(piece.text):
            _category(piece.text, found, book)
        else:
            continue
        found.used.add(place)
    return found


def _project(typed: str, name: str, found: Tags, book: LogBook, projects: Sequence[str]) -> None:
    known = {_plain(project): project for project in projects}
    name = known.get(_plain(name), name)
    if found.project and found.project != name:
        found.asked.append(Asked(book.sentences.one_project, typed))
        return
    if not found.project and projects and _plain(name) not in known:
        near = closest(name, projects)
        sentence = book.sentences.project_near if near else book.sentences.project
        found.asked.append(Asked(sentence, typed, _either(near)))
    found.project = name


def _plain(project: str) -> str:
    return project.casefold().translate(BETWEEN)


def _category(typed: str, found: Tags, book: LogBook) -> None:
    meant = book.categories_named(bare(typed).removeprefix("@"))
    if len(meant) != 1:
        found.asked.append(_which(typed, book))
    elif found.category and found.category != meant[0].key:
        found.asked.append(Asked(book.sentences.one_category, typed))
    else:
        found.category = meant[0].key


def _which(typed: str, book: LogBook) -> Asked:
    """Ask for the category, naming those it may be, or all when it is like none."""
    name = bare(typed).removeprefix("@")
    near = [category.label for category in book.categories_named(name)]
    if not near:
        labels = {spelling: category.label for category in book.categories for spelling in category.names}
        near = list(dict.fromkeys(labels[spelling] for spelling in closest(name, labels)))
    if near:
        return Asked(book.sentences.category_near, typed, _either(near))
    return Asked(book.sentences.category, typed, ", ".join(category.label for category in book.categories))


def _either(names: Sequence[str]) -> str:
    return (
        phrase("{names} or {names_2}", names=", ".join(names[:-1]), names_2=names[-1])
        if len(names) > 1
        else "".join(names)
    )
