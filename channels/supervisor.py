"""Keeps the processes of the Procfile running: `make run` serves with it.

Whichever ends is started again, however often. Told to stop, it tells each and waits: what is
being answered is finished. It listens nowhere. docs/decisions/0040-who-restarts-what-dies.md says
why it is our own.
"""

import asyncio
import contextlib
import ctypes
import logging
import shlex
import signal
import sys
from collections.abc import Awaitable
from pathlib import Path

log = logging.getLogger("channels.supervisor")  # also as a command of its own

PROCFILE = Path(__file__).parents[1] / "Procfile"
FIRST_PAUSE = 0.5  # seconds before a process is started again
LONGEST_PAUSE = 30.0  # for one that dies again and again
STEADY_AFTER = 60.0  # who lived so long did not die of its start
ENDS_WITHIN = 20.0  # seconds; the units of docs/servers say the same
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1  # prctl(2)


def commands(procfile: Path = PROCFILE) -> dict[str, list[str]]:
    """How each process is started, by its name."""
    lines = (line.partition(":") for line in procfile.read_text("utf-8").splitlines() if line)
    return {name: shlex.split(command) for name, _, command in lines}


async def supervise(parts: dict[str, list[str]]) -> None:
    """Run these until told to stop (Ctrl-C, SIGTERM, SIGHUP); told twice, kill what is left."""
    stop, hurry = asyncio.Event(), asyncio.Event()

    def told() -> None:
        (hurry if stop.is_set() else stop).set()

    for one in STOPS:
        if signal.getsignal(one) is not signal.SIG_IGN:  # as by nohup
            asyncio.get_running_loop().add_signal_handler(one, told)
    await asyncio.gather(*(_keep(name, parts[name], stop, hurry) for name in parts))


async def _keep(name: str, command: list[str], stop: asyncio.Event, hurry: asyncio.Event) -> None:
    """One process, again and again until told to stop."""
    clock, pause = asyncio.get_running_loop().time, FIRST_PAUSE
    while not stop.is_set():
        began = clock()
        how = await _run(command, stop, hurry)
        if stop.is_set():
            return
        pause = FIRST_PAUSE if clock() - began > STEADY_AFTER else pause
        log.error("%s ended %s: it is started again in %g s", name, how, pause)
        await _first(asyncio.sleep(pause), stop.wait())
        pause = min(pause * 2, LONGEST_PAUSE)


async def _run(command: list[str], stop: asyncio.Event, hurry: asyncio.Event) -> str:
    """Until it ends by itself or because it was told to; how it ended."""
    try:
        process = await _start(command)
    except OSError as error:  # what is being installed anew is not there for a moment
        return f"before it began ({type(error).__name__})"
    await _first(process.wait(), stop.wait())
    if process.returncode is None:
        await _end(process, hurry)
    returned = await process.wait()
    return f"by {signal.Signals(-returned).name}" if returned < 0 else f"with {returned}"


async def _start(command: list[str]) -> asyncio.subprocess.Process:
    """In a session of its own: a Ctrl-C reaches it by way of us alone, once."""
    return await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_end_with_us,
    )


def _end_with_us() -> None:
    """Have Linux tell this process to end when we die: the next ones need its port."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


async def _end(process: asyncio.subprocess.Process, hurry: asyncio.Event) -> None:
    with contextlib.suppress(ProcessLookupError):  # it ended in this moment
        process.terminate()
        await _first(process.wait(), hurry.wait(), asyncio.sleep(ENDS_WITHIN))
        if process.returncode is None:
            process.kill()


async def _first(*deeds: Awaitable[object]) -> None:
    """Return when one of these is done, and let go of the others."""
    tasks = [asyncio.ensure_future(deed) for deed in deeds]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(name)s %(message)s")
    asyncio.run(supervise(commands()))
