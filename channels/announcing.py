"""Telling the operator when everything runs, and where."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from channels.first_coordinator import FirstSignIn
from channels.parts import Parts
from channels.web.health import readiness
from knowledge.errors import Unavailable

LOOK_EVERY = 0.5


@asynccontextmanager
async def announce_when_ready(parts: Parts, first: FirstSignIn | None) -> AsyncIterator[None]:
    """While the block runs, print progress until every part answers, then the addresses."""
    if first is not None:  # at once: a start that never gets ready must not lose it
        password = first.password or "(as set in WAYMARK_ADMIN_PASSWORD)"
        _print(f"first sign-in: {first.email}  {password}  (shown only this once)")
    task = asyncio.create_task(_announce(parts))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _announce(parts: Parts) -> None:
    waiting: list[str] = []
    while missing := await _missing(parts):
        if missing != waiting:
            _print(f"waiting for: {', '.join(missing)} …")
            waiting = missing
        await asyncio.sleep(LOOK_EVERY)
    await _warn(parts)
    for line in _addresses(parts):
        _print(line)


async def _warn(parts: Parts) -> None:
    """Say in one line what would lose messages that were accepted."""
    with suppress(Unavailable):
        if off := await parts.knowledge.database.forgets_by():
            _print(
                f"warning: PostgreSQL has {', '.join(off)} off: "
                "a power cut takes messages that were accepted (docs/servers)"
            )


async def _missing(parts: Parts) -> list[str]:
    return [name for name, up in (await readiness(parts)).items() if not up]


def _addresses(parts: Parts) -> list[str]:
    home = f"http://{parts.settings.host}:{parts.settings.port}"
    telegram = "on" if parts.telegram else "off (WAYMARK_TELEGRAM_TOKEN is not set)"
    return [
        "Waymark is ready.",
        f"  chat page  {home}/",
        f"  console    {parts.settings.desk_url or home}/console",
        f"  API docs   {home}/docs",
        f"  Telegram   {telegram}",
    ]


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
