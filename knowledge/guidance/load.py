"""Reads the guidance files; a statement without a known source is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.assessment.model import CRIME_TYPES
from knowledge.errors import KnowledgeError

from .model import Crime, Pledge, Promise, Source, Statement

HERE = Path(__file__).parent
Sources = Mapping[str, Source]


class GuidanceError(KnowledgeError):
    """A guidance file is missing something; the text names the file."""


@dataclass(frozen=True)
class Guidance:
    """All pages, in the order of the crime types of the assessment."""

    crimes: Mapping[str, Crime]
    pledge: Pledge

    @classmethod
    def load(cls, folder: Path = HERE) -> Guidance:
        """The pages as the files hold them; raises GuidanceError."""
        try:
            sources = {key: Source(**row) for key, row in _read(folder / "sources.yml").items()}
            rights = _read(folder / "rights.yml")
            known = {key: _statement(row, sources) for key, row in rights.items()}
            crimes = {kind: _crime(folder, kind, sources, known) for kind in CRIME_TYPES}
            return cls(crimes, _pledge(_read(folder / "pledge.yml"), sources))
        except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
            raise GuidanceError(f"the guidance cannot be read: {error}") from error

    def crime_in(self, words: str) -> str | None:
        """The kind of crime that a search names, by its longest match; None when it names none."""
        named = [
            (len(match.group()), crime.type)
            for crime in self.crimes.values()
            for pattern in crime.words
            if (match := pattern.search(words))
        ]
        return max(named, key=lambda one: one[0])[1] if named else None


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def _crime(folder: Path, kind: str, sources: Sources, rights: Mapping[str, Statement]) -> Crime:
    row = _read(folder / "crimes" / f"{kind}.yml")
    return Crime(
        type=kind,
        title=row["title"],
        opening=row["opening"],
        now=tuple(_statement(one, sources) for one in row["now"]),
        expect=tuple(_statement(one, sources) for one in row["expect"]),
        rights=tuple(rights[key] for key in row["rights"]),
        reviewed=row["reviewed"],
        words=tuple(re.compile(rf"\b(?:{word})\b", re.IGNORECASE) for word in row["words"]),
        gentle=row.get("gentle", False),
    )


def _pledge(row: Mapping[str, Any], sources: Sources) -> Pledge:
    promises = (Promise(p["title"], p["text"], sources[p["source"]]) for p in row["promises"])
    return Pledge(row["title"], row["opening"], tuple(promises), row["reviewed"])


def _statement(row: Mapping[str, str], sources: Sources) -> Statement:
    return Statement(row["text"], sources[row["source"]])
