"""Telling the operator when everything runs, and where."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from channels.first_coordinator import FirstSignIn
from channels.parts import Parts
from channels.web.health import readiness

LOOK_EVERY = 0.5


@asynccontextmanager
async def announce_when_ready(parts: Parts, first: FirstSignIn | None) -> AsyncIterator[None]:
    """While the block runs, print progress until every part answers, then the addresses."""
    task = asyncio.create_task(_announce(parts, first))
    try:
        yield
    finally:
        task.cancel()


async def _announce(parts: Parts, first: FirstSignIn | None) -> None:
    waiting: list[str] = []
    while missing := [name for name, up in (await readiness(parts)).items() if not up]:
        if missing != waiting:
            _print(f"waiting for: {', '.join(missing)} …")
            waiting = missing
        await asyncio.sleep(LOOK_EVERY)
    for line in _addresses(parts, first):
        _print(line)


def _addresses(parts: Parts, first: FirstSignIn | None) -> list[str]:
    home = f"http://{parts.settings.host}:{parts.settings.port}"
    lines = [
        "Waymark is ready.",
        f"  chat page  {home}/",
        f"  console    {home}/console",
        f"  API docs   {home}/docs",
    ]
    if first is not None:
        password = first.password or "(as set in WAYMARK_ADMIN_PASSWORD)"
        lines.append(f"  first sign-in  {first.email}  {password}  (shown only this once)")
    return lines


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
