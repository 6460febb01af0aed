"""Every sentence people read is marked where it is written, and translated whole into every language."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from playbook.tongue_catalogue import LANGUAGES
from playbook.tongue_collect import catalogue, sentences

ROOT = Path(__file__).parent.parent
OTHERS = [language for language in LANGUAGES if language != "en"]
GAP, CODE = re.compile(r"\{\w+\}"), re.compile(r"`[^`]*`")
WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
MARKERS = {"phrase", "numbered"}
# What is no sentence to a person, by file and a part of it, with the reason.
COLUMN = "columns of a CSV keep their names, since spreadsheets and programs look for them"
TYPED = "what is typed to the bot is the same in every language"
ALLOWED: dict[tuple[str, str], str] = {
    ("blocks/export_file.py", ""): COLUMN,
    ("blocks/digest.py", "`/blocker list`"): TYPED,
    ("blocks/kpi.py", "at most "): TYPED,
    ("blocks/log.py", "`/log 2h30 landing page"): TYPED,
    ("handlers/log.py", "last week"): TYPED,
    ("blocks/report_png.py", "lower left"): "a place, in matplotlib's words",
}


@cache
def collected() -> frozenset[str | tuple[str, str]]:
    return frozenset(sentence for sentence, _ in sentences())


def said(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def asked(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_sentence_and_none_too_much(language: str) -> None:
    known = {message.id for message in catalogue(language) if message.id}
    wanted = set(collected())
    counted = {one[0] for one in wanted if isinstance(one, tuple)}
    wanted -= counted  # said elsewhere without a count: the catalogue keeps both under one id
    assert sorted(map(str, wanted - known)) == [], "`make words` adds them"
    assert sorted(map(str, known - wanted - counted)) == [], "`make words` takes them out"


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language: str) -> None:
    waiting = [
        message.id for message in catalogue(language) if message.id and (not all(said(message)) or message.fuzzy)
    ]
    assert waiting == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_the_gaps_and_the_commands(language: str) -> None:
    wrong = []
    for message in catalogue(language):
        if not message.id:
            continue
        last = asked(message)[-1]
        for words in filter(None, said(message)):
            gaps = set(GAP.findall(words)) ^ set(GAP.findall(last))
            codes = sorted(CODE.findall(words)) != sorted(CODE.findall(last))
            if gaps - {"{n}"} or codes:
                wrong.append((last, words))
    assert wrong == []


def unmarked(name: str) -> Iterator[tuple[int, str]]:
    """Give the texts of a file that read like a sentence and are not marked."""
    tree = ast.parse((ROOT / name).read_text(), name)
    yield from _unmarked(tree)


def _unmarked(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and WORDS.search(node.value):
            yield node.lineno, node.value
        return
    if _is_none_of_ours(node):
        return
    for child in ast.iter_child_nodes(node):
        yield from _unmarked(child)


def _is_none_of_ours(node: ast.AST) -> bool:
    """Tell a docstring, a marked sentence, and a line of the log."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return isinstance(node.func.value, ast.Name) and node.func.value.id == "log"
    return isinstance(node.func, ast.Name) and node.func.id in MARKERS


def test_no_sentence_of_blocks_and_handlers_is_unmarked() -> None:
    files = [
        file.relative_to(ROOT).as_posix() for room in ("blocks", "handlers") for file in (ROOT / room).rglob("*.py")
    ]
    found = [(name, line, text) for name in sorted(files) for line, text in unmarked(name)]
    left = [each for each in found if not any(each[0] == name and part in each[2] for name, part in ALLOWED)]
    assert left == []
    unused = [one for one in ALLOWED if not any(each[0] == one[0] and one[1] in each[2] for each in found)]
    assert unused == [], "nothing needs to be allowed that is not there"
