"""The assistant with a clock around each part of a turn: `parts FILE`, then as `python -m bot`.

After each turn FILE holds how often each part ran and how long it took (JSON: name -> [times,
seconds]), without the parts inside it. The clock itself costs some microseconds a part.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

TURN = ("bot.door:Door", "_turn", "the rest")
PARTS = (
    ("nlu.risk.recogniser:Recogniser", "recognise", "risk, its words and rules"),
    ("nlu.risk.model:Model", "read", "risk, the model"),
    ("nlu.risk.encoder:RiskEncoder", "read", "risk, the encoder"),
    ("nlu.embedding:SentenceEmbedding", "embed", "embedding"),
    ("nlu.understanding:Understanding", "read", "meaning"),
    ("nlu.facts:FactFinder", "read", "facts"),
    ("rasa.core.processor:MessageProcessor", "parse_message", "Rasa, around the pipeline"),
    ("rasa.core.processor:MessageProcessor", "_predict_next_with_tracker", "policies"),
    ("rasa.core.processor:MessageProcessor", "run_action_extract_slots", "Rasa, slots"),
    ("rasa.core.processor:MessageProcessor", "_run_action", "Rasa, actions and forms"),
    ("bot.action_server:ActionServer", "request", "action server, with the way there"),
    ("bot.trackers:TrackerStore", "retrieve", "tracker, read"),
    ("bot.trackers:TrackerStore", "save", "tracker, kept"),
)

_inside: ContextVar[list[float] | None] = ContextVar("inside", default=None)
_spent: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])


def put_clocks(kept: Path) -> None:
    """Put a clock around each part; the table is written to ``kept`` after each turn."""
    for place, function, name in PARTS:
        _clocked(place, function, name)
    _clocked(*TURN, done=lambda: kept.write_text(json.dumps(_spent), "utf-8"))


def _clocked(
    place: str, function: str, name: str, done: Callable[[], object] = lambda: None
) -> None:
    module, _, owner = place.partition(":")
    of = getattr(importlib.import_module(module), owner)
    real = getattr(of, function)

    @functools.wraps(real)
    async def later(*given: Any, **named: Any) -> Any:
        with _Clock(name):
            result = await real(*given, **named)
        done()
        return result

    @functools.wraps(real)
    def now(*given: Any, **named: Any) -> Any:
        with _Clock(name):
            return real(*given, **named)

    setattr(of, function, later if inspect.iscoroutinefunction(real) else now)


class _Clock:
    """The time of a block without that of the clocked blocks within."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        self._within = [0.0]
        self._token = _inside.set(self._within)
        self._begun = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        took = time.perf_counter() - self._begun
        _inside.reset(self._token)
        around = _inside.get()
        if around is not None:
            around[0] += took
        _spent[self._name][0] += 1
        _spent[self._name][1] += took - self._within[0]


def main(kept: str) -> None:
    """Serve as the assistant does, with clocks."""
    from bot import __main__ as assistant

    serve = assistant.serve

    def serve_clocked(*given: Any) -> None:
        put_clocks(Path(kept))
        serve(*given)

    assistant.serve = serve_clocked  # type: ignore[assignment]
    assistant.main()


if __name__ == "__main__":
    main(sys.argv[1])
