"""The verbs others may call on the directory: reading it, and taking in other directories."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager, suppress

from knowledge.clock import Clock
from knowledge.database import Database
from knowledge.errors import NotFound, Unavailable

from . import store
from .exchange import Report, merged, without_what_left
from .ids import service_key
from .load import load
from .model import Service
from .records import DESK, SEED, Deed, change_of
from .rows import Row
from .snapshot import Services

log = logging.getLogger(__name__)
LOOK_EVERY = 3.0  # seconds until another process's change is seen here
# What a source calls closed, and all that it lists.
Left = tuple[Collection[str], Collection[str] | None]
FROM_OUR_FILE = "services.csv"


class Directory:
    """The services we know. Reading never waits: it reads this process's copy.

    Until the database has answered, and as long as it holds no directory, the copy is the
    file that the directory starts from.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._services = Services(load().services)
        self._version = 0

    def services(self) -> Services:
        """All services that may be shown, in the order of their ids."""
        return self._services

    def service(self, id_: str) -> Service:
        """The service with this id. Raises NotFound."""
        try:
            return self._services.by_id[id_]
        except KeyError:
            raise NotFound(id_) from None

    @property
    def version(self) -> int:
        """Counts the changes that this process's copy holds."""
        return self._version

    async def refresh(self) -> None:
        """Take in what changed since the last time. Raises Unavailable."""
        async with self._database.reading() as unit:
            version = await store.version(unit)
            if version == self._version:
                return
            entries = await store.entries(unit)
        self._services = Services(one.service for one in entries if not one.is_retired)
        self._version = version

    @asynccontextmanager
    async def kept_fresh(self) -> AsyncIterator[None]:
        """While the block runs, changes made elsewhere show up here within seconds."""
        with suppress(Unavailable):
            await self.refresh()
        task = asyncio.create_task(self._keep_fresh())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _keep_fresh(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.refresh()
            except Exception as error:  # the copy at hand is better than none
                log.warning("directory not refreshed: %s", type(error).__name__)

    async def seed(self) -> Report:
        """Bring what our own file holds into the database; what a person edited stays."""
        rows = [(row, row["id"]) for row in load().rows]
        return await self._take_in(rows, SEED, FROM_OUR_FILE)

    async def take_in(
        self,
        rows: Iterable[tuple[Row, str]],
        feed: str,
        *,
        closed: Collection[str] = (),
        listed: Collection[str] | None = None,
    ) -> Report:
        """Bring in rows of another directory, each with its id there; all start unconfirmed.

        ``closed`` are ids that the directory calls closed, ``listed`` all its ids where it was
        read whole. Doing it again changes nothing. Ours, and what a person edited, is left
        alone. Raises ValueError for a feed that calls itself as we call our own.
        """
        if feed in (SEED, DESK):
            raise ValueError(feed)
        unconfirmed = [(row | {"confidence": "low"}, source_id) for row, source_id in rows]
        return await self._take_in(unconfirmed, feed, f"import from {feed}", (closed, listed))

    async def _take_in(
        self, rows: list[tuple[Row, str]], origin: str, who: str, left: Left = ((), None)
    ) -> Report:
        async with self._database.writing() as unit:
            await store.one_at_a_time(unit)
            entries = await store.entries(unit)
            known = {entry.id: entry for entry in entries}
            merge = merged(rows, {service_key(one.id): one for one in entries} | known, origin)
            theirs = [one for one in entries if one.origin == origin]
            merge = without_what_left(merge, theirs, *left)
            now = self._clock()
            if merge.kept:
                await store.keep(unit, merge.kept, now)
                lines = [
                    change_of(
                        known.get(entry.id),
                        entry,
                        now,
                        who,
                        Deed.RETIRED if entry.is_retired else Deed.IMPORTED,
                    )
                    for entry in merge.kept
                ]
                await store.add_changes(unit, lines)
                await store.count_change(unit)
        await self.refresh()
        return merge.report
