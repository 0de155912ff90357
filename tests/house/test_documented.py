"""What a reader must find written down."""

import ast
import re
from pathlib import Path

from actions.settings import Settings as ActionsSettings
from channels.settings import Settings as ChannelsSettings

ROOT = Path(__file__).parents[2]
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


Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(tree: ast.Module) -> list[Named]:
    outer = [node for node in tree.body if isinstance(node, Named)]
    inner = [
        node for one in outer if isinstance(one, ast.ClassDef) for node in one.body
        if isinstance(node, Named)
    ]  # fmt: skip
    return [node for node in (*outer, *inner) if not node.name.startswith("_")]
