"""The directory's command line.

python -m channels directory import ADDRESS_OR_FILE [--area AREA]
python -m channels directory export FILE.csv
python -m channels directory check [--links]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from channels.directory_feed import FeedFailed, home_of, services_of
from channels.directory_links import broken_links
from channels.settings import Settings
from knowledge.clock import LONDON, clock_from
from knowledge.directory.checks import check
from knowledge.directory.exchange import Report
from knowledge.directory.feeds import is_closed, row_of
from knowledge.directory.files import LARGEST_FILE, read_csv, write_csv
from knowledge.directory.load import DirectoryError
from knowledge.directory.rows import AREAS, NotUsable, Row
from knowledge.opening import Knowledge, open_knowledge


@dataclass
class Delivery:
    """What a file or a feed brought: rows with their ids there, and what could not be read.

    ``closed`` and ``listed`` are as ``Directory.take_in`` wants them.
    """

    rows: list[tuple[Row, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    listed: set[str] | None = None


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Do one command and print what came of it; the exit status."""
    given = _parser().parse_args(arguments)
    try:
        lines, status = asyncio.run(_do(given, settings))
    except (DirectoryError, FeedFailed, OSError) as error:
        lines, status = [f"directory: {error}"], 1
    sys.stdout.write("\n".join(lines) + "\n")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m channels directory")
    deeds = parser.add_subparsers(dest="deed", required=True)
    take = deeds.add_parser("import", help="take in an HSDS-UK 3.0 feed, or a CSV file")
    take.add_argument("source")
    take.add_argument("--area", choices=AREAS[:-1], default="", help="where a feed says none")
    deeds.add_parser("export", help="write a CSV file").add_argument("file", type=Path)
    look = deeds.add_parser("check", help="list what is wrong, stale or unconfirmed")
    look.add_argument("--links", action="store_true", help="also ask every web address")
    return parser


async def _do(given: argparse.Namespace, settings: Settings) -> tuple[list[str], int]:
    knowledge = open_knowledge(settings.database_url, clock_from(settings.clock))
    try:
        await knowledge.directory.seed()
        if given.deed == "import":
            return await _import(knowledge, given.source, given.area)
        if given.deed == "export":
            return await _export(knowledge, given.file), 0
        return await _check(knowledge, links=given.links)
    finally:
        await knowledge.database.close()


async def _import(knowledge: Knowledge, source: str, area: str) -> tuple[list[str], int]:
    is_feed = source.startswith(("http://", "https://"))
    origin = home_of(source) if is_feed else Path(source).name
    brought = await _from_feed(origin, area) if is_feed else _from_file(Path(source))
    report: Report = await knowledge.directory.take_in(
        brought.rows, origin, closed=brought.closed, listed=brought.listed
    )
    report.refused[:0] = brought.refused
    return report.lines(), 0 if brought.rows or brought.closed else 1


async def _from_feed(address: str, area: str) -> Delivery:
    brought, listed = Delivery(), set[str]()
    async for item in services_of(address):
        id_ = str(item.get("id") or "?")
        listed.add(id_)
        if is_closed(item):
            brought.closed.add(id_)
        try:
            brought.rows.append((row_of(item, address, area=area), id_))
        except NotUsable as why:
            brought.refused.append((id_, str(why)))
    brought.listed = listed
    return brought


def _from_file(path: Path) -> Delivery:
    if path.stat().st_size > LARGEST_FILE:
        raise DirectoryError("the file is too large")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return Delivery(
            [(row, row["id"] or f"row {number}") for number, row in enumerate(read_csv(file), 2)]
        )


async def _export(knowledge: Knowledge, path: Path) -> list[str]:
    with path.open("w", encoding="utf-8", newline="") as file:
        written = write_csv(await knowledge.editing.entries(), file)
    return [f"{written} services written to {path}"]


async def _check(knowledge: Knowledge, *, links: bool) -> tuple[list[str], int]:
    entries = await knowledge.editing.entries()
    found = check(entries, knowledge.clock().astimezone(LONDON).date())
    if links:
        found += await broken_links(entries)
    lines = [f"{one.kind}: {one.id}: {one.what}" for one in found]
    return [*lines, f"{len(entries)} entries, {len(found)} findings"], 1 if found else 0
