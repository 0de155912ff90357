"""The record of an initial needs assessment, and the pure rules over it."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from knowledge.assessment.another import others
from knowledge.assessment.contact import no_contact_told, route, with_contact
from knowledge.conversations.model import State
from knowledge.entitlements import TOLD, Code, Situation

Record = dict[str, Any]

# The eight categories of need of the Ministry of Justice's Commissioning Framework (2013).
NEEDS = (
    "mental_physical_health",
    "shelter_accommodation",
    "family_friends_children",
    "education_skills_employment",
    "drugs_alcohol",
    "finance_benefits",
    "outlook_attitudes",
    "social_interaction",
)

ROLES = (
    "victim",
    "bereaved_relative",
    "parent_guardian",
    "spokesperson",
    "business_contact",
    "witness",
    "other",
)

CRIME_TYPES = (
    "burglary",
    "robbery",
    "theft",
    "vehicle_crime",
    "assault",
    "domestic_abuse",
    "sexual_offence",
    "stalking",
    "harassment",
    "hate_crime",
    "fraud_cyber",
    "criminal_damage",
    "arson",
    "asb",
    "child_abuse",
    "modern_slavery",
    "homicide_bereavement",
    "road_collision_bereavement",
    "business_crime",
    "other",
)

REPORTED = ("yes", "no", "does_not_want")

# Where it matters whether it happened before: a pattern changes what can be done about it.
MAY_BE_A_PATTERN = frozenset(
    {"asb", "harassment", "stalking", "domestic_abuse", "hate_crime", "criminal_damage"}
)

# Of which the police always know.
DEATHS = frozenset({"homicide_bereavement", "road_collision_bereavement"})


class Status(StrEnum):
    """How far the assessment has come."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    INTERRUPTED_BY_RISK = "interrupted_by_risk"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing a person told us: the field, its value, and the message it came from.

    ``in_passing`` marks what was not the answer to a question nor a correction: it fills what
    is unknown, and never changes what was told before. ``afresh`` marks what was picked when a
    question that adds was put once more: it takes the place of all that was told of its field.
    """

    name: str
    value: Any
    message: str
    as_said: str
    in_passing: bool = False
    afresh: bool = False


ALLOWED: Mapping[str, tuple[object, ...]] = {
    "status": tuple(Status),
    "role": ROLES,
    "safe_now": (True, False),
    "crime_type": CRIME_TYPES,
    "repeated": (True, False),
    "reported": REPORTED,
    "consent": (True, False),
}

FIELDS = (
    *ALLOWED, "also", "occurred", "crime_reference", "place", "needs", "contact", "vulnerability"
)  # fmt: skip

# Of which a person may say that it was never so; it is unknown again.
MAY_BE_TAKEN_BACK = frozenset({"crime_type"})

# Fields to which things are added: what was told in passing changes nothing told before in them.
GROW = frozenset({"also", "needs", "contact", "vulnerability"})


def empty_record() -> Record:
    """A record in which nothing was told yet: unknown is None, never a guess."""
    return {
        "status": Status.IN_PROGRESS,
        "role": None,
        "safe_now": None,
        "crime_type": None,
        "occurred": None,
        "repeated": None,
        "reported": None,
        "crime_reference": None,
        "place": None,
        "needs": dict.fromkeys(NEEDS),
        "enhanced_entitlement": {"eligible": None, "grounds": [], "because": []},
        "contact": no_contact_told(),
        # Beyond the contract: other crimes told beside the first, what was ticked about enhanced
        # rights, and whether the record may be passed on.
        "also": [],
        "vulnerability": None,
        "consent": None,
        "told": {},
    }


def with_fact(record: Record, fact: Fact, today: date) -> Record:
    """The record with one more fact. Raises ValueError for a field or value we do not know.

    ``today`` is the day whose edition of the Victims' Code applies.
    """
    if fact.name not in FIELDS:
        raise ValueError(f"no such field: {fact.name}")
    taken_back = fact.value is None and fact.name in MAY_BE_TAKEN_BACK
    if not taken_back and fact.name in ALLOWED and fact.value not in ALLOWED[fact.name]:
        raise ValueError(f"not a value of {fact.name}")
    if fact.in_passing and fact.name in record["told"] and fact.name not in GROW:
        return record
    changed = deepcopy(record)
    changed[fact.name] = _value(record, fact)
    changed["also"] = others(changed["also"], changed["crime_type"])
    if fact.afresh or _adds(fact.name, record, changed):
        changed["told"][fact.name] = {"message": fact.message, "as_said": fact.as_said}
    if fact.value is None:
        del changed["told"][fact.name]  # taken back: unknown again
    if not changed["also"]:
        changed["told"].pop("also", None)
    changed["contact"]["route"] = route(changed["contact"], changed["needs"], changed["consent"])
    changed["enhanced_entitlement"] = entitlement(changed, today)
    return changed


def entitlement(record: Record, today: date) -> dict[str, Any]:
    """Whether the person may have enhanced rights, by the Code in force; a person decides."""
    situation = Situation(
        role=record["role"],
        crime_type=record["crime_type"],
        repeated=record["repeated"],
        told=None if record["vulnerability"] is None else tuple(record["vulnerability"]),
    )
    found = Code.on(today).entitlement(situation)
    return {
        "eligible": found.eligible,
        "grounds": list(found.grounds),
        "because": list(found.because),
    }


def _value(record: Record, fact: Fact) -> Any:
    if fact.name == "needs":
        return _needs(record["needs"], _known_needs(fact.value), afresh=fact.afresh)
    if fact.name == "contact":
        return with_contact(record["contact"], fact.value)
    if fact.name == "also":
        if set(fact.value) - set(CRIME_TYPES):
            raise ValueError("not a value of also")
        return [*(() if fact.afresh else record["also"]), *fact.value]
    if fact.name == "vulnerability":
        if set(fact.value) - set(TOLD):
            raise ValueError("not a value of vulnerability")
        before = () if fact.afresh else record["vulnerability"] or ()
        return list(dict.fromkeys([*before, *fact.value]))
    return fact.value


def _adds(name: str, before: Record, after: Record) -> bool:
    """Whether a fact told something: what adds nothing leaves the origin of what stands there."""
    if name not in before["told"] or name not in GROW:
        return True
    if name == "needs":
        return any(level and level != before[name][need] for need, level in after[name].items())
    return bool(before[name] != after[name])


def as_seen(record: Record, state: State) -> Record:
    """The record as people and co-ordinators see it, with the hand-off that follows from it."""
    seen = deepcopy(record)
    if state.interrupted_by_risk and seen["status"] == Status.IN_PROGRESS:
        seen["status"] = Status.INTERRUPTED_BY_RISK
    seen["hand_off"] = {
        "wanted_or_needed": state.priority is not None,
        "priority": state.priority,
        "reasons": list(state.reasons),
    }
    return seen


def _needs(
    told: Mapping[str, int | None], given: Mapping[str, int | None], *, afresh: bool
) -> dict[str, int | None]:
    """`Nothing else` fills what was not told yet; it takes nothing back, unless picked afresh."""
    if afresh:  # how much it was still holds where the same is picked again
        kept = {need: told[need] or level for need, level in given.items() if level}
        return {**dict.fromkeys(NEEDS), **given, **kept}
    new = {need: level for need, level in given.items() if level or not told[need]}
    return {**told, **new}


def _known_needs(given: Mapping[str, int | None]) -> dict[str, int | None]:
    if unknown := set(given) - set(NEEDS):
        raise ValueError(f"no such need: {sorted(unknown)[0]}")
    if any(value not in (None, 0, 1, 2) for value in given.values()):
        raise ValueError("a need is 0 (no effect), 1 (some), 2 (a lot) or None (not asked)")
    return dict(given)
