"""The zip with everything about somebody: a page to begin with, a JSON and a CSV file for each kind of record."""

import html
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.spreadsheet import Cell, written
from playbook.tongue import READER, here, phrase

NAME = "inner-circle-my-data.zip"
STEADY = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip can name: the same data make the same file

README = phrase("""Everything that Inner Circle keeps about {name} in this Slack workspace, as of {at} UTC.

Open index.html in a browser for an overview. Each kind of record is there twice with the same content:
csv/ for spreadsheets, json/ for programs. people.csv says who is behind each Slack id. All times are UTC.

{contents}

What is not in here, and why:

- Private notes that a manager wrote for themselves about a 1:1. Nobody but their author ever reads them. If you are
  such an author, your own notes are in private_note_by_me.
- Amounts of rate reviews and what your manager wrote for themselves. They are kept encrypted; amounts that you may
  know are in /circle rate. Rate reviews to which you were not invited yet, and the plan for the next one, are your
  manager's own preparation.
- A manager's form of a review before both forms are in: the two are blind to each other until then. After that,
  review_page holds both sides.
- Words that other people wrote about somebody else, also where you had a part in it: what_you_did names your part with
  its date, without words.
- The text of messages: you have them in Slack. The hash of your calendar address, since nothing can be read from it.
- Messages and files in Slack itself: Slack keeps them, not the bot.

/circle mydata also deletes what may be deleted, and says what stays and until when.
""")
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem;color-scheme:light dark}}
table{{border-collapse:collapse;width:100%}}td,th{{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8886}}
pre{{white-space:pre-wrap}}</style></head>
<body><h1>{title}</h1>{tables}<h2>{about}</h2><pre>{readme}</pre></body></html>
"""
HEADS = (phrase("Records"), phrase("Rows"), phrase("Files"))


@dataclass(frozen=True)
class Kind:
    """One kind of record: the name of its files, the group it belongs to in words, its columns and rows."""

    title: str
    group: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]


def packed(name: str, at: str, kinds: Sequence[Kind], people: Mapping[str, str]) -> bytes:
    """Put everything into one zip; `people` maps the user ids that occur to names."""
    readme = here(README.format(name=name, at=at, contents=_contents(kinds)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        _put(box, "README.txt", readme.encode())
        _put(box, "index.html", _page(name, kinds, readme).encode())
        _put(box, "people.csv", written(("id", "name"), sorted(people.items())))
        for kind in kinds:
            _put(box, f"csv/{kind.title}.csv", written(kind.head, [[_cell(one) for one in row] for row in kind.rows]))
            _put(box, f"json/{kind.title}.json", _json(kind))
    return out.getvalue()


def _put(box: zipfile.ZipFile, name: str, body: bytes) -> None:
    entry = zipfile.ZipInfo(name, STEADY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    box.writestr(entry, body)


def _contents(kinds: Sequence[Kind]) -> str:
    return "\n".join(f"{len(kind.rows):>7}  {kind.title}" for kind in kinds) or phrase("Nothing is kept about you.")


def _json(kind: Kind) -> bytes:
    rows = [[here(one) if isinstance(one, str) else one for one in row] for row in kind.rows]
    named = [dict(zip(kind.head, row, strict=True)) for row in rows]
    return json.dumps(named, ensure_ascii=False, indent=1).encode()


def _page(name: str, kinds: Sequence[Kind], readme: str) -> str:
    title = html.escape(here(phrase("What Inner Circle keeps about {name}", name=name)))
    groups = dict.fromkeys(kind.group for kind in kinds)
    tables = "".join(_table(group, [kind for kind in kinds if kind.group == group]) for group in groups)
    about, language = html.escape(here(phrase("About this file"))), READER.get().language
    return PAGE.format(title=title, tables=tables, about=about, readme=html.escape(readme), language=language)


def _table(group: str, kinds: Sequence[Kind]) -> str:
    rows = "".join(
        f"<tr><td>{kind.title}</td><td>{len(kind.rows)}</td>"
        f'<td><a href="csv/{kind.title}.csv">CSV</a> <a href="json/{kind.title}.json">JSON</a></td></tr>'
        for kind in kinds
    )
    heads = "".join(f"<th>{here(one)}</th>" for one in HEADS)
    return f"<h2>{html.escape(here(group))}</h2><table><tr>{heads}</tr>{rows}</table>"


def _cell(value: object) -> Cell:
    """Give a value as a cell takes it; what is made of parts, in words."""
    return value if value is None or isinstance(value, str | int | float | date) else str(value)
