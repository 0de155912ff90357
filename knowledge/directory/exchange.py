"""What becomes of rows that come from elsewhere: taken in, already here, left alone, refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from .records import Entry
from .rows import NotUsable, Row, read_row
from .shape import normal


@dataclass
class Report:
    """What an import did; the lists name each row and why."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_alone: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    taken_out: list[tuple[str, str]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The report in words, the sums first."""
        return [
            f"added {self.added}, changed {self.changed}, unchanged {self.unchanged}, "
            f"left alone {len(self.left_alone)}, refused {len(self.refused)}",
            *(f"left alone: {id_}: {why}" for id_, why in self.left_alone),
            *(f"refused: {id_}: {why}" for id_, why in self.refused),
            *(f"taken out: {id_}: {why}" for id_, why in self.taken_out),
            *(f"look at: {id_}: {why}" for id_, why in self.missing),
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


def without_what_left(
    merge: Merge, kept: Iterable[Entry], closed: Collection[str], listed: Collection[str] | None
) -> Merge:
    """Also take out what its source says is closed, and name what it lists no more.

    ``kept`` are the entries of that source as they were, ``closed`` and ``listed`` its own ids;
    a source that was not read whole (None) tells nothing by what it leaves out. What somebody
    corrected or vouched for here is only named.
    """
    for entry in kept:
        if entry.is_retired:
            continue
        if entry.source_id in closed and not entry.is_edited:
            merge.kept.append(replace(entry, is_retired=True))
            merge.report.taken_out.append((entry.id, "its source says that it is closed"))
        elif entry.source_id in closed:
            merge.report.missing.append((entry.id, "its source says that it is closed"))
        elif listed is not None and entry.source_id not in listed:
            merge.report.missing.append((entry.id, "its source does not list it any more"))
    return merge


def _decide(merge: Merge, entry: Entry, before: Entry | None) -> None:
    report = merge.report
    if before is None:
        report.added += 1
        merge.kept.append(entry)
    elif _says_the_same(before.row, entry.row) and not _is_back(before, entry):
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


def _is_back(before: Entry, entry: Entry) -> bool:
    """Whether an import took it out, and its source has opened it again."""
    return before.is_retired and not before.is_edited and before.origin == entry.origin


def _says_the_same(before: Row, after: Row) -> bool:
    """Whether a row brings nothing new; how sure we are is decided here, not there."""
    return before | {"confidence": ""} == after | {"confidence": ""}
