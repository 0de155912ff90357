"""What becomes of rows that come from elsewhere: taken in, already here, left alone, refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .records import Entry
from .rows import NotUsable, Row, read_row
from .shape import normal


@dataclass
class Report:
    """What an import did; the last three name each row and why."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_alone: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The report in words, the sums first."""
        return [
            f"added {self.added}, changed {self.changed}, unchanged {self.unchanged}, "
            f"left alone {len(self.left_alone)}, refused {len(self.refused)}",
            *(f"left alone: {id_}: {why}" for id_, why in self.left_alone),
            *(f"refused: {id_}: {why}" for id_, why in self.refused),
        ]


@dataclass
class Merge:
    """The entries to keep, and the report."""

    kept: list[Entry] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def merged(rows: Iterable[tuple[Row, str]], known: Mapping[str, Entry], origin: str) -> Merge:
    """Decide on rows of one origin, each with its id there. The same rows again change nothing."""
    merge, seen = Merge(), set[str]()
    for row, source_id in rows:
        id_ = row.get("id", "")
        if id_ in seen:
            merge.report.refused.append((source_id, "the same id stands in an earlier row"))
            continue
        seen.add(id_)
        try:
            full = normal(row)
            entry = Entry(read_row(full), full, origin, source_id)
        except NotUsable as error:
            merge.report.refused.append((source_id or "?", str(error)))
        else:
            _decide(merge, entry, known.get(id_))
    return merge


def _decide(merge: Merge, entry: Entry, before: Entry | None) -> None:
    report = merge.report
    if before is None:
        report.added += 1
        merge.kept.append(entry)
    elif _says_the_same(before.row, entry.row):
        report.unchanged += 1
    elif before.id != entry.id:
        report.left_alone.append((before.id, "it is one of our own entries"))
    elif before.origin != entry.origin:
        report.left_alone.append((entry.id, "an entry with this id came from somewhere else"))
    elif before.is_edited:
        report.left_alone.append((entry.id, "somebody corrected it here"))
    else:
        report.changed += 1
        merge.kept.append(replace(entry, contact=before.contact))


def _says_the_same(before: Row, after: Row) -> bool:
    """Whether a row brings nothing new; how sure we are is decided here, not there."""
    return before | {"confidence": ""} == after | {"confidence": ""}
