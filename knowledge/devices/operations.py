"""The verbs others may call on devices."""

from knowledge.clock import Clock
from knowledge.database import Database
from knowledge.devices import store
from knowledge.devices.model import Device


class Devices:
    """Devices of the team that take push messages."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, device: Device) -> None:
        """Keep a device; the same one again is kept anew."""
        async with self._database.writing() as unit:
            await store.add(unit, device, self._clock())

    async def remove(self, device: str) -> None:
        """Forget a device; one that is not there is forgotten already."""
        async with self._database.writing() as unit:
            await store.remove(unit, device)

    async def every(self) -> list[Device]:
        """All devices."""
        async with self._database.reading() as unit:
            return await store.every(unit)
