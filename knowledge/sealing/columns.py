"""Columns whose values are sealed on their way into the database and opened on their way out.

A new column that holds what a person wrote, or who they are, needs two things:

    Column("words", Sealed("letters.words"), nullable=False)      in tables.py
    insert(letters).values(id=letter, words=of_row(words, letter))  in store.py: whose words

Reading needs nothing. ``of_row`` names the row by its primary key, and a value opens in that row
alone; a value without it is refused. What must be found again has a ``FoundBy("letters.words")``
column besides, set to ``found_by(value, "letters.words")``; a search asks
``.in_(may_be_found_by(value, "letters.words"))``.
Rotation finds every such column by itself. A value that doesn't open raises NotOpened, unless its
column says what stands there ``instead``: where one such value must not hide what is beside it.
"""

import json
import logging
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Dialect, String, Text, TypeDecorator, cast, type_coerce

from knowledge.sealing.ring import NoKeys, NotOpened, Ring

log = logging.getLogger(__name__)

_BETWEEN = "|"
_rings: list[Ring] = []
_said: set[str] = set()  # columns of which the log says already that something doesn't open


def use(ring: Ring) -> None:
    """From here on this process seals and opens with these keys."""
    _rings[:] = [ring]


def ring_in_use() -> Ring:
    """The keys of this process. Raises NoKeys when it was given none."""
    if not _rings:
        raise NoKeys("this process was given no keys")
    return _rings[0]


@dataclass(frozen=True)
class OfRow:
    """A value and the row it is kept in."""

    value: Any
    row: str

    def __repr__(self) -> str:
        """Without the value: it must not reach a log."""
        return f"OfRow({self.row})"


def of_row(value: Any, *key: object) -> OfRow | None:
    """A value for a sealed column, in the row with this primary key. None stays None."""
    return None if value is None else OfRow(value, _BETWEEN.join(map(str, key)))


def found_by(value: str, column: str) -> str:
    """The keyed hash that is kept beside a sealed value."""
    return ring_in_use().hashes(value, column)[0]


def may_be_found_by(value: str, column: str) -> list[str]:
    """The hashes a value may be kept with, while keys change."""
    return ring_in_use().hashes(value, column)


class Sealed(TypeDecorator[Any]):
    """A text that only this process's keys open. ``name`` is ``table.column``.

    ``instead`` (hashable) stands for a value that doesn't open; without it reading fails.
    """

    impl = Text
    cache_ok = True

    def __init__(self, name: str, instead: Any = None) -> None:
        super().__init__()
        self.name = name
        self.instead = instead

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The kept value with its row's primary key behind it."""
        kept: ColumnElement[str] = cast(column, Text)
        for part in column.table.primary_key.columns:
            kept = kept + _BETWEEN + cast(part, String)
        return type_coerce(kept, self)

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """On the way in. Raises TypeError for a value that says no row."""
        if value is None:
            return None
        if not isinstance(value, OfRow):
            raise TypeError(f"{self.name} needs of_row(value, *primary_key)")
        return ring_in_use().seal(self.pack(value.value), place(self.name, value.row))

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        """On the way out. Raises NotOpened where nothing stands ``instead``."""
        if value is None:
            return None
        try:
            return self._opened(value)
        except NotOpened:
            if self.instead is None:
                raise
        if self.name not in _said:
            _said.add(self.name)
            log.error("a kept value does not open: %s (see the keys in README)", self.name)
        return self.instead

    def _opened(self, value: str) -> Any:
        kept, between, row = value.partition(_BETWEEN)
        if not between:
            raise NotOpened(self.name)
        return self.unpack(ring_in_use().open(kept, place(self.name, row)))

    def pack(self, value: Any) -> bytes:
        """A value as bytes."""
        return str(value).encode("utf-8", "surrogatepass")

    def unpack(self, raw: bytes) -> Any:
        """The value of the bytes."""
        return raw.decode("utf-8", "surrogatepass")


class FoundBy(String):
    """The keyed hash of a sealed column's value; ``name`` is that column's ``table.column``."""

    def __init__(self, name: str) -> None:
        super().__init__(64)
        self.name = name


class SealedJSON(Sealed):
    """The same for a value of JSON."""

    cache_ok = True

    def pack(self, value: Any) -> bytes:
        """A value as bytes."""
        return json.dumps(value, separators=(",", ":")).encode()

    def unpack(self, raw: bytes) -> Any:
        """The value of the bytes."""
        return json.loads(raw)


def place(name: str, row: str) -> str:
    """What a value is bound to: its column and its row."""
    return f"{name}{_BETWEEN}{row}"
