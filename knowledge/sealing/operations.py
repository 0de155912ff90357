"""The verbs with which an operator looks after the keys. Everything goes on while they run."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator

from sqlalchemy import Table

from knowledge.database import Database, metadata
from knowledge.errors import Conflict
from knowledge.sealing import store
from knowledge.sealing.ring import LOOK_EVERY, Key, NoKeys, Ring, keep

AT_ONCE = 200  # rows in one transaction: nobody waits long for it
# So long after the file changed every process has looked at it.
TAKEN_BY_ALL = 2 * LOOK_EVERY + 0.5


class KeyRing:
    """The file of keys, and what is sealed with each of them."""

    def __init__(self, ring: Ring, data: Database, trackers: Database) -> None:
        self._ring = ring
        self._data = data
        self._trackers = trackers
        # How many values did not open when all was sealed anew, by column and key.
        self.left = Counter[tuple[str, str]]()

    async def counts(self) -> dict[str, int]:
        """How many rows each key seals, in the order of the ring."""
        found = dict.fromkeys((key.id for key in self._ring.keys), 0)
        for database, table in await self._tables():
            async with database.reading() as unit:
                for key in found:
                    found[key] += await store.count(unit, table, key)
        return found

    async def rotate(self) -> Key:
        """Make a new key and let it seal from now on. Raises NoKeys when there is no file.

        First everybody learns the new key, and only then it seals: at no moment does a process
        meet a value that it can't open.
        """
        keys = self._ring.keys
        new = Key.new(_next_id(keys))
        await self._write([*keys, new])
        await self._write([new, *keys])
        return new

    async def seal_anew(self) -> AsyncIterator[int]:
        """Seal everything with the first key that is not yet; gives the rows done so far.

        What doesn't open is left as it is, and counted in ``left``.
        """
        done = 0
        self.left.clear()
        for database, table in await self._tables():
            after = None
            while True:
                async with database.writing() as unit:
                    some = await store.seal_anew(unit, table, self._ring, AT_ONCE, after)
                after = some.last
                self.left.update(some.left)
                done += AT_ONCE
                yield done
                if after is None:
                    break
                await asyncio.sleep(0)

    async def drop(self, key: str, although: int = 0) -> None:
        """Take a key out of the ring. Raises Conflict while anything is sealed with it.

        ``although`` so many rows are, which are then lost: those with a damaged value.
        Backups from before need it: keep it apart for as long as they are kept.
        """
        keys = self._ring.keys
        if key == keys[0].id or (await self.counts()).get(key, 0) > although:
            raise Conflict("this key is in use")
        await self._write([one for one in keys if one.id != key])

    async def _write(self, keys: list[Key]) -> None:
        if self._ring.path is None:
            raise NoKeys("the keys come by a setting: change them there, then seal anew")
        keep(self._ring.path, keys)
        await asyncio.sleep(TAKEN_BY_ALL)

    async def _tables(self) -> list[tuple[Database, Table]]:
        ours = [(self._data, one) for one in metadata.sorted_tables if store.sealed_columns(one)]
        there = await self._trackers.has(store.trackers.name)
        return [*ours, (self._trackers, store.trackers)] if there else ours


def _next_id(keys: list[Key]) -> str:
    numbers = [int(found[1]) for key in keys if (found := re.fullmatch(r"k(\d+)", key.id))]
    return f"k{max(numbers, default=0) + 1}"
