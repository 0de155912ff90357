"""Several engines: each is started again when it dies or hangs, and all end with their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ENGINES = """
import asyncio, os, sys, time
from pathlib import Path
from bot.engines import divide, live
folder, lives, parent = Path(sys.argv[1]), sys.argv[2] == "lives", os.getpid()

async def run(number, sign):
    living = asyncio.create_task(live(parent, sign))
    while not (folder / f"{number}.loop").exists():
        await asyncio.sleep(0.05)
    (folder / f"{number}.loop").unlink()
    while True:
        pass

def serve(number, sign):
    (folder / f"{number}.new").write_text(str(os.getpid()))
    (folder / f"{number}.new").rename(folder / str(number))
    asyncio.run(run(number, sign)) if lives else time.sleep(600)

divide(2, serve, patience=float(sys.argv[3]))
"""
PATIENCE = 2.0
LONGER = 4.0


@pytest.fixture(params=["lives", "waits"])
def parent(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    """Two engines; those that wait end with their parent by the kernel alone."""
    with _engines(tmp_path, request.param, "inf") as process:
        yield process


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


@pytest.mark.parametrize("how", ["stopped", "in a dead loop"])
def test_one_that_hangs_is_killed_and_started_again(tmp_path: Path, how: str) -> None:
    with _engines(tmp_path, "lives", PATIENCE):
        first, second = _engine(tmp_path, 0), _engine(tmp_path, 1)
        time.sleep(1)  # it gave signs
        if how == "stopped":
            os.kill(first, signal.SIGSTOP)
        else:
            (tmp_path / "0.loop").touch()
        _until(lambda: _engine(tmp_path, 0) != first)
        assert not _lives(first)
        time.sleep(LONGER)
        assert _lives(_engine(tmp_path, 0))
        assert _engine(tmp_path, 1) == second


@pytest.mark.parametrize(
    ("how", "patience", "stops"), [("waits", PATIENCE, False), ("lives", "inf", True)]
)
def test_who_still_starts_and_who_may_hang_are_left_alone(
    tmp_path: Path, how: str, patience: float | str, stops: bool
) -> None:
    with _engines(tmp_path, how, patience):
        first = _engine(tmp_path, 0)
        time.sleep(1)
        if stops:
            os.kill(first, signal.SIGSTOP)
        time.sleep(LONGER)
        assert _engine(tmp_path, 0) == first
        assert _lives(first)


def test_nobody_was_silent_while_everything_stood_still(tmp_path: Path) -> None:
    with _engines(tmp_path, "lives", PATIENCE + 1) as parent:
        engines = [_engine(tmp_path, 0), _engine(tmp_path, 1)]
        time.sleep(1.75)  # between two signs, and the last one was seen
        for one in (parent.pid, *engines):
            os.kill(one, signal.SIGSTOP)
        time.sleep(PATIENCE + 3)
        parent.send_signal(signal.SIGCONT)
        time.sleep(0.3)  # it looks before they had their turn
        for one in engines:
            os.kill(one, signal.SIGCONT)
        time.sleep(LONGER)
        assert [_engine(tmp_path, 0), _engine(tmp_path, 1)] == engines
        assert all(map(_lives, engines))


@contextmanager
def _engines(folder: Path, how: str, patience: float | str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", ENGINES, str(folder), how, str(patience)]
    process = subprocess.Popen(command)
    yield process
    process.kill()
    process.wait()


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
