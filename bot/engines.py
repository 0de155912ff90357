"""Several engines of one kind: what they share is loaded once, then the process divides.

One Rasa process uses one core. Each engine listens on a port of its own, the first one on
WAYMARK_ASSISTANT_PORT and the others on those after it; the channels give a conversation always to
the same engine (channels/assistant.py), so that what an engine remembers and locks stays true.
The first process serves nobody: it starts again whichever engine dies, and ends them when it ends.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import NoReturn

log = logging.getLogger(__name__)

PAUSE = 0.5  # seconds before an engine is started again
LOOK_EVERY = 1.0  # seconds between an engine's looks whether its parent lives
PR_SET_PDEATHSIG = 1  # prctl(2)
Serve = Callable[[int], None]


def divide(engines: int, serve: Serve) -> None:
    """Run ``serve`` with the number of each engine, each in its own process, until told to end."""
    gc.collect()
    gc.freeze()  # what is shared must not be written to by looks for garbage
    parent = os.getpid()
    running = {_start(number, serve, parent): number for number in range(engines)}
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    try:
        while True:
            ended, _ = os.wait()
            number = running.pop(ended)
            log.error("engine %d ended: it is started again", number)
            time.sleep(PAUSE)
            running[_start(number, serve, parent)] = number
    finally:
        for process in running:
            os.kill(process, signal.SIGTERM)
        for process in running:
            os.waitpid(process, 0)


def _start(number: int, serve: Serve, parent: int) -> int:
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        _die_with(parent)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        serve(number)
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


async def end_with(parent: int) -> None:
    """End this engine when its parent is gone, where no kernel does it."""
    while os.getppid() == parent:
        await asyncio.sleep(LOOK_EVERY)
    os._exit(1)


def end_at_once(why: str) -> NoReturn:
    """End this engine: whoever runs it starts it again."""
    log.error("this engine ends: %s", why)
    os._exit(1)


def _end(_signal: int, _frame: object) -> None:
    sys.exit(0)
