"""Jobs that are one task each (a `Job` of channels/alive.py)."""

import asyncio
from abc import ABC, abstractmethod


class Background(ABC):
    """Work that goes on beside everything else until it is told to stop."""

    _task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin, without waiting for anybody."""
        self._task = asyncio.create_task(self._run())

    def ended(self) -> bool:
        """Whether it was started and ended by itself."""
        return self._task is not None and self._task.done()

    async def stop(self) -> None:
        """End; what is still to do stays noted for whoever begins next."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    @abstractmethod
    async def _run(self) -> None:
        """The work, without an end."""
