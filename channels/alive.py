"""This process among its like: its signs of life, and the work that only one of them does.

The database decides (knowledge/processes): whoever has a claim does the work, and when it dies
another one takes the claim, and the messages it was about to answer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from channels import figures
from channels.bell import Bell
from channels.reception import Reception
from knowledge.processes.operations import BEAT, Processes

log = logging.getLogger(__name__)

HOLD_EVERY = 0.5  # seconds between two looks at whether the claims are still ours


class Job(Protocol):
    """Work that goes on in one process at a time. It can be started again after a stop."""

    async def start(self) -> None:
        """Begin, without waiting for anybody."""

    def ended(self) -> bool:
        """Whether it was started and something of it ended by itself."""

    async def stop(self) -> None:
        """End; what is under way is left so that any process can take it up."""


class Alive:
    """Started first and stopped last, or nearly."""

    def __init__(
        self, processes: Processes, reception: Reception, bell: Bell, jobs: Mapping[str, Job]
    ) -> None:
        self._processes = processes
        self._reception = reception
        self._bell = bell
        self._jobs = jobs
        self._claimed: set[str] = set()
        self._at_work: set[str] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Show that this process lives before it takes anything on."""
        await self._surely(self._beat)
        for work, every in (
            (self._beat, BEAT),
            (self._look, HOLD_EVERY),
            (self._hold, HOLD_EVERY),
            (self._take_up, BEAT),
        ):
            self._tasks.append(asyncio.create_task(self._again_and_again(work, every)))

    async def stop(self) -> None:
        """End the work that only one does; this process is still alive."""
        for task in self._tasks[1:]:
            task.cancel()
        await asyncio.gather(*self._tasks[1:], return_exceptions=True)
        self._jobs, wanted = {}, self._jobs  # claims are no longer asked for
        for name in sorted(self._at_work):
            await wanted[name].stop()
            figures.JOBS.labels(name).set(0)
        self._at_work.clear()

    async def leave(self) -> None:
        """This process has let go of everything: others may take it at once."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._surely(self._processes.leave)

    async def _beat(self) -> None:
        self._claimed = await self._processes.beat(sorted(self._jobs))
        self._bell.is_alone = self._processes.alone

    async def _look(self) -> None:
        """See whether what we claimed is still ours: under load a sign of life waits for long."""
        before = self._claimed
        ours = await self._processes.look()
        if self._claimed is before:  # no sign went through meanwhile, which knows better
            self._claimed = before & ours

    async def _hold(self) -> None:
        """Start what became ours, stop what is no longer, also while the database is away."""
        await self._begin_anew()
        if not self._processes.alive:
            self._claimed = set()  # until a sign goes through: a look alone begins nothing
        ours = self._claimed
        for name in sorted(self._at_work - ours):
            log.warning("no longer surely ours, so others may do it: %s", name)
            self._at_work.discard(name)
            await self._jobs[name].stop()
            figures.JOBS.labels(name).set(0)
        for name in sorted(ours - self._at_work):
            self._at_work.add(name)
            await self._jobs[name].start()
            figures.JOBS.labels(name).set(1)

    async def _take_up(self) -> None:
        """See to conversations whose process died."""
        await self._processes.bury()
        await self._reception.take_up()

    async def _begin_anew(self) -> None:
        """What ended by itself goes on: the process lives, so nobody else would take it over."""
        for name in sorted(self._at_work):
            if self._jobs[name].ended():
                log.error("it ended by itself and begins anew: %s", name)
                await self._jobs[name].stop()
                await self._jobs[name].start()

    async def _again_and_again(self, work: Callable[[], Awaitable[None]], every: float) -> None:
        while True:
            await self._surely(work)
            await asyncio.sleep(every)

    async def _surely(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:  # the database is away: again in a moment
            log.warning("a sign of life failed: %s", type(error).__name__)
