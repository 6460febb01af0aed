"""Collects every sentence that people read, and brings the catalogues up to date: `make words`."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from playbook.load import marked
from playbook.tongue import OPEN, sentence_of
from playbook.tongue_catalogue import DOMAIN, LANGUAGES, file_of

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "blocks", "storage", "playbook")
MARKERS = {"phrase": 1, "numbered": 2}
Sentence = str | tuple[str, str]


def sentences() -> Iterator[tuple[Sentence, str]]:
    """Give every sentence, or the two forms of one that counts, with the file in which it stands."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for found in _said(ast.parse(file.read_text())):
                yield found, str(file.relative_to(ROOT))
    for page in sorted((ROOT / "playbook").glob("*.toml")):
        for words in _marked(marked(tomllib.loads(page.read_text()))):
            yield words, str(page.relative_to(ROOT))


def _said(code: ast.Module) -> Iterator[Sentence]:
    """Give what is marked in a program, also between the braces of an f-string."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            forms = [one.value for one in node.args[: MARKERS[node.func.id]] if isinstance(one, ast.Constant)]
            if len(forms) == MARKERS[node.func.id]:
                yield str(forms[0]) if len(forms) == 1 else (str(forms[0]), str(forms[1]))


def _marked(value: Any) -> Iterator[str]:
    """Give what is marked in a page of the playbook."""
    if isinstance(value, str) and OPEN in value:
        yield sentence_of(value)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _marked(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _marked(one)


def template() -> Catalog:
    """Make the catalogue of all that is to be translated."""
    found = Catalog(project="Inner Circle", charset="utf-8", header_comment="# Inner Circle: what people read.")
    for sentence, file in sentences():
        found.add(sentence, locations=[(file, 0)])
    return found


def catalogue(language: str) -> Catalog:
    """Read a language's catalogue; an empty one if there is none yet."""
    file = file_of(language)
    if not file.exists():
        return Catalog(locale=language, domain=DOMAIN)
    with file.open("rb") as opened:
        return read_po(opened, locale=language, domain=DOMAIN)


def update(language: str) -> int:
    """Add what is new to a catalogue and take out what is gone; tells how many sentences wait for a translation."""
    known = catalogue(language)
    known.update(template(), no_fuzzy_matching=True)
    known.obsolete.clear()
    file_of(language).parent.mkdir(parents=True, exist_ok=True)
    with file_of(language).open("wb") as opened:
        write_po(opened, known, width=118, sort_output=True, include_lineno=False, omit_header=False)
    return len(missing(known))


def missing(known: Catalog) -> list[object]:
    """Name what is not translated yet."""
    return [one.id for one in known if one.id and not all(one.string if one.pluralizable else [one.string])]  # type: ignore[arg-type]


def main() -> None:
    """Bring every catalogue up to date, and say how many sentences each still lacks."""
    for language in LANGUAGES:
        if language != "en":
            sys.stdout.write(f"{language}: {update(language)} sentences wait for a translation\n")


if __name__ == "__main__":
    main()
