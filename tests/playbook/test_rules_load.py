"""Loading the playbook: what is wrong is named by file and key, all of it at once."""

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

import playbook
from playbook.load import BadPlaybook, Playbook, load

HOME = Path(playbook.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for page in HOME.glob("*.toml"):
        shutil.copy(page, tmp_path)
    return tmp_path


def change(folder: Path, page: str, old: str, new: str) -> None:
    path = folder / page
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaints(folder: Path) -> tuple[str, ...]:
    with pytest.raises(BadPlaybook) as refusal:
        load(folder)
    return refusal.value.complaints


def test_a_copy_is_the_same_playbook(folder: Path) -> None:
    assert load(folder) == load()


CHANGES = [
    ("log.toml", "note_limit = 300", "note_limits = 300", ["log.toml: note_limit is missing.", "log.toml: note_limits is not a key I know; check its spelling or take it out."]),
    ("log.toml", "note_limit = 300", 'note_limit = "300"', ["log.toml: note_limit is not right: Input should be a valid integer."]),
    ("log.toml", 'label = "Research"\n', "", ["log.toml: categories[0].label is missing."]),
    ("log.toml", '"dev", ', '"research", ', ["log.toml: the page is not right: the name research is given to two of them; each needs its own."]),
    ("blocker.toml", 'key = "priority"', 'key = "access"', ["blocker.toml: the page is not right: the key access is given twice."]),
    ("blocker.toml", 'fallback = "other"', 'fallback = "x"', ["blocker.toml: the page is not right: fallback names x, and there is no such kind."]),
    ("blocker.toml", "minutes = 480", "minutes = 200", ["blocker.toml: the page is not right: the steps must stand in the order of their minutes."]),
    ("blocker.toml", 'role = "lead"', 'role = "boss"', ["blocker.toml: kinds[2].role is not right: Input should be 'operations', 'owner', 'lead', 'buddy' or 'manager'."]),
    ("digest.toml", "08:45:00", '"08:45"', ["digest.toml: daily is not right: Input should be a valid time."]),
    ("contractor.toml", "role = 80", "rôle = 80", ["contractor.toml: cannot be read:"]),
    ("contractor.toml", "project = 80", "", ["contractor.toml: limits.project is missing."]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "old", "new", "expected"), CHANGES)
def test_a_mistake_is_named(folder: Path, page: str, old: str, new: str, expected: list[str]) -> None:
    change(folder, page, old, new)
    found = complaints(folder)
    assert len(found) == len(expected)
    assert all(each.startswith(start) for each, start in zip(found, expected, strict=True))


def test_all_mistakes_are_named_at_once(folder: Path) -> None:
    change(folder, "log.toml", "note_limit = 300", "")
    change(folder, "digest.toml", "silent_days = 2", "silent = 2")
    (folder / "blocker.toml").unlink()
    (folder / "contractor.toml").write_bytes(b"\xff")
    (folder / "blockers.toml").touch()
    starts = [
        "blockers.toml: is not a page I know", "blocker.toml: is missing", "contractor.toml: cannot be read",
        "log.toml: note_limit is missing", "digest.toml: silent_days is missing", "digest.toml: silent is not a key",
    ]  # fmt: skip
    found = complaints(folder)
    assert len(found) == len(starts)
    assert all(each.startswith(start) for each, start in zip(found, starts, strict=True))


def test_an_empty_folder_misses_every_page(tmp_path: Path) -> None:
    assert complaints(tmp_path) == tuple(f"{noun}.toml: is missing." for noun in Playbook.model_fields)


def test_nothing_can_be_changed_later(playbook: Playbook) -> None:
    with pytest.raises(ValidationError):
        playbook.log.note_limit = 1  # type: ignore[misc]
