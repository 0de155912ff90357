"""The words that people use for hours, one by one, as the table says what they mean."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.clock_times import NotSure, Span, minutes_of

TABLE = Path(__file__).with_name("hours.yml")
_UNHEARD = frozenset({"filler", "way"})  # kinds that name no hours
_ENDS = r"(?:(?<=[a-z])(?![a-z'])|(?<![a-z]))"  # a word is read to its end


@dataclass(frozen=True)
class Part:
    """A part of the day, or what is done at some time of it (hours.yml)."""

    safe: Span | None = None
    most: Span | None = None
    begins: tuple[Span, ...] = ()
    ends: tuple[Span, ...] = ()
    till: int | None = None
    days: tuple[int, ...] = ()
    school: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Part":
        """A row of the table."""
        return cls(
            safe=minutes_of(row["safe"]) if "safe" in row else None,
            most=minutes_of(row["most"]) if "most" in row else None,
            begins=tuple(map(minutes_of, row.get("begins", ()))),
            ends=tuple(map(minutes_of, row.get("ends", ()))),
            till=minutes_of(f"00:00-{row['till']}")[1] if "till" in row else None,
            days=tuple(row.get("days", ())),
            school=row.get("school", False),
        )


@dataclass(frozen=True)
class Word:
    """A word, or a few that belong together: of which kind, and what the table says of it."""

    kind: str
    said: str
    part: Part | None = None
    days: tuple[int, ...] = ()


class Vocabulary:
    """Finds the words of the table in what somebody said."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._rows = [
            *(("part", row["said"], row) for row in table["parts"]),
            *(("days", row["said"], row) for row in table["days"]),
            *((kind, "|".join(said), {}) for kind, said in table["words"].items()),
        ]
        self._any = re.compile(
            "|".join(f"(?P<g{at}>(?:{said}){_ENDS})" for at, (_, said, _) in enumerate(self._rows))
        )
        beside = table["beside"]
        self.depends, self.taken = (_whole(beside[name]) for name in ("depends", "taken"))
        self._ways = _whole(table["words"]["way"])
        self._harmless = _whole([*beside["harmless"], *(row["said"] for row in table["days"])])

    @classmethod
    @cache
    def load(cls) -> "Vocabulary":
        """The table as it is kept."""
        return cls(yaml.safe_load(TABLE.read_text("utf-8")))

    def read(self, said: str) -> Iterator[Word]:
        """The words that name hours, all others understood. Raises NotSure.

        Two ways to reach somebody may have hours each: `text any time, ring after six`.
        """
        at, ways = 0, 0
        while at < len(said):
            if said[at].isspace():
                at += 1
                continue
            word = self._at(said, at)
            at += len(word.said)
            ways += word.kind == "way"
            if ways > 1:
                raise NotSure
            if word.kind not in _UNHEARD:
                yield word

    def _at(self, said: str, at: int) -> Word:
        found = self._any.match(said, at)
        if found is None or not found[0]:
            raise NotSure
        kind, _, row = self._rows[int(str(found.lastgroup)[1:])]
        part = Part.of(row) if kind == "part" else None
        days = tuple(row["days"]) if kind == "days" else ()
        return Word(kind, found[0], part, days)

    def ways(self, said: str) -> int:
        """How often a way to reach somebody is named."""
        return len(self._ways.findall(said))

    def is_harmless(self, words: Sequence[str]) -> bool:
        """Whether none of these words may limit the hours that they stand beside."""
        return all(self._harmless.fullmatch(word) for word in words)


def _whole(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")
