"""The verbs others may call on the log."""

from datetime import datetime, timedelta

from knowledge.audit import store
from knowledge.audit.model import Actor, Anchor, Row, Verdict, Wanted, What, who_acts
from knowledge.clock import Clock
from knowledge.database import Database
from knowledge.errors import Conflict

ON_A_PAGE = 100
AT_ONCE = 1000
# A page that keeps itself fresh is one look, not sixty: each minute of it is one row.
LOOK = timedelta(minutes=1)


class Audit:
    """The log of reads and writes. Writes put their row in themselves (``store.trace``)."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._looks: dict[tuple[Actor, What, str, str], datetime] = {}

    async def looked(self, what: What, subject: str = "", why: str = "") -> None:
        """Note that whoever acts now is shown something, or refused it: once for each minute.

        Raises Unavailable: what can't be noted must not be shown.
        """
        now, key = self._clock(), (who_acts(), what, subject, why)
        before = self._looks.get(key)
        if before is not None and before <= now < before + LOOK:
            return
        await self.happened(what, subject, why)
        self._looks = {one: at for one, at in self._looks.items() if now < at + LOOK}
        self._looks[key] = now

    async def happened(self, what: What, subject: str = "", why: str = "") -> None:
        """Note something that changes nothing else in the database."""
        async with self._database.writing() as unit:
            await store.trace(unit, self._clock(), what, subject, why=why)

    async def rows(self, wanted: Wanted) -> list[Row]:
        """One page of what was asked for, the latest first."""
        async with self._database.reading() as unit:
            return await store.rows(unit, wanted, ON_A_PAGE)

    async def verify(self, noted: str = "") -> Verdict:
        """Compute the whole chain again, and say the first row that does not fit.

        ``noted`` is a hash written down earlier: a log whose end was cut off still fits in
        itself, but no longer holds it.
        """
        async with self._database.reading() as unit:
            begins = await store.anchor(unit)
            sequence, last = begins.sequence, begins.hash
            found = not noted or (noted == last and sequence > 0)
            while rows := await store.rows_after(unit, sequence, AT_ONCE):
                for row in rows:
                    if not row.follows(sequence, last):
                        rows_before = sequence - begins.sequence
                        return Verdict(rows_before, last, row.sequence, found, begins.sequence)
                    sequence, last = row.sequence, row.hash
                    found = found or last == noted
        return Verdict(sequence - begins.sequence, last, None, found, begins.sequence)

    async def shorten(self, before: datetime, most: int = AT_ONCE) -> int:
        """Remove up to ``most`` of the oldest rows, all older than a moment; how many.

        The chain stays whole: it begins after a sealed anchor from then on. A chain that is
        broken there is not shortened, so that nothing hides it. Raises Conflict for it.
        """
        async with self._database.writing() as unit:
            last = begins = await store.anchor(unit, alone=True)
            for row in await store.rows_after(unit, begins.sequence, most):
                if row.at >= before:
                    break
                if not row.follows(last.sequence, last.hash):
                    raise Conflict("the log is broken where it should be shortened")
                last = Anchor(row.sequence, row.hash)
            removed = last.sequence - begins.sequence
            if removed:
                why = f"{removed} rows, up to {last.sequence}"
                await store.trace(unit, self._clock(), What.SHORTENED, why=why)
                await store.begin_after(unit, last, self._clock())
        return removed
