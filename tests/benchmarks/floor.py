"""What no turn can cost less than: one embedding of its text and one durable commit of its row."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial

from nlu.embedding import SentenceEmbedding

ROUNDS = 20
ROW = "x" * 1500  # as long as a sealed turn


def main(texts: list[str]) -> None:
    """Print both, the middle of some rounds."""
    embed = SentenceEmbedding.installed().embed
    for text in texts:
        embed([text])  # the first runs are slow
    embedded = [_middle(partial(embed, [text])) for text in texts]
    print(f"  floor: one embedding of the text {statistics.mean(embedded):6.2f} ms")  # noqa: T201
    print(f"  floor: one durable commit        {_commit():6.2f} ms")  # noqa: T201


def _commit() -> float:
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(f"{folder}/floor.db", isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"):
            base.execute(statement)
        base.execute("CREATE TABLE turns (data TEXT)")
        took = _middle(lambda: base.execute("INSERT INTO turns VALUES (?)", [ROW]))
        base.close()
    return took


def _middle(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main(sys.argv[1:])
