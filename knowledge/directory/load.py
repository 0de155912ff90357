"""Reads services from files; reports each row it refused and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.errors import KnowledgeError

from .model import Service
from .rows import FIT_COLUMNS, NotUsable, Row, read_row
from .wording import HERE, table

SEED = HERE / "services.csv"


class DirectoryError(KnowledgeError):
    """Not one usable service could be read."""


@dataclass(frozen=True)
class Refused:
    """A row that was left out: its line, its id if it had one, and why."""

    line: int
    id: str
    why: str


@dataclass(frozen=True)
class Loaded:
    """What came of a file: services and their rows in file order, and what was refused."""

    services: tuple[Service, ...]
    refused: tuple[Refused, ...]
    rows: tuple[Row, ...] = ()


def load(path: Path | None = None) -> Loaded:
    """The services of a CSV file (ours unless told); DirectoryError if none is usable."""
    return _ours() if path is None else _load(path)


@cache  # what our own file says does not change while a process runs
def _ours() -> Loaded:
    return _load(SEED)


def _load(path: Path) -> Loaded:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            loaded = read_rows(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DirectoryError("the services file cannot be read") from error
    if not loaded.services:
        raise DirectoryError("the services file holds no usable service")
    return loaded


def read_rows(rows: Iterable[Mapping[str, str | None]]) -> Loaded:
    """Services from rows; a row that cannot be used is refused, the others stay.

    Who a service is for stands in the row itself or, for our own file, in ``fits.csv``.
    """
    services: dict[str, tuple[Service, Row]] = {}
    refused: list[Refused] = []
    for line, row in enumerate(_plain(rows), start=2):
        id_ = row.get("id", "")
        if id_ and id_ in services:
            refused.append(Refused(line, id_, "the same id stands in an earlier row"))
            continue
        try:
            services[id_] = (read_row(row), row)
        except NotUsable as error:
            refused.append(Refused(line, id_, str(error)))
    kept = services.values()
    return Loaded(tuple(one for one, _ in kept), tuple(refused), tuple(row for _, row in kept))


def _plain(rows: Iterable[Mapping[str, str | None]]) -> Iterator[Row]:
    fits = {row["id"]: row for row in table("fits.csv")}
    for cells in rows:
        row = {key: (value or "").strip() for key, value in cells.items() if isinstance(key, str)}
        fit = {} if set(FIT_COLUMNS) <= set(row) else fits.get(row.get("id", ""), {})
        yield row | fit
