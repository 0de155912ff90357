"""The directory as a CSV file: one row a service, with the columns that editors know."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from .load import DirectoryError
from .records import Entry
from .rows import COLUMNS, Row, slug

# A spreadsheet would run these as formulas; the mark in front is taken off when we read.
_FORMULA = ("=", "+", "-", "@")
_MARK = "'"
LONGEST_ID = 64
LARGEST_FILE = 50_000_000  # bytes


def write_csv(entries: Iterable[Entry], file: TextIO) -> int:
    """Write all entries that are not retired; how many. Whom to write to is left out."""
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    rows = [entry.row for entry in entries if not entry.is_retired]
    writer.writerows({name: _marked(cell) for name, cell in row.items()} for row in rows)
    return len(rows)


def read_csv(file: TextIO) -> Iterator[Row]:
    """The rows of such a file, a row without an id named after itself.

    Raises DirectoryError when it is none.
    """
    try:
        reader = csv.DictReader(file)
        if "name" not in (reader.fieldnames or ()):
            raise DirectoryError("the file has no columns id and name")
        for cells in reader:
            row = {name: _unmarked((cells.get(name) or "").strip()) for name in COLUMNS}
            yield row | {"id": row["id"] or slug(row["name"])[:LONGEST_ID].strip("-")}
    except (UnicodeDecodeError, csv.Error) as error:
        raise DirectoryError("the file is no CSV in UTF-8") from error


def _marked(cell: str) -> str:
    return _MARK + cell if cell.startswith((*_FORMULA, _MARK)) else cell


def _unmarked(cell: str) -> str:
    is_marked = cell.startswith(_MARK) and cell[1:].startswith((*_FORMULA, _MARK))
    return cell[1:] if is_marked else cell
