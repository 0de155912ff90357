"""The verbs others may call on running processes."""

import math
import time
import uuid
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.database import Database
from knowledge.processes import store
from knowledge.processes.machine import Place

LIVES = 8.0  # seconds without a sign, after which a process counts as dead
BEAT = 2.0  # seconds between two signs
SETTLES = 4.0  # seconds that who follows a silent process waits: it may only be late
KEEPS = 10.0  # seconds after a sign was kept; what is told now is kept too, in all likelihood
SURE = 1.5  # seconds after a look that showed a claim as ours; nobody else begins so soon


class Processes:
    """This process among those that run on the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._place = Place.here()
        self._until = 0.0
        self._kept = -math.inf
        self.me = uuid.uuid4().hex
        self.alone = False  # whether no other process lived at the last sign of life

    @property
    def alive(self) -> bool:
        """Whether what this process claimed is surely still its own.

        It says no a moment before another one may begin, whatever the database does.
        """
        return time.monotonic() < self._until

    @property
    def keeps(self) -> bool:
        """Whether the database kept a sign of life a moment ago.

        One that can only be read, because its disk is full, answers and keeps nothing.
        """
        return time.monotonic() < self._kept + KEEPS

    async def beat(self, wanted: Sequence[str] = ()) -> set[str]:
        """Give a sign of life; which of the wanted claims this process may work on now.

        A claim is taken when nobody has it or its owner gives no sign. Raises Unavailable.
        """
        try:
            async with self._database.writing() as unit:
                before = time.monotonic()
                held = await store.hold(unit, self.me)
                await store.beat(unit, self.me, self._place, LIVES)
                await self._claim(unit, set(wanted) - held)
                living = await store.living(unit, LIVES)
                ours = await store.begun(unit, self.me, SETTLES)
        except IntegrityError:  # another process made the same claim in this moment
            return await self.beat(wanted)
        self._kept = before
        self._until = max(self._until, before + LIVES - BEAT / 2)
        self.alone = living == {self.me}
        return ours & set(wanted)

    async def look(self) -> set[str]:
        """The claims that are this process's own, without a sign of life, which may be late.

        Whoever takes one from us begins only after we would have seen it. Raises Unavailable.
        """
        before = time.monotonic()
        async with self._database.reading() as unit:
            ours = await store.begun(unit, self.me, SETTLES)
        if ours:
            self._until = max(self._until, before + SURE)
        return ours

    async def leave(self) -> None:
        """End: what this process claimed is free at once. Raises Unavailable."""
        self._until = 0.0
        async with self._database.writing() as unit:
            await store.leave(unit, [self.me])

    async def bury(self) -> int:
        """Forget the dead; how many. Raises Unavailable."""
        async with self._database.reading() as unit:
            known, living = await store.places(unit), await store.living(unit, LIVES)
        others = {id_: place for id_, place in known.items() if id_ != self.me}
        dead = [id_ for id_, place in others.items() if place.is_surely_dead(self._place)]
        if not dead and not others.keys() - living:
            return 0
        async with self._database.writing() as unit:
            await store.leave(unit, dead)
            return len(dead) + await store.forget_silent(unit, self.me, LIVES)

    async def _claim(self, unit: AsyncConnection, wanted: set[str]) -> None:
        if not wanted:
            return
        # In this order: an owner that gave a sign before we held its claim is among the living.
        owners = await store.owners(unit, sorted(wanted))
        living = await store.living(unit, LIVES)
        new = wanted - await store.names(unit)
        for name in sorted(wanted):
            owner = owners.get(name)
            if name in new or (owner is not None and owner not in living):
                await store.claim(unit, name, self.me, owner, SETTLES)
