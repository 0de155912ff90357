"""Who may know whom (docs/ARCHITECTURE in short: actions -> knowledge <- channels)."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("actions", "bot", "channels", "knowledge", "nlu")

# The understanding reads places too: that one part of knowledge is plain Python for both
# environments (docs/decisions/0006-places-for-both-sides.md). Trackers are sealed by the same
# keys as everything else, so the ring of keys is plain Python for both, too.
MAY_IMPORT = {
    "knowledge": set[str](),
    "actions": {"knowledge"},
    "channels": {"knowledge"},
    "nlu": {"knowledge.places"},
    "bot": {"nlu", "knowledge.sealing.ring"},
}


def test_nobody_climbs_a_wall() -> None:
    assert list(_strays()) == []


def test_settings_come_from_outside_in_one_place() -> None:
    readers = {"settings.py", "__main__.py", "prepare.py", "train.py", "check.py"}
    found = [
        str(path.relative_to(ROOT))
        for path in _files()
        if path.name not in readers and "os.environ" in path.read_text("utf-8")
    ]
    assert found == []


def test_sql_stands_in_stores_alone() -> None:
    allowed = {"store.py", "tables.py", "database.py", "turns.py", "inbox.py"}
    found = [
        str(path.relative_to(ROOT))
        for path in _files()
        if path.name not in allowed
        and "migrations" not in path.parts
        and {"select", "insert", "update", "delete", "text"} & _names_from(path, "sqlalchemy")
    ]
    assert found == []


def test_no_file_outgrows_its_reader() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in [*_files(), *ROOT.glob("tests/**/*.py")]
        if (lines := len(path.read_text("utf-8").splitlines())) > 300
    ]
    assert long == []


def _strays() -> Iterator[str]:
    for path in _files():
        room = path.relative_to(ROOT).parts[0]
        for module in _imports(path):
            other = module.split(".")[0]
            allowed = any(
                module == may or module.startswith(may + ".") for may in MAY_IMPORT[room]
            )
            if other in ROOMS and other != room and not allowed:
                yield f"{path.relative_to(ROOT)} imports {module}"


def _files() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).glob("**/*.py"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _names_from(path: Path, package: str) -> set[str]:
    return {
        alias.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package
        for alias in node.names
    }
