"""The only file with SQL about the directory."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Select, Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from . import tables
from .ids import key_of
from .records import Change, Deed, Entry, Proposal, State
from .rows import NotUsable
from .shape import CHILDREN, Values, child_values, entry_of, origin_of, service_values
from .taxonomies import NAMES, terms

log = logging.getLogger(__name__)
OURS = {"source": "Waymark", "confidence": "high"}


async def version(unit: AsyncConnection) -> int:
    """How often the directory changed; 0 when nothing was ever kept."""
    return int(await unit.scalar(select(tables.version.c.number)) or 0)


async def one_at_a_time(unit: AsyncConnection) -> None:
    """Let nobody else change the directory until this unit ends (SQLite does so anyway)."""
    await unit.execute(select(tables.version.c.number).with_for_update())


async def count_change(unit: AsyncConnection) -> None:
    """Tell every process that its copy is old."""
    table = tables.version
    done = await unit.execute(update(table).values(number=table.c.number + 1))
    if done.rowcount == 0:
        await unit.execute(insert(table).values(id=1, number=1))


async def entries(unit: AsyncConnection, service: str | None = None) -> list[Entry]:
    """All entries in the order of their ids, or the one with this id."""
    lists: dict[str, dict[str, list[Values]]] = defaultdict(lambda: defaultdict(list))
    for table in CHILDREN:
        query = select(table).order_by(table.c.service, table.c.position)
        if service is not None:
            query = query.where(table.c.service == service)
        for row in (await unit.execute(query)).mappings():
            lists[row["service"]][table.name.removeprefix("directory_")].append(dict(row))
    found = (await unit.execute(_services(service))).mappings()
    kept = (_entry(dict(row), lists.get(row["id"], {})) for row in found)
    return [entry for entry in kept if entry is not None]


def _services(service: str | None) -> Select[*tuple[Any, ...]]:
    table, organizations = tables.services, tables.organizations
    query = select(table, organizations.c.name.label("organization_name"))
    query = query.join(organizations, organizations.c.id == table.c.organization)
    if service is not None:
        query = query.where(table.c.id == service)
    return query.order_by(table.c.id)


def _entry(row: Values, lists: dict[str, list[Values]]) -> Entry | None:
    try:
        return entry_of(row, lists)
    except NotUsable as error:  # kept under rules that have changed since
        log.error("directory entry %s can't be read: %s", row["id"], error)
        return None


async def keep(unit: AsyncConnection, kept: Sequence[Entry], at: datetime) -> None:
    """Keep entries, each in place of the one with its id."""
    await _keep_taxonomies(unit)
    await _keep_organizations(unit, kept)
    known = set((await unit.execute(select(tables.services.c.id))).scalars())
    new = [service_values(entry, at) for entry in kept if entry.id not in known]
    if new:
        await unit.execute(insert(tables.services), new)
    for entry in kept:
        if entry.id in known:
            await _change_service(unit, service_values(entry, at))
    added: dict[Table, list[Values]] = defaultdict(list)
    for entry in kept:
        for table, values in child_values(entry):
            added[table].append(values)
    for table, rows in added.items():
        await unit.execute(insert(table), rows)


async def _change_service(unit: AsyncConnection, values: Values) -> None:
    """Its own row anew, and its lists empty."""
    table, id_ = tables.services, values["id"]
    await unit.execute(update(table).where(table.c.id == id_).values(**values))
    for child in CHILDREN:
        await unit.execute(delete(child).where(child.c.service == id_))


async def _keep_organizations(unit: AsyncConnection, kept: Iterable[Entry]) -> None:
    table = tables.organizations
    known = set((await unit.execute(select(table.c.id))).scalars())
    new = {
        key: {"id": key, "name": entry.row["organisation"], **origin_of(entry)}
        for entry in kept
        if (key := key_of("organization", entry.row["organisation"])) not in known
    }
    if new:
        await unit.execute(insert(table), list(new.values()))


async def _keep_taxonomies(unit: AsyncConnection) -> None:
    taxonomies, table = tables.taxonomies, tables.taxonomy_terms
    known = set((await unit.execute(select(taxonomies.c.id))).scalars())
    new = [{"id": id_, "name": name, **OURS} for id_, name in NAMES.items() if id_ not in known]
    if new:
        await unit.execute(insert(taxonomies), new)
    known = set((await unit.execute(select(table.c.id))).scalars())
    added = [
        {"id": term.id, "taxonomy": term.taxonomy, "name": term.name, **OURS}
        for term in terms()
        if term.id not in known
    ]
    if added:
        await unit.execute(insert(table), added)


async def add_changes(unit: AsyncConnection, changes: Sequence[Change]) -> None:
    """Write what changed under what was written before."""
    rows = [{**vars(change), "deed": str(change.deed)} for change in changes]
    if rows:
        await unit.execute(insert(tables.changes), rows)


async def changes_of(unit: AsyncConnection, service: str) -> list[Change]:
    """The history of an entry, the latest first."""
    table = tables.changes
    query = select(table).where(table.c.service == service).order_by(table.c.sequence.desc())
    return [
        Change(row.service, row.at, row.who, Deed(row.deed), row.before, row.after)
        for row in await unit.execute(query)
    ]


async def add_proposal(unit: AsyncConnection, proposal: Proposal) -> None:
    """Keep a provider's answer."""
    values = {**vars(proposal), "state": str(proposal.state)}
    await unit.execute(insert(tables.proposals).values(**values))


async def proposal(unit: AsyncConnection, id_: str) -> Proposal | None:
    """The answer to a link, if there was one."""
    table = tables.proposals
    row = (await unit.execute(select(table).where(table.c.id == id_))).first()
    return None if row is None else _proposal(row)


async def open_proposals(unit: AsyncConnection) -> list[Proposal]:
    """Answers that nobody has decided on, the oldest first."""
    table = tables.proposals
    query = select(table).where(table.c.state == State.OPEN).order_by(table.c.at, table.c.id)
    return [_proposal(row) for row in await unit.execute(query)]


async def decide(unit: AsyncConnection, id_: str, state: State) -> bool:
    """Close an open answer; False when somebody else did."""
    table = tables.proposals
    done = await unit.execute(
        update(table).where(table.c.id == id_, table.c.state == State.OPEN).values(state=state)
    )
    return bool(done.rowcount)


async def size(unit: AsyncConnection) -> int:
    """How many entries are kept."""
    return int(await unit.scalar(select(func.count()).select_from(tables.services)) or 0)


def _proposal(row: Found[*tuple[Any, ...]]) -> Proposal:
    return Proposal(row.id, row.service, row.at, row.changed, row.note, State(row.state))
