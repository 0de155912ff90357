"""What a reader must find written down."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.settings import Settings as ActionsSettings
from channels.settings import Settings as ChannelsSettings

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path.relative_to(ROOT) for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
)
ROOMS = ("actions", "bot", "channels", "knowledge", "nlu")


def test_every_setting_stands_in_the_readme_and_in_the_example() -> None:
    fields = {*ChannelsSettings.model_fields, *ActionsSettings.model_fields}
    names = {f"WAYMARK_{field.upper()}" for field in fields}
    for document in ("README.md", ".env.example"):
        written = set(re.findall(r"WAYMARK_[A-Z_]+", (ROOT / document).read_text("utf-8")))
        assert names - written == set(), document


def test_every_public_thing_says_what_it_promises() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for room in ROOMS
        for path in sorted((ROOT / room).glob("**/*.py"))
        if "migrations" not in path.parts
        for node in _public(ast.parse(path.read_text("utf-8")))
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_every_target_of_the_makefile_is_named_in_help_or_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("run", "test", "check", "recognise", "understand", "screenshots"):
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_nothing_stands_twice_in_a_page(page: Path) -> None:
    """As it does when two changes of one place are put together."""
    text = (ROOT / page).read_text("utf-8")
    assert _twice(_headings(text)) == []
    for table in _tables(text):
        assert _twice(table) == []
    assert _twice(_long_paragraphs(text)) == []


def test_what_stands_twice_is_found() -> None:
    text = "## One\n\n| a | b |\n|---|---|\n| x | 1 |\n| x | 2 |\n\n## One\n"
    assert _twice(_headings(text)) == ["## One"]
    assert [_twice(table) for table in _tables(text)] == [["x"]]


def _twice(said: list[str]) -> list[str]:
    return [one for one, times in Counter(said).items() if times > 1]


def _headings(text: str) -> list[str]:
    """Each with those that it stands under."""
    found, above = [], [""] * 7
    for sign, words in re.findall(r"^(#{1,6}) (.*)$", _without_code(text), re.MULTILINE):
        above[len(sign) :] = [f"{sign} {words}"] + [""] * (6 - len(sign))
        found.append(" > ".join(one for one in above[2:] if one) or words)
    return found


def _tables(text: str) -> Iterator[list[str]]:
    """What each row of a table is about: its first cell, and its version where it has one."""
    for table in re.findall(r"(?:^ *\|.*\|$\n?)+", _without_code(text), re.MULTILINE):
        head, _, *rows = [
            re.split(r"(?<!\\)\|", line.strip()[1:-1]) for line in table.splitlines()
        ]
        about = 2 if head[1].strip() == "version" else 1
        yield [" ".join(map(str.strip, row[:about])) for row in rows if row[0].strip()]


def _long_paragraphs(text: str) -> list[str]:
    return [one for one in text.split("\n\n") if len(one) > 200]


def _without_code(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(tree: ast.Module) -> list[Named]:
    outer = [node for node in tree.body if isinstance(node, Named)]
    inner = [
        node for one in outer if isinstance(one, ast.ClassDef) for node in one.body
        if isinstance(node, Named)
    ]  # fmt: skip
    return [node for node in (*outer, *inner) if not node.name.startswith("_")]
