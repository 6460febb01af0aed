"""What keeps the house in order: rooms, wall clocks, contents pages, manifest, README, and what files may contain."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.settings import Settings
from handlers import COMMANDS, DUTIES, ROUTES
from handlers.contract import Kind

ROOT = Path(__file__).parent.parent
ROOMS = ("playbook", "storage", "blocks", "handlers", "bot")
OURS = (*ROOMS, "sandbox", "docs", "tests", "benchmarks")
MAY_OPEN_THE_SANDBOX = {"bot/__main__.py", "bot/demo.py"}
SHARED_BY_HANDLERS = {"contract", "who", "path"}
MAY_LOOK_AT_THE_WALL_CLOCK = {"bot/clock.py", "sandbox/clock.py"}
WALL = {"now", "utcnow", "today"}
LONGEST = 400
OUTSIDE = re.compile(r"(?<![\w.:/}>~*])/(?:home|root|work|Users|mnt|private|builds)/\w")
REGISTRIES = re.compile(r"https?://[^\s\"'<>]*(?:pypi|pythonhosted|npmjs|/simple\b)[^\s\"'<>]*", re.IGNORECASE)


@cache
def tracked() -> tuple[str, ...]:
    """Name every file of the project, new ones included, ignored ones not."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(sorted(name for name in set(listed.stdout.splitlines()) if (ROOT / name).is_file()))


def room_of(name: str) -> str:
    return name.partition("/")[0]


def python_files(*rooms: str) -> list[str]:
    return [name for name in tracked() if name.endswith(".py") and room_of(name) in (rooms or OURS)]


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(), name)


def imports(name: str) -> Iterator[str]:
    """Name the modules that a file imports, with each name that it takes from them."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}: say the whole name of what is imported"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_there_is_something_to_guard() -> None:
    for room in (*ROOMS, "sandbox", "docs", "tests"):
        assert python_files(room), room


# Rooms ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [*ROOMS, "sandbox"])
def test_imports_point_down_the_rooms(room: str) -> None:
    below = {"sandbox"} if room == "sandbox" else set(ROOMS[: ROOMS.index(room) + 1])
    for name in python_files(room):
        allowed = below | ({"sandbox"} if name in MAY_OPEN_THE_SANDBOX else set())
        seen = {module.split(".")[0] for module in imports(name)} & set(OURS)
        assert seen <= allowed, f"{name} imports from {sorted(seen - allowed)}"


def noun(name: str) -> str:
    """Give the noun a file is about: the part of its name before the first underscore."""
    return Path(name).stem.partition("_")[0]


def test_handlers_do_not_visit_each_other() -> None:
    for name in python_files("handlers"):
        if name == "handlers/__init__.py":
            continue
        for module in imports(name):
            room, _, rest = module.partition(".")
            visited = rest.partition(".")[0].partition("_")[0]
            if room == "handlers" and visited:
                assert visited in {noun(name), *SHARED_BY_HANDLERS}, f"{name} visits {module}"


def test_the_same_noun_has_the_same_file_name_in_every_room() -> None:
    nouns = {noun(name) for name in python_files("handlers")} - SHARED_BY_HANDLERS - {""}
    stories = {noun(name.replace("test_", "")) for name in python_files("tests") if "/stories/test_" in name}
    assert nouns <= stories, f"no story is told of {sorted(nouns - stories)}"


# Time -------------------------------------------------------------------------------------------


def wall_clocks(name: str) -> Iterator[int]:
    """Give the lines of a file where the wall clock is looked at; a monotonic clock is none."""
    from_time = {"time.time", "time.time_ns"} & set(imports(name))
    for node in ast.walk(tree(name)):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name | ast.Attribute):
            continue
        owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
        if owner in ("datetime", "date") and node.attr in WALL:
            yield node.lineno
        if owner == "time" and node.attr in ("time", "time_ns"):
            yield node.lineno
    if from_time:
        yield 0


def test_only_the_clocks_look_at_the_wall_clock() -> None:
    looking = {name: list(wall_clocks(name)) for name in python_files(*ROOMS, "sandbox", "docs")}
    assert {name for name, lines in looking.items() if lines} == MAY_LOOK_AT_THE_WALL_CLOCK


def may_sleep(call: ast.Call) -> bool:
    """Tell whether a sleep is sleep(0), to let others run, or waits out a limit that the test itself has set."""
    (how_long,) = call.args
    if isinstance(how_long, ast.Attribute) and isinstance(how_long.value, ast.Name):
        return how_long.value.id == "QUICK"
    return isinstance(how_long, ast.Constant) and how_long.value == 0


def test_no_test_sleeps_and_no_test_pretends() -> None:
    for name in python_files("tests"):
        named = set(imports(name))
        assert not any("mock" in module.lower() for module in named), f"{name} imports a mock"
        assert not named & {"time.sleep", "asyncio.sleep"}, f"{name} imports sleep"
        for node in ast.walk(tree(name)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "sleep":
                continue
            assert may_sleep(node), f"{name}:{node.lineno} sleeps, and that is a guess about time"


def test_only_one_file_knows_how_csv_is_written() -> None:
    knowing = {name for name in python_files(*ROOMS) if "csv" in imports(name)}
    assert knowing == {"playbook/spreadsheet.py"}, "write it with playbook/spreadsheet.py: it lets no formula through"


# Files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", python_files())
def test_a_file_says_what_it_is_and_stays_short(name: str) -> None:
    text = (ROOT / name).read_text()
    if text or not name.endswith("/__init__.py"):
        assert ast.get_docstring(tree(name)), f"{name} does not say what it is"
    if room_of(name) in {*ROOMS, "sandbox", "docs", "benchmarks"}:
        lines = text.count("\n")
        assert lines <= LONGEST or "/migrations/versions/" in name, f"{name} has {lines} lines: two nouns in one file?"


@pytest.mark.parametrize("name", [name for name in tracked() if name != "uv.lock" and not name.endswith(".png")])
def test_no_file_knows_the_machine_it_was_written_on(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not OUTSIDE.search(text), f"{name} holds an absolute path"
    assert not REGISTRIES.search(text), f"{name} names the address of a package index"


# Contents pages, manifest, settings, README -----------------------------------------------------


def manifest_text() -> str:
    return (ROOT / "manifest.yml").read_text()


@cache
def slash_commands() -> dict[str, str]:
    commands = yaml.safe_load(manifest_text())["features"]["slash_commands"]
    return {each["command"]: each["description"] for each in commands}


def routed(kind: Kind) -> set[str]:
    return {route.name for route in ROUTES if route.kind is kind}


def test_each_thing_is_answered_once() -> None:
    pairs = [(route.kind, route.name) for route in ROUTES]
    assert len(pairs) == len(set(pairs))
    assert len({duty.name for duty in DUTIES}) == len(DUTIES)


def test_every_command_of_the_manifest_is_answered_and_the_other_way_round() -> None:
    assert routed(Kind.COMMAND) == set(slash_commands())
    assert {f"/{name}" for name in COMMANDS} == set(slash_commands()) - {"/circle"}


def test_every_shortcut_of_the_manifest_is_answered_and_the_other_way_round() -> None:
    shortcuts = yaml.safe_load(manifest_text())["features"]["shortcuts"]
    assert routed(Kind.SHORTCUT) == {each["callback_id"] for each in shortcuts}


def test_every_event_of_the_manifest_is_answered_and_the_other_way_round() -> None:
    events = yaml.safe_load(manifest_text())["settings"]["event_subscriptions"]["bot_events"]
    assert routed(Kind.EVENT) == {name.partition(".")[0] for name in events}


def test_every_scope_has_its_reason_beside_it() -> None:
    wanted = yaml.safe_load(manifest_text())["oauth_config"]["scopes"]["bot"]
    reasons = re.findall(r"^ +- ([\w:.]+) +# \S.*$", manifest_text(), re.MULTILINE)
    assert reasons == wanted
    assert len(wanted) == len(set(wanted))


def test_the_example_of_settings_names_every_one() -> None:
    named = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert set(named) == {name.upper() for name in Settings.model_fields}


def test_the_table_of_commands_in_the_readme_is_the_manifest() -> None:
    rows = re.findall(r"^\| `(/\w+)` \| ([^|]+?) \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert dict(rows) == slash_commands()


def test_what_the_readme_shows_and_names_exists() -> None:
    for paper in ("README.md", "CONTRIBUTING.md", "DECISIONS.md", "CHANGELOG.md"):
        text = (ROOT / paper).read_text()
        linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text) + re.findall(r'src="([^":]+)"', text)
        for target in linked:
            assert (ROOT / target).exists(), f"{paper} points to {target}, which is not there"
    makefile = (ROOT / "Makefile").read_text()
    for name in set(re.findall(r"`make (\w+)", (ROOT / "README.md").read_text())):
        assert re.search(rf"^{name}:", makefile, re.MULTILINE), f"`make {name}` is not in the Makefile"


# Buttons ----------------------------------------------------------------------------------------


@cache
def constants(name: str) -> dict[str, str]:
    """Give the names of texts at the top of a file, those it takes from other files of its room included."""
    found: dict[str, str] = {}
    for node in tree(name).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("blocks."):
            there = constants(f"{str(node.module).replace('.', '/')}.py")
            found |= {alias.asname or alias.name: there[alias.name] for alias in node.names if alias.name in there}
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[node.targets[0].id] = value.value
    return found


ID = re.compile(r"[a-z]+\.[a-z_]+")


def ids_in_blocks() -> dict[str, str]:
    """Give every `noun.verb` id that a file of blocks/ names, with that file."""
    return {value: name for name in python_files("blocks") for value in constants(name).values() if ID.fullmatch(value)}


def test_every_id_in_blocks_is_answered() -> None:
    answered = routed(Kind.ACTION) | routed(Kind.FORM) | routed(Kind.SHORTCUT)
    unanswered = {value: name for value, name in ids_in_blocks().items() if value not in answered}
    assert unanswered == {}


def test_every_answer_to_a_button_or_form_is_drawn_somewhere() -> None:
    named = set(ids_in_blocks()) | {"kind"}
    for kind in (Kind.ACTION, Kind.FORM):
        assert routed(kind) - named == set()


def buttons() -> Iterator[tuple[str, int, str]]:
    """Give the place and the id of every button and menu that is drawn, as far as it can be read."""
    for name in python_files("blocks"):
        known = constants(name)
        for node in ast.walk(tree(name)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            action = node.args[1] if node.func.id == "button" and len(node.args) > 1 else None
            if isinstance(action, ast.Name) and action.id in known:
                yield name, node.lineno, known[action.id]


def test_every_button_is_answered() -> None:
    drawn = list(buttons())
    assert len(drawn) > 20
    for name, line, action_id in drawn:
        assert action_id in routed(Kind.ACTION), f"{name}:{line} draws {action_id}, which nothing answers"
