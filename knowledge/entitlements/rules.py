"""Reading the rules of the Victims' Code, and asking them about one person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).with_name("rules.yml")

# What a person may tick when asked.
TOLD = (
    "under_18", "disability", "mental_health", "afraid", "targeted", "badly_hurt", "held"
)  # fmt: skip
# A business has no enhanced rights of its own; who works there and was hurt or threatened has.
BUSINESS = "business_contact"
AGAINST_PEOPLE = frozenset(
    {"assault", "robbery", "hate_crime", "sexual_offence", "stalking", "harassment", "arson",
     "modern_slavery"}
)  # fmt: skip


def concerns_people(role: str | None, crime_type: str | None) -> bool:
    """Whether anybody's rights can be enhanced: not where a business alone was harmed."""
    return role != BUSINESS or crime_type in AGAINST_PEOPLE


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
    not_of: tuple[str, ...]  # roles that it does not count among victims
    only_told: tuple[str, ...]  # roles that count by what they tell of themselves alone

    @classmethod
    @cache
    def on(cls, day: date) -> "Code":
        """The edition in force on a day. Raises ValueError for a day before the first."""
        editions = yaml.safe_load(RULES.read_text("utf-8"))
        begun = [one for one in editions if one["from"] <= day]
        if not begun:
            raise ValueError("no edition of the Victims' Code is kept for this day")
        latest = max(begun, key=lambda one: one["from"])
        roles = (tuple(latest.get(name, ())) for name in ("not_of", "only_told"))
        return cls(latest["edition"], latest["source"], latest["grounds"], *roles)

    def entitlement(self, situation: Situation) -> Entitlement:
        """Whether this person may have enhanced rights, and why.

        Waymark only points out; a co-ordinator decides. Source: the edition's `source`.
        """
        role = situation.role
        if role in self.not_of or not concerns_people(role, situation.crime_type):
            return Entitlement(eligible=None)
        if role in self.only_told:
            situation = Situation(role=role, told=situation.told)
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
