"""Reading the rules of the Victims' Code, and asking them about one person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).with_name("rules.yml")

# What a person may tick when asked, and whose rights can be enhanced at all: a business, a
# witness or a professional has no enhanced rights of their own.
TOLD = ("under_18", "disability", "mental_health", "afraid", "targeted")
ASKED_OF = frozenset({"victim", "parent_guardian", "spokesperson", "bereaved_relative"})


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known of a person that may matter; None is unknown. ``told`` None: not asked."""

    role: str | None = None
    crime_type: str | None = None
    repeated: bool | None = None
    told: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """Whether somebody may have enhanced rights: True may, False no sign of it, None unknown."""

    eligible: bool | None
    grounds: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Code:
    """One edition of the Victims' Code."""

    edition: str
    source: str
    grounds: Mapping[str, Any]

    @classmethod
    @cache
    def on(cls, day: date) -> "Code":
        """The edition in force on a day. Raises ValueError for a day before the first."""
        editions = yaml.safe_load(RULES.read_text("utf-8"))
        begun = [one for one in editions if one["from"] <= day]
        if not begun:
            raise ValueError("no edition of the Victims' Code is kept for this day")
        latest = max(begun, key=lambda one: one["from"])
        return cls(latest["edition"], latest["source"], latest["grounds"])

    def entitlement(self, situation: Situation) -> Entitlement:
        """Whether this person may have enhanced rights, and why.

        Waymark only points out; a co-ordinator decides. Source: the edition's `source`.
        """
        if situation.role is not None and situation.role not in ASKED_OF:
            return Entitlement(eligible=None)
        found = [
            (ground, because)
            for ground, rule in self.grounds.items()
            for because in _reasons(rule, situation)
        ]
        if not found:
            return Entitlement(eligible=None if situation.told is None else False)
        grounds, because = (tuple(dict.fromkeys(part)) for part in zip(*found, strict=True))
        return Entitlement(eligible=True, grounds=grounds, because=because)


def _reasons(rule: Mapping[str, Any], of: Situation) -> Iterator[str]:
    """Every reason for one ground that this situation gives."""
    if because := rule.get("crime_types", {}).get(of.crime_type):
        yield because
    if because := rule.get("roles", {}).get(of.role):
        yield because
    again = rule.get("repeated")
    if again and of.repeated and of.crime_type not in again["but_not"]:
        yield again["because"]
    told = rule.get("told", {})
    yield from (told[one] for one in of.told or () if one in told)
