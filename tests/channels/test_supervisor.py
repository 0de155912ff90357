"""What keeps the processes running: each is back when it dies, and ends when it is told to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from channels.supervisor import commands
from tests.journeys.running import ROOT, hears_ctrl_c, wait_for

# Writes down its number, then does as its first argument says until it is told to end.
PART = """
import os, signal, sys, time
from pathlib import Path
how, log = sys.argv[1], Path(sys.argv[2])
def note(said):
    with log.open("a") as out:
        out.write(f"{said}\\n")
def told(number, _):
    note(signal.Signals(number).name)
    if how == "finishes":
        time.sleep(0.5)
        note("finished")
    if how != "stubborn":
        sys.exit()
for one in (signal.SIGTERM, signal.SIGINT):
    signal.signal(one, told)
note(os.getpid())
while how != "breaks":
    time.sleep(0.05)
"""
RUN = """
import asyncio, logging
from channels.supervisor import supervise
logging.basicConfig()
asyncio.run(supervise({}))
"""


def test_the_procfile_says_how_each_process_is_started() -> None:
    assert commands()["channels"] == [".venv/bin/python", "-m", "channels"]
    assert set(commands()) == {"assistant", "actions", "channels"}


def test_who_is_killed_is_back_and_the_other_never_noticed(tmp_path: Path) -> None:
    with _supervised(tmp_path, one="stays", other="stays"):
        first = _notes(tmp_path, "one", 1)[0]
        other = _notes(tmp_path, "other", 1)
        os.kill(int(first), signal.SIGKILL)
        _, again = _notes(tmp_path, "one", 2)
        assert again != first
        os.kill(int(again), 0)
        assert _notes(tmp_path, "other", 1) == other


def test_who_dies_again_and_again_is_tried_with_longer_pauses(tmp_path: Path) -> None:
    with _supervised(tmp_path, one="breaks", other="stays") as supervisor:
        _notes(tmp_path, "one", 4)
        (other,) = _notes(tmp_path, "other", 1)
        os.kill(int(other), 0)
        os.kill(supervisor.pid, signal.SIGTERM)
        said = supervisor.communicate(timeout=10)[1]
    pauses = [line.split()[-2] for line in said.splitlines() if "one ended with 0" in line]
    assert pauses[:3] == ["0.5", "1", "2"]


def test_told_to_stop_each_finishes_what_it_holds(tmp_path: Path) -> None:
    with _supervised(tmp_path, one="finishes", other="stays") as supervisor:
        _notes(tmp_path, "one", 1)
        _notes(tmp_path, "other", 1)
        os.kill(supervisor.pid, signal.SIGTERM)
        assert supervisor.wait(10) == 0
    assert _notes(tmp_path, "one", 3)[1:] == ["SIGTERM", "finished"]
    assert _notes(tmp_path, "other", 2)[1:] == ["SIGTERM"]


def test_ctrl_c_tells_each_once(tmp_path: Path) -> None:
    with _supervised(tmp_path, one="finishes") as supervisor:
        _notes(tmp_path, "one", 1)
        os.killpg(supervisor.pid, signal.SIGINT)  # as a terminal does
        assert supervisor.wait(10) == 0
    assert _notes(tmp_path, "one", 3)[1:] == ["SIGTERM", "finished"]


def test_told_twice_it_kills_who_will_not_end(tmp_path: Path) -> None:
    with _supervised(tmp_path, one="stubborn") as supervisor:
        (one,) = _notes(tmp_path, "one", 1)
        os.kill(supervisor.pid, signal.SIGINT)
        _notes(tmp_path, "one", 2)
        assert supervisor.poll() is None
        os.kill(supervisor.pid, signal.SIGINT)
        assert supervisor.wait(5) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int(one), 0)


@pytest.mark.skipif(sys.platform != "linux", reason="no other kernel tells them")
def test_killed_itself_it_leaves_nobody_behind(tmp_path: Path) -> None:
    with _supervised(tmp_path, one="stays") as supervisor:
        _notes(tmp_path, "one", 1)
        supervisor.kill()
        assert _notes(tmp_path, "one", 2)[1:] == ["SIGTERM"]


def _notes(folder: Path, part: str, least: int) -> list[str]:
    """What a part wrote down, as soon as it is so many lines."""
    log = folder / part

    def lines() -> list[str]:
        return log.read_text().splitlines() if log.exists() else []

    wait_for(lambda: len(lines()) >= least, 15, 0.02, said=lines)
    return lines()


@contextmanager
def _supervised(folder: Path, **parts: str) -> Iterator[subprocess.Popen[str]]:
    """A supervisor of parts that do as they are asked."""
    run = {
        name: [sys.executable, "-c", PART, how, str(folder / name)] for name, how in parts.items()
    }
    supervisor = subprocess.Popen(
        [sys.executable, "-c", RUN.format(run)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    )
    try:
        yield supervisor
    finally:
        supervisor.kill()
        supervisor.communicate()
        time.sleep(0.05)
