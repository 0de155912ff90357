"""Writers to SQLite that share a commit: the disk is waited for once, and each is told for itself.

SQLite lets one write at a time and has the others sleep and try again, in no order: under load
they starve. Within a process they queue up here, first come, first served. Those who queued up
while the disk was waited for make the next transaction, each in a savepoint of its own: who fails
is undone alone, and nobody goes on before all of it is on the disk.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from knowledge.errors import Unavailable
from knowledge.sqlite import Connection

WRITES = "waymark_writes"  # the option by which a connection knows that it is to write


class Batch:
    """A transaction that several writers share."""

    def __init__(self, unit: AsyncConnection) -> None:
        self.unit = unit
        self.kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.has_writes = False

    async def end(self) -> None:
        """Commit, and tell everybody how it went."""
        try:
            async with aclosing(self.unit):  # what was not committed is undone
                await self._commit()
        except Exception as error:
            self.kept.set_exception(error)
            self.kept.exception()  # there may be nobody left to hear it
        else:
            self.kept.set_result(None)

    async def stands(self) -> bool:
        """Whether the transaction is still open.

        SQLite by itself undoes all of it, not the last statement alone, where the disk is full or
        fails (sqlite.org/lang_transaction.html, 3); and a connection is closed on somebody who was
        cancelled within a statement.
        """
        if self.unit.closed or self.unit.invalidated:
            return False
        held = await self.unit.get_raw_connection()
        return bool(held.driver_connection and held.driver_connection.in_transaction)

    @asynccontextmanager
    async def one_writer(self) -> AsyncIterator[AsyncConnection]:
        """What one writer does, undone alone when the block raises.

        Savepoints are set by hand: SQLAlchemy's own took a tenth of the time of a message.
        """
        await self._step("SAVEPOINT one")
        try:
            yield self.unit
        except BaseException:
            if await self.stands():
                await self._step("ROLLBACK TO one")
                await self._step("RELEASE one")
            raise
        await self._step("RELEASE one")

    async def _step(self, statement: str) -> None:
        held = await self.unit.get_raw_connection()
        if not isinstance(held.driver_connection, Connection):
            raise Unavailable("the connection was closed")
        held.driver_connection.at_once(statement)

    async def _commit(self) -> None:
        if not self.has_writes:
            return
        if not await self.stands():  # SQLite would commit nothing, and call it well done
            raise Unavailable("the transaction was undone before its end")
        try:
            await self.unit.commit()
        except BaseException:
            # It may still stand in this transaction: no other unit of work may be given it.
            await self.unit.run_sync(lambda unit: unit.connection.rollback())
            raise


class Together:
    """The queue of one process's writers."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()  # it serves in order
        self._batch: Batch | None = None
        self._ending: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A unit of work: on the disk when the block has ended well, undone when it raises."""
        async with self._turn:
            batch = self._batch or await self._begin()
            try:
                async with batch.one_writer() as unit:
                    yield unit
            except BaseException:
                await self._left_by_one(batch)
                raise
            batch.has_writes = True
        # Whoever gives up waiting leaves the others theirs.
        await asyncio.shield(batch.kept)

    async def ended(self) -> None:
        """Return when nothing is open any more."""
        await asyncio.gather(*self._ending)

    async def _left_by_one(self, batch: Batch) -> None:
        """One failed; where that undid the others too, they are told, and the next begin anew."""
        if not await batch.stands():
            self._batch = None
            await batch.end()

    async def _begin(self) -> Batch:
        unit = await self._engine.connect()
        try:
            await unit.execution_options(**{WRITES: True})
            await unit.begin()
        except BaseException:
            await unit.close()
            raise
        self._batch = Batch(unit)
        # It stands in the queue behind those who came so far: they share this transaction.
        task = asyncio.create_task(self._end(self._batch))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return self._batch

    async def _end(self, batch: Batch) -> None:
        async with self._turn:
            if self._batch is batch:
                self._batch = None
            if not batch.kept.done():
                await batch.end()
