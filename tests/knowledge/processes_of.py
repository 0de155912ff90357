"""A server's process and all that it started: killed, or stopped for a while."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def family(process: int) -> list[int]:
    """A process and those that it started, itself first (Linux)."""
    found = [process]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(process):
                found.append(int(stat.parent.name))
    return found


def killed(process: int) -> None:
    """End all of them at once, as a power cut does."""
    for one in family(process):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


@contextmanager
def hung(process: int) -> Iterator[None]:
    """None of them does anything while the block runs; then they go on."""
    stopped = family(process)
    for one in stopped:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in stopped:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGCONT)
