"""`python -m channels keys`: looks after the keys that seal what people wrote."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from channels.settings import Settings
from knowledge.database import Database
from knowledge.errors import Conflict, Unavailable
from knowledge.sealing.columns import ring_in_use
from knowledge.sealing.operations import KeyRing
from knowledge.sealing.ring import NoKeys

Deed = Callable[[KeyRing], Awaitable[None]]


class _Left(Exception):
    """Values that do not open were left as they are."""


def run(arguments: list[str], settings: Settings) -> int:
    """Do what the command line says; 1 when it can't be done."""
    given = _parser().parse_args(arguments)
    deeds: dict[str, Deed] = {
        "list": _list,
        "rotate": _rotate,
        "seal": _seal,
        "drop": lambda keys: keys.drop(given.key, given.although),
    }
    try:
        asyncio.run(_with_keys(settings, deeds[given.deed]))
    except (Conflict, NoKeys, Unavailable, _Left) as error:
        sys.stderr.write(f"channels: {error}\n")
        return 1
    return 0


async def _with_keys(settings: Settings, deed: Deed) -> None:
    async with AsyncExitStack() as stack:
        data, trackers = Database(settings.database_url), Database(settings.trackers_url)
        stack.push_async_callback(data.close)
        stack.push_async_callback(trackers.close)
        await deed(KeyRing(ring_in_use(), data, trackers))


async def _list(keys: KeyRing) -> None:
    for at, (key, rows) in enumerate((await keys.counts()).items()):
        _say(f"{key}\t{rows} rows\t{'seals' if at == 0 else 'opens'}")


async def _rotate(keys: KeyRing) -> None:
    _say(f"{(await keys.rotate()).id} seals from now on")
    await _seal(keys)


async def _seal(keys: KeyRing) -> None:
    async for rows in keys.seal_anew():
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{rows} rows")
    await _list(keys)
    if keys.left:
        told = (f"{many} of {column} (key {key})" for (column, key), many in keys.left.items())
        raise _Left(f"left as they are, for they do not open: {', '.join(told)}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m channels keys", description=__doc__)
    deeds = parser.add_subparsers(dest="deed", required=True)
    deeds.add_parser("list", help="the keys by their ids, and how many rows each one seals")
    deeds.add_parser("rotate", help="make a new key, and seal everything with it")
    deeds.add_parser("seal", help="seal everything with the first key (after rotate broke off)")
    drop = deeds.add_parser("drop", help="forget a key that seals nothing any more")
    drop.add_argument("key")
    drop.add_argument(
        "--although",
        metavar="ROWS",
        type=int,
        default=0,
        help="so many rows have a damaged value that says this key: they are given up",
    )
    return parser
