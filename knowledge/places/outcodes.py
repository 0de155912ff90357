"""Outward codes: which districts they touch, and when they must not be taken for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from . import postcodes, reading
from .model import Mention, Place, Resolution

# A code within one county but several districts names its largest only from this share of the
# land; below it, the person is asked.
CLEAR_SHARE = 75.0


class Outcodes:
    """What an outward code means; border codes give candidates, never a guess."""

    def __init__(
        self, known: Mapping[str, reading.Outcode], districts: Mapping[str, Place]
    ) -> None:
        self._known = known
        self._districts = districts
        self._highest = {name: int(top) for name, top in reading.outside("postcode_area")}

    def mentions(self, text: str) -> Iterator[Mention]:
        """Codes in running text that mean something; full ones lose their inward half."""
        for code in postcodes.codes_in(text):
            meaning = self.resolve(code.outward)
            if meaning.known and postcodes.reads_as_code(code, text):
                yield Mention(code.start, code.end, code.outward, meaning)

    def resolve(self, code: str) -> Resolution:
        """The place of a code, its candidates, or that it lies outside."""
        row = self._known.get(code)
        if row is None:
            return Resolution(code, outside=self._is_elsewhere(code))
        ours = tuple(self._part(row, name) for name, _ in row.districts)
        if row.edge_only:
            return Resolution(code, candidates=ours, outside=True)
        if row.straddles == "true":
            return Resolution(code, candidates=ours + _rest(row))
        if row.straddles == "false" or row.districts[0][1] >= CLEAR_SHARE:
            return Resolution(code, place=next(iter(ours), None))
        return Resolution(code, candidates=ours)

    def _part(self, row: reading.Outcode, district: str) -> Place:
        return replace(self._districts[reading.slug(district)], as_said=row.code)

    def _is_elsewhere(self, code: str) -> bool:
        match = re.match(r"([A-Z]+)(\d+)", code)
        return bool(match and int(match[2]) <= self._highest.get(match[1], -1))


def _rest(row: reading.Outcode) -> tuple[Place, ...]:
    return tuple(Place(name, "outside", row.code, outside=True) for name in row.others)
