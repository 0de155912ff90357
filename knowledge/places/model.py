"""Places as the rest of Waymark sees them: frozen values, no text of the person beyond as_said."""

from __future__ import annotations

from dataclasses import dataclass, replace


class Ambiguous(ValueError):
    """More than one place fits what was said: ask which town or village."""

    def __init__(self, as_said: str, candidates: tuple[Place, ...]) -> None:
        super().__init__(f"more than one place fits: {len(candidates)} candidates")
        self.as_said = as_said
        self.candidates = candidates


@dataclass(frozen=True)
class Place:
    """A town, village, district, county or outward code.

    ``district`` and ``county`` are slugs ("stevenage", "hertfordshire"), None when they are not
    known; ``area`` is the slug services use ("cambridgeshire-peterborough"). ``outside`` marks a
    place that neither county covers.
    """

    name: str
    kind: str
    as_said: str = ""
    district: str | None = None
    county: str | None = None
    area: str | None = None
    outside: bool = False

    def said(self, words: str) -> Place:
        """The same place, with the words a person used for it."""
        return replace(self, as_said=words)


@dataclass(frozen=True)
class Resolution:
    """What a person's words for a place mean: one place, several, one outside, or nothing known.

    ``candidates`` holds what may be meant when ``place`` is None; with ``outside`` it holds the
    edge of our area that the same code touches (EN9 is Essex, but for a sliver).
    """

    as_said: str
    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    outside: bool = False

    @property
    def known(self) -> bool:
        """Whether the words meant anything at all."""
        return self.place is not None or bool(self.candidates) or self.outside

    @property
    def must_ask(self) -> bool:
        """Whether "which town or village?" is the next question."""
        return self.place is None and not self.outside and bool(self.candidates)

    @property
    def county(self) -> str | None:
        """The county, when every place that may be meant lies in the same one."""
        if self.place is not None:
            return self.place.county
        counties = {candidate.county for candidate in self.candidates}
        return counties.pop() if len(counties) == 1 and not self.outside else None

    def one(self) -> Place:
        """The one place meant; raises Ambiguous when there are several or none."""
        if self.place is None:
            raise Ambiguous(self.as_said, self.candidates)
        return self.place


@dataclass(frozen=True)
class Mention:
    """A place named in running text: where it stands, and what it means.

    ``start`` and ``end`` span the whole postcode so that a caller can blot it out;
    ``as_said`` keeps the outward half only.
    """

    start: int
    end: int
    as_said: str
    resolution: Resolution
