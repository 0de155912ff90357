"""The verbs others may call on running processes."""

import time
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.database import Database
from knowledge.processes import store
from knowledge.processes.machine import Place

LIVES = 8.0  # seconds without a sign, after which a process counts as dead
BEAT = 2.0  # seconds between two signs


class Processes:
    """This process among those that run on the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._place = Place.here()
        self._until = 0.0
        self.me = uuid.uuid4().hex
        self.alone = False  # whether no other process lived at the last sign of life

    @property
    def alive(self) -> bool:
        """Whether others must still believe that this process lives.

        It says no a moment before they may say so, whatever the database does.
        """
        return time.monotonic() < self._until

    async def beat(self, wanted: Sequence[str] = ()) -> set[str]:
        """Give a sign of life; which of the wanted claims are this process's own until the next.

        A claim is taken when nobody has it or its owner is dead. Raises Unavailable.
        """
        before = time.monotonic()
        try:
            async with self._database.writing() as unit:
                await store.beat(unit, self.me, self._place, LIVES)
                # In this order: an owner that came between the two is among the living.
                owners = await store.owners(unit) if wanted else {}
                living = await store.living(unit, LIVES)
                held = await self._claimed(unit, wanted, owners, living)
        except IntegrityError:  # another process took the same claim in this moment
            return await self.beat()
        self._until = before + LIVES - BEAT / 2
        self.alone = living == {self.me}
        return held

    async def leave(self) -> None:
        """End: what this process claimed is free at once. Raises Unavailable."""
        self._until = 0.0
        async with self._database.writing() as unit:
            await store.leave(unit, [self.me])

    async def bury(self) -> int:
        """Forget the dead; how many. Raises Unavailable."""
        async with self._database.reading() as unit:
            known, living = await store.places(unit), await store.living(unit, LIVES)
        dead = [
            id_
            for id_, place in known.items()
            if id_ != self.me and (id_ not in living or place.is_surely_dead(self._place))
        ]
        if dead:
            async with self._database.writing() as unit:
                await store.leave(unit, dead)
        return len(dead)

    async def _claimed(
        self,
        unit: AsyncConnection,
        wanted: Sequence[str],
        owners: Mapping[str, str],
        living: set[str],
    ) -> set[str]:
        held = {name for name in wanted if owners.get(name) == self.me}
        for name in wanted:
            owner = owners.get(name)
            if owner not in living and await store.claim(unit, name, self.me, owner):
                held.add(name)
        return held
