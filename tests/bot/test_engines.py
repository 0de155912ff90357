"""Several engines: each is started again when it dies, and all end with their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ENGINES = """
import asyncio, os, sys, time
from pathlib import Path
from bot.engines import divide, end_with
folder, looks, parent = Path(sys.argv[1]), sys.argv[2] == "looks", os.getpid()

def serve(number):
    (folder / f"{number}.new").write_text(str(os.getpid()))
    (folder / f"{number}.new").rename(folder / str(number))
    asyncio.run(end_with(parent)) if looks else time.sleep(600)

divide(2, serve)
"""


@pytest.fixture(params=["looks", "waits"])
def parent(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    """Two engines; those that wait end with their parent by the kernel alone."""
    process = subprocess.Popen([sys.executable, "-c", ENGINES, str(tmp_path), request.param])
    yield process
    process.kill()
    process.wait()


def test_one_that_is_killed_is_started_again(
    parent: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    first, second = _engine(tmp_path, 0), _engine(tmp_path, 1)
    os.kill(first, signal.SIGKILL)
    _until(lambda: _engine(tmp_path, 0) != first)
    assert _lives(_engine(tmp_path, 0))
    assert _engine(tmp_path, 1) == second


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_they_end_with_the_one_that_started_them(
    parent: subprocess.Popen[bytes], tmp_path: Path, ending: signal.Signals
) -> None:
    engines = [_engine(tmp_path, 0), _engine(tmp_path, 1)]
    parent.send_signal(ending)
    parent.wait(20)
    _until(lambda: not any(map(_lives, engines)))


def _engine(folder: Path, number: int) -> int:
    _until((folder / str(number)).exists)
    return int((folder / str(number)).read_text())


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.05)
