"""Rasa's graph gives the same in our order as in dask's."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.graph import InOrder


class Said(GraphComponent):  # type: ignore[misc]
    """Adds a word to what the nodes before it gave."""

    def __init__(self, word: str) -> None:
        self._word = word

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Said:
        """The component with its word."""
        return cls(config["word"])

    def say(self, first: str, second: str = "") -> str:
        """What was said so far, and its own word."""
        return f"({first}{second}{self._word})"


def _node(word: str, **needs: str) -> SchemaNode:
    return SchemaNode(needs, Said, "create", "say", {"word": word}, eager=True)


SCHEMA = GraphSchema(
    {
        "last": _node("d", first="left", second="right"),
        "left": _node("b", first="start"),
        "right": _node("c", first="start", second="__message__"),
        "start": _node("a", first="__message__"),
        "apart": _node("e", first="__tracker__"),
    }
)
GIVEN = {"__message__": "m", "__tracker__": "t"}


@pytest.fixture
def runners(tmp_path: Path) -> list[DaskGraphRunner]:
    context = ExecutionContext(SCHEMA)
    storage = LocalModelStorage(tmp_path)
    return [runner.create(SCHEMA, storage, context) for runner in (DaskGraphRunner, InOrder)]


@pytest.mark.parametrize("targets", [["last"], ["apart"], ["start", "last"], ["last", "apart"]])
def test_it_gives_what_rasas_runner_gives(
    runners: list[DaskGraphRunner], targets: list[str]
) -> None:
    theirs, ours = (runner.run(inputs=GIVEN, targets=targets) for runner in runners)
    assert ours == theirs
    assert list(ours) == targets


def test_it_fails_where_rasas_runner_fails(runners: list[DaskGraphRunner]) -> None:
    for runner in runners:
        with pytest.raises(GraphRunError):
            runner.run(inputs={"start": "start"}, targets=["last"])
        with pytest.raises(GraphRunError):
            runner.run(inputs={"__tracker__": "t"}, targets=["last"])


def test_it_stands_for_the_version_that_was_compared() -> None:
    assert importlib.metadata.version("rasa") == "3.6.21"
