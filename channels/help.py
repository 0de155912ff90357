"""What the public pages show: the services as they stand now, the places and the guidance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from knowledge.directory import Query, Service
from knowledge.directory.bank_holidays import is_bank_holiday
from knowledge.directory.person import read
from knowledge.guidance import Guidance
from knowledge.places import Gazetteer


@dataclass(frozen=True)
class Help:
    """``services`` is asked at every request, so that what an editor changes is seen at once."""

    services: Callable[[], Sequence[Service]]
    places: Gazetteer
    guidance: Guidance

    @classmethod
    def load(cls, services: Callable[[], Sequence[Service]]) -> Help:
        """The rest from the files of knowledge; nobody waits for words or calendar afterwards."""
        read(Query(text="help"))  # the first look compiles what words may mean
        is_bank_holiday(date.today())  # noqa: DTZ011  (the first look reads the whole library)
        return cls(services, _places(), _guidance())


# What the files say does not change while a process runs.
@cache
def _places() -> Gazetteer:
    return Gazetteer.load()


@cache
def _guidance() -> Guidance:
    return Guidance.load()
