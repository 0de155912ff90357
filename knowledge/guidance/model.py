"""Guidance as values: pages made of statements, each with its source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Source:
    """Where a statement comes from; ``address`` is empty when we are not sure of one."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class Statement:
    """One thing that a page says."""

    text: str
    source: Source


@dataclass(frozen=True)
class Crime:
    """The page of one kind of crime; ``gentle`` ones are for people who lost somebody."""

    type: str
    title: str
    opening: str
    now: tuple[Statement, ...]
    expect: tuple[Statement, ...]
    rights: tuple[Statement, ...]
    reviewed: date
    words: tuple[re.Pattern[str], ...]
    gentle: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the page once, in the order of the page."""
        said = (*self.now, *self.expect, *self.rights)
        return tuple(dict.fromkeys(one.source for one in said))


@dataclass(frozen=True)
class Promise:
    """One promise of the pledge."""

    title: str
    text: str
    source: Source


@dataclass(frozen=True)
class Pledge:
    """The one-page pledge to victims (Hertfordshire strategic vision 2014, 6.2)."""

    title: str
    opening: str
    promises: tuple[Promise, ...]
    reviewed: date

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the pledge once."""
        return tuple(dict.fromkeys(one.source for one in self.promises))
