"""Keeping the directory true: what editors do to its entries, and what providers answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.clock import LONDON, Clock
from knowledge.database import Database
from knowledge.errors import Conflict, NotFound

from . import store
from .operations import Directory
from .records import DESK, Change, Deed, Entry, Proposal, State, change_of, differences
from .rows import NotUsable, read_row, slug
from .shape import normal

BY_LINK = "the provider, by its link"


class Editing:
    """What may be done to entries. Every change is written into the entry's history."""

    def __init__(self, database: Database, clock: Clock, directory: Directory) -> None:
        self._database = database
        self._clock = clock
        self._directory = directory

    async def entries(self) -> list[Entry]:
        """Every entry with what is kept about it, retired ones too."""
        async with self._database.reading() as unit:
            return await store.entries(unit)

    async def entry(self, id_: str) -> Entry:
        """One entry. Raises NotFound."""
        async with self._database.reading() as unit:
            return await _entry(unit, id_)

    async def history(self, id_: str) -> list[Change]:
        """What was changed of an entry, when and by whom, the latest first."""
        async with self._database.reading() as unit:
            return await store.changes_of(unit, id_)

    async def add(self, row: Mapping[str, str], who: str) -> Entry:
        """Add an entry from the desk. Raises NotUsable, also when its id is taken."""
        full = normal({**row, "id": row.get("id") or slug(row.get("name", ""))[:64]})
        entry = Entry(read_row(full), full, origin=DESK, is_edited=True)
        async with self._writing() as unit:
            if await store.entries(unit, entry.id):
                raise NotUsable({"id": "there is an entry with this id already"})
            await self._change(unit, None, entry, who, Deed.ADDED)
        return entry

    async def correct(
        self, id_: str, row: Mapping[str, str], who: str, *, seen: datetime | None = None
    ) -> Entry:
        """Change an entry's fields.

        ``seen`` is the time of the entry's last change as the editor saw it. Raises NotFound,
        NotUsable with what is wrong in each field, Conflict when it changed since.
        """
        async with self._writing() as unit:
            before = await _entry(unit, id_)
            if seen is not None and seen != before.service.changed_at:
                raise Conflict(id_)
            entry = _corrected(before, row)
            if entry.row != before.row:
                await self._change(unit, before, entry, who, Deed.CORRECTED)
        return entry

    async def remember_contact(self, id_: str, email: str) -> None:
        """Keep whom to write to about an entry. Raises NotFound."""
        async with self._writing() as unit:
            entry = replace(await _entry(unit, id_), contact=email)
            await store.keep(unit, [entry], entry.service.changed_at or self._clock())

    async def retire(self, id_: str, who: str) -> None:
        """Take an entry out of everything that is shown. Raises NotFound."""
        await self._set_retired(id_, who, is_retired=True)

    async def restore(self, id_: str, who: str) -> None:
        """Show a retired entry again. Raises NotFound."""
        await self._set_retired(id_, who, is_retired=False)

    async def assure(self, id_: str, who: str) -> None:
        """Somebody checked the whole entry today and vouches for it. Raises NotFound."""
        async with self._writing() as unit:
            before = await _entry(unit, id_)
            entry = self._assured(_corrected(before, {"confidence": "high"}), who)
            await self._change(unit, before, entry, who, Deed.ASSURED)

    async def propose(self, proposal: Proposal) -> None:
        """Keep a provider's answer: a correction waits for an editor, "all is right" counts now.

        Raises Conflict when its link was answered before, NotFound, NotUsable.
        """
        async with self._writing() as unit:
            before = await _entry(unit, proposal.service)
            if await store.proposal(unit, proposal.id):
                raise Conflict(proposal.id)
            _, changed = differences(before.row, _corrected(before, proposal.changed).row)
            needs_editor = bool(changed or proposal.note)
            state = State.OPEN if needs_editor else State.ACCEPTED
            kept = replace(proposal, changed=changed, state=state, at=self._clock())
            await store.add_proposal(unit, kept)
            if not needs_editor:
                entry = self._assured(replace(before, is_edited=True), BY_LINK)
                await self._change(unit, before, entry, BY_LINK, Deed.ASSURED)

    async def is_answered(self, link: str) -> bool:
        """Whether a provider answered to this link already."""
        async with self._database.reading() as unit:
            return await store.proposal(unit, link) is not None

    async def proposals(self) -> list[Proposal]:
        """Providers' corrections that wait for an editor."""
        async with self._database.reading() as unit:
            return await store.open_proposals(unit)

    async def decide(self, id_: str, who: str, *, accept: bool) -> None:
        """Take a provider's correction over, or not. Raises NotFound, Conflict, NotUsable."""
        async with self._writing() as unit:
            proposal = await store.proposal(unit, id_)
            if proposal is None:
                raise NotFound(id_)
            state = State.ACCEPTED if accept else State.DECLINED
            if not await store.decide(unit, id_, state):
                raise Conflict(id_)
            if accept and proposal.changed:
                before = await _entry(unit, proposal.service)
                entry = self._assured(_corrected(before, proposal.changed), BY_LINK)
                await self._change(unit, before, entry, f"{who} for {BY_LINK}", Deed.CORRECTED)

    async def _set_retired(self, id_: str, who: str, *, is_retired: bool) -> None:
        async with self._writing() as unit:
            before = await _entry(unit, id_)
            if before.is_retired == is_retired:
                return
            entry = replace(before, is_retired=is_retired, is_edited=True)
            deed = Deed.RETIRED if is_retired else Deed.RESTORED
            await self._change(unit, before, entry, who, deed)

    async def _change(
        self, unit: AsyncConnection, before: Entry | None, entry: Entry, who: str, deed: Deed
    ) -> None:
        now = self._clock()
        await store.keep(unit, [entry], now)
        await store.add_changes(unit, [change_of(before, entry, now, who, deed)])
        await store.count_change(unit)
        await trace(unit, now, What.EDITED_DIRECTORY, entry.id, why=deed)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, after which this process's copy is up to date."""
        async with self._database.writing() as unit:
            await store.one_at_a_time(unit)
            yield unit
        await self._directory.refresh()

    def _assured(self, entry: Entry, who: str) -> Entry:
        today = self._clock().astimezone(LONDON).date()
        return replace(entry, service=replace(entry.service, assured_on=today, assurer=who[:100]))


def _corrected(before: Entry, row: Mapping[str, str]) -> Entry:
    full = normal({**before.row, **row, "id": before.id})
    kept = before.service
    service = replace(read_row(full), assured_on=kept.assured_on, assurer=kept.assurer)
    return replace(before, row=full, service=service, is_edited=True)


async def _entry(unit: AsyncConnection, id_: str) -> Entry:
    found = await store.entries(unit, id_)
    if not found:
        raise NotFound(id_)
    return found[0]
