"""Several engines of one kind: what they share is loaded once, then the process divides.

One Rasa process uses one core. Each engine listens on a port of its own, the first one on
WAYMARK_ASSISTANT_PORT and the others on those after it; the channels give a conversation always to
the same engine (channels/assistant.py), so that what an engine remembers and locks stays true.
The first process serves nobody: it starts again whichever engine dies, kills whichever hangs
(docs/decisions/0046-who-ends-what-hangs.md), and ends them when it ends.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import mmap
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import NoReturn

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5  # seconds between two looks at the engines
SIGN_EVERY = 1.0  # seconds between two signs of life; then it looks whether its parent lives
PR_SET_PDEATHSIG = 1  # prctl(2)
Sign = Callable[[], None]
Serve = Callable[[int, Sign], None]


def divide(engines: int, serve: Serve, patience: float) -> None:
    """Run ``serve`` for each engine, each in its own process, until told to end.

    ``serve`` is given the engine's number and what it calls to give a sign of life. An engine that
    gave one and then none for ``patience`` seconds is killed; ``math.inf`` lets it hang.
    """
    gc.collect()
    gc.freeze()  # what is shared must not be written to by looks for garbage
    give_back()
    parent, signs = os.getpid(), _Signs(engines)

    def start(number: int) -> int:
        signs.forget(number)
        return _start(lambda: serve(number, lambda: signs.give(number)), parent)

    running = {start(number): number for number in range(engines)}
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    try:
        while True:
            time.sleep(LOOK_EVERY)
            for ended in _ended():
                number = running.pop(ended)
                log.error("engine %d ended: it is started again", number)
                running[start(number)] = number
            for process, number in running.items():
                if signs.missing_for(number) >= patience:
                    log.error("engine %d gave no sign of life for %g s: killed", number, patience)
                    os.kill(process, signal.SIGKILL)
                    signs.forget(number)
    finally:
        for process in running:
            os.kill(process, signal.SIGTERM)
        for process in running:
            os.waitpid(process, 0)


class _Signs:
    """Signs of life of each engine, in memory that the engines share with their parent.

    Silence counts in the parent's looks, not by a clock: while the whole machine stood still, or
    the parent waited for its turn with all others, nobody was silent.
    """

    def __init__(self, engines: int) -> None:
        self._given = mmap.mmap(-1, engines)  # 0: none yet, it still starts
        self._seen = [0] * engines
        self._looks = [0] * engines

    def give(self, number: int) -> None:
        """An engine lives: called there."""
        self._given[number] = 1 + self._given[number] % 255

    def forget(self, number: int) -> None:
        """Another engine starts in the place of this one, and may take its time."""
        self._given[number] = 0

    def missing_for(self, number: int) -> float:
        """One look at an engine: for how many seconds it gave no sign."""
        given = self._given[number]
        still = given and given == self._seen[number]
        self._looks[number] = self._looks[number] + 1 if still else 0
        self._seen[number] = given
        return self._looks[number] * LOOK_EVERY


def _ended() -> Iterator[int]:
    """The engines that ended since the last look."""
    while process := os.waitpid(-1, os.WNOHANG)[0]:
        yield process


def _start(serve: Callable[[], None], parent: int) -> int:
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        _die_with(parent)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        serve()
        status = 0
    finally:
        os._exit(status)


def _die_with(parent: int) -> None:
    """Have Linux end this engine when its parent dies: the next ones need its port at once."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before it could be said
        os._exit(1)


async def live(parent: int, sign: Sign) -> None:
    """Give signs of life; end this engine when its parent is gone, where no kernel does it."""
    while os.getppid() == parent:
        sign()
        await asyncio.sleep(SIGN_EVERY)
    os._exit(1)


def end_at_once(why: str) -> NoReturn:
    """End this engine: whoever runs it starts it again."""
    log.error("this engine ends: %s", why)
    os._exit(1)


def give_back() -> None:
    """Give memory that is free again back to the machine: glibc keeps it for itself."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _end(_signal: int, _frame: object) -> None:
    sys.exit(0)
