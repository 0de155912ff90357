"""Whether the web addresses of the directory still answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import httpx

from knowledge.directory.checks import Finding, Kind
from knowledge.directory.records import Entry

AT_ONCE = 4
PATIENCE = 15.0
NAME = {"User-Agent": "Waymark link check"}
# Many sites refuse programs; that says nothing about a person's browser.
REFUSED = (401, 403, 405, 429)


async def broken_links(
    entries: Iterable[Entry], transport: httpx.AsyncBaseTransport | None = None
) -> list[Finding]:
    """A finding for each address that does not answer."""
    gate = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(
        timeout=PATIENCE, headers=NAME, follow_redirects=True, transport=transport
    ) as client:
        looked = [
            _look(client, gate, entry)
            for entry in entries
            if entry.service.url and not entry.is_retired
        ]
        found = await asyncio.gather(*looked)
    return [one for one in found if one is not None]


async def _look(
    client: httpx.AsyncClient, gate: asyncio.Semaphore, entry: Entry
) -> Finding | None:
    try:
        async with gate, client.stream("GET", entry.service.url) as answer:
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Finding(entry.id, Kind.LINK, f"{entry.service.url}: {type(error).__name__}")
    if status < httpx.codes.BAD_REQUEST or status in REFUSED:
        return None
    return Finding(entry.id, Kind.LINK, f"{entry.service.url}: answered {status}")
