"""Own data: the word that confirms, sheets that a spreadsheet cannot run, and what the zip holds."""

import csv
import io
import json
import zipfile

import pytest

from playbook import load as playbook
from playbook.mydata_zip import Kind, packed

BOOK = playbook.load().mydata


@pytest.mark.parametrize(
    ("typed", "confirms"), [("delete", True), (" DELETE ", True), ('"Delete"', True), ("", False), ("yes", False)]
)
def test_only_the_word_confirms(typed: str, *, confirms: bool) -> None:
    assert BOOK.confirms(typed) is confirms


def read(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_the_zip_has_every_kind_twice_and_escapes_what_people_wrote() -> None:
    kinds = [
        Kind("log_entry", "Logged time", ("day", "note"), [("2026-11-23", "<script>")]),
        Kind("x", "Y", ("a",), []),
    ]
    body = packed("Ana <b>", "2026-11-23 12:00", kinds, {"UANA": "Ana"})
    with zipfile.ZipFile(io.BytesIO(body)) as box:
        assert box.testzip() is None
        files = {name: box.read(name).decode("utf-8-sig") for name in box.namelist()}
    assert set(files) == {"README.txt", "index.html", "people.csv", "csv/log_entry.csv", "json/log_entry.json",
                          "csv/x.csv", "json/x.json"}  # fmt: skip
    assert json.loads(files["json/log_entry.json"]) == [{"day": "2026-11-23", "note": "<script>"}]
    assert "<b>" not in files["index.html"]
    assert "Ana &lt;b&gt;" in files["index.html"]
    assert "UANA,Ana" in files["people.csv"]
    assert body == packed("Ana <b>", "2026-11-23 12:00", kinds, {"UANA": "Ana"})


def test_much_is_no_trouble() -> None:
    rows = [(f"2026-11-{number % 28 + 1:02}", 60, f"note {number}") for number in range(5000)]
    body = packed("Ana", "now", [Kind("log_entry", "Logged time", ("day", "minutes", "note"), rows)], {})
    assert len(body) < 1_000_000
