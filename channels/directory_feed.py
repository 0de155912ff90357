"""Reading another directory's feed (HSDS-UK 3.0) over the network, with manners and bounds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

PER_PAGE = 100
MOST_PAGES = 500
LARGEST_ANSWER = 10_000_000  # bytes
PATIENCE = 20.0  # seconds for each answer
PAUSE = 0.25  # seconds between two requests
MOST_TRIES = 3
LONGEST_WAIT = 60.0  # seconds, when the feed asks us to come back later
BUSY = (429, 503)
NAME = {"User-Agent": "Waymark directory import", "Accept": "application/json"}
Item = Mapping[str, Any]


class FeedFailed(Exception):
    """The feed does not answer as the standard says; the message says how."""


async def services_of(
    address: str, *, pause: float = PAUSE, transport: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[Item]:
    """Every service of a feed, page by page. Raises FeedFailed."""
    home = home_of(address)
    async with httpx.AsyncClient(
        timeout=PATIENCE, headers=NAME, follow_redirects=True, max_redirects=3, transport=transport
    ) as client:
        for number in range(1, MOST_PAGES + 1):
            query = {"page": number, "per_page": PER_PAGE, "full": "true"}
            page = await _got(client, f"{home}/services", pause, query)
            for item in _contents(page):
                yield item if _is_full(item) else await _whole(client, home, item, pause)
            if _is_last(page, number):
                return
    raise FeedFailed(f"more than {MOST_PAGES} pages")


def home_of(address: str) -> str:
    """The address of a feed itself, also when that of its services was given."""
    return address.rstrip("/").removesuffix("/services")


async def _whole(client: httpx.AsyncClient, home: str, item: Item, pause: float) -> Item:
    """A service that the list gave only in short. One that can't be read stays as it is."""
    try:
        whole = await _got(client, f"{home}/services/{item.get('id')}", pause)
    except FeedFailed:
        return item
    return whole if isinstance(whole, Mapping) else item


async def _got(
    client: httpx.AsyncClient, url: str, pause: float, query: Mapping[str, Any] | None = None
) -> Any:
    for _ in range(MOST_TRIES):
        await asyncio.sleep(pause)
        try:
            status, body, wait = await _read(client, url, query)
        except httpx.HTTPError as error:
            raise FeedFailed(f"{url}: {type(error).__name__}") from None
        if status not in BUSY:
            break
        await asyncio.sleep(min(wait, LONGEST_WAIT))
    if status != httpx.codes.OK:
        raise FeedFailed(f"{url}: answered {status}")
    try:
        return json.loads(body)
    except ValueError:
        raise FeedFailed(f"{url}: the answer is no JSON") from None


async def _read(
    client: httpx.AsyncClient, url: str, query: Mapping[str, Any] | None
) -> tuple[int, bytes, float]:
    """Status, body, and the seconds that the feed asks to wait."""
    body = bytearray()
    async with client.stream("GET", url, params=query) as answer:
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > LARGEST_ANSWER:
                raise FeedFailed(f"{url}: the answer is too large")
        later = answer.headers.get("retry-after", "")
        return answer.status_code, bytes(body), float(later) if later.isdigit() else 1.0


def _contents(page: Any) -> list[Item]:
    contents = page.get("contents") if isinstance(page, Mapping) else None
    if not isinstance(contents, list):
        raise FeedFailed("a page has no contents: this is no feed of HSDS-UK 3.0")
    return [item for item in contents if isinstance(item, Mapping)]


def _is_full(item: Item) -> bool:
    return bool({"service_areas", "attributes", "schedules"} & set(item))


def _is_last(page: Item, number: int) -> bool:
    total = page.get("total_pages")
    last = page.get("last_page") is True or page.get("empty") is True or not page["contents"]
    return last or (isinstance(total, int) and number >= total)
